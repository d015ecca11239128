"""What the terms watch saw becomes where a platform stands: with its date, its words and the document."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.logic.record.fold import RecordFacts, all_records, platform_record
from bot.logic.record.terms import GONE, ONLY_OTHERS, change_events, claims_of
from bot.model import ChangeState, Direction, Stance, StanceKind, StoredChange, Topic, Turn
from bot.model.record import (
    PlatformRecord,
    Position,
    RecordOrigin,
    RecordSubject,
    ToldStory,
)
from tests.builders import NOON
from tests.logic.record.test_fold import GRANT, claim, event, told
from tests.records import a_revision
from tests.terms import a_change, a_stored_change

TODAY = (NOON + timedelta(days=90)).date()


def change_of(kind: StanceKind, condition: str = "", **changes: object) -> object:
    return a_change(stance=Stance(kind, 0.9, condition, "The platform may."), **changes)


def seen(change_id: int, kind: StanceKind, **changes: object) -> StoredChange:
    condition = changes.pop("condition", "")
    direction = changes.pop("direction", Direction.ADDED)
    values: dict[str, object] = {
        "id": change_id,
        "platform": "SoundCloud",
        "before": 1,
        "version": 2,
        "state": ChangeState.RECORDED,
        "change": change_of(kind, str(condition), direction=direction),
        "first_seen_at": NOON,
        "effective_on": None,
    }
    return a_stored_change(**(values | changes))


def record(*changes: StoredChange, **known: object) -> PlatformRecord:
    events = change_events(changes, {changes[0].document_id: "https://terms.example/"}, {"clause-1": "sone"})
    return platform_record("SoundCloud", RecordFacts(clauses=events, **known), TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "condition", "said"),
    [
        (StanceKind.GRANTS_TRAINING, "", {"training": Position.ALLOWS}),
        (StanceKind.THIRD_PARTY_LICENSING, "", {"licensing-on": Position.ALLOWS}),
        (StanceKind.GRANT_REMOVED, "", {"training": Position.SILENT}),
        (StanceKind.PROMISES_NO_TRAINING, "", {"training": Position.FORBIDS}),
        (StanceKind.PROMISES_NO_TRAINING, "without your consent", {"training": Position.CONSENT}),
        (StanceKind.REQUIRES_OPT_OUT, "", {"training": Position.OPT_OUT, "opting-out": Position.OFFERS}),
        (StanceKind.BANS_AI_UPLOADS, "", {"ai-uploads": Position.FORBIDS}),
        (StanceKind.FORBIDS_SCRAPING, "", {"licensing-on": Position.FORBIDS}),
        (StanceKind.RESTRICTS_AI_CONTENT, "", {"ai-uploads": Position.LIMITS}),
        (StanceKind.REQUIRES_AI_LABEL, "", {"labels": Position.REQUIRES}),
        (StanceKind.AI_IMPERSONATION, "", {"voice-likeness": Position.FORBIDS}),
        (StanceKind.AI_FEATURE_TERMS, "", {}),
        (StanceKind.AI_OPERATIONS, "", {}),
    ],
)
def test_every_stance_says_something_of_the_subjects_that_it_is_about(
    kind: StanceKind, condition: str, said: dict[str, Position]
) -> None:
    claims = claims_of(change_of(kind, condition))  # type: ignore[arg-type]

    assert {each.subject.value: each.position for each in claims} == said


def test_the_words_come_with_the_line_above_their_list_and_limits_say_the_condition() -> None:
    (promise,) = claims_of(
        change_of(StanceKind.PROMISES_NO_TRAINING, "without consent", quote="train", stem="We will not:")  # type: ignore[arg-type]
    )
    (forbids,) = claims_of(change_of(StanceKind.FORBIDS_SCRAPING))  # type: ignore[arg-type]

    assert (promise.words, promise.limits) == ("We will not: train", "Under the condition: without consent.")
    assert forbids.limits == ONLY_OTHERS


def test_a_removed_sentence_leaves_the_text_silent() -> None:
    (gone,) = claims_of(change_of(StanceKind.GRANTS_TRAINING, direction=Direction.REMOVED))  # type: ignore[arg-type]

    assert (gone.position, gone.words, gone.limits) == (Position.SILENT, "", GONE)


def test_a_seen_clause_is_where_they_stand_from_the_day_on_which_it_takes_effect() -> None:
    coming = seen(1, StanceKind.GRANTS_TRAINING, effective_on=date.fromordinal(TODAY.toordinal() - 1))

    (standing, *_) = record(coming).standings

    assert (standing.position, standing.since) == (Position.ALLOWS, date.fromordinal(TODAY.toordinal() - 1))
    assert (standing.document_id, standing.version, standing.url) == (
        coming.document_id,
        2,
        "https://terms.example/",
    )
    assert standing.claim.words == coming.change.quote


def test_only_what_holds_is_on_the_record() -> None:
    states = [state for state in ChangeState if state not in (ChangeState.ALERTED, ChangeState.RECORDED)]

    found = record(*(seen(n, StanceKind.GRANTS_TRAINING, state=state) for n, state in enumerate(states, 1)))

    assert found.is_empty


def test_a_first_reading_is_a_standing_without_a_date_and_no_event_on_the_timeline() -> None:
    found = record(seen(1, StanceKind.BANS_AI_UPLOADS, before=None))

    uploads = next(each for each in found.standings if each.subject is RecordSubject.AI_UPLOADS)
    assert (uploads.position, uploads.since, uploads.origin) == (
        Position.FORBIDS,
        None,
        RecordOrigin.BASELINE,
    )
    assert found.timeline == ()
    assert not found.is_empty


def test_a_replacement_on_one_day_ends_in_what_the_newer_version_says() -> None:
    grant = seen(1, StanceKind.GRANTS_TRAINING)
    gone = seen(2, StanceKind.GRANT_REMOVED, version=3)
    promise = seen(3, StanceKind.PROMISES_NO_TRAINING, version=3)

    (standing, *_) = record(promise, gone, grant).standings

    assert (standing.position, standing.earlier) == (Position.FORBIDS, ())


def test_a_way_out_counts_for_more_than_the_grant_of_the_same_text() -> None:
    (standing, *_) = record(
        seen(1, StanceKind.REQUIRES_OPT_OUT), seen(2, StanceKind.GRANTS_TRAINING)
    ).standings

    assert standing.position is Position.OPT_OUT


def test_the_watch_goes_on_where_the_history_ends() -> None:
    standing = record(seen(1, StanceKind.PROMISES_NO_TRAINING), revisions=[a_revision(GRANT)]).standings[0]

    assert (standing.position, standing.origin) == (Position.FORBIDS, RecordOrigin.TERMS)
    assert [each.claim.position for each in standing.earlier] == [Position.ALLOWS]


def test_a_first_reading_gives_its_document_to_a_dated_claim_without_words() -> None:
    dated = event("seed:a", date(2024, 1, 1), claim(Position.ALLOWS))
    read = seen(1, StanceKind.GRANTS_TRAINING, before=None, version=1)

    standing = record(read, revisions=[a_revision(dated)]).standings[0]

    assert (standing.claim.words, standing.document_id, standing.since) == (
        read.change.quote,
        read.document_id,
        date(2024, 1, 1),
    )


def test_a_story_that_tells_a_seen_clause_is_on_the_timeline_once_its_later_turns_too() -> None:
    tells = ToldStory(
        "sone",
        "New terms",
        None,
        Topic.TERMS_TRAINING,
        ("SoundCloud",),
        NOON,
        (told(1), told(2, Turn.DENIAL)),
    )
    clause = seen(1, StanceKind.GRANTS_TRAINING, entry_key="clause-1")

    items = record(clause, stories=[tells]).timeline

    assert [item.event.key for item in items] == ["news:sone:2", f"terms:{clause.document_id}:1"]
    assert items[1].event.story_id == "sone"


def test_the_table_of_all_platforms_holds_what_the_watch_saw() -> None:
    events = change_events([seen(1, StanceKind.GRANTS_TRAINING)], {}, {})

    (found,) = all_records(["Udio", "SoundCloud"], RecordFacts(clauses=events), TODAY)

    assert (found.platform, found.standings[0].position) == ("SoundCloud", Position.ALLOWS)
    assert platform_record("Udio", RecordFacts(clauses=events), TODAY).is_empty


def test_the_events_come_oldest_first_whatever_their_order() -> None:
    first, second = seen(1, StanceKind.GRANTS_TRAINING), seen(2, StanceKind.AI_OPERATIONS)

    assert [each.key[-1] for each in change_events([second, first], {}, {})] == ["1", "2"]
    assert replace(first, before=None).is_baseline
