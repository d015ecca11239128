"""A message as a Discord embed, within every limit that Discord refuses a message for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.logic.counting import discord_length, shorten
from bot.logic.escape import clean, for_discord, for_discord_plain, safe_link
from bot.logic.render import DEVELOPING, OTHER_SIDE, STILL_OPEN, TO_DO, WORDING, bare_quote, headline, subject
from bot.model import Message

# Source: Discord developer documentation, "Message Resource", "Embed Limits".
TITLE_LIMIT = 256
DESCRIPTION_LIMIT = 4096
FIELD_VALUE_LIMIT = 1024
CONTENT_LIMIT = 2000
# Addresses longer than this are refused (seen as "URL too long" for 2,048 and above).
LINK_LIMIT = 2000

# Shares of the 6,000 that an embed may have in all. They add up to less, so that no text ever has to make room for
# another.
_WHAT, _QUOTE, _SPEAKER, _SUBJECT = 1400, 1000, 120, 250
_OTHER_SIDE, _STILL_OPEN, _TO_DO = 600, 600, 600
# One endless address among the sources must not push the others out of their field.
_SOURCE_LINK = 400


@dataclass(frozen=True, slots=True)
class CardField:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Card:
    """One Discord message with one embed. Text is Markdown that is safe to send, but for `footer`, which is plain.

    url      None: the story has no address that Discord would take
    colour   0xRRGGBB
    content  the text above the embed: the roles to mention, else empty
    footer   ends with the message's mark
    """

    title: str
    url: str | None
    description: str
    fields: tuple[CardField, ...]
    footer: str
    colour: int
    timestamp: datetime
    content: str = ""

    def embed(self) -> dict[str, object]:
        """The embed as Discord's API takes it (`discord.Embed.from_dict` reads it as it is)."""
        embed: dict[str, object] = {
            "type": "rich",
            "title": self.title,
            "color": self.colour,
            "timestamp": self.timestamp.isoformat(),
            "footer": {"text": self.footer},
        }
        if self.url is not None:
            embed["url"] = self.url
        if self.description:
            embed["description"] = self.description
        if self.fields:
            embed["fields"] = [{"name": f.name, "value": f.value, "inline": False} for f in self.fields]
        return embed


def render_card(message: Message, roles: Sequence[str] = ()) -> Card:
    """The message as an embed that reads well on a phone: one column, the news first, where it comes from last.

    roles  ids of roles to mention; what is not an id is left out
    """
    return Card(
        title=_fitted(headline(message), TITLE_LIMIT),
        url=_link(message.url),
        description=_description(message),
        fields=_fields(message),
        footer=_footer(message),
        colour=message.colour,
        timestamp=message.happened_at,
        content=_mentions(roles),
    )


def _description(message: Message) -> str:
    paragraphs = [_fitted(message.what, _WHAT)] if message.what else []
    quote = bare_quote(message)
    if quote:
        words = f"> “{_fitted(quote, _QUOTE)}”"
        speaker = _fitted(message.speaker, _SPEAKER)
        paragraphs.append(f"{words}\n> — {speaker}" if speaker else f"{WORDING}:\n{words}")
    if message.developing:
        paragraphs.append(f"*{DEVELOPING}*")
    return "\n\n".join(part for part in paragraphs if part)


def _fields(message: Message) -> tuple[CardField, ...]:
    fields = (
        CardField(OTHER_SIDE, _fitted(message.other_side, _OTHER_SIDE)),
        CardField(STILL_OPEN, _fitted(message.open_question, _STILL_OPEN)),
        CardField(TO_DO, _fitted(message.to_do, _TO_DO)),
        CardField("Sources" if len(message.sources) > 1 else "Source", _sources(message)),
    )
    return tuple(field for field in fields if field.value)


def _sources(message: Message) -> str:
    """Masked links, lead first, as many as fit; the rest are counted."""
    links = []
    for source in message.sources:
        name, url = _fitted(source.name, 80), _link(source.url)
        if name:
            links.append(f"[{name}]({url})" if url and len(url) <= _SOURCE_LINK else name)
    shown = list(links)
    while shown:
        more = len(links) - len(shown)
        text = " · ".join(shown) + (f" · and {more} more" if more else "")
        if discord_length(text) <= FIELD_VALUE_LIMIT:
            return text
        shown.pop()
    return ""


def _footer(message: Message) -> str:
    """Plain text: Discord shows Markdown in a footer letter by letter."""
    about = _fitted(subject(message), _SUBJECT, for_discord_plain)
    return f"{about} · {message.mark}" if about else message.mark


def _mentions(roles: Sequence[str]) -> str:
    ids = [role for role in roles if role.isascii() and role.isdigit()]
    return " ".join(f"<@&{role}>" for role in ids[: CONTENT_LIMIT // 30])


def _link(url: str) -> str | None:
    link = safe_link(url)
    return link if link and len(link) <= LINK_LIMIT else None


def _fitted(text: str, limit: int, inert: Callable[[str], str] = for_discord) -> str:
    """`text` made inert, cut at a word where it would count more than `limit` with its backslashes."""
    return inert(shorten(clean(text), limit, lambda part: discord_length(inert(part))))
