"""What the site costs with 100,000 stories in the memory: python -m tests.bench site [--stories N]

The site runs as one process on one core; who asks is another. Pages made anew are asked with a filter or word that
was not asked before, so that nothing is kept; cached ones are one address asked again and again.
"""

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles

from aiohttp import ClientSession, TCPConnector

from bot.flows.people.site import SiteDesk
from bot.model import Topic
from bot.settings.config import default_folder, load_config
from bot.store import SqlStore
from bot.store.codec import dump
from bot.store.delivery.tables import messages
from bot.store.news.clusters import folded
from bot.store.news.tables import editions, entries, sources, stories, story_platforms, story_words, verdicts
from bot.store.news.words import search_words
from tests.bench.report import begin, figure
from tests.bench.started import started
from tests.builders import NOON, a_message
from tests.fakes import FakeClock
from tests.stores import temporary_store

STORIES = 100_000
ROWS_AT_ONCE = 2_000
FRESH = 400
CACHED = 6_000
AT_ONCE = 16
WORDS = [
    f"{a}{b}{c}"
    for a in ("ban", "tor", "mel", "qui", "sar", "lin")
    for b in "aeiou"
    for c in ("ra", "sto", "vik", "n")
]
DOES = ("sues", "licenses", "bans", "labels", "settles with", "partners with", "accuses", "answers")


# ---------------------------------------------------------------- filling


async def fill(store: SqlStore, size: int, names: Sequence[str]) -> None:
    """Straight into the tables: an hour of fsync less. Names are drawn unevenly, as in life."""
    chance = random.Random(7)
    async with store._database.writing() as connection:
        state = {"id": "many", "health": "ok", "failures": 0, "last_error": "", "missed_overlap": False}
        await connection.execute(sources.insert(), state)
    for first in range(0, size, ROWS_AT_ONCE):
        made = [_story(n, size, chance, names) for n in range(first, min(first + ROWS_AT_ONCE, size))]
        async with store._database.writing() as connection:
            for table in (stories, entries, verdicts, editions, messages, story_platforms, story_words):
                rows = [row for rows in made for row in rows[table.name]]
                await connection.execute(table.insert(), rows)


def _story(
    n: int, size: int, chance: random.Random, names: Sequence[str]
) -> dict[str, list[dict[str, object]]]:
    who = list(dict.fromkeys(names[int(chance.paretovariate(0.7)) % len(names)] for _ in range(2)))
    title = (
        f"{who[0]} {chance.choice(DOES)} {who[-1]} over AI training {' '.join(chance.sample(WORDS, 4))} {n}"
    )
    at = NOON - timedelta(minutes=30 * (size - n))
    topic, story_id = list(Topic)[n % len(Topic)], f"s{n:010d}"
    times = dict.fromkeys(("opened_at", "last_entry_at", "turned_at"), at)
    story = {
        "id": story_id,
        "title": title,
        "topic": topic.value,
        "platforms": who,
        "lead_id": n + 1,
        "score": 0.9,
    }
    entry = {
        "id": n + 1, "source_id": "many", "key": str(n), "title": title, "url": f"https://gazette.example/{n}",
        "summary": "A teaser of some length. " * 8, "outlet_name": "Gazette", "outlet": {"name": "Gazette"},
        "published_at": at, "seen_at": at, "baseline": False, "categories": [], "lang": "en", "story_id": story_id,
        "waits": False,
    }  # fmt: skip
    reason = [{"code": "bench", "text": "made for a measurement", "weight": 1.0}]
    verdict = {
        "entry_id": n + 1, "relevant": True, "score": 0.9, "sure": True, "topic": topic.value, "platforms": who,
        "reasons": reason, "roundup": False,
    }  # fmt: skip
    edition = {
        "story_id": story_id, "n": 1, "kind": "first", "state": "published", "entry_id": n + 1, "made_at": at,
        "reasons": reason,
    }  # fmt: skip
    message = a_message(title, story_id=story_id, topic=topic, platforms=tuple(who), happened_at=at)
    words = dict.fromkeys(search_words(title) + search_words("a teaser of some length"))
    return {
        "stories": [story | times],
        "entries": [entry],
        "verdicts": [verdict],
        "editions": [edition],
        "messages": [{"story_id": story_id, "n": 1, "body": dump(message)}],
        "story_platforms": [{"platform": folded(name), "story_id": story_id} for name in who],
        "story_words": [{"word": word, "story_id": story_id} for word in words],
    }


# ---------------------------------------------------------------- serving and asking


async def serve(folder: Path) -> None:
    """The site over the filled memory, until it is ended; prints its port."""
    from bot.web.site import make_site, open_public_site

    config = load_config(default_folder())
    async with temporary_store(folder) as store:
        desk = SiteDesk(
            store=store,
            clock=FakeClock(NOON + timedelta(hours=1)),
            entities=config.platforms,
            topics={label.topic: label for label in config.topics},
            sources=config.sources,
            documents=config.documents,
            version="bench",
        )
        async with open_public_site("127.0.0.1", 0, make_site(lambda: desk, a_minute=0)) as port:
            print(port, flush=True)
            await asyncio.Event().wait()


@dataclass(frozen=True)
class Asked:
    """Times in seconds from asking to the last byte, and the length of the answer as sent."""

    seconds: list[float]
    whole_seconds: float
    packed_bytes: int

    @property
    def p95_ms(self) -> float:
        return quantiles(self.seconds, n=20)[-1] * 1000

    @property
    def a_second(self) -> float:
        return len(self.seconds) / self.whole_seconds


