"""tidy: retention, backups, and what the operator should hear about the outbox."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot.flows.memory import Store
from bot.logic.operator.alerts import delivery_alerts
from bot.model import DeliveryState
from bot.ports import Clock

log = structlog.get_logger()

BACKUPS_KEPT = 7
MOST_LOOKED_AT = 500


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was done.

    dropped  rows by noun, as Store.tidy
    backup   the copy that was made; None: none was due, or backups are off
    alerts   sentences for the operator; those told before come again only after the trouble has ended
    """

    dropped: Mapping[str, int]
    backup: Path | None
    alerts: tuple[str, ...]


async def tidy(
    store: Store,
    clock: Clock,
    *,
    backups: Path | None = None,
    keep: int = BACKUPS_KEPT,
    told: set[str] | None = None,
) -> Tidied:
    """Drop what is past its retention, back up once a day, and say what is wrong with the outbox.

    backups  folder for copies, made if missing; None: no backups
    keep     copies kept; older ones of ours are deleted
    told     alerts told so far, kept up to date here; None: tell all
    Raises StoreError.
    """
    now = clock.now()
    dropped = await store.tidy(now)
    backup = await _back_up(store, backups / f"smallprint-{now:%Y%m%d}.db", keep) if backups else None
    alerts = await outbox_alerts(store, clock)
    fresh = tuple(alert for alert in alerts if told is None or alert not in told)
    if told is not None:
        told.intersection_update(alerts)
        told.update(fresh)
    for alert in fresh:
        log.warning("outbox_alert", alert=alert)
    log.info("tidied", backup=str(backup) if backup else None, **dropped)
    return Tidied(dropped, backup, fresh)


async def outbox_alerts(store: Store, clock: Clock) -> tuple[str, ...]:
    """What is wrong with the outbox now, one sentence per destination; empty: nothing."""
    waiting = await store.deliveries(limit=MOST_LOOKED_AT, state=DeliveryState.DUE)
    unclear = await store.deliveries(limit=MOST_LOOKED_AT, state=DeliveryState.UNCLEAR)
    return delivery_alerts(waiting, unclear, await store.destinations(), clock.now())


async def _back_up(store: Store, target: Path, keep: int) -> Path | None:
    """Today's copy if it is not there yet. A half-written one of a crash is not taken for it."""
    if await asyncio.to_thread(target.exists):
        return None
    await asyncio.to_thread(target.parent.mkdir, parents=True, exist_ok=True)
    partial = target.with_suffix(".part")
    await asyncio.to_thread(partial.unlink, missing_ok=True)
    await store.backup(partial)
    await asyncio.to_thread(_keep_newest, partial, target, keep)
    return target


def _keep_newest(partial: Path, target: Path, keep: int) -> None:
    partial.replace(target)
    copies = sorted(target.parent.glob("smallprint-????????.db"))
    for old in copies[: max(0, len(copies) - keep)]:
        old.unlink(missing_ok=True)
