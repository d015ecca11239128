"""A process killed in the middle of writing leaves a whole database: a transaction is there or it is not."""

import asyncio
import signal
import sqlite3
import sys
from pathlib import Path

import pytest

from tests.shared import PROJECT
from tests.store.memory import Memory
from tests.stores import sqlite_url, temporary_store

pytestmark = pytest.mark.long

# Writes without end and says after each commit how far it got; the last line may be behind the truth by one.
WRITER = """
import asyncio, sys
from bot.model import Collection, SourceState
from bot.store import open_store
from tests.builders import a_new_entry, a_verdict

async def main():
    store = await open_store(sys.argv[1])
    for number in range(1_000_000):
        pairs = tuple((a_new_entry(f"{number}-{i}", summary="words " * 200), a_verdict()) for i in range(40))
        await store.save_collection(Collection(SourceState("gazette", failures=number), pairs))
        print(number, flush=True)

asyncio.run(main())
"""
# Writes a transaction, stops before its commit, and waits to be killed.
HALF_WAY = """
import asyncio, sys
from sqlalchemy import text
from bot.store import open_store

async def main():
    store = await open_store(sys.argv[1])
    await store.set_setting("name", "committed")
    async with store._database.writing() as connection:
        await connection.execute(text("UPDATE settings SET value = 'half done'"))
        print("now", flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
"""


async def start(program: str, folder: Path) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, sqlite_url(folder), stdout=asyncio.subprocess.PIPE, cwd=PROJECT
    )


async def kill(process: asyncio.subprocess.Process) -> None:
    process.send_signal(signal.SIGKILL)
    await process.wait()


@pytest.mark.parametrize("commits", [1, 5, 12])
async def test_a_writer_killed_at_work_leaves_whole_transactions(tmp_path: Path, commits: int) -> None:
    process = await start(WRITER, tmp_path)
    assert process.stdout is not None
    for _ in range(commits):
        told = int(await process.stdout.readline())
    await kill(process)

    async with temporary_store(tmp_path) as store:
        state = (await store.source_states(["gazette"]))["gazette"]
        counts = await store.counts()
    assert state.failures >= told
    # The state and the forty entries that it vouches for came together each time.
    assert counts["entries"] == counts["entries_relevant"] == 40 * (state.failures + 1)
    with sqlite3.connect(tmp_path / "smallprint.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


async def test_what_was_not_committed_is_gone_and_the_next_process_writes(tmp_path: Path) -> None:
    process = await start(HALF_WAY, tmp_path)
    assert process.stdout is not None
    assert await process.stdout.readline() == b"now\n"
    await kill(process)

    async with temporary_store(tmp_path) as store:
        assert await store.setting("name") == "committed"
        await store.set_setting("name", "after")
        await Memory(store).entry("after")
        assert await store.setting("name") == "after"
