"""A message as a Mastodon status, counted as Mastodon counts."""

import re
from dataclasses import dataclass

from bot.logic.compose import camel_tag
from bot.logic.counting import MASTODON_URL_CHARS, Count, mastodon_length, shorten
from bot.logic.escape import clean, for_mastodon, safe_link
from bot.logic.render import DEVELOPING, OTHER_SIDE, STILL_OPEN, TO_DO, WORDING, bare_quote, headline
from bot.model import Message

# What a server allows that does not say otherwise.
# Source: Mastodon API documentation, V2 Instance, `configuration.statuses.max_characters`.
MASTODON_LIMIT = 500

# A text shorter than this is not worth beginning; what does not even get so much room is left out.
_LEAST = 60
# The first sentence of what happened, up to this much, is told before the other parts share what is left.
_FIRST_OF_WHAT = 160
# A sentence ends before a capital, but not after an initial or one of these: "U.S. law", "Foo Inc. says", "A v. B".
_ABBREVIATIONS = ("Inc", "Ltd", "Corp", "Co", "Mr", "Mrs", "Ms", "Dr", "St", "No", "Jr", "Sr", "vs", "v")
_SENTENCE_END = re.compile(
    r"(?<![\s.][A-Za-z])"
    + "".join(rf"(?<!\b{word})" for word in _ABBREVIATIONS)
    + r"[.!?]+[”\"’)\]]*(?=\s+[“\"‘(]?[A-Z0-9À-Þ])"
)


@dataclass(frozen=True, slots=True)
class Status:
    """One Mastodon status. `lang` is an ISO 639-1 code; there is never a content warning."""

    text: str
    lang: str


@dataclass(slots=True)
class _Sheet:
    """A status being filled: paragraphs in their final places, and the room that is left."""

    url_chars: int
    room: int
    parts: dict[str, str]

    def cost(self, text: str) -> int:
        return mastodon_length(text, self.url_chars)

    def take(self, place: str, text: str, *, keep_free: int = 0) -> bool:
        """Put `text` at `place` if it fits whole and leaves `keep_free`, with the blank line before it."""
        price = self.cost(text) + 2
        if not text or price + keep_free > self.room:
            return False
        self.parts[place] = text
        self.room -= price
        return True

    def take_cut(self, place: str, lead: str, text: str, least: int = _LEAST) -> bool:
        """Put `lead` and as much of `text` as fits up to a word, unless that is less than `least`."""
        room = self.room - 2 - self.cost(lead)
        if not text or room < min(least, self.cost(text)):
            return False
        return self.take(place, lead + _told(text, room, self.cost))


def render_status(
    message: Message, max_chars: int = MASTODON_LIMIT, url_chars: int = MASTODON_URL_CHARS, room: int = 0
) -> Status:
    """The message as a status: the link first (a server's preview shows the first one), tags on a line at the end.

    max_chars, url_chars  the server's own limits
    room                  characters to leave unused
    A quotation is whole or not there. Given up first to last: names of further outlets, what to do,
    what is still open, the other side, what happened, the quotation, tags, the end of the headline; never the link.
    """
    sheet = _Sheet(url_chars, max_chars - room + 2, {})
    link, tags = safe_link(message.url), _tag_line(message)
    if link:
        sheet.parts["link"] = link
        sheet.room -= sheet.cost(link) + 2
    _place_headline(sheet, for_mastodon(headline(message)), tags)
    if message.developing:
        sheet.take("developing", DEVELOPING)
    _place_story(sheet, message)
    return Status(_laid_out(sheet.parts), _language(message.lang))


def _place_headline(sheet: _Sheet, text: str, tags: list[str]) -> None:
    """The headline whole with all tags if possible, else with fewer tags, else cut."""
    enough = min(sheet.cost(text), _LEAST) + 2
    for shown in range(len(tags), 0, -1):
        if sheet.take("tags", " ".join(tags[:shown]), keep_free=enough):
            break
    sheet.take_cut("headline", "", text, least=1)


def _place_story(sheet: _Sheet, message: Message) -> None:
    what, quote = for_mastodon(message.what), _quotation(message)
    first = min(sheet.cost(_first_sentence(what)), _FIRST_OF_WHAT) + 2 if what else 0
    sides = {
        "other": (f"{OTHER_SIDE}: ", for_mastodon(message.other_side)),
        # Before what to do: a denial told without what it leaves open would be half of the truth.
        "open": (f"{STILL_OPEN}: ", for_mastodon(message.open_question)),
        "do": (f"{TO_DO}: ", for_mastodon(message.to_do)),
    }
    # The exact words are what people come for, and the headline tells what happened: they have the better right.
    for keep_free in (first, min(first, _LEAST + 2), 0):
        if sheet.take("quote", quote, keep_free=keep_free):
            first = min(first, keep_free)
            break
    left_out = [
        place
        for place, (lead, text) in sides.items()
        if text and not sheet.take(place, lead + text, keep_free=first)
    ]
    sheet.take_cut("what", "", what)
    for place in left_out:
        sheet.take_cut(place, *sides[place])
    if sheet.parts.get("what", "") == what:
        sheet.take("also", _also(message))


def _first_sentence(text: str) -> str:
    end = _SENTENCE_END.search(text)
    return text[: end.end()] if end else text


def _told(text: str, limit: int, cost: Count) -> str:
    """As much of `text` as fits: whole sentences if they fill two fifths of it, else up to a word with "…"."""
    by_words = shorten(text, limit, cost)
    if by_words == text:
        return text
    ends = [end.end() for end in _SENTENCE_END.finditer(text) if cost(text[: end.end()]) <= limit]
    return text[: ends[-1]] if ends and ends[-1] * 5 > len(by_words) * 2 else by_words


def _quotation(message: Message) -> str:
    quote, speaker = for_mastodon(bare_quote(message)), for_mastodon(message.speaker)
    return f"{speaker or WORDING}: “{quote}”" if quote else ""


def _also(message: Message) -> str:
    """Names of the outlets beside the lead; its own name shows in the link's preview."""
    names = [for_mastodon(source.name) for source in message.sources[1:]]
    return "Also: " + ", ".join(name for name in names if name) if any(names) else ""


def _tag_line(message: Message) -> list[str]:
    tags = (camel_tag(clean(tag)) for tag in message.tags)
    return [f"#{tag}" for tag in tags if tag]


def _laid_out(parts: dict[str, str]) -> str:
    """A line of nothing but tags after a blank line becomes the tag bar (Mastodon 4.2 and newer)."""
    order = ("link", "headline", "what", "quote", "other", "open", "do", "developing", "also", "tags")
    return "\n\n".join(parts[place] for place in order if place in parts)


def _language(lang: str) -> str:
    code = lang.replace("_", "-").split("-")[0].lower()
    return code if len(code) in (2, 3) and code.isascii() and code.isalpha() else "en"
