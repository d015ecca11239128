"""What each failure of Discord means for the outbox: gone for good, or later, or perhaps there already."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SinkError, SinkScope
from tests.builders import NOON
from tests.fake_discord.rig import a_shipment, discord_rig, until

POST = "/channels/1001/messages"


async def failure(folder: Path, *, times: int = 1, **fault: Any) -> tuple[SinkError, int]:
    """What the sink raises after this fault, and how many messages are there."""
    async with discord_rig(folder) as rig:
        rig.discord.fail("POST", POST, times=times, **fault)
        with pytest.raises(SinkError) as caught:
            await rig.sink.send(a_shipment())
        return caught.value, len(rig.discord.messages())


@pytest.mark.parametrize(
    ("status", "code"),
    [
        pytest.param(404, 10003, id="the channel was deleted"),
        pytest.param(404, 10004, id="the server is gone"),
        pytest.param(403, 50001, id="the channel cannot be seen"),
        pytest.param(403, 50013, id="posting is not permitted"),
        pytest.param(400, 40067, id="a forum tag is needed"),
        pytest.param(400, 40066, id="too many forum tags"),
        pytest.param(403, 160005, id="the thread is locked"),
        pytest.param(400, 50083, id="the thread stays archived"),
    ],
)
async def test_a_closed_channel_is_given_up_with_what_to_do(tmp_path: Path, status: int, code: int) -> None:
    error, posted = await failure(tmp_path, status=status, code=code)

    assert (error.permanent, error.scope, error.unclear) == (True, SinkScope.DESTINATION, False)
    assert "#ai-policy" in error.reason
    assert "/subscribe" in error.fix
    assert posted == 0


async def test_a_message_that_is_refused_as_card_and_as_text_is_given_up_alone(tmp_path: Path) -> None:
    error, _ = await failure(tmp_path, times=2, status=400, code=50035)

    assert (error.permanent, error.scope, error.unclear) == (True, SinkScope.DELIVERY, False)


@pytest.mark.parametrize(
    ("status", "code", "word"),
    [
        pytest.param(401, 0, "SMALLPRINT_DISCORD_TOKEN", id="the token is refused"),
        pytest.param(403, 40333, "Update", id="the program is blocked"),
    ],
)
async def test_what_refuses_everything_parks_the_sink(
    tmp_path: Path, status: int, code: int, word: str
) -> None:
    error, _ = await failure(tmp_path, status=status, code=code)

    assert (error.permanent, error.scope) == (True, SinkScope.SINK)
    assert word in error.fix


async def test_a_ban_at_the_edge_parks_the_sink_for_as_long_as_it_says(tmp_path: Path) -> None:
    error, _ = await failure(tmp_path, status=429, via=False, retry_after=900)

    assert (error.permanent, error.scope, error.unclear) == (False, SinkScope.SINK, False)
    assert error.retry_after == timedelta(seconds=900)


async def test_a_limit_of_discords_own_is_waited_for_by_its_client(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        rig.discord.fail("POST", POST, status=429, retry_after=0.5)
        await rig.sink.send(a_shipment())

        assert 0.5 in rig.quick.slept
        assert len(rig.discord.messages()) == 1


async def test_a_limit_too_long_to_wait_for_is_tried_again_later(tmp_path: Path) -> None:
    error, _ = await failure(tmp_path, status=429, retry_after=300)

    assert (error.permanent, error.unclear) == (False, False)
    assert error.retry_after == timedelta(seconds=300)


@pytest.mark.parametrize("code", [20016, 20028, 20029, 40062])
async def test_a_busy_channel_is_tried_again_later(tmp_path: Path, code: int) -> None:
    error, _ = await failure(tmp_path, status=400, code=code)

    assert (error.permanent, error.unclear) == (False, False)


@pytest.mark.parametrize("stored", [False, True], ids=["before storing", "after storing"])
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"how": "answer", "status": 500}, id="internal error"),
        pytest.param({"how": "answer", "status": 502}, id="bad gateway"),
        pytest.param({"how": "answer", "status": 503}, id="unavailable"),
        pytest.param({"how": "answer", "status": 504}, id="gateway timeout"),
        pytest.param({"how": "drop"}, id="dropped connection"),
    ],
)
async def test_a_lost_answer_leaves_it_unclear_whether_the_message_arrived(
    tmp_path: Path, fault: dict[str, Any], stored: bool
) -> None:
    error, posted = await failure(tmp_path, stored=stored, **fault)

    assert (error.unclear, error.permanent) == (True, False)
    assert posted == (1 if stored else 0)


async def test_a_hanging_discord_costs_a_limited_time_and_leaves_it_unclear(tmp_path: Path) -> None:
    async with discord_rig(tmp_path, post_seconds=0.05) as rig:
        rig.discord.fail("POST", POST, how="hang", stored=True)
        with pytest.raises(SinkError) as caught:
            await rig.sink.send(a_shipment())

        assert caught.value.unclear


async def test_an_answer_that_cannot_be_read_leaves_it_unclear(tmp_path: Path) -> None:
    error, posted = await failure(tmp_path, status=200, stored=True)

    assert error.unclear
    assert posted == 1


async def test_when_discord_is_unreachable_nothing_was_posted(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.discord.stop_listening()
        with pytest.raises(SinkError) as caught:
            await rig.sink.send(a_shipment())

        assert (caught.value.unclear, caught.value.permanent) == (False, False)


async def test_a_channel_that_is_not_in_the_cache_is_asked_for(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        hidden = rig.discord.add_channel("made-meanwhile")
        await rig.sink.send(a_shipment(hidden))

        assert ("GET", f"/channels/{hidden}") in rig.discord.requests


@pytest.mark.parametrize("address", ["4711", "not-a-number"])
async def test_an_address_that_leads_nowhere_pauses_the_destination(tmp_path: Path, address: str) -> None:
    async with discord_rig(tmp_path) as rig:
        with pytest.raises(SinkError) as caught:
            await rig.sink.send(a_shipment(address))

        assert (caught.value.permanent, caught.value.scope) == (True, SinkScope.DESTINATION)


async def test_a_category_is_no_place_for_messages(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        category = await rig.channel("info", "category")
        with pytest.raises(SinkError) as caught:
            await rig.sink.send(a_shipment(category))

        assert (caught.value.permanent, caught.value.scope) == (True, SinkScope.DESTINATION)


async def test_a_lost_answer_is_not_hidden_by_a_refusal_after_it(tmp_path: Path) -> None:
    # discord.py would send again after the 502, and we would hear only of the 403 and believe that nothing is there.
    async with discord_rig(tmp_path) as rig:
        rig.discord.fail("POST", POST, status=502, stored=True)
        refusal = rig.discord.fail("POST", POST, status=403, code=50013)
        with pytest.raises(SinkError) as caught:
            await rig.sink.send(a_shipment())

        assert caught.value.unclear
        assert refusal.seen == 0


async def test_a_forum_post_whose_answer_is_lost_is_not_repeated_but_found(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        forum = await rig.channel("stories", "forum")
        rig.discord.fail("POST", "/threads", status=502, times=5, stored=True)
        with pytest.raises(SinkError) as caught:
            await rig.sink.send(a_shipment(forum))

        assert caught.value.unclear
        (post,) = rig.discord.threads(forum)
        found = await rig.sink.find(a_shipment(forum, attempted_at=NOON))
        assert found is not None
        assert found.remote_id == f"{post.id}:{post.id}"


async def test_a_connection_that_ends_under_a_message_leaves_it_unclear_at_once(tmp_path: Path) -> None:
    async with discord_rig(tmp_path, post_seconds=600.0) as rig:
        stuck = rig.discord.fail("POST", POST, how="hang", stored=True)
        sending = asyncio.create_task(rig.sink.send(a_shipment()))
        await until(lambda: stuck.seen == 1)
        await rig.client.close()
        with pytest.raises(SinkError) as caught:
            await sending

        assert caught.value.unclear
