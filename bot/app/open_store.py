"""Opening the memory, whole or only to look at it."""

import os
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.errors import StoreError
from bot.flows.memory import Store
from bot.logic.text.plural import counted
from bot.settings import Settings


@asynccontextmanager
async def open_memory(settings: Settings, *, create: bool = False) -> AsyncIterator[Store]:
    """The store for as long as the block lasts. Raises StoreError; also for a missing file unless `create`."""
    from bot.store import open_store  # SQLAlchemy: a third of a second that other commands need not wait

    store = await open_store(settings.database_url.get_secret_value(), create=create)
    try:
        yield store
    finally:
        await store.close()


def sqlite_file(settings: Settings) -> Path | None:
    """Where the SQLite file is or will be; None for another database."""
    found = re.match(r"sqlite(?:\+\w+)?:///([^?]+)", settings.database_url.get_secret_value())
    return Path(found[1]) if found else None


def has_memory(settings: Settings) -> bool:
    """Whether there is a database to look at; for a server that can only be told by asking it."""
    file = sqlite_file(settings)
    return file is None or file.exists()


async def look_at_database(settings: Settings) -> str:
    """A sentence about the database for `smallprint check`. Raises StoreError when it cannot be used."""
    file = sqlite_file(settings)
    if file is not None and not file.exists():
        folder = next(parent for parent in file.absolute().parents if parent.exists())
        if not folder.is_dir() or not os.access(folder, os.W_OK):
            raise StoreError(
                f"The database {file} cannot be made: {folder} is not a folder that I may write to. "
                "Give this user the right, or name another place."
            )
        return f"database {file} will be made at the first run"
    async with open_memory(settings) as store:
        rows = await store.counts()
    entries = counted(rows.get("entries", 0), "entry", "entries")
    stories = counted(rows.get("stories", 0), "story", "stories")
    return f"database {file or 'on its server'}: {entries}, {stories}"


async def back_up(settings: Settings, target: Path) -> None:
    """A consistent copy, also while the bot runs. Raises StoreError."""
    async with open_memory(settings) as store:
        await store.backup(target)


@asynccontextmanager
async def hold_memory(settings: Settings) -> AsyncIterator[None]:
    """Keep other runners off this database. Raises LockedError, a sentence, when one has it."""
    from bot.store import hold_lock

    async with hold_lock(settings.database_url.get_secret_value()):
        yield
