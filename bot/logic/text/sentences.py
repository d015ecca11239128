"""Running text into sentences, without what publishers put around it."""

import re
from collections.abc import Iterator

from bot.logic.text.boilerplate import is_debris, without_inserts
from bot.logic.text.words import strip_markup, word_set

_ABBREVIATIONS = word_set(
    "mr mrs ms dr prof sen rep gov gen col lt sgt st jr sr v vs etc al approx dept est fig ft no nos vol pp ed eds inc"
    " ltd corp co bros llc plc jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun art sec cf"
    " feat pt hon rev messrs bzw ca nr z.b d.h u.a bspw usw e.g i.e p.m a.m u.s u.k e.u u.n d.c l.a a.i ph.d"
)
# These may also close a sentence; they do if a usual first word follows.
_MAY_CLOSE = word_set("inc ltd corp co bros llc plc jr sr etc al u.s u.k e.u u.n d.c l.a a.i ph.d p.m a.m")
_OPENERS = word_set(
    "the a an it its in on at but and he she they we i this that these those there as if when while after before since"
    " for from by to so yet then now here his her their our what who why how both all some many most meanwhile however"
    " according also one two last not no with under"
)
_END = re.compile(r"(?:\.{2,}|…|[.!?]+)[\"'”’»)\]]*(?=\s|$)")
_WINDOW = 120  # characters
_BEFORE = re.compile(r"([^\s\"'“”‘’«»(\[]+)$")
_SPEAKS = re.compile(r"(?:\S+\s+){0,5}?(?:said|says|told|wrote|asked|added|argued|tweeted|posted)\b")
_MOST_TEXT = 60_000  # characters: what matters stands in front, and strangers' pages must not cost seconds
_LONGEST_QUOTE = 900
_QUOTED = re.compile(r"„[^„“”]{1,900}[“”]|“[^“”]{1,900}”|«[^«»]{1,900}»")


def split(text: str) -> tuple[str, ...]:
    """Every sentence in order, debris and all; only white space between them is lost.

    A line break ends a sentence; a quotation of several sentences stays whole if it is closed in its paragraph.
    """
    return tuple(s for line in text.splitlines() for s in _split_line(line.strip()))


def _split_line(line: str) -> Iterator[str]:
    shut = _quoted_spans(line)
    start = 0
    for match in _END.finditer(line):
        end = match.end()
        if any(a < match.start() and end < b for a, b in shut) or not _is_end(line, match):
            continue
        yield line[start:end].strip()
        start = end
    if rest := line[start:].strip():
        yield rest


def _quoted_spans(line: str) -> list[tuple[int, int]]:
    """Where quotations run, both marks included; a mark without a partner opens none."""
    spans = [match.span() for match in _QUOTED.finditer(line)]
    marks = [m.start() for m in re.finditer('"', line)]
    if len(marks) % 2 == 0:
        spans += [(a, b + 1) for a, b in zip(marks[::2], marks[1::2], strict=True) if b - a < _LONGEST_QUOTE]
    return spans


def _is_end(line: str, match: re.Match[str]) -> bool:
    # A window, not the rest of the line: a page of ten thousand full stops must not cost seconds.
    after = line[match.end() : match.end() + _WINDOW].lstrip()
    if not after:
        return True
    first = after.lstrip("\"'“‘«([")[:1]
    if first.islower():
        return False
    mark = match.group()
    if mark[0] in "!?" and mark[-1] in "\"'”’»":
        return not _SPEAKS.match(after)
    if mark.startswith((".", "…")) and not mark.startswith(("..", "…")):
        return not _is_abbreviation(line[max(0, match.start() - _WINDOW) : match.start()], mark, after)
    return True


def _is_abbreviation(before: str, mark: str, after: str) -> bool:
    found = _BEFORE.search(before)
    if mark != "." or not found:
        return False
    word = found.group(1).lower()
    if word in ("no", "nos"):
        return after[:1].isdigit()
    is_initial = len(word) == 1 and found.group(1).isupper() and word != "i"
    dotted = bool(re.fullmatch(r"(?:[a-z]\.)+[a-z]", word))
    if not (word in _ABBREVIATIONS or is_initial or dotted):
        return False
    # "a post on X. He left": an initial is followed by a name, never by a usual first word.
    if word in _MAY_CLOSE or dotted or is_initial:
        opener = re.match(r"[\"'“‘]*(\w+)", after)
        return not (opener and opener.group(1).lower() in _OPENERS)
    return True


def paragraphs(text: str) -> tuple[tuple[str, ...], ...]:
    """Sentences by paragraph, markup and debris left out; paragraphs of nothing else are gone."""
    plain = without_inserts(
        "\n".join(strip_markup(line) for line in text[:_MOST_TEXT].splitlines() if line.strip())
    )
    held = (tuple(s for s in split(line) if not is_debris(s)) for line in plain.splitlines())
    return tuple(p for p in held if p)


def sentences(text: str) -> tuple[str, ...]:
    """Sentences in order, debris left out. May be empty."""
    return tuple(s for paragraph in paragraphs(text) for s in paragraph)
