"""Real stores for tests, on a database of their own."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

from bot.store import SqlStore, open_store

POSTGRES_URL = os.environ.get("SMALLPRINT_TEST_POSTGRES_URL")
NO_POSTGRES = "needs PostgreSQL: set SMALLPRINT_TEST_POSTGRES_URL to a server where databases may be made"


def sqlite_url(folder: Path) -> str:
    """The URL of a database file in this folder."""
    return f"sqlite:///{folder / 'smallprint.db'}"


@asynccontextmanager
async def temporary_store(folder: Path) -> AsyncIterator[SqlStore]:
    """A migrated SQLite store in `folder`; opening it again in the same folder finds what was written."""
    async with opened(sqlite_url(folder)) as store:
        yield store


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[SqlStore]:
    """A store at a URL, closed at the end."""
    store = await open_store(url)
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def postgres_database(server: str) -> AsyncIterator[str]:
    """The URL of a new, empty database on this PostgreSQL server; dropped at the end."""
    # An optional package: only who tests PostgreSQL needs it.
    import asyncpg

    parts = urlsplit(server)._replace(scheme="postgresql")
    name = f"smallprint_test_{uuid4().hex}"
    connection = await asyncpg.connect(urlunsplit(parts))
    try:
        await connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlunsplit(parts._replace(path=f"/{name}"))
        finally:
            await connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    finally:
        await connection.close()
