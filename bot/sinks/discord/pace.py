"""Staying under Discord's limits without ever learning of them by a refusal."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Now = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]


class Pace:
    """At most `limit` requests in any `period` (seconds), as the other side counts them.

    A place is taken when a request starts and given back one period after its *answer*. Discord counted it at some
    moment between the two, so whatever the network or a busy loop did to it, no window of that length over there can
    hold more than `limit`. (Counting from the start, or dripping evenly, breaks as soon as some requests are late.)
    The price is the time of one answer a period: with answers in 20 ms, 98 % of the limit is used.
    """

    def __init__(
        self, limit: int, period: float, *, now: Now = time.monotonic, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._limit, self._period, self._now, self._sleep = limit, period, now, sleep
        self._answered: deque[float] = deque()
        self._under_way = 0
        self._line = asyncio.Lock()  # first come, first served
        self._one_answered = asyncio.Event()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a place, and hold it while the request runs."""
        await self._take_place()
        try:
            yield
        finally:
            self._under_way -= 1
            self._answered.append(self._now())
            self._one_answered.set()

    def try_take(self) -> bool:
        """Take a place at once for something that may as well be left out; False: there is none."""
        if self._taken() >= self._limit:
            return False
        self._answered.append(self._now())
        return True

    @property
    def is_idle(self) -> bool:
        """Nothing is under way or remembered: forgetting this object changes nothing."""
        return not self._line.locked() and self._taken() == 0

    def _taken(self) -> int:
        while self._answered and self._answered[0] <= self._now() - self._period:
            self._answered.popleft()
        return self._under_way + len(self._answered)

    async def _take_place(self) -> None:
        async with self._line:
            while self._taken() >= self._limit:
                if self._answered:
                    await self._sleep(max(self._answered[0] + self._period - self._now(), 0.001))
                else:
                    self._one_answered.clear()
                    await self._one_answered.wait()
            self._under_way += 1


class Paces:
    """One Pace for each key (a channel), forgotten when it is idle."""

    def __init__(
        self, limit: int, period: float, *, now: Now = time.monotonic, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._limit, self._period, self._now, self._sleep = limit, period, now, sleep
        self._of: dict[int, Pace] = {}

    def of(self, key: int) -> Pace:
        if len(self._of) >= 1000 and key not in self._of:
            self._of = {known: pace for known, pace in self._of.items() if not pace.is_idle}
        if key not in self._of:
            self._of[key] = Pace(self._limit, self._period, now=self._now, sleep=self._sleep)
        return self._of[key]
