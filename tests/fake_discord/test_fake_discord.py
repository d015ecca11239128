"""The fake is as strict as Discord where our promises lean on it."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from tests.fake_discord import FAKE_TOKEN, FakeDiscord
from tests.fakes import FakeClock

LIMITS = [
    ({"content": "x" * 2001}, 50035),
    ({"embeds": [{"title": "x" * 257}]}, 50035),
    ({"embeds": [{"description": "x" * 4097}]}, 50035),
    ({"embeds": [{"fields": [{"name": "n", "value": "x" * 1025}]}]}, 50035),
    ({"embeds": [{"fields": [{"name": "n", "value": ""}]}]}, 50035),
    ({"embeds": [{"title": "x", "url": "javascript:alert(1)"}]}, 50035),
    ({"embeds": [{"description": "x" * 4000}, {"description": "x" * 2001}]}, 50035),
    ({"content": "x", "nonce": "n" * 26}, 50035),
    ({"content": ""}, 50006),
]


@asynccontextmanager
async def asking(fake: FakeDiscord) -> AsyncIterator[aiohttp.ClientSession]:
    headers = {"Authorization": f"Bot {FAKE_TOKEN}"}
    async with fake, aiohttp.ClientSession(headers=headers) as session:
        yield session


async def post(
    session: aiohttp.ClientSession, fake: FakeDiscord, **body: Any
) -> tuple[int, dict[str, Any], Any]:
    async with session.post(f"{fake.api_url}/channels/1001/messages", json=body) as answer:
        return answer.status, await answer.json(), answer.headers


@pytest.mark.parametrize(("body", "code"), LIMITS)
async def test_what_discord_refuses_is_refused(body: dict[str, Any], code: int) -> None:
    fake = FakeDiscord()
    async with asking(fake) as session:
        status, answer, _ = await post(session, fake, **body)

    assert (status, answer["code"]) == (400, code)
    assert fake.messages() == []


async def test_a_nonce_is_remembered_for_a_while_and_only_if_enforced() -> None:
    clock = FakeClock()
    fake = FakeDiscord(now=clock.now)
    fake.world.nonce_window = timedelta(minutes=5)
    async with asking(fake) as session:
        _, first, _ = await post(session, fake, content="a", nonce="k", enforce_nonce=True)
        _, again, _ = await post(session, fake, content="a", nonce="k", enforce_nonce=True)
        await post(session, fake, content="a", nonce="k")
        clock.move(timedelta(minutes=6))
        await post(session, fake, content="a", nonce="k", enforce_nonce=True)

    assert first["id"] == again["id"]
    assert len(fake.messages()) == 3


async def test_the_sixth_message_in_a_channel_is_too_many() -> None:
    fake = FakeDiscord()
    fake.limits.on = True
    # Windows so long that this machine's speed does not matter.
    fake.limits.messages = (5, 600.0)
    async with asking(fake) as session:
        answers = [await post(session, fake, content="a") for _ in range(6)]

    assert [status for status, _, _ in answers] == [200] * 5 + [429]
    assert [headers.get("X-RateLimit-Remaining") for _, _, headers in answers] == [
        "4",
        "3",
        "2",
        "1",
        "0",
        "0",
    ]
    assert answers[-1][2]["Via"]
    assert fake.limits.refused == 1


async def test_the_fifty_first_request_in_a_second_is_too_many() -> None:
    fake = FakeDiscord()
    fake.limits.on = True
    fake.limits.second = 600.0
    async with asking(fake) as session:
        statuses = []
        for _ in range(51):
            async with session.get(f"{fake.api_url}/users/@me") as answer:
                statuses.append((answer.status, answer.headers.get("X-RateLimit-Global")))

    assert statuses == [(200, None)] * 50 + [(429, "true")]


async def test_a_stranger_is_refused() -> None:
    fake = FakeDiscord()
    async with fake, aiohttp.ClientSession() as session:
        status, _, _ = await post(session, fake, content="a")

    assert status == 401


async def test_it_runs_as_a_process_and_is_steered_over_http() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.fake_discord", "--channels", "3", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    about = json.loads(await process.stdout.readline())
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {about['token']}"}) as session:
        async with session.post(
            f"{about['api_url']}/channels/1003/messages", json={"content": "hello"}
        ) as answer:
            assert answer.status == 200
        async with session.get(f"{about['url']}/_fake/messages") as answer:
            (message,) = await answer.json()
        async with session.post(
            f"{about['url']}/_fake/config", json={"channels": 5, "nonce_window_seconds": 0}
        ) as answer:
            assert answer.status == 200
        async with session.get(f"{about['url']}/_fake/stats") as answer:
            stats = await answer.json()
    process.terminate()
    assert await process.wait() == 0

    assert (message["channel_id"], message["content"]) == ("1003", "hello")
    assert stats["channels"] == [1001, 1002, 1003, 1004, 1005]
