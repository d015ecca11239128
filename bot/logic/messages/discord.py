"""A message as Discord embeds, within every limit that Discord refuses a message for."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.logic.messages.headline import bare_quote
from bot.logic.text.inert import clean, for_discord, for_discord_plain, safe_link
from bot.logic.text.lengths import discord_length, shorten
from bot.model import DigestItem, Link, Message, MessageKind, Topic, Turn
from bot.ports import Say

# Source: Discord developer documentation, "Message Resource", "Embed Limits".
TITLE_LIMIT = 256
DESCRIPTION_LIMIT = 4096
CONTENT_LIMIT = 2000
MOST_EMBEDS = 10
# Addresses longer than this are refused (seen as "URL too long" for 2,048 and above).
LINK_LIMIT = 2000

# Shares of the 6,000 that an embed may have in all. They add up to less, so that no text ever has to make room for
# another: title 256, footer 320, sources 850, names of fields and signs between them 300 leave 4,250.
_WHAT, _QUOTE, _REPLACED, _SPEAKER, _SUBJECT = 700, 700, 450, 100, 250
_OTHER_SIDE, _STILL_OPEN, _TO_DO, _DEADLINE = 350, 350, 500, 250
_CORRECTION, _FACTS, _FACT = 250, 3, 100
_NOTICE, _NOTICE_LINE, _DECISION, _SOURCES, _SOURCES_ON_CARD = 3500, 600, 350, 850, 350
# One endless address among the sources must not push the others out of their field.
_SOURCE_LINK = 400
# Of a digest: ten embeds share the 6,000. The heading 300, eight stories of 550, and 1,100 for those that are listed.
_ITEMS, _ITEM_TITLE, _ITEM_WHAT, _ITEM_FOOTER = 8, 180, 230, 120
_LISTED, _LISTED_TITLE, _LISTED_LINK = 1000, 90, 200

_URL = re.compile(r"(https?://[^\s<>()\[\]|]*[^\s<>()\[\]|.,;:!?”\"'])")
_HOST = re.compile(r"https?://([^/:?#]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CardField:
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Card:
    """One embed. Text is Markdown that is safe to send, but for `footer`, which is plain.

    url     None: the story has no address that Discord would take
    colour  0xRRGGBB
    """

    title: str
    url: str | None
    description: str
    fields: tuple[CardField, ...]
    footer: str
    colour: int

    def embed(self) -> dict[str, object]:
        """The embed as Discord's API takes it (`discord.Embed.from_dict` reads it as it is)."""
        texts = {"title": self.title, "url": self.url, "description": self.description}
        embed: dict[str, object] = {name: text for name, text in texts.items() if text}
        embed |= {"type": "rich", "color": self.colour}
        if self.footer:
            embed["footer"] = {"text": self.footer}
        if self.fields:
            embed["fields"] = [{"name": f.name, "value": f.value, "inline": False} for f in self.fields]
        return embed


@dataclass(frozen=True, slots=True)
class DiscordPost:
    """One Discord message. The last card's footer ends with the message's mark.

    content  the text above the cards: the roles to mention, else empty
    """

    content: str
    cards: tuple[Card, ...]

    @property
    def title(self) -> str:
        return self.cards[0].title

    @property
    def url(self) -> str | None:
        return self.cards[0].url


def render_post(message: Message, say: Say, roles: Sequence[str] = ()) -> DiscordPost:
    """The message as it reads well on a phone: one column, the news first, where it comes from last.

    say    our own words, in the destination's language
    roles  ids of roles to mention; what is not an id is left out
    """
    cards = _digest(message, say) if message.kind is MessageKind.DIGEST else (_card(message, say),)
    return DiscordPost(_mentions(roles), cards)


def headline(message: Message | DigestItem, say: Say) -> str:
    """The headline as it is shown, with what kind of turn it is, not yet made inert; the topic where there is none."""
    told = clean(message.headline) or topic_name(message.topic, message.topic_label, say)
    lead = _prefix(message, say)
    return f"{lead}: {told}" if lead else told


def topic_name(topic: Topic, label: str, say: Say) -> str:
    """In English as the operator words it, else as the catalogue does."""
    theirs = say(f"post-topic-{topic.value}")
    return clean(label) or theirs if say("post-language") == "en" else theirs


def when(at: datetime, style: str = "D") -> str:
    """A time that every reader sees by their own clock and in their own language.

    style  Discord's: D "9 May 2025", f with the hour, R "in 3 days"
    """
    return f"<t:{int(at.timestamp())}:{style}>"


def _prefix(message: Message | DigestItem, say: Say) -> str:
    if message.kind is MessageKind.REMINDER:
        return say("post-reminder")
    if message.kind is MessageKind.CORRECTION or message.turn is Turn.CORRECTION:
        return say("post-correction")
    if message.kind is not MessageKind.UPDATE:
        return ""
    if message.turn is None:
        return say("post-update")
    return say("post-update-of", turn=say(f"post-turn-{message.turn.value}"))


