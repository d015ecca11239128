"""The pace of requests: close to what Discord allows, and never over it, whatever is late."""

import asyncio
import heapq
from collections import deque

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sinks.discord.pace import Pace, Paces


class Simulated:
    """A clock and a network: time moves only when everything waits."""

    def __init__(self) -> None:
        self.time = 0.0
        self._sleeping: list[tuple[float, int, asyncio.Event]] = []
        self._count = 0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self._count += 1
        woken = asyncio.Event()
        heapq.heappush(self._sleeping, (self.time + seconds, self._count, woken))
        await woken.wait()

    async def run(self, work: list[asyncio.Task[None]]) -> None:
        while not all(task.done() for task in work):
            for _ in range(20):
                await asyncio.sleep(0)
            if self._sleeping:
                self.time, _, woken = heapq.heappop(self._sleeping)
                woken.set()
        for task in work:
            task.result()


async def arrivals(limit: int, delays: list[tuple[float, float]]) -> tuple[list[float], float]:
    """When requests reach the other side, each after its first delay and answered after its second; and the end."""
    simulated = Simulated()
    pace = Pace(limit, 1.0, now=simulated.now, sleep=simulated.sleep)
    seen: list[float] = []

    async def request(there: float, back: float) -> None:
        async with pace.turn():
            await simulated.sleep(there)
            seen.append(simulated.time)
            await simulated.sleep(back)

    await simulated.run([asyncio.create_task(request(*delay)) for delay in delays])
    return sorted(seen), simulated.time


def most_in_a_second(times: list[float]) -> int:
    window: deque[float] = deque()
    most = 0
    for at in times:
        window.append(at)
        while window[0] <= at - 1.0:
            window.popleft()
        most = max(most, len(window))
    return most


moments = st.floats(0.0, 3.0, allow_nan=False)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(moments, moments), min_size=1, max_size=60))
def test_however_late_requests_and_answers_are_no_second_holds_more_than_the_limit(
    delays: list[tuple[float, float]],
) -> None:
    seen, _ = asyncio.run(arrivals(5, delays))

    assert len(seen) == len(delays)
    assert most_in_a_second(seen) <= 5


async def test_two_thousand_requests_take_hardly_longer_than_the_limit_asks_for() -> None:
    seen, end = await arrivals(49, [(0.01, 0.01)] * 2_000)

    assert most_in_a_second(seen) <= 50
    assert end / (2_000 / 50) < 1.05


async def test_a_request_that_fails_gives_its_place_back() -> None:
    simulated = Simulated()
    pace = Pace(1, 1.0, now=simulated.now, sleep=simulated.sleep)
    with pytest.raises(ValueError, match="broken"):
        async with pace.turn():
            raise ValueError("broken")

    assert not pace.try_take()
    simulated.time = 1.5
    assert pace.try_take()


def test_paces_of_idle_channels_are_forgotten() -> None:
    time = [0.0]
    paces = Paces(4, 5.0, now=lambda: time[0])
    for channel in range(1_000):
        paces.of(channel).try_take()
    time[0] = 6.0
    paces.of(5_000)

    assert len(paces._of) == 1
