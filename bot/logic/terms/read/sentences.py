"""A legal text into sentences that know where they stand and which list they belong to.

Two steps: `blocks` reads lines into paragraphs, list entries and headings; here each block is cut at full stops.
"""

import re
from collections.abc import Iterator

from bot.logic.terms.read.blocks import Block, blocks
from bot.logic.text.words import word_set
from bot.model import TermsSentence

_ABBREVIATIONS = word_set(
    "e.g i.e eg ie etc cf vs v al art arts no nos nr sec sect para paras p pp pt ch cl vol ed fig inc ltd corp co llc"
    " mr mrs ms dr st jr sr approx incl excl esp resp dept ext tel abs al ziff bzw ggf usw bspw vgl evtl sog inkl"
    " z.b d.h u.a u.u i.d.r i.s.d v.a m p.ex ex env av bd u.s u.k e.u"
)
# These may also close a sentence; then a capital follows that is not a name of a section.
_MAY_CLOSE = word_set("etc inc ltd corp co llc al art usw u.s u.k e.u")
_OPENERS = word_set(
    "the a an it in if we you this these those that our your any all no when where by for as to unless subject such"
    " however please they there each nothing le la les un une nous vous il si ce cette der die das ein eine wir sie"
)
_END = re.compile(r"([。！？]+)[」』）]*\s*|([.!?…]+)[\"'”’»)\]*_]*(?:\[\]\([^)\s]*\)|\[\d+\])?\s+")
_WORD_BEFORE = re.compile(r"([^\s\"'“”‘’«»(\[*_]+)$")
_FIRST_WORD = re.compile(r"[\"'“‘«(\[*_>\s]*(\w*)")
_NUMBERING = re.compile(r"[\s*_(#§]*(?:\d+[.\d]*|[A-Za-z]|[ivxIVX]+)\W*$")
_LETTER = re.compile(r"[^\W\d_]")


def split(text: str) -> tuple[TermsSentence, ...]:
    """Every sentence in the order of the text; what holds no letter is left out.

    text  as read from the file, line ends and Markdown included
    Spans never overlap, and text[s.start:s.end] == s.text. Never raises.
    """
    return tuple(sentence for block in blocks(text) for sentence in _of_block(text, block))


def _of_block(text: str, block: Block) -> Iterator[TermsSentence]:
    for start, end in _cuts(text, block.start, block.end):
        sentence = text[start:end]
        if _LETTER.search(sentence):
            yield TermsSentence(sentence, start, end, block.stem, block.is_menu)


def _cuts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _END.finditer(text, start, end):
        if _closes(text, begin, match):
            cut = match.end() - (len(match.group()) - len(match.group().rstrip()))
            yield begin, cut
            begin = match.end()
    # What closed the block may be white space only.
    last = end
    while last > begin and text[last - 1].isspace():
        last -= 1
    if last > begin:
        yield begin, last


def _closes(text: str, begin: int, match: re.Match[str]) -> bool:
    if match.group(1):
        return True
    first = _FIRST_WORD.match(text, match.end())
    word = first.group(1) if first else ""
    # "iPhone" and "eBay" open sentences too, but "e.g. music" must not be cut: rather too long than broken.
    if word[:1].islower():
        return False
    if match.group(2) != ".":
        return True
    before = text[max(begin, match.start() - 24) : match.start()]
    return not _is_abbreviation(before, word, opens=match.start() - begin < 12)


def _is_abbreviation(before: str, following: str, *, opens: bool) -> bool:
    """
    before  what stands right before the full stop
    opens   it is all there is of the sentence so far
    """
    found = _WORD_BEFORE.search(before)
    if not found:
        return False
    if opens and _NUMBERING.fullmatch(before):
        return True
    last = found.group(1).lower()
    new_sentence = following.lower() in _OPENERS
    if len(last) == 1 and last.isalpha():
        # "art. L. 122-5-3", "z. B. Musik", but "your Plan B. The next".
        return not new_sentence
    if last not in _ABBREVIATIONS:
        return False
    return not (last in _MAY_CLOSE and new_sentence)
