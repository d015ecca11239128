"""A message as a Mastodon status, counted as Mastodon counts."""

import re
from dataclasses import dataclass

from bot.logic.messages.compose import camel_tag
from bot.logic.messages.headline import bare_quote
from bot.logic.messages.mastodon_labels import ENGLISH, PostLabels
from bot.logic.text.inert import clean, for_mastodon, safe_link
from bot.logic.text.lengths import MASTODON_URL_CHARS, Count, mastodon_length, shorten
from bot.model import DigestItem, Message, MessageKind

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
    message: Message,
    max_chars: int = MASTODON_LIMIT,
    url_chars: int = MASTODON_URL_CHARS,
    room: int = 0,
    labels: PostLabels = ENGLISH,
) -> Status:
    """The message as a status: the link first (a server's preview shows the first one), tags on a line at the end.

    max_chars, url_chars  the server's own limits
    room                  characters to leave unused
    labels                our own words
    A quotation is whole or not there. Given up first to last: names of further outlets, what to do,
    what is still open, the other side, what happened, the quotation, tags, the end of the headline; never the link.
    """
    if message.kind is MessageKind.DIGEST:
        return _digest(message, _Sheet(url_chars, max_chars - room + 2, {}), labels)
    sheet = _Sheet(url_chars, max_chars - room + 2, {})
    link, tags = safe_link(message.url), _tag_line(message)
    if link:
        sheet.parts["link"] = link
        sheet.room -= sheet.cost(link) + 2
    _place_headline(sheet, for_mastodon(labels.headline(message)), tags)
    # What was wrong and is put right: whoever read the first wording must not miss it.
    sheet.take_cut("corrected", f"{labels.corrected}: ", for_mastodon(message.correction))
    if message.deadline is not None:
        sheet.take("deadline", f"{labels.deadline}: {message.deadline.at:%Y-%m-%d}")
    if message.developing:
        sheet.take("developing", labels.developing)
    _place_story(sheet, message, labels)
    return Status(_laid_out(sheet.parts), _language(message.lang))


def _place_headline(sheet: _Sheet, text: str, tags: list[str]) -> None:
    """The headline whole with all tags if possible, else with fewer tags, else cut."""
    enough = min(sheet.cost(text), _LEAST) + 2
    for shown in range(len(tags), 0, -1):
        if sheet.take("tags", " ".join(tags[:shown]), keep_free=enough):
            break
    sheet.take_cut("headline", "", text, least=1)


def _place_story(sheet: _Sheet, message: Message, labels: PostLabels) -> None:
    what, quote = for_mastodon(message.what), _quotation(message, labels)
    first = min(sheet.cost(_first_sentence(what)), _FIRST_OF_WHAT) + 2 if what else 0
    sides = {
        "other": (f"{labels.other_side}: ", for_mastodon(message.other_side)),
        # Before what to do: a denial told without what it leaves open would be half of the truth.
        "open": (f"{labels.still_open}: ", for_mastodon(message.open_question)),
        "do": (f"{labels.to_do}: ", for_mastodon(message.to_do)),
    }
    # The exact words are what people come for, and the headline tells what happened: they have the better right.
    for keep_free in (first, min(first, _LEAST + 2), 0):
        if sheet.take("quote", quote, keep_free=keep_free):
            first = min(first, keep_free)
            break
    replaced = for_mastodon(message.replaced)
    sheet.take("replaced", f"{labels.replaced}: “{replaced}”" if replaced else "", keep_free=first)
    left_out = [
        place
        for place, (lead, text) in sides.items()
        if text and not sheet.take(place, lead + text, keep_free=first)
    ]
    # One whole sentence says something, however short.
    sheet.take_cut("what", "", what, least=min(_LEAST, sheet.cost(_first_sentence(what))))
    for place in left_out:
        sheet.take_cut(place, *sides[place])
    if sheet.parts.get("what", "") == what:
        sheet.take("facts", for_mastodon(" · ".join(message.facts)))
        sheet.take("also", _also(message, labels))


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


def _quotation(message: Message, labels: PostLabels) -> str:
    quote, speaker = for_mastodon(bare_quote(message)), for_mastodon(message.speaker)
    return f"{speaker or labels.wording}: “{quote}”" if quote else ""


def _also(message: Message, labels: PostLabels) -> str:
    """Names of the outlets beside the lead; its own name shows in the link's preview."""
    names = [for_mastodon(source.name) for source in message.sources[1:]]
    return f"{labels.also}: " + ", ".join(name for name in names if name) if any(names) else ""


def _tag_line(message: Message) -> list[str]:
    tags = (camel_tag(clean(tag)) for tag in message.tags)
    return [f"#{tag}" for tag in tags if tag]


def _laid_out(parts: dict[str, str]) -> str:
    """A line of nothing but tags after a blank line becomes the tag bar (Mastodon 4.2 and newer)."""
    order = (
        "link", "headline", "corrected", "deadline", "what", "quote", "replaced", "other", "open", "do", "facts",
        "developing", "also", "items", "more", "tags",
    )  # fmt: skip
    return "\n\n".join(parts[place] for place in order if place in parts)


# ---------------------------------------------------------------- digests


def _digest(message: Message, sheet: _Sheet, labels: PostLabels) -> Status:
    """Several stories in one status, heaviest first, each a headline and its link, then how many are left out.

    A thread of statuses would spend several of the day's posts; what is left out stands on the story's own pages.
    """
    # For the line about the rest, whether it comes to be needed or not.
    page = safe_link(message.page_url) or ""
    most = labels.more.format(count=len(message.items)) + (f": {page}" if page else "")
    sheet.take_cut("headline", "", for_mastodon(clean(message.headline) or labels.digest), least=1)
    tags = " ".join(_tag_line(message))
    sheet.take("tags", tags, keep_free=sheet.cost(most) + 2 * (_LEAST + sheet.url_chars))
    shown: list[str] = []
    room = sheet.room - sheet.cost(most) - 2
    for left in range(_told_items(message, sheet, room), 0, -1):
        line = _item(message.items[len(shown)], sheet, room // left - 2, labels)
        shown.append(line)
        room -= sheet.cost(line) + 2
    sheet.take("items", "\n\n".join(shown))
    if (rest := len(message.items) - len(shown)) > 0:
        said = labels.more.format(count=rest)
        if not (page and sheet.take("more", f"{said}: {page}")):
            sheet.take("more", said)
    return Status(_laid_out(sheet.parts), _language(message.lang))


def _told_items(message: Message, sheet: _Sheet, room: int) -> int:
    """As many as can be told with something of each headline; one at least."""
    links = [sheet.cost(safe_link(item.url) or "") + 3 for item in message.items]
    told = 0
    while told < len(links) and sum(links[: told + 1]) + (told + 1) * _LEAST <= room:
        told += 1
    return max(told, min(1, len(links)))


def _item(item: DigestItem, sheet: _Sheet, room: int, labels: PostLabels) -> str:
    """A headline and its link within `room`, the headline cut at a word."""
    link = safe_link(item.url) or ""
    text = for_mastodon(labels.item(item))
    cut = shorten(text, max(1, room - sheet.cost(link) - 1), sheet.cost)
    return f"{cut}\n{link}" if link else cut


def _language(lang: str) -> str:
    code = lang.replace("_", "-").split("-")[0].lower()
    return code if len(code) in (2, 3) and code.isascii() and code.isalpha() else "en"
