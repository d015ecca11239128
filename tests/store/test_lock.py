"""Two runners on one database: the second is refused with a sentence, and nothing stays locked."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import LockedError, StoreError
from bot.store import hold_lock
from tests.shared import PROJECT
from tests.stores import NO_POSTGRES, POSTGRES_URL, postgres_database, sqlite_url

HOLDER = """
import asyncio, sys
from bot.store import hold_lock

async def main():
    async with hold_lock(sys.argv[1]):
        print("held", flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
"""


async def holding_process(url: str) -> asyncio.subprocess.Process:
    """Another process that has the lock by now."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLDER, url, stdout=asyncio.subprocess.PIPE, cwd=PROJECT
    )
    assert process.stdout is not None
    assert (await process.stdout.readline()).strip() == b"held"
    return process


async def test_a_second_runner_is_refused_and_a_third_comes_in_afterwards(url: str) -> None:
    async with hold_lock(url):
        with pytest.raises(LockedError, match=r"already runs on .* Stop that one first"):
            async with hold_lock(url):
                raise AssertionError("both had the lock")
    async with hold_lock(url):
        pass


async def test_the_refusal_names_the_process_that_has_it(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    other = await holding_process(url)
    try:
        with pytest.raises(LockedError, match=rf"smallprint\.db \(process {other.pid}\)"):
            async with hold_lock(url):
                raise AssertionError("both had the lock")
    finally:
        other.kill()
        await other.wait()


async def test_a_killed_process_keeps_no_lock(url: str) -> None:
    other = await holding_process(url)
    other.send_signal(signal.SIGKILL)
    await other.wait()

    async def taken() -> bool:
        # PostgreSQL notices a moment later that the connection is gone; asking again is the wait.
        while True:
            try:
                async with hold_lock(url):
                    return True
            except LockedError:
                await asyncio.sleep(0)

    assert await asyncio.wait_for(taken(), timeout=60)


async def test_the_lock_is_freed_when_the_block_fails(url: str) -> None:
    with pytest.raises(RuntimeError, match="crashed"):
        async with hold_lock(url):
            raise RuntimeError("crashed")

    async with hold_lock(url):
        pass


async def test_databases_side_by_side_have_locks_of_their_own(tmp_path: Path) -> None:
    async with hold_lock(sqlite_url(tmp_path / "a")), hold_lock(sqlite_url(tmp_path / "b")):
        assert (tmp_path / "a" / "smallprint.db.lock").read_text() == f"{os.getpid()}\n"


async def test_a_database_named_by_a_link_has_the_same_lock(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "data")

    async with hold_lock(sqlite_url(tmp_path / "data")):
        with pytest.raises(LockedError):
            async with hold_lock(sqlite_url(tmp_path / "link")):
                raise AssertionError("both had the lock")


async def test_a_lock_file_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")

    with pytest.raises(StoreError, match=r"lock file .* cannot be opened"):
        async with hold_lock(sqlite_url(tmp_path / "data")):
            raise AssertionError("there is no folder to lock in")


# ---------------------------------------------------------------- a connection that breaks


@pytest.fixture
async def server_url() -> AsyncIterator[str]:
    if POSTGRES_URL is None:
        pytest.skip(NO_POSTGRES)
    async with postgres_database(POSTGRES_URL) as made:
        yield made


class Watch:
    """The sleep of a watch that looks when the test says so, and of which is known when it has looked."""

    def __init__(self) -> None:
        self.looks: asyncio.Queue[None] = asyncio.Queue()
        self.resting = asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.resting.set()
        await self.looks.get()

    async def look(self) -> None:
        await self.resting.wait()
        self.resting.clear()
        self.looks.put_nowait(None)
        await self.resting.wait()


async def on_the_server(statement: str) -> None:
    import asyncpg  # optional, as in tests/stores.py

    assert POSTGRES_URL is not None
    connection = await asyncpg.connect(POSTGRES_URL.replace("+asyncpg", ""))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def name_of(url: str) -> str:
    return url.rsplit("/", 1)[1]


async def break_connections(url: str) -> None:
    """As a restart of the server does, or a network that drops what is idle."""
    # The name is our own making: see postgres_database.
    ended = f"SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = '{name_of(url)}'"  # noqa: S608
    await on_the_server(ended)


async def open_to_connections(url: str, is_open: bool) -> None:
    await on_the_server(f'ALTER DATABASE "{name_of(url)}" ALLOW_CONNECTIONS {is_open}')


async def test_a_lock_whose_connection_broke_is_taken_again(server_url: str) -> None:
    watch = Watch()
    async with hold_lock(server_url, sleep=watch.sleep):
        for _ in range(2):
            await watch.look()
            await break_connections(server_url)
            await watch.look()

            with pytest.raises(LockedError):
                async with hold_lock(server_url):
                    raise AssertionError("both had the lock")

    async with hold_lock(server_url):
        pass


async def test_a_server_that_lets_nobody_in_for_a_while_does_not_stop_the_runner(server_url: str) -> None:
    watch = Watch()
    async with hold_lock(server_url, sleep=watch.sleep):
        await open_to_connections(server_url, False)
        await break_connections(server_url)
        await watch.look()
        await watch.look()
        await open_to_connections(server_url, True)
        await watch.look()
        await watch.look()

        with pytest.raises(LockedError):
            async with hold_lock(server_url):
                raise AssertionError("both had the lock")


async def test_a_runner_whose_lock_somebody_else_took_meanwhile_is_stopped_with_a_sentence(
    server_url: str,
) -> None:
    watch, stopped = Watch(), False
    with pytest.raises(LockedError, match=r"already runs on .* Stop that one first"):  # noqa: PT012 (the order matters)
        async with hold_lock(server_url, sleep=watch.sleep):
            await break_connections(server_url)
            async with hold_lock(server_url):
                watch.looks.put_nowait(None)
                try:
                    await asyncio.wait_for(asyncio.Event().wait(), timeout=60)
                except asyncio.CancelledError:
                    stopped = True
                    raise

    assert stopped
    async with hold_lock(server_url):
        pass
