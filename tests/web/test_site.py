"""The public site over a real memory: what it shows, what it refuses, and that nothing hostile gets through."""

import gzip
import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.logic.terms.watch.version_diff import version_diff
from bot.model.record import RecordEvent, RecordOrigin, TimelineItem
from bot.web.shield import HEADERS, Kept, Limit, PageCache
from bot.web.timeline import timeline_svg
from tests.web.site_rig import CLAUSE, Site, a_site

PAGES = (
    "/", "/stories/sclause", "/stories/suntold", "/stories/shostile", "/topics/lawsuit", "/platforms",
    "/platforms/soundcloud", "/platforms/tonebarn", "/documents", "/documents/tonebarn-terms",
    "/documents/tonebarn-terms/1", "/documents/tonebarn-terms/1..2", "/sources", "/about",
)  # fmt: skip


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with a_site(tmp_path) as running:
        yield running


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_stands_without_script_or_outside_request(site: Site, path: str) -> None:
    text = await site.read(path)

    assert "<script" not in text
    assert "javascript:" not in text
    assert "<b>bold</b>" not in text
    assert 'src="http' not in text


async def test_a_hostile_headline_is_shown_as_its_letters(site: Site) -> None:
    text = await site.read("/stories/shostile")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "{{ 7*7 }}" in text


async def test_a_story_is_told_with_its_update_first_and_both_sides(site: Site) -> None:
    text = await site.read("/stories/sclause")

    assert text.index("Update (denial)") < text.index("First told")
    assert "It says it never trained on uploads." in text
    assert "may be used to inform, train or develop" in text
    assert "Generative models?" in text
    assert "a reason made for a test" in text


async def test_an_untold_story_says_why(site: Site) -> None:
    assert "nothing old is posted" in await site.read("/stories/suntold")


async def test_stories_are_found_by_words_platform_topic_and_time(site: Site) -> None:
    assert "/stories/sclause" in await site.read("/?q=clause")
    assert "/stories/sclause" not in await site.read("/?q=clause&topic=lawsuit")
    assert "/stories/sclause" in await site.read("/?platform=soundcloud&when=week")
    assert "No story fits" in await site.read("/?q=nothinglikethis")


async def test_where_a_platform_stands_is_said_in_a_word_with_its_clause(site: Site) -> None:
    table, page = await site.read("/platforms"), await site.read("/platforms/soundcloud")

    assert 'class="tag exposes">allowed' in table
    assert "“may be used to train”" in page
    assert "Does it cover generative models?" in page
    assert "<svg" in page or "Timeline" in page


async def test_what_changed_in_a_text_is_shown_by_word(site: Site) -> None:
    text = await site.read("/documents/tonebarn-terms/1..2")

    gone, new = re.findall(r"<del>(.*?)</del>", text), re.findall(r"<ins>(.*?)</ins>", text)
    assert CLAUSE in " ".join(new)
    assert [words for words in gone if "month" in words]
    assert [words for words in new if "quarter" in words]
    assert "You keep your rights." not in " ".join(gone + new)


async def test_any_two_versions_are_compared_at_an_address_that_stays(site: Site) -> None:
    for chosen in ("a=1&b=2", "a=2&b=1"):
        asked = f"{site.url}/documents/tonebarn-terms/compare?{chosen}"
        async with site.session.get(asked, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (302, "/documents/tonebarn-terms/1..2")
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]

    for wrong in ("a=1", "a=x&b=2", "a=1&b=9999999"):
        await site.read(f"/documents/tonebarn-terms/compare?{wrong}", 404)


async def test_silence_is_explained_by_the_health_of_sources(site: Site) -> None:
    text = await site.read("/sources")

    assert "read well" in text
    assert "cannot be read" in text
    assert "9 May 2025, 12:00 UTC" in text


@pytest.mark.parametrize(
    "path",
    [
        "/nothing", "/stories/none", "/topics/none", "/platforms/none", "/documents/none", "/documents/tonebarn-terms/9",
        "/documents/tonebarn-terms/1..9", "/?platform=none", "/?topic=none", "/?when=never", "/?page=0", "/?page=x",
        "/?page=99999999999999999999", "/?page=%D9%A3", "/stories/..%2f..%2fetc%2fpasswd", "/static/../site.py",
    ],
)  # fmt: skip
async def test_what_is_not_here_says_so_in_a_page(site: Site, path: str) -> None:
    text = await site.read(path, status=404)

    assert "Not here" in text
    assert "Traceback" not in text


