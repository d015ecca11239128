"""What is remembered of polling, and what feeds brought."""

from datetime import timedelta

from bot.errors import FailureKind
from bot.model import Collection, Health, SourceState, Validators
from bot.store import SqlStore
from tests.builders import NOON, a_new_entry, a_verdict
from tests.store.memory import Memory

FULL_STATE = SourceState(
    "gazette",
    Validators('W/"a"', "Fri, 09 May 2025 12:00:00 GMT"),
    "https://gazette.example/new-feed",
    "body",
    "list",
    Health.FAILING,
    3,
    "no answer in 20 seconds",
    FailureKind.TIMEOUT,
    NOON,
    NOON - timedelta(days=1),
    NOON - timedelta(days=2),
    NOON - timedelta(days=3),
    NOON - timedelta(hours=4),
    NOON - timedelta(hours=5),
    NOON + timedelta(minutes=6, microseconds=7),
    timedelta(hours=8, microseconds=9),
    True,
)


async def test_a_source_never_polled_has_a_fresh_state(store: SqlStore) -> None:
    assert await store.source_states(["gazette"]) == {"gazette": SourceState("gazette")}


async def test_every_part_of_a_state_is_remembered(store: SqlStore) -> None:
    await store.save_states([FULL_STATE])

    assert (await store.source_states(["gazette"]))["gazette"] == FULL_STATE


async def test_the_newest_state_replaces_the_one_before(store: SqlStore) -> None:
    await store.save_states([FULL_STATE, SourceState("other")])

    await store.save_states([SourceState("gazette", health=Health.OK)])

    states = await store.source_states(["gazette", "other", "unknown"])
    assert states == {
        "gazette": SourceState("gazette", health=Health.OK),
        "other": SourceState("other"),
        "unknown": SourceState("unknown"),
    }


async def test_no_states_are_no_work(store: SqlStore) -> None:
    await store.save_states([])

    assert await store.source_states([]) == {}


async def test_entries_come_back_as_they_were_collected(store: SqlStore) -> None:
    new = a_new_entry(
        summary="Teaser",
        published_at=None,
        baseline=True,
        categories=("AI", "Law"),
        lang="de",
        page_text="Text",
    )
    verdict = a_verdict(roundup=True, sure=False)

    assert await store.save_collection(Collection(SourceState("gazette"), ((new, verdict),))) == 1

    (kept,) = await store.entries(limit=10)
    assert kept.verdict == verdict
    assert kept.entry.id > 0
    assert kept.entry.story_id is None
    assert kept.entry.page_tried
    for name in new.__dataclass_fields__:
        assert getattr(kept.entry, name) == getattr(new, name), name


async def test_collecting_the_same_again_changes_nothing(store: SqlStore) -> None:
    first = (a_new_entry(summary="as it was"), a_verdict())
    again = (a_new_entry(summary="changed later"), a_verdict(False))
    await store.save_collection(Collection(SourceState("gazette"), (first,)))

    assert await store.save_collection(Collection(SourceState("gazette"), (again,))) == 0

    (kept,) = await store.entries(limit=10)
    assert (kept.entry.summary, kept.verdict.relevant) == ("as it was", True)


async def test_a_key_twice_in_one_document_is_one_entry_the_first(store: SqlStore) -> None:
    pairs = (
        (a_new_entry("first", key="same"), a_verdict()),
        (a_new_entry("second", key="same"), a_verdict(False)),
        (a_new_entry("third"), a_verdict(False)),
    )

    assert await store.save_collection(Collection(SourceState("gazette"), pairs)) == 2

    kept = await store.entries(limit=10)
    assert [(each.entry.title, each.verdict.relevant) for each in kept] == [("third", False), ("first", True)]


async def test_the_same_key_at_another_source_is_another_entry(store: SqlStore) -> None:
    for source_id in ("gazette", "herald"):
        pair = (a_new_entry(source_id=source_id, key="1"), a_verdict())
        assert await store.save_collection(Collection(SourceState(source_id), (pair,))) == 1


async def test_only_the_keys_asked_for_at_this_source_are_known(memory: Memory) -> None:
    await memory.entry("here", key="1")
    await memory.entry("there", key="2", source_id="herald")

    assert await memory.store.known_keys("gazette", ["1", "2", "3"]) == {"1"}
    assert await memory.store.known_keys("gazette", []) == frozenset()


async def test_a_feed_with_more_entries_than_a_statement_takes_values_is_remembered(store: SqlStore) -> None:
    pairs = tuple((a_new_entry(f"entry {i}", key=str(i)), a_verdict(False)) for i in range(6_000))

    assert await store.save_collection(Collection(SourceState("gazette"), pairs)) == 6_000

    assert len(await store.known_keys("gazette", [str(i) for i in range(40_000)])) == 6_000


async def test_entries_are_numbered_in_the_order_of_the_document(store: SqlStore) -> None:
    pairs = tuple((a_new_entry(f"entry {i}"), a_verdict()) for i in range(2_500))
    await store.save_collection(Collection(SourceState("gazette"), pairs))

    waiting = await store.unclustered(3_000)

    assert [each.entry.title for each in waiting] == [f"entry {i}" for i in range(2_500)]


async def test_text_that_databases_refuse_does_not_stop_a_feed(store: SqlStore) -> None:
    key = "half \ud83d and \x00"
    pair = (a_new_entry("Ti\x00tle \udfff", key=key, categories=("\ud800",)), a_verdict())

    assert await store.save_collection(Collection(SourceState("gazette", last_error="\x00"), (pair,))) == 1
    assert await store.save_collection(Collection(SourceState("gazette"), (pair,))) == 0

    assert await store.known_keys("gazette", [key, "half"]) == {key}
    assert (await store.entries(limit=1))[0].entry.title == "Title \ufffd"
