"""What one look at a watched document comes to: versions, what is new in them, who is told, when to look again.

Compared is always with the version in force. A change counts once a second look an hour later shows it too, whatever
else the page does meanwhile; sure new words about training alert at once, marked as seen once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.logic.terms.read.lexicon import Lexicon
from bot.logic.terms.read.opening import opening_changes, outside_changes, sentences_of
from bot.logic.terms.read.stance import SURE
from bot.logic.terms.read.wording import key, likeness_of_keys, say, text_hash
from bot.logic.terms.watch.alert_entry import clause_entry
from bot.logic.terms.watch.compare import REWORDED, compare_with
from bot.logic.terms.watch.folding import is_one_event
from bot.logic.terms.watch.memory import Memory
from bot.model import (
    ChangeState,
    ClauseChange,
    Direction,
    Document,
    DocumentState,
    KnownSentence,
    LastLook,
    NewEntry,
    NewVersion,
    Place,
    StoredChange,
    Validators,
    Verdict,
    Version,
    WatchedLook,
)

CONFIRM_AFTER = timedelta(hours=1)
# A look may begin a little early; the clock of a look and that of the plan are not the same.
_NEARLY = timedelta(minutes=5)
_WHOLE_SHARE = 0.8  # a text much shorter than the one in force is taken over only when seen twice
_FORGOTTEN_AFTER = timedelta(days=30)  # what was withdrawn for so long is told anew when it comes back
_OPEN = frozenset({ChangeState.SEEN_ONCE, ChangeState.ALERTED})
_OVER = frozenset({ChangeState.DROPPED, ChangeState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Sight:
    """A good look: what the page showed.

    at  when; aware UTC
    """

    at: datetime
    url: str
    content_type: str
    validators: Validators
    address: str | None
    body: bytes
    body_hash: str
    text: str
    whole_text: str
    extractor: str
    updated_on: date | None = None
    effective_on: date | None = None


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is known of the document.

    platform_id  as in platforms.toml
    before       text of the version in force, by the present extractor; None: no baseline yet
    seen_as      the version that has this very text; None: never seen
    newest       the highest version so far; 0: none
    sentences    every one, settled or not
    changes      every one of this document
    alerts       alerted changes of all documents of the last fortnight
    """

    platform_id: str
    before: str | None
    seen_as: Version | None
    newest: int
    sentences: tuple[KnownSentence, ...]
    changes: tuple[StoredChange, ...]
    alerts: tuple[StoredChange, ...]


def plan_look(
    document: Document, state: DocumentState, sight: Sight, known: Remembered, lexicon: Lexicon
) -> WatchedLook:
    """What to write after a good look. Pure."""
    n = known.seen_as.n if known.seen_as is not None else known.newest + 1
    if known.before is None or state.version is None:
        return _baseline(document, state, sight, known, n, lexicon)
    found = _found(document, state, sight, known, n, lexicon)
    changes = _moved(sight, known, found)
    changes, entry = _told(document, sight, known, changes)
    settled = _settles(state, sight, known, n, changes)
    said = sentences_of(document.id, sight.text, n, sight.at, lexicon)
    if settled:
        fresh = said if n != state.version else ()
    else:
        fresh = tuple(replace(each, settled=False) for each in said if each.is_ai)
    takes_over = settled and n != state.version
    return WatchedLook(
        state=_state_after(document, state, sight, n, settled=settled, changes=changes, known=known),
        at=sight.at,
        new_version=None if known.seen_as is not None else _new_version(document, sight, n),
        seen=n if known.seen_as is not None else None,
        settled=n if takes_over else None,
        sentences=_unknown(fresh, known) + _outside_now(document, sight, n, known, lexicon),
        present=_present(said) if takes_over else None,
        changes=changes,
        entry=entry,
    )


# ---------------------------------------------------------------- the first good look


def _baseline(
    document: Document, state: DocumentState, sight: Sight, known: Remembered, n: int, lexicon: Lexicon
) -> WatchedLook:
    """What is there at first: kept, read into the record, never posted."""
    said = sentences_of(document.id, sight.text, n, sight.at, lexicon)
    changes = tuple(
        StoredChange(
            id=0,
            document_id=document.id,
            platform=document.platform,
            version=n,
            before=None,
            change=change,
            place=Place.TEXT,
            plain=_plain(document, change),
            state=ChangeState.RECORDED,
            first_seen_at=sight.at,
            confirmed_at=sight.at,
            effective_on=sight.effective_on,
            why="it was there when the page was first read",
        )
        for change in opening_changes(said, sight.text)
    )
    outside = sentences_of(document.id, sight.whole_text, n, sight.at, lexicon, place=Place.OUTSIDE)
    return WatchedLook(
        state=_state_after(document, state, sight, n, settled=True, changes=(), known=known),
        at=sight.at,
        new_version=replace_baseline(_new_version(document, sight, n)) if known.seen_as is None else None,
        seen=n if known.seen_as is not None else None,
        settled=n,
        sentences=said + tuple(each for each in outside if each.is_ai),
        present=_present(said),
        changes=changes,
    )


