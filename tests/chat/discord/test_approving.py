"""A server's people decide what goes out: the card, its buttons, and what becomes of what is held."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.chat.discord.client import build_client
from bot.chat.discord.desk import About
from bot.flows.people.approve import ServerDecision, decide, release
from bot.logic.messages.approval import card_id, card_of
from bot.logic.messages.buttons import ButtonAct
from bot.model import Decision, DeliveryState, PlannedDelivery, Publication, Shipment
from bot.model.plans import PlannedCard
from bot.words import say
from tests.builders import NOON, a_message, a_new_subscription, a_story, an_edition
from tests.fake_discord.interactions import Answer
from tests.fake_discord.rig import PLATFORMS, TOPICS, Rig, discord_rig, until
from tests.store.memory import Memory

STORY = "sabcdefghij"


@dataclass
class Asked:
    """A story that waits for approval at server 500, its card posted in channel 1002."""

    rig: Rig
    card: dict[str, Any]

    async def press(self, act: ButtonAct, **how: Any) -> Answer:
        [custom_id] = [
            each["custom_id"]
            for row in self.card["components"]
            for each in row["components"]
            if f":{act.value}:" in each["custom_id"]
        ]
        return await self.rig.discord.click(self.card, custom_id, channel=1002, **how)

    async def state(self) -> DeliveryState:
        [delivery] = await self.rig.store.deliveries(limit=5, story_id=STORY)
        return delivery.state

    async def headline(self) -> str:
        [delivery] = await self.rig.store.deliveries(limit=5, story_id=STORY)
        return delivery.message.headline


@asynccontextmanager
async def asked(folder: Path, hours: int | None = None) -> AsyncIterator[Asked]:
    async with discord_rig(folder) as rig:
        store = rig.store
        await rig.channel("decisions")
        server = replace(await store.server("500"), approval_channel="1002", approval_hours=hours, lang="en")
        await store.save_server(server)
        memory = Memory(store)  # type: ignore[arg-type]  # the rig's is a SqlStore
        entry_id = await memory.entry("Platform adds a clause")
        await memory.cluster(entry_id, a_story(STORY, lead_id=entry_id), an_edition(STORY, entry_id=entry_id))
        wanted = await store.add_subscription(a_new_subscription(), NOON)
        places = await store.approval_places(["500"], NOON)
        message = a_message(story_id=STORY, mark=f"{STORY}-1")
        card = card_of(message, "500")
        held = PlannedDelivery(wanted.destination.id, (), "held", is_held=True)
        planned = PlannedCard("500", card, PlannedDelivery(places["500"], (), "card"))
        await store.save_publication(Publication(STORY, 1, message, (held,), NOON, (), cards=(planned,)))
        [waiting] = await store.deliveries(limit=5, story_id=card_id("500", STORY))
        receipt = await rig.sink.send(Shipment(waiting))
        await store.mark_sent(waiting.id, receipt, NOON)
        [post] = rig.discord.messages(1002)
        yield Asked(rig, post)


async def test_the_card_shows_the_story_and_waits(tmp_path: Path) -> None:
    async with asked(tmp_path) as it:
        labels = [each["label"] for row in it.card["components"] for each in row["components"]]
        fields = {field["name"]: field["value"] for field in it.card["embeds"][0]["fields"]}

        assert labels == ["Approve", "Headline", "Skip"]
        assert fields["Decision"] == "Waits for your word."
        assert await it.state() is DeliveryState.HELD


async def test_approve_lets_it_go_keeps_who_decided_and_the_card_says_so(tmp_path: Path) -> None:
    async with asked(tmp_path) as it:
        answer = await it.press(ButtonAct.APPROVE, user=77)
        kept = await it.rig.store.approval("500", STORY, 1)
        [card] = await it.rig.store.deliveries(limit=5, story_id=card_id("500", STORY))
        await it.rig.sink.edit(Shipment(card))
        [shown] = it.rig.discord.messages(1002)

        assert answer.text == "Done: it goes out now."
        assert await it.state() is DeliveryState.DUE
        assert kept is not None
        assert (kept.decision, kept.decided_by) == (Decision.APPROVED, "77")
        assert card.edit_due_at is not None
        assert shown["embeds"][0]["fields"][0] == {
            "name": "Decision",
            "value": "Approved by ada",
            "inline": False,
        }
        assert shown["components"] == []


async def test_another_headline_is_written_in_a_form_and_goes_out_here_alone(tmp_path: Path) -> None:
    async with asked(tmp_path) as it:
        form = await it.press(ButtonAct.HEADLINE)
        assert form.modal is not None
        [row] = form.modal["components"]
        assert row["components"][0]["value"] == "Platform adds AI-training clause to its terms"

        answer = await it.rig.discord.submit(form, Headline="  A calmer @everyone headline ")

        assert answer.text == "Done: it goes out now."
        assert await it.headline() == "A calmer @everyone headline"
        kept = await it.rig.store.approval("500", STORY, 1)
        assert kept is not None
        assert kept.headline == "A calmer @everyone headline"
        composed = await it.rig.store.composed(STORY, 1)
        assert composed is not None
        assert composed.headline == "Platform adds AI-training clause to its terms"


async def test_skip_gives_it_up(tmp_path: Path) -> None:
    async with asked(tmp_path) as it:
        answer = await it.press(ButtonAct.SKIP)

        assert answer.text == "Done: it does not go out here."
        assert await it.state() is DeliveryState.ABANDONED


async def test_the_first_word_stands_whoever_presses_later(tmp_path: Path) -> None:
    async with asked(tmp_path) as it:
        await it.press(ButtonAct.SKIP)
        late = await it.press(ButtonAct.APPROVE, user=43)
        form = await it.press(ButtonAct.HEADLINE, user=44)

        assert late.text == "This was decided already."
        assert form.text == "This was decided already."
        assert await it.state() is DeliveryState.ABANDONED


async def test_who_may_not_manage_the_server_decides_nothing(tmp_path: Path) -> None:
    async with asked(tmp_path) as it:
        for act in (ButtonAct.APPROVE, ButtonAct.SKIP, ButtonAct.HEADLINE):
            answer = await it.press(act, permissions=0)
            assert "Manage Server" in answer.text

        assert await it.state() is DeliveryState.HELD


async def test_without_hours_a_story_waits_for_ever(tmp_path: Path) -> None:
    async with asked(tmp_path) as it:
        it.rig.clock.move(timedelta(days=400))

        assert await it.rig.store.next_release_at() is None
        assert await release(it.rig.store, it.rig.clock) == 0
        assert await it.state() is DeliveryState.HELD


async def test_with_hours_it_goes_by_itself_once_and_the_card_says_so(tmp_path: Path) -> None:
    async with asked(tmp_path, hours=12) as it:
        store, clock = it.rig.store, it.rig.clock
        assert await store.next_release_at() == NOON + timedelta(hours=12)
        clock.move(timedelta(hours=11))
        assert await release(store, clock) == 0
        clock.move(timedelta(hours=2))

        assert await release(store, clock) == 1
        assert await release(store, clock) == 0
        assert await it.state() is DeliveryState.DUE
        [card] = await store.deliveries(limit=5, story_id=card_id("500", STORY))
        assert card.message.decision == "Nobody decided in time, so it went out by itself."
        kept = await store.approval("500", STORY, 1)
        assert kept is not None
        assert (kept.decision, kept.decided_by) == (Decision.RELEASED, None)


async def test_a_decision_about_what_was_never_asked_changes_nothing(tmp_path: Path) -> None:
    async with asked(tmp_path) as it:
        assert not await decide(
            it.rig.store, it.rig.clock, "600", STORY, 1, ServerDecision(Decision.APPROVED, "1")
        )
        assert await it.state() is DeliveryState.HELD


async def test_a_form_that_was_open_over_a_restart_is_told_to_be_over(tmp_path: Path) -> None:
    async with asked(tmp_path) as it:
        form = await it.press(ButtonAct.HEADLINE)
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

        answer = await it.rig.discord.submit(form, Headline="Too late")

        assert answer.ephemeral
        assert answer.text == say("en", "panel-over")
        assert await it.state() is DeliveryState.HELD
