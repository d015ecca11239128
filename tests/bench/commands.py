"""From an interaction to its answer, with 10,000 subscriptions and 100,000 stories in the memory.

python -m tests.bench commands [--subscriptions 10000] [--stories 100000]

The real client and the real store (on the disk); the fake Discord runs in this process, so its share is counted too.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bot.logs import set_up_logs
from bot.model import Clustering, Collection, Placement, SourceState, Topic
from bot.store import SqlStore
from bot.store.news.tables import stories, story_platforms
from bot.store.people.tables import destinations, subscriptions
from tests.bench.report import begin, figure
from tests.builders import NOON, a_fingerprint, a_new_entry, a_story, a_verdict, an_edition
from tests.fake_discord.rig import PLATFORMS, Rig, discord_rig

MOST_MS = 100.0
TIMES = 20
AT_ONCE = 500
WORDS = ("label", "clause", "training", "court", "licence", "voice", "deal", "artists", "opt-out", "ruling")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--subscriptions", type=int, default=10_000)
    options.add_argument("--stories", type=int, default=100_000)
    chosen = options.parse_args()
    begin(f"commands: {chosen.subscriptions} subscriptions, {chosen.stories} stories")
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "log").open("w") as log:
        set_up_logs(level="warning", stream=log)
        asyncio.run(_measure(Path(folder), chosen.subscriptions, chosen.stories))


async def _measure(folder: Path, held: int, told: int) -> None:
    async with discord_rig(folder) as rig:
        assert isinstance(rig.store, SqlStore)
        await _fill_stories(rig.store, told)
        await _fill_subscriptions(rig.store, held)
        for name, options in (
            ("subscribe", {"channel": 1001, "platform": "Suno", "topic": "Lawsuits"}),
            ("subscriptions", {}),
            ("test", {}),
            ("setup", {}),
            ("latest", {"platform": "Suno"}),
            ("search", {"text": "label training"}),
            ("sources", {}),
            ("settings", {}),
            ("check", {}),
        ):
            await _show(name, [await _timed(rig, name, options) for _ in range(TIMES)])
        for name, option in (("unsubscribe", "subscription"), ("story", "story"), ("subscribe", "zone")):
            spent = []
            for _ in range(TIMES):
                began = time.perf_counter()
                await rig.discord.complete(name, option, "a")
                spent.append(1000 * (time.perf_counter() - began))
            await _show(f"{name}: choices for {option}", spent)


async def _timed(rig: Rig, name: str, options: dict[str, Any]) -> float:
    began = time.perf_counter()
    await rig.discord.use(name, **options)
    return 1000 * (time.perf_counter() - began)


async def _show(name: str, spent: list[float]) -> None:
    middle, worst = statistics.median(spent), max(spent)
    kept = middle <= MOST_MS
    figure(f"/{name}", f"{middle:.0f} ms (slowest {worst:.0f} ms)", part="commands", bar="100 ms", kept=kept)


async def _fill_stories(store: SqlStore, many: int) -> None:
    """Stories an hour apart with one entry each; the newest are the ones that commands read in full."""
    per_entry = min(many, 1_000)
    old = []
    for n in range(many - per_entry):
        at = NOON - timedelta(minutes=60 * (n + per_entry))
        old.append(
            {
                "id": f"o{n:010}",
                "title": f"{WORDS[n % 10]} {WORDS[n // 10 % 10]} number {n}",
                "lead_id": 1,
                "topic": list(Topic)[n % 10].value,
                "platforms": [PLATFORMS[n % 5]],
                "opened_at": at,
                "last_entry_at": at,
                "turned_at": at,
                "score": 0.9,
            }
        )
    async with store._database.writing() as connection:
        columns = {column.name for column in stories.columns}
        for start in range(0, len(old), AT_ONCE):
            part = [{k: v for k, v in row.items() if k in columns} for row in old[start : start + AT_ONCE]]
            await connection.execute(insert(stories), part)
            links = [
                {"story_id": row["id"], "platform": row["platforms"][0].casefold()}  # type: ignore[index]
                for row in old[start : start + AT_ONCE]
            ]
            await connection.execute(insert(story_platforms), links)
    for n in range(per_entry):
        await _tell(store, n, NOON - timedelta(minutes=60 * n))


async def _tell(store: SqlStore, n: int, at: Any) -> None:
    platform = PLATFORMS[n % 5]
    entry = a_new_entry(f"{WORDS[n % 10]} {WORDS[n // 10 % 10]} said {n}", url=f"https://gazette.example/{n}")
    verdict = a_verdict(topic=list(Topic)[n % 10], platforms=(platform,))
    await store.save_collection(Collection(SourceState(entry.source_id), ((entry, verdict),)))
    (judged, *_) = await store.entries(limit=1)
    story = a_story(
        f"s{n:010}",
        title=entry.title,
        topic=verdict.topic,
        platforms=(platform,),
        lead_id=judged.entry.id,
        turned_at=at,
        opened_at=at,
        last_entry_at=at,
    )
    edition = replace(an_edition(story.id), entry_id=judged.entry.id)
    placed = Placement(None, None, 1.0, ())
    await store.save_clustering(Clustering(judged.entry.id, a_fingerprint(), story, placed, (edition,)))


async def _fill_subscriptions(store: SqlStore, many: int) -> None:
    """One for each of so many channels, twenty channels a server; server 500 has its own."""
    there = [
        {
            "id": n + 1,
            "sink": "discord",
            "address": str(1001 if n == 0 else 50_000 + n),
            "name": f"#channel-{n}",
            "server": str(500 + n // 20),
            "created_at": NOON,
            "paused_why": "",
        }
        for n in range(many)
    ]
    wishes = [
        {
            "destination_id": n + 1,
            "platforms": [PLATFORMS[n % 5]],
            "topics": [],
            "urgency": "now",
            "role": "",
            "asked_by": "42",
            "created_at": NOON,
            "include": [],
            "exclude": [],
            "story_id": "",
            "reminders": False,
        }
        for n in range(many)
    ]
    async with store._database.writing() as connection:
        for start in range(0, many, AT_ONCE):
            await connection.execute(insert(destinations), there[start : start + AT_ONCE])
            await connection.execute(insert(subscriptions), wishes[start : start + AT_ONCE])


if __name__ == "__main__":
    main()
