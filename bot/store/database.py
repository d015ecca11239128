"""One open database: reads side by side, writes in turn, errors as StoreError."""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Row, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.store.dialects import Backend

Value = TypeVar("Value")
AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]

# SQLite takes 32,766 bound values in one statement, PostgreSQL 32,767; far below, and still one query as a rule.
VALUES_AT_ONCE = 5_000


class Database:
    """Two engines on one database. `writing` transactions of one process never meet each other in SQLite."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.reader = backend.reader()
        self.writer = backend.writer()
        self._turn = backend.write_turn()

    @property
    def name(self) -> str:
        """ "sqlite" or "postgresql", for choosing a statement in dialects."""
        return self.backend.name

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that sees one moment and changes nothing. Do not nest: readers are few."""
        with self._explained():
            async with self.reader.connect() as connection, connection.begin():
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """A transaction that is written as a whole when the block ends, or not at all when it raises."""
        async with self._turn:
            self.backend.check_place()
            with self._explained():
                async with self.writer.begin() as connection:
                    yield connection

    def _explained(self) -> "_Explained":
        return _Explained(self.backend)

    async def checkpoint(self) -> None:
        """Write back what only the log holds, between two transactions."""
        async with self._turn:
            with self._explained():
                await self.backend.checkpoint()

    async def close(self) -> None:
        await self.reader.dispose()
        await self.writer.dispose()


class _Explained:
    """Turns what the database driver raises into a sentence for the operator."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def __enter__(self) -> None: ...

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, DBAPIError):
            raise self._backend.explain(error) from error
        if isinstance(error, PoolTimeoutError):
            raise StoreError(f"The database {self._backend} is too busy. Try again in a minute.") from error
        if isinstance(error, OSError):
            raise StoreError(
                f"The database {self._backend} cannot be reached ({error}). Check that it is there."
            ) from error


class Noun:
    """Base of the files that each remember one noun."""

    def __init__(self, database: Database) -> None:
        self._database = database


def chunked(values: Iterable[Value], size: int = VALUES_AT_ONCE) -> Iterator[Sequence[Value]]:
    """The values in lists of at most `size`, in order."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part
