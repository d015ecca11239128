"""A real store, a clock that a test moves, and a platform that only remembers."""

from collections.abc import AsyncIterator, Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.store import SqlStore
from tests.fakes import FakeClock
from tests.stores import temporary_store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    async with temporary_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[MutableMapping[str, Any]]]:
    """What was logged: printing thousands of traces would take longer than the tests."""
    with capture_logs() as captured:
        yield captured
