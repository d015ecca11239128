"""What clustering asks and writes: candidates by index keys, and where an entry went."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, delete, desc, func, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import StoreError
from bot.model import Candidate, Clustering, EditionState, Fingerprint, Story, Topic, Turn
from bot.store.codec import dump, encode, load
from bot.store.columns import UtcTime, storable
from bot.store.database import AnyRow, Database, Noun
from bot.store.delivery.revisions import add_outlet
from bot.store.dialects import insert_or_update, insert_unless_known
from bot.store.news.tables import (
    editions,
    entries,
    fingerprints,
    placements,
    stories,
    story_keys,
    story_platforms,
)
from bot.store.news.words import index_entry

FINGERPRINTS_A_STORY = 12

SHARED = func.count().label("shared")
NEAREST = (
    select(story_keys.c.story_id, SHARED)
    .where(
        story_keys.c.key.in_(bindparam("keys", expanding=True)),
        story_keys.c.seen_at > bindparam("since", type_=UtcTime),
    )
    .group_by(story_keys.c.story_id)
    .order_by(desc(SHARED), desc(func.max(story_keys.c.seen_at)), story_keys.c.story_id)
    .limit(bindparam("most", type_=Integer))
)
STORIES = select(stories).where(stories.c.id.in_(bindparam("ids", expanding=True)))
# Numbered without their bodies first: a story of hundreds of entries must not be read to keep twelve.
NUMBERED = (
    select(
        fingerprints.c.entry_id,
        func.row_number()
        .over(partition_by=fingerprints.c.story_id, order_by=desc(fingerprints.c.entry_id))
        .label("place"),
    )
    .where(fingerprints.c.story_id.in_(bindparam("ids", expanding=True)))
    .subquery()
)
NEWEST_FINGERPRINTS = (
    select(fingerprints.c.story_id, fingerprints.c.body)
    .join(NUMBERED, NUMBERED.c.entry_id == fingerprints.c.entry_id)
    .where(NUMBERED.c.place <= FINGERPRINTS_A_STORY)
    .order_by(desc(fingerprints.c.entry_id))
)
OUTLETS = (
    select(entries.c.story_id, entries.c.outlet_name)
    .where(entries.c.story_id.in_(bindparam("ids", expanding=True)))
    .group_by(entries.c.story_id, entries.c.outlet_name)
    .order_by(func.min(entries.c.id))
)
TURNS = (
    select(editions.c.story_id, editions.c.turn, editions.c.state)
    .where(editions.c.story_id.in_(bindparam("ids", expanding=True)))
    .order_by(editions.c.n)
)
TAKE = (
    update(entries)
    .where(entries.c.id == bindparam("entry"), entries.c.story_id.is_(null()))
    .values(story_id=bindparam("story"), waits=False)
)
# One row per key and story says when the story last had an entry; see tables.story_keys.
TOUCH_KEYS = (
    update(story_keys)
    .where(story_keys.c.story_id == bindparam("story"))
    .values(seen_at=bindparam("at", type_=UtcTime))
)


class Clusters(Noun):
    """The part of bot.ports.StoryMemory that clustering uses."""

    async def candidates(self, keys: Sequence[str], since: datetime, limit: int) -> Sequence[Candidate]:
        # Five queries, however many stories there are.
        if not keys:
            return []
        asked = sorted({storable(key) for key in keys})
        async with self._database.reading() as connection:
            nearest = await connection.execute(NEAREST, {"keys": asked, "since": since, "most": limit})
            ids = [row.story_id for row in nearest]
            if not ids:
                return []
            found = {row.id: row for row in await connection.execute(STORIES, {"ids": ids})}
            prints = _by_story(await connection.execute(NEWEST_FINGERPRINTS, {"ids": ids}))
            outlets = _by_story(await connection.execute(OUTLETS, {"ids": ids}))
            turns = _by_story(await connection.execute(TURNS, {"ids": ids}))
        return [_candidate(found[each], prints[each], outlets[each], turns[each]) for each in ids]

    async def save_clustering(self, clustering: Clustering) -> None:
        story, entry_id = clustering.story, clustering.entry_id
        async with self._database.writing() as connection:
            await write_story(self._database, connection, story)
            taken = await connection.execute(TAKE, {"entry": entry_id, "story": story.id})
            if taken.rowcount != 1:
                raise StoreError(
                    f"Entry {entry_id} is not there or belongs to a story already, so it cannot join {story.id}. "
                    "Nothing was changed."
                )
            await _write_keys(self._database, connection, story, clustering.fingerprint.keys)
            await connection.execute(
                fingerprints.insert(),
                {"entry_id": entry_id, "story_id": story.id, "body": dump(clustering.fingerprint)},
            )
            await connection.execute(placements.insert(), _placement_values(clustering))
            await index_entry(connection, self._database.name, story.id, entry_id)
            await _write_editions(self._database, connection, clustering)
            if clustering.outlet is not None:
                await add_outlet(connection, story.id, clustering.outlet)


def story_from(row: AnyRow) -> Story:
    """The noun from a row of `stories`."""
    return Story(
        id=row.id,
        title=row.title,
        topic=Topic(row.topic),
        platforms=tuple(row.platforms),
        lead_id=row.lead_id,
        opened_at=row.opened_at,
        last_entry_at=row.last_entry_at,
        turned_at=row.turned_at,
        score=row.score,
    )


def folded(platform: str) -> str:
    """A platform's name as `story_platforms` keeps it, so that "soundcloud" finds SoundCloud."""
    return platform.strip().casefold()


