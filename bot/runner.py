"""Runs each flow on its beat in one process, restarts what crashed, and stops with nothing half done."""

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.ports import Clock

log = structlog.get_logger()

FIRST_RESTART = timedelta(seconds=1)
LONGEST_RESTART = timedelta(minutes=5)
STEADY_AFTER = timedelta(minutes=10)
"""A task that ran this long was well: its next crash is a first one again."""
PATIENCE = timedelta(seconds=7)
"""For units under way when we are asked to stop; services get `SERVICE_PATIENCE` after that. Together under ten."""
SERVICE_PATIENCE = timedelta(seconds=2)
SHORTEST_REST = timedelta(seconds=1)
JITTER = 0.1
"""Waits vary by this much, so that many bots do not ask the same publishers at the same second."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a flow says after one pass.

    made      there is work for the flows that it wakes
    more      it stopped at its limit: run it again at once
    again_at  when it has something to do next; None: on its beat
    """

    made: bool = False
    more: bool = False
    again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Beat:
    """A flow and how often it runs.

    run    one pass; may be cancelled anywhere
    every  at the latest; earlier if `again_at` says so or somebody wakes it
    wakes  names of flows to run at once when this one made work
    """

    name: str
    run: Callable[[], Awaitable[Ran]]
    every: timedelta
    wakes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """Something that runs for ever: a gateway connection, the small site. Restarted when it ends or crashes."""

    name: str
    run: Callable[[], Awaitable[None]]


async def _reload_nothing() -> None:
    pass


