"""People press what is under a post: with the real discord.py, on a fake Discord, with a real memory."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from bot.chat.discord.client import build_client
from bot.chat.discord.desk import About
from bot.flows.people.readers import following
from bot.logic.messages.buttons import ButtonAct, Press, button_id
from bot.model import Deadline, Message, Reason, SinkKind
from bot.store.store import SqlStore
from tests.builders import NOON, a_message, a_new_subscription, a_story, a_verdict, an_edition
from tests.fake_discord.interactions import Answer
from tests.fake_discord.rig import PLATFORMS, TOPICS, Rig, a_shipment, discord_rig, until
from tests.store.memory import Memory

MEMBER = 0
STORY = "sabcdefghij"


async def told_story(store: SqlStore, title: str = "Platform adds AI-training clause to its terms") -> str:
    """A story of one report, as clustering would leave it."""
    memory = Memory(store)
    reasons = (Reason("music", "names SoundCloud", 1.0), Reason("policy", "speaks of terms", 0.8))
    entry_id = await memory.entry(title, a_verdict(reasons=reasons), seen_at=NOON, published_at=NOON)
    await memory.cluster(entry_id, a_story(STORY, lead_id=entry_id), an_edition(STORY, entry_id=entry_id))
    return STORY


@dataclass
class Told:
    """A rig with one story told in #ai-policy."""

    rig: Rig
    story_id: str
    message: Message
    post: dict[str, Any]

    def id_of(self, act: ButtonAct) -> str:
        found = [each for each in buttons_of(self.post) if f":{act.value}:" in each]
        assert len(found) == 1, buttons_of(self.post)
        return found[0]

    async def press(self, act: ButtonAct, **how: Any) -> Answer:
        return await self.rig.discord.click(self.post, self.id_of(act), **how)


def buttons_of(message: Mapping[str, Any]) -> list[str]:
    return [
        each["custom_id"]
        for row in message["components"]
        for each in row["components"]
        if "custom_id" in each
    ]


def under(post: dict[str, Any], custom_id: str) -> dict[str, Any]:
    """The post with one other button under it."""
    button = {"type": 2, "style": 2, "label": "X", "custom_id": custom_id}
    return post | {"components": [{"type": 1, "components": [button]}]}


@asynccontextmanager
async def told(folder: Path, **changes: Any) -> AsyncIterator[Told]:
    async with discord_rig(folder) as rig:
        story_id = await told_story(rig.store)
        await rig.store.add_subscription(a_new_subscription(platforms=frozenset({"SoundCloud"})), NOON)
        message = a_message(story_id=story_id, mark=f"{story_id}-1", **changes)
        await rig.sink.send(a_shipment(1001, message))
        [post] = rig.discord.messages(1001)
        yield Told(rig, story_id, message, post)


async def test_under_a_post_stand_its_buttons_in_two_rows(tmp_path: Path) -> None:
    async with told(tmp_path) as it:
        labels = [[each["label"] for each in row["components"]] for row in it.post["components"]]

        assert labels == [["Sources", "History", "Why?", "Follow"], ["Not relevant", "Mute"]]


async def test_sources_are_told_with_links_and_times_to_the_presser_alone(tmp_path: Path) -> None:
    async with told(tmp_path) as it:
        answer = await it.press(ButtonAct.SOURCES, permissions=MEMBER)

        assert answer.ephemeral
        assert "**Gazette** <t:" in answer.text
        assert "](https://gazette.example/" in answer.text


async def test_why_this_names_the_topic_the_subscription_and_the_evidence(tmp_path: Path) -> None:
    async with told(tmp_path) as it:
        answer = await it.press(ButtonAct.WHY, permissions=MEMBER)

        assert "About: SoundCloud" in answer.text
        assert "this place asked for: SoundCloud" in answer.text
        assert "•" in answer.text


async def test_history_says_when_there_is_none(tmp_path: Path) -> None:
    async with told(tmp_path) as it:
        answer = await it.press(ButtonAct.HISTORY, permissions=MEMBER)

        assert answer.text == "I have nothing on record for SoundCloud yet beyond this story."


async def test_an_answer_comes_in_the_pressers_language(tmp_path: Path) -> None:
    async with told(tmp_path) as it:
        answer = await it.press(ButtonAct.IRRELEVANT, permissions=MEMBER, locale="ja")

        assert "運営者が確認します" in answer.text
        assert answer.messages[-1]["components"][0]["components"][0]["label"] == "元に戻す"


