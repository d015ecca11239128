"""Threads of stories, direct messages, buttons: where a post goes and how it is found there again."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import SinkError, SinkScope
from bot.model import Message, MessageKind, Shipment, Threading
from tests.builders import NOON, a_message
from tests.fake_discord.rig import Rig, a_shipment, discord_rig
from tests.pictures.posts import DIGEST

FIRST = a_message()
UPDATE = replace(FIRST, n=2, mark="sabcdefghij-2", kind=MessageKind.UPDATE, headline="It says it never did")


def threaded(message: Message, channel: int = 1001, **changes: object) -> Shipment:
    place = replace(a_shipment(channel).delivery.destination, threading=Threading.THREAD)
    return a_shipment(channel, message, destination=place, **changes)


def to_person(message: Message, **changes: object) -> Shipment:
    place = replace(a_shipment().delivery.destination, address="@42", name="@ada", server=None)
    return a_shipment("@42", message, destination=place, **changes)


def texts_in(rig: Rig, place: int) -> list[str]:
    return [message["embeds"][0]["title"] for message in rig.discord.world.places[place].messages]


async def test_the_first_post_opens_a_thread_and_updates_go_there(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        first = await rig.sink.send(threaded(FIRST))
        update = await rig.sink.send(threaded(UPDATE, reply_to=first.remote_id))

        [thread] = rig.discord.threads(1001)
        assert thread.name == "Platform adds AI-training clause to its terms"
        assert texts_in(rig, thread.id) == ["Update: It says it never did"]
        assert update.remote_id.startswith(f"{thread.id}:")
        assert len(rig.discord.messages(1001)) == 1


async def test_an_update_in_a_thread_is_found_there_after_a_crash(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        first = await rig.sink.send(threaded(FIRST))
        sent = await rig.sink.send(threaded(UPDATE, reply_to=first.remote_id))
        rig.discord.world.sent[-1].pop("nonce")

        found = await rig.sink.find(threaded(UPDATE, reply_to=first.remote_id, attempted_at=NOON))

        assert found == sent


async def test_a_crash_between_the_post_and_its_thread_is_mended_when_the_post_is_found(
    tmp_path: Path,
) -> None:
    async with discord_rig(tmp_path) as rig:
        rig.discord.fail("POST", "/threads", status=403, code=50013)
        sent = await rig.sink.send(threaded(FIRST))
        assert rig.discord.threads(1001) == []

        assert await rig.sink.find(threaded(FIRST, attempted_at=NOON)) == sent
        assert len(rig.discord.threads(1001)) == 1


async def test_without_the_right_to_open_threads_an_update_answers_the_first_post(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.deny(1001, "create_public_threads")
        first = await rig.sink.send(threaded(FIRST))
        await rig.sink.send(threaded(UPDATE, reply_to=first.remote_id))

        posted = rig.discord.messages(1001)
        assert rig.discord.threads(1001) == []
        assert str(posted[1]["message_reference"]["message_id"]) == posted[0]["id"]


async def test_an_archived_thread_is_opened_again_for_an_update(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        first = await rig.sink.send(threaded(FIRST))
        [thread] = rig.discord.threads(1001)
        thread.archived = True
        await rig.discord.gateway.dispatch("THREAD_UPDATE", rig.discord.world.channel_payload(thread))

        await rig.sink.send(threaded(UPDATE, reply_to=first.remote_id))

        assert texts_in(rig, thread.id) == ["Update: It says it never did"]


async def test_a_deleted_thread_is_opened_anew_on_the_first_post(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        first = await rig.sink.send(threaded(FIRST))
        [thread] = rig.discord.threads(1001)
        rig.discord.remove_channel(thread.id)
        gone = {"id": str(thread.id), "guild_id": "500", "parent_id": "1001", "type": 11}
        await rig.discord.gateway.dispatch("THREAD_DELETE", gone)

        await rig.sink.send(threaded(UPDATE, reply_to=first.remote_id))

        assert len(rig.discord.world.sent) == 2


async def test_an_announcement_channel_has_threads_of_its_kind_and_is_published(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        news = await rig.channel("news", "news")
        first = await rig.sink.send(threaded(FIRST, news))
        await rig.sink.send(threaded(UPDATE, news, reply_to=first.remote_id))

        [thread] = rig.discord.threads(news)
        assert thread.type == 10
        assert rig.discord.messages(news)[0]["flags"] & 1


@pytest.mark.parametrize("kind", ["text", "news", "voice", "forum"])
async def test_buttons_stand_under_a_post_wherever_it_is(tmp_path: Path, kind: str) -> None:
    async with discord_rig(tmp_path) as rig:
        channel = await rig.channel("place", kind)
        await rig.sink.send(a_shipment(channel, FIRST))

        labels = [
            each["label"] for row in rig.discord.world.sent[-1]["components"] for each in row["components"]
        ]
        assert labels == ["Sources", "History", "Why?", "Follow", "Not relevant", "Mute"]


async def test_a_sent_post_leaves_nothing_in_discord_pys_memory(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        # The greeting's button is one for all servers, known from the start.
        kept, views = list(rig.client.persistent_views), dict(rig.client._connection._view_store._views)
        for n in range(20):
            await rig.sink.send(a_shipment(1001, replace(FIRST, mark=f"m{n}")))

        assert list(rig.client.persistent_views) == kept
        assert dict(rig.client._connection._view_store._views) == views
        assert not rig.client._connection._view_store._synced_message_views


async def test_a_person_is_written_to_directly_found_again_and_edited(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        sent = await rig.sink.send(to_person(FIRST))
        private = rig.discord.world.private(42)
        private.messages[0].pop("nonce")

        assert texts_in(rig, private.id) == ["Platform adds AI-training clause to its terms"]
        assert await rig.sink.find(to_person(FIRST, attempted_at=NOON)) == sent

        corrected = to_person(replace(FIRST, headline="Platform adds no clause", revision=2))
        await rig.sink.edit(
            replace(corrected, delivery=replace(corrected.delivery, remote_id=sent.remote_id))
        )
        assert texts_in(rig, private.id) == ["Platform adds no clause"]


async def test_an_update_to_a_person_answers_the_first_message(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        first = await rig.sink.send(to_person(FIRST))
        await rig.sink.send(to_person(UPDATE, reply_to=first.remote_id))

        one, two = rig.discord.world.private(42).messages
        assert str(two["message_reference"]["message_id"]) == one["id"]


async def test_who_takes_no_direct_messages_is_paused_with_what_to_do(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        rig.discord.world.closed_to_us.add(42)

        with pytest.raises(SinkError) as caught:
            await rig.sink.send(to_person(FIRST))

        assert caught.value.permanent
        assert caught.value.scope is SinkScope.DESTINATION
        assert "Allow direct messages" in caught.value.fix


async def test_a_digest_is_found_by_the_mark_of_its_last_card(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        sent = await rig.sink.send(a_shipment(1001, DIGEST))
        rig.discord.world.sent[-1].pop("nonce")

        assert len(rig.discord.world.sent[-1]["embeds"]) == 4
        assert await rig.sink.find(a_shipment(1001, DIGEST, attempted_at=NOON)) == sent


async def test_an_edit_keeps_the_buttons_and_takes_up_new_ones(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        sent = await rig.sink.send(a_shipment(1001, replace(FIRST, platforms=())))
        edited = a_shipment(1001, replace(FIRST, revision=2))
        await rig.sink.edit(replace(edited, delivery=replace(edited.delivery, remote_id=sent.remote_id)))

        [post] = rig.discord.messages(1001)
        labels = [each["label"] for row in post["components"] for each in row["components"]]
        assert labels == ["Sources", "History", "Why?", "Follow", "Not relevant", "Mute"]
