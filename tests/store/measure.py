"""How long the memory takes at a size: `python -m tests.store.measure [--stories 100000] [--url URL]`.

Not a test: it says what it found and judges nothing.
"""

import argparse
import asyncio
import random
import resource
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median, quantiles

from bot.model import (
    Collection,
    Fingerprint,
    PlannedDelivery,
    Publication,
    Receipt,
    SinkKind,
    SourceState,
)
from bot.store import SqlStore, open_store
from bot.store.codec import dump
from bot.store.news.tables import (
    editions,
    entries,
    fingerprints,
    sources,
    stories,
    story_keys,
    story_platforms,
    verdicts,
)
from tests.builders import (
    NOON,
    a_fingerprint,
    a_message,
    a_new_entry,
    a_new_subscription,
    a_verdict,
)
from tests.stores import sqlite_url

KEYS_A_STORY = 8
WINDOW = timedelta(days=45)
ROWS_AT_ONCE = 2_000


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=100_000)
    parser.add_argument("--url", help="an empty database; default: a new SQLite file")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(asked.url or sqlite_url(Path(folder)))
        try:
            await measure_sources(store)
            for size in (asked.stories // 100, asked.stories // 10, asked.stories):
                await measure_candidates(store, size)
            await measure_record(store, asked.stories)
            await measure_outbox(store)
        finally:
            await store.close()
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


async def timed(name: str, times: int, call: Callable[[int], Awaitable[object]]) -> None:
    """Print median and 95th percentile of `times` calls, in milliseconds."""
    taken = []
    for i in range(times):
        start = time.perf_counter()
        await call(i)
        taken.append((time.perf_counter() - start) * 1000)
    print(f"{name:<58} median {median(taken):7.2f} ms   p95 {quantiles(taken, n=20)[-1]:7.2f} ms", flush=True)


async def measure_sources(store: SqlStore) -> None:
    ids = [f"source-{i}" for i in range(200)]
    pairs = tuple((a_new_entry(f"entry {i}", source_id=ids[0]), a_verdict(False)) for i in range(50))
    keys = [entry.key for entry, _ in pairs]
    await store.save_collection(Collection(SourceState(ids[0]), pairs))
    await timed("known_keys of 50 known entries", 100, lambda i: store.known_keys(ids[0], keys))
    quiet = [SourceState(each, polled_at=NOON) for each in ids]
    await timed("save_states of 200 quiet sources", 20, lambda i: store.save_states(quiet))
    await timed("source_states of 200", 20, lambda i: store.source_states(ids))

    async def bring(i: int) -> None:
        new = (a_new_entry(f"fresh {i}", source_id=ids[1]), a_verdict(False))
        await store.save_collection(Collection(SourceState(ids[1]), (new,)))

    await timed("save_collection with one new entry", 100, bring)


def story_id(number: int) -> str:
    return f"s{number:010d}"


def fingerprint_of(number: int, chance: random.Random) -> Fingerprint:
    """Keys as clustering makes them: an actor from a short, skewed list, a pair, and rarer words."""
    actor = int(chance.paretovariate(0.8)) % 300
    other = int(chance.paretovariate(0.8)) % 300
    words = [f"word:{int(chance.paretovariate(0.5)) % 20_000}" for _ in range(KEYS_A_STORY - 3)]
    keys = (f"actor:{actor}", f"actor:{other}", f"pair:{actor}+{other}", *words)
    weights = {f"stem{chance.randrange(5_000)}": chance.random() for _ in range(40)}
    return a_fingerprint(keys=tuple(dict.fromkeys(keys)), words=weights)


async def fill_stories(store: SqlStore, size: int) -> None:
    """Add stories up to `size`, 100 a day, straight into the tables: only their number matters here."""
    chance = random.Random(size)
    start = (await store.counts())["stories"]
    for first in range(start, size, ROWS_AT_ONCE):
        rows = [(n, fingerprint_of(n, chance)) for n in range(first, min(first + ROWS_AT_ONCE, size))]
        await write_stories(store, rows)


def seen_at(number: int) -> object:
    return NOON + timedelta(days=number / 100)


async def write_stories(store: SqlStore, rows: list[tuple[int, Fingerprint]]) -> None:
    # The store's own tables, so that a hundred thousand stories take a minute and not an hour of fsync.
    base = 1_000_000
    async with store._database.writing() as connection:
        if not (await connection.execute(sources.select().where(sources.c.id == "many"))).first():
            state = {"id": "many", "health": "ok", "failures": 0, "last_error": "", "missed_overlap": False}
            await connection.execute(sources.insert(), state)
        await connection.execute(stories.insert(), [story_row(n, base) for n, _ in rows])
        await connection.execute(entries.insert(), [entry_row(n, base) for n, _ in rows])
        await connection.execute(verdicts.insert(), [verdict_row(n, base) for n, _ in rows])
        await connection.execute(editions.insert(), [edition_row(n, base) for n, _ in rows])
        await connection.execute(
            fingerprints.insert(),
            [{"entry_id": base + n, "story_id": story_id(n), "body": dump(made)} for n, made in rows],
        )
        await connection.execute(
            story_keys.insert(),
            [
                {"story_id": story_id(n), "key": key, "seen_at": seen_at(n)}
                for n, made in rows
                for key in made.keys
            ],
        )


def story_row(n: int, base: int) -> dict[str, object]:
    times = dict.fromkeys(("opened_at", "last_entry_at", "turned_at"), seen_at(n))
    return {
        "id": story_id(n),
        "title": f"Story {n}",
        "topic": "lawsuit",
        "platforms": [],
        "lead_id": base + n,
        "score": 0.9,
        **times,
    }


def entry_row(n: int, base: int) -> dict[str, object]:
    return {
        "id": base + n,
        "source_id": "many",
        "key": str(n),
        "title": f"Story {n}",
        "url": f"https://gazette.example/{n}",
        "summary": "A teaser of some length. " * 8,
        "outlet_name": "Gazette",
        "outlet": {"name": "Gazette"},
        "seen_at": seen_at(n),
        "baseline": False,
        "categories": [],
        "lang": "en",
        "story_id": story_id(n),
        "waits": False,
    }


def verdict_row(n: int, base: int) -> dict[str, object]:
    flags = {"relevant": True, "sure": True, "roundup": False}
    return {"entry_id": base + n, "score": 0.9, "topic": "lawsuit", "platforms": [], "reasons": [], **flags}


def edition_row(n: int, base: int) -> dict[str, object]:
    return {
        "story_id": story_id(n),
        "n": 1,
        "kind": "first",
        "state": "published",
        "entry_id": base + n,
        "made_at": seen_at(n),
        "reasons": [],
    }


async def measure_candidates(store: SqlStore, size: int) -> None:
    await fill_stories(store, size)
    chance = random.Random(7)
    asked = [fingerprint_of(size, chance).keys for _ in range(200)]
    newest = NOON + timedelta(days=size / 100)
    await timed(
        f"candidates among {size:,} stories, window {WINDOW.days} days",
        200,
        lambda i: store.candidates(asked[i], newest - WINDOW, 20),
    )
    await timed(
        f"candidates among {size:,} stories, no window",
        50,
        lambda i: store.candidates(asked[i], NOON - WINDOW, 20),
    )


async def measure_record(store: SqlStore, size: int) -> None:
    """A platform that every third story names, and one that few name."""
    named = [
        (n, "soundcloud" if n % 3 == 0 else "bandcamp" if n % 5_000 == 1 else "suno") for n in range(size)
    ]
    async with store._database.writing() as connection:
        for first in range(0, size, ROWS_AT_ONCE):
            rows = [
                {"platform": name, "story_id": story_id(n)} for n, name in named[first : first + ROWS_AT_ONCE]
            ]
            await connection.execute(story_platforms.insert(), rows)
    for name in ("SoundCloud", "Bandcamp"):
        await timed(f"told_stories of {name} among {size:,}", 50, partial(_told, store, name))


async def _told(store: SqlStore, platform: str, i: int) -> None:
    await store.told_stories(platform, 40)


async def measure_outbox(store: SqlStore) -> None:
    """2,000 deliveries over 500 destinations."""
    added = [await store.add_subscription(a_new_subscription(str(i)), NOON) for i in range(500)]
    for n in range(4):
        message = a_message(story_id=story_id(n), n=1)
        planned = tuple(
            PlannedDelivery(each.destination.id, (), f"{n}-{each.destination.id}") for each in added
        )
        start = time.perf_counter()
        await store.save_publication(Publication(story_id(n), 1, message, planned, NOON))
        print(f"save_publication with 500 deliveries {(time.perf_counter() - start) * 1000:.1f} ms")
    kinds = [SinkKind.DISCORD]
    await timed("due: 500 heads of 2,000 deliveries", 20, lambda i: store.due(NOON, kinds, 500))
    await timed("due: 10 heads of 2,000 deliveries", 20, lambda i: store.due(NOON, kinds, 10))
    await timed("next_due_at", 20, lambda i: store.next_due_at())
    start, sent = time.perf_counter(), 0
    while batch := await store.due(NOON, kinds, 100):
        for delivery in batch:
            assert await store.claim(delivery.id, NOON, "measure")
            await store.mark_sent(delivery.id, Receipt(str(delivery.id)), NOON)
            sent += 1
    taken = time.perf_counter() - start
    print(f"{sent} deliveries claimed and sent, {taken:.1f} s, {sent / taken:.0f} a second")


if __name__ == "__main__":
    asyncio.run(main())
