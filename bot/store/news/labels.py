"""What operators say about entries."""

from collections.abc import Sequence

from sqlalchemy import Float, Integer, bindparam, delete, func, select

from bot.model import JudgedEntry, Label, LabelledEntry, Topic
from bot.store.database import AnyRow, Noun
from bot.store.dialects import insert_or_update
from bot.store.news.entries import ENTRY, VERDICT, judged
from bot.store.news.tables import entries, labels, verdicts

LABEL = (
    labels.c.relevant.label("label_relevant"),
    labels.c.topic.label("label_topic"),
    labels.c.doubt.label("label_doubt"),
    labels.c.labelled_by,
    labels.c.labelled_at,
)
# Reads every verdict: a person waits for it, once a session. Texts are fetched only for the few that are nearest;
# of equally near ones the newest comes first.
_DISTANCE = func.abs(verdicts.c.score - bindparam("line", type_=Float))
_NEAREST = (
    select(verdicts.c.entry_id, _DISTANCE.label("distance"))
    .join_from(verdicts, entries, entries.c.id == verdicts.c.entry_id)
    .outerjoin(labels, labels.c.entry_id == verdicts.c.entry_id)
    .where(labels.c.entry_id.is_(None), entries.c.trimmed.is_(False))
    .order_by(_DISTANCE, verdicts.c.entry_id.desc())
    .limit(bindparam("most", type_=Integer))
    .subquery()
)
UNDECIDED = (
    select(*ENTRY, *VERDICT)
    .join_from(_NEAREST, entries, entries.c.id == _NEAREST.c.entry_id)
    .join(verdicts, verdicts.c.entry_id == entries.c.id)
    .order_by(_NEAREST.c.distance, entries.c.id.desc())
)
LABELLED = (
    select(*ENTRY, *VERDICT, *LABEL)
    .join_from(labels, entries, labels.c.entry_id == entries.c.id)
    .join(verdicts, verdicts.c.entry_id == entries.c.id)
    .order_by(labels.c.labelled_at, entries.c.id)
)


class Labels(Noun):
    """Implements bot.ports.LabelMemory."""

    async def undecided(self, line: float, limit: int) -> Sequence[JudgedEntry]:
        async with self._database.reading() as connection:
            return [judged(row) for row in await connection.execute(UNDECIDED, {"line": line, "most": limit})]

    async def labelled(self) -> Sequence[LabelledEntry]:
        async with self._database.reading() as connection:
            return [LabelledEntry(judged(row), _label(row)) for row in await connection.execute(LABELLED)]

    async def save_label(self, label: Label) -> None:
        values = {
            "entry_id": label.entry_id,
            "relevant": label.relevant,
            "topic": label.topic and label.topic.value,
            "doubt": label.doubt,
            "labelled_by": label.labelled_by,
            "labelled_at": label.labelled_at,
        }
        async with self._database.writing() as connection:
            await connection.execute(insert_or_update(self._database.name, labels, "entry_id"), values)

    async def remove_label(self, entry_id: int) -> bool:
        async with self._database.writing() as connection:
            removed = await connection.execute(delete(labels).where(labels.c.entry_id == entry_id))
            return removed.rowcount == 1


def _label(row: AnyRow) -> Label:
    return Label(
        entry_id=row.id,
        relevant=row.label_relevant,
        topic=Topic(row.label_topic) if row.label_topic else None,
        doubt=row.label_doubt,
        labelled_by=row.labelled_by,
        labelled_at=row.labelled_at,
    )
