"""After a crash or a lost answer: whether the message arrived, and never a second one."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import SinkError, SinkScope
from tests.builders import NOON, a_message
from tests.fake_discord.rig import Rig, a_shipment, discord_rig

MINUTES = timedelta(minutes=1)


def forgotten(rig: Rig) -> None:
    """Outside the window in which Discord remembers a nonce."""
    rig.clock.move(30 * MINUTES)


async def test_a_message_that_arrived_is_found_by_its_mark_when_the_nonce_is_forgotten(
    tmp_path: Path,
) -> None:
    async with discord_rig(tmp_path) as rig:
        sent = await rig.sink.send(a_shipment())
        forgotten(rig)

        assert await rig.sink.find(a_shipment(attempted_at=NOON)) == sent
        assert len(rig.discord.messages()) == 1


async def test_a_plain_message_is_found_by_its_mark_too(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.deny(1001, "embed_links")
        sent = await rig.sink.send(a_shipment())
        rig.discord.world.sent[0].pop("nonce")
        forgotten(rig)

        assert await rig.sink.find(a_shipment(attempted_at=NOON)) == sent


async def test_a_message_that_did_not_arrive_is_certainly_not_there(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        rig.discord.fail("POST", "/messages", how="drop", times=9)
        with pytest.raises(SinkError):
            await rig.sink.send(a_shipment())

        assert await rig.sink.find(a_shipment(attempted_at=NOON)) is None


async def test_editions_whose_marks_begin_alike_are_told_apart(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.sink.send(a_shipment(1001, a_message(mark="sabcdefghij-12", n=12)))

        sought = a_shipment(1001, a_message(mark="sabcdefghij-1"), attempted_at=NOON)
        assert await rig.sink.find(sought) is None


async def test_a_mark_in_somebody_elses_message_is_not_ours(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.sink.send(a_shipment())
        rig.discord.world.sent[0]["author"] = {**rig.discord.world.bot_user(), "id": "42", "bot": False}

        assert await rig.sink.find(a_shipment(attempted_at=NOON)) is None


async def test_a_message_is_found_among_hundreds_of_others(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        place = rig.discord.world.places[1001]
        for n in range(250):
            rig.discord.world.create_message(place, {"content": f"chatter {n}"})
        sent = await rig.sink.send(a_shipment())
        for n in range(250):
            rig.discord.world.create_message(place, {"content": f"more chatter {n}"})

        assert await rig.sink.find(a_shipment(attempted_at=NOON)) == sent


async def test_a_channel_too_busy_to_look_through_leaves_it_unclear(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        place = rig.discord.world.places[1001]
        for n in range(2_100):
            rig.discord.world.create_message(place, {"content": f"chatter {n}"})
        with pytest.raises(SinkError) as caught:
            await rig.sink.find(a_shipment(attempted_at=NOON))

        assert caught.value.unclear


async def test_without_history_the_nonce_tells_as_long_as_discord_remembers_it(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        sent = await rig.sink.send(a_shipment())
        await rig.deny(1001, "read_message_history")
        rig.clock.move(2 * MINUTES)

        assert await rig.sink.find(a_shipment(attempted_at=NOON)) == sent
        assert len(rig.discord.messages()) == 1


async def test_without_history_an_old_attempt_stays_unclear_and_says_which_permission_is_missing(
    tmp_path: Path,
) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.deny(1001, "read_message_history")
        forgotten(rig)
        with pytest.raises(SinkError) as caught:
            await rig.sink.find(a_shipment(attempted_at=NOON))

        assert caught.value.unclear
        assert (caught.value.permanent, caught.value.scope) == (True, SinkScope.DESTINATION)
        assert "Read Message History" in caught.value.fix
        assert rig.discord.messages() == []


async def test_during_an_outage_of_the_server_it_stays_unclear_and_nobody_is_blamed(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        rig.discord.add_guild(600, "Away")
        channel = rig.discord.add_channel("far", guild=600)
        forgotten(rig)
        with pytest.raises(SinkError) as caught:
            await rig.sink.find(a_shipment(channel, attempted_at=NOON))

        assert (caught.value.unclear, caught.value.permanent) == (True, False)


async def test_a_forum_post_is_found_by_its_first_message(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        forum = await rig.channel("stories", "forum")
        sent = await rig.sink.send(a_shipment(forum))
        forgotten(rig)

        assert await rig.sink.find(a_shipment(forum, attempted_at=NOON)) == sent
        other = a_message(mark="sother-1")
        assert await rig.sink.find(a_shipment(forum, other, attempted_at=NOON)) is None


async def test_an_update_inside_an_old_forum_post_is_found_even_if_archived_since(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        forum = await rig.channel("stories", "forum")
        first = await rig.sink.send(a_shipment(forum))
        rig.clock.move(timedelta(days=3))
        update = a_message(n=2, mark="sabcdefghij-2")
        sent = await rig.sink.send(a_shipment(forum, update, reply_to=first.remote_id))
        rig.discord.threads(forum)[0].archived = True

        attempted_at = NOON + timedelta(days=3)
        assert await rig.sink.find(a_shipment(forum, update, attempted_at=attempted_at)) == sent


async def test_an_announcement_found_again_is_published_then(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        news = await rig.channel("announcements", "news")
        rig.discord.fail("POST", "/crosspost", how="drop", times=9)
        await rig.sink.send(a_shipment(news))
        rig.discord.faults.clear()
        await rig.sink.find(a_shipment(news, attempted_at=NOON))

        assert rig.discord.messages(news)[0]["flags"] == 1


async def test_while_history_cannot_be_had_it_stays_unclear(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.sink.send(a_shipment())
        rig.discord.fail("GET", "/messages", status=503)
        with pytest.raises(SinkError) as caught:
            await rig.sink.find(a_shipment(attempted_at=NOON))

        assert caught.value.unclear
