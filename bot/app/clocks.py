"""The clocks that a real process runs on."""

import asyncio
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's clock. Implements bot.ports.Clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, wait: timedelta) -> None:
        await asyncio.sleep(max(0.0, wait.total_seconds()))


class FixedClock:
    """A clock that stands where a replay set it; sleeping moves it on at once. Implements bot.ports.Clock."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        """Move it, also backwards."""
        self._now = now

    async def sleep(self, wait: timedelta) -> None:
        self._now += max(wait, timedelta(0))
        # Lets other tasks run, as a real sleep would.
        await asyncio.sleep(0)
