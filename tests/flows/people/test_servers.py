"""Servers come, go, and are let go of."""

from datetime import timedelta
from pathlib import Path

from bot.flows.people import servers
from tests.builders import NOON, a_new_subscription
from tests.fakes import FakeClock
from tests.stores import temporary_store


async def test_a_server_is_greeted_once_however_often_it_invites_us(tmp_path: Path) -> None:
    async with temporary_store(tmp_path) as store:
        clock = FakeClock()
        assert await servers.joined(store, clock, "500", "Label")
        await servers.left(store, clock, "500")
        assert not await servers.joined(store, clock, "500", "Label")

        assert (await store.server("500")).removed_at is None


async def test_after_thirty_days_a_server_that_left_is_forgotten_and_others_stay(tmp_path: Path) -> None:
    async with temporary_store(tmp_path) as store:
        clock = FakeClock()
        await store.add_subscription(a_new_subscription("1001"), NOON)
        await store.add_subscription(a_new_subscription("9999", server="600"), NOON)
        await servers.left(store, clock, "500")

        assert await servers.clean_up(store, clock.now() + timedelta(days=29)) == 0
        assert await servers.clean_up(store, clock.now() + timedelta(days=31)) == 1

        assert [each.address for each in await store.destinations()] == ["9999"]


async def test_a_channel_that_stays_paused_for_thirty_days_is_let_go_of(tmp_path: Path) -> None:
    async with temporary_store(tmp_path) as store:
        held = await store.add_subscription(a_new_subscription("1001"), NOON)
        await store.pause_destination(held.destination.id, "gone", NOON)

        assert await servers.clean_up(store, NOON + timedelta(days=29)) == 0
        assert await servers.clean_up(store, NOON + timedelta(days=31)) == 1
        assert await store.destinations() == []
