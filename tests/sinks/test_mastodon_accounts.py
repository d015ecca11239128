"""Several accounts behind one sink, over the real outbox: each posts its own way and fails by itself."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.accounts import special_ceilings
from bot.flows.delivery.context import DeliveryContext
from bot.flows.delivery.deliver import deliver
from bot.model import Ceilings, Delivery, DeliveryState, Destination, Message, Shipment, SinkKind
from bot.settings import MastodonAccount
from bot.sinks.mastodon import MastodonAccounts, open_mastodon
from bot.sinks.mastodon.accounts import MOST_ALERTS_AN_HOUR
from bot.store import SqlStore
from tests.builders import NOON, a_destination, a_message, a_new_subscription
from tests.fakes import FakeClock
from tests.flows.outbox import tell
from tests.limits import check_status
from tests.sinks.hostile_mastodon import TOKEN, HostileMastodon, hostile_mastodon
from tests.stores import temporary_store

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    async with temporary_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def one() -> Iterator[HostileMastodon]:
    with hostile_mastodon() as server:
        yield server


@pytest.fixture
def other() -> Iterator[HostileMastodon]:
    with hostile_mastodon() as server:
        yield server


def a_sink(
    one: HostileMastodon, other: HostileMastodon, clock: FakeClock, timeout_seconds: float = 20.0
) -> MastodonAccounts:
    return MastodonAccounts(
        {
            "one": open_mastodon(
                one.url, TOKEN, user_agent="t", timeout_seconds=timeout_seconds, now=clock.now
            ),
            "other": open_mastodon(
                other.url,
                TOKEN,
                user_agent="t",
                visibility="unlisted",
                content_warning="AI and music",
                now=clock.now,
            ),
        },
        clock.now,
    )


async def add(store: SqlStore, *addresses: str) -> list[Destination]:
    made = []
    for address in addresses:
        name = f"@{address.partition('/')[2]}@s.example" if "/" in address else address
        wish = a_new_subscription(address, sink=SinkKind.MASTODON, destination_name=name, server=None)
        made.append((await store.add_subscription(wish, NOON)).destination)
    return made


async def pass_time(
    office: DeliveryContext, clock: FakeClock, *servers: HostileMastodon, minutes: int
) -> None:
    for _ in range(minutes):
        for server in servers:
            server.clock = clock.now()
        await deliver(office)
        clock.move(MINUTE)


async def test_each_account_posts_in_its_own_way(
    one: HostileMastodon, other: HostileMastodon, store: SqlStore, clock: FakeClock
) -> None:
    sink = a_sink(one, other, clock)
    await tell(store, "Platform changes its terms", await add(store, "one", "other"))

    await deliver(DeliveryContext(store, {SinkKind.MASTODON: sink}, clock))
    await sink.close()

    [mine], [theirs] = one.posted, other.posted
    assert (mine.form["visibility"], mine.form.get("spoiler_text")) == ("public", None)
    assert (theirs.form["visibility"], theirs.form["spoiler_text"]) == ("unlisted", "AI and music")
    check_status(theirs.text, 500 - len("AI and music"))


@pytest.mark.parametrize(
    "mood", ["bad-token", "bad-token-400", "forbidden", "too-many", "no-api", "server-error"]
)
async def test_trouble_of_one_account_holds_up_no_other_and_mends_by_itself(
    one: HostileMastodon, other: HostileMastodon, store: SqlStore, clock: FakeClock, mood: str
) -> None:
    sink = a_sink(one, other, clock)
    office = DeliveryContext(store, {SinkKind.MASTODON: sink}, clock)
    there = await add(store, "one", "other")
    one.moods = [mood] * 999
    headlines = [f"Story number {n}" for n in range(4)]

    for headline in headlines:
        await tell(store, headline, there, at=clock.now())
        await pass_time(office, clock, one, other, minutes=3)

    assert [text.count("Story number") for text in other.texts()] == [1, 1, 1, 1]
    assert one.posted == []
    assert ("one" in sink.troubles()) is (mood != "server-error")
    lasts = mood in ("bad-token", "bad-token-400", "forbidden", "no-api")
    assert ("one" in sink.lasting_troubles()) >= lasts, (
        "who runs the bot hears of what does not mend by itself"
    )
    assert "other" not in sink.lasting_troubles()
    assert len(one.paths("POST")) <= 12, "a server in trouble is not hammered"
    one.moods = []
    await pass_time(office, clock, one, other, minutes=26 * 60 // 10)
    clock.move(DAY)
    await pass_time(office, clock, one, other, minutes=10)
    await sink.close()
    assert [next(h for h in headlines if h in text) for text in one.texts()] == headlines
    assert len(other.posted) == 4
    assert sink.troubles() == sink.lasting_troubles() == {}


async def test_an_account_that_does_not_answer_delays_the_others_by_one_time_out(
    one: HostileMastodon, other: HostileMastodon, store: SqlStore, clock: FakeClock
) -> None:
    sink = a_sink(one, other, clock, timeout_seconds=0.2)
    one.moods = ["hang-stored"] * 99
    people = await add(store, *(f"one/{n}" for n in range(60)), "other")
    await tell(store, "Platform changes its terms", people)

    await deliver(DeliveryContext(store, {SinkKind.MASTODON: sink}, clock))
    one.hang.set()
    await sink.close()

    assert len(other.posted) == 1
    assert len(one.paths("POST")) == 1, "the fifty-nine others learn of it without asking"


async def test_an_account_that_is_gone_keeps_its_messages(
    one: HostileMastodon, other: HostileMastodon, store: SqlStore, clock: FakeClock
) -> None:
    sink = a_sink(one, other, clock)
    await tell(store, "Platform changes its terms", await add(store, "gone", "other"))

    await deliver(DeliveryContext(store, {SinkKind.MASTODON: sink}, clock))
    await sink.close()

    waiting, sent = sorted(await store.deliveries(limit=9), key=lambda each: each.destination.address)
    assert (waiting.state, sent.state) == (DeliveryState.DUE, DeliveryState.SENT)
    assert "No Mastodon account called gone is logged in" in waiting.last_error


async def test_ceilings_are_each_account_s_own_and_each_person_s(
    one: HostileMastodon, other: HostileMastodon, store: SqlStore, clock: FakeClock
) -> None:
    sink = a_sink(one, other, clock)
    accounts = [
        MastodonAccount("one", one.url, None, ceilings=Ceilings(1, 2), alerts_a_day=3),
        MastodonAccount("other", other.url, None, ceilings=Ceilings(50, 50)),
    ]
    office = DeliveryContext(
        store, {SinkKind.MASTODON: sink}, clock, ceilings_of_destination=special_ceilings(accounts)
    )
    there = await add(store, "one", "other", "one/7")
    for n in range(6):
        await tell(store, f"Story number {n}", there, at=clock.now())

    await pass_time(office, clock, one, other, minutes=12 * 6)
    await sink.close()

    public = [status for status in one.posted if status.form["visibility"] == "public"]
    direct = [status for status in one.posted if status.form["visibility"] == "direct"]
    assert (len(public), len(direct), len(other.posted)) == (2, 3, 6)
    assert public[1].at - public[0].at >= HOUR


async def test_a_story_that_many_asked_for_reaches_all_of_them_without_using_up_the_server_s_limit(
    one: HostileMastodon, other: HostileMastodon, store: SqlStore, clock: FakeClock
) -> None:
    sink = a_sink(one, other, clock)
    office = DeliveryContext(store, {SinkKind.MASTODON: sink}, clock)
    await tell(
        store, "Platform changes its terms", await add(store, "one", *(f"one/{n}" for n in range(120)))
    )
    sent = []

    for _ in range(3):
        one.clock = clock.now()
        await deliver(office)
        sent.append(len(one.posted))
        clock.move(HOUR)
    await sink.close()

    assert sent == [1 + MOST_ALERTS_AN_HOUR, 1 + 2 * MOST_ALERTS_AN_HOUR, 121]
    assert len({status.text.split()[0] for status in one.posted}) == 121


async def test_an_alert_is_direct_to_one_person_and_is_found_again(
    one: HostileMastodon, other: HostileMastodon, clock: FakeClock
) -> None:
    sink = a_sink(one, other, clock)
    one.clock = clock.now()
    shipment = an_alert(a_message(what="Much is told. " * 60))

    receipt = await sink.send(shipment)
    found = await sink.find(shipment)
    await sink.close()

    [status] = one.posted
    assert status.form["visibility"] == "direct"
    assert status.text.startswith("@ana@far.example https://gazette.example/clause\n\n")
    check_status(status.text.removeprefix("@ana@far.example "), 500 - len("@ana@far.example "))
    assert found == receipt


def an_alert(message: Message) -> Shipment:
    person = a_destination(sink=SinkKind.MASTODON, address="one/42", name="@ana@far.example", server=None)
    delivery = Delivery(
        1, "key-1", person, message, (), DeliveryState.SENDING, created_at=NOON, due_at=NOON, claimed_at=NOON
    )
    return Shipment(delivery, attempted_at=NOON)
