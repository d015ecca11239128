"""Breaks the k-th awaited call of a flow, in every way in which a call can break."""

import asyncio
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Break(Enum):
    """How the call breaks."""

    BEFORE = "it raises and nothing was done"
    AFTER = "it raises although it was done"
    CANCELLED_BEFORE = "the flow is cancelled as the call begins"
    CANCELLED_AFTER = "the flow is cancelled as the call ends"
    KILLED_BEFORE = "the flow ends there, as if the process had been killed, and nothing was done"
    KILLED_AFTER = "the flow ends there, as if the process had been killed, and it was done"


class Killed(BaseException):
    """Stands for SIGKILL: no `except Exception` of the flow may see it."""


@dataclass
class Fault:
    """Breaks call number `at` (from 1) of all the objects that share it; `calls` counts them."""

    at: int
    how: Break
    error: Callable[[], Exception]
    victim: asyncio.Task[Any] | None = None
    calls: int = 0
    where: str = ""

    @property
    def was_reached(self) -> bool:
        return self.calls >= self.at

    async def around(self, name: str, call: Callable[[], Any]) -> Any:
        self.calls += 1
        if self.how in (Break.KILLED_BEFORE, Break.KILLED_AFTER) and self.calls > self.at:
            raise Killed  # nothing runs on in a dead process
        if self.calls != self.at:
            return await call()
        self.where = name
        return await self._break(call)

    async def _break(self, call: Callable[[], Any]) -> Any:
        if self.how is Break.BEFORE:
            raise self.error()
        if self.how is Break.KILLED_BEFORE:
            raise Killed
        if self.how is Break.CANCELLED_BEFORE:
            self._cancel()
        result = await call()
        if self.how is Break.AFTER:
            raise self.error()
        if self.how is Break.KILLED_AFTER:
            raise Killed
        if self.how is Break.CANCELLED_AFTER:
            self._cancel()
        return result

    def _cancel(self) -> None:
        assert self.victim is not None
        self.victim.cancel()


class Breakable:
    """Any object, with its coroutine methods counted and broken by the fault."""

    def __init__(self, target: Any, fault: Fault) -> None:
        self._target, self._fault = target, fault

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._target, name)
        if not inspect.iscoroutinefunction(attribute):
            return attribute

        async def broken(*arguments: Any, **named: Any) -> Any:
            return await self._fault.around(name, lambda: attribute(*arguments, **named))

        return broken


async def run_until_broken(flow: Callable[[], Any], fault: Fault) -> None:
    """Run the flow as the runner would: as a task that may end in any way."""
    task = asyncio.ensure_future(flow())
    fault.victim = task
    await asyncio.wait([task])
    if not task.cancelled() and (error := task.exception()) is not None:
        assert fault.was_reached, f"broke by itself: {error!r}"
