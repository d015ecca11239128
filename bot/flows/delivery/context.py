"""What delivery works with, and what it remembers between two passes."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.flows.memory import Store
from bot.logic.routing.setbacks import DAY, retry_wait
from bot.model import Ceilings, Destination, SinkKind
from bot.ports import Clock, OnPaused, Sink

NO_CEILINGS = Ceilings(an_hour=10**9, a_day=10**9)


def _no_special(destination: Destination) -> Ceilings | None:
    """Where every destination of a sink has the same limits."""
    return None


async def _tell_nobody(destination: Destination, why: str) -> None:
    """Where nobody asked to be told; the log and the lists still show it."""


@dataclass(frozen=True, slots=True)
class _Wait:
    """A wait that ends at `until`, and at once when the clock shows a time from before it began: it was set back."""

    began: datetime
    until: datetime

    def is_on(self, now: datetime) -> bool:
        return self.began <= now < self.until


@dataclass(eq=False)
class DeliveryContext:
    """One process's post office: everything that `deliver` needs. Make one and keep it.

    sinks           those that are set up; deliveries for others wait
    ceilings        by sink; a sink without has none
    ceilings_of_destination         limits of single destinations; None: those of their sink
    on_paused       told once when a destination is paused; must not take long
    lanes           deliveries under way at once per sink, each to another destination
    settle          how old an unclear attempt must be before we look for it: a request may still be on its way
    other_holders   how long another process may hold a delivery before it counts as dead; None: there is no other
    send_seconds    no sink may take longer for one message; it has shorter limits of its own
    refill_seconds  how often to look for new work while a slow destination keeps the pass open
    """

    store: Store
    sinks: Mapping[SinkKind, Sink]
    clock: Clock
    ceilings: Mapping[SinkKind, Ceilings] = field(default_factory=dict)
    ceilings_of_destination: Callable[[Destination], Ceilings | None] = _no_special
    on_paused: OnPaused = _tell_nobody
    lanes: int = 50
    settle: timedelta = timedelta(seconds=30)
    other_holders: timedelta | None = None
    send_seconds: float = 120.0
    refill_seconds: float = 5.0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _parked: dict[SinkKind, _Wait] = field(default_factory=dict)
    _sink_failures: dict[SinkKind, int] = field(default_factory=dict)
    _looks: dict[int, tuple[int, _Wait]] = field(default_factory=dict)

    # ------------------------------------------------------------ sinks

    def ceilings_of(self, destination: Destination) -> Ceilings:
        """Hard limits there."""
        return self.ceilings_of_destination(destination) or self.ceilings.get(destination.sink, NO_CEILINGS)

    def is_open(self, kind: SinkKind) -> bool:
        """Whether a send could be tried now."""
        sink = self.sinks.get(kind)
        return sink is not None and not self._is_parked(kind) and sink.is_ready()

    def _is_parked(self, kind: SinkKind) -> bool:
        wait = self._parked.get(kind)
        return wait is not None and wait.is_on(self.clock.now())

    def sink_failures(self, kind: SinkKind) -> int:
        """Failures of the whole sink in a row, those of one moment counted once."""
        return self._sink_failures.get(kind, 0)

    def park(self, kind: SinkKind, wait: timedelta) -> None:
        """Leave the whole sink alone for `wait`."""
        now = self.clock.now()
        until = now + wait
        if self._is_parked(kind):
            until = max(until, self._parked[kind].until)
        else:
            self._sink_failures[kind] = self.sink_failures(kind) + 1
        self._parked[kind] = _Wait(now, until)

    def unpark(self, kind: SinkKind) -> None:
        """It took a message: whatever was wrong is over."""
        self._sink_failures.pop(kind, None)
        self._parked.pop(kind, None)

    # ------------------------------------------------------------ unclear deliveries

    def may_look(self, delivery_id: int, claimed_at: datetime | None) -> bool:
        """Whether to look for an unclear delivery now; if not, remembers to come back for it."""
        now = self.clock.now()
        if delivery_id not in self._looks:
            # A claim from "later" (the clock was set back) counts from now.
            began = min(claimed_at, now) if claimed_at is not None else now
            self._looks[delivery_id] = (0, _Wait(now, began + self.settle))
        return not self._looks[delivery_id][1].is_on(now)

    def look_later(self, delivery_id: int, wait: timedelta | None) -> None:
        """It could not be told whether it arrived: look again after a growing wait, `wait` at least."""
        now = self.clock.now()
        tries = self._looks[delivery_id][0] + 1 if delivery_id in self._looks else 1
        pause = max(retry_wait(tries), min(wait or timedelta(0), DAY))
        self._looks[delivery_id] = (tries, _Wait(now, now + pause))

    def settled(self, delivery_id: int) -> None:
        self._looks.pop(delivery_id, None)

    def looks_for_any(self) -> bool:
        return bool(self._looks)

    def look_only_for(self, delivery_ids: Collection[int]) -> None:
        """Forget all the others."""
        self._looks = {known: look for known, look in self._looks.items() if known in delivery_ids}

    # ------------------------------------------------------------ time

    def wakes_at(self) -> datetime | None:
        """When something that is waited for here comes round; None: nothing does."""
        now = self.clock.now()
        times = [wait.until for wait in self._parked.values() if wait.is_on(now)]
        times += [wait.until for _, wait in self._looks.values()]
        return min(times, default=None)
