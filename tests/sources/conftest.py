"""A small web on loopback, and the readers that look at it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.sources.children import Children
from bot.sources.http import Fetcher
from bot.sources.reader import HttpReader
from bot.sources.robots import Robots
from tests.sources.samples import USER_AGENT

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Site:
    """What answers on 127.0.0.1: `site.answers["/feed"] = ...`. Requests are kept in order."""

    server: TestServer | None = None
    answers: dict[str, web.Response | Answering | Callable[[], web.Response]] = field(default_factory=dict)
    requests: list[web.Request] = field(default_factory=list)

    def url(self, path: str = "/feed") -> str:
        assert self.server is not None
        return str(self.server.make_url(path))

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        answer = self.answers.get(request.path)
        if answer is None:
            return web.Response(status=404)
        return await answer(request)  # type: ignore[operator,return-value]


def body(content: bytes, status: int = 200, **headers: str) -> Answering:
    """A fixed answer; header names with underscores for hyphens."""
    named = {"Content-Type": "application/rss+xml"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }

    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(body=content, status=status, headers=named)

    return answer


def redirect(to: str, status: int = 302) -> Answering:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, headers={"Location": to})

    return answer


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    site = Site()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", site.answer)
    async with TestServer(app) as server:
        site.server = server
        yield site


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    """Allowed to read loopback, with limits small enough to be met cheaply."""
    fetcher = Fetcher(USER_AGENT, allow_private=["127.0.0.1"], max_bytes=2**20)
    yield fetcher
    await fetcher.close()


@pytest.fixture(scope="module")
def generous() -> dict[str, object]:
    """Limits that no honest document meets on the slowest machine."""
    minute = timedelta(seconds=60)
    return {"parse_limit": minute, "page_limit": minute, "startup_limit": 2 * minute}


@pytest.fixture
async def children(generous: dict[str, object]) -> AsyncIterator[Children]:
    children = Children(**generous)  # type: ignore[arg-type]
    yield children
    await children.close()


@pytest.fixture
async def reader(fetcher: Fetcher, children: Children) -> HttpReader:
    return HttpReader(fetcher, children, Robots(fetcher, "Smallprint"))
