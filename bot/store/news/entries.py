"""Entries and the verdicts on them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, desc, select, true, update
from sqlalchemy.exc import NoResultFound

from bot.errors import StoreError
from bot.model import Entry, JudgedEntry, NewEntry, Outlet, Reason, Topic, Verdict
from bot.store.codec import decode, encode
from bot.store.database import AnyRow, Noun
from bot.store.news.tables import entries, verdicts

ENTRY = (
    entries.c.id,
    entries.c.source_id,
    entries.c.key,
    entries.c.title,
    entries.c.url,
    entries.c.summary,
    entries.c.outlet,
    entries.c.published_at,
    entries.c.seen_at,
    entries.c.baseline,
    entries.c.categories,
    entries.c.lang,
    entries.c.page_text,
    entries.c.page_tried,
    entries.c.story_id,
)
VERDICT = (
    verdicts.c.relevant,
    verdicts.c.score,
    verdicts.c.sure,
    verdicts.c.topic,
    verdicts.c.platforms,
    verdicts.c.reasons,
    verdicts.c.roundup,
    verdicts.c.also_topic,
)
JUDGED = select(*ENTRY, *VERDICT).join_from(entries, verdicts)
WAITING = (
    JUDGED.where(entries.c.waits.is_(true())).order_by(entries.c.id).limit(bindparam("most", type_=Integer))
)
PLACED = select(entries.c.story_id, entries.c.set_aside).where(entries.c.id == bindparam("entry"))


class Entries(Noun):
    """The part of bot.ports.StoryMemory that is about single entries."""

    async def unclustered(self, limit: int) -> Sequence[JudgedEntry]:
        async with self._database.reading() as connection:
            return [judged(row) for row in await connection.execute(WAITING, {"most": limit})]

    async def save_page(
        self,
        entry_id: int,
        page_text: str | None,
        verdict: Verdict,
        *,
        published_at: datetime | None = None,
        baseline: bool = False,
    ) -> None:
        """Raises StoreError for an entry that is not there."""
        async with self._database.writing() as connection:
            try:
                placed = (await connection.execute(PLACED, {"entry": entry_id})).one()
            except NoResultFound as error:
                raise StoreError(f"There is no entry {entry_id} to keep a page for.") from error
            waits = verdict.relevant and placed.story_id is None and not placed.set_aside
            dated: dict[str, object] = {"baseline": True} if baseline else {}
            if published_at is not None:
                dated["published_at"] = published_at
            await connection.execute(
                update(entries)
                .where(entries.c.id == entry_id)
                .values(page_text=page_text, page_tried=True, waits=waits, **dated)
            )
            values = verdict_values(entry_id, verdict)
            del values["entry_id"]
            await connection.execute(update(verdicts).where(verdicts.c.entry_id == entry_id).values(**values))

    async def set_aside(self, entry_id: int) -> None:
        async with self._database.writing() as connection:
            await connection.execute(
                update(entries).where(entries.c.id == entry_id).values(waits=False, set_aside=True)
            )

    async def entries(
        self, *, limit: int, relevant: bool | None = None, source_id: str | None = None
    ) -> Sequence[JudgedEntry]:
        query = JUDGED.order_by(desc(entries.c.id)).limit(limit)
        if relevant is not None:
            query = query.where(verdicts.c.relevant.is_(relevant))
        if source_id is not None:
            query = query.where(entries.c.source_id == source_id)
        async with self._database.reading() as connection:
            return [judged(row) for row in await connection.execute(query)]


def entry_values(entry: NewEntry, verdict: Verdict) -> dict[str, Any]:
    """The row of a new entry, as it is inserted."""
    return {
        "source_id": entry.source_id,
        "key": entry.key,
        "title": entry.title,
        "url": entry.url,
        "summary": entry.summary,
        "outlet_name": entry.outlet.name,
        "outlet": encode(entry.outlet),
        "published_at": entry.published_at,
        "seen_at": entry.seen_at,
        "baseline": entry.baseline,
        "categories": list(entry.categories),
        "lang": entry.lang,
        "page_text": entry.page_text,
        "page_tried": entry.page_text is not None,
        "waits": verdict.relevant or _waits_for_its_page(entry, verdict),
    }


def _waits_for_its_page(entry: NewEntry, verdict: Verdict) -> bool:
    """Only where one will be tried, or it would wait for ever."""
    return verdict.wants_page and entry.url is not None and entry.page_text is None and not entry.baseline


def verdict_values(entry_id: int, verdict: Verdict) -> dict[str, Any]:
    """The row of a verdict."""
    return {
        "entry_id": entry_id,
        "relevant": verdict.relevant,
        "score": verdict.score,
        "sure": verdict.sure,
        "topic": verdict.topic and verdict.topic.value,
        "platforms": list(verdict.platforms),
        "reasons": encode(verdict.reasons),
        "roundup": verdict.roundup,
        "also_topic": verdict.also_topic and verdict.also_topic.value,
    }


def judged(row: AnyRow) -> JudgedEntry:
    """The noun from a row of `JUDGED`."""
    entry = Entry(
        id=row.id,
        source_id=row.source_id,
        key=row.key,
        title=row.title,
        url=row.url,
        summary=row.summary,
        outlet=decode(Outlet, row.outlet),
        published_at=row.published_at,
        seen_at=row.seen_at,
        baseline=row.baseline,
        categories=tuple(row.categories),
        lang=row.lang,
        page_text=row.page_text,
        page_tried=row.page_tried,
        story_id=row.story_id,
    )
    verdict = Verdict(
        relevant=row.relevant,
        score=row.score,
        sure=row.sure,
        topic=Topic(row.topic) if row.topic else None,
        platforms=tuple(row.platforms),
        reasons=reasons(row.reasons),
        roundup=row.roundup,
        also_topic=Topic(row.also_topic) if row.also_topic else None,
    )
    return JudgedEntry(entry, verdict)


def reasons(plain: list[Any]) -> tuple[Reason, ...]:
    """The reasons from their column."""
    return tuple(decode(Reason, each) for each in plain)