# ---------------------------------------------------------------- one story


def _card(message: Message, say: Say) -> Card:
    return Card(
        title=_fitted(headline(message, say), TITLE_LIMIT),
        url=_link(message.url),
        description="\n\n".join(part for part in _paragraphs(message, say) if part),
        fields=_fields(message, say),
        footer=_footer(message, say),
        colour=message.colour,
    )


def _paragraphs(message: Message, say: Say) -> list[str]:
    parts = []
    if message.correction:
        parts.append(f"**{say('post-corrected')}:** {_fitted(message.correction, _CORRECTION)}")
    if message.kind is MessageKind.REMINDER:
        parts.append(_deadline(message, say))
    if message.kind is MessageKind.NOTICE:
        return [*parts, _notice(message.what)]
    parts += [_fitted(message.what, _WHAT), *_quotation(message, say)]
    facts = [_fitted(fact, _FACT) for fact in message.facts[:_FACTS]]
    parts.append("\n".join(f"-# {fact}" for fact in facts if fact))
    if message.developing:
        parts.append(f"*{say('post-developing')}*")
    return parts


def _notice(text: str) -> str:
    """The only text of ours that comes in lines."""
    lines = (_fitted(line, _NOTICE_LINE) for line in text.split("\n"))
    return shorten("\n".join(lines), _NOTICE, discord_length)


def _quotation(message: Message, say: Say) -> list[str]:
    """The exact words; of a clause that took another's place both, the new one first."""
    quote, speaker = _fitted(bare_quote(message), _QUOTE), _fitted(message.speaker, _SPEAKER)
    replaced = _fitted(message.replaced, _REPLACED)
    if not quote:
        return [f"**{say('post-before')}**\n> “{replaced}”"] if replaced else []
    words = f"> “{quote}”"
    if replaced:
        return [f"**{say('post-now')}**\n{words}", f"**{say('post-before')}**\n> “{replaced}”"]
    return [f"{words}\n> — {speaker}" if speaker else f"**{say('post-wording')}**\n{words}"]


def _fields(message: Message, say: Say) -> tuple[CardField, ...]:
    kind = message.kind
    deadline = "" if kind is MessageKind.REMINDER else _deadline(message, say)
    fields = (
        # A day by which somebody must act stands before what is good to know.
        CardField(say("approval-decision"), _decision(message, say)),
        CardField(say("post-deadline"), deadline),
        CardField(say("post-other-side"), _fitted(message.other_side, _OTHER_SIDE)),
        CardField(say("post-still-open"), _fitted(message.open_question, _STILL_OPEN)),
        CardField(say("post-to-do"), _to_do(message)),
        CardField(say("post-sources", count=len(message.sources)), _sources(message, say)),
    )
    return tuple(field for field in fields if field.value)


def _to_do(message: Message) -> str:
    """With its links alive where they lead to whom the story is about or who reports it; elsewhere they are words."""
    known = [_host(link) for link in (message.url, *(source.url for source in message.sources))]
    parts = _URL.split(clean(message.to_do))
    shown = "".join(_linked(part, known) if _URL.fullmatch(part) else _between(part) for part in parts)
    return shown if discord_length(shown) <= _TO_DO else _fitted(message.to_do, _TO_DO)


def _linked(url: str, known: Sequence[str]) -> str:
    link, host = _link(url), _host(url)
    is_theirs = any(host == each or _same_house(host, each) for each in known if each)
    if link is None or not host or not is_theirs:
        return for_discord(url)
    return f"[{for_discord(url)}]({link})"


def _same_house(one: str, other: str) -> bool:
    """ "help.tonebarn.example" and "www.tonebarn.example": one is a part of the other, a leading "www." aside."""
    one, other = one.removeprefix("www."), other.removeprefix("www.")
    return (other.count(".") > 0 and one.endswith(f".{other}")) or (
        one.count(".") > 0 and other.endswith(f".{one}")
    )


def _host(url: str) -> str:
    found = _HOST.match(safe_link(url) or "")
    return found[1].casefold() if found else ""


def _between(part: str) -> str:
    """A part of a text made inert, with the space around it, which `for_discord` would take."""
    lead, tail = part[: len(part) - len(part.lstrip())], part[len(part.rstrip()) :]
    return lead + for_discord(part) + tail if part.strip() else part


def _decision(message: Message, say: Say) -> str:
    """What became of a story at approval; our own words with a person's name in them."""
    if message.kind is not MessageKind.APPROVAL:
        return ""
    return _fitted(message.decision, _DECISION) or say("approval-waits")


