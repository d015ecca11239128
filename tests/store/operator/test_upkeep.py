"""Small values, counts, copies and retention."""

import asyncio
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.model import EditionState, Receipt
from bot.store import SqlStore
from tests.builders import NOON, a_verdict
from tests.store.memory import Memory
from tests.stores import POSTGRES_URL, opened, postgres_database, temporary_store

DAY = timedelta(days=1)


async def test_a_setting_is_remembered_and_replaced(store: SqlStore) -> None:
    assert await store.setting("commands") is None

    await store.set_setting("commands", "first")
    await store.set_setting("commands", "second")

    assert await store.setting("commands") == "second"


async def test_rows_are_counted_by_noun_and_state(memory: Memory) -> None:
    await memory.entry("not ours", a_verdict(False))
    await memory.entry("waits")
    here, there = await memory.destination("1001"), await memory.destination("1002")
    await memory.publish("one", here, there)
    await memory.story("two", state=EditionState.HELD)
    head = await memory.head()
    await memory.store.claim(head.id, NOON, "me")
    await memory.store.mark_sent(head.id, Receipt("1"), NOON)
    await memory.store.pause_destination(there.id, "no access", NOON)

    assert await memory.store.counts() == {
        "sources": 1,
        "entries": 4,
        "entries_relevant": 3,
        "entries_waiting": 1,
        "stories": 2,
        "editions_published": 1,
        "editions_held": 1,
        "subscriptions": 2,
        "destinations": 2,
        "destinations_paused": 1,
        "documents": 0,
        "document_versions": 0,
        "deliveries_due": 1,
        "deliveries_sent": 1,
    }


async def test_old_irrelevant_text_is_dropped_and_its_key_kept_for_ever(memory: Memory) -> None:
    async def entry(title: str, *, relevant: bool, days: int) -> None:
        await memory.entry(
            title, a_verdict(relevant), summary="words", page_text="page", seen_at=NOON - days * DAY
        )

    await entry("old, not ours", relevant=False, days=91)
    await entry("new, not ours", relevant=False, days=89)
    await entry("old, ours", relevant=True, days=91)

    assert await memory.store.tidy(NOON) == {"entries_trimmed": 1}
    assert await memory.store.tidy(NOON) == {"entries_trimmed": 0}

    kept = {each.entry.title: each.entry for each in await memory.store.entries(limit=9)}
    assert {title: (entry.summary, entry.page_text) for title, entry in kept.items()} == {
        "old, not ours": ("", None),
        "new, not ours": ("words", "page"),
        "old, ours": ("words", "page"),
    }
    assert await memory.store.known_keys("gazette", ["key:old, not ours"]) == {"key:old, not ours"}


async def test_more_old_entries_than_one_transaction_takes_are_all_trimmed(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.operator.upkeep.TRIMMED_AT_ONCE", 3)
    for number in range(7):
        await memory.entry(f"entry {number}", a_verdict(False), summary="words", seen_at=NOON - 100 * DAY)

    assert await memory.store.tidy(NOON) == {"entries_trimmed": 7}


async def test_tidying_empties_the_log_of_the_database(tmp_path: Path) -> None:
    async with temporary_store(tmp_path) as store:
        memory = Memory(store)
        for number in range(20):
            await memory.entry(f"entry {number}", summary="words " * 500)
        log = tmp_path / "smallprint.db-wal"
        assert log.stat().st_size > 0

        await store.tidy(NOON)

        assert log.stat().st_size == 0


async def test_a_copy_made_while_writing_is_whole_and_of_one_moment(tmp_path: Path) -> None:
    async with temporary_store(tmp_path) as store:
        memory = Memory(store)
        await memory.entry("first")
        stop = asyncio.Event()

        async def write() -> None:
            number = 0
            while not stop.is_set():
                number += 1
                await memory.entry(f"entry {number}", summary="words " * 200)

        writer = asyncio.create_task(write())
        copies = [tmp_path / f"copy-{number}.db" for number in range(5)]
        for copy in copies:
            await store.backup(copy)
        stop.set()
        await writer

    for copy in copies:
        with sqlite3.connect(copy) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            (entries,) = connection.execute("SELECT count(*) FROM entries").fetchone()
            (verdicts,) = connection.execute("SELECT count(*) FROM verdicts").fetchone()
        connection.close()
        assert entries == verdicts >= 1
        async with opened(f"sqlite:///{copy}") as restored:
            assert (await restored.entries(limit=10_000))[-1].entry.title == "first"


async def test_a_copy_never_overwrites(tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("precious")
    async with temporary_store(tmp_path) as store:
        with pytest.raises(StoreError, match=r"copy\.db exists already"):
            await store.backup(target)

    assert target.read_text() == "precious"
    assert not (tmp_path / "copy.db.part").exists()


async def test_a_copy_to_a_place_that_is_not_there_says_so(tmp_path: Path) -> None:
    async with temporary_store(tmp_path) as store:
        with pytest.raises(StoreError, match="cannot be written"):
            await store.backup(tmp_path / "no" / "such" / "folder.db")
        await store.set_setting("name", "goes on")


@pytest.mark.skipif(POSTGRES_URL is None, reason="needs PostgreSQL")
async def test_postgresql_is_copied_by_its_own_tools(tmp_path: Path) -> None:
    assert POSTGRES_URL is not None
    async with postgres_database(POSTGRES_URL) as url, opened(url) as store:
        with pytest.raises(StoreError, match="pg_dump"):
            await store.backup(tmp_path / "copy.db")
