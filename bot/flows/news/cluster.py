"""cluster: relevant entries become stories, one after the other in the order in which they arrived."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from bot.errors import FetchError
from bot.flows.faults import keep_fault_inside
from bot.flows.finish import finish_before_stopping
from bot.flows.news.memory import StoryMemory
from bot.logic.polling.article import article_in
from bot.logic.polling.look import dated_by_page
from bot.logic.stories.cluster import CANDIDATE_LIMIT, CANDIDATE_WINDOW, cluster
from bot.logic.stories.editions import plan_clustering
from bot.logic.stories.fingerprint import Names, fingerprint
from bot.logic.stories.republished import is_reissue
from bot.model import CLAUSE_SOURCE, AddedOutlet, Clustering, Entry, JudgedEntry, Link, Page, Verdict
from bot.ports import Clock, Judge, Reader

log = structlog.get_logger()

BATCH = 20
"""Entries a pass: a pass must end soon enough for what it found to be told."""
PAGES_AT_ONCE = 4
PAGES_SECONDS = 60.0
"""For all the pages of a pass: a site that hardly answers must not keep the news of others waiting."""


@dataclass
class Clustered:
    """What one pass did, in entries; `dropped` turned out not to be our subject once their page was read."""

    opened: int = 0
    joined: int = 0
    set_aside: int = 0
    dropped: int = 0
    editions: int = 0

    @property
    def seen(self) -> int:
        return self.opened + self.joined + self.set_aside + self.dropped


@dataclass(frozen=True)
class Clusterer:
    """What clustering works with. Make one a process and keep it: its lock lets one pass run at a time.

    judge          asked again about entries whose article page could be read
    pages_seconds  for all the pages of a pass; for what is not read by then the teaser must do
    """

    store: StoryMemory
    reader: Reader
    clock: Clock
    judge: Judge
    rules: Names
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    pages_seconds: float = PAGES_SECONDS


async def cluster_entries(clusterer: Clusterer, *, limit: int = BATCH) -> Clustered:
    """Give up to `limit` relevant entries their story; call again while `seen` is not 0.

    Pages are fetched first (feeds carry teasers), several at once; stories are then made one at a time, since the
    second entry about an event must find the story that the first one opened. Raises StoreError.
    """
    async with clusterer.lock:
        done = Clustered()
        batch = await clusterer.store.unclustered(limit)
        for judged in await _with_pages(clusterer, batch):
            if not judged.verdict.relevant:
                done.dropped += 1
                continue
            clustering = await keep_fault_inside(
                finish_before_stopping(_place(clusterer, judged)), "clustering_tripped", entry=judged.entry.id
            )
            _count(done, judged, clustering)
        return done


def _count(done: Clustered, judged: JudgedEntry, clustering: Clustering | None) -> None:
    if judged.verdict.roundup:
        done.set_aside += 1
    elif clustering is not None:
        if clustering.placement.story_id is None:
            done.opened += 1
        else:
            done.joined += 1
        done.editions += len(clustering.editions)


# ---------------------------------------------------------------- article pages


async def _with_pages(clusterer: Clusterer, batch: Sequence[JudgedEntry]) -> list[JudgedEntry]:
    """The batch in its order, with page text and the verdict on it where there was a page to read."""
    gate = asyncio.Semaphore(PAGES_AT_ONCE)
    until = asyncio.get_running_loop().time() + clusterer.pages_seconds
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(_with_page(clusterer, judged, gate, until)) for judged in batch]
    except ExceptionGroup as faults:
        raise faults.exceptions[0] from faults
    return [task.result() for task in tasks]


def _wants_page(judged: JudgedEntry) -> bool:
    entry = judged.entry
    # What was there on a first pass is never posted, and a round-up joins no story: their pages would be fetched
    # for nothing.
    return entry.url is not None and not (entry.page_tried or entry.baseline or judged.verdict.roundup)


async def _with_page(
    clusterer: Clusterer, judged: JudgedEntry, gate: asyncio.Semaphore, until: float
) -> JudgedEntry:
    entry = judged.entry
    if not _wants_page(judged) or entry.url is None:
        return judged
    async with gate:
        page = await keep_fault_inside(
            _article(clusterer.reader, entry, entry.url, until), "page_tripped", entry=entry.id
        )
        text = page.text if page is not None else None
        read = dated_by_page(replace(entry, page_text=text, page_tried=True), page)
        verdict = judged.verdict
        if text is not None:
            verdict = (
                await keep_fault_inside(_judge(clusterer.judge, read), "judging_tripped", entry=entry.id)
                or verdict
            )
        await finish_before_stopping(
            clusterer.store.save_page(
                entry.id, text, verdict, published_at=read.published_at, baseline=read.baseline
            )
        )
    return JudgedEntry(read, verdict)


async def _judge(judge: Judge, entry: Entry) -> Verdict:
    return judge(entry)


async def _article(reader: Reader, entry: Entry, url: str, until: float) -> Page | None:
    """None: not readable, not by then (the loop's time), or not the article; the teaser must do."""
    try:
        async with asyncio.timeout_at(until):
            page = await reader.page(url)
    except TimeoutError:
        log.info("page_not_read", url=url, reason="its site is too slow")
        return None
    except FetchError as error:
        log.info("page_not_read", url=url, reason=error.reason)
        return None
    found = article_in(page, entry.title)
    if not found.text:
        log.info("page_not_used", url=url, reason=found.why)
        return None
    return replace(page, text=found.text)


# ---------------------------------------------------------------- one entry


async def _place(clusterer: Clusterer, judged: JudgedEntry) -> Clustering | None:
    """Gather the stories that it might belong to, decide, write. None: a round-up, which joins none."""
    store, entry, now = clusterer.store, judged.entry, clusterer.clock.now()
    if judged.verdict.roundup:
        await store.set_aside(entry.id)
        return None
    found = fingerprint(entry, judged.verdict, clusterer.rules)
    # Counted from the entry's own day: what was there on a first pass may be old, and so are its stories.
    since = min(now, entry.happened_at) - CANDIDATE_WINDOW
    candidates = await store.candidates(found.keys, since, CANDIDATE_LIMIT)
    placement = cluster(found, entry, candidates, now)
    chosen = next((c for c in candidates if c.story.id == placement.story_id), None)
    view = await store.story(chosen.story.id) if chosen is not None else None
    if view is not None and entry.source_id != CLAUSE_SOURCE and is_reissue(entry, view):
        # What was there on a first pass stays untold when the source only gives it a new id.
        judged = replace(judged, entry=replace(entry, baseline=True))
    clustering = plan_clustering(judged, found, placement, chosen, view, now)
    clustering = replace(clustering, outlet=_outlet(judged.entry, clustering, now))
    await store.save_clustering(clustering)
    log.info(
        "entry_clustered",
        entry=entry.id,
        story=clustering.story.id,
        joined=placement.story_id is not None,
        editions=[f"{edition.n}:{edition.state.value}" for edition in clustering.editions],
    )
    return clustering


def _outlet(entry: Entry, clustering: Clustering, now: datetime) -> AddedOutlet | None:
    """What only repeats a story that was told is named there; what makes an edition is told by that."""
    if clustering.placement.story_id is None or clustering.editions or entry.url is None:
        return None
    return AddedOutlet(Link(entry.outlet.name, entry.url), now)
