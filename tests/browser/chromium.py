"""The system's Chromium, and the pages that are looked at in it."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest

HERE = Path(__file__).resolve().parent
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
# Where Debian, Fedora and others put it.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox: tests run in containers as root. The rest keeps it from asking anything outside by itself.
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
Scheme = Literal["light", "dark"]
PHONE, DESK = 360, 1280


def chromium_path() -> str:
    """Skips the test where there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    return found


def axe_script() -> str:
    """Skips the test where the development packages are not installed."""
    if not AXE.exists():
        pytest.skip("needs axe-core: npm ci in tests/browser")
    return AXE.read_text(encoding="utf-8")


@dataclass
class Heard:
    """What a page complained of, and what it asked the network for."""

    errors: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def outside(self, site: str) -> list[str]:
        """Addresses that are not the site's own."""
        return [url for url in self.asked if not url.startswith((site, "data:"))]


@asynccontextmanager
async def open_browser() -> AsyncIterator[Any]:
    """The browser for as long as the block lasts."""
    from playwright.async_api import async_playwright

    path = chromium_path()
    async with async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def open_page(
    browser: Any,
    *,
    width: int = DESK,
    scheme: Scheme = "light",
    script: bool = True,
    bypass_csp: bool = False,
) -> AsyncIterator[tuple[Any, Heard]]:
    """A page of this width in this theme, and what it is heard to say.

    script      whether pages may run any
    bypass_csp  the checker is a script that the site's own policy would refuse
    """
    context = await browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        java_script_enabled=script,
        bypass_csp=bypass_csp,
    )
    page, heard = await context.new_page(), Heard()
    page.on(
        "console", lambda said: heard.errors.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: heard.errors.append(str(error)))
    page.on("request", lambda request: heard.asked.append(request.url))
    try:
        yield page, heard
    finally:
        await context.close()
