"""Folds everything known of a platform into its record: dated events, corrections, and the stories told of it.

Every wording is kept: what the record said before is an earlier standing or an earlier wording, never gone.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.logic.record.standing import Held, standings_of
from bot.model import (
    Turn,
)
from bot.model.record import (
    Amendment,
    Claim,
    CompanyStatement,
    OpenQuestion,
    PlatformRecord,
    RecordEvent,
    RecordOrigin,
    RecordRevision,
    TimelineItem,
    ToldEdition,
    ToldStory,
)

ANSWERS = frozenset({Turn.DENIAL, Turn.CLARIFICATION, Turn.CORRECTION, Turn.REVERSAL})
"""Turns in which somebody who was written about speaks."""

MOVED = "It turned out not to be about this platform"


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """What the memory holds about one platform, or about all.

    revisions   in the order of writing
    amendments  in the order of writing
    stories     newest first
    clauses     what the terms watch saw, as bot.logic.record.terms makes events of it, oldest first
    """

    revisions: Sequence[RecordRevision] = ()
    amendments: Sequence[Amendment] = ()
    stories: Sequence[ToldStory] = ()
    clauses: Sequence[RecordEvent] = ()


def platform_record(platform: str, known: RecordFacts, today: date) -> PlatformRecord:
    """Where `platform` stands on `today`; what is known about others is passed over."""
    items = [item for item in _items(known.revisions) if _ever_named(item, platform)]
    items = [_as_seen_by(item, platform) for item in items]
    corrections = [each for each in known.amendments if same_platform(each.platform, platform)]
    clauses = [
        event for event in known.clauses if any(same_platform(name, platform) for name in named(event))
    ]
    counted = [*(item.event for item in items if not item.withdrawn), *clauses]
    held = [each for event in counted for each in _held(event, platform)]
    timeline = [*items, *(TimelineItem(event) for event in _seen_and_told(clauses, known.stories))]
    return PlatformRecord(
        platform=platform,
        standings=standings_of(held, corrections, today),
        said=_statements(counted, known.stories, platform),
        questions=_questions([*counted, *_open_stories(known.stories)]),
        timeline=_newest_first(timeline),
        amendments=tuple(reversed(corrections)),
    )


def _seen_and_told(clauses: Sequence[RecordEvent], stories: Sequence[ToldStory]) -> Iterable[RecordEvent]:
    """What the watch saw and what was told, oldest first; a story that only tells a seen clause is not told twice.

    What a first reading found is left out: when it happened is not known.
    """
    seen = [event for event in clauses if event.origin is not RecordOrigin.BASELINE]
    yield from seen
    tells = {event.story_id for event in seen if event.story_id}
    for story in reversed(stories):
        opening, *later = story_events(story)
        yield from later if story.story_id in tells else (opening, *later)


def all_records(platforms: Iterable[str], known: RecordFacts, today: date) -> list[PlatformRecord]:
    """A record for every platform that anything is known of, in the order of `platforms`. Stories are left out."""
    revisions: defaultdict[str, list[RecordRevision]] = defaultdict(list)
    wordings: defaultdict[str, list[RecordRevision]] = defaultdict(list)
    for revision in known.revisions:
        wordings[revision.event.key].append(revision)
    for group in wordings.values():
        for name in {fold(name) for revision in group for name in named(revision.event)}:
            revisions[name] += group
    amendments: defaultdict[str, list[Amendment]] = defaultdict(list)
    for amendment in known.amendments:
        amendments[fold(amendment.platform)].append(amendment)
    clauses: defaultdict[str, list[RecordEvent]] = defaultdict(list)
    for event in known.clauses:
        clauses[fold(event.platforms[0])].append(event)
    found = (
        platform_record(
            name, RecordFacts(revisions[fold(name)], amendments[fold(name)], (), clauses[fold(name)]), today
        )
        for name in platforms
        if any(fold(name) in each for each in (revisions, amendments, clauses))
    )
    return [record for record in found if not record.is_empty]


def timeline_of(revisions: Iterable[RecordRevision]) -> list[TimelineItem]:
    """Every event with its former wordings, newest first."""
    return list(_newest_first(_items(revisions)))


def _newest_first(items: Sequence[TimelineItem]) -> tuple[TimelineItem, ...]:
    """Of one day, what was written last comes first."""
    ordered = sorted(items, key=lambda item: item.event.happened_on)
    return tuple(reversed(ordered))


def fold(platform: str) -> str:
    """A name for comparing: "soundcloud" is SoundCloud."""
    return platform.strip().casefold()


def same_platform(one: str, other: str) -> bool:
    return fold(one) == fold(other)


def named(event: RecordEvent) -> tuple[str, ...]:
    """Every platform on whose record the event stands."""
    return (*event.platforms, *(claim.platform for claim in event.claims if claim.platform))


def story_events(story: ToldStory) -> tuple[RecordEvent, ...]:
    """A story on the timeline: when it began, and each later turn that was told, oldest first."""
    opening = _story_event(story, "0", story.opened_at.date(), story.title, story.url or "")
    later = [
        _story_event(story, str(each.n), each.told_at.date(), each.headline, each.url)
        for each in story.editions
        if each.turn is not None
    ]
    return (opening, *later)


def _story_event(story: ToldStory, n: str, on: date, sentence: str, url: str) -> RecordEvent:
    return RecordEvent(
        key=f"news:{story.story_id}:{n}",
        origin=RecordOrigin.NEWS,
        happened_on=on,
        platforms=story.platforms,
        topic=story.topic,
        sentence=sentence,
        url=url,
        story_id=story.story_id,
    )


def _items(revisions: Iterable[RecordRevision]) -> list[TimelineItem]:
    """One item per event, in the order in which the events were first written."""
    wordings: dict[str, list[RecordRevision]] = {}
    for revision in revisions:
        wordings.setdefault(revision.event.key, []).append(revision)
    found = []
    for group in wordings.values():
        newest, *earlier = sorted(group, key=lambda revision: revision.n, reverse=True)
        found.append(TimelineItem(newest.event, newest.withdrawn, newest.reason, tuple(earlier)))
    return found


def _ever_named(item: TimelineItem, platform: str) -> bool:
    events = (item.event, *(revision.event for revision in item.earlier))
    return any(same_platform(name, platform) for event in events for name in named(event))


def _as_seen_by(item: TimelineItem, platform: str) -> TimelineItem:
    """An event that was moved to another platform stays here, as taken back."""
    if any(same_platform(name, platform) for name in named(item.event)):
        return item
    return replace(item, withdrawn=True, reason=item.reason or MOVED)


def _held(event: RecordEvent, platform: str) -> Iterable[Held]:
    for claim in event.claims:
        if same_platform(claim.platform or event.platforms[0], platform):
            yield _held_claim(event, claim)


def _held_claim(event: RecordEvent, claim: Claim) -> Held:
    return Held(
        claim=claim,
        since=claim.since or event.happened_on,
        precision=event.precision,
        origin=event.origin,
        key=event.key,
        url=event.url,
        document_id=event.document_id,
        version=event.version,
    )


def _statements(
    events: Iterable[RecordEvent], stories: Iterable[ToldStory], platform: str
) -> tuple[CompanyStatement, ...]:
    """Newest first. What a company said counts on its own record only, an answer in the news on every record."""
    found = [
        CompanyStatement(
            said_on=event.happened_on,
            precision=event.precision,
            text=event.said,
            speaker=event.platforms[0],
            other_side=event.other_side,
            url=event.url,
            event_key=event.key,
        )
        for event in events
        if event.said and same_platform(event.platforms[0], platform)
    ]
    found += [
        _answer(story, edition)
        for story in stories
        for edition in story.editions
        if edition.turn in ANSWERS and (edition.quote or edition.what)
    ]
    return tuple(sorted(found, key=lambda each: each.said_on, reverse=True))


def _answer(story: ToldStory, edition: ToldEdition) -> CompanyStatement:
    quoted = bool(edition.quote and edition.speaker)
    event = _story_event(story, str(edition.n), edition.told_at.date(), edition.headline, edition.url)
    return CompanyStatement(
        said_on=event.happened_on,
        precision=event.precision,
        text=edition.quote if quoted or not edition.what else edition.what,
        speaker=edition.speaker if quoted else "",
        other_side=edition.other_side,
        url=edition.url,
        event_key=event.key,
        story_id=story.story_id,
    )


def _open_stories(stories: Iterable[ToldStory]) -> Iterable[RecordEvent]:
    """What the last telling of a story leaves open; what an earlier one left open may be answered by it."""
    for story in stories:
        if story.editions and story.editions[-1].open_question:
            last = story.editions[-1]
            event = _story_event(story, str(last.n), last.told_at.date(), last.headline, last.url)
            yield replace(event, open_question=last.open_question)


def _questions(events: Sequence[RecordEvent]) -> tuple[OpenQuestion, ...]:
    answered = {key for event in events for key in event.answers}
    found = [
        OpenQuestion(
            asked_on=event.happened_on,
            precision=event.precision,
            text=event.open_question,
            url=event.url,
            event_key=event.key,
            story_id=event.story_id,
        )
        for event in events
        if event.open_question and event.key not in answered
    ]
    return tuple(sorted(found, key=lambda each: each.asked_on, reverse=True))
