"""One unit of work is finished or undone before we stop."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


async def finish(unit: Coroutine[Any, Any, Result]) -> Result:
    """The unit's result; a cancellation that comes meanwhile waits until the unit has ended.

    A second cancellation (the runner's patience is over) ends the unit where it is. Whoever writes a unit makes
    sure that even this costs a repeat of work only.
    """
    task = asyncio.ensure_future(unit)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        try:
            await asyncio.wait([task])
        finally:
            task.cancel()
        if not task.cancelled() and (fault := task.exception()) is not None:
            # We are stopping: the fault matters less than the stop, but must not vanish.
            raise fault from None
        raise
