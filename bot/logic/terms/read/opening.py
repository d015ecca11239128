"""Sentences of a page with what each says about AI: what a first look finds, and what stands outside the text."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.logic.terms.read.lexicon import Lexicon
from bot.logic.terms.read.sentences import split
from bot.logic.terms.read.stance import SURE, speaks_of_ai, stances
from bot.logic.terms.read.wording import key
from bot.model import ClauseChange, Direction, KnownSentence, Place, Stance, StanceKind, TermsSentence

# What a menu says of "AI tools" rules nothing.
_WORTH_A_LOOK = frozenset(StanceKind) - {StanceKind.AI_FEATURE_TERMS, StanceKind.AI_OPERATIONS}


def sentences_of(
    document_id: str,
    text: str,
    version: int,
    at: datetime,
    lexicon: Lexicon,
    *,
    place: Place = Place.TEXT,
) -> tuple[KnownSentence, ...]:
    """Every sentence of a text as it is remembered, settled; in the order of the text."""
    found: list[KnownSentence] = []
    before = ""
    for sentence in split(text):
        said = _stances(sentence, before, lexicon)
        found.append(
            KnownSentence(
                document_id=document_id,
                sentence=sentence,
                key=key(sentence.text),
                before=before,
                is_ai=bool(said),
                place=place,
                version=version,
                first_seen_at=at,
                stances=said,
            )
        )
        before = sentence.text
    return tuple(found)


def _stances(sentence: TermsSentence, before: str, lexicon: Lexicon) -> tuple[Stance, ...]:
    hints = lexicon.hints_at_ai
    if not (hints(sentence.text) or (sentence.stem and hints(sentence.stem)) or (before and hints(before))):
        return ()
    return stances(sentence, lexicon, before)


def opening_changes(said: Iterable[KnownSentence], text: str) -> Iterator[ClauseChange]:
    """What a document says for sure when it is first read; each clause once."""
    told: set[tuple[StanceKind, str]] = set()
    for known in said:
        for stance in known.stances:
            if stance.confidence < SURE or known.sentence.is_menu or (stance.kind, known.key) in told:
                continue
            told.add((stance.kind, known.key))
            yield _change(known.sentence, stance, span=(known.sentence.start, known.sentence.end))


def outside_changes(
    document_id: str, text: str, whole_text: str, known: Sequence[KnownSentence], lexicon: Lexicon
) -> Iterator[ClauseChange]:
    """Sentences on AI that stand on the page but not in its text, and never did: a clause cannot hide there."""
    if whole_text == text or not whole_text:
        return
    said = f" {key(text)} "
    told = {each.key for each in known}
    before = ""
    for sentence in split(whole_text):
        context, before = before, sentence.text
        if not speaks_of_ai(sentence, lexicon):
            continue
        words = key(sentence.text)
        if words in told or f" {words} " in said:
            continue
        told.add(words)
        found = [s for s in stances(sentence, lexicon, context) if s.kind in _WORTH_A_LOOK]
        if found:
            yield _change(sentence, found[0], span=None)


def _change(sentence: TermsSentence, stance: Stance, span: tuple[int, int] | None) -> ClauseChange:
    return ClauseChange(
        stance=stance,
        direction=Direction.ADDED,
        quote=sentence.text,
        span=span,
        replaced=None,
        stem=sentence.stem,
        urgent=False,
    )
