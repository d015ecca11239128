"""servers: a server invites the bot, removes it, loses its channels and gets them back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.flows.memory import Store
from bot.model import Destination, SinkKind
from bot.ports import Clock

log = structlog.get_logger()

KEPT_FOR = timedelta(days=30)
"""How long what cannot be reached keeps its subscriptions: long enough for a holiday and a mistake."""


async def joined(store: Store, clock: Clock, server_id: str, name: str) -> bool:
    """Remember that the bot is there (again); whether it is to be greeted, which happens once."""
    known, now = await store.server(server_id), clock.now()
    is_new = known.welcomed_at is None
    await store.save_server(
        replace(known, name=name, joined_at=now, removed_at=None, welcomed_at=known.welcomed_at or now)
    )
    return is_new


async def left(store: Store, clock: Clock, server_id: str) -> None:
    """Remember when the server removed the bot. Its subscriptions stay for 30 days."""
    await store.save_server(replace(await store.server(server_id), removed_at=clock.now()))


async def paused_destinations(store: Store, server_id: str | None = None) -> Sequence[Destination]:
    """Discord's, of one server or of all."""
    every = await store.destinations(sink=SinkKind.DISCORD)
    return [each for each in every if each.paused_at is not None and server_id in (None, each.server)]


async def go_on(store: Store, destination: Destination) -> bool:
    """End a pause whose cause is mended; False: it had ended already."""
    resumed = await store.resume_destination(destination.id)
    if resumed:
        log.info("destination_resumed", destination=destination.name, server=destination.server)
    return resumed


async def shut(store: Store, clock: Clock, address: str, why: str) -> Destination | None:
    """Pause the destination at this Discord address; None: there is none, or it is paused already."""
    for each in await store.destinations(sink=SinkKind.DISCORD):
        if each.address == address and await store.pause_destination(each.id, why, clock.now()):
            log.info("destination_paused", destination=each.name, server=each.server, why=why)
            return each
    return None


async def clean_up(store: Store, now: datetime) -> int:
    """Forget servers that removed the bot, and Discord destinations that were paused, more than 30 days ago.

    How many subscriptions went.
    """
    gone = 0
    for server in await store.servers():
        if server.removed_at is not None and server.removed_at < now - KEPT_FOR:
            gone += await store.forget_server(server.id)
            log.info("server_forgotten", server=server.id)
    for destination in await paused_destinations(store):
        if destination.paused_at is not None and destination.paused_at < now - KEPT_FOR:
            gone += await store.forget_destination(destination.id)
            log.info("destination_forgotten", destination=destination.name, why=destination.paused_why)
    return gone