def _deadline(message: Message, say: Say) -> str:
    """ "Opt-out ends 12 May 2025 (in 3 days)" and the words that say so, unless they are quoted above."""
    deadline = message.deadline
    if deadline is None:
        return ""
    words = deadline.what if deadline.what in ("effect", "opt-out", "consultation", "other") else "other"
    line = f"{say(f'post-deadline-{words}')}: **{when(deadline.at)}** ({when(deadline.at, 'R')})"
    is_quoted = clean(deadline.quote).strip(".").casefold() in clean(message.quote).casefold()
    quote = "" if is_quoted else _fitted(deadline.quote, _DEADLINE)
    return f"{line}\n> “{quote}”" if quote else line


def _sources(message: Message, say: Say) -> str:
    """Masked links, lead first, as many as fit, the rest counted; then when it happened."""
    at, room = when(message.happened_at, "f"), _SOURCES
    if message.kind is MessageKind.APPROVAL:
        room = _SOURCES_ON_CARD
    links = _named(message.sources)
    shown = list(links)
    while shown:
        more = len(links) - len(shown)
        text = " · ".join(shown) + (f" · {say('post-more', count=more)}" if more else "") + f"\n-# {at}"
        if discord_length(text) <= room:
            return text
        shown.pop()
    return ""


def _named(sources: Sequence[Link]) -> list[str]:
    links = []
    for source in sources:
        name, url = _fitted(source.name, 80), _link(source.url)
        if name:
            links.append(f"[{name}]({url})" if url and len(url) <= _SOURCE_LINK else name)
    return links


def _footer(message: Message, say: Say) -> str:
    """Plain text: Discord shows Markdown in a footer letter by letter."""
    about = _fitted(_subject(message, say), _SUBJECT, for_discord_plain)
    if message.kind is MessageKind.NOTICE:
        about = say("post-notice")
    return f"{about} · {message.mark}" if about else message.mark


def _subject(message: Message | DigestItem, say: Say, most: int = 4) -> str:
    """ "SoundCloud, Spotify · Terms and training": at most `most` platforms by name."""
    named = [name for name in map(clean, message.platforms[:most]) if name]
    more = len(message.platforms) - most
    platforms = ", ".join(named) + (f" {say('post-more', count=more)}" if more > 0 else "")
    topic = topic_name(message.topic, message.topic_label, say)
    return " · ".join(part for part in (platforms.strip(), topic) if part)


# ---------------------------------------------------------------- a digest


def _digest(message: Message, say: Say) -> tuple[Card, ...]:
    """A heading, the heaviest stories as cards of their own, the others as a list; the mark at the very end."""
    told, listed = message.items[:_ITEMS], message.items[_ITEMS:]
    heading = clean(message.headline) or say("post-digest", count=len(message.items))
    what = _fitted(message.what, _ITEM_WHAT)
    cards = [Card(_fitted(heading, 200), _link(message.url), what, (), "", message.colour)]
    cards += [_item(item, message.colour, say) for item in told]
    if listed:
        cards.append(Card(say("post-digest-also"), None, _listed(listed, say), (), "", message.colour))
    last = cards[-1]
    footer = f"{last.footer} · {message.mark}" if last.footer else message.mark
    return (*cards[:-1], Card(last.title, last.url, last.description, last.fields, footer, last.colour))


def _item(item: DigestItem, colour: int, say: Say) -> Card:
    about = _fitted(_subject(item, say, 2), _ITEM_FOOTER, for_discord_plain)
    outlets = [
        name for name in (_fitted(source.name, 30, for_discord_plain) for source in item.sources[:2]) if name
    ]
    more = len(item.sources) - 2
    names = ", ".join(outlets) + (f" {say('post-more', count=more)}" if more > 0 else "")
    return Card(
        title=_fitted(headline(item, say), _ITEM_TITLE),
        url=_link(item.url),
        description=_fitted(item.what, _ITEM_WHAT),
        fields=(),
        footer=" · ".join(part for part in (about, names) if part),
        colour=colour,
    )


def _listed(items: Sequence[DigestItem], say: Say) -> str:
    lines: list[str] = []
    for at, item in enumerate(items):
        title, url = _fitted(headline(item, say), _LISTED_TITLE), _link(item.url)
        line = f"• [{title}]({url})" if url and len(url) <= _LISTED_LINK else f"• {title}"
        rest = say("post-more", count=len(items) - at)
        if discord_length("\n".join([*lines, line, rest])) > _LISTED:
            return "\n".join([*lines, rest])
        lines.append(line)
    return "\n".join(lines)


# ---------------------------------------------------------------- small things


def _mentions(roles: Sequence[str]) -> str:
    ids = [role for role in roles if role.isascii() and role.isdigit()]
    return " ".join(f"<@&{role}>" for role in ids[: CONTENT_LIMIT // 30])


def _link(url: str) -> str | None:
    link = safe_link(url)
    return link if link and len(link) <= LINK_LIMIT else None


def _fitted(text: str, limit: int, inert: Callable[[str], str] = for_discord) -> str:
    """`text` made inert, cut at a word where it would count more than `limit` with its backslashes."""
    return inert(shorten(clean(text), limit, lambda part: discord_length(inert(part))))
