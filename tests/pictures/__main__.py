"""Pictures of posts at a phone's width, to be looked at: python -m tests.pictures FOLDER

Needs `npm ci` in tests/pictures and the system's Chromium.
"""

import asyncio
import sys
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.browser.chromium import open_browser
from tests.pictures.page import page_of
from tests.pictures.posts import CARD, DIGEST, FIRST, NOW, OPT_OUT, UPDATE

MODULES = Path(__file__).resolve().parent / "node_modules"
PHONE = 412

PAGES = {
    "first-post": page_of(FIRST, now=NOW),
    "update": page_of(UPDATE, now=NOW, reply=FIRST.headline),
    "digest": page_of(DIGEST, now=NOW),
    "approval": page_of(CARD, now=NOW),
    "deadline-de": page_of(OPT_OUT, now=NOW, lang="de"),
}


async def take(folder: Path) -> None:
    if not MODULES.exists():
        sys.exit("The components are not installed: run `npm ci` in tests/pictures first.")
    folder.mkdir(parents=True, exist_ok=True)
    app = web.Application()
    app.router.add_static("/modules", MODULES)

    async def page(request: web.Request) -> web.Response:
        return web.Response(text=PAGES.get(request.match_info["name"], ""), content_type="text/html")

    app.router.add_get("/{name}", page)
    async with TestServer(app) as server, open_browser() as browser:
        for name in PAGES:
            await _picture(browser, str(server.make_url(f"/{name}")), folder / f"{name}.png")


async def _picture(browser: object, address: str, file: Path) -> None:
    context = await browser.new_context(  # type: ignore[attr-defined]  # playwright is loaded late
        viewport={"width": PHONE, "height": 400}, color_scheme="dark"
    )
    try:
        shown = await context.new_page()
        await shown.goto(address)
        await shown.wait_for_selector("html[data-ready]", timeout=20_000)
        height = await shown.evaluate("document.documentElement.scrollHeight")
        clip = {"x": 0, "y": 0, "width": PHONE, "height": height}
        await shown.screenshot(path=file, full_page=True, clip=clip)
        print(file)
    finally:
        await context.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    asyncio.run(take(Path(sys.argv[1])))