def replace_baseline(new: NewVersion) -> NewVersion:
    return replace(new, version=replace(new.version, is_baseline=True))


# ---------------------------------------------------------------- what is new


def _found(
    document: Document, state: DocumentState, sight: Sight, known: Remembered, n: int, lexicon: Lexicon
) -> tuple[StoredChange, ...]:
    """Everything that this page says and the version in force does not, as if seen for the first time."""
    assert known.before is not None
    memory = Memory(lexicon.hints_at_ai)
    settled = [each for each in known.sentences if each.settled and each.place is Place.TEXT]
    memory.recall(
        ((each.sentence, each.before) for each in settled),
        (each.sentence.text for each in settled if each.has_gone),
    )
    changes = compare_with(memory, known.before, sight.text, lexicon)
    inside = [(change, Place.TEXT) for change in _best_readings(changes)]
    beyond = [
        (change, Place.OUTSIDE)
        for change in outside_changes(document.id, sight.text, sight.whole_text, known.sentences, lexicon)
    ]
    return tuple(
        StoredChange(
            id=0,
            document_id=document.id,
            platform=document.platform,
            version=n,
            before=state.version,
            change=change,
            place=place,
            plain=_plain(document, change),
            state=ChangeState.SEEN_ONCE,
            first_seen_at=sight.at,
            effective_on=sight.effective_on,
        )
        for change, place in (*inside, *beyond)
    )


def _best_readings(changes: Iterable[ClauseChange]) -> list[ClauseChange]:
    """Sure readings of each sentence; where there is none, the likeliest one, for the operator."""
    by_quote: dict[tuple[str, Direction], list[ClauseChange]] = {}
    for change in changes:
        by_quote.setdefault((change.quote, _side(change)), []).append(change)
    kept: list[ClauseChange] = []
    for readings in by_quote.values():
        sure = [change for change in readings if change.stance.confidence >= SURE]
        kept += sure or [max(readings, key=lambda change: change.stance.confidence)]
    return kept


def _side(change: ClauseChange) -> Direction:
    return Direction.REMOVED if change.direction is Direction.REMOVED else Direction.ADDED


def _plain(document: Document, change: ClauseChange) -> str:
    return say(change.stance.kind, change.stance.condition, change.direction, document.platform)


# ---------------------------------------------------------------- what becomes of it


def _moved(sight: Sight, known: Remembered, found: Sequence[StoredChange]) -> tuple[StoredChange, ...]:
    """Open changes confirmed, dropped or withdrawn; new ones with their first state. What stays as it is, is left out."""
    moved: list[StoredChange] = []
    matched: set[int] = set()
    for old in known.changes:
        here = next((i for i, new in enumerate(found) if is_same_clause(old, new)), None)
        if here is not None:
            matched.add(here)
        after = _after(old, sight, is_here=here is not None)
        if after is not old:
            moved.append(after)
    fresh = [new for i, new in enumerate(found) if i not in matched]
    return (*moved, *(_first_state(new) for new in fresh))


def is_same_clause(one: StoredChange, other: StoredChange) -> bool:
    """The same stance taken, or given up, in the same or nearly the same words."""
    if (one.place, one.kind, _side(one.change)) != (other.place, other.kind, _side(other.change)):
        return False
    mine, theirs = key(one.change.quote), key(other.change.quote)
    if mine == theirs:
        return True
    # A clause of long ago that now reaches further is news, however alike its words.
    return _is_open(one) and likeness_of_keys(mine, theirs) >= REWORDED


def _is_open(change: StoredChange) -> bool:
    return change.state in _OPEN and change.confirmed_at is None


def _after(old: StoredChange, sight: Sight, *, is_here: bool) -> StoredChange:
    if old.state in _OVER:
        if not is_here:
            return old
        return replace(
            old,
            state=ChangeState.SEEN_ONCE,
            first_seen_at=sight.at,
            confirmed_at=None,
            ended_at=None,
            why="it came back",
        )
    if not _is_open(old):
        return old
    if not is_here:
        told = old.state is ChangeState.ALERTED
        return replace(
            old,
            state=ChangeState.WITHDRAWN if told else ChangeState.DROPPED,
            ended_at=sight.at,
            why="the second look did not show it",
        )
    if sight.at - old.first_seen_at < CONFIRM_AFTER - _NEARLY:
        return old
    return _confirmed(old, sight)


def _confirmed(old: StoredChange, sight: Sight) -> StoredChange:
    tells = old.change.urgent or old.state is ChangeState.ALERTED
    return replace(
        old,
        state=ChangeState.ALERTED if tells else ChangeState.RECORDED,
        confirmed_at=sight.at,
        why="two looks showed it" if tells else "two looks showed it; not urgent",
    )


