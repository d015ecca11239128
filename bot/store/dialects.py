"""What differs between SQLite and PostgreSQL: the only file that may know which database it talks to.

A `Backend` opens engines that are set up right, says what an error of its database means, and does the few
things that have no common SQL: copies, checkpoints, advisory locks, "insert unless it is there".
"""

import asyncio
import contextlib
import importlib.util
import os
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy.dialects.postgresql as pg
import sqlalchemy.dialects.sqlite as lite
from sqlalchemy import ColumnElement, Connection, Table, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import LockedError, StoreError

# How long a statement waits for another process that writes to the same SQLite file.
BUSY_SECONDS = 30
# Writers beyond this in one process wait for a connection: PostgreSQL only, SQLite has one writer.
POSTGRES_CONNECTIONS = 5
SQLITE_READERS = 3
# Any number will do as long as no other program uses it in the same database; these spell "sp" and a count.
MIGRATION_LOCK, RUNNER_LOCK = 0x7370_0001, 0x7370_0002

# SQLite would otherwise give the id of a deleted last row to the next one; PostgreSQL never does.
NEVER_REUSED_IDS: dict[str, Any] = {"sqlite_autoincrement": True}


def partial_index(condition: ColumnElement[bool]) -> dict[str, Any]:
    """Index arguments for "only rows where"; a query must state the same condition to be served by it."""
    return {"sqlite_where": condition, "postgresql_where": condition}


@cache
def insert_unless_known(backend: str, table: Table, *keys: str) -> lite.Insert | pg.Insert:
    """An insert that passes over rows whose `keys` are there already."""
    make = lite.insert if backend == "sqlite" else pg.insert
    return make(table).on_conflict_do_nothing(index_elements=keys)


@cache
def insert_or_update(
    backend: str, table: Table, *keys: str, keep: frozenset[str] = frozenset(), unless: str = ""
) -> lite.Insert | pg.Insert:
    """An insert that overwrites the row with the same `keys`.

    keep    columns that keep their old value
    unless  SQL about the old row; where it holds the whole row stays as it is
    """
    make = lite.insert if backend == "sqlite" else pg.insert
    insert = make(table)
    changed = {
        column.name: insert.excluded[column.name]
        for column in table.columns
        if column.name not in keys and column.name not in keep
    }
    condition = text(f"NOT ({unless})") if unless else None
    return insert.on_conflict_do_update(index_elements=keys, set_=changed, where=condition)


class Backend(ABC):
    """One kind of database at one address."""

    name: str

    def __init__(self, url: URL) -> None:
        self.url = url

    def __str__(self) -> str:
        return self.url.render_as_string(hide_password=True)

    @abstractmethod
    async def prepare(self, *, create: bool) -> None:
        """Make sure there is something to open. Raises StoreError, and leaves what is there alone."""

    @abstractmethod
    def reader(self) -> AsyncEngine: ...

    @abstractmethod
    def writer(self) -> AsyncEngine: ...

    @abstractmethod
    def migrator(self) -> AsyncEngine:
        """An engine for changing tables: nobody else migrates while its transaction is open."""

    @abstractmethod
    def write_turn(self) -> AbstractAsyncContextManager[object]:
        """What to hold while writing; made once per store."""

    @abstractmethod
    def check_migrated(self, connection: Connection) -> None:
        """Raises StoreError when a migration has left rows that point nowhere."""

    @abstractmethod
    async def backup(self, target: Path) -> None: ...

    @abstractmethod
    async def checkpoint(self) -> None: ...

    @abstractmethod
    def explain(self, error: DBAPIError) -> StoreError:
        """What happened, to what, what to do next."""


