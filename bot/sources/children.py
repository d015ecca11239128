"""A pool of killable child processes that read documents. One bad document costs one child, nothing else.

Processes over pipes, not multiprocessing: a child can be killed in the middle of a word without a queue,
lock or semaphore being left behind in any other.
"""

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.errors import BotError, FailureKind
from bot.model import Document, Extracted, Feed, Page
from bot.sources.wire import (
    LENGTH,
    READY,
    Job,
    Outcome,
    feed_from_json,
    frame,
    pack_request,
    page_from_json,
    terms_from_json,
    unpack_answer,
)

# Processor time, not the clock's: a busy machine once had a real 1.6 MB feed (0.3 s of work) wait past
# two seconds, and a feed that is fine must not fail for what its neighbours do.
PARSE_LIMIT = timedelta(seconds=2)  # five times the slowest real feed measured
PAGE_LIMIT = timedelta(seconds=5)  # a megabyte of article takes under one; loading the library is not counted
# The clock's limit is this many times as long, and kills whatever waits without working.
PATIENCE = 5
STARTUP_LIMIT = timedelta(seconds=60)  # of a new child, on a machine busy with other things
MEMORY_BYTES = 512 * 2**20
DOCUMENTS_EACH = 200
# Text is shorter than the markup it was in; an answer beyond this is a trick.
MAX_ANSWER_BYTES = 32 * 2**20
# Decoding a megabyte takes milliseconds; beyond that it must not hold up the event loop.
BIG_ANSWER_BYTES = 2**20
MANY_ENTRIES = 2_000
# All that a child needs to start. The rest stays here: tokens have no business beside hostile documents.
ENVIRONMENT = frozenset(
    {"PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH",
     "PYTHONPATH", "PYTHONHOME", "PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE"}
)  # fmt: skip


TOO_LONG = "reading it took too long and was stopped"


class DocumentError(BotError):
    """A document could not be read. `kind`: PARSE (hung, crashed, too much memory), NOT_A_FEED or OTHER."""

    def __init__(self, kind: FailureKind, reason: str) -> None:
        super().__init__(reason)
        self.kind, self.reason = kind, reason


