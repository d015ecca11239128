"""Brings a database to the tables that this program knows, at start, or says why not."""

import asyncio
import logging
from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from bot.errors import StoreError
from bot.store.database import Database

# The newest file in migrations/versions; written here so that an ordinary start need not load Alembic.
HEAD = "0007"
MIGRATIONS = Path(__file__).parent / "migrations"


async def migrate(database: Database, to: str = HEAD) -> None:
    """Upgrade to the newest tables; nothing happens when they are there.

    Raises StoreError, with nothing touched, when the database is newer than the program or somebody else's.
    """
    found = await _revision(database)
    if found == to:
        return
    if found is not None and (not found.isdecimal() or int(found) > int(HEAD)):
        raise StoreError(
            f"The database {database.backend} was written by a newer Smallprint (its tables are revision {found}, this "
            f"version knows up to {HEAD}). Install the newer version again, or restore a backup from before the upgrade."
        )
    # Alembic takes a while to load; not in the event loop's thread.
    await asyncio.to_thread(import_module, "alembic.command")
    await change(database, to)


async def change(database: Database, to: str) -> None:
    """Go up or down to a revision, in one transaction."""
    engine = database.backend.migrator()
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_run, to)
            await connection.run_sync(database.backend.check_migrated)
    except DBAPIError as error:
        raise database.backend.explain(error) from error
    finally:
        await engine.dispose()


async def _revision(database: Database) -> str | None:
    """The revision written in the database; None: it is empty. Raises StoreError for tables that are not ours."""
    async with database.reading() as connection:
        tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise StoreError(
                f"{database.backend} holds the tables of another program. Name another database in the database URL."
            )
        revision: str | None = (
            await connection.execute(text("SELECT version_num FROM alembic_version"))
        ).scalar()
        return revision


def _run(connection: Connection, to: str) -> None:
    # Here and not above, to keep a start without migration light.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    # It tells its every step; what an operator should know, the errors here say.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    heights = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    present = (
        connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if _is_ours(connection)
        else None
    )
    # walk_revisions gives the newest first.
    is_down = to == "base" or (present is not None and heights.index(to) > heights.index(present))
    (command.downgrade if is_down else command.upgrade)(config, to)


def _is_ours(connection: Connection) -> bool:
    return inspect(connection).has_table("alembic_version")
