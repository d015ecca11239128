"""The tables come up, go down and stay what the program thinks they are."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from bot.errors import StoreError
from bot.store import open_store
from bot.store.database import Database
from bot.store.dialects import backend_for
from bot.store.metadata import metadata
from bot.store.migrate import HEAD, MIGRATIONS, change, migrate
from tests.builders import NOON
from tests.store.memory import Memory
from tests.stores import opened, sqlite_url


async def tables(database: Database) -> set[str]:
    async with database.reading() as connection:
        return set(await connection.run_sync(lambda sync: inspect(sync).get_table_names()))


async def test_the_migrations_make_the_tables_that_the_program_uses(url: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    def difference(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, metadata))

    async with opened(url) as store, store._database.reading() as connection:
        assert await connection.run_sync(difference) == []


def test_the_newest_migration_is_the_one_that_the_program_asks_for() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))

    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


async def test_opening_again_keeps_everything(url: str) -> None:
    async with opened(url) as store:
        memory = Memory(store)
        await memory.publish("one", await memory.destination())
        before = await store.deliveries(limit=5)

    async with opened(url) as store:
        assert await store.deliveries(limit=5) == before


async def test_every_migration_goes_down_and_up_again_on_data(url: str) -> None:
    async with opened(url) as store:
        memory = Memory(store)
        await memory.publish("one", await memory.destination())
        await store.set_setting("name", "value")
    database = Database(backend_for(url))
    try:
        await change(database, "base")
        assert await tables(database) == {"alembic_version"}
        await migrate(database)
        assert await tables(database) >= set(metadata.tables)
    finally:
        await database.close()

    async with opened(url) as store:
        memory = Memory(store)
        await memory.publish("one", await memory.destination())
        assert await memory.due() == ["one@1001"]


async def test_two_that_start_at_once_on_an_empty_database_both_come_up(url: str) -> None:
    import asyncio

    first, second = await asyncio.gather(open_store(url), open_store(url))
    try:
        await first.set_setting("name", "value")
        assert await second.setting("name") == "value"
    finally:
        await first.close()
        await second.close()


async def rewrite_revision(url: str, revision: str) -> None:
    async with opened(url) as store, store._database.writing() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = :new"), {"new": revision})


@pytest.mark.parametrize("revision", ["0099", "9999"])
async def test_a_database_of_a_newer_version_is_refused_and_not_touched(url: str, revision: str) -> None:
    await rewrite_revision(url, revision)
    file = Path(url.removeprefix("sqlite:///"))
    before = file.read_bytes() if file.exists() else b""

    with pytest.raises(StoreError, match=f"newer Smallprint .*{revision}.* Install the newer version"):
        await open_store(url)

    assert (file.read_bytes() if file.exists() else b"") == before


async def test_the_tables_of_another_program_are_refused_and_not_touched(url: str) -> None:
    database = Database(backend_for(url))
    try:
        async with database.writing() as connection:
            await connection.execute(text("CREATE TABLE recipes (name TEXT)"))
        with pytest.raises(StoreError, match="another program"):
            await open_store(url)
        assert await tables(database) == {"recipes"}
    finally:
        await database.close()


async def test_a_migration_that_fails_leaves_the_database_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = sqlite_url(tmp_path)

    def fails(connection: Connection, to: str) -> None:
        connection.execute(text("CREATE TABLE half (name TEXT)"))
        raise StoreError("the upgrade could not be finished")

    monkeypatch.setattr("bot.store.migrate._run", fails)
    with pytest.raises(StoreError, match="could not be finished"):
        await open_store(url)
    monkeypatch.undo()

    async with opened(url) as store:
        assert "half" not in await tables(store._database)
        await store.tidy(NOON)


async def test_rows_that_a_migration_left_pointing_nowhere_undo_it(tmp_path: Path) -> None:
    async with opened(sqlite_url(tmp_path)) as store:
        backend = store._database.backend
    engine = backend.migrator()
    try:
        async with engine.begin() as connection:
            await connection.execute(text("INSERT INTO story_platforms VALUES ('udio', 'nowhere')"))
            with pytest.raises(StoreError, match="1 rows would point nowhere"):
                await connection.run_sync(backend.check_migrated)
            await connection.rollback()
    finally:
        await engine.dispose()
