"""A single pass that can be asked to stop, as a running bot can."""

import asyncio
import signal
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

Result = TypeVar("Result")


class StoppedError(Exception):
    """SIGTERM came, and the job has ended early with nothing half done."""


async def until_stopped(job: Coroutine[Any, Any, Result]) -> Result:
    """The job's result. SIGTERM cancels it as Ctrl-C does: what is under way is finished or undone first.

    Raises StoppedError after a SIGTERM, unless the job had come to its end all the same.
    """
    loop, task = asyncio.get_running_loop(), asyncio.ensure_future(job)
    stopped = False

    def stop() -> None:
        nonlocal stopped
        stopped = True
        task.cancel()

    # Where signals cannot be taken (Windows, not the main thread) the process ends as it always did.
    with suppress(NotImplementedError, RuntimeError, ValueError):
        loop.add_signal_handler(signal.SIGTERM, stop)
    try:
        return await task
    except asyncio.CancelledError as end:
        if stopped:
            raise StoppedError from end
        raise
    finally:
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.remove_signal_handler(signal.SIGTERM)