def _first_state(new: StoredChange) -> StoredChange:
    if new.place is Place.OUTSIDE:
        return replace(new, state=ChangeState.REVIEW, why="it stands outside the text that is compared")
    if new.change.stance.confidence < SURE:
        return replace(new, state=ChangeState.REVIEW, why="it speaks of AI, and no reading of it is sure")
    if new.change.urgent and new.direction is not Direction.REMOVED:
        return replace(new, state=ChangeState.ALERTED, why="new and sure: told at once, seen once so far")
    return replace(new, why="waits for a second look")


def _told(
    document: Document, sight: Sight, known: Remembered, changes: Sequence[StoredChange]
) -> tuple[tuple[StoredChange, ...], tuple[NewEntry, Verdict] | None]:
    """The changes with the entry that tells each, and the entry to write when one is new."""
    told: list[StoredChange] = []
    entry_key: str | None = None
    alerts = [each for each in known.alerts if each.entry_key is not None]
    for change in changes:
        if change.state is not ChangeState.ALERTED or _was_told(change, sight.at):
            told.append(change)
            continue
        partner = next((other for other in alerts if is_one_event(change, document.lang, other)), None)
        if partner is not None:
            why = f"{change.why}; the same event as change {partner.id} of {partner.document_id}"
            told.append(replace(change, entry_key=partner.entry_key, why=why))
            continue
        if entry_key is None:
            entry_key = f"{document.id}:{change.version}:{text_hash(key(change.change.quote))[:10]}"
        told.append(replace(change, entry_key=entry_key))
    if entry_key is None:
        return tuple(told), None
    mine = [change for change in told if change.entry_key == entry_key]
    return tuple(told), clause_entry(document, known.platform_id, entry_key, mine, sight.at)


def _was_told(change: StoredChange, now: datetime) -> bool:
    return change.entry_key is not None and (
        change.confirmed_at is None or now - change.first_seen_at < _FORGOTTEN_AFTER
    )


# ---------------------------------------------------------------- versions, state, when to look again


def _settles(
    state: DocumentState, sight: Sight, known: Remembered, n: int, changes: Sequence[StoredChange]
) -> bool:
    """Whether this version is in force from now on: nothing in it waits for a second look."""
    after = {change.id: change for change in known.changes}
    after |= {change.id: change for change in changes if change.id}
    everything = [*after.values(), *(change for change in changes if not change.id)]
    if any(_is_open(change) for change in everything):
        return False
    if n == state.version or len(sight.text) >= _WHOLE_SHARE * len(known.before or ""):
        return True
    first = known.seen_as.first_seen_at if known.seen_as is not None else sight.at
    return sight.at - first >= CONFIRM_AFTER - _NEARLY


def _state_after(
    document: Document,
    state: DocumentState,
    sight: Sight,
    n: int,
    *,
    settled: bool,
    changes: Sequence[StoredChange],
    known: Remembered,
) -> DocumentState:
    wait = pace(document) if settled else CONFIRM_AFTER
    changed = settled and n != state.version
    page_says = max((day for day in (state.page_says_on, sight.updated_on) if day), default=None)
    return DocumentState(
        document_id=document.id,
        url=document.url,
        last=LastLook(sight.validators, sight.address, sight.body_hash, len(sight.text)),
        looked_at=sight.at,
        good_at=sight.at,
        next_look_at=sight.at + wait,
        version=n if settled else state.version,
        latest=n,
        page_says_on=page_says,
        text_says_on=sight.updated_on if changed else state.text_says_on,
    )


def pace(document: Document) -> timedelta:
    """Time between two looks at a page where nothing happens."""
    return timedelta(days=1) / document.looks_a_day


def _new_version(document: Document, sight: Sight, n: int) -> NewVersion:
    version = Version(
        document_id=document.id,
        n=n,
        url=sight.url,
        content_type=sight.content_type,
        etag=sight.validators.etag,
        last_modified=sight.validators.last_modified,
        body_hash=sight.body_hash,
        body_bytes=len(sight.body),
        text_hash=text_hash(sight.text),
        chars=len(sight.text),
        extractor=sight.extractor,
        first_seen_at=sight.at,
        last_seen_at=sight.at,
        updated_on=sight.updated_on,
        effective_on=sight.effective_on,
    )
    return NewVersion(version, sight.body, sight.text, sight.whole_text)


def _unknown(said: Iterable[KnownSentence], known: Remembered) -> tuple[KnownSentence, ...]:
    """Those of which the memory has to learn something: not there, or not settled yet."""
    settled = {(each.sentence.text, each.sentence.stem) for each in known.sentences if each.settled}
    return tuple(each for each in said if (each.sentence.text, each.sentence.stem) not in settled)


def _outside_now(
    document: Document, sight: Sight, n: int, known: Remembered, lexicon: Lexicon
) -> tuple[KnownSentence, ...]:
    if sight.whole_text == sight.text:
        return ()
    keys = {each.key for each in known.sentences}
    said = sentences_of(document.id, sight.whole_text, n, sight.at, lexicon, place=Place.OUTSIDE)
    return tuple(each for each in said if each.is_ai and each.key not in keys)


def _present(said: Iterable[KnownSentence]) -> frozenset[tuple[str, str]]:
    return frozenset((each.sentence.text, each.sentence.stem) for each in said)