@dataclass(eq=False)
class Runner:
    """Runs beats and services until it is stopped.

    on_reload  called on SIGHUP; its faults are logged
    chance     0 to 1, for the jitter
    crashes    by name, since the start
    ran_at     when each flow last came to a good end
    """

    beats: Sequence[Beat]
    clock: Clock
    services: Sequence[Service] = ()
    on_reload: Callable[[], Awaitable[None]] = _reload_nothing
    chance: Callable[[], float] = random.random
    crashes: dict[str, int] = field(default_factory=dict)
    ran_at: dict[str, datetime] = field(default_factory=dict)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _reloading: asyncio.Event = field(default_factory=asyncio.Event)
    _woken: Mapping[str, asyncio.Event] = field(init=False)

    def __post_init__(self) -> None:
        self._woken = {beat.name: asyncio.Event() for beat in self.beats}
        if unknown := {name for beat in self.beats for name in beat.wakes} - self._woken.keys():
            raise ValueError(f"no flow is called {', '.join(sorted(unknown))}")

    # ------------------------------------------------------------ from outside

    def wake(self, name: str) -> None:
        """Run a flow at once; once more after the pass that may be under way. KeyError for an unknown name."""
        self._woken[name].set()

    def stop(self) -> None:
        """Finish or undo what is under way, then return from `run`."""
        self._stopping.set()

    def reload(self) -> None:
        """Call `on_reload` soon."""
        self._reloading.set()

    async def run(self) -> None:
        """Until `stop` is called, or SIGTERM or SIGINT comes; SIGHUP reloads. Returns within ten seconds of that."""
        loop = asyncio.get_running_loop()
        taken = _take_signals(loop, {"SIGTERM": self.stop, "SIGINT": self.stop, "SIGHUP": self.reload})
        try:
            async with asyncio.TaskGroup() as group:
                services = [
                    group.create_task(self._keep_up(service.name, service.run)) for service in self.services
                ]
                flows = [group.create_task(self._keep_beat(beat)) for beat in self.beats]
                flows.append(group.create_task(self._keep_reloading()))
                await self._stopping.wait()
                log.info("stopping")
                # Flows first: what they finish may still need the services.
                await self._end(flows, PATIENCE)
                await self._end(services, SERVICE_PATIENCE)
        finally:
            for each in taken:
                loop.remove_signal_handler(each)
        log.info("stopped")

    # ------------------------------------------------------------ flows

    async def _keep_beat(self, beat: Beat) -> None:
        """Passes of one flow, for ever."""
        failures = 0
        while True:
            woken = self._woken[beat.name]
            # Cleared before the pass: a wake that comes during it means work that it may not have seen.
            woken.clear()
            try:
                ran = await beat.run()
            except Exception:
                failures += 1
                wait = self._note_crash(beat.name, failures)
                if self._stopping.is_set():
                    return
                # A wake does not shorten this: whoever crashed at this work would crash at it again.
                await self.clock.sleep(wait)
                continue
            failures = 0
            self.ran_at[beat.name] = self.clock.now()
            for name in beat.wakes if ran.made else ():
                self.wake(name)
            if not ran.more:
                await self._rest(self._wait_of(beat, ran), woken)

    def _wait_of(self, beat: Beat, ran: Ran) -> timedelta:
        wait: timedelta = beat.every * (1 - JITTER + 2 * JITTER * self.chance())
        if ran.again_at is not None:
            wait = min(wait, ran.again_at - self.clock.now())
        return max(wait, SHORTEST_REST)

    async def _rest(self, wait: timedelta, woken: asyncio.Event) -> None:
        """Until the time has passed or somebody wakes the flow."""
        sleeping = asyncio.ensure_future(self.clock.sleep(wait))
        waking = asyncio.ensure_future(woken.wait())
        try:
            await asyncio.wait([sleeping, waking], return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeping.cancel()
            waking.cancel()

    # ------------------------------------------------------------ services

    async def _keep_up(self, name: str, run: Callable[[], Awaitable[None]]) -> None:
        """One service, restarted whenever it ends."""
        failures = 0
        while True:
            began = self.clock.now()
            try:
                await run()
                log.warning("service_ended", service=name)
            except Exception:
                log.exception("service_tripped", service=name)
            failures = 1 if self.clock.now() - began > STEADY_AFTER else failures + 1
            await self.clock.sleep(self._note_restart(name, failures))

    async def _keep_reloading(self) -> None:
        while True:
            await self._reloading.wait()
            self._reloading.clear()
            try:
                await self.on_reload()
            except Exception:
                log.exception("reload_failed")

    # ------------------------------------------------------------ crashes and the end

    def _note_crash(self, name: str, failures: int) -> timedelta:
        log.exception("flow_tripped", flow=name, failures=failures)
        return self._note_restart(name, failures)

    def _note_restart(self, name: str, failures: int) -> timedelta:
        self.crashes[name] = self.crashes.get(name, 0) + 1
        wait: timedelta = FIRST_RESTART * 2 ** min(failures - 1, 12)
        return min(wait, LONGEST_RESTART)

    async def _end(self, tasks: Sequence[asyncio.Task[None]], patience: timedelta) -> None:
        """Cancel, wait, and cancel again what has not ended: a first cancellation lets a unit finish."""
        for task in tasks:
            task.cancel()
        ended = asyncio.ensure_future(_all_ended(tasks))
        patient = asyncio.ensure_future(self.clock.sleep(patience))
        await asyncio.wait([ended, patient], return_when=asyncio.FIRST_COMPLETED)
        patient.cancel()
        for task in tasks:
            if not task.done():
                log.warning("ended_hard")
                task.cancel()
        await ended


async def _all_ended(tasks: Sequence[asyncio.Task[None]]) -> None:
    if tasks:
        await asyncio.wait(tasks)


def _take_signals(
    loop: asyncio.AbstractEventLoop, reactions: Mapping[str, Callable[[], None]]
) -> list[signal.Signals]:
    """The signals that could be taken; where there are none (Windows, not the main thread) Ctrl-C still raises."""
    taken = []
    for name, react in reactions.items():
        which = getattr(signal, name, None)
        with suppress(NotImplementedError, RuntimeError, ValueError):
            if which is not None:
                loop.add_signal_handler(which, react)
                taken.append(which)
    return taken
