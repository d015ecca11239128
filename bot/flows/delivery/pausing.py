"""A destination that refuses is paused, and its people hear why, once."""

from dataclasses import replace

import structlog

from bot.flows.delivery.context import DeliveryContext
from bot.model import Destination

log = structlog.get_logger()


async def pause(office: DeliveryContext, destination: Destination, why: str) -> bool:
    """False: it was paused already."""
    now = office.clock.now()
    if not await office.store.pause_destination(destination.id, why, now):
        return False
    log.warning("destination_paused", destination=destination.name, why=why)
    try:
        await office.on_paused(replace(destination, paused_at=now, paused_why=why), why)
    except Exception:
        # Telling people is a courtesy; that it failed must not keep the delivery from being put back.
        log.exception("pause_not_told", destination=destination.name)
    return True
