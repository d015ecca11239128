"""Lines of an extracted page into blocks: paragraphs, list entries with the line above their list, headings, menus.

Extracted text breaks lines where browsers did: inside sentences, around links, in cells of tables. A line goes on
with the next one unless punctuation, a marker or a capital says otherwise.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.logic.text.words import word_set


@dataclass(slots=True)
class Block:
    """text[start:end], without the marker before it. `stem` and `is_menu` as in TermsSentence."""

    start: int
    end: int
    stem: str = ""
    is_menu: bool = False


@dataclass(slots=True)
class _Line:
    """One line's content, or one cell of a table's row.

    level  tells lists apart: (indent, kind of marker); None: no marker
    """

    start: int
    end: int
    text: str
    level: tuple[int, str] | None
    is_heading: bool
    after_blank: bool
    hard_break: bool
    is_cell: bool


_BREAK = re.compile(r"\r\n?|\n|(<br\s*/?>)", re.IGNORECASE)
_LEAD = re.compile(
    r"(?P<indent>(?:[ \t\xa0]|>)*)(?P<heading>#{1,6}\s+)?"
    r"(?:(?P<bullet>[*+\-•·●▪◦‣–—]\s+)|(?P<number>\(?\d{1,3}(?:\.\d{1,3}){0,3}\\?[.)]{1,2}\s+)"
    r"|(?P<roman>\(?[ivx]{1,6}\\?[.)]\s+|\([IVX]{1,6}\)\s+)|(?P<letter>\(?[a-zA-Z]\\?\)\s+|[a-z]\\?\.\s+))?"
)
_CELL = re.compile(r"\|")
_CLOSERS = " \t\xa0*_\"'”’»)]\u200b\ufeff"
_LETTER = re.compile(r"[^\W\d_]")
_LINK = re.compile(r"!?\[[^\]\[]*\]\([^)(]*\)")
_POINTS_BELOW = re.compile(
    r"\b(?:following|below|these|suivante?s?|ci-(?:dessous|après)|folgende\w*|nachstehend\w*)\b",
    re.IGNORECASE,
)
_GOES_ON = word_set(
    "a an the of or and to in for with by from on as at that which any our your its their this no not will may shall"
    " including without le la les de du des et ou à un une der die das und oder von zu für mit"
)
_ARTICLES = word_set("a an un une ein eine")
_MENU_WORDS = 4
_LONGEST_STEM = 400
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|<[^<>]{0,200}>|[*_#`|\\]+")
_HAS_MARKUP = re.compile(r"[\[<*_#`|\\]")


def plain(text: str) -> str:
    """Without Markdown and tags, white space single: for reading and for comparing."""
    if _HAS_MARKUP.search(text):
        text = _MARKUP.sub(r"\1", text)
    return " ".join(text.split())


def blocks(text: str) -> Iterator[Block]:
    """Blocks in the order of the text. Linear in its length."""
    stems = _Stems()
    held: list[_Line] = []
    for line in _lines(text):
        if held and _goes_on(held[-1], line, in_list=stems.open_list):
            held.append(line)
            continue
        if held:
            yield _block(text, held, stems)
        held = [line]
    if held:
        yield _block(text, held, stems)


def _lines(text: str) -> Iterator[_Line]:
    at, blank, hard = 0, True, False
    for match in (*_BREAK.finditer(text), None):
        end = match.start() if match else len(text)
        found = False
        is_row = text.find("|", at, end) != -1
        for start, stop in _cells(text, at, end) if is_row else ((at, end),):
            line = _line(text, start, stop, after_blank=blank, hard_break=hard, is_cell=is_row)
            if line is not None:
                yield line
                found, blank = True, False
        is_tag = bool(match and match.group(1))
        blank = blank or not (found or is_tag)
        hard = is_tag or text.endswith("  ", at, end)
        at = match.end() if match else end


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The cells of a table's row."""
    for cell in _CELL.finditer(text, start, end):
        yield start, cell.start()
        start = cell.end()
    yield start, end


