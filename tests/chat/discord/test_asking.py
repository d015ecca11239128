"""Commands that read, and those about a server or oneself."""

from pathlib import Path

from bot.model import Server, Topic
from tests.builders import NOON, a_new_subscription
from tests.chat.discord.telling import tell
from tests.fake_discord.rig import discord_rig


async def test_a_search_finds_stories_by_words_and_turns_pages(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        for n in range(7):
            await tell(rig.store, f"Label number {n} sues a model maker", Topic.LAWSUIT, "Suno")
        await tell(rig.store, "A clause appears", Topic.TERMS_TRAINING, "SoundCloud")
        found = await rig.discord.use("search", text="label sues", permissions=0)
        assert found.text.count("model maker") == 5

        second = await rig.discord.press(found, "next")

        assert second.text.count("model maker") == 2
        assert "no story" in (await rig.discord.use("search", text="label sues", platform="SoundCloud")).text


async def test_a_story_is_picked_by_its_headline_and_explained(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await tell(rig.store, "Suno is sued by a label", Topic.LAWSUIT, "Suno")
        (choice,) = await rig.discord.complete("story", "story", "sued")
        assert choice["name"] == "Suno is sued by a label"

        assert "Suno is sued" in (await rig.discord.use("story", story=choice["value"])).text
        why = await rig.discord.use("why", story=choice["value"])
        assert "Lawsuits" in why.text
        assert "a reason made for a test" in why.text
        assert "not posted in this place" in why.text
        assert "know no story like" in (await rig.discord.use("story", story="never heard of")).text
        assert "have not seen" in (await rig.discord.use("why", address="https://gazette.example/none")).text


async def test_a_suggestion_is_kept_and_a_flood_of_them_is_not(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        for n in range(5):
            await rig.discord.use("suggest", source=f"https://gazette-{n}.example", permissions=0)
        answer = await rig.discord.use("suggest", source="https://one-more.example", permissions=0)

        assert "5 suggestions" in answer.text
        assert len(await rig.store.suggestions(settled=False, person="42")) == 5


async def test_sources_say_how_many_there_are(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        assert "144 sources" in (await rig.discord.use("sources", permissions=0)).text


async def test_a_server_is_set_up_and_approval_switched_on_and_off(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        news = await rig.channel("approvals")
        shown = await rig.discord.use("settings", language="de", zone="berlin", approval=news, hours=6)
        assert f"<#{news}>" in shown.text
        kept = await rig.store.server("500")
        assert (kept.lang, kept.zone, kept.approval_channel, kept.approval_hours) == (
            "de", "Europe/Berlin", str(news), 6,
        )  # fmt: skip

        await rig.discord.use("settings", post_at_once=True)
        assert (await rig.store.server("500")).approval_channel is None


async def test_check_names_what_is_missing_and_lets_go_on_what_is_mended(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        closed = await rig.channel("closed")
        await rig.deny(closed, "embed_links")
        held = await rig.store.add_subscription(a_new_subscription("1001"), NOON)
        await rig.store.add_subscription(a_new_subscription(str(closed)), NOON)
        await rig.store.pause_destination(held.destination.id, "I may not post there.", NOON)
        answer = await rig.discord.use("check")

        assert "✅ <#1001> · goes on" in answer.text
        assert f"⚠️ <#{closed}>: give me *Embed Links*" in answer.text


async def test_help_and_privacy_answer_everybody(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        assert "/subscribe" in (await rig.discord.use("help", permissions=0)).text
        assert "no messages" in (await rig.discord.use("privacy", permissions=0)).text


async def test_a_person_and_a_server_are_forgotten_when_they_say_so_twice(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.store.add_subscription(a_new_subscription("1001"), NOON)
        await rig.store.add_subscription(a_new_subscription("@42", server=None), NOON)
        kept = await rig.discord.press(await rig.discord.use("forget"), "keep")
        assert "Nothing was deleted" in kept.text
        assert len(await rig.store.subscriptions()) == 2

        await rig.discord.press(await rig.discord.use("forget"), "forget")
        assert [each.destination.address for each in await rig.store.subscriptions()] == ["1001"]
        await rig.discord.press(await rig.discord.use("forget", what="server"), "forget")
        assert await rig.store.subscriptions() == []
        assert await rig.store.server("500") == Server("500")


async def test_only_managers_have_a_server_forgotten(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        answer = await rig.discord.use("forget", what="server", permissions=0)

        assert "*Manage Server*" in answer.text
        assert answer.messages[-1].get("components", []) == []


async def test_answers_come_in_the_askers_language(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        payload, answer = rig.discord.desk.call("latest", {}, guild=500, channel=1001, permissions=0)
        await rig.discord.gateway.dispatch("INTERACTION_CREATE", payload | {"locale": "de"})
        await answer.wait()

        assert "/neueste" in answer.text