async def test_an_endless_address_is_refused(site: Site) -> None:
    assert "too long" in await site.read("/?q=" + "a" * 2_000, status=414)


async def test_a_search_of_signs_is_no_error(site: Site) -> None:
    assert "No story fits" in await site.read("/?q=%22%27%3B--%25_%00%F0%9F%92%A5")


async def test_nobody_can_write(site: Site) -> None:
    async with site.session.post(f"{site.url}/", data="x") as answer:
        assert answer.status == 405
        assert answer.headers["Allow"] == "GET, HEAD"


async def test_every_answer_carries_the_shield(site: Site) -> None:
    for path in ("/", "/nothing", "/stories/sclause"):
        async with site.session.get(f"{site.url}{path}") as answer:
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


async def test_a_host_header_changes_nothing(site: Site) -> None:
    assert "evil.example" not in await site.read("/stories/sclause", Host="evil.example")


async def test_a_page_is_packed_once_and_confirmed_by_its_tag(site: Site) -> None:
    async with site.session.get(
        f"{site.url}/", headers={"Accept-Encoding": "gzip"}, auto_decompress=False
    ) as answer:
        tag, packed = answer.headers["ETag"], await answer.read()
        assert answer.headers["Content-Encoding"] == "gzip"
    async with site.session.get(f"{site.url}/", headers={"Accept-Encoding": "identity"}) as answer:
        assert gzip.decompress(packed) == await answer.read()
    async with site.session.get(f"{site.url}/", headers={"If-None-Match": tag}) as answer:
        assert answer.status == 304
        assert await answer.read() == b""
    async with site.session.head(f"{site.url}/") as answer:
        assert answer.status == 200
        assert int(answer.headers["Content-Length"]) > 500


async def test_a_greedy_reader_is_asked_to_wait(tmp_path: Path) -> None:
    async with a_site(tmp_path, filled=False, a_minute=8) as site:
        statuses = []
        for _ in range(3):
            async with site.session.get(f"{site.url}/about") as answer:
                statuses.append(answer.status)
        assert statuses == [200, 200, 429]
        assert answer.headers["Retry-After"] == "8" or int(answer.headers["Retry-After"]) > 0


async def test_a_fresh_site_says_why_it_is_empty(tmp_path: Path) -> None:
    async with a_site(tmp_path, filled=False) as site:
        assert "Nothing was told yet" in await site.read("/")
        assert "Nothing is recorded yet" in await site.read("/platforms")
        assert "not read yet" in await site.read("/sources")


def test_readers_are_limited_apart_and_forgotten_in_order() -> None:
    now = [0.0]
    limit = Limit(60, now=lambda: now[0])
    first = [limit.wait_of("a") for _ in range(16)]

    assert first[:15] == [0.0] * 15
    assert first[15] > 0
    assert limit.wait_of("b") == 0.0
    now[0] += 1.0
    assert limit.wait_of("a") == 0.0


def kept(body: bytes, until: float = 10.0) -> Kept:
    return Kept(200, "text/html", {}, body, b"", '"x"', until)


def test_the_cache_forgets_by_age_and_by_size() -> None:
    now = [0.0]
    cache = PageCache(most_bytes=4_000, now=lambda: now[0])
    for name in "abcdefgh":
        cache.put(name, kept(b"x" * 100))

    assert cache.get("a") is None
    assert cache.get("h") is not None
    cache.put("huge", kept(b"x" * 3_000))
    assert cache.get("huge") is None
    now[0] = 11.0
    assert cache.get("h") is None


def test_a_drawing_tells_each_event_and_escapes_it() -> None:
    events = [
        TimelineItem(RecordEvent(f"k{n}", RecordOrigin.SEED, date(2024, n, 1), ("A",), None, "<b>x</b>", ""))
        for n in (3, 2, 1)
    ]
    drawn = timeline_svg(events, date(2025, 1, 1))

    assert drawn.count("<circle") == 3
    assert "<b>" not in drawn
    assert timeline_svg(events[:1], date(2025, 1, 1)) == ""


def test_the_same_text_has_no_difference_and_long_sameness_is_counted() -> None:
    text = "\n".join(f"Line {n}." for n in range(50))
    parts = version_diff(text, f"{text}\nOne more.")

    assert version_diff(text, text) == []
    assert parts[0].skipped == 49
    assert parts[-1].words == (("new", "One more."),)
