"""The public site: pages, feeds and API in one application. Health and metrics live elsewhere (server.py)."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.flows.people.site import SiteDesk
from bot.web import api, feeds, pages
from bot.web.keys import DESK, TEMPLATES
from bot.web.rendering import favicon, make_templates, stylesheet, stylesheet_path
from bot.web.server import listening
from bot.web.shield import Limit, PageCache, shield

A_MINUTE = 240
_HEADINGS = {
    404: "Not here",
    405: "Only to be read",
    414: "Too long",
    429: "Too fast",
    500: "Something broke",
}


def make_site(
    current: Callable[[], SiteDesk],
    *,
    a_minute: int = A_MINUTE,
    behind_proxy: bool = False,
    cache: PageCache | None = None,
) -> web.Application:
    """The site, not yet listening.

    current   the desk as it is now
    a_minute  requests a client may make in a minute; 0: no limit
    """
    site = web.Application(
        middlewares=[shield(cache or PageCache(), Limit(a_minute), behind_proxy=behind_proxy, oops=oops)]
    )
    sheet = stylesheet()
    site[DESK] = current
    site[TEMPLATES] = make_templates(current, stylesheet_path(sheet))

    async def style(_: web.Request) -> web.Response:
        kept = {"Cache-Control": "public, max-age=31536000, immutable"}
        return web.Response(body=sheet, content_type="text/css", charset="utf-8", headers=kept)

    icon = favicon()

    async def mark(_: web.Request) -> web.Response:
        kept = {"Cache-Control": "public, max-age=86400"}
        return web.Response(body=icon, content_type="image/svg+xml", headers=kept)

    site.add_routes([web.get(stylesheet_path(sheet), style), web.get("/favicon.svg", mark)])
    site.add_routes([*_machine_routes(), *pages.routes()])
    return site


def _machine_routes() -> list[web.RouteDef]:
    return [*feeds.routes(), *api.routes()]


def oops(request: web.Request, status: int, text: str) -> web.Response:
    """A page that says what is wrong; for the API the same as JSON."""
    if request.path.startswith("/api/"):
        return web.json_response({"error": text}, status=status, headers={"Access-Control-Allow-Origin": "*"})
    heading = _HEADINGS.get(status, "Not like this")
    return pages.page(request, "error.html", "", status=status, heading=heading, text=text)


@asynccontextmanager
async def open_public_site(host: str, port: int, site: web.Application) -> AsyncIterator[int]:
    """Listens until the block ends; yields the port. Raises ConfigError when nobody may listen there."""
    async with listening(site, host, port, "SMALLPRINT_SITE_PORT") as open_port:
        yield open_port