class Children:
    """Reads feeds and pages in child processes, started when first needed.

    size            children at most, so documents read at once
    parse_limit, page_limit  processor time for one feed, one page; then the child is killed
    patience        how many times that may pass on the clock before it is killed too
    startup_limit   real time for a child to be ready, or to load what pages need
    memory_bytes    address space of each child
    documents_each  documents after which a child is replaced
    """

    def __init__(
        self,
        *,
        size: int = 2,
        parse_limit: timedelta = PARSE_LIMIT,
        page_limit: timedelta = PAGE_LIMIT,
        patience: float = PATIENCE,
        startup_limit: timedelta = STARTUP_LIMIT,
        memory_bytes: int = MEMORY_BYTES,
        documents_each: int = DOCUMENTS_EACH,
    ) -> None:
        self._size, self._slots = size, asyncio.Semaphore(size)
        self._parse_limit, self._page_limit = parse_limit, page_limit
        self._patience = patience
        self._startup_limit, self._memory_bytes = startup_limit, memory_bytes
        self._documents_each = documents_each
        self._idle: list[_Child] = []
        self._alive: set[_Child] = set()
        self._ending: set[asyncio.Task[None]] = set()
        self._closed = False

    @property
    def pids(self) -> frozenset[int]:
        """Process ids of the children that are alive, for health and tests."""
        return frozenset(child.pid for child in self._alive)

    async def feed(self, body: bytes, content_type: str, address: str) -> Feed:
        """Raises DocumentError."""
        content = await self._ask(Job.FEED, body, content_type, address, self._parse_limit)
        if len(content["entries"]) > MANY_ENTRIES:
            return await asyncio.to_thread(feed_from_json, content)
        return feed_from_json(content)

    async def listing(self, body: bytes, content_type: str, address: str, links: str | None) -> Feed:
        """The articles that a page lists, as a feed. Raises DocumentError; also when there are none."""
        content = await self._ask(
            Job.LISTING, body, content_type, address, self._page_limit, {"links": links}
        )
        return feed_from_json(content)

    async def page(self, body: bytes, content_type: str, address: str) -> Page:
        """Raises DocumentError; also when there is no text to be found."""
        return page_from_json(await self._ask(Job.PAGE, body, content_type, address, self._page_limit))

    async def feed_links(self, body: bytes, content_type: str, address: str) -> tuple[str, ...]:
        """Addresses of feeds that an HTML page names, best first, may be empty. Raises DocumentError."""
        return tuple(await self._ask(Job.LINKS, body, content_type, address, self._page_limit))

    async def terms(self, document: Document, body: bytes, content_type: str, address: str) -> Extracted:
        """Text of a terms page. Raises DocumentError; also when there is no text to be found."""
        options = {"selector": document.selector, "lang": document.lang}
        return terms_from_json(
            await self._ask(Job.TERMS, body, content_type, address, self._page_limit, options)
        )

    async def close(self) -> None:
        """End all children and wait until they are gone. Documents being read are given up."""
        if not self._closed:
            self._closed = True
            self._idle.clear()
            for child in list(self._alive):
                self._end(child)
            # Whoever was reading or starting a child has let go of it once its place is free.
            for _ in range(self._size):
                await self._slots.acquire()
            for _ in range(self._size):
                self._slots.release()
        await asyncio.gather(*self._ending)

    async def _ask(
        self,
        job: Job,
        body: bytes,
        content_type: str,
        address: str,
        limit: timedelta,
        options: Mapping[str, str | None] | None = None,
    ) -> Any:
        wall = limit * self._patience
        request = pack_request(job, content_type, address, limit, wall, options)
        async with self._slots:
            child = await self._take(job)
            try:
                if job is not Job.FEED and not child.is_warm:
                    slow = self._startup_limit
                    await child.ask(pack_request(Job.WARM, "", "", slow, slow), b"", slow)
                    child.is_warm = True
                answer = await child.ask(request, body, wall)
            except BaseException:
                # Cancelled too: what the pipe holds now belongs to nobody.
                self._end(child)
                raise
            self._give_back(child)
        big = len(answer) >= BIG_ANSWER_BYTES
        outcome, value = await asyncio.to_thread(unpack_answer, answer) if big else unpack_answer(answer)
        if outcome is Outcome.REFUSED:
            is_feed = job in (Job.FEED, Job.LISTING)
            raise DocumentError(FailureKind.NOT_A_FEED if is_feed else FailureKind.OTHER, value)
        if outcome is Outcome.FAILED:
            raise DocumentError(FailureKind.PARSE, value)
        return value

    async def _take(self, job: Job) -> "_Child":
        if self._closed:
            raise DocumentError(FailureKind.PARSE, "the reader is closing")
        for child in [one for one in self._idle if one.is_dead]:
            self._idle.remove(child)
            self._end(child)
        if self._idle:
            # Pages go to a child that has loaded what they need, feeds to one that has not.
            self._idle.sort(key=lambda one: one.is_warm, reverse=job is not Job.FEED)
            return self._idle.pop(0)
        return await self._start()

    async def _start(self) -> "_Child":
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot.sources.child", str(self._memory_bytes),
                stdin=PIPE, stdout=PIPE, stderr=DEVNULL,
                env={name: value for name, value in os.environ.items() if name in ENVIRONMENT},
            )  # fmt: skip
        except OSError as error:  # out of processes or memory: ours to bear, and no reason to stop polling
            raise DocumentError(FailureKind.PARSE, "no reading process could be started") from error
        child = _Child(process)
        self._alive.add(child)
        if self._closed:
            self._end(child)
            raise DocumentError(FailureKind.PARSE, "the reader is closing")
        try:
            await child.hello(self._startup_limit)
        except BaseException:
            self._end(child)
            raise
        return child

    def _give_back(self, child: "_Child") -> None:
        if self._closed or child.documents >= self._documents_each or child.is_dead:
            self._end(child)
        else:
            self._idle.append(child)

    def _end(self, child: "_Child") -> None:
        if child not in self._alive:
            return
        self._alive.discard(child)
        task = asyncio.get_running_loop().create_task(child.end())
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)


class _Child:
    """One process and its pipes."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.pid = process.pid
        self.documents = 0
        self.is_warm = False

    @property
    def is_dead(self) -> bool:
        return self._process.returncode is not None

    async def hello(self, limit: timedelta) -> None:
        try:
            async with asyncio.timeout(limit.total_seconds()):
                greeting = await self._read()
        except (TimeoutError, ConnectionError, asyncio.IncompleteReadError) as error:
            raise DocumentError(FailureKind.PARSE, "no reading process could be started") from error
        if greeting != READY:
            raise DocumentError(FailureKind.PARSE, "the reading process did not start as expected")

    async def ask(self, request: bytes, body: bytes, wall: timedelta) -> bytes:
        self.documents += 1
        try:
            async with asyncio.timeout(wall.total_seconds()):
                try:
                    assert self._process.stdin is not None
                    self._process.stdin.writelines((frame(request), frame(body)))
                    await self._process.stdin.drain()
                    return await self._read()
                except (ConnectionError, asyncio.IncompleteReadError) as error:
                    raise DocumentError(FailureKind.PARSE, await self._cause_of_death()) from error
        except TimeoutError as error:
            raise DocumentError(FailureKind.PARSE, TOO_LONG) from error

    async def _cause_of_death(self) -> str:
        # The pipe broke because the process ended; waiting only fetches the news.
        if await self._process.wait() == -signal.SIGPROF:
            return TOO_LONG
        return "reading it crashed the parser or met its memory limit"

    async def _read(self) -> bytes:
        assert self._process.stdout is not None
        (length,) = LENGTH.unpack(await self._process.stdout.readexactly(LENGTH.size))
        if length > MAX_ANSWER_BYTES:
            raise DocumentError(FailureKind.PARSE, "it holds more text than is allowed")
        return await self._process.stdout.readexactly(length)

    async def end(self) -> None:
        """Kill and reap. An idle child has nothing to finish."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        if self._process.stdin is not None:
            self._process.stdin.close()
        await self._process.wait()
