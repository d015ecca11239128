"""The shared web of real feeds and traps, read by the whole reader."""

import asyncio
import socket
import sys
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from bot.errors import FailureKind
from bot.model import Failed, FeedRead, NothingNew, SourceState
from bot.sources.children import Children
from bot.sources.http import Fetcher
from bot.sources.reader import HttpReader
from bot.sources.robots import Robots
from tests.builders import a_source
from tests.shared import shared_path
from tests.sources.samples import USER_AGENT

FEEDS = 60


@pytest.fixture
async def base() -> AsyncIterator[str]:
    script = shared_path("feeds/server.py")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(script), "--port", str(port), "--n", str(FEEDS), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    await process.stdout.readline()  # it names its feeds, then listens
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except ConnectionRefusedError:
            await asyncio.sleep(0.01)
        else:
            writer.close()
            break
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    await process.wait()


async def test_real_feeds_are_read_once_and_every_trap_is_a_typed_failure(
    base: str, generous: dict[str, object]
) -> None:
    fetcher = Fetcher(USER_AGENT, allow_private=["127.0.0.0/8"])
    reader = HttpReader(fetcher, Children(**generous), Robots(fetcher, "Smallprint"))  # type: ignore[arg-type]
    sources = [a_source(f"s{n}", feed=f"{base}/feed/{n}.xml") for n in range(FEEDS)]

    cold = await asyncio.gather(*(reader.read(source, SourceState(source.id)) for source in sources))
    states = [
        SourceState(source.id, validators=reading.fetched.validators)
        for source, reading in zip(sources, cold, strict=True)
        if isinstance(reading, FeedRead)
    ]
    again = await asyncio.gather(
        *(reader.read(source, state) for source, state in zip(sources, states, strict=True))
    )
    traps = {
        path: await reader.read(a_source("trap", feed=base + path), SourceState("trap"))
        for path in ("/bomb.gz", "/big.xml", "/loop", "/html.xml", "/empty.xml", "/private", "/nothing")
    }
    await reader.close()

    assert Counter(type(reading) for reading in again) == {NothingNew: FEEDS}
    assert {path: reading.kind for path, reading in traps.items() if isinstance(reading, Failed)} == {
        "/bomb.gz": FailureKind.TOO_LARGE,
        "/big.xml": FailureKind.TOO_LARGE,
        "/loop": FailureKind.REDIRECT,
        "/html.xml": FailureKind.NOT_A_FEED,
        "/empty.xml": FailureKind.NOT_A_FEED,
        "/private": FailureKind.PRIVATE,
        "/nothing": FailureKind.NOT_FOUND,
    }
