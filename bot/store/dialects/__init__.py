"""What differs between SQLite and PostgreSQL: the only place that may know which database it talks to.

A `Backend` opens engines that are set up right, says what an error of its database means, and does the few
things that have no common SQL: copies, checkpoints, advisory locks. `statements` has what is spelled differently.
"""

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import StoreError
from bot.store.dialects.backend import Backend
from bot.store.dialects.postgres import PostgresBackend
from bot.store.dialects.sqlite import SqliteBackend
from bot.store.dialects.statements import (
    NEVER_REUSED_IDS,
    insert_or_update,
    insert_unless_known,
    partial_index,
)

__all__ = [
    "NEVER_REUSED_IDS",
    "Backend",
    "PostgresBackend",
    "SqliteBackend",
    "backend_for",
    "insert_or_update",
    "insert_unless_known",
    "partial_index",
]


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
