"""The site as files: every page, feed and JSON answer, for a host that can only serve files."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path, PurePosixPath

from aiohttp import ClientError, ClientSession, web

from bot.errors import RefusedError
from bot.flows.people import site as flow
from bot.flows.people.site import PAGE, SiteDesk
from bot.logic.text import links
from bot.web.rendering import stylesheet, stylesheet_path
from bot.web.shield import PageCache
from bot.web.site import make_site

MOST_STORIES = 100_000
MOST_VERSIONS = 200
AT_ONCE = 4


@dataclass
class Exported:
    """What was done.

    unchanged     files that were as they should be, and left untouched
    missing       addresses with nothing behind them, such as the calendar of a story without a date
    failed        pages that could not be made; their files are as they were before
    first_failed  the address of one of these; empty: there is none
    """

    written: int = 0
    unchanged: int = 0
    missing: int = 0
    written_bytes: int = 0
    failed: int = 0
    first_failed: str = ""

    def fail(self, path: str) -> None:
        self.failed += 1
        self.first_failed = self.first_failed or path


OnFile = Callable[[Exported], None]


def _tell_nobody(_: Exported) -> None:
    pass


async def export_site(desk: SiteDesk, folder: Path, on_file: OnFile = _tell_nobody) -> Exported:
    """Write the whole site under `folder`; safe to run again, and then only what changed is written.

    A page lies in its own folder as index.html, a JSON answer as index.json: "/stories/s1" is stories/s1/index.html.
    Each file is put in place whole. Files of pages that are no more stay: their addresses may be linked.
    Raises RefusedError when the folder cannot be written.
    """
    still = replace(desk, is_static=True)
    done = Exported()
    try:
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    except OSError as error:
        raise RefusedError(
            f"{folder} cannot be written ({error.strerror}). Choose a folder of yours."
        ) from error
    async with _served(still) as address, ClientSession() as session:
        turns = asyncio.Semaphore(AT_ONCE)

        async def one(path: str) -> None:
            async with turns:
                await _export(session, address, path, folder, done)
                on_file(done)

        batch: list[str] = []
        async for path in _paths(still):
            batch.append(path)
            if len(batch) >= 200:
                await _all_of(one, batch)
                batch = []
        await _all_of(one, batch)
    return done


async def _all_of(one: "Callable[[str], object]", paths: list[str]) -> None:
    try:
        async with asyncio.TaskGroup() as group:
            for path in paths:
                group.create_task(one(path))  # type: ignore[arg-type]  # a coroutine function
    except ExceptionGroup as several:
        # A full disk stops every task at once; one sentence about it is enough, and who asked reads sentences.
        raise several.exceptions[0] from several


@asynccontextmanager
async def _served(desk: SiteDesk) -> AsyncIterator[str]:
    """The site on this machine only, for as long as it is written down; nothing is kept between two questions."""
    runner = web.AppRunner(
        make_site(lambda: desk, a_minute=0, cache=PageCache(most_bytes=0)), access_log=None
    )
    await runner.setup()
    try:
        listener = web.TCPSite(runner, "127.0.0.1", 0)
        await listener.start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def _paths(desk: SiteDesk) -> AsyncIterator[str]:
    """Every address of the site, once."""
    for path in (
        "/",
        "/platforms",
        "/documents",
        "/sources",
        "/about",
        "/favicon.svg",
        "/robots.txt",
        "/sitemap.xml",
    ):
        yield path
    yield stylesheet_path(stylesheet())
    for path in (
        "",
        "/openapi.json",
        "/stories",
        "/topics",
        "/platforms",
        "/documents",
        "/changes",
        "/sources",
    ):
        yield f"/api/v1{path}"
    for feed in ("/feed.atom", "/feed.json"):
        yield feed
    for topic in desk.topics:
        path = links.topic_path(topic.value)
        for each in (path, f"{path}/feed.atom", f"{path}/feed.json"):
            yield each
    for platform_id in desk.platforms.values():
        path = links.platform_path(platform_id)
        for each in (path, f"{path}/feed.atom", f"{path}/feed.json", f"/api/v1{path}"):
            yield each
    async for path in _document_paths(desk):
        yield path
    stories = await flow.newest_ids(desk, MOST_STORIES)
    for page in range(2, -(-len(stories) // PAGE) + 1):
        yield links.page_path("/", page)
    for story_id, _ in stories:
        path = links.story_path(story_id)
        for each in (path, f"/api/v1{path}", f"{path}.ics"):
            yield each


async def _document_paths(desk: SiteDesk) -> AsyncIterator[str]:
    for document in desk.documents:
        path = links.document_path(document.id)
        yield path
        yield f"/api/v1{path}"
        versions = await desk.store.versions(document.id, limit=MOST_VERSIONS)
        for version in versions:
            yield links.version_path(document.id, version.n)
            yield f"/api/v1{path}/versions/{version.n}"
        for newer, older in pairwise(versions):
            yield links.diff_path(document.id, older.n, newer.n)


async def _export(session: ClientSession, address: str, path: str, folder: Path, done: Exported) -> None:
    try:
        async with session.get(f"{address}{path}", allow_redirects=False) as answer:
            body = await answer.read()
            if answer.status == 404:
                done.missing += 1
                return
            answer.raise_for_status()
            target = folder / file_of(path, answer.content_type)
    except (ClientError, TimeoutError, ValueError):
        # One page that cannot be made must not keep the others from being written.
        done.fail(path)
        return
    try:
        changed = await asyncio.to_thread(_write, target, body)
    except OSError as error:
        raise RefusedError(
            f"{target} cannot be written ({error.strerror}). Make room, or choose another folder."
        ) from error
    if changed:
        done.written += 1
        done.written_bytes += len(body)
    else:
        done.unchanged += 1


def file_of(path: str, content_type: str) -> PurePosixPath:
    """Where an address is written below the folder. Raises ValueError for one that would lead out of it."""
    parts = [part for part in path.split("/") if part]
    if any(part in (".", "..") or part.startswith(".") or "\\" in part or "\0" in part for part in parts):
        raise ValueError(f"{path!r} is not an address of the site")
    whole = PurePosixPath(*parts) if parts else PurePosixPath()
    if content_type == "text/html":
        return whole / "index.html"
    if content_type == "application/json" and not path.endswith(".json"):
        return whole / "index.json"
    return whole


def _write(target: Path, body: bytes) -> bool:
    """Put the file in place whole; False: it was there already, letter by letter."""
    if target.is_file() and target.stat().st_size == len(body) and target.read_bytes() == body:
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.part")
    try:
        partial.write_bytes(body)
        partial.replace(target)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    return True
