"""Where a platform stands is folded from dated events, corrections and stories; nothing that was said is lost."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.errors import RefusedError
from bot.logic.record.amend import AmendmentRequest, amendment_of, withdrawal_of
from bot.logic.record.fold import RecordFacts, all_records, platform_record, timeline_of
from bot.logic.record.history import WRITER, plan_history
from bot.model import Topic, Turn
from bot.model.record import (
    Claim,
    PlatformRecord,
    Position,
    Precision,
    RecordEvent,
    RecordOrigin,
    RecordSubject,
    Standing,
    ToldEdition,
    ToldStory,
)
from tests.builders import NOON
from tests.records import a_record_event, a_revision, an_amendment

TODAY = date(2031, 6, 1)
NOW = datetime(2031, 6, 1, 12, tzinfo=UTC)
TRAINING = RecordSubject.TRAINING


def claim(position: Position, subject: RecordSubject = TRAINING, **changes: object) -> Claim:
    return Claim(subject, position, **changes)  # type: ignore[arg-type]


def event(key: str, on: date, *claims: Claim, **changes: object) -> RecordEvent:
    return a_record_event(key, happened_on=on, claims=claims, **changes)


def folded(*events: RecordEvent, today: date = TODAY, platform: str = "SoundCloud") -> PlatformRecord:
    return platform_record(platform, RecordFacts([a_revision(each) for each in events]), today)


def training(record: PlatformRecord) -> Standing:
    return record.standings[0]


GRANT = event("seed:grant", date(2024, 2, 7), claim(Position.ALLOWS, words="may be used to train"))
PROMISE = event("seed:promise", date(2025, 5, 27), claim(Position.CONSENT, limits="Generative only."))


def test_of_a_platform_without_events_nothing_is_known() -> None:
    record = folded()

    assert record.is_empty
    assert [standing.subject for standing in record.standings] == list(RecordSubject)
    assert {standing.position for standing in record.standings} == {Position.UNKNOWN}
    assert training(record).since is None


def test_the_newest_claim_holds_and_the_one_before_it_ends_there() -> None:
    standing = training(folded(PROMISE, GRANT))

    assert (standing.position, standing.since) == (Position.CONSENT, date(2025, 5, 27))
    (earlier,) = standing.earlier
    assert (earlier.claim.words, earlier.since, earlier.until) == (
        "may be used to train",
        date(2024, 2, 7),
        date(2025, 5, 27),
    )


def test_a_position_that_is_only_repeated_holds_since_the_first_time_in_the_newest_words() -> None:
    again = event("seed:again", date(2025, 1, 1), claim(Position.ALLOWS, words="may still be used"))
    wordless = event("seed:wordless", date(2025, 2, 1), claim(Position.ALLOWS))

    standing = training(folded(GRANT, again, wordless))

    assert (standing.since, standing.claim.words) == (date(2024, 2, 7), "may still be used")
    assert standing.event_keys == ("seed:again", "seed:grant", "seed:wordless")
    assert standing.earlier == ()


def test_what_takes_effect_later_holds_from_then_on() -> None:
    coming = event("seed:coming", date(2031, 5, 1), claim(Position.ALLOWS, since=date(2031, 7, 1)))

    assert training(folded(PROMISE, coming)).position is Position.CONSENT
    assert training(folded(PROMISE, coming, today=date(2031, 7, 1))).since == date(2031, 7, 1)


def test_on_one_day_a_new_promise_counts_for_more_than_that_the_grant_is_gone() -> None:
    gone = event("terms:gone", date(2025, 5, 27), claim(Position.SILENT), origin=RecordOrigin.TERMS)

    assert training(folded(GRANT, PROMISE, gone)).position is Position.CONSENT


def test_a_first_reading_does_not_say_since_when() -> None:
    read = event("terms:a", date(2031, 5, 1), claim(Position.FORBIDS), origin=RecordOrigin.BASELINE)

    standing = training(folded(read))

    assert (standing.since, standing.seen_on, standing.position) == (
        None,
        date(2031, 5, 1),
        Position.FORBIDS,
    )


def test_of_several_first_readings_the_one_that_costs_artists_most_is_shown() -> None:
    readings = [
        event(f"terms:{position}", date(2031, 5, 1), claim(position), origin=RecordOrigin.BASELINE)
        for position in (Position.FORBIDS, Position.OPT_OUT)
    ]

    assert training(folded(*readings)).position is Position.OPT_OUT


def test_a_first_reading_gives_its_words_to_a_dated_claim_and_never_overrules_it() -> None:
    says_so = event(
        "terms:a",
        date(2031, 5, 1),
        claim(Position.CONSENT, words="with consent"),
        origin=RecordOrigin.BASELINE,
    )
    differs = event(
        "terms:b", date(2031, 5, 1), claim(Position.ALLOWS, words="may"), origin=RecordOrigin.BASELINE
    )

    standing = training(folded(PROMISE, says_so, differs))

    assert (standing.position, standing.claim.words, standing.since) == (
        Position.CONSENT,
        "with consent",
        date(2025, 5, 27),
    )
    assert training(folded(PROMISE, differs)).claim.words == ""


def test_a_claim_counts_for_the_platform_that_it_names_else_for_the_first() -> None:
    both = event(
        "seed:both",
        date(2025, 1, 1),
        claim(Position.FORBIDS),
        claim(Position.ALLOWS, platform="TikTok"),
        platforms=("UMG",),
    )

    assert training(folded(both, platform="umg")).position is Position.FORBIDS
    assert training(folded(both, platform="tiktok")).position is Position.ALLOWS


def test_a_changed_wording_keeps_the_former_one_beneath_it() -> None:
    changed = replace(GRANT, sentence="Better said.")
    known = RecordFacts([a_revision(GRANT), a_revision(changed, 2, reason="It was unclear")])

    (item,) = platform_record("SoundCloud", known, TODAY).timeline

    assert (item.event.sentence, item.reason) == ("Better said.", "It was unclear")
    assert [former.event for former in item.earlier] == [GRANT]


def test_an_event_that_is_taken_back_is_shown_and_counts_for_nothing() -> None:
    known = RecordFacts([a_revision(GRANT), a_revision(GRANT, 2, reason="It was a hoax", withdrawn=True)])

    record = platform_record("SoundCloud", known, TODAY)

    assert record.timeline[0].withdrawn
    assert training(record).position is Position.UNKNOWN


def test_an_event_that_turned_out_to_be_about_another_platform_stays_as_taken_back() -> None:
    moved = replace(GRANT, platforms=("Udio",))
    known = RecordFacts([a_revision(GRANT), a_revision(moved, 2), a_revision(PROMISE)])

    items = {item.event.key: item for item in platform_record("SoundCloud", known, TODAY).timeline}

    assert (items["seed:grant"].withdrawn, items["seed:promise"].withdrawn) == (True, False)
    assert "not to be about this platform" in items["seed:grant"].reason


def test_the_timeline_is_newest_first_and_of_one_day_the_last_written_first() -> None:
    twin = replace(PROMISE, key="seed:twin")

    keys = [item.event.key for item in folded(PROMISE, GRANT, twin).timeline]

    assert keys == ["seed:twin", "seed:promise", "seed:grant"]
    assert [item.event.key for item in timeline_of([a_revision(GRANT), a_revision(PROMISE)])] == [
        "seed:promise",
        "seed:grant",
    ]


def test_what_a_company_said_stands_on_its_own_record_with_the_other_side() -> None:
    said = event(
        "seed:said",
        date(2025, 5, 9),
        said="It never trained.",
        other_side="It may.",
        platforms=("SoundCloud", "UMG"),
    )

    (statement,) = folded(said).said
    assert (statement.speaker, statement.text, statement.other_side) == (
        "SoundCloud",
        "It never trained.",
        "It may.",
    )
    assert folded(said, platform="UMG").said == ()


def test_a_question_is_open_until_a_later_event_answers_it() -> None:
    asks = event("seed:asks", date(2024, 2, 7), open_question="Older songs?")
    answers = event(
        "seed:answers", date(2025, 5, 27), answers=("seed:asks",), open_question="Other training?"
    )

    assert [question.text for question in folded(asks).questions] == ["Older songs?"]
    assert [question.text for question in folded(asks, answers).questions] == ["Other training?"]


def told(n: int, turn: Turn | None = None, **changes: object) -> ToldEdition:
    values: dict[str, object] = {
        "n": n,
        "turn": turn,
        "told_at": NOON + timedelta(days=n),
        "headline": f"Headline {n}",
        "url": f"https://gazette.example/{n}",
        "what": f"What {n}.",
        "quote": "",
        "speaker": "",
        "other_side": "",
        "open_question": "",
    }
    return ToldEdition(**(values | changes))  # type: ignore[arg-type]


def a_told_story(*editions: ToldEdition, url: str | None = "https://gazette.example/lead") -> ToldStory:
    return ToldStory("sone", "Clause found", url, Topic.TERMS_TRAINING, ("SoundCloud",), NOON, editions)


def with_story(*editions: ToldEdition, url: str | None = "https://gazette.example/lead") -> PlatformRecord:
    return platform_record("SoundCloud", RecordFacts(stories=[a_told_story(*editions, url=url)]), TODAY)


def test_a_story_is_on_the_timeline_with_its_turns_and_leads_back_to_itself() -> None:
    record = with_story(told(1), told(2, Turn.DENIAL))

    assert [(item.event.sentence, item.event.key) for item in record.timeline] == [
        ("Headline 2", "news:sone:2"),
        ("Clause found", "news:sone:0"),
    ]
    assert {item.event.story_id for item in record.timeline} == {"sone"}
    assert with_story(url=None).timeline[0].event.url == ""


@pytest.mark.parametrize("turn", [Turn.DENIAL, Turn.CLARIFICATION, Turn.CORRECTION, Turn.REVERSAL])
def test_an_answer_in_the_news_is_what_the_company_said(turn: Turn) -> None:
    quoted = told(2, turn, quote="We never did", speaker="Ada Vale, Cloudline", other_side="They could")

    (statement,) = with_story(told(1), quoted).said

    assert (statement.text, statement.speaker, statement.other_side, statement.story_id) == (
        "We never did",
        "Ada Vale, Cloudline",
        "They could",
        "sone",
    )


def test_an_answer_without_a_speaker_is_told_as_it_was_reported() -> None:
    (reported,) = with_story(told(2, Turn.DENIAL, quote="clause words")).said
    (only_quoted,) = with_story(told(2, Turn.DENIAL, quote="clause words", what="")).said

    assert (reported.text, reported.speaker) == ("What 2.", "")
    assert only_quoted.text == "clause words"
    assert with_story(told(2, Turn.DENIAL, what="")).said == ()
    assert with_story(told(2, Turn.RULING)).said == ()


def test_what_the_last_telling_leaves_open_is_an_open_question() -> None:
    first, last = told(1, open_question="Old question?"), told(2, Turn.DENIAL, open_question="New question?")

    assert [each.text for each in with_story(first, last).questions] == ["New question?"]
    assert with_story(first, told(2, Turn.DENIAL)).questions == ()
    assert with_story().questions == ()


def test_all_records_hold_each_platform_of_which_something_is_known() -> None:
    other = event("seed:other", date(2025, 1, 1), claim(Position.FORBIDS), platforms=("Udio",))
    known = RecordFacts([a_revision(GRANT), a_revision(other)], [an_amendment("Bandcamp")])

    records = all_records(["Bandcamp", "Suno", "SoundCloud", "Udio"], known, TODAY)

    assert [record.platform for record in records] == ["Bandcamp", "SoundCloud", "Udio"]
    assert [training(record).position for record in records] == [
        Position.CONSENT,
        Position.ALLOWS,
        Position.FORBIDS,
    ]


# ---------------------------------------------------------------- corrections


def amended(
    *events: RecordEvent, wish: AmendmentRequest, before: RecordFacts | None = None
) -> PlatformRecord:
    """The record after this wish."""
    known = before or RecordFacts([a_revision(each) for each in events])
    record = platform_record("SoundCloud", known, TODAY)
    made = replace(amendment_of(record, wish, "ada", NOW), id=len(known.amendments) + 1)
    return platform_record("SoundCloud", replace(known, amendments=[*known.amendments, made]), TODAY)


WISH = AmendmentRequest(TRAINING, Position.FORBIDS, "The clause was misread")


def test_a_correction_takes_the_place_of_what_was_said_which_stays_visible() -> None:
    record = amended(GRANT, wish=WISH)

    standing = training(record)
    assert (standing.position, standing.since, standing.claim.words) == (
        Position.FORBIDS,
        date(2024, 2, 7),
        "",
    )
    assert standing.amended is record.amendments[0]
    (earlier,) = standing.earlier
    assert (earlier.claim.position, earlier.until, earlier.reason) == (
        Position.ALLOWS,
        None,
        "The clause was misread",
    )
    assert record.amendments[0].before == GRANT.claims[0]


def test_what_happens_after_a_correction_ends_it() -> None:
    known = RecordFacts([a_revision(GRANT)])
    made = amendment_of(platform_record("SoundCloud", known, TODAY), WISH, "ada", NOW)

    later = RecordFacts([a_revision(GRANT), a_revision(PROMISE)], [made])
    standing = training(platform_record("SoundCloud", later, TODAY))

    assert (standing.position, standing.amended) == (Position.CONSENT, None)
    assert [each.claim.position for each in standing.earlier] == [Position.ALLOWS, Position.FORBIDS]


def test_a_correction_reaches_every_event_that_the_position_rests_on() -> None:
    again = event("seed:again", date(2025, 1, 1), claim(Position.ALLOWS))

    standing = training(amended(GRANT, again, wish=replace(WISH, since=date(2024, 2, 7))))

    assert (standing.position, standing.since) == (Position.FORBIDS, date(2024, 2, 7))
    assert [each.claim.position for each in standing.earlier] == [Position.ALLOWS, Position.ALLOWS]


def test_a_correction_can_be_corrected_also_where_nothing_was_known_before() -> None:
    first = amended(wish=WISH)
    assert (training(first).since, training(first).event_keys) == (TODAY, ("amendment:1",))
    assert first.amendments[0].before is None

    known = RecordFacts(amendments=first.amendments)
    second = amended(
        wish=AmendmentRequest(TRAINING, Position.CONSENT, "Ask first", url="https://a.example"), before=known
    )

    assert (training(second).position, training(second).url) == (Position.CONSENT, "https://a.example")
    assert [each.reason for each in training(second).earlier] == ["Ask first"]


def test_a_corrected_first_reading_still_claims_no_date_unless_one_is_given() -> None:
    read = event("terms:a", date(2031, 5, 1), claim(Position.ALLOWS), origin=RecordOrigin.BASELINE)

    undated = training(amended(read, wish=WISH))
    dated = training(amended(read, wish=replace(WISH, since=date(2030, 1, 1))))

    assert (undated.position, undated.since, undated.seen_on) == (Position.FORBIDS, None, date(2031, 5, 1))
    assert (dated.since, dated.seen_on, dated.precision) == (date(2030, 1, 1), None, Precision.DAY)


def test_a_correction_of_the_limits_alone_keeps_the_words() -> None:
    standing = training(
        amended(GRANT, wish=AmendmentRequest(TRAINING, Position.ALLOWS, "Labels", limits="Not labels."))
    )

    assert (standing.claim.words, standing.claim.limits) == ("may be used to train", "Not labels.")


REFUSED = {
    "no reason": (replace(WISH, reason="  "), "needs a reason"),
    "says that already": (AmendmentRequest(TRAINING, Position.CONSENT, "why"), "says that already"),
    "still to come": (replace(WISH, since=date(2031, 6, 2)), "2 June 2031 is still to come"),
    "before an older position": (
        replace(WISH, since=date(2024, 1, 1)),
        "older position since 7 February 2024",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_correction_that_cannot_be_is_refused_with_what_to_do(name: str) -> None:
    wish, said = REFUSED[name]

    with pytest.raises(RefusedError, match=said):
        amendment_of(folded(GRANT, PROMISE), wish, "ada", NOW)


def test_another_source_or_date_alone_is_a_correction() -> None:
    by_source = AmendmentRequest(TRAINING, Position.CONSENT, "Better source", url="https://better.example")
    by_date = AmendmentRequest(TRAINING, Position.CONSENT, "Wrong day", since=date(2025, 5, 21))

    assert training(amended(GRANT, PROMISE, wish=by_source)).url == "https://better.example"
    assert training(amended(GRANT, PROMISE, wish=by_date)).since == date(2025, 5, 21)


def test_an_event_is_taken_back_once_and_with_a_reason() -> None:
    held = [a_revision(GRANT)]
    made = withdrawal_of("seed:grant", held, " It was   a hoax ", "ada", NOW)

    assert (made.n, made.withdrawn, made.reason, made.event) == (2, True, "It was a hoax", GRANT)
    for known, reason, said in (
        ([], "why", "no event 'seed:grant'"),
        ([*held, made], "why", "taken back already: It was a hoax"),
        (held, "", "needs a reason"),
    ):
        with pytest.raises(RefusedError, match=said):
            withdrawal_of("seed:grant", known, reason, "ada", NOW)


# ---------------------------------------------------------------- history.toml


def test_new_rows_are_written_once() -> None:
    first = plan_history([GRANT, PROMISE], [], NOW)

    assert [(each.event, each.n, each.written_by, each.reason) for each in first] == [
        (GRANT, 1, WRITER, ""),
        (PROMISE, 1, WRITER, ""),
    ]
    assert plan_history([GRANT, PROMISE], first, NOW) == []


def test_a_changed_row_is_another_wording_with_a_reason() -> None:
    held = plan_history([GRANT], [], NOW)

    (changed,) = plan_history([replace(GRANT, sentence="Better said.")], held, NOW)

    assert (changed.n, changed.event.sentence) == (2, "Better said.")
    assert "changed" in changed.reason


def test_a_row_that_was_taken_out_is_taken_back_once_and_can_return() -> None:
    held = plan_history([GRANT], [], NOW)
    gone = plan_history([], held, NOW)
    back = plan_history([GRANT], [*held, *gone], NOW)

    assert [(each.n, each.withdrawn) for each in (*gone, *back)] == [(2, True), (3, False)]
    assert plan_history([], [*held, *gone], NOW) == []
    assert plan_history([GRANT], [*held, *gone, *back], NOW) == []


def test_a_row_with_a_mistake_is_neither_changed_nor_taken_back() -> None:
    held = plan_history([GRANT], [], NOW)

    assert plan_history([], held, NOW, kept={"seed:grant"}) == []


def test_what_an_operator_took_back_stays_so_until_its_row_changes() -> None:
    held = plan_history([GRANT], [], NOW)
    held.append(withdrawal_of("seed:grant", held, "It was a hoax", "ada", NOW))

    assert plan_history([GRANT], held, NOW) == []
    assert plan_history([], held, NOW) == []
    (changed,) = plan_history([replace(GRANT, sentence="Not a hoax.")], held, NOW)
    assert (changed.n, changed.withdrawn) == (3, False)
