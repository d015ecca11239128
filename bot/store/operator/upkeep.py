"""Keeping the memory in shape: small remembered values, counts, copies, retention."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Integer, Select, Table, bindparam, false, func, null, select, true, update

from bot.store.columns import UtcTime
from bot.store.database import Noun
from bot.store.delivery.tables import deliveries
from bot.store.dialects import insert_or_update
from bot.store.news.tables import editions, entries, labels, sources, stories, verdicts
from bot.store.operator.tables import settings
from bot.store.people.tables import destinations, subscriptions
from bot.store.terms.tables import clause_changes, documents, versions

# Long enough to look back at why something was left out; what was relevant is kept.
TEXT_KEPT_FOR = timedelta(days=90)
# Rows changed in one transaction: writers wait no longer than that takes.
TRIMMED_AT_ONCE = 1_000

VALUE = select(settings.c.value).where(settings.c.name == bindparam("name"))
OLD_AND_IRRELEVANT = (
    select(entries.c.id)
    .join_from(entries, verdicts)
    .outerjoin(labels, labels.c.entry_id == entries.c.id)
    .where(
        entries.c.trimmed.is_(false()),
        entries.c.seen_at < bindparam("before", type_=UtcTime),
        verdicts.c.relevant.is_(false()),
        entries.c.story_id.is_(null()),
        # What somebody labelled is there to be measured and fitted on, and that needs the text.
        labels.c.entry_id.is_(null()),
    )
    .order_by(entries.c.seen_at)
    .limit(bindparam("most", type_=Integer))
)
# Title, address and key stay: `why` still answers, and nothing old can come in again as new.
TRIM = (
    update(entries)
    .where(entries.c.id.in_(OLD_AND_IRRELEVANT))
    .values(summary="", page_text=None, categories=[], trimmed=True)
)


class Upkeep(Noun):
    """Implements what bot.flows.memory.Store adds to the nouns."""

    async def setting(self, name: str) -> str | None:
        async with self._database.reading() as connection:
            value: str | None = await connection.scalar(VALUE, {"name": name})
            return value

    async def set_setting(self, name: str, value: str) -> None:
        async with self._database.writing() as connection:
            write = insert_or_update(self._database.name, settings, "name")
            await connection.execute(write, {"name": name, "value": value})

    async def counts(self) -> Mapping[str, int]:
        """ "sources", "entries", "entries_relevant", "entries_waiting", "stories", "editions_STATE",
        "subscriptions", "destinations", "destinations_paused", "deliveries_STATE", "documents",
        "document_versions", "clause_changes_STATE"; states without rows are left out."""
        every = {
            table.name: _rows(table) for table in (sources, entries, stories, subscriptions, destinations)
        }
        some = {
            "entries_relevant": _rows(verdicts).where(verdicts.c.relevant.is_(true())),
            "entries_waiting": _rows(entries).where(entries.c.waits.is_(true())),
            "documents": _rows(documents),
            "document_versions": _rows(versions),
            "destinations_paused": _rows(destinations).where(destinations.c.paused_at.is_not(null())),
        }
        found: dict[str, int] = {}
        async with self._database.reading() as connection:
            for name, query in (every | some).items():
                found[name] = (await connection.execute(query)).scalar_one()
            for table in (editions, deliveries, clause_changes):
                by_state = select(table.c.state, func.count().label("rows")).group_by(table.c.state)
                for row in await connection.execute(by_state):
                    found[f"{table.name}_{row.state}"] = row.rows
        return found

    async def backup(self, target: Path) -> None:
        await self._database.backend.backup(target)

    async def tidy(self, now: datetime) -> Mapping[str, int]:
        """ "entries_trimmed": irrelevant entries whose text was dropped."""
        trimmed = 0
        while True:
            async with self._database.writing() as connection:
                values = {"before": now - TEXT_KEPT_FOR, "most": TRIMMED_AT_ONCE}
                changed = (await connection.execute(TRIM, values)).rowcount
            trimmed += changed
            if changed < TRIMMED_AT_ONCE:
                break
        await self._database.checkpoint()
        return {"entries_trimmed": trimmed}

    async def close(self) -> None:
        await self._database.close()


def _rows(table: Table) -> Select[int]:
    return select(func.count()).select_from(table)
