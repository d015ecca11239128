"""The runner: beats, wakes, crashes, reloads and the end."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.flows.finish import finish_before_stopping
from bot.runner import LONGEST_RESTART, Beat, Ran, Runner, Service
from tests.builders import NOON

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class HandClock:
    """A clock that stands still until the test moves it; sleepers wake when their time has come."""

    def __init__(self) -> None:
        self._now = NOON
        self._sleepers: list[tuple[datetime, asyncio.Event]] = []

    def now(self) -> datetime:
        return self._now

    async def sleep(self, wait: timedelta) -> None:
        until, woken = self._now + wait, asyncio.Event()
        if wait <= timedelta(0):
            return
        sleeper = (until, woken)
        self._sleepers.append(sleeper)
        try:
            await woken.wait()
        finally:
            self._sleepers.remove(sleeper)

    async def move(self, step: timedelta) -> None:
        """Let everybody run, move, and let everybody run again."""
        await settle()
        self._now += step
        for until, woken in list(self._sleepers):
            if until <= self._now:
                woken.set()
        await settle()


async def settle() -> None:
    """Let every task run until it waits for something that only the test can bring."""
    for _ in range(50):
        await asyncio.sleep(0)


class Flow:
    """Counts its passes and does what the test says."""

    def __init__(self, *, then: Callable[[int], Awaitable[Ran]] | None = None) -> None:
        self.passes = 0
        self._then = then

    async def __call__(self) -> Ran:
        self.passes += 1
        return await self._then(self.passes) if self._then else Ran()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def a_runner(clock: HandClock, *beats: Beat, **options: object) -> Runner:
    return Runner(beats, clock, chance=lambda: 0.5, **options)  # type: ignore[arg-type]


async def stop(runner: Runner, running: asyncio.Task[None]) -> None:
    runner.stop()
    await asyncio.wait_for(running, 30)


def started(runner: Runner) -> asyncio.Task[None]:
    return asyncio.ensure_future(runner.run())


async def test_a_flow_runs_at_once_and_then_on_its_beat(clock: HandClock) -> None:
    flow = Flow()
    runner = a_runner(clock, Beat("collect", flow, MINUTE))
    running = started(runner)

    await clock.move(timedelta(seconds=59))
    assert flow.passes == 1
    await clock.move(timedelta(seconds=1))
    assert flow.passes == 2
    assert runner.ran_at["collect"] == NOON + MINUTE
    await stop(runner, running)


async def test_waits_vary_a_little_by_chance_so_that_bots_do_not_march_in_step(clock: HandClock) -> None:
    flow = Flow()
    runner = Runner([Beat("collect", flow, 10 * MINUTE)], clock, chance=lambda: 1.0)
    running = started(runner)

    await clock.move(10 * MINUTE)
    assert flow.passes == 1
    await clock.move(MINUTE)
    assert flow.passes == 2
    await stop(runner, running)


async def test_work_of_one_flow_wakes_the_next_at_once(clock: HandClock) -> None:
    async def made_work(passes: int) -> Ran:
        return Ran(made=passes == 2)

    collect, publish = Flow(then=made_work), Flow()
    runner = a_runner(clock, Beat("collect", collect, MINUTE, ("publish",)), Beat("publish", publish, HOUR))
    running = started(runner)
    await settle()
    assert (collect.passes, publish.passes) == (1, 1)

    await clock.move(MINUTE)

    assert (collect.passes, publish.passes) == (2, 2)
    await stop(runner, running)


async def test_a_wake_during_a_pass_is_not_lost(clock: HandClock) -> None:
    release = asyncio.Event()

    async def hold(passes: int) -> Ran:
        if passes == 1:
            await release.wait()
        return Ran()

    flow = Flow(then=hold)
    runner = a_runner(clock, Beat("deliver", flow, HOUR))
    running = started(runner)
    await settle()
    runner.wake("deliver")
    release.set()
    await settle()

    assert flow.passes == 2
    await stop(runner, running)


async def test_a_flow_that_stopped_at_its_limit_goes_on_at_once(clock: HandClock) -> None:
    async def three_batches(passes: int) -> Ran:
        return Ran(more=passes < 3)

    flow = Flow(then=three_batches)
    runner = a_runner(clock, Beat("cluster", flow, HOUR))
    running = started(runner)
    await settle()

    assert flow.passes == 3
    await stop(runner, running)


async def test_a_flow_that_knows_when_there_is_something_to_do_is_run_then(clock: HandClock) -> None:
    async def in_ten_seconds(passes: int) -> Ran:
        return Ran(again_at=NOON + timedelta(seconds=10) if passes == 1 else None)

    flow = Flow(then=in_ten_seconds)
    runner = a_runner(clock, Beat("deliver", flow, HOUR))
    running = started(runner)

    await clock.move(timedelta(seconds=10))

    assert flow.passes == 2
    await stop(runner, running)


async def test_a_crash_restarts_the_flow_ever_later_and_leaves_the_others_alone(clock: HandClock) -> None:
    async def crash(passes: int) -> Ran:
        raise KeyError("a bug")

    bad, good = Flow(then=crash), Flow()
    runner = a_runner(clock, Beat("publish", bad, MINUTE), Beat("collect", good, MINUTE))
    with capture_logs() as logs:
        running = started(runner)
        for seconds in (1, 2, 4, 8):
            await clock.move(timedelta(seconds=seconds))
        await clock.move(MINUTE)

        assert bad.passes == 6
        assert good.passes == 2
        assert runner.crashes == {"publish": 6}
        assert [entry["event"] for entry in logs].count("flow_tripped") == 6
        await stop(runner, running)


async def test_restarts_are_never_further_apart_than_the_longest_wait(clock: HandClock) -> None:
    async def crash(passes: int) -> Ran:
        raise KeyError("a bug")

    bad = Flow(then=crash)
    runner = a_runner(clock, Beat("publish", bad, MINUTE))
    with capture_logs():
        running = started(runner)
        for _ in range(20):
            await clock.move(LONGEST_RESTART)
        assert bad.passes == 21
        await stop(runner, running)


async def test_a_service_that_ends_or_crashes_is_started_again(clock: HandClock) -> None:
    starts = 0

    async def gateway() -> None:
        nonlocal starts
        starts += 1
        if starts == 1:
            return
        if starts == 2:
            raise TypeError("one malformed event")
        await asyncio.Event().wait()

    runner = a_runner(clock, services=[Service("discord", gateway)])
    with capture_logs():
        running = started(runner)
        await clock.move(timedelta(seconds=1))
        await clock.move(timedelta(seconds=2))
        assert starts == 3
        assert runner.crashes == {"discord": 2}
        await stop(runner, running)


async def test_stopping_finishes_the_unit_under_way_before_services_end(clock: HandClock) -> None:
    order: list[str] = []
    release = asyncio.Event()

    async def unit() -> None:
        await release.wait()
        order.append("unit finished")

    async def one_unit(passes: int) -> Ran:
        await finish_before_stopping(unit())
        return Ran()

    async def gateway() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            order.append("gateway closed")

    flow = Flow(then=one_unit)
    runner = a_runner(clock, Beat("deliver", flow, MINUTE), services=[Service("discord", gateway)])
    running = started(runner)
    await settle()
    runner.stop()
    await settle()
    assert order == []
    release.set()
    await running

    assert order == ["unit finished", "gateway closed"]
    assert flow.passes == 1


async def test_a_flow_that_does_not_let_go_is_ended_when_patience_is_over(clock: HandClock) -> None:
    async def stubborn(passes: int) -> Ran:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await asyncio.Event().wait()
        return Ran()

    runner = a_runner(clock, Beat("deliver", Flow(then=stubborn), MINUTE))
    with capture_logs() as logs:
        running = started(runner)
        await settle()
        runner.stop()
        await clock.move(timedelta(seconds=8))
        await asyncio.wait_for(running, 30)

    assert "ended_hard" in [entry["event"] for entry in logs]


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="this system has no SIGHUP")
async def test_signals_reload_and_stop(clock: HandClock) -> None:
    reloads = 0

    async def reload() -> None:
        nonlocal reloads
        reloads += 1
        if reloads == 1:
            raise ValueError("a typing error in sources.toml")

    runner = a_runner(clock, Beat("collect", Flow(), MINUTE), on_reload=reload)
    with capture_logs():
        running = started(runner)
        await settle()
        for expected in (1, 2):
            os.kill(os.getpid(), signal.SIGHUP)
            async with asyncio.timeout(30):
                while reloads < expected:  # noqa: ASYNC110 (a signal has no event)
                    await asyncio.sleep(0)
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(running, 30)

    assert reloads == 2


def test_a_wake_for_an_unknown_flow_is_a_mistake_of_wiring(clock: HandClock) -> None:
    with pytest.raises(ValueError, match="publsh"):
        a_runner(clock, Beat("collect", Flow(), MINUTE, ("publsh",)))
