"""Outbox, sink, discord.py and a Discord in trouble, all together: in the end every message is there once."""

import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.flows.delivery.context import DeliveryContext
from bot.flows.delivery.deliver import deliver
from bot.flows.memory import Store
from bot.model import DeliveryState, Destination, SinkKind
from tests.builders import NOON, a_new_subscription
from tests.fake_discord import FakeDiscord
from tests.fake_discord.rig import Rig, discord_rig
from tests.flows.outbox import tell

pytestmark = pytest.mark.long

STORIES = 6


async def places(rig: Rig) -> list[Destination]:
    """One destination of each kind, and some channels more."""
    numbers = [1001, await rig.channel("news", "news"), await rig.channel("forum", "forum")]
    numbers += [await rig.channel("lounge", "voice"), await rig.thread("thread", 1001)]
    numbers += [await rig.channel(f"more-{n}") for n in range(3)]
    return [await destination(rig.store, number) for number in numbers]


async def destination(store: Store, number: int) -> Destination:
    wish = a_new_subscription(str(number), destination_name=f"#{number}")
    return (await store.add_subscription(wish, NOON)).destination


def trouble(discord: FakeDiscord, chance: random.Random) -> None:
    """Faults on a third of what is posted, and on some looks into history."""
    for _ in range(40):
        how = chance.choice(
            [
                {"how": "drop", "times": 2},
                {"status": 500},
                {"status": 502, "times": 6},
                {"status": 503},
                {"status": 429, "retry_after": 1.0},
                {"status": 429, "retry_after": 100.0},
                {"status": 429, "via": False, "retry_after": 60.0},
                {"status": 200},
            ]
        )
        # A limit is never met by what was stored; everything else may be.
        stored = how.get("status") != 429 and (how.get("status") == 200 or chance.random() < 0.5)
        place = f"/channels/{chance.choice(list(discord.world.places))}"
        discord.fail("POST", place + chance.choice(["/messages", "/threads"]), stored=stored, **how)  # type: ignore[arg-type]
        if chance.random() < 0.2:
            discord.fail("GET", place + "/messages", status=503)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("window", [300, 20], ids=["nonces are remembered", "nonces are forgotten"])
async def test_whatever_discord_does_each_message_is_there_once(
    tmp_path: Path, seed: int, window: int
) -> None:
    async with discord_rig(tmp_path) as rig:
        # `deliver` waits half a minute before it looks for a lost message: 20 seconds are over by then, 300 are not.
        rig.discord.world.nonce_window = timedelta(seconds=window)
        destinations = await places(rig)
        for n in range(STORIES):
            story = await tell(rig.store, f"Story {n}", destinations)
            await tell(rig.store, f"Turn of {n}", destinations, story_id=story, n=2)
        trouble(rig.discord, random.Random(seed))

        await deliver_all(rig)

        held = await rig.store.deliveries(limit=1000)
        assert {one.state for one in held} == {DeliveryState.SENT}
        assert len(held) == 2 * STORIES * len(destinations)
        assert there_by_mark(rig) == {(one.message.mark, int(one.destination.address)): 1 for one in held}
        assert {one.remote_id for one in held} == {
            f"{m['channel_id']}:{m['id']}" for m in rig.discord.messages()
        }


async def deliver_all(rig: Rig) -> None:
    """Pass after pass, each when the one before said, until nothing waits."""
    office = DeliveryContext(rig.store, {SinkKind.DISCORD: rig.sink}, rig.clock)
    for _ in range(1000):
        tally = await deliver(office)
        if tally.again_at is None:
            return
        await rig.clock.sleep(tally.again_at - rig.clock.now())
    raise AssertionError("deliveries never came to an end")


def there_by_mark(rig: Rig) -> Counter[tuple[str, int]]:
    """How often each message stands in each destination; what is in a forum's post counts for the forum."""
    found: Counter[tuple[str, int]] = Counter()
    for message in rig.discord.messages():
        place = rig.discord.world.places[int(message["channel_id"])]
        parent = rig.discord.world.places.get(place.parent_id or 0)
        at = parent.id if parent is not None and parent.name == "forum" else place.id
        words = message["embeds"][0]["footer"]["text"] if message["embeds"] else message["content"]
        found[(words.split()[-1], at)] += 1
    return found
