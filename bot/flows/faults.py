"""A fault in one unit stays in that unit."""

from collections.abc import Awaitable
from typing import TypeVar

import structlog

from bot.errors import StoreError

log = structlog.get_logger()
Result = TypeVar("Result")


async def keep_fault_inside(unit: Awaitable[Result], event: str, **facts: object) -> Result | None:
    """The unit's result; None if it tripped over a bug, which is logged as `event` with its facts.

    One odd entry must not keep all later ones from being told: the runner's catch would restart the flow at the
    same entry for ever. A database that fails concerns everybody and is raised.
    """
    try:
        return await unit
    except StoreError:
        raise
    except Exception:
        log.exception(event, **facts)
        return None
