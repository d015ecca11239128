"""The real outbox and the real sinks against the fake platforms: hostile words, lost rights, storms and outages."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.flows.delivery.context import DeliveryContext
from bot.flows.delivery.deliver import deliver
from bot.flows.memory import Store
from bot.model import Ceilings, DeliveryState, Destination, Message, PlannedDelivery, Publication, SinkKind
from bot.store import SqlStore
from tests.builders import a_message
from tests.fake_discord.rig import Rig, discord_rig
from tests.fakes import FakeClock
from tests.flows.outbox import add_destinations, make_ready, tell
from tests.limits import check_content, check_embed, check_status
from tests.sinks.hostile_mastodon import HostileMastodon, hostile_mastodon
from tests.sinks.mastodon_rig import a_sink

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
POST = "/channels/1001/messages"
HOSTILE = (
    "@everyone and @here",
    "<@1> <@!1> <@&1> <#1001> </subscribe:1> <t:0:R> <a:x:1> <id:home>",
    "[free songs](https://evil.example/a) <https://evil.example/b> https://evil.example/c",
    "[x]: https://evil.example/d\n# Heading\n> quote ||spoiler|| `code` ~~gone~~",
    "#ban #Nazi @bob @carol@evil.example @carol@EVIL.example",
    "\u202egnp.exe\u202c \u2066left\u2069 \u200f\u061c",
    "@\u200beveryone @\u2060here <\u200b@1> \uff20everyone &#64;everyone",
)
"""What a feed may hold in any of its texts."""
OURS = "https://gazette.example/clause"


def a_hostile_message(story_id: str, words: str) -> Message:
    """Those words wherever a feed's words can come to stand; the link alone is ours."""
    return a_message(
        words,
        story_id=story_id,
        mark=f"{story_id}-1",
        what=words,
        quote=words,
        speaker=words,
        other_side=words,
        to_do=words,
    )


async def tell_hostile(store: Store, words: str, to: list[Destination]) -> None:
    story_id = await make_ready(store, "A quiet headline")
    message = a_hostile_message(story_id, words)
    planned = tuple(PlannedDelivery(each.id, ("77",), f"{story_id}-{each.id}") for each in to)
    await store.save_publication(Publication(story_id, 1, message, planned, message.happened_at))


# ---------------------------------------------------------------- hostile words


