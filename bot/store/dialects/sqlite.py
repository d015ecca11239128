"""The memory in one SQLite file: a write-ahead log, one writer, several readers."""

import asyncio
import contextlib
import os
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.errors import StoreError
from bot.store.dialects.backend import Backend

# How long a statement waits for another process that writes to the same file.
BUSY_SECONDS = 30
READERS = 3

TROUBLE = {
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


class SqliteBackend(Backend):
    name = "sqlite"

    def __init__(self, url: URL) -> None:
        super().__init__(url)
        if not url.database or url.database == ":memory:":
            raise StoreError("The SQLite URL names no file. Write it like sqlite:///data/smallprint.db.")
        self.path = Path(url.database)
        self._file: tuple[int, int] | None = None

    def __str__(self) -> str:
        return str(self.path)

    async def prepare(self, *, create: bool) -> None:
        await asyncio.to_thread(self._prepare, create)

    def _prepare(self, create: bool) -> None:
        try:
            is_new = self._is_new(create)
        except OSError as error:
            raise StoreError(
                f"The database {self.path} cannot be opened ({error.strerror}). "
                "Give this user the right to read and write the file and its folder."
            ) from error
        places = [self.path.parent] if is_new else [self.path.parent, self.path]
        if not all(os.access(place, os.W_OK) for place in places):
            raise StoreError(TROUBLE["SQLITE_READONLY"].format(path=self.path))
        if is_new:
            self._begin_log()
        self._file = _identity(self.path)

    def check_place(self) -> None:
        """A file that was deleted or replaced stays open, and all that is written to it is lost at the end."""
        if self._file is not None and _identity(self.path) != self._file:
            raise StoreError(
                f"The database {self.path} was deleted or replaced while Smallprint runs. "
                "Put the right file there, then start Smallprint again."
            )

    def _is_new(self, create: bool) -> bool:
        """Whether there is nothing in the file yet. Raises StoreError for what is not a database, or OSError."""
        if create:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        if not self.path.exists():
            if create:
                return True
            raise StoreError(
                f"There is no database at {self.path} yet. Run Smallprint once, or check the database URL."
            )
        with self.path.open("rb") as file:
            start = file.read(16)
        if start and start != b"SQLite format 3\x00":
            raise StoreError(TROUBLE["SQLITE_NOTADB"].format(path=self.path))
        return not start

    def _begin_log(self) -> None:
        """Turn a new file to WAL, which SQLite refuses at once, without its usual wait, while another process does."""
        for _ in range(BUSY_SECONDS * 20):
            with contextlib.closing(sqlite3.connect(self.path)) as connection:
                try:
                    connection.execute("PRAGMA journal_mode = WAL")
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorname != "SQLITE_BUSY":
                        return  # whatever it is, the first real statement says it better
                else:
                    return
            time.sleep(0.05)

    def reader(self) -> AsyncEngine:
        engine = self._engine(pool_size=READERS, max_overflow=0, pool_timeout=BUSY_SECONDS * 10)
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
        for start, problem in TROUBLE.items():
            if code.startswith(start):
                return StoreError(problem.format(path=self.path))
        return StoreError(f"The database {self.path} refused a statement ({error.orig}). Please report this.")


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands at this path; None: none does."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


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
