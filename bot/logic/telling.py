"""Sentences that can be told on their own: taken from entries, tidied, and refused where they need what is not there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.logic.sentences import paragraphs
from bot.logic.text import fold, stem, word_set, words
from bot.model import Entry, JudgedEntry, SourceGroup

SHORTEST, LONGEST = 35, 250
_LONGEST_READ = 40  # sentences: what matters stands in front, and pages end in other matters


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an entry, tidied.

    place    0 for the first sentence of the text
    whole    it is all of the first paragraph, word for word
    stems    its content words
    leans    it needs the sentence before it ("He", "The company")
    """

    text: str
    entry: Entry
    place: int
    paragraph: int
    whole: bool
    stems: frozenset[str]
    leans: bool

    @property
    def count(self) -> int:
        return len(self.text.split())


_CONNECTORS = re.compile(
    r"^(?:However|Meanwhile|Still|Now|Moreover|Furthermore|In addition|Additionally|Of course|Indeed|In fact"
    r"|Notably|Interestingly"
    r"|Importantly|Ultimately|Unsurprisingly|As such|For now|That said|Instead|In other words|Also|Similarly"
    r"|Likewise), (?=\S)"
    r"|^(?:But|And|Yet|So|Plus)\s(?=[A-Z])"
)
# The bot has no such opinion. Outside quotations only.
_COLOUR = re.compile(
    r"\b(?:quietly|stunningly|shockingly|dramatically|notably|unsurprisingly|infamously|brazenly) ",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^(?:[A-Z][A-Z .,/]{2,40})(?: \([A-Z][\w .]{1,20}\))?\s?[—–-]\s")
_TAIL = re.compile(
    r"(?:, (?:which|who|while|whereas|with|as|after|marking|making|adding|following|joining)\b|;| [—–] )"
)
_DASH = re.compile(r"\s[—–-]\s|—")
_KEEPS = re.compile(
    r"\b(?:accord\w+|said|says|alleg\w+|claim\w+|reported\w*|unless|except|without|if|until|not|never|only"
    r"|provided)\b",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"^[\"“'‘]?(?:he|she|they|it|this|that|these|those|his|her|their|its|such|both|neither|either|another|others"
    r"|the (?:company|firm|platform"
    r"|service|move|change|changes|lawsuit|suit|case|complaint|bill|ruling|decision|deal|agreement|partnership"
    r"|policy|letter|statement|tool"
    r"|feature|band|track|song|album|singer|rapper|latter|former|two|same|new (?:policy|tool|feature|rules?|terms"
    r"|system)|program|programme|news"
    r"|settlement|group|startup|judge|court|plan|plans|measure|update|catch|result|reason|goal|idea|badge|label"
    r"|campaign|organisation|organization))\b",
    re.IGNORECASE,
)  # fmt: skip
_NO_SUBJECT = re.compile(
    r"^(?:Denied|Used|Said|Added|Called|Filed|Made|Found|Told|Wrote|Took|Gave|According to (?:him|her|them|it))\b"
)
_REFUSED = re.compile(
    r"^(?:prepare|find|learn|watch|listen|check|see|meet|imagine|think|remember|consider|here'?s|here are|let'?s"
    r"|spoiler|guess|what|why|how|who"
    r"|want|looking|yes|no,|well,|ok|okay|bottom line|tl;dr|editor|note:|below|above|scroll|tap|stay tuned"
    r"|for more|in this|today,? we|last week,? we)\b",
    re.IGNORECASE,
)  # fmt: skip
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|we|we're|we've|our|us|my|me)\b")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_UNFINISHED = re.compile(
    r"(?:…|\.\.\.|[,;:–—-]|\b(?:the|a|an|of|to|and|or|in|on|by|for|with|that|as|is|was|its|wasn't|isn't))[\"'”’]?$"
)
_CLOSED = re.compile(r"[.!?][\"'”’»)\]]*$")
_CONTENT_STOP = word_set(
    "the a an and or of to in on for by with from at as is are was were be been has have had its it that this their his her they"
    " will would can could may not but who which when while after before into over about more than also said says new one all"
)


