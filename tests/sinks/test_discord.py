"""The Discord sink through the unmodified discord.py, against the fake Discord over HTTP and a gateway."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import SinkError, SinkScope
from bot.model import MessageKind, Turn
from tests.builders import a_message
from tests.fake_discord.rig import a_shipment, discord_rig

FIRST = a_message("Platform adds a clause")
UPDATE = a_message("Platform answers", n=2, mark="sabcdefghij-2", kind=MessageKind.UPDATE, turn=Turn.DENIAL)


async def test_a_message_arrives_as_a_card_with_its_mark_and_a_link_to_it(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        receipt = await rig.sink.send(a_shipment(1001, FIRST))

        (message,) = rig.discord.messages(1001)
        assert receipt.remote_id == f"1001:{message['id']}"
        assert receipt.url == f"https://discord.com/channels/500/1001/{message['id']}"
        (card,) = message["embeds"]
        assert card["title"] == "Platform adds a clause"
        assert card["url"] == "https://gazette.example/clause"
        assert card["footer"]["text"].endswith("sabcdefghij-1")


async def test_nothing_in_a_text_pings_but_the_subscribed_role_does(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        loud = a_message("@everyone <@&777> look", what="@here <@42>")
        await rig.sink.send(a_shipment(1001, loud, roles=("3001",)))

        assert rig.discord.world.pinged == ["3001"]
        assert rig.discord.messages(1001)[0]["content"] == "<@&3001>"


async def test_sending_twice_within_minutes_posts_once(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        first = await rig.sink.send(a_shipment())
        again = await rig.sink.send(a_shipment())

        assert first == again
        assert len(rig.discord.messages(1001)) == 1


async def test_an_update_answers_the_first_message(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        first = await rig.sink.send(a_shipment(1001, FIRST))
        await rig.sink.send(a_shipment(1001, UPDATE, reply_to=first.remote_id))

        reply = rig.discord.messages(1001)[1]["message_reference"]
        assert f"{reply['channel_id']}:{reply['message_id']}" == first.remote_id


async def test_an_update_to_a_deleted_message_is_posted_all_the_same(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.sink.send(a_shipment(1001, UPDATE, reply_to="1001:77"))

        assert len(rig.texts(1001)) == 1


async def test_an_update_is_no_reply_where_history_may_not_be_read(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        first = await rig.sink.send(a_shipment(1001, FIRST))
        await rig.deny(1001, "read_message_history")
        await rig.sink.send(a_shipment(1001, UPDATE, reply_to=first.remote_id))

        assert "message_reference" not in rig.discord.messages(1001)[1]


async def test_where_cards_may_not_be_shown_the_words_and_the_link_arrive(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.deny(1001, "embed_links")
        await rig.sink.send(a_shipment(1001, FIRST))

        (message,) = rig.discord.messages(1001)
        assert message["content"].splitlines() == [
            "**Platform adds a clause**",
            "https://gazette.example/clause",
            "-# sabcdefghij-1",
        ]


async def test_a_refused_card_goes_once_more_as_title_and_link(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        refusal = rig.discord.fail("POST", "/channels/1001/messages", status=400, code=50035)
        await rig.sink.send(a_shipment(1001, FIRST))

        assert refusal.seen == 1
        assert rig.discord.messages(1001)[0]["content"].startswith("**Platform adds a clause**")


async def test_an_announcement_is_published_to_the_servers_that_follow(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        news = await rig.channel("announcements", "news")
        await rig.sink.send(a_shipment(news))

        assert rig.discord.messages(news)[0]["flags"] == 1


async def test_what_discord_would_not_publish_within_the_hour_is_posted_unpublished(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        rig.discord.limits.crossposts = (10, 3600.0)
        news = await rig.channel("announcements", "news")
        for n in range(12):
            mark = f"sabcdefghij-{n}"
            await rig.sink.send(a_shipment(news, a_message(mark=mark)))

        assert [message["flags"] for message in rig.discord.messages(news)] == [1] * 10 + [0] * 2


async def test_a_message_that_cannot_be_published_is_delivered_all_the_same(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        news = await rig.channel("announcements", "news")
        rig.discord.fail("POST", "/crosspost", status=403, code=50013)
        receipt = await rig.sink.send(a_shipment(news))

        assert receipt.remote_id.startswith(f"{news}:")


async def test_in_a_forum_each_story_is_a_post_and_its_updates_go_into_it(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        forum = await rig.channel("stories", "forum", tags=("Chat", "Terms & Training", "SoundCloud"))
        first = await rig.sink.send(a_shipment(forum, FIRST))
        await rig.sink.send(a_shipment(forum, UPDATE, reply_to=first.remote_id))

        (post,) = rig.discord.threads(forum)
        assert post.name == "Platform adds a clause"
        assert post.applied_tags == [forum * 100 + 1, forum * 100 + 2]
        assert rig.texts(post.id) == ["Platform adds a clause", "Update (denial): Platform answers"]
        assert first.remote_id == f"{post.id}:{post.id}"


async def test_a_forum_that_asks_for_a_tag_gets_its_first_when_none_fits(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        rig.discord.add_channel("stories", "forum", tags=("News", "Chat"))
        rig.discord.world.places[1002].needs_tag = True
        await rig._tell("CHANNEL_CREATE", 1002)
        await rig.sink.send(a_shipment(1002, FIRST))

        assert rig.discord.threads(1002)[0].applied_tags == [100200]


async def test_a_long_headline_makes_a_forum_post_of_at_most_a_hundred_characters(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        forum = await rig.channel("stories", "forum")
        await rig.sink.send(a_shipment(forum, a_message("Very long news " * 40)))

        assert 60 < len(rig.discord.threads(forum)[0].name) <= 100


async def test_an_update_to_a_deleted_forum_post_opens_a_new_one(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        forum = await rig.channel("stories", "forum")
        first = await rig.sink.send(a_shipment(forum, FIRST))
        rig.discord.remove_channel(int(first.remote_id.split(":")[0]))
        await rig.sink.send(a_shipment(forum, UPDATE, reply_to=first.remote_id))

        assert [post.name for post in rig.discord.threads(forum)] == ["Update (denial): Platform answers"]


async def test_an_update_to_a_locked_forum_post_opens_a_new_one(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        forum = await rig.channel("stories", "forum")
        first = await rig.sink.send(a_shipment(forum, FIRST))
        rig.discord.threads(forum)[0].locked = True
        await rig.sink.send(a_shipment(forum, UPDATE, reply_to=first.remote_id))

        assert len(rig.discord.threads(forum)) == 2


async def test_a_thread_and_a_voice_channels_text_take_messages_too(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        thread = await rig.thread("terms", 1001)
        voice = await rig.channel("lounge", "voice")
        await rig.sink.send(a_shipment(thread))
        await rig.sink.send(a_shipment(voice))

        assert len(rig.texts(thread)) == len(rig.texts(voice)) == 1


async def test_an_archived_thread_is_opened_once_and_gets_its_message(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        thread = await rig.thread("terms", 1001, archived=True)
        rig.discord.fail("POST", f"/channels/{thread}/messages", status=400, code=50083)
        await rig.sink.send(a_shipment(thread))

        assert ("PATCH", f"/channels/{thread}") in rig.discord.requests
        assert len(rig.texts(thread)) == 1


async def test_a_sink_is_ready_only_while_its_client_is_connected(tmp_path: Path) -> None:
    async with discord_rig(tmp_path, start=False) as rig:
        assert not rig.sink.is_ready()
        rig.start()
        await rig.ready()
        assert rig.sink.is_ready()
        await rig.client.close()
        assert not rig.sink.is_ready()


async def test_an_edit_changes_the_card_in_place_and_pings_nobody(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        receipt = await rig.sink.send(a_shipment(1001, FIRST, roles=("3001",)))
        pinged = list(rig.discord.world.pinged)
        shipment = a_shipment(1001, replace(FIRST, headline="Platform adds no clause", revision=2))
        posted = replace(shipment.delivery, remote_id=receipt.remote_id)

        await rig.sink.edit(replace(shipment, delivery=posted))
        await rig.sink.edit(replace(shipment, delivery=posted))

        (message,) = rig.discord.messages(1001)
        assert message["embeds"][0]["title"] == "Platform adds no clause"
        assert message["embeds"][0]["footer"]["text"].endswith("sabcdefghij-1")
        assert rig.discord.world.pinged == pinged


async def test_an_edit_of_a_deleted_post_is_given_up_and_the_channel_stays_open(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        shipment = a_shipment(1001, FIRST)
        gone = replace(shipment, delivery=replace(shipment.delivery, remote_id="1001:77"))

        with pytest.raises(SinkError) as caught:
            await rig.sink.edit(gone)

        assert caught.value.permanent
        assert caught.value.scope is SinkScope.DELIVERY
