"""A platform's web site on loopback, and the whole app that watches its terms: bytes in, messages out."""

import html
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web
from pydantic import SecretStr

from bot.app.building import App, open_app
from bot.app.clocks import FixedClock
from bot.app.one_pass import run_once
from bot.model import Message
from bot.settings import Settings, load_config

START = datetime.fromisoformat("2025-05-01T06:00:00+00:00")
EIGHT = timedelta(hours=8)


def as_html(text: str, title: str = "Terms") -> bytes:
    """A text with Markdown lists and headings as a web page, with a menu and a footer around it."""
    parts: list[str] = []
    for block in text.split("\n\n"):
        lines = block.strip().splitlines()
        if lines and all(line.lstrip().startswith(("* ", "- ")) for line in lines):
            items = "".join(f"<li>{html.escape(line.lstrip()[2:])}</li>" for line in lines)
            parts.append(f"<ul>{items}</ul>")
        elif lines and lines[0].startswith("#"):
            parts.append(f"<h2>{html.escape(block.strip('# '))}</h2>")
        elif lines:
            parts.append(f"<p>{html.escape(block)}</p>")
    menu = "<nav><a href='/'>Home</a> <a href='/jobs'>Jobs</a></nav>"
    body = f"{menu}<main id='terms'>{''.join(parts)}</main><footer>Contact us</footer>"
    return f"<!doctype html><html lang='en'><head><title>{title}</title></head><body>{body}</body></html>".encode()


@dataclass
class Site:
    """What is served: path -> (status, body). `feed` holds (guid, title, text) of a news site's entries."""

    pages: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    feed: list[tuple[str, str, str]] = field(default_factory=list)
    base: str = ""

    def say(self, path: str, text: str) -> None:
        self.pages[path] = (200, as_html(text))

    async def _answer(self, request: web.Request) -> web.Response:
        if request.path == "/feed":
            return web.Response(text=self._rss(), content_type="application/rss+xml")
        status, body = self.pages.get(request.path, (404, b"not here"))
        return web.Response(status=status, body=body, content_type="text/html", charset="utf-8")

    def _rss(self) -> str:
        items = "".join(
            f"<item><guid>{guid}</guid><title>{title}</title><link>{self.base}/news/{guid}</link>"
            f"<description>{text}</description></item>"
            for guid, title, text in self.feed
        )
        return f'<rss version="2.0"><channel><title>Gazette</title>{items}</channel></rss>'

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            host, port = runner.addresses[0][:2]
            self.base = f"http://{host}:{port}"
            yield
        finally:
            await runner.cleanup()


@dataclass
class Rig:
    """The app over a site, on a clock that a test moves."""

    app: App
    clock: FixedClock
    site: Site
    posts: list[str]

    async def at(self, now: datetime) -> None:
        """One pass at this time."""
        self.clock.set(now)
        await run_once(self.app)

    async def settle(self, now: datetime) -> None:
        """A pass, the second look an hour later, and one more."""
        for wait in (timedelta(0), timedelta(hours=1), timedelta(hours=10)):
            await self.at(now + wait)

    async def messages(self) -> list[Message]:
        """What was told, oldest first."""
        deliveries = await self.app.store.deliveries(limit=999)
        return [each.message for each in sorted(deliveries, key=lambda each: each.id)]


@asynccontextmanager
async def terms_rig(folder: Path, platform: str, *documents: str) -> AsyncIterator[Rig]:
    """The app watching `documents` of a platform (an id of platforms.toml), each at /ID of the site; and one feed."""
    site, clock, posts = Site(), FixedClock(START), []  # type: Site, FixedClock, list[str]
    async with site.running():
        config = folder / "config"
        config.mkdir()
        (config / "sources.toml").write_text(
            f'[[source]]\nid = "gazette"\nname = "Gazette"\nfeed = "{site.base}/feed"\ngroup = "music-trade"\n'
        )
        (config / "terms.toml").write_text(
            "".join(
                f'[[document]]\nid = "{each}"\nplatform = "{platform}"\ntitle = "Terms of Use"\n'
                f'url = "{site.base}/{each}"\nselector = "#terms"\n\n'
                for each in documents
            )
        )
        settings = Settings(
            config=config,
            database_url=SecretStr(f"sqlite+aiosqlite:///{folder / 'smallprint.db'}"),
            allow_private=("127.0.0.1",),
        )
        async with open_app(settings, load_config(config), clock, write=posts.append) as app:
            yield Rig(app, clock, site, posts)
