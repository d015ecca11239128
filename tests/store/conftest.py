"""A store on every kind of database that this machine has."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store import SqlStore
from tests.store.memory import Memory
from tests.stores import POSTGRES_URL, opened, postgres_database, sqlite_url

# Where there is no PostgreSQL one test says so (test_opening.py), not each of them.
DIALECTS = ["sqlite"] if POSTGRES_URL is None else ["sqlite", "postgresql"]


@pytest.fixture(params=DIALECTS)
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """An empty database."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path)
        return
    assert POSTGRES_URL is not None
    async with postgres_database(POSTGRES_URL) as made:
        yield made


@pytest.fixture
async def store(url: str) -> AsyncIterator[SqlStore]:
    """A store with tables and nothing in them."""
    async with opened(url) as made:
        yield made


@pytest.fixture
def memory(store: SqlStore) -> Memory:
    """The same store with shortcuts for filling it."""
    return Memory(store)