async def test_no_hostile_words_ping_link_or_steer_in_what_discord_receives(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        received = record(rig)
        here = await add_destinations(rig.store)
        for words in HOSTILE:
            await tell_hostile(rig.store, words, here)

        await deliver(an_office(rig))

        assert len(received) == len(HOSTILE)
        for payload in received:
            check_allowed(payload)
            check_content(payload.get("content") or "")
            (embed,) = payload["embeds"]
            check_embed(embed)
            assert embed["url"] == OURS
            for text in texts_of(embed):
                assert not live_links(text), text
        assert rig.discord.world.pinged == ["77"] * len(HOSTILE)


async def test_no_hostile_words_ping_or_link_where_cards_may_not_be_shown(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        received = record(rig)
        here = await add_destinations(rig.store)
        await rig.deny(1001, "embed_links")
        for words in HOSTILE:
            await tell_hostile(rig.store, words, here)

        await deliver(an_office(rig))

        assert len(received) == len(HOSTILE)
        for payload in received:
            check_allowed(payload)
            assert not payload.get("embeds")
            roles, rest = payload["content"].split("\n", 1)
            assert roles == "<@&77>"
            check_embed({"description": rest})
            assert OURS in rest
            assert not live_links(rest), rest
        assert rig.discord.world.pinged == ["77"] * len(HOSTILE)


def record(rig: Rig) -> list[dict[str, Any]]:
    """The very documents that ask the fake for a message, from now on."""
    world, received = rig.discord.world, []
    create = world.create_message

    def create_message(place: Any, body: dict[str, Any]) -> Any:
        received.append(body)
        return create(place, body)

    world.create_message = create_message  # type: ignore[method-assign]
    return received


def check_allowed(payload: dict[str, Any]) -> None:
    """Only the subscribed role may be pinged, whatever stands in the text."""
    allowed = payload["allowed_mentions"]
    assert [str(role) for role in allowed.pop("roles")] == ["77"]
    assert not any(allowed.values()), allowed


def texts_of(embed: dict[str, Any]) -> list[str]:
    """Everything that Discord reads Markdown in."""
    fields = embed.get("fields", [])
    return [embed.get("title", ""), embed.get("description", ""), *(field["value"] for field in fields)]


def live_links(text: str) -> list[str]:
    """Addresses that Discord would make a link of, but for that of our own source."""
    unescaped = re.sub(r"\\.", "", text)
    named = re.findall(r"\]\(<?(\w+://[^\s)>]+)", unescaped)
    bare = re.findall(r"(?<!\]\()(?<!\]\(<)https?://\S+", unescaped)
    return [url for url in (*named, *bare) if not url.startswith(OURS)]


@pytest.fixture
def server() -> Iterator[HostileMastodon]:
    with hostile_mastodon() as host:
        yield host


async def test_no_hostile_words_mention_tag_or_steer_in_what_mastodon_receives(
    server: HostileMastodon, store: SqlStore, clock: FakeClock
) -> None:
    account = await add_destinations(store, sink=SinkKind.MASTODON)
    for words in HOSTILE:
        await tell_hostile(store, words, account)
    server.clock = clock.now()
    sink = a_sink(server, clock)

    await deliver(DeliveryContext(store, {SinkKind.MASTODON: sink}, clock))
    await sink.close()

    assert len(server.posted) == len(HOSTILE)
    for status in server.posted:
        check_status(status.text)
        assert re.findall(r"https?://\S+", status.text) == [OURS]
        assert set(re.findall(r"(?<!\w)#(\w+)", status.text)) <= {"MusicAI", "SoundCloud"}


# ---------------------------------------------------------------- Discord in trouble


def an_office(rig: Rig, told: list[str] | None = None) -> DeliveryContext:
    async def tell_admins(destination: Destination, why: str) -> None:
        if told is not None:
            told.append(why)

    return DeliveryContext(rig.store, {SinkKind.DISCORD: rig.sink}, rig.clock, on_paused=tell_admins)


async def states(store: Store) -> list[DeliveryState]:
    return [delivery.state for delivery in reversed(await store.deliveries(limit=99))]


async def test_a_channel_deleted_while_two_stories_are_due_is_paused_once_and_the_other_gets_both(
    tmp_path: Path,
) -> None:
    async with discord_rig(tmp_path) as rig:
        other = await rig.channel("other")
        gone, fine = [*await add_destinations(rig.store), *await add_destinations(rig.store, first=other)]
        for headline in ("first", "second"):
            await tell(rig.store, headline, [gone, fine])
        rig.discord.remove_channel(1001)
        told: list[str] = []
        office = an_office(rig, told)

        done = await deliver(office)
        again = await deliver(office)

        assert rig.texts(other) == ["first", "second"]
        assert (done.sent, done.paused, again.sent, len(told)) == (2, 1, 0, 1)
        assert "/subscribe" in told[0]


async def test_a_permission_lost_and_given_back_costs_no_story_and_no_order(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        (here,) = await add_destinations(rig.store)
        await rig.deny(1001, "send_messages")
        for headline in ("first", "second"):
            await tell(rig.store, headline, [here])
        office = an_office(rig)
        await deliver(office)
        assert rig.texts() == []
        rig.discord.world.places[1001].denied = 0
        await rig.discord.deny(1001)
        await rig.store.resume_destination(here.id)

        await deliver(office)

        assert rig.texts() == ["first", "second"]
        assert await states(rig.store) == [DeliveryState.SENT] * 2


async def test_a_revoked_token_is_tried_once_not_for_every_channel_and_loses_nothing(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        numbers = [1001] + [await rig.channel(f"more-{n}") for n in range(2)]
        made = [d for n in numbers for d in await add_destinations(rig.store, first=n)]
        for headline in ("first", "second"):
            await tell(rig.store, headline, made)
        refusal = rig.discord.fail("POST", r"/channels/\d+/messages", times=999, status=401)
        office = replace(an_office(rig), lanes=1)

        for _ in range(10):
            await deliver(office)

        assert refusal.seen == 1
        assert await states(rig.store) == [DeliveryState.DUE] * 6
        refusal.times = 0
        rig.clock.move(HOUR)
        await deliver(office)
        assert [rig.texts(n) for n in numbers] == [["first", "second"]] * 3


@pytest.mark.parametrize("via", [True, False], ids=["from Discord", "from its edge"])
async def test_a_storm_of_429_is_sat_out_and_every_story_is_there_once_in_order(
    tmp_path: Path, via: bool
) -> None:
    async with discord_rig(tmp_path) as rig:
        numbers = [1001] + [await rig.channel(f"more-{n}") for n in range(3)]
        made = [d for n in numbers for d in await add_destinations(rig.store, first=n)]
        for headline in ("first", "second", "third"):
            await tell(rig.store, headline, made)
        storm = rig.discord.fail(
            "POST", r"/channels/\d+/messages", times=20, status=429, via=via, retry_after=120
        )
        office = an_office(rig)

        for _ in range(60):
            await deliver(office)
            rig.clock.move(10 * MINUTE)

        assert storm.seen == 20
        assert [rig.texts(n) for n in numbers] == [["first", "second", "third"]] * 4
        assert set(await states(rig.store)) == {DeliveryState.SENT}


# ---------------------------------------------------------------- a Mastodon server that is away for an hour


async def test_eight_stories_of_an_hour_without_the_server_arrive_in_order_under_both_ceilings(
    server: HostileMastodon, store: SqlStore, clock: FakeClock
) -> None:
    account = await add_destinations(store, sink=SinkKind.MASTODON)
    sink = a_sink(server, clock)
    ceilings = {SinkKind.MASTODON: Ceilings(an_hour=1, a_day=5)}
    office = DeliveryContext(store, {SinkKind.MASTODON: sink}, clock, ceilings=ceilings)
    headlines = [f"Story number {n} of the outage" for n in range(1, 9)]

    server.moods = ["server-error"] * 999
    for n in range(60):
        if n % 7 == 0 and n // 7 < len(headlines):
            await tell(store, headlines[n // 7], account, at=clock.now())
        server.clock = clock.now()
        await deliver(office)
        clock.move(MINUTE)
    assert server.posted == []

    server.moods = []
    for _ in range(3 * 24 * 6):
        server.clock = clock.now()
        await deliver(office)
        clock.move(10 * MINUTE)
    await sink.close()

    assert [next(h for h in headlines if h in text) for text in server.texts()] == headlines
    times = [status.at for status in server.posted]
    assert all(later - sooner >= HOUR for sooner, later in pairwise(times))
    assert all(later - sooner >= 24 * HOUR for sooner, later in zip(times, times[5:], strict=False))
    assert set(await states(store)) == {DeliveryState.SENT}
