"""What cannot be opened says what it is and what to do."""

import os
import sqlite3
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import open_store
from tests.builders import a_destination
from tests.store.memory import Memory
from tests.stores import NO_POSTGRES, POSTGRES_URL, opened, postgres_database, sqlite_url, temporary_store

AS_ROOT = pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")


async def test_the_contract_is_tested_on_postgresql_too() -> None:
    if POSTGRES_URL is None:
        pytest.skip(NO_POSTGRES)
    async with postgres_database(POSTGRES_URL) as url, opened(url) as store:
        assert store._database.name == "postgresql"


async def test_the_folder_of_a_new_database_is_made(tmp_path: Path) -> None:
    async with temporary_store(tmp_path / "not" / "there"):
        assert (tmp_path / "not" / "there" / "smallprint.db").exists()


async def test_a_missing_database_is_an_error_where_none_should_be_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no database at"):
        await open_store(sqlite_url(tmp_path), create=False)

    assert list(tmp_path.iterdir()) == []


async def test_an_existing_database_opens_without_making_one(tmp_path: Path) -> None:
    async with temporary_store(tmp_path) as store:
        await store.set_setting("name", "value")

    store = await open_store(sqlite_url(tmp_path), create=False)
    try:
        assert await store.setting("name") == "value"
    finally:
        await store.close()


@pytest.mark.parametrize("spelling", ["sqlite:///{}", "sqlite+aiosqlite:///{}"])
async def test_the_driver_need_not_be_named(tmp_path: Path, spelling: str) -> None:
    async with opened(spelling.format(tmp_path / "named.db")):
        assert (tmp_path / "named.db").exists()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "cannot be read"),
        ("mysql://host/name", "SQLite or PostgreSQL, not in mysql"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
async def test_an_address_that_is_none_of_ours_is_refused(url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words):
        await open_store(url)


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "smallprint.db"
    file.write_text("Dear diary, " * 100)

    with pytest.raises(StoreError, match="is not a database"):
        await open_store(sqlite_url(tmp_path))

    assert file.read_text() == "Dear diary, " * 100


async def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "smallprint.db").mkdir()

    with pytest.raises(StoreError, match="cannot be opened"):
        await open_store(sqlite_url(tmp_path))


async def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")

    with pytest.raises(StoreError, match="cannot be opened"):
        await open_store(sqlite_url(tmp_path / "data"))


@AS_ROOT
async def test_a_database_that_we_may_not_write_is_refused(tmp_path: Path) -> None:
    async with temporary_store(tmp_path):
        pass
    (tmp_path / "smallprint.db").chmod(0o400)

    with pytest.raises(StoreError, match=r"cannot be written\. Give this user"):
        await open_store(sqlite_url(tmp_path))


async def test_a_damaged_database_says_so(tmp_path: Path) -> None:
    async with temporary_store(tmp_path) as store:
        memory = Memory(store)
        for number in range(50):
            await memory.entry(f"entry {number}", summary="text " * 200)
    file = tmp_path / "smallprint.db"
    size = file.stat().st_size
    with file.open("r+b") as raw:
        raw.seek(4096)
        raw.write(os.urandom(size - 4096))

    with pytest.raises(StoreError, match=r"is damaged\. Stop Smallprint and restore a backup"):
        async with opened(sqlite_url(tmp_path)) as store:
            await store.entries(limit=100)


async def test_a_file_with_a_damaged_beginning_says_so(tmp_path: Path) -> None:
    async with temporary_store(tmp_path):
        pass
    with (tmp_path / "smallprint.db").open("r+b") as raw:
        raw.seek(16)
        raw.write(b"\xff" * 84)

    with pytest.raises(StoreError, match=r"is not a database|is damaged"):
        await open_store(sqlite_url(tmp_path))


async def test_a_full_disk_says_so_and_loses_nothing(tmp_path: Path) -> None:
    async with temporary_store(tmp_path) as store:
        memory = Memory(store)
        await memory.entry("kept")
        # What SQLite answers when a disk is full, brought about by its own page limit.
        async with store._database.writer.connect() as connection:
            await connection.exec_driver_sql("PRAGMA max_page_count = 1")

        with pytest.raises(StoreError, match=r"is full\. Make room"):
            await memory.entry("too much", summary="text " * 1_000_000)

        assert [each.entry.title for each in await store.entries(limit=10)] == ["kept"]


async def test_a_database_that_another_program_keeps_locked_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.dialects.sqlite.BUSY_SECONDS", 0)
    async with temporary_store(tmp_path) as store:
        await store.set_setting("name", "value")
        stranger = sqlite3.connect(tmp_path / "smallprint.db", isolation_level=None)
        try:
            stranger.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match=r"Another program keeps the database .* locked"):
                await store.set_setting("name", "other")
            # Reading goes on meanwhile.
            assert await store.setting("name") == "value"
        finally:
            stranger.close()
        await store.set_setting("name", "other")


async def test_postgresql_that_does_not_answer_says_so_without_the_password() -> None:
    pytest.importorskip("asyncpg")

    with pytest.raises(StoreError, match="does not let us in") as refused:
        await open_store("postgresql://somebody:fake-password@127.0.0.1:1/nothing")

    assert "fake-password" not in str(refused.value)


async def test_the_files_of_the_database_are_durable_and_checked(tmp_path: Path) -> None:
    async with temporary_store(tmp_path) as store, store._database.writing() as connection:
        found = {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


async def test_readers_cannot_write(tmp_path: Path) -> None:
    async with temporary_store(tmp_path) as store:
        with pytest.raises(StoreError, match="cannot be written"):
            async with store._database.reading() as connection:
                await connection.exec_driver_sql("DELETE FROM settings")


async def test_rows_cannot_point_nowhere(memory: Memory) -> None:
    await memory.story("one")

    with pytest.raises(StoreError, match="refused a statement"):
        await memory.publish("one", a_destination(99))

    assert await memory.store.ready_editions(5) == [("one", 1)]


@pytest.mark.parametrize("replaced", [False, True], ids=["deleted", "replaced"])
async def test_a_database_that_is_taken_away_while_it_is_open_is_not_written_to(
    tmp_path: Path, replaced: bool
) -> None:
    async with temporary_store(tmp_path) as store:
        for file in tmp_path.glob("smallprint.db*"):
            file.rename(tmp_path / f"away-{file.name}")
        if replaced:
            (tmp_path / "smallprint.db").write_bytes(b"")

        with pytest.raises(StoreError, match="was deleted or replaced while Smallprint runs"):
            await store.set_setting("name", "value")