def _line(
    text: str, start: int, end: int, *, after_blank: bool, hard_break: bool, is_cell: bool
) -> _Line | None:
    """None where there is no letter."""
    lead = _LEAD.match(text, start, end)
    assert lead is not None
    begin = lead.end()
    while end > begin and text[end - 1].isspace():
        end -= 1
    content = text[begin:end]
    if not _LETTER.search(content):
        return None
    kind = lead.lastgroup
    level = (len(lead["indent"]), kind) if kind in ("bullet", "number", "roman", "letter") else None
    return _Line(begin, end, content, level, bool(lead["heading"]), after_blank, hard_break, is_cell)


def _goes_on(line: _Line, following: _Line, *, in_list: bool) -> bool:
    """Whether a sentence runs over the break between two lines."""
    if following.level or following.is_heading or line.is_heading or line.is_cell or following.is_cell:
        return False
    bare = line.text.rstrip(_CLOSERS)
    if not bare or bare[-1] in ".!?:;…" or _is_bare_link(line.text):
        return False
    first = _LETTER.search(following.text)
    if first and first.group().islower() and first.start() <= 2:
        # "Content may not:" and then entries without marks, one a paragraph.
        return not (in_list and line.level is None and following.after_blank)
    words = bare.split()
    if len(words) < 5:
        return False
    if bare[-1] == "," or words[-1].lower() in _GOES_ON:
        return True
    if words[-2].lower() in _ARTICLES:
        return True
    return not following.after_blank and not following.hard_break and line.level is None and len(bare) >= 40


def _block(text: str, lines: list[_Line], stems: "_Stems") -> Block:
    first, last = lines[0], lines[-1]
    content = text[first.start : last.end]
    stem = stems.place(first, content)
    return Block(first.start, last.end, stem, _is_menu(first, content, stem))


def _is_bare_link(text: str) -> bool:
    """Whether links are all that it says."""
    rest, links = _LINK.subn("", text)
    return links > 0 and not any(sign.isalnum() for sign in rest)


_LONGEST_MENU = 160


def _is_menu(line: _Line, content: str, stem: str) -> bool:
    if line.is_heading or (content[0] in "[!" and _is_bare_link(content)):
        return True
    if len(content) > _LONGEST_MENU or stem.endswith(":"):
        return False
    said = plain(content)
    return said[-1:] not in (".", "!", "?", ":", ";", "。", "！", "？") and len(said.split()) <= _MENU_WORDS


class _Stems:
    """Which line stands above the list that is being read; lists may nest."""

    def __init__(self) -> None:
        self._above = ("", "")  # the last block and its stem: a list may hang on it
        self._levels: list[tuple[tuple[int, str], str]] = []
        self.open_list = False  # entries without marks follow a line that ends with a colon

    def place(self, line: _Line, content: str) -> str:
        """The stem of this block; remembers the block as a possible stem of the next."""
        stem = self._stem_of(line)
        self.open_list = not line.is_heading and (
            content.rstrip(_CLOSERS).endswith(":") or (self.open_list and content[:1].islower())
        )
        self._above = (content, stem)
        return stem

    def _stem_of(self, line: _Line) -> str:
        if line.level is None:
            if self.open_list and not line.is_heading and line.text[:1].islower():
                if not self._levels:
                    # Kept as a level that no marker has: entries without marks share one stem.
                    self._levels.append(((-1, ""), _head(*self._above)))
                return self._levels[-1][1]
            self._levels.clear()
            return ""
        for depth, (level, stem) in enumerate(self._levels):
            if level == line.level:
                del self._levels[depth + 1 :]
                return stem
        outer = self._levels[-1][1] if self._levels else ""
        stem = _head(*self._above) or outer
        self._levels.append((line.level, stem))
        return stem


def _head(content: str, stem: str) -> str:
    """The last sentence of a block if a list may hang on it, after the stem that it hangs on itself."""
    said = plain(content).rstrip("\"'”’» ")
    opens = said[-1:] in (":", "–", "—")
    if not opens and said[-1:] in (".", "!", "?", ";", ",") and not _POINTS_BELOW.search(said[-200:]):
        return ""
    last = _SENTENCE.split(said)[-1]
    head = f"{stem} {last}" if stem and opens else last
    return head[-_LONGEST_STEM:]


_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ü])")
