"""One unit of work is finished or undone before we stop."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import structlog

log = structlog.get_logger()
Result = TypeVar("Result")

PATIENCE_SECONDS = 5.0
"""A service is given ten seconds to stop (Docker's default); this leaves half of them for everything else."""
UNDOING_SECONDS = 1.0


async def finish_before_stopping(
    unit: Coroutine[Any, Any, Result], *, patience_seconds: float = PATIENCE_SECONDS
) -> Result:
    """The unit's result; a cancellation that comes meanwhile waits until the unit has ended.

    After `patience_seconds`, or a second cancellation, the unit is cancelled where it is. Whoever writes a unit
    makes sure that even this costs a repeat of work only. Raises what the unit raises, or CancelledError.
    """
    task = asyncio.ensure_future(unit)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        # The limit is kept here: a TaskGroup passes only the first cancellation on to its tasks.
        try:
            await asyncio.wait([task], timeout=patience_seconds)
        finally:
            task.cancel()
        await asyncio.wait([task], timeout=UNDOING_SECONDS)
        if task.done() and not task.cancelled() and (fault := task.exception()) is not None:
            # The stop matters more now, but the fault must not vanish.
            log.exception("unit_failed_while_stopping", exc_info=fault)
        raise
