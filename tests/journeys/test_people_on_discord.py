"""From a press to what it leads to, over the real flows: publishing, the outbox, discord.py, and edits."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.flows.delivery.amend import amend
from bot.flows.delivery.context import DeliveryContext
from bot.flows.delivery.deliver import deliver
from bot.flows.delivery.digest import digest
from bot.flows.delivery.publish import ExtractiveSummariser, Publisher, publish
from bot.logic.messages.buttons import ButtonAct
from bot.model import Edition, Link, Message, MessageKind, SinkKind, StoryView, Summary
from tests.builders import NOON, a_message, a_new_subscription
from tests.chat.discord.test_buttons import buttons_of
from tests.fake_discord.rig import Rig, discord_rig
from tests.flows.outbox import make_ready

STORY = "sjourneyaaa"


def compose(view: StoryView, edition: Edition, summary: Summary) -> Message:
    kind = MessageKind.FIRST if edition.n == 1 else MessageKind.UPDATE
    return a_message(
        view.entries[-1].entry.title,
        story_id=view.story.id,
        n=edition.n,
        mark=f"{view.story.id}-{edition.n}",
        kind=kind,
    )


def nothing(view: StoryView, edition: Edition) -> Summary:
    return Summary("", "", (), None, (), (), (Link("Gazette", ""),), "en")


async def one_round(rig: Rig, office: DeliveryContext) -> None:
    publisher = Publisher(rig.store, rig.clock, ExtractiveSummariser(nothing), compose)
    await publish(publisher)
    await digest(rig.store, rig.clock)
    await deliver(office)
    await amend(office)


def pressed(message: dict[str, Any], act: ButtonAct) -> str:
    return next(each for each in buttons_of(message) if f":{act.value}:" in each)


async def test_a_held_story_goes_out_once_somebody_approves_it_and_its_card_says_who(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        office = DeliveryContext(rig.store, {SinkKind.DISCORD: rig.sink}, rig.clock)
        decisions = await rig.channel("decisions")
        server = replace(await rig.store.server("500"), approval_channel=str(decisions), lang="en")
        await rig.store.save_server(server)
        await rig.store.add_subscription(a_new_subscription(), NOON)
        await make_ready(rig.store, "Platform adds a clause", story_id=STORY)

        await one_round(rig, office)
        assert rig.discord.messages(1001) == []
        [card] = rig.discord.messages(decisions)
        await rig.discord.click(card, pressed(card, ButtonAct.APPROVE), channel=decisions)
        await one_round(rig, office)
        await one_round(rig, office)

        assert rig.texts(1001) == ["Platform adds a clause"]
        [card] = rig.discord.messages(decisions)
        assert card["embeds"][0]["fields"][0]["value"] == "Approved by ada"
        assert card["components"] == []


async def test_who_follows_a_story_hears_of_its_update_directly_and_of_nothing_else(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        office = DeliveryContext(rig.store, {SinkKind.DISCORD: rig.sink}, rig.clock)
        await rig.store.add_subscription(a_new_subscription(), NOON)
        await make_ready(rig.store, "Platform adds a clause", story_id=STORY)
        await one_round(rig, office)
        [post] = rig.discord.messages(1001)
        await rig.discord.click(post, pressed(post, ButtonAct.FOLLOW), permissions=0)
        await make_ready(rig.store, "Another platform is sued", story_id="sotheraaaaa")
        await one_round(rig, office)
        await make_ready(rig.store, "Platform says it never did", story_id=STORY, n=2)
        await one_round(rig, office)

        private = rig.discord.world.private(42)
        [direct] = private.messages
        assert direct["embeds"][0]["footer"]["text"].endswith(f"{STORY}-2")
        assert len(rig.discord.messages(1001)) == 3

        await rig.discord.click(direct, pressed(direct, ButtonAct.UNFOLLOW), guild=None, channel=private.id)
        await make_ready(rig.store, "Platform says it again", story_id=STORY, n=3)
        await one_round(rig, office)
        assert len(private.messages) == 1


async def test_a_muted_story_is_told_no_further_there(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        office = DeliveryContext(rig.store, {SinkKind.DISCORD: rig.sink}, rig.clock)
        other = await rig.channel("also")
        for channel in (1001, other):
            await rig.store.add_subscription(a_new_subscription(str(channel)), NOON)
        await make_ready(rig.store, "Platform adds a clause", story_id=STORY)
        await one_round(rig, office)
        [post] = rig.discord.messages(1001)
        await rig.discord.click(post, pressed(post, ButtonAct.MUTE))
        await make_ready(rig.store, "Platform says it never did", story_id=STORY, n=2)
        await one_round(rig, office)

        assert len(rig.discord.messages(1001)) == 1
        assert len(rig.discord.messages(other)) == 2


async def test_presses_are_answered_on_every_shard(tmp_path: Path) -> None:
    far = (1 << 22) + 500  # the other shard's: (id >> 22) % 2
    async with discord_rig(tmp_path, start=False) as rig:
        rig.discord.gateway.shards = 2
        rig.discord.add_guild(far, "Far label")
        elsewhere = rig.discord.add_channel("far-policy", guild=far)
        rig.start()
        await rig.ready()
        await rig.discord.gateway.wait_for(identifies=2)
        office = DeliveryContext(rig.store, {SinkKind.DISCORD: rig.sink}, rig.clock)
        await rig.store.add_subscription(a_new_subscription(), NOON)
        await rig.store.add_subscription(a_new_subscription(str(elsewhere), server=str(far)), NOON)
        await make_ready(rig.store, "Platform adds a clause", story_id=STORY)
        await one_round(rig, office)

        assert rig.client.shard_count == 2
        for guild, channel in ((500, 1001), (far, elsewhere)):
            [post] = rig.discord.messages(channel)
            answer = await rig.discord.click(
                post, pressed(post, ButtonAct.MUTE), guild=guild, channel=channel
            )
            assert f"<#{channel}>" in answer.text
        muted = (await rig.store.routing_facts(STORY, NOON)).muted
        assert len(muted) == 2


async def test_a_session_lost_on_one_shard_comes_back_and_the_other_goes_on(tmp_path: Path) -> None:
    async with discord_rig(tmp_path, start=False) as rig:
        rig.discord.gateway.shards = 2
        rig.start()
        await rig.ready()
        gateway = rig.discord.gateway
        await gateway.wait_for(identifies=2)
        sessions = {session.shard[0]: session for session in gateway.live}
        socket = sessions[1].socket
        assert socket is not None
        socket.cut()

        await gateway.wait_for(resumes=1)

        assert sorted(session.shard[0] for session in gateway.live) == [0, 1]
        assert rig.sink.is_ready()
