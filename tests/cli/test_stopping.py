"""smallprint once, stopped in the middle of a pass."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.cli.conftest import Room
from tests.cli.feeds import IDLE, FeedSite
from tests.cli.test_processes import finished, started


class SilentSite:
    """Takes connections and never answers. `asked` is set once a whole request has come."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.feed = ""

    async def hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            self.asked.set()
            await reader.read()
        finally:
            writer.close()


@asynccontextmanager
async def silent_site() -> AsyncIterator[SilentSite]:
    site = SilentSite()
    server = await asyncio.start_server(site.hear, "127.0.0.1", 0)
    async with server:
        site.feed = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/feed"
        yield site


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"]
)
async def test_a_pass_that_is_stopped_says_so_and_leaves_a_memory_that_the_next_pass_goes_on_with(
    room: Room, site: FeedSite, number: signal.Signals, code: int
) -> None:
    good = site.show("/feed", (IDLE, ""))
    async with silent_site() as silent:
        room.watch(good, silent.feed)
        process = await started(room, "once")
        await silent.asked.wait()
        process.send_signal(number)
        out, err = await process.communicate()
    room.watch(good)
    again = await finished(room, "once", "--all")

    assert (process.returncode, out, err) == (code, b"", b"Stopped.\n")
    # Whether the good source was read before the stop is chance; that nothing of it is in the way now is not.
    assert again[0] == 0
    assert again[2].startswith("Looked at 1 source: ")
