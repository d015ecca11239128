"""Screenshots of every kind of page, to be looked at by a person: python -m tests.browser.look FOLDER"""

import asyncio
import sys
import tempfile
from pathlib import Path

from aiohttp.test_utils import TestServer

from bot.web.site import make_site
from tests.browser.chromium import DESK, PHONE, Scheme, open_browser, open_page
from tests.browser.sample import fill_site, sample_pages
from tests.stores import temporary_store

THEMES: tuple[Scheme, ...] = ("light", "dark")


async def look(folder: Path) -> None:
    """One picture for each page, width and theme."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as room:
        async with temporary_store(Path(room)) as store, open_browser() as browser:
            desk = (await fill_site(store)).desk
            async with TestServer(make_site(lambda: desk, a_minute=0)) as server:
                for width in (PHONE, DESK):
                    for scheme in THEMES:
                        async with open_page(browser, width=width, scheme=scheme) as (page, _):
                            for name, path in sample_pages().items():
                                await page.goto(str(server.make_url("")).rstrip("/") + path)
                                file = folder / f"{name}-{width}-{scheme}.png"
                                await page.screenshot(path=file, full_page=True)
                                print(file)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    asyncio.run(look(Path(sys.argv[1])))
