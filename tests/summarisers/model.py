"""A model on loopback that says, or does, what a test wants."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

ENDED = web.AppKey("ended", asyncio.Event)
Behaves = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class FakeModel:
    """`model.behaves = says(...)`; what it was asked stands in `questions`, with which headers in `headers`."""

    behaves: Behaves
    url: str = ""
    questions: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.paths.append(request.path)
        self.headers.append(dict(request.headers))
        self.questions.append(json.loads(await request.text() or "{}"))
        return await self.behaves(request)


@asynccontextmanager
async def fake_model() -> AsyncIterator[FakeModel]:
    model = FakeModel(breaks(500))
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", model.answer)
    app[ENDED] = asyncio.Event()
    async with TestServer(app) as server:
        model.url = str(server.make_url("/v1"))
        yield model
        app[ENDED].set()


def completion(content: object) -> dict[str, object]:
    return {"choices": [{"index": 0, "message": {"role": "assistant", "content": content}}]}


def says(answer: object) -> Behaves:
    """Answers with this as its content; what is no text is sent as JSON text."""
    return sends(json.dumps(completion(answer if isinstance(answer, str) else json.dumps(answer))))


def sends(body: str | bytes, status: int = 200, **headers: str) -> Behaves:
    """Sends a body as it is."""

    async def behave(request: web.Request) -> web.StreamResponse:
        raw = body.encode() if isinstance(body, str) else body
        return web.Response(body=raw, status=status, content_type="application/json", headers=headers)

    return behave


def breaks(status: int) -> Behaves:
    return sends("<html>Something went wrong</html>", status)


def stalls(after: bytes = b"") -> Behaves:
    """Sends a beginning, then nothing until the test ends."""

    async def behave(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        if after:
            await response.write(after)
        await request.app[ENDED].wait()
        return response

    return behave


def floods() -> Behaves:
    """Never stops sending."""

    async def behave(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while request.transport is not None and not request.transport.is_closing():
            await response.write(b" " * 65_536)
        return response

    return behave


def hangs_up() -> Behaves:
    async def behave(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    return behave
