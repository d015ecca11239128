"""What the terms watch saw, as events of the record: a clause change is a position with date, words and document."""

from collections.abc import Iterable, Mapping
from datetime import date

from bot.model import ClauseChange, Direction, Stance, StanceKind, StoredChange, Topic
from bot.model.record import Claim, Position, RecordEvent, RecordOrigin, RecordSubject

ONLY_OTHERS = "It binds users and crawlers; what the platform itself or its partners do is another matter."
"""The most frequent false hope: forbidding others protects the platform, not the artist."""

GONE = "An earlier sentence on it is gone."

_TOPICS = {
    StanceKind.REQUIRES_OPT_OUT: Topic.OPT_OUT,
    StanceKind.BANS_AI_UPLOADS: Topic.LABELLING_OR_BAN,
    StanceKind.RESTRICTS_AI_CONTENT: Topic.LABELLING_OR_BAN,
    StanceKind.REQUIRES_AI_LABEL: Topic.LABELLING_OR_BAN,
    StanceKind.AI_IMPERSONATION: Topic.VOICE_LIKENESS,
}

_SAID: Mapping[StanceKind, tuple[tuple[RecordSubject, Position], ...]] = {
    StanceKind.GRANTS_TRAINING: ((RecordSubject.TRAINING, Position.ALLOWS),),
    StanceKind.THIRD_PARTY_LICENSING: ((RecordSubject.LICENSING_ON, Position.ALLOWS),),
    StanceKind.GRANT_REMOVED: ((RecordSubject.TRAINING, Position.SILENT),),
    StanceKind.PROMISES_NO_TRAINING: ((RecordSubject.TRAINING, Position.FORBIDS),),
    StanceKind.REQUIRES_OPT_OUT: (
        (RecordSubject.TRAINING, Position.OPT_OUT),
        (RecordSubject.OPTING_OUT, Position.OFFERS),
    ),
    StanceKind.BANS_AI_UPLOADS: ((RecordSubject.AI_UPLOADS, Position.FORBIDS),),
    StanceKind.FORBIDS_SCRAPING: ((RecordSubject.LICENSING_ON, Position.FORBIDS),),
    StanceKind.RESTRICTS_AI_CONTENT: ((RecordSubject.AI_UPLOADS, Position.LIMITS),),
    StanceKind.REQUIRES_AI_LABEL: ((RecordSubject.LABELS, Position.REQUIRES),),
    StanceKind.AI_IMPERSONATION: ((RecordSubject.VOICE_LIKENESS, Position.FORBIDS),),
    # Rules for the platform's own tools, moderation and search: on the timeline, no position on anything artists ask.
    StanceKind.AI_FEATURE_TERMS: (),
    StanceKind.AI_OPERATIONS: (),
}


def change_events(
    changes: Iterable[StoredChange], urls: Mapping[str, str], stories: Mapping[str, str]
) -> list[RecordEvent]:
    """The changes that hold, oldest first; those of a first reading have the origin `baseline`.

    changes  in any order; dropped, dismissed and unreviewed ones are passed over
    urls     document id -> address of the page
    stories  entry key -> id of the story that tells it
    """
    held = sorted((each for each in changes if each.holds), key=lambda each: each.id)
    return [_event(each, urls.get(each.document_id, ""), stories) for each in held]


def _event(stored: StoredChange, url: str, stories: Mapping[str, str]) -> RecordEvent:
    baseline = stored.is_baseline
    return RecordEvent(
        key=f"terms:{stored.document_id}:{stored.id}",
        origin=RecordOrigin.BASELINE if baseline else RecordOrigin.TERMS,
        happened_on=stored.first_seen_at.date(),
        platforms=(stored.platform,),
        topic=_TOPICS.get(stored.kind, Topic.TERMS_TRAINING),
        sentence=stored.plain,
        url=url,
        claims=claims_of(stored.change, None if baseline else stored.effective_on),
        document_id=stored.document_id,
        version=stored.version,
        story_id=stories.get(stored.entry_key or ""),
    )


def claims_of(change: ClauseChange, since: date | None = None) -> tuple[Claim, ...]:
    """What a change says of a platform's positions; none for its own tools and operations."""
    gone = change.direction is Direction.REMOVED
    return tuple(
        Claim(
            subject=subject,
            position=Position.SILENT if gone else _position(position, change.stance),
            words="" if gone else _words(change),
            limits=GONE if gone else _limits(change.stance),
            since=since,
        )
        for subject, position in _SAID[change.stance.kind]
    )


def _position(position: Position, stance: Stance) -> Position:
    """A promise "without your consent" is one until somebody consents."""
    if stance.kind is StanceKind.PROMISES_NO_TRAINING and stance.condition:
        return Position.CONSENT
    return position


def _words(change: ClauseChange) -> str:
    """The quotation, with the line above the list that it completes."""
    if change.stance.kind is StanceKind.GRANT_REMOVED:
        return ""
    return f"{change.stem} {change.quote}" if change.stem else change.quote


def _limits(stance: Stance) -> str:
    if stance.kind is StanceKind.FORBIDS_SCRAPING:
        return ONLY_OTHERS
    return f"Under the condition: {stance.condition}." if stance.condition else ""
