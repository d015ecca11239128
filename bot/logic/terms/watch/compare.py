"""What a new version of a terms page lets somebody do that no earlier version said, and what it no longer says."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.logic.terms.read.lexicon import Lexicon
from bot.logic.terms.read.reading import fold
from bot.logic.terms.read.sentences import split
from bot.logic.terms.read.stance import SURE, stances
from bot.logic.terms.read.wording import key, say
from bot.logic.terms.watch.memory import Known, Memory
from bot.logic.text.words import word_set
from bot.model import URGENT_STANCES, ClauseChange, Direction, Stance, StanceKind, TermsSentence

REWORDED = 0.78
"""From this likeness on, a sentence is an old one in other words."""
REWORDED_IF_GONE = 0.58
"""The same, when the old one is gone: then the new one stands in its place."""

# A page that failed to load is stored as a few lines; what comes back with the next good one is not new.
_FAILED_CHARS = 2_000
_FAILED_SHARE = 0.2
# Half a page missing is a failed reading, or another page, rather than clauses taken back.
_STILL_THERE = 0.6
_SAME_DOCUMENT = 0.25
# Next to nothing is left when a page changes its language; names and addresses are.
_ANOTHER_TEXT = 0.06
# Sentences on either side that tell a missing sentence from a missing part of the page.
_AROUND = 1

_GRANTS = frozenset({StanceKind.GRANTS_TRAINING, StanceKind.THIRD_PARTY_LICENSING})
# What people must hear of when it goes. A way out or a ban that is gone is looked at by the operator first.
_MISSED = (
    StanceKind.PROMISES_NO_TRAINING,
    StanceKind.GRANTS_TRAINING,
    StanceKind.THIRD_PARTY_LICENSING,
    StanceKind.REQUIRES_OPT_OUT,
    StanceKind.BANS_AI_UPLOADS,
)
# Words that widen or narrow what a clause lets somebody do; a change in these is news though the rest stays.
_SCOPE = word_set(
    "regardless any all every third party parties partners affiliates without unless consent permission opt out in only"
    " except generative generation public private publicly personal voice likeness biometric license sell share retroactively"
    " previously existing past whether not never no quel toute tous tiers sans sauf consentement jede alle dritte ohne"
    " zustimmung nicht keine currently presently derzeit actuellement stems masters vocals perpetual perpetually irrevocable"
    " irrevocably ever forever survive wholly entirely fully solely paying premium"
)


@dataclass(frozen=True, slots=True)
class _New:
    """A sentence never seen before in the document."""

    sentence: TermsSentence
    key: str
    context: str


@dataclass(frozen=True)
class _Versions:
    """All that a comparison works with.

    new        sentences that may speak of AI and were never there
    gone       sentences of the older version that the newer one lacks letter by letter, and may speak of AI
    now        the newer version, learnt
    is_usable  the older version can be trusted as evidence of what was there
    is_whole   the newer one is not much shorter: what it lacks may have been taken out
    kept       share of the older version's sentences that the newer one still has, 0 to 1
    said_now   stances that the newer version takes for sure, in whatever words
    """

    memory: Memory
    new: tuple[_New, ...]
    gone: tuple[Known, ...]
    now: Memory
    old: tuple[TermsSentence, ...]
    is_usable: bool
    is_whole: bool
    lexicon: Lexicon

    @cached_property
    def kept(self) -> float:
        old = {key(sentence.text) for sentence in self.old}
        return len(old & self.now.every_key()) / len(old) if old else 0.0

    def stands_between(self, gone: Known) -> bool:
        """Whether what stood around a missing sentence is still there: else the page is shorter, not the promise gone."""
        around = self._around.get(gone.sentence.start, ())
        return any(self.now.holds(key(each.text)) for each in around)

    @cached_property
    def _around(self) -> dict[int, tuple[TermsSentence, ...]]:
        """By where a sentence of the older version begins: the one before it and the one behind it."""
        old = self.old
        return {
            each.start: (*old[max(0, n - _AROUND) : n], *old[n + 1 : n + 1 + _AROUND])
            for n, each in enumerate(old)
        }

    @cached_property
    def said_now(self) -> frozenset[StanceKind]:
        return frozenset(
            stance.kind
            for known in self.now.of_ai()
            for stance in stances(known.sentence, self.lexicon, known.before)
            if stance.confidence >= SURE
        )


def compare(before: str, after: str, lexicon: Lexicon, seen: Iterable[str] = ()) -> tuple[ClauseChange, ...]:
    """Stances that came or went, in the order of the newer text, what went last. Empty when nothing about AI changed.

    before, after  two versions as read from their files
    seen           every other version there ever was: nothing in them is new
    """
    memory = Memory(lexicon.hints_at_ai)
    for text in seen:
        memory.learn(split(text))
    return compare_with(memory, before, after, lexicon)


def compare_with(memory: Memory, before: str, after: str, lexicon: Lexicon) -> tuple[ClauseChange, ...]:
    """The same with a memory of earlier versions; it has learnt `before` when this returns, but not `after`."""
    if before == after:
        return ()
    versions = _versions(memory, before, after, lexicon)
    removed = tuple(_removed(versions, lexicon))
    added = [change for new in versions.new for change in _added(new, versions, lexicon)]
    changes, removed = _with_replaced(added, removed)
    return _without_false_comfort((*_in_order(changes), *removed))


def _without_false_comfort(changes: tuple[ClauseChange, ...]) -> tuple[ClauseChange, ...]:
    """A version that brings a grant is never told as a promise: what each covers is for a person to say."""
    if not any(change.urgent and change.stance.kind in _GRANTS for change in changes):
        return changes
    return tuple(replace(change, urgent=False) if _is_new_promise(change) else change for change in changes)


def _is_new_promise(change: ClauseChange) -> bool:
    return change.stance.kind is StanceKind.PROMISES_NO_TRAINING and change.direction is not Direction.REMOVED


def _versions(memory: Memory, before: str, after: str, lexicon: Lexicon) -> _Versions:
    old, now = split(before), split(after)
    memory.learn(old)
    present = Memory(lexicon.hints_at_ai)
    present.learn(now)
    return _Versions(
        memory=memory,
        new=tuple(_never_seen(now, memory)),
        gone=tuple(_missing(old, present)),
        now=present,
        is_usable=not (len(before) < _FAILED_CHARS and len(before) < _FAILED_SHARE * len(after)),
        old=old,
        is_whole=len(after) >= _STILL_THERE * len(before),
        lexicon=lexicon,
    )


def _missing(old: Sequence[TermsSentence], present: Memory) -> Iterator[Known]:
    before = ""
    for sentence in old:
        context, before = before, sentence.text
        if not present.holds_text(sentence.text) and present.may_speak_of_ai(sentence, context):
            yield Known(sentence, key(sentence.text), context)


def _never_seen(now: Sequence[TermsSentence], memory: Memory) -> Iterator[_New]:
    told: set[str] = set()
    before = ""
    for sentence in now:
        context, before = before, sentence.text
        if memory.holds_text(sentence.text) or not memory.may_speak_of_ai(sentence, context):
            continue
        said = key(sentence.text)
        if said in told or memory.holds(said):
            continue
        told.add(said)
        yield _New(sentence, said, context)


# ---------------------------------------------------------------- what came


def _added(new: _New, versions: _Versions, lexicon: Lexicon) -> Iterator[ClauseChange]:
    found = stances(new.sentence, lexicon, new.context)
    if not found:
        return
    if _is_put_together(new, versions.memory):
        return
    old = _old_wording(new, versions)
    if old is not None and old.key == new.key:
        return
    said_before = {s.kind for s in stances(old.sentence, lexicon, old.before)} if old else set()
    widened = old is not None and _is_wider(old, new, lexicon)
    for stance in found:
        known = stance.kind in said_before
        if known and not widened and (old is None or not _reads_otherwise(old.key, new.key)):
            continue
        # A known stance in other words is for the operator to look at, unless its reach has changed.
        is_new = not known or widened
        yield ClauseChange(
            stance=stance,
            direction=Direction.REPLACED if old else Direction.ADDED,
            quote=new.sentence.text,
            span=(new.sentence.start, new.sentence.end),
            replaced=old.sentence.text if old else None,
            stem=new.sentence.stem,
            urgent=versions.is_usable
            and is_new
            and is_urgent(stance)
            and not _is_translated(stance, versions, lexicon),
        )


def _is_put_together(new: _New, memory: Memory) -> bool:
    """Whether it consists of remembered sentences: a list or heading was run into its paragraph."""
    if not any(len(known.key) >= _WHOLE_CHARS and known.key in new.key for known in memory.of_ai()):
        return False
    rest = f" {new.key} "
    for said in sorted(
        (said for said in memory.every_key() if len(said) >= _PIECE_CHARS), key=len, reverse=True
    ):
        rest = rest.replace(f" {said} ", "  ")
    words = rest.split()
    return len(words) <= len(new.key.split()) // 5 and not _reach(rest) and not _MAY_BE_AI.search(rest)


# Keys are in small letters, where the hint that capitals give is lost.
_MAY_BE_AI = re.compile(r"\b(?:d|l)?(?:ai|ki|ia)\b|intelligen|train|entra[iî]n")
# Shorter ones stand in many sentences by chance.
_WHOLE_CHARS = 24
_PIECE_CHARS = 12


def is_urgent(stance: Stance) -> bool:
    """Whether people are told the same day."""
    return stance.kind in URGENT_STANCES and stance.confidence >= SURE


def _is_translated(stance: Stance, versions: _Versions, lexicon: Lexicon) -> bool:
    """Whether the whole text is another one, in another language say, and the old one took the same stance."""
    if versions.kept >= _ANOTHER_TEXT:
        return False
    return any(
        was.kind is stance.kind and was.confidence >= SURE
        for sentence in versions.old
        if lexicon.hints_at_ai(sentence.text)
        for was in stances(sentence, lexicon)
    )


def _old_wording(new: _New, versions: _Versions) -> Known | None:
    """The sentence that the new one is another wording of; None if it is new altogether."""
    likest = versions.memory.likest(new.key)
    if likest is None:
        return None
    if likest.share >= REWORDED:
        return likest.known
    old = likest.known
    is_gone = not (versions.now.holds_text(old.sentence.text) or versions.now.holds(old.key))
    return old if is_gone and likest.share >= REWORDED_IF_GONE else None


def _is_wider(old: Known, new: _New, lexicon: Lexicon) -> bool:
    """Whether the words that came or went change how far the clause reaches."""
    was, now = _reach(old.key), _reach(new.key)
    return was != now or _ai_named(new.sentence.text, lexicon) > _ai_named(old.sentence.text, lexicon)


# Words that hold a sentence together or stand for its speaker; nothing hangs on them.
_IDLE = word_set(
    "the a an and or of to in on at by for with as is are be been we us our you your it its this that these those such also"
    " other may can will shall would including include includes etc der die das und oder zu von mit für wir uns unser sie"
    " ihre le la les des de du et ou que vous nous pour dans el los las y o por para con il lo gli di che e per een het en van"
    " och att som"
)


def _reads_otherwise(old: str, new: str) -> bool:
    """Whether words that say something came or went. Numbers, dates and markup are folded in keys."""
    was, now = frozenset(old.split()) - _IDLE, frozenset(new.split()) - _IDLE
    return bool(was ^ now)


def _reach(said: str) -> frozenset[str]:
    # Cut short: "AI generation" and "generative AI" reach equally far.
    return frozenset(word[:6] for word in said.split() if word in _SCOPE)


def _ai_named(text: str, lexicon: Lexicon) -> int:
    """How often AI is named; "generative AI" names it once."""
    count, last = 0, -2
    for match in lexicon.pattern("ai").finditer(fold(text)):
        count += match.start() > last + 1
        last = match.end()
    return count


# ---------------------------------------------------------------- what went


def _removed(versions: _Versions, lexicon: Lexicon) -> Iterator[ClauseChange]:
    """Grants and promises of the older version that the newer one has in no wording."""
    if not versions.is_whole:
        return
    for gone in versions.gone:
        sure = [s for s in stances(gone.sentence, lexicon, gone.before) if s.confidence >= SURE]
        lost = next((s for s in sure if s.kind in _MISSED), None)
        if lost is None:
            continue
        if versions.memory.went_before(gone.sentence.text) or versions.now.holds(gone.key):
            continue
        if versions.kept < _SAME_DOCUMENT or _is_still_said(gone, lost, versions, lexicon):
            continue
        if not versions.stands_between(gone):
            continue
        yield _removal(gone, lost)


def _is_still_said(gone: Known, lost: Stance, versions: _Versions, lexicon: Lexicon) -> bool:
    now = versions.now
    likest = now.likest(gone.key)
    if likest and likest.share >= REWORDED_IF_GONE:
        kinds = {s.kind for s in stances(likest.known.sentence, lexicon, likest.known.before)}
        if lost.kind in kinds or likest.share >= REWORDED:
            return True
    if any(gone.key in known.key for known in now.of_ai()):
        return True
    # Said elsewhere in words of its own: what went was a repetition.
    return lost.kind in versions.said_now


def _removal(gone: Known, lost: Stance) -> ClauseChange:
    kind = StanceKind.GRANT_REMOVED if lost.kind in _GRANTS else lost.kind
    stance = Stance(kind, lost.confidence, lost.condition, say(kind, direction=Direction.REMOVED))
    return ClauseChange(
        stance=stance,
        direction=Direction.REMOVED,
        quote=gone.sentence.text,
        span=None,
        replaced=None,
        stem=gone.sentence.stem,
        urgent=is_urgent(stance) and lost.kind not in _LOOKED_AT_FIRST,
    )


_LOOKED_AT_FIRST = frozenset({StanceKind.REQUIRES_OPT_OUT, StanceKind.BANS_AI_UPLOADS})


def _with_replaced(
    added: Sequence[ClauseChange], removed: tuple[ClauseChange, ...]
) -> tuple[list[ClauseChange], tuple[ClauseChange, ...]]:
    """A promise that came when a grant went took its place, and the other way round, whatever the words."""
    changes: list[ClauseChange] = []
    for change in added:
        partner = (
            next((r for r in removed if _is_opposite(change, r)), None) if change.replaced is None else None
        )
        if partner is not None:
            change = replace(change, direction=Direction.REPLACED, replaced=partner.quote)
        changes.append(change)
    return changes, removed


def _is_opposite(change: ClauseChange, removal: ClauseChange) -> bool:
    kind = change.stance.kind
    if removal.stance.kind is StanceKind.GRANT_REMOVED:
        return kind is StanceKind.PROMISES_NO_TRAINING
    return kind in _GRANTS


def _in_order(changes: Iterable[ClauseChange]) -> list[ClauseChange]:
    return sorted(changes, key=lambda change: change.span or (0, 0))