def backend_for(url: str) -> Backend:
    """The backend for a database URL; `sqlite:///file` and `postgresql://` do without naming the driver.

    Raises StoreError for an address that is neither.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise StoreError(
            "The database URL cannot be read. Write it like sqlite:///data/smallprint.db or postgresql://user@host/name."
        ) from error
    kind = parsed.get_backend_name()
    if kind == "sqlite":
        return SqliteBackend(parsed.set(drivername="sqlite+aiosqlite"))
    if kind == "postgresql":
        return PostgresBackend(parsed.set(drivername="postgresql+asyncpg"))
    raise StoreError(
        f"Smallprint keeps its memory in SQLite or PostgreSQL, not in {kind}. Change the database URL."
    )


class SqliteBackend(Backend):
    name = "sqlite"

    def __init__(self, url: URL) -> None:
        super().__init__(url)
        if not url.database or url.database == ":memory:":
            raise StoreError("The SQLite URL names no file. Write it like sqlite:///data/smallprint.db.")
        self.path = Path(url.database)

    def __str__(self) -> str:
        return str(self.path)

    async def prepare(self, *, create: bool) -> None:
        await asyncio.to_thread(self._look, create)

    def _look(self, create: bool) -> None:
        try:
            if create:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            if self.path.exists():
                with self.path.open("rb") as file:
                    start = file.read(16)
                if start and start != b"SQLite format 3\x00":
                    raise StoreError(
                        f"{self.path} is not a database. Move it away, or name another file in the database URL."
                    )
            elif not create:
                raise StoreError(
                    f"There is no database at {self.path} yet. Run Smallprint once, or check the database URL."
                )
        except OSError as error:
            raise StoreError(
                f"The database {self.path} cannot be opened ({error.strerror}). "
                "Give this user the right to read and write the file and its folder."
            ) from error
        if not os.access(self.path.parent, os.W_OK) or (
            self.path.exists() and not os.access(self.path, os.W_OK)
        ):
            raise StoreError(
                f"The database {self.path} cannot be written. Give this user the right to write the file and its folder."
            )

    def reader(self) -> AsyncEngine:
        engine = self._engine(pool_size=SQLITE_READERS, max_overflow=0, pool_timeout=BUSY_SECONDS * 10)
        self._on_connect(engine, "PRAGMA query_only = ON")
        self._on_begin(engine, "BEGIN")
        return engine

    def writer(self) -> AsyncEngine:
        engine = self._engine(pool_size=1, max_overflow=0, pool_timeout=BUSY_SECONDS * 10)
        # FULL: a delivery that was marked sent must still be so after a power cut, or it is posted twice.
        self._on_connect(
            engine,
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "PRAGMA foreign_keys = ON",
            "PRAGMA journal_size_limit = 67108864",
        )
        # IMMEDIATE: a transaction that reads first and writes later cannot wait for another process any more.
        self._on_begin(engine, "BEGIN IMMEDIATE")
        return engine

    def migrator(self) -> AsyncEngine:
        # Foreign keys stay off, since SQLite changes a table by copying and dropping it; checked afterwards.
        engine = self._engine(poolclass=NullPool)
        self._on_connect(engine, "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL")
        self._on_begin(engine, "BEGIN IMMEDIATE")
        return engine

    def _engine(self, **pool: Any) -> AsyncEngine:
        # isolation_level None: sqlite3 begins nothing by itself, so that we can say how.
        connect = {"isolation_level": None, "timeout": BUSY_SECONDS}
        return create_async_engine(self.url, connect_args=connect, **pool)

    @staticmethod
    def _on_connect(engine: AsyncEngine, *pragmas: str) -> None:
        @event.listens_for(engine.sync_engine, "connect")
        def set_up(connection: Any, _: Any) -> None:
            cursor = connection.cursor()
            for pragma in pragmas:
                cursor.execute(pragma)
            cursor.close()

    @staticmethod
    def _on_begin(engine: AsyncEngine, begin: str) -> None:
        @event.listens_for(engine.sync_engine, "begin")
        def start(connection: Connection) -> None:
            connection.exec_driver_sql(begin)

    def write_turn(self) -> AbstractAsyncContextManager[object]:
        return asyncio.Lock()

    def check_migrated(self, connection: Connection) -> None:
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if orphans:
            raise StoreError(
                f"The upgrade of {self.path} was undone: {len(orphans)} rows would point nowhere. Restore a backup."
            )

    async def backup(self, target: Path) -> None:
        if await asyncio.to_thread(target.exists):
            raise StoreError(f"{target} exists already. Name another file for the backup.")
        part = target.with_name(target.name + ".part")
        try:
            await asyncio.to_thread(part.unlink, missing_ok=True)
            # Outside a transaction, as VACUUM must be; it copies one moment while writers go on.
            async with self._outside_transactions() as connection:
                await connection.execute(text("VACUUM INTO :target"), {"target": str(part)})
            await asyncio.to_thread(_settle, part, target)
        except FileExistsError as error:
            raise StoreError(f"{target} exists already. Name another file for the backup.") from error
        except OSError as error:
            raise StoreError(
                f"The backup {target} cannot be written ({error.strerror}). Name another place."
            ) from error
        except DBAPIError as error:
            raise StoreError(
                f"The backup {target} cannot be written ({error.orig}). Check the folder, its rights and the free space."
            ) from error
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)

    async def checkpoint(self) -> None:
        async with self._outside_transactions() as connection:
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            await connection.exec_driver_sql("PRAGMA optimize")

    @contextlib.asynccontextmanager
    async def _outside_transactions(self) -> AsyncIterator[AsyncConnection]:
        """A connection of its own on which nothing begins a transaction: VACUUM and checkpoints refuse to be in one."""
        engine = self._engine(poolclass=NullPool)
        try:
            async with engine.connect() as connection:
                yield connection
        finally:
            await engine.dispose()

    def explain(self, error: DBAPIError) -> StoreError:
        code = getattr(error.orig, "sqlite_errorname", "") or str(error.orig)
        for start, problem in SQLITE_TROUBLE.items():
            if code.startswith(start):
                return StoreError(problem.format(path=self.path))
        return StoreError(f"The database {self.path} refused a statement ({error.orig}). Please report this.")


SQLITE_TROUBLE = {
    "SQLITE_FULL": "The disk with {path} is full. Make room, then start again; nothing was lost.",
    "SQLITE_READONLY": "The database {path} cannot be written. Give this user the right to write the file and its folder.",
    "SQLITE_PERM": "The database {path} cannot be opened. Give this user the right to read and write it.",
    "SQLITE_CANTOPEN": "The database {path} cannot be opened. Check that its folder is there and may be written.",
    "SQLITE_NOTADB": "{path} is not a database. Move it away, or name another file in the database URL.",
    "SQLITE_CORRUPT": "The database {path} is damaged. Stop Smallprint and restore a backup.",
    "SQLITE_IOERR": "The disk with {path} failed to read or write. Check the disk and its free space, then start again.",
    "SQLITE_BUSY": "Another program keeps the database {path} locked. Close it, then try again.",
    "SQLITE_LOCKED": "Another program keeps the database {path} locked. Close it, then try again.",
}


def _settle(part: Path, target: Path) -> None:
    """Make a finished copy durable and give it its name, unless that was taken in the meantime."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    os.link(part, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


