"""Two runners on one database: the second is refused with a sentence, and nothing stays locked."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest

from bot.errors import LockedError, StoreError
from bot.store import hold_lock
from tests.shared import PROJECT
from tests.stores import sqlite_url

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
