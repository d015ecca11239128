"""Fakes of what is not ours: clock, network, platforms. Each is one small class."""

import asyncio
from datetime import datetime, timedelta

from tests.builders import NOON


class FakeClock:
    """A clock that a test moves. Sleeping moves it at once, so nothing waits for real."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, step: timedelta) -> None:
        self._now += step

    async def sleep(self, wait: timedelta) -> None:
        if wait > timedelta(0):
            self._now += wait
        # Lets other tasks run, as a real sleep would.
        await asyncio.sleep(0)
