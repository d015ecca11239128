"""Serves the sample fortnight on loopback, as it stood at a clock that the demonstration moves."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.demo.fortnight import Fortnight, feed_bytes, page_bytes
from bot.ports import Clock


class SampleWeb:
    """The invented outlets' web server: /<outlet>/feed and /<outlet>/<slug>. Known after start: `base`."""

    def __init__(self, fortnight: Fortnight, clock: Clock) -> None:
        self._fortnight, self._clock = fortnight, clock
        self.base = ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator["SampleWeb"]:
        """Listens on a free loopback port until the block ends."""
        app = web.Application()
        app.add_routes([web.get("/{outlet}/feed", self._feed), web.get("/{outlet}/{slug}", self._page)])
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            host, port = runner.addresses[0][:2]
            self.base = f"http://{host}:{port}"
            yield self
        finally:
            await runner.cleanup()

    async def _feed(self, request: web.Request) -> web.Response:
        outlet = self._fortnight.outlet(request.match_info["outlet"])
        if outlet is None:
            raise web.HTTPNotFound
        body, content_type = feed_bytes(
            outlet, self._fortnight.shown(outlet.id, self._clock.now()), self.base
        )
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        return web.Response(body=body, content_type=content_type, charset="utf-8", headers={"ETag": etag})

    async def _page(self, request: web.Request) -> web.Response:
        outlet = self._fortnight.outlet(request.match_info["outlet"])
        entry = self._fortnight.entry(request.match_info["outlet"], request.match_info["slug"])
        if outlet is None or entry is None or entry.at > self._clock.now():
            raise web.HTTPNotFound
        return web.Response(body=page_bytes(outlet, entry), content_type="text/html", charset="utf-8")
