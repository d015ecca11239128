"""Serves /healthz and /metrics."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.errors import ConfigError
from bot.web.facts import GatherFacts, as_json, troubles
from bot.web.metrics import CONTENT_TYPE, exposition

GATHER: web.AppKey[GatherFacts] = web.AppKey("gather")


async def _health(request: web.Request) -> web.Response:
    facts = await request.app[GATHER]()
    return web.json_response(as_json(facts), status=503 if troubles(facts) else 200)


async def _metrics(request: web.Request) -> web.Response:
    facts = await request.app[GATHER]()
    return web.Response(body=exposition(facts), headers={"Content-Type": CONTENT_TYPE})


async def _index(_: web.Request) -> web.Response:
    return web.Response(text="Smallprint runs here. See /healthz and /metrics.\n")


def make_site(gather: GatherFacts) -> web.Application:
    """The site, not yet listening."""
    site = web.Application()
    site[GATHER] = gather
    site.add_routes([web.get("/", _index), web.get("/healthz", _health), web.get("/metrics", _metrics)])
    return site


@asynccontextmanager
async def open_site(host: str, port: int, gather: GatherFacts) -> AsyncIterator[int]:
    """Listens until the block ends; yields the port (another one only when `port` is 0).

    Raises ConfigError when nobody may listen there.
    """
    async with listening(make_site(gather), host, port, "SMALLPRINT_HTTP_PORT") as open_port:
        yield open_port


@asynccontextmanager
async def listening(site: web.Application, host: str, port: int, setting: str) -> AsyncIterator[int]:
    """Listens until the block ends; yields the port. Raises ConfigError, about `setting`, when nobody may listen there."""
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=2)
    await runner.setup()
    try:
        listener = web.TCPSite(runner, host, port)
        try:
            await listener.start()
        except OSError as error:
            fix = "Choose another port, or end the program that has it."
            problem = f"cannot listen on {host} port {port} ({error.strerror or error})"
            raise ConfigError(setting, problem, fix) from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()
