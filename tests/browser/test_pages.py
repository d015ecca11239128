"""The site in a real browser: readable by everybody, by keyboard, on a phone, and silent towards others."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from bot.web.site import make_site
from tests.browser.chromium import DESK, PHONE, Scheme, axe_script, open_browser, open_page
from tests.browser.sample import HOSTILE, TOLD, fill_site, sample_pages
from tests.stores import temporary_store

pytestmark = pytest.mark.long

PAGES = sample_pages()
# WCAG 2.2 at level AA, and what axe-core holds for good practice beside it.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[str]:
    """Address of the filled site."""
    async with temporary_store(tmp_path) as store:
        desk = (await fill_site(store)).desk
        async with TestServer(make_site(lambda: desk, a_minute=0)) as server:
            yield str(server.make_url("")).rstrip("/")


@pytest.fixture
async def browser() -> AsyncIterator[Any]:
    async with open_browser() as opened:
        yield opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
async def test_no_page_shuts_anybody_out(site: str, browser: Any, scheme: Scheme, width: int) -> None:
    axe, found = axe_script(), []
    async with open_page(browser, width=width, scheme=scheme, bypass_csp=True) as (page, _):
        for name, path in PAGES.items():
            await page.goto(site + path)
            await page.evaluate(axe)
            report = await page.evaluate("rules => axe.run(document, rules)", RULES)
            found += [
                f"{name}: {each['id']} {each['nodes'][0]['html'][:200]}" for each in report["violations"]
            ]
            assert len(report["passes"]) > 10, name

    assert found == []


async def test_no_page_is_wider_than_a_phone(site: str, browser: Any) -> None:
    wide = {}
    async with open_page(browser, width=PHONE) as (page, _):
        for name, path in PAGES.items():
            await page.goto(site + path)
            width = await page.evaluate("document.documentElement.scrollWidth")
            if width > PHONE:
                wide[name] = width

    assert wide == {}


async def test_pages_ask_nobody_else_and_complain_of_nothing(site: str, browser: Any) -> None:
    async with open_page(browser) as (page, heard):
        for name, path in PAGES.items():
            if name != "missing":  # a browser reports every 404 as an error
                await page.goto(site + path, wait_until="networkidle")

    assert heard.errors == []
    assert any(url.endswith(".css") for url in heard.asked)
    assert heard.outside(site) == []


async def test_a_hostile_headline_stays_text(site: str, browser: Any) -> None:
    alarms: list[str] = []
    async with open_page(browser) as (page, heard):
        page.on("dialog", lambda dialog: alarms.append(dialog.message))
        await page.goto(f"{site}/stories/{HOSTILE}")
        heading = await page.inner_text("h1")
        strange = await page.eval_on_selector_all(
            "[href],[src]",
            "all => all.map(e => e.getAttribute('href') || e.getAttribute('src'))"
            ".filter(a => !/^(\\/|#|https?:)/.test(a))",
        )
        scripts = await page.locator("script, main img").count()

    assert "<script>alert(1)</script>" in heading
    assert "{{ 7*7 }}" in heading
    assert (alarms, strange, scripts) == ([], [], 0)
    assert heard.outside(site) == []


async def test_everything_can_be_reached_by_keyboard_and_the_place_is_seen(site: str, browser: Any) -> None:
    async with open_page(browser) as (page, _):
        await page.goto(site + "/")
        await page.keyboard.press("Tab")
        first = await page.evaluate("document.activeElement.textContent")
        await page.keyboard.press("Enter")
        skipped_to = page.url
        reached: set[str] = set()
        hidden = []
        for _ in range(200):
            await page.keyboard.press("Tab")
            at = await page.evaluate(_FOCUSED)
            if at is None:
                break
            reached.add(at["what"])
            if not at["seen"]:
                hidden.append(at["what"])

    assert "Skip" in first
    assert skipped_to.endswith("#main")
    assert {"INPUT q", "SELECT platform", "SELECT topic", "SELECT when"} <= reached
    assert any(what.startswith("BUTTON") for what in reached)
    assert any(f"/stories/{TOLD}" in what for what in reached)
    assert hidden == []


_FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const style = getComputedStyle(e);
  const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  return {what: `${e.tagName} ${e.name || e.getAttribute('href') || ''}`, seen};
}"""


async def test_a_search_is_asked_with_the_keyboard_and_without_script(site: str, browser: Any) -> None:
    async with open_page(browser, width=PHONE, script=False) as (page, _):
        await page.goto(site + "/")
        await page.focus("#q")
        await page.keyboard.type("tonebarn training")
        await page.keyboard.press("Enter")
        await page.wait_for_url("**q=tonebarn+training**")
        titles = await page.locator("ul.stories a[href^='/stories/']").all_inner_texts()
        await page.click(f"a[href='/stories/{TOLD}']")
        text = await page.inner_text("main")

    assert len(titles) == 1
    for told in (
        "train artificial intelligence",
        "no model so far",
        "Settings, Privacy, AI",
        "We have never used",
    ):
        assert told in text


async def test_two_versions_are_chosen_and_compared(site: str, browser: Any) -> None:
    async with open_page(browser, width=PHONE, script=False) as (page, _):
        await page.goto(f"{site}/documents/tonebarn-terms")
        await page.select_option("#a", "3")
        await page.select_option("#b", "1")
        await page.click("form.two button")
        address = page.url
        new = await page.locator("ins").all_inner_texts()

    assert address == f"{site}/documents/tonebarn-terms/1..3"
    assert any("train artificial intelligence" in words for words in new)
    assert any("ten" in words for words in new)