async def test_not_relevant_is_kept_once_a_person_and_can_be_taken_back(tmp_path: Path) -> None:
    async with told(tmp_path) as it:
        first = await it.press(ButtonAct.IRRELEVANT, permissions=MEMBER)
        again = await it.press(ButtonAct.IRRELEVANT, permissions=MEMBER)
        await it.press(ButtonAct.IRRELEVANT, permissions=MEMBER, user=43)
        kept = await it.rig.store.feedback(limit=10)

        assert "Noted" in first.text
        assert "You said so already" in again.text
        assert sorted((each.person, each.sink, each.server) for each in kept) == [
            ("42", SinkKind.DISCORD, "500"),
            ("43", SinkKind.DISCORD, "500"),
        ]

        [undo] = buttons_of(first.messages[-1])
        taken_back = await it.rig.discord.click(first.messages[-1], undo)
        assert taken_back.text == "Taken back."
        assert [each.person for each in await it.rig.store.feedback(limit=10)] == ["43"]


async def test_a_story_is_followed_by_direct_message_and_let_go_again(tmp_path: Path) -> None:
    async with told(tmp_path) as it:
        answer = await it.press(ButtonAct.FOLLOW, permissions=MEMBER, locale="de")
        again = await it.press(ButtonAct.FOLLOW, permissions=MEMBER, locale="de")
        held = await following(it.rig.store, it.story_id, "42")

        assert "schreibe ich dir direkt" in answer.text
        assert again.text == "Du folgst dieser Geschichte schon."
        assert held is not None
        assert (held.destination.address, held.destination.lang, held.story_id) == ("@42", "de", it.story_id)

        [undo] = buttons_of(answer.messages[-1])
        await it.rig.discord.click(answer.messages[-1], undo)
        assert await following(it.rig.store, it.story_id, "42") is None


async def test_a_member_cannot_mute_for_everybody_a_manager_can_and_takes_it_back(tmp_path: Path) -> None:
    async with told(tmp_path) as it:
        refused = await it.press(ButtonAct.MUTE, permissions=MEMBER)
        before = await it.rig.store.routing_facts(it.story_id, NOON)
        muted = await it.press(ButtonAct.MUTE)
        after = await it.rig.store.routing_facts(it.story_id, NOON)

        assert "Manage Server" in refused.text
        assert not before.muted
        assert "<#1001>" in muted.text
        assert len(after.muted) == 1

        [undo] = buttons_of(muted.messages[-1])
        await it.rig.discord.click(muted.messages[-1], undo)
        assert not (await it.rig.store.routing_facts(it.story_id, NOON)).muted


async def test_who_holds_the_managers_role_may_mute(tmp_path: Path) -> None:
    async with told(tmp_path) as it:
        role = it.rig.discord.add_role("moderators")
        await it.rig.store.save_server(replace(await it.rig.store.server("500"), manager_role=str(role)))
        await it.rig.discord.gateway.dispatch(
            "GUILD_ROLE_CREATE",
            {
                "guild_id": "500",
                "role": {**it.rig.discord.world.guild_payload(it.rig.discord.world.guilds[500])["roles"][-1]},
            },
        )
        payload, answer = it.rig.discord.desk.click(
            it.post, it.id_of(ButtonAct.MUTE), guild=500, channel=1001, permissions=MEMBER
        )
        payload["member"]["roles"] = [str(role)]
        await it.rig.discord.gateway.dispatch("INTERACTION_CREATE", payload)
        await answer.wait()

        assert "<#1001>" in answer.text


async def test_a_deadline_goes_into_any_calendar(tmp_path: Path) -> None:
    deadline = Deadline(NOON + timedelta(days=9), "opt-out", "Opt out before the 18th.", 1)
    async with told(tmp_path, deadline=deadline) as it:
        answer = await it.press(ButtonAct.CALENDAR, permissions=MEMBER)

        [(name, content)] = answer.files.items()
        [event] = icalendar.Calendar.from_ical(content).walk("VEVENT")
        assert name == f"{it.story_id}.ics"
        assert event.decoded("dtstart").isoformat() == "2025-05-18"
        assert event.decoded("dtend").isoformat() == "2025-05-19"
        assert str(event["summary"]).startswith("Opt-out ends: ")
        assert [alarm.decoded("trigger") for alarm in event.walk("VALARM")] == [
            -timedelta(days=7),
            -timedelta(days=1),
        ]
        assert "<t:1747569600:D>" in answer.text
        [link] = answer.messages[-1]["components"][0]["components"]
        assert "dates=20250518%2F20250519" in link["url"]


