"""Being connected for the length of one pass."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app.building import App


@asynccontextmanager
async def connected(app: App) -> AsyncIterator[None]:
    yield