async def ask(url: str, paths: Sequence[str], at_once: int) -> Asked:
    """All of these, `at_once` side by side. Raises AssertionError for an answer that is not 200."""
    waiting, seconds, size = iter(paths), [], 0
    connector = TCPConnector(limit=at_once)
    async with ClientSession(connector=connector, auto_decompress=False) as session:

        async def one_after_the_other() -> None:
            nonlocal size
            for path in waiting:
                began = time.perf_counter()
                async with session.get(f"{url}{path}", headers={"Accept-Encoding": "gzip"}) as answer:
                    size = len(await answer.read())
                    assert answer.status == 200, f"{path}: {answer.status}"
                seconds.append(time.perf_counter() - began)

        began = time.perf_counter()
        await asyncio.gather(*(one_after_the_other() for _ in range(at_once)))
        return Asked(seconds, time.perf_counter() - began, size)


def fresh_paths(size: int, ids: Sequence[str]) -> dict[str, Callable[[int], str]]:
    """Kinds of pages, each with addresses that were not asked before."""
    chance = random.Random(11)
    topics = list(Topic)
    return {
        "a story": lambda i: f"/stories/s{chance.randrange(size):010d}?n={i}",
        "the list, a page of it": lambda i: f"/?page={i + 1}",
        "by platform": lambda i: f"/?platform={ids[i % len(ids)]}&page={i // len(ids) + 1}",
        "by topic, this year": lambda i: f"/?topic={topics[i % 10].value}&when=year&page={i // 10 + 1}",
        "search: one rare word": lambda i: f"/?q={chance.randrange(size)}",
        "search: two common words": lambda i: (
            f"/?q=training+{chance.choice(WORDS)}&page={i % 5 + 1}&platform={ids[i % 30]}"
        ),
        "a platform": lambda i: f"/platforms/{ids[i % len(ids)]}",
        "a feed": lambda i: f"/platforms/{ids[i % len(ids)]}/feed.{'json' if i % 2 else 'atom'}",
        "the API, a list": lambda i: f"/api/v1/stories?topic={topics[i % 10].value}&offset={i // 10 * 20}",
    }


def processor_ms(pid: int) -> float:
    """What a process has used so far. Unlike waiting times it is hardly longer on a busy machine."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


async def measure(url: str, size: int, ids: Sequence[str], pid: int) -> None:
    await ask(url, ["/", "/about", "/platforms"], 1)
    for name, path in fresh_paths(size, ids).items():
        times = min(FRESH, len(ids)) if name in ("a platform", "a feed") else FRESH
        paths = list(dict.fromkeys(path(i) for i in range(times)))
        before = processor_ms(pid)
        got = await ask(url, paths, 1)
        used = (processor_ms(pid) - before) / len(paths)
        kept = got.p95_ms < 50
        text = f"median {median(got.seconds) * 1000:.1f}, p95 {got.p95_ms:.1f} ms; processor {used:.1f} ms"
        figure(f"made anew, {name}", text, part="site", bar="p95 50 ms", kept=kept)
    got = await ask(url, ["/"] * CACHED, AT_ONCE)
    text = f"{got.a_second:.0f} a second, p95 {got.p95_ms:.1f} ms"
    figure(
        "cached, the list",
        text,
        part="site",
        bar="500 a second",
        kept=got.a_second >= 500 and got.p95_ms < 50,
    )
    await list_pages(url)


async def list_pages(url: str) -> None:
    """What a browser pays for each kind of page: one page, one sheet, one mark; no font, no script, no picture."""
    sheet = await ask(url, [await _sheet(url)], 1)
    for path in ("/", "/platforms", "/platforms/soundcloud", "/documents", "/sources", "/about"):
        await ask(url, [path], 1)
        got = await ask(url, [path] * 20, 1)
        size = (got.packed_bytes + sheet.packed_bytes) / 1000
        text = (
            f"{size:.1f} KB packed with its sheet, 3 requests, first byte {median(got.seconds) * 1000:.1f} ms"
        )
        figure(f"page {path}", text, part="site")


async def _sheet(url: str) -> str:
    async with ClientSession() as session, session.get(url) as answer:
        text = await answer.text()
    return text.split('rel="stylesheet" href="')[1].split('"')[0]


async def with_memory(folder: Path, job: Callable[[SqlStore], Awaitable[None]]) -> None:
    async with temporary_store(folder) as store:
        await job(store)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=STORIES, help="how many the memory holds")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        os.sched_setaffinity(0, {0})
        asyncio.run(serve(asked.serve))
        return
    begin(f"The site over {asked.stories:,} stories")
    config = load_config(default_folder())
    named = [entity for entity in config.platforms if entity.reported]
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        names = [entity.name for entity in named]
        asyncio.run(with_memory(folder, lambda store: fill(store, asked.stories, names)))
        command = [sys.executable, "-m", "tests.bench.site", "--serve", folder]
        with started(command, stdout=-1) as process:
            assert process.stdout is not None
            port = process.stdout.readline().strip()
            asyncio.run(
                measure(
                    f"http://127.0.0.1:{port}", asked.stories, [entity.id for entity in named], process.pid
                )
            )


if __name__ == "__main__":
    main()
