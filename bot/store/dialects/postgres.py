"""The memory on a PostgreSQL server."""

import contextlib
import importlib.util
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import StoreError
from bot.store.dialects.backend import Backend
from bot.store.dialects.postgres_lock import Sleep, hold_runner_lock

# Reads and writes have so many each; more wait for one to come free.
CONNECTIONS = 5
# Any number will do as long as no other program uses it in the same database; "sp" and a count, as the runner's.
MIGRATION_LOCK = 0x7370_0001


class PostgresBackend(Backend):
    name = "postgresql"

    async def prepare(self, *, create: bool) -> None:
        if importlib.util.find_spec("asyncpg") is None:
            raise StoreError("PostgreSQL needs the asyncpg package. Install smallprint[postgres].")
        engine = self.migrator()
        try:
            async with engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
        except Exception as error:
            raise StoreError(
                f"PostgreSQL at {self} does not let us in ({error}). Check the URL and the server."
            ) from error
        finally:
            await engine.dispose()

    def reader(self) -> AsyncEngine:
        # One moment for all the queries of one look, as SQLite gives it.
        engine = create_async_engine(self.url, pool_size=CONNECTIONS, pool_pre_ping=True)
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def writer(self) -> AsyncEngine:
        return create_async_engine(self.url, pool_size=CONNECTIONS, pool_pre_ping=True)

    def migrator(self) -> AsyncEngine:
        engine = create_async_engine(self.url, poolclass=NullPool)

        @event.listens_for(engine.sync_engine, "begin")
        def wait_for_others(connection: Connection) -> None:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")

        return engine

    def write_turn(self) -> AbstractAsyncContextManager[object]:
        return contextlib.nullcontext()

    def check_migrated(self, connection: Connection) -> None:
        """PostgreSQL checks as it goes."""

    async def backup(self, target: Path) -> None:
        raise StoreError("Smallprint copies SQLite files only. Back up PostgreSQL with pg_dump.")

    async def checkpoint(self) -> None:
        """PostgreSQL does that by itself."""

    def runner_lock(self, sleep: Sleep) -> AbstractAsyncContextManager[None]:
        """A lock of this database that goes with its connection. Raises LockedError, naming who has it."""
        return hold_runner_lock(self.url, sleep)

    def explain(self, error: DBAPIError) -> StoreError:
        if error.connection_invalidated or "Connection" in type(error.orig).__name__:
            return StoreError(
                f"The connection to PostgreSQL at {self} broke. Check the server; we try again."
            )
        return StoreError(f"PostgreSQL at {self} refused a statement ({error.orig}). Please report this.")
