"""Mail on servers that only resemble Mastodon, and with a fault at every await: everybody is answered exactly once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import SinkError
from bot.logic.mail.mailbox import MOST_FOR_ALL_AN_HOUR, SETTLE, Mailbox, dump_mailbox, load_mailbox
from bot.store import SqlStore
from tests.chat.mastodon.rig import Reader, a_reader
from tests.fakes import FakeClock
from tests.flows.faults import Break, Breakable, Fault, run_until_broken
from tests.sinks.hostile_mastodon import TOKEN, HostileMastodon, hostile_mastodon
from tests.stores import temporary_store

pytestmark = pytest.mark.long

MOST_CALLS = 80


@pytest.fixture
def server() -> Iterator[HostileMastodon]:
    with hostile_mastodon() as host:
        # The worst that there is: a repeated key makes a second post.
        host.honours_keys = False
        yield host


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    async with temporary_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def a_hostile_reader(
    server: HostileMastodon, store: SqlStore, clock: FakeClock, timeout_seconds: float = 20.0
) -> Reader:
    return a_reader(server.url, TOKEN, store, clock, account="bot", timeout_seconds=timeout_seconds)


async def read(server: HostileMastodon, reader: Reader, clock: FakeClock) -> int:
    server.clock = clock.now()
    return await reader.room.read()


async def settle(server: HostileMastodon, reader: Reader, clock: FakeClock) -> None:
    """Time passes, and the runner looks again and again."""
    for _ in range(4):
        clock.move(SETTLE)
        await read(server, reader, clock)


def answered(server: HostileMastodon) -> Counter[str]:
    """How often each message was answered; all of it in private."""
    assert {status.form["visibility"] for status in server.posted} <= {"direct"}
    return Counter(str(status.reply_to) for status in server.posted)


# ---------------------------------------------------------------- a fault at every await


async def broken_reading(folder: Path, at: int, how: Break) -> bool:
    """Read mail with a fault at call `at`, go on, check; whether the fault was reached."""
    folder.mkdir()
    clock = FakeClock()
    with hostile_mastodon() as server:
        server.honours_keys = False
        async with temporary_store(folder) as store:
            await read(server, a_hostile_reader(server, store, clock), clock)
            written = [
                server.mention(text)
                for text in ("subscribe suno", "subscribe laws daily", "unsubscribe suno")
            ]
            broken = a_hostile_reader(server, store, clock)
            fault = Fault(at, how, lambda: SinkError("the line broke", unclear=True))
            broken.room.inbox = Breakable(broken.room.inbox, fault)  # type: ignore[assignment]
            desk = broken.room.desk
            object.__setattr__(desk, "store", Breakable(desk.store, fault))
            await run_until_broken(lambda: read(server, broken, clock), fault)
            await settle(server, a_hostile_reader(server, store, clock), clock)

            where = f"{how.name} at call {at}, {fault.where}"
            assert answered(server) == Counter(dict.fromkeys(written, 1)), where
            held = [(set(each.platforms), each.urgency.value) for each in await store.subscriptions()]
            assert held == [(set(), "daily")], where
            texts = server.texts()
            assert ["hear of Suno" in texts[0], "laws" in texts[1], "Ended: Suno" in texts[2]] == [
                True
            ] * 3, where
            return fault.was_reached


@pytest.mark.parametrize("how", Break, ids=lambda how: how.name.lower())
async def test_a_fault_at_any_await_answers_everybody_once(tmp_path: Path, how: Break) -> None:
    at = 1
    while await broken_reading(tmp_path / f"run-{at}", at, how):
        at += 1
        assert at < MOST_CALLS

    # setting, unread; then for each message: subscriptions, set_setting, the deed, answer, set_setting
    assert at > 15


# ---------------------------------------------------------------- answers that do not tell


@pytest.mark.parametrize(
    "mood",
    [
        "html-stored", "bad-reset-stored", "truncated-stored", "empty-stored", "gateway-timeout-stored",
        "reset-stored", "server-error", "html", "json-but-no-status",
    ],
)  # fmt: skip
async def test_an_answer_that_may_be_there_is_looked_for_before_it_is_given_again(
    server: HostileMastodon, store: SqlStore, clock: FakeClock, mood: str
) -> None:
    reader = a_hostile_reader(server, store, clock)
    await read(server, reader, clock)
    written = [server.mention("help"), server.mention("latest")]
    server.moods = [mood]

    await read(server, reader, clock)
    assert len(server.paths("POST")) == 1, "nobody else is answered before that is known"
    await read(server, reader, clock)
    assert len(server.paths("POST")) == 1, "and not at once: a slow server may still be storing it"
    await settle(server, reader, clock)

    assert answered(server) == Counter(dict.fromkeys(written, 1))


async def test_an_answer_is_waited_for_until_the_server_shows_our_posts(
    server: HostileMastodon, store: SqlStore, clock: FakeClock
) -> None:
    reader = a_hostile_reader(server, store, clock)
    await read(server, reader, clock)
    written = server.mention("help")
    server.moods, server.listing = ["gateway-timeout-stored"], "503"

    await read(server, reader, clock)
    clock.move(SETTLE)
    with pytest.raises(SinkError):
        await read(server, reader, clock)
    server.listing = "fine"
    await settle(server, reader, clock)

    assert answered(server) == Counter([written])


@pytest.mark.parametrize("mood", ["bad-token", "bad-token-400", "too-many", "redirect"])
async def test_a_refusal_of_the_account_is_waited_out_and_the_answer_kept(
    server: HostileMastodon, store: SqlStore, clock: FakeClock, mood: str
) -> None:
    reader = a_hostile_reader(server, store, clock)
    await read(server, reader, clock)
    written = server.mention("subscribe suno")
    server.moods = [mood]

    with pytest.raises(SinkError):
        await read(server, reader, clock)
    clock.move(timedelta(days=1))
    await settle(server, reader, clock)

    assert answered(server) == Counter([written])
    assert len(await store.subscriptions()) == 1


@pytest.mark.parametrize("mood", ["invalid", "no-such-parent", "no-api"])
async def test_an_answer_that_is_refused_for_good_keeps_nobody_else_waiting(
    server: HostileMastodon, store: SqlStore, clock: FakeClock, mood: str
) -> None:
    reader = a_hostile_reader(server, store, clock)
    await read(server, reader, clock)
    server.mention("help")
    second = server.mention("latest")
    server.moods = [mood]

    await read(server, reader, clock)

    assert answered(server) == Counter([second])


@pytest.mark.parametrize("mood", ["404", "403", "503", "garbage"])
async def test_a_server_that_shows_no_mail_is_an_error_of_that_account_and_mends(
    server: HostileMastodon, store: SqlStore, clock: FakeClock, mood: str
) -> None:
    reader = a_hostile_reader(server, store, clock)
    await read(server, reader, clock)
    written = server.mention("help")
    server.inbox_mood = mood

    with pytest.raises(SinkError) as caught:
        await read(server, reader, clock)
    server.inbox_mood = "fine"
    await read(server, reader, clock)

    assert TOKEN not in str(caught.value)
    assert answered(server) == Counter([written])


@pytest.mark.parametrize("knows_min_id", [True, False])
@pytest.mark.parametrize("ids", ["numbers", "words"])
async def test_ids_that_are_no_numbers_and_pages_that_repeat_answer_nobody_twice(
    server: HostileMastodon, store: SqlStore, clock: FakeClock, knows_min_id: bool, ids: str
) -> None:
    server.knows_min_id = knows_min_id
    reader = a_hostile_reader(server, store, clock)

    def number(n: int) -> str:
        return str(100 + n) if ids == "numbers" else f"01H{'ZYXWVUTSRQPONMLKJIHGFEDCBA'[n]}"

    server.mention("written before", number=number(0))
    await read(server, reader, clock)
    written = []
    for n in range(1, 9):
        written.append(server.mention("help", number=number(n)))
        await read(server, reader, clock)

    assert answered(server) == Counter(dict.fromkeys(written, 1))


async def test_a_hundred_waiting_messages_are_answered_oldest_first(
    server: HostileMastodon, store: SqlStore, clock: FakeClock
) -> None:
    reader = a_hostile_reader(server, store, clock)
    await read(server, reader, clock)
    written = [server.mention("latest", sender=f"person{n}") for n in range(100)]

    for hour in range(1, 4):
        await read(server, reader, clock)
        assert len(server.posted) == min(100, hour * MOST_FOR_ALL_AN_HOUR), (
            "news keeps its share of the server's limit"
        )
        clock.move(timedelta(hours=1))

    assert [status.reply_to for status in server.posted] == written


class DayClock(FakeClock):
    """Says when a day has passed."""

    def __init__(self) -> None:
        super().__init__()
        self.began, self.day_is_over = self.now(), asyncio.Event()

    async def sleep(self, wait: timedelta) -> None:
        await super().sleep(wait)
        if self.now() - self.began > timedelta(days=1):
            self.day_is_over.set()


async def test_a_server_in_trouble_is_asked_less_and_less_and_reading_goes_on_when_it_is_well(
    server: HostileMastodon, store: SqlStore
) -> None:
    clock = DayClock()
    reader = a_hostile_reader(server, store, clock)
    await read(server, reader, clock)
    server.inbox_mood, server.requests = "503", []
    reading = asyncio.ensure_future(reader.room.keep_reading())

    await clock.day_is_over.wait()
    asked = len(server.paths("GET"))
    server.inbox_mood = "fine"
    written = server.mention("help")
    assert await asyncio.to_thread(server.stored.wait, 60)
    reading.cancel()
    await asyncio.wait([reading])

    assert asked < 45
    assert answered(server) == Counter([written])


async def test_a_hanging_answer_can_be_cancelled_and_is_found_later(
    server: HostileMastodon, store: SqlStore, clock: FakeClock
) -> None:
    reader = a_hostile_reader(server, store, clock, timeout_seconds=0.3)
    await read(server, reader, clock)
    written = server.mention("help")
    server.moods = ["hang-stored"]

    await read(server, reader, clock)
    server.hang.set()
    await settle(server, reader, clock)

    assert answered(server) == Counter([written])


async def test_a_clock_that_was_set_back_holds_nothing_up(
    server: HostileMastodon, store: SqlStore, clock: FakeClock
) -> None:
    reader = a_hostile_reader(server, store, clock)
    await read(server, reader, clock)
    written = server.mention("help")
    server.moods = ["server-error"]
    await read(server, reader, clock)

    clock.move(-timedelta(days=400))
    await read(server, reader, clock)

    assert answered(server) == Counter([written])


def test_a_memory_that_cannot_be_read_starts_afresh_without_answering_old_mail() -> None:
    for text in (None, "", "nonsense", "[]", '{"senders": 3}', '{"pending": {"text": 1}}'):
        assert load_mailbox(text) == Mailbox()


def test_what_is_remembered_is_read_back_and_stays_small() -> None:
    clock, mailbox = FakeClock(), Mailbox(opened=True)
    for n in range(3000):
        clock.move(timedelta(seconds=1))
        mailbox, _ = mailbox.heard(f"person-{n}", clock.now())
        mailbox = mailbox.done_with(str(n))

    assert load_mailbox(dump_mailbox(mailbox)) == mailbox
    assert len(dump_mailbox(mailbox)) < 40_000
