"""Sentences that can be told on their own: taken from entries, tidied, and refused where they need what is not there."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.logic.stories.lead import is_primary
from bot.logic.text.sentences import paragraphs
from bot.logic.text.words import clean_title, fold, stem, word_set, words
from bot.model import Entry, JudgedEntry

SHORTEST, LONGEST = 28, 300
TEASER = -1  # a paragraph number
_NEARLY = 0.8  # of the words of a headline and of a sentence that repeats it stand in both
_LONGEST_READ = 40  # sentences: what matters stands in front, and pages end in other matters


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of an entry, tidied.

    place      0 for the first sentence of the text, or of the teaser
    paragraph  0 for the first one of the text; TEASER: it stands in the feed's teaser, not on the page
    size       sentences of its paragraph, the untellable ones too
    copied     it stands word for word as in the source
    stems      its content words
    leans      what it takes for known from before: "he", or the words after "The"; empty: it stands alone
    """

    text: str
    entry: Entry
    place: int
    paragraph: int
    size: int
    copied: bool
    stems: frozenset[str]
    leans: str

    @property
    def count(self) -> int:
        return len(self.text.split())

    @property
    def is_teaser(self) -> bool:
        return self.paragraph == TEASER


_CONNECTORS = re.compile(
    r"^(?:However|On top of that|Meanwhile|Still|Now|Moreover|Furthermore|In addition|Additionally|Of course"
    r"|Indeed|In fact"
    r"|Notably|Interestingly"
    r"|Importantly|Ultimately|Unsurprisingly|As such|For now|That said|Instead|In other words|Also|Similarly"
    r"|Likewise|Today), (?=\S)"
    r"|^(?:But|And|Yet|So|Plus)\s(?=[A-Z])"
)
# The bot has no such opinion. Outside quotations only.
_COLOUR = re.compile(
    r"\b(?:quietly|stunningly|shockingly|dramatically|notably|unsurprisingly|infamously|brazenly|abruptly) ",
    re.IGNORECASE,
)
# Words that sell: a plainer sentence is preferred, none is altered.
_HYPE = re.compile(
    r"\b(?:landmark|groundbreaking|ground-breaking|game-?chang\w*|revolution\w*|bombshell|explod\w*|stunning"
    r"|massive|enormous|skyrocket\w*"
    r"|slam\w*|blast\w*|avalanche|shocking|outrage\w*|fury|furious|powerful|urgent|bold|smolder\w*|historic"
    r"|unprecedented|wasted no time|no secret|like to boast)\b",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^(?:[A-Z][A-Z .,/]{2,40})(?: \([A-Z][\w .]{1,20}\))?\s?[—–-]\s")
_TAIL = re.compile(
    r"(?:, (?:which|who|while|whereas|with|as|after|marking|making|adding|following|joining|to)\b|;| [—–] )"
)
_ASIDE = re.compile(r"\s\([^()]{3,80}\)|\s—\s[^—“”\"]{3,80}\s—(?=\s)")
_DASH = re.compile(r"\s[—–-]\s|—")
_KEEPS = re.compile(
    r"\b(?:accord\w+|said|says|alleg\w+|claim\w+|reported\w*|unless|except|without|if|until|not|never|only"
    r"|provided)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"^[\"“'‘]?(?:he|she|they|it|this|that|these|those|his|her|their|its|such|both|neither|either|another|others"
    r"|latter|former"
    r"|that's|it's)\b",
    re.IGNORECASE,
)
# "The move", "The indie publishing giant": known from a sentence before. "The estate of a singer" explains itself.
_DEFINITE = re.compile(r"^The (?:[\w ’'-]{1,30}-(?:based|owned|backed) )?((?:[a-z][\w’'-]*\s){1,4})")
# The headline stands right above: it is what "the move" means.
_HEADLINED = word_set(
    "move withdrawal change changes decision ruling verdict deal agreement partnership lawsuit lawsuits suit suits complaint"
    " case bill law act letter statement policy policies ban tool feature badge label labels announcement settlement campaign"
    " measure measures plan plans update program programme system rules terms tags action proposal report study"
)
_EXPLAINED = re.compile(
    r"^The (?:[\w’'-]+\s){1,4}?(?:of|behind|for|that|which|who|whose|between|from|known as|called|named)\b"
)
_SOMEONE = re.compile(r"\b(?:he|she|him)\b")
_FULL_NAME = re.compile(
    r"\b[A-Z][\w’'.-]*[a-z][\w’'-]*\s(?:[a-z]{2,3}\s)?[A-Z][\w’'-]*[a-z]|\b(?:Mr|Ms|Mrs|Sir|Dr|Judge|Senator)\b"
)
_RUN_ON = re.compile(r"[a-z]\s(?:The|A|An|In|But|It|This|And)\s[a-z]")
_NO_SUBJECT = re.compile(
    r"^(?:Denied|Used|Said|Added|Called|Filed|Made|Found|Told|Wrote|Took|Gave|According to (?:him|her|them|it))\b"
)
_REFUSED = re.compile(
    r"^(?:the (?:sudden |rapid |meteoric )?(?:rise|advent|age|era|world|explosion) of|in an? (?:era|world|age"
    r"|time)|with the rise|prepare|find|learn|watch|listen|check|see|meet|imagine|think|remember|consider|here'?s"
    r"|here are|let'?s"
    r"|spoiler|guess|what|why|how|who"
    r"|so when|so how|want|looking|yes|no,|well,|ok|okay|bottom line|tl;dr|editor|note:|below|above|scroll|tap|stay tuned"
    r"|for more|in this|today,? we|last week,? we)\b",
    re.IGNORECASE,
)  # fmt: skip
_FIRST_PERSON = re.compile(r"\b(?:I|I'm|I've|[Ww]e|[Ww]e're|[Ww]e've|[Oo]ur|us|[Mm]y|me)\b")
_QUOTED = re.compile(r"„[^„“”]*[“”]|“[^”]*”|\"[^\"]*\"|«[^»]*»")
_GERMAN_QUOTED = re.compile(r"„[^„“”]*[“”]")
_UNFINISHED = re.compile(
    r"(?:…|\.\.\.|[,;:–—-]|\b(?:the|a|an|of|to|and|or|in|on|by|for|with|that|as|is|was|its|wasn't|isn't))[\"'”’]?$"
)
_CLOSED = re.compile(r"[.!?][\"'”’»)\]]*$")
_CONTENT_STOP = word_set(
    "the a an and or of to in on for by with from at as is are was were be been has have had its it that this their his her they"
    " will would can could may not but who which when while after before into over about more than also said says new one all"
)


def lines(judged: JudgedEntry) -> tuple[Line, ...]:
    """The tellable sentences of an entry, page first, then what only the feed's teaser says; may be empty.

    Without its own title, which many pages repeat above their text.
    """
    title = clean_title(judged.entry.title, judged.entry.outlet.name)
    return tuple(line for line in _all_lines(judged.entry) if not repeats_title(line.text, title))


def repeats_title(text: str, title: str) -> bool:
    """Whether a sentence is a headline again, word for word or nearly; also where the feed cut the headline."""
    mine, theirs = plain(text).rstrip(" .…"), plain(title).rstrip(" .…")
    if mine == theirs or (title.rstrip().endswith(("…", "...")) and mine.startswith(theirs)):
        return True
    stems, known = content_stems(text), content_stems(title)
    return len(stems & known) >= _NEARLY * max(1, len(stems | known))


def _all_lines(entry: Entry) -> tuple[Line, ...]:
    if not entry.page_text or len(entry.page_text) <= len(entry.summary):
        return _lines_of(entry.summary, entry)
    found = _lines_of(entry.page_text, entry)
    page = plain(entry.page_text)
    teaser = (replace(line, paragraph=TEASER) for line in _lines_of(entry.summary, entry))
    # The page says what a cut sentence would have said.
    return found + tuple(
        t for t in teaser if plain(t.text) not in page and plain(t.text) in plain(entry.summary)
    )


def _lines_of(text: str, entry: Entry) -> tuple[Line, ...]:
    found: list[Line] = []
    place = 0
    for number, paragraph in enumerate(paragraphs(text)):
        for sentence in paragraph:
            told = tidy(sentence) or (_in_its_own_words(sentence) if is_primary(entry) else "")
            if told and not (place and _is_cut_off(sentence, text)):
                stems, size = content_stems(told), len(paragraph)
                found.append(Line(told, entry, place, number, size, told == sentence, stems, _leans(told)))
            place += 1
            if place >= _LONGEST_READ:
                return tuple(found)
    return tuple(found)


def _leans(text: str) -> str:
    """What it takes for known: "he" a pronoun's antecedent, else the words after "The"; empty if it stands alone."""
    outside = _QUOTED.sub(" ", text).strip(" ,.")
    if _PRONOUN.match(text) or _PRONOUN.match(outside) or _NO_SUBJECT.match(text):
        return "he"
    someone = _SOMEONE.search(outside)
    if someone and not _FULL_NAME.search(outside[: someone.start()]):
        return "he"
    definite = _DEFINITE.match(text)
    if not definite or _EXPLAINED.match(text) or definite.group(1).split()[0] in _HEADLINED:
        return ""
    return definite.group(1).strip()


def _is_cut_off(sentence: str, text: str) -> bool:
    """The last sentence of a feed's excerpt, cut in its middle."""
    return len(text) > 250 and not _CLOSED.search(sentence)


def tidy(sentence: str) -> str:
    """The sentence as it can stand alone, shortened where that changes nothing; empty if it cannot be told."""
    text = _DATELINE.sub("", sentence).strip()
    text = _CONNECTORS.sub("", text)
    text = re.sub(r"\s+([.,;:!?])(?=\s|$)", r"\1", _uncoloured(text))
    if len(text) > LONGEST:
        text = _ASIDE.sub("", text)
    if len(text) > LONGEST:
        text = _shortened(text)
    if not SHORTEST <= len(text) <= LONGEST or not _is_tellable(text):
        return ""
    text = text[0].upper() + text[1:]
    text = re.sub(r"(?<!\.)\.\.$", ".", text)
    return text if _CLOSED.search(text) else text + "."


def _in_its_own_words(sentence: str) -> str:
    """What an outlet says of itself as "we": only ever as its exact words in quotation marks."""
    plain_of_marks = not any(mark in sentence for mark in '“”"«»')
    if not plain_of_marks or not SHORTEST <= len(sentence) <= LONGEST or not _FIRST_PERSON.search(sentence):
        return ""
    return f"“{sentence}”" if _CLOSED.search(sentence) and "?" not in sentence else ""


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
    text = _GERMAN_QUOTED.sub("", text)
    return (
        "„" not in text
        and text.count("“") == text.count("”")
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
        or "!" in outside
        or "<" in text
        or _RUN_ON.search(outside)
        or not _is_balanced(text)
        or len(outside.split()) < 5
    )


def content_stems(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning."""
    return frozenset(stem(w) for w in words(text) if w not in _CONTENT_STOP and len(w) > 1)


# Before a reporter's sentence and as a whole one; the same for who speaks in its own cause. In the source's language,
# since its sentences follow.
_SAYS = {
    "en": ("reports: ", "reports this.", "says: ", "says this."),
    "de": ("berichtet: ", "berichtet darüber.", "teilt mit: ", "teilt dies mit."),
    "fr": ("rapporte : ", "en parle.", "déclare : ", "l’annonce."),
    "es": ("informa: ", "informa de ello.", "afirma: ", "lo anuncia."),
}
# Before the first sentence of a second outlet, where what happened goes on.
_ADDS = {"en": "adds: ", "de": "ergänzt: ", "fr": "ajoute : ", "es": "añade: "}


def _said(entry: Entry) -> tuple[str, str]:
    report, whole_report, own, whole_own = _SAYS.get(entry.lang[:2].lower(), _SAYS["en"])
    return (own, whole_own) if is_primary(entry) else (report, whole_report)


def attribution(entry: Entry) -> str:
    """What stands before an outlet's first sentence: "Gazette reports: "; its own cause: "SoundCloud says: "."""
    return f"{entry.outlet.name} {_said(entry)[0]}"


def added_attribution(entry: Entry) -> str:
    """Before what a second outlet knows beyond the first: "Courier adds: "."""
    return f"{entry.outlet.name} {_ADDS.get(entry.lang[:2].lower(), _ADDS['en'])}"


def again_attribution(entry: Entry) -> str:
    """Before an outlet's sentence in a further part, where several outlets speak: "Gazette: "."""
    return f"{entry.outlet.name}{' :' if entry.lang[:2].lower() == 'fr' else ':'} "


def bare_attribution(entry: Entry) -> str:
    """The whole sentence where there is only a headline: "Gazette reports this."."""
    return f"{entry.outlet.name} {_said(entry)[1]}"


def quoted_parts(text: str) -> tuple[str, ...]:
    """What stands in quotation marks, without the marks."""
    return tuple(match.group()[1:-1] for match in _QUOTED.finditer(text))


def quoted_share(text: str) -> float:
    """How much of the text stands in quotation marks, 0 to 1."""
    return sum(len(m.group()) for m in _QUOTED.finditer(text)) / max(1, len(text))


def begins_aside(text: str) -> bool:
    """Whether it begins with something else than its news ("While others wait, ...")."""
    return bool(re.match(r"(?:While|Although|Though|When|Weeks|Months|Years|Now)\b", text))


def hype(text: str) -> int:
    """Words that sell, outside quotations."""
    return len(_HYPE.findall(_QUOTED.sub(" ", text)))


def overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """Shared part of the smaller set, 0 to 1."""
    mine, theirs = frozenset(one), frozenset(other)
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def plain(text: str) -> str:
    """For finding words in a source whatever its quotes and spaces look like."""
    return " ".join(fold(text).split())