def lines(judged: JudgedEntry) -> tuple[Line, ...]:
    """The tellable sentences of an entry in order; may be empty. Page text where there is some, else the feed's."""
    entry = judged.entry
    text = entry.page_text if entry.page_text and len(entry.page_text) > len(entry.summary) else entry.summary
    held = paragraphs(text)
    found: list[Line] = []
    place = 0
    for number, paragraph in enumerate(held):
        for sentence in paragraph:
            told = tidy(sentence)
            if told and not (place and _is_cut_off(sentence, text)):
                whole = number == 0 and len(paragraph) == 1 and told == sentence
                found.append(Line(told, entry, place, number, whole, content_stems(told), _needs_more(told)))
            place += 1
            if place >= _LONGEST_READ:
                return tuple(found)
    return tuple(found)


def _needs_more(text: str) -> bool:
    """Whether it leans on a sentence before it: "He said", "“We never did,” she said", "Denied wrongdoing when"."""
    outside = _QUOTED.sub(" ", text).strip(" ,.")
    return bool(_LEANS.match(text) or _LEANS.match(outside) or _NO_SUBJECT.match(text))


def _is_cut_off(sentence: str, text: str) -> bool:
    """The last sentence of a feed's excerpt, cut in its middle."""
    return len(text) > 250 and not _CLOSED.search(sentence)


def tidy(sentence: str) -> str:
    """The sentence as it can stand alone, shortened where that changes nothing; empty if it cannot be told."""
    text = _DATELINE.sub("", sentence).strip()
    text = _CONNECTORS.sub("", text)
    text = re.sub(r"\s+([.,;:!?])(?=\s|$)", r"\1", _uncoloured(text))
    if len(text) > LONGEST:
        text = _shortened(text)
    if not SHORTEST <= len(text) <= LONGEST or not _is_tellable(text):
        return ""
    text = text[0].upper() + text[1:]
    return text if _CLOSED.search(text) else text + "."


def _uncoloured(text: str) -> str:
    parts, last = [], 0
    for quoted in _QUOTED.finditer(text):
        parts += [_COLOUR.sub("", text[last : quoted.start()]), quoted.group()]
        last = quoted.end()
    return "".join((*parts, _COLOUR.sub("", text[last:])))


def _shortened(text: str) -> str:
    """Without its last side clause, unless that says who claims it, under what condition, or is not the last."""
    for match in reversed(list(_TAIL.finditer(text))):
        head, tail = text[: match.start()], text[match.end() :]
        if _KEEPS.search(tail) or "," in tail or _DASH.search(tail) or len(_DASH.findall(head)) % 2:
            return ""
        if SHORTEST * 2 <= len(head) <= LONGEST - 1:
            return head + "." if _is_balanced(head) else ""
    return ""


def _is_balanced(text: str) -> bool:
    return (
        text.count("“") == text.count("”")
        and text.count('"') % 2 == 0
        and text.count("(") == text.count(")")
        and text.count("«") == text.count("»")
    )


def _is_tellable(text: str) -> bool:
    outside = _QUOTED.sub(" ", text).replace("’", "'")
    return not (
        _REFUSED.match(outside)
        or _FIRST_PERSON.search(outside)
        or _UNFINISHED.search(text)
        or "?" in outside
        or "<" in text
        or not _is_balanced(text)
        or len(outside.split()) < 5
    )


def content_stems(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning."""
    return frozenset(stem(w) for w in words(text) if w not in _CONTENT_STOP and len(w) > 1)


_SAYS = {
    "en": ("reports", "says"),
    "de": ("berichtet", "teilt mit"),
    "fr": ("rapporte", "déclare"),
    "es": ("informa", "afirma"),
}


def attribution(entry: Entry) -> str:
    """What stands before an outlet's first sentence: "Gazette reports: "; its own cause: "SoundCloud says: "."""
    outlet = entry.outlet
    reports, says = _SAYS.get(entry.lang[:2].lower(), _SAYS["en"])
    own = outlet.platform is not None or outlet.group in (SourceGroup.PLATFORM, SourceGroup.RIGHTS_ORG)
    return f"{outlet.name} {says if own else reports}: "


def overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """Shared part of the smaller set, 0 to 1."""
    mine, theirs = frozenset(one), frozenset(other)
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def plain(text: str) -> str:
    """For finding words in a source whatever its quotes and spaces look like."""
    return " ".join(fold(text).split())