def _candidate(
    row: AnyRow, prints: Sequence[AnyRow], outlets: Sequence[AnyRow], turns: Sequence[AnyRow]
) -> Candidate:
    states = {each.state for each in turns}
    return Candidate(
        story=story_from(row),
        fingerprints=tuple(load(Fingerprint, each.body) for each in prints),
        outlets=tuple(each.outlet_name for each in outlets),
        turns=tuple(Turn(each.turn) for each in turns if each.turn),
        held=EditionState.HELD in states,
        silent=states == {EditionState.SILENT},
    )


def _by_story(rows: Iterable[AnyRow]) -> Mapping[str, list[AnyRow]]:
    grouped: defaultdict[str, list[AnyRow]] = defaultdict(list)
    for row in rows:
        grouped[row.story_id].append(row)
    return grouped


async def write_story(database: Database, connection: AsyncConnection, story: Story) -> None:
    """Insert or overwrite a story and the platforms that it is found by."""
    values = {
        "id": story.id,
        "title": story.title,
        "topic": story.topic.value,
        "platforms": list(story.platforms),
        "lead_id": story.lead_id,
        "opened_at": story.opened_at,
        "last_entry_at": story.last_entry_at,
        "turned_at": story.turned_at,
        "score": story.score,
    }
    await connection.execute(insert_or_update(database.name, stories, "id"), values)
    names = sorted({storable(folded(platform)) for platform in story.platforms})
    await connection.execute(
        delete(story_platforms).where(
            story_platforms.c.story_id == story.id, story_platforms.c.platform.not_in(names)
        )
    )
    if names:
        await connection.execute(
            insert_unless_known(database.name, story_platforms, "platform", "story_id"),
            [{"platform": name, "story_id": story.id} for name in names],
        )


async def _write_keys(
    database: Database, connection: AsyncConnection, story: Story, keys: Sequence[str]
) -> None:
    seen = story.last_entry_at
    if keys:
        rows = [
            {"story_id": story.id, "key": key, "seen_at": seen}
            for key in sorted({storable(key) for key in keys})
        ]
        await connection.execute(insert_unless_known(database.name, story_keys, "story_id", "key"), rows)
    await connection.execute(TOUCH_KEYS, {"story": story.id, "at": seen})


async def _write_editions(database: Database, connection: AsyncConnection, clustering: Clustering) -> None:
    if not clustering.editions:
        return
    # What was published stays published, whatever an older look at it thought.
    write = insert_or_update(
        database.name,
        editions,
        "story_id",
        "n",
        keep=frozenset({"settled_at"}),
        unless=f"editions.state = '{EditionState.PUBLISHED}'",
    )
    rows = [
        {
            "story_id": edition.story_id,
            "n": edition.n,
            "kind": edition.kind.value,
            "state": edition.state.value,
            "turn": edition.turn and edition.turn.value,
            "entry_id": edition.entry_id,
            "made_at": edition.made_at,
            "reasons": encode(edition.reasons),
        }
        for edition in clustering.editions
    ]
    await connection.execute(write, rows)


def _placement_values(clustering: Clustering) -> dict[str, Any]:
    placement = clustering.placement
    return {
        "entry_id": clustering.entry_id,
        "joined": placement.story_id,
        "turn": placement.turn and placement.turn.value,
        "score": placement.score,
        "reasons": encode(placement.reasons),
    }
