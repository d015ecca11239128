"""Exact words in quotation marks, and who said them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.logic.text.sentences import paragraphs
from bot.logic.text.words import fold, word_set
from bot.model import Entry, Topic

_LONGEST_SENTENCE = 1_500  # a longer one is a page without full stops
_FEWEST_WORDS, _MOST_WORDS, _MOST_CHARACTERS = 5, 48, 300
_MARKS = re.compile(r"“([^“”]{12,400})”|\"([^\"]{12,400})\"|«\s?([^«»]{12,400})\s?»|„([^„“”]{12,400})[“”]")
_VERB = (
    r"(?:said|says|told|wrote|writes|added|adds|argued|argues|stated|states|explained|explains|claimed|claims"
    r"|insisted|insists|declared|commented|posted|tweeted|continued|noted|notes|warned|warns|called|asked|responded"
    r"|sagte|sagt|erklärte|erklärt|schrieb|schreibt|betonte|betont|meinte|teilte|kommentierte"
    r"|a déclaré|déclare|a expliqué|explique|a affirmé|affirme|a indiqué|indique|a écrit|écrit|souligne|a souligné"
    r"|dijo|declaró|afirmó|afirma|señaló|explicó|aseguró|escribió|añadió)"
)
_TITLE = (
    r"(?:spokes(?:person|man|woman)|chief executive|executive|officer|co-?founder|founder|president|chair(?:man"
    r"|woman)?|director|counsel|head|boss"
    r"|composer|songwriter|singer|producer|lawyer|attorney|senator|minister|judge)"
)
_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_NAME = rf"(?:{_TITLE}|{_CAPITAL}[\w.’'&-]*|of|for|the|and|de|del|du|von|van)"
_ROLE = (
    r"(?:[Tt]he )?(?:company|companies|firm|label|labels|service|platform|startup|plaintiffs|publishers|artists"
    r"|union|society|organi[sz]ation|group|estate|judge|court|spokesperson|spokesman|spokeswoman|lawsuit"
    r"|complaint|letter|filing|statement|ruling)"
)
_WHO = rf"((?:{_CAPITAL}[\w.’'&-]*)(?:\s{_NAME}){{0,6}}|{_ROLE})"
_ACCORDING = r"(?:[Aa]ccording to|[Ll]aut|[Ss]elon|[Ss]egún)"
_AFTER = (
    re.compile(rf"^[,.]?\s*(?:\w+ly )?{_VERB}\s+(?:the )?(?:[a-z-]+ ){{0,4}}?{_WHO}"),
    re.compile(rf"^[,.]?\s*{_WHO}(?:,[^,“\"]{{3,80}},)?\s+(?:\w+ly )?(?:also |has |have |had )?{_VERB}\b"),
    re.compile(rf"^[,.]?\s*{_ACCORDING}\s+(?:the )?{_WHO}"),
)
_BEFORE = (
    re.compile(
        rf"{_WHO}(?:,[^,“\"]{{3,80}},)?\s+(?:\w+ly )?(?:also |has |have |had )?{_VERB}\b[^“”\"]{{0,70}}[:,]?\s*$"
    ),
    re.compile(rf"{_ACCORDING}\s+(?:the )?{_WHO}[^“”\"]{{0,50}}[:,]?\s*$"),
    re.compile(
        rf"{_WHO}[’']s? (?:statement|letter|post|tweet|memo|note|blog post|message)[^“”\"]{{0,60}}[:,]?\s*$"
    ),
)
# "Tonebarn has now put out a statement on the matter: ..."
_GAVE = (
    r"(?:put out|issued|posted|published|released|gave|shared|sent|made|provided|wrote|offered|followed up with"
    r"|answered with|replied with|responded with|took to|clarified|veröffentlichte|publié|publicó)"
)
_STATEMENT = re.compile(rf"{_WHO}(?:,[^,“\"]{{3,80}},)?\s+(?:\w+ ){{0,4}}{_GAVE}\b[^“”\"]{{0,120}}[:,]\s*$")
# The quoted words stand in a text, not in anybody's mouth.
_CLAUSE = re.compile(
    r"\b(?:terms|clause|polic(?:y|ies)|agreement|contract|section|guidelines?|licen[cs]e|conditions|faq|charter"
    r"|small print|bill|act|law"
    r"|wording|language|provision|rules?|text|agrees?)\b[^.“”\"]{0,60}\b(?:reads?|states?|says?|said|includes?"
    r"|included|adds?|added|that|which"
    r"|now|provides?|stipulates?)\b[^.“”\"]{0,60}[:,]?\s*$",
    re.IGNORECASE,
)
_BINDS = re.compile(
    r"\b(?:may|must|shall|will|can|cannot|agrees?|grants?|is|are|not|prohibit\w*|allow\w*|require\w*|permit\w*"
    r"|reserves?)\b",
    re.IGNORECASE,
)
_TELLING = re.compile(
    r"\b(?:ai|artificial intelligence|train\w*|consent|permission|licen[cs]\w*|copyright\w*|royalt\w*|opt(?:ed"
    r"|ing)?[- ](?:in|out)|never|generat\w*"
    r"|voice|likeness|cop(?:y|ied|ying)|scrap\w*|stol\w*|steal\w*|infring\w*|protect\w*|remov\w*|label\w*|tag\w*"
    r"|pay|paid|compensat\w*|terms)\b",
    re.IGNORECASE,
)
_PRAISE = re.compile(
    r"\b(?:excited|thrilled|proud|delighted|pleased|honou?red|incredible|amazing|game[- ]chang\w*|journey"
    r"|passionate|love|best[- ]in[- ]class|innovative"
    r"|congratulat\w*|fantastic|world[- ]class|revolution\w*|unlock\w*)\b",
    re.IGNORECASE,
)
_CLAUSE_TOPICS = frozenset(
    {Topic.TERMS_TRAINING, Topic.OPT_OUT, Topic.LABELLING_OR_BAN, Topic.LEGISLATION, Topic.GUIDANCE}
)
_NOT_A_SPEAKER = word_set(
    "it he she they we i you the a an in on at but and this that these those as if when while what who there here his her"
    " their its for according however also then so by from with after before since one both"
    " er sie es wir man der die das ein eine sein ihr il elle on nous le la les l un une ce cette el ella ellos los las este"
)


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """Quoted words of one entry.

    speaker   empty: they stand in a text (a clause)
    sentence  holds them
    before    the sentence before that, empty for the first one
    """

    text: str
    speaker: str
    entry: Entry
    sentence: str
    weight: float
    before: str = ""


def quotations(entry: Entry, topic: Topic | None) -> tuple[QuotedWords, ...]:
    """Quotations whose speaker is known, or that are a clause; best first. May be empty."""
    text = entry.page_text if entry.page_text and len(entry.page_text) > len(entry.summary) else entry.summary
    found = []
    last = ""
    for place, sentence in enumerate(s for paragraph in paragraphs(text) for s in paragraph):
        found += [replace(said, before=last) for said in _in_sentence(sentence, entry, topic, place)]
        last = sentence
    found = [replace(said, speaker=_in_full(said.speaker, text)) for said in found]
    return tuple(sorted(found, key=lambda said: -said.weight))


def _in_sentence(sentence: str, entry: Entry, topic: Topic | None, place: int) -> list[QuotedWords]:
    found: list[QuotedWords] = []
    if len(sentence) > _LONGEST_SENTENCE:
        return found
    for match in _MARKS.finditer(sentence):
        words = next(group for group in match.groups() if group is not None).strip()
        words = words.rstrip(",").strip()
        if not _is_quotable(words):
            continue
        before, after = sentence[: match.start()], sentence[match.end() :]
        speaker = _speaker(before, after)
        if speaker is None and not (_CLAUSE.search(before) and _BINDS.search(words)):
            continue
        said = QuotedWords(words, speaker or "", entry, sentence, 0.0)
        weight = _weight(said, topic, place)
        found.append(QuotedWords(words, speaker or "", entry, sentence, weight))
    return found


# What a clause stands in, the most telling first.
_DOCUMENTS = tuple(
    re.compile(rf"\b({noun})\b", re.IGNORECASE)
    for noun in (
        r"terms of (?:use|service)|terms",
        r"privacy policy|policy|policies|guidelines|community rules|charter|faq",
        r"(?<!separate )(?<!other )(?:licen[cs]e agreement|agreement|contract)",
    )
)
_OWNED = re.compile(
    r"\b([A-Z][\w.&-]*(?:\s[A-Z][\w.&-]*){0,2})[’']s?\s(?:[\w-]+\s){0,3}?"
    r"(?:terms|policy|policies|guidelines|agreement|contract|clause|charter)\b"
)


def whose_text(said: QuotedWords, parties: Sequence[str]) -> str:
    """What a quoted clause is from, "SoundCloud’s terms", where its entry names that; empty: it does not.

    parties  the companies that the story is about, the one acted on first
    """
    near = f"{said.before} {said.sentence}"
    owners = {match.group(1) for match in _OWNED.finditer(near)}
    if owners - set(parties):
        return ""  # somebody else's terms are spoken of
    told = f"{near} {said.entry.title}"
    named = [name for name in parties if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", told)]
    if len(named) != 1:
        return ""
    for document in _DOCUMENTS:
        if noun := document.search(near) or document.search(f"{said.entry.title} {said.entry.summary}"):
            return f"{named[0]}’s {noun.group(1).lower()}"
    return ""


def _is_quotable(text: str) -> bool:
    count = len(text.split())
    return (
        _FEWEST_WORDS <= count <= _MOST_WORDS
        and len(text) <= _MOST_CHARACTERS
        and not text.endswith(("…", "..."))
    )


def _speaker(before: str, after: str) -> str | None:
    """Whoever the sentence says speaks; None: it does not say."""
    for pattern in _AFTER:
        if match := pattern.search(after):
            return _named(match.group(1))
    for pattern in (*_BEFORE, _STATEMENT):
        if match := pattern.search(before):
            return _named(match.group(1))
    return None


def _named(name: str) -> str | None:
    name = (
        re.sub(r"\s(?:of|for|the|and|de|von|van)$", "", name.strip().strip(",.’'"))
        .removesuffix("’s")
        .removesuffix("'s")
    )
    first = fold(name.split()[0]) if name.split() else ""
    if not name or (first in _NOT_A_SPEAKER and not name.lower().startswith("the ")):
        return None
    return name[0].upper() + name[1:]


def _in_full(speaker: str, text: str) -> str:
    """A surname with the first name that the text gives it elsewhere."""
    if " " in speaker or not speaker:
        return speaker
    full = re.search(rf"\b((?:[A-Z][\w’'-]*[a-z]\s){{1,2}}{re.escape(speaker)})\b", text)
    if full is None or fold(full.group(1).split()[0]) in _NOT_A_SPEAKER:
        return speaker
    return full.group(1)


def _weight(said: QuotedWords, topic: Topic | None, place: int) -> float:
    weight = 1.0 + 0.35 * min(4, len(set(_TELLING.findall(said.text.lower()))))
    weight -= 0.5 * len(_PRAISE.findall(said.text))
    weight -= 0.02 * min(place, 25)
    count = len(said.text.split())
    weight += 0.3 if 9 <= count <= 34 else 0.0
    if said.speaker and said.text[:1].islower():
        weight -= 0.8  # half a sentence in somebody's mouth
    if not said.speaker:
        weight += 0.8 if topic in _CLAUSE_TOPICS else 0.0
    return weight
