"""Real stores for tests, on a database of their own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.store import SqlStore, open_store


def sqlite_url(folder: Path) -> str:
    """The URL of a database file in this folder."""
    return f"sqlite:///{folder / 'smallprint.db'}"


@asynccontextmanager
async def temporary_store(folder: Path) -> AsyncIterator[SqlStore]:
    """A migrated SQLite store in `folder`; opening it again in the same folder finds what was written."""
    store = await open_store(sqlite_url(folder))
    try:
        yield store
    finally:
        await store.close()
