"""What one look at a source comes to."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.errors import FailureKind
from bot.logic.polling.look import (
    MOST_NEWS,
    as_configured,
    asked_afresh,
    dated_by_page,
    keys_in,
    plan_collection,
)
from bot.model import (
    Collection,
    Failed,
    Feed,
    FeedRead,
    Fetched,
    Health,
    NewEntry,
    NothingNew,
    Page,
    RawEntry,
    Reading,
    SourceState,
    Validators,
    Verdict,
)
from tests.builders import NOON, a_source, a_verdict, an_entry

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEEN_BEFORE = SourceState(
    "gazette",
    validators=Validators(etag='"1"'),
    body_hash="body-1",
    health=Health.OK,
    polled_at=NOON - HOUR,
    good_at=NOON - HOUR,
    new_entry_at=NOON - 5 * HOUR,
    baselined_at=NOON - 30 * DAY,
    publish_gap=4 * HOUR,
)


def raw(guid: str | None = "g1", **changes: object) -> RawEntry:
    values: dict[str, object] = {
        "guid": guid,
        "link": f"https://gazette.example/{guid}",
        "title": f"Title of {guid}",
        "published_at": NOON - HOUR,
    }
    return RawEntry(**(values | changes))  # type: ignore[arg-type]


def feed(*entries: RawEntry) -> Feed:
    return Feed("rss20", "Gazette", entries, entries_hash=f"hash of {len(entries)}")


def read(*entries: RawEntry, **fetched: object) -> FeedRead:
    values: dict[str, object] = {"validators": Validators(etag='"2"'), "body_hash": "body-2"}
    return FeedRead(Fetched(**(values | fetched)), feed(*entries))  # type: ignore[arg-type]


def judge(entry: NewEntry) -> Verdict:
    return a_verdict(relevant="clause" in entry.title)


def look(
    reading: Reading,
    state: SourceState = SEEN_BEFORE,
    *,
    known: tuple[str, ...] = (),
    now: datetime = NOON,
    **source: object,
) -> Collection:
    return plan_collection(a_source(**source), state, reading, frozenset(known), now, judge)


def titles(plan: Collection) -> list[str]:
    return [entry.title for entry, _ in plan.entries]


# ---------------------------------------------------------------- the first look


def test_a_first_look_marks_500_entries_as_seen_and_none_as_news() -> None:
    entries = tuple(raw(f"g{n}", published_at=NOON - n * HOUR) for n in range(500))

    plan = look(read(*entries), SourceState("gazette"))

    assert len(plan.entries) == 500
    assert all(entry.baseline for entry, _ in plan.entries)
    assert plan.state.baselined_at == NOON
    assert plan.state.health is Health.OK
    assert plan.state.publish_gap == HOUR
    assert not plan.state.missed_overlap


def test_a_first_look_at_an_empty_feed_counts_as_one() -> None:
    first = look(read(), SourceState("gazette"))
    assert (first.state.health, first.state.baselined_at) == (Health.EMPTY, NOON)

    second = look(read(raw("g1", published_at=NOON + HOUR)), first.state, now=NOON + 2 * HOUR)

    assert [entry.baseline for entry, _ in second.entries] == [False]
    assert not second.state.missed_overlap
    assert second.state.health is Health.OK


def test_what_an_empty_first_look_hid_is_not_news_later() -> None:
    empty_at_first = look(read(), SourceState("gazette")).state

    plan = look(read(raw("new"), raw("old", published_at=NOON - 40 * DAY)), empty_at_first, now=NOON + HOUR)

    assert {entry.key: entry.baseline for entry, _ in plan.entries} == {"new": False, "old": True}


def test_a_source_that_has_been_silent_for_a_year_is_stale_at_the_first_look() -> None:
    plan = look(read(raw("g1", published_at=NOON - 400 * DAY)), SourceState("gazette"))

    assert plan.state.health is Health.STALE
    assert plan.state.alarmed_at == NOON


def test_a_failed_first_look_is_not_a_first_success() -> None:
    failed = look(Failed(FailureKind.TIMEOUT, "no answer in 20 s"), SourceState("gazette")).state
    assert failed.baselined_at is None

    plan = look(read(raw()), failed)

    assert [entry.baseline for entry, _ in plan.entries] == [True]


# ---------------------------------------------------------------- new entries


def test_new_entries_come_oldest_first_with_their_verdicts_and_known_ones_not_at_all() -> None:
    plan = look(
        read(
            raw("g3", published_at=NOON - HOUR, title="A clause"),
            raw("g2", published_at=NOON - 3 * HOUR),
            raw("g1", published_at=NOON - 2 * HOUR),
            raw("g0"),
        ),
        known=("g0",),
    )

    assert [entry.key for entry, _ in plan.entries] == ["g2", "g1", "g3"]
    assert [verdict.relevant for _, verdict in plan.entries] == [False, False, True]
    assert not any(entry.baseline for entry, _ in plan.entries)


def test_known_entries_are_not_judged_again() -> None:
    def refuse(entry: NewEntry) -> Verdict:
        raise AssertionError(entry.key)

    plan = plan_collection(a_source(), SEEN_BEFORE, read(raw("g1")), frozenset({"g1"}), NOON, refuse)

    assert plan.entries == ()


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"published_at": NOON}, id="the date is bumped"),
        pytest.param({"title": "Another title"}, id="the title is edited"),
        pytest.param({"link": "https://gazette.example/g1?utm_source=rss"}, id="tracking is added"),
        pytest.param({"link": "https://www.gazette-mirror.example/g1"}, id="it moves to another domain"),
        pytest.param({"published_at": None}, id="the date is dropped"),
    ],
)
def test_an_entry_that_the_publisher_touches_is_still_the_same(changes: dict[str, object]) -> None:
    assert look(read(raw("g1", **changes)), known=keys_in(feed(raw("g1")))).entries == ()


@pytest.mark.parametrize(
    "dates",
    [
        pytest.param([None, None, None], id="no dates"),
        pytest.param([NOON.replace(hour=0)] * 3, id="all at midnight"),
        pytest.param([NOON + 400 * DAY] * 3, id="all in the future"),
    ],
)
def test_dates_that_say_nothing_lose_nothing_and_keep_the_documents_order(
    dates: list[datetime | None],
) -> None:
    newest_first = [raw(f"g{n}", published_at=date) for n, date in zip((3, 2, 1), dates, strict=True)]

    plan = look(read(*newest_first))

    assert [entry.key for entry, _ in plan.entries] == ["g1", "g2", "g3"]
    assert not any(entry.baseline for entry, _ in plan.entries)


def test_one_guid_for_two_entries_makes_guid_and_link_the_key() -> None:
    found = keys_in(
        feed(raw("same", link="https://a.example/1"), raw("same", link="https://a.example/2"), raw("own"))
    )

    assert found == ("same https://a.example/1", "same https://a.example/2", "own")


def test_without_a_guid_the_link_is_the_key_and_without_both_title_and_date() -> None:
    by_link, by_title, other_day = keys_in(
        feed(
            raw(None, link="https://a.example/1"),
            raw(None, link=None),
            raw(None, link=None, published_at=NOON),
        )
    )

    assert by_link == "https://a.example/1"
    assert by_title.startswith("hash:")
    assert by_title != other_day


def test_an_entry_given_twice_by_broken_nesting_counts_once_under_its_plain_guid() -> None:
    assert keys_in(feed(raw("g1"), raw("g1"), raw("g2"))) == ("g1", "g2")


def test_an_aggregated_entry_is_shown_under_the_name_of_its_own_outlet() -> None:
    plan = look(read(raw("g1", outlet="Small Paper"), raw("g2")), known=("g2",))

    entry = plan.entries[0][0]
    assert entry.outlet.name == "Small Paper"
    assert entry.outlet.group is a_source().group


# ---------------------------------------------------------------- lost overlap, moves


def test_a_document_that_shares_nothing_with_the_last_one_is_told_and_read_sooner() -> None:
    usual = look(read(raw("new"), raw("old")), known=("old",))
    lost = look(read(raw("new"), raw("newer")))

    assert (usual.state.missed_overlap, lost.state.missed_overlap) == (False, True)
    assert usual.state.next_poll_at is not None
    assert lost.state.next_poll_at is not None
    assert lost.state.next_poll_at < usual.state.next_poll_at
    assert len(lost.entries) == 2


def test_the_next_overlap_takes_the_warning_away() -> None:
    lost = look(read(raw("new"))).state

    assert not look(NothingNew(Fetched()), lost).state.missed_overlap


def test_a_redesign_that_changes_every_id_does_not_tell_last_months_entries_again() -> None:
    plan = look(
        read(
            raw("https://new.example/today", published_at=NOON - HOUR),
            raw("https://new.example/late", published_at=NOON - 60 * HOUR),
            raw("https://new.example/last-month", published_at=NOON - 31 * DAY),
            raw("https://new.example/undated", published_at=None),
        )
    )

    baselines = {entry.key.rpartition("/")[2]: entry.baseline for entry, _ in plan.entries}
    assert baselines == {"today": False, "late": False, "last-month": True, "undated": False}


def test_a_feed_that_moved_for_good_is_followed_and_tells_nothing_again() -> None:
    moved = look(read(raw("g1"), moved_to="https://new.example/feed"), known=("g1",))

    assert moved.state.address == "https://new.example/feed"
    assert moved.entries == ()
    assert look(NothingNew(Fetched()), moved.state).state.address == "https://new.example/feed"


# ---------------------------------------------------------------- nothing new


def test_a_304_without_validators_keeps_those_that_brought_it() -> None:
    state = look(NothingNew(Fetched())).state

    assert state.validators == SEEN_BEFORE.validators
    assert state.body_hash == "body-1"
    assert state.good_at == NOON


def test_the_same_entry_list_in_other_bytes_takes_the_new_validators() -> None:
    fetched = Fetched(Validators(last_modified="Fri, 09 May 2025 12:00:00 GMT"), body_hash="body-2")

    state = look(NothingNew(fetched)).state

    assert state.validators == Validators('"1"', "Fri, 09 May 2025 12:00:00 GMT")
    assert state.body_hash == "body-2"


def test_a_document_replaces_the_validators_even_by_none() -> None:
    state = look(read(raw("g1"), validators=Validators()), known=("g1",)).state

    assert state.validators == Validators()
    assert (state.body_hash, state.entries_hash) == ("body-2", "hash of 1")


def test_an_empty_feed_stays_empty_while_nothing_changes() -> None:
    emptied = look(read()).state
    assert emptied.health is Health.EMPTY

    assert look(NothingNew(Fetched()), emptied).state.health is Health.EMPTY


# ---------------------------------------------------------------- failures


def fail(
    state: SourceState, kind: FailureKind, times: int, *, every: timedelta, now: datetime = NOON
) -> SourceState:
    for n in range(times):
        state = look(Failed(kind, "the server refused (403)", status=403), state, now=now + n * every).state
    return state


def test_one_block_page_changes_nothing_but_the_count() -> None:
    state = look(Failed(FailureKind.NOT_A_FEED, "a web page, not a feed")).state

    assert (state.health, state.failures, state.alarmed_at) == (Health.FAILING, 1, None)
    assert state.validators == SEEN_BEFORE.validators
    assert state.good_at == SEEN_BEFORE.good_at
    assert (state.last_error, state.last_failure) == ("a web page, not a feed", FailureKind.NOT_A_FEED)


def test_a_block_that_stays_is_told_once_and_its_end_once() -> None:
    blocked = fail(SEEN_BEFORE, FailureKind.REFUSED, 5, every=2 * HOUR)
    assert (blocked.health, blocked.alarmed_at) == (Health.REFUSED, NOON + 8 * HOUR)

    still = fail(blocked, FailureKind.REFUSED, 3, every=DAY, now=NOON + DAY)
    assert still.alarmed_at == blocked.alarmed_at

    back = look(NothingNew(Fetched()), still, now=NOON + 5 * DAY).state
    assert (back.health, back.failures, back.alarmed_at, back.first_failed_at) == (Health.OK, 0, None, None)
    assert (back.last_error, back.last_failure) == ("", None)


def test_gone_ends_the_polling_and_is_told_at_once() -> None:
    state = look(Failed(FailureKind.GONE, "gone (410)", status=410, permanent=True)).state

    assert (state.health, state.next_poll_at, state.alarmed_at) == (Health.GONE, None, NOON)


def test_retry_after_moves_the_next_look() -> None:
    state = look(Failed(FailureKind.RATE_LIMITED, "429", retry_after=3 * DAY)).state

    assert state.next_poll_at == NOON + 3 * DAY


def test_trouble_that_starts_again_after_a_good_answer_counts_from_one() -> None:
    blocked = fail(SEEN_BEFORE, FailureKind.TIMEOUT, 4, every=2 * HOUR)
    well = look(NothingNew(Fetched()), blocked, now=NOON + 9 * HOUR).state

    again = fail(well, FailureKind.TIMEOUT, 4, every=2 * HOUR, now=NOON + 10 * HOUR)

    assert (again.health, again.alarmed_at) == (Health.FAILING, None)


# ---------------------------------------------------------------- floods


def test_of_a_flood_only_the_newest_entries_can_be_told_and_the_rest_is_kept_without_text() -> None:
    many = [
        raw(f"g{n}", title="A clause", summary="Text.", published_at=NOON - timedelta(minutes=n))
        for n in range(MOST_NEWS + 50)
    ]

    seen = [
        (entry.key, entry.summary, entry.baseline, verdict.relevant)
        for entry, verdict in look(read(*many)).entries
    ]

    assert seen[50:] == [(f"g{n}", "Text.", False, True) for n in reversed(range(MOST_NEWS))]
    assert seen[:50] == [(f"g{n}", "", True, False) for n in reversed(range(MOST_NEWS, MOST_NEWS + 50))]


# ---------------------------------------------------------------- another address in the config


def test_another_feed_address_is_a_first_look_again_even_after_the_old_one_was_gone() -> None:
    gone = replace(
        SEEN_BEFORE, health=Health.GONE, feed="https://gazette.example/old", address="https://x.example/"
    )

    assert as_configured(a_source(), gone) == SourceState("gazette", feed="https://gazette.example/feed")


def test_writing_down_the_address_that_a_feed_moved_to_starts_nothing_anew() -> None:
    moved = replace(SEEN_BEFORE, feed="https://gazette.example/old", address="https://gazette.example/feed")

    now = as_configured(a_source(), moved)

    assert now == replace(SEEN_BEFORE, feed="https://gazette.example/feed")


def test_a_state_from_before_addresses_were_noted_is_kept() -> None:
    assert as_configured(a_source(), SEEN_BEFORE).baselined_at == SEEN_BEFORE.baselined_at


def test_a_feed_that_answers_at_its_configured_address_again_is_read_there_from_then_on() -> None:
    moved = replace(SEEN_BEFORE, address="https://new.example/feed")

    back = look(NothingNew(Fetched(asked="https://gazette.example/feed")), moved)

    assert back.state.address is None


def test_entries_that_share_one_link_are_told_apart_by_their_titles() -> None:
    page = "https://herald.example/news.html"
    first = [raw(None, link=page, title="Ten synths"), raw(None, link=f"{page}#b", title="Tour dates")]
    later = [raw(None, link=page, title="A label sues"), *first]
    before, after = (keys_in(Feed("rss20", "H", tuple(each), "h")) for each in (first, later))
    assert (len(before), len(after)) == (2, 3)
    assert set(before) < set(after)


def test_a_server_is_asked_without_conditions_once_a_day() -> None:
    looks = [NOON + HOUR * each for each in range(48)]
    states = [asked_afresh(replace(SEEN_BEFORE, polled_at=at - HOUR), at) for at in looks]
    assert sum(state.validators == Validators() for state in states) == 2
    assert all(state.body_hash == "body-1" for state in states)


@pytest.mark.parametrize(("age", "is_old"), [(timedelta(hours=5), False), (700 * DAY, True)])
def test_an_undated_entry_is_as_old_as_its_page_says(age: timedelta, is_old: bool) -> None:
    entry = an_entry(published_at=None, seen_at=NOON)
    page = Page("https://herald.example/a", "a", "b", NOON - age)
    dated = dated_by_page(entry, page)
    assert (dated.published_at, dated.baseline) == (NOON - age, is_old)


def test_a_feed_s_own_date_counts_before_that_of_the_page() -> None:
    entry = an_entry(published_at=NOON - HOUR, seen_at=NOON)
    assert dated_by_page(entry, Page("https://herald.example/a", "a", "b", NOON - 700 * DAY)) == entry