async def test_a_button_of_a_story_that_is_no_longer_kept_says_so(tmp_path: Path) -> None:
    async with told(tmp_path) as it:
        gone = it.id_of(ButtonAct.SOURCES).replace(it.story_id, "szzzzzzzzzz")

        answer = await it.rig.discord.click(under(it.post, gone), gone)

        assert answer.text == "I no longer have this story. Try /latest."


@pytest.mark.parametrize(
    "custom_id", ["sp:unheard:sabcdefghij:1", "sp:why:../../x:1", "sp:why:sabcdefghij:1:99999999999:x;drop"]
)
async def test_an_id_that_nobody_of_us_wrote_does_no_harm(tmp_path: Path, custom_id: str) -> None:
    async with told(tmp_path) as it:
        post = under(it.post, custom_id)
        payload, _ = it.rig.discord.desk.click(post, custom_id, guild=500, channel=1001)
        await it.rig.discord.gateway.dispatch("INTERACTION_CREATE", payload)

        assert "Gazette" in (await it.press(ButtonAct.SOURCES)).text


async def test_buttons_of_before_work_in_a_process_that_never_sent_them(tmp_path: Path) -> None:
    async with told(tmp_path) as it:
        rig = it.rig
        rig.runs[-1].cancel()
        await until(lambda: not rig.discord.gateway.live)
        rig.client = build_client(
            rig.store, rig.clock, platforms=PLATFORMS, topics=TOPICS, about=About("0.1", 1, ""),
            api_url=rig.discord.api_url, ready_seconds=0.05,
        )  # fmt: skip
        rig.start()
        await rig.discord.gateway.wait_for(identifies=2)
        await until(rig.client.is_ready)

        answer = await it.press(ButtonAct.IRRELEVANT)

        assert "Noted" in answer.text


async def test_a_press_during_a_cut_connection_is_answered_after_the_resume(tmp_path: Path) -> None:
    async with told(tmp_path) as it:
        gateway = it.rig.discord.gateway
        gateway.cut()
        await until(lambda: not gateway.live)
        payload, answer = it.rig.discord.desk.click(
            it.post, it.id_of(ButtonAct.SOURCES), guild=500, channel=1001
        )
        await gateway.dispatch("INTERACTION_CREATE", payload)
        await gateway.wait_for(resumes=1)

        assert "Gazette" in (await answer.wait()).text


async def test_a_memory_in_trouble_is_told_in_one_private_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with told(tmp_path) as it:

        async def broken(*_: object) -> None:
            raise OSError("the disk is gone, says /secret/path")

        monkeypatch.setattr(SqlStore, "story", broken)
        answer = await it.press(ButtonAct.WHY)

        assert answer.ephemeral
        assert (
            answer.text == "Something went wrong on my side and nothing was changed. Try again in a minute."
        )


async def test_hostile_words_in_a_report_stay_words_in_an_answer(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        story_id = await told_story(
            rig.store, title="@everyone [click](https://evil.example) <t:1:R> **now**"
        )
        await rig.sink.send(a_shipment(1001, a_message(story_id=story_id, mark="m")))
        [post] = rig.discord.messages(1001)

        answer = await rig.discord.click(post, button_id(Press(ButtonAct.SOURCES, story_id)))

        assert "@everyone" not in answer.text
        assert "\\[click\\]" in answer.text
        assert "](https://evil.example" not in answer.text


async def test_in_direct_messages_the_button_ends_following(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        story_id = await told_story(rig.store)
        person = replace(a_shipment().delivery.destination, address="@42", name="@ada", server=None)
        await rig.sink.send(a_shipment(destination=person, message=a_message(story_id=story_id, mark="m")))
        [post] = rig.discord.world.private(42).messages

        labels = [each["label"] for row in post["components"] for each in row["components"]]
        answer = await rig.discord.click(
            post,
            button_id(Press(ButtonAct.UNFOLLOW, story_id)),
            guild=None,
            channel=rig.discord.world.private(42).id,
        )

        assert "Unfollow" in labels
        assert "Mute" not in labels
        assert answer.text == "You no longer follow this story."