LOCK_HOLDER = """
    SELECT pid FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND objid = {lock} AND classid = 0
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


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
        engine = create_async_engine(self.url, pool_size=POSTGRES_CONNECTIONS, pool_pre_ping=True)
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def writer(self) -> AsyncEngine:
        return create_async_engine(self.url, pool_size=POSTGRES_CONNECTIONS, pool_pre_ping=True)

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

    @contextlib.asynccontextmanager
    async def runner_lock(self) -> AsyncIterator[None]:
        """A lock of this database that goes with its connection. Raises LockedError, naming who has it."""
        engine = create_async_engine(self.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        try:
            async with engine.connect() as connection:
                if not await connection.scalar(text(f"SELECT pg_try_advisory_lock({RUNNER_LOCK})")):
                    holder = await connection.scalar(text(LOCK_HOLDER.format(lock=RUNNER_LOCK)))
                    raise LockedError(
                        f"Smallprint already runs on {self} (server process {holder or 'unknown'}). "
                        "Stop that one first, or give this one another database."
                    )
                yield
        except DBAPIError as error:
            raise self.explain(error) from error
        finally:
            await engine.dispose()

    def explain(self, error: DBAPIError) -> StoreError:
        if error.connection_invalidated or "Connection" in type(error.orig).__name__:
            return StoreError(
                f"The connection to PostgreSQL at {self} broke. Check the server; we try again."
            )
        return StoreError(f"PostgreSQL at {self} refused a statement ({error.orig}). Please report this.")
