"""The API answers as its description says, and the feeds are read by those who read feeds."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from tests.web.site_rig import HOSTILE, Site, a_site

API = {
    "/api/v1": "/api/v1",
    "/api/v1/stories": "/api/v1/stories?q=clause&platform=soundcloud&since=2025-05-01",
    "/api/v1/stories/{story}": "/api/v1/stories/sclause",
    "/api/v1/topics": "/api/v1/topics",
    "/api/v1/platforms": "/api/v1/platforms",
    "/api/v1/platforms/{platform}": "/api/v1/platforms/soundcloud",
    "/api/v1/documents": "/api/v1/documents",
    "/api/v1/documents/{document}": "/api/v1/documents/tonebarn-terms",
    "/api/v1/documents/{document}/versions/{n}": "/api/v1/documents/tonebarn-terms/versions/2",
    "/api/v1/changes": "/api/v1/changes?limit=5",
    "/api/v1/sources": "/api/v1/sources",
}


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    async with a_site(tmp_path) as running:
        yield running


async def answer(site: Site, path: str, status: int = 200) -> Any:
    return json.loads(await site.read(path, status))


async def description(site: Site) -> dict[str, Any]:
    found: dict[str, Any] = await answer(site, "/api/v1/openapi.json")
    return found


async def test_the_description_is_valid_and_names_every_address(site: Site) -> None:
    told = await description(site)

    validate(told)
    assert sorted(told["paths"]) == sorted(API)


@pytest.mark.parametrize("path", API)
async def test_every_answer_is_as_described(site: Site, path: str) -> None:
    told = await description(site)
    schema = told["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    found = await answer(site, API[path])

    Draft202012Validator({"components": told["components"], **schema}).validate(found)
    # Described keys and no others at the top: a key that is not described is a promise that nobody reads.
    whole = (
        schema if "properties" in schema else told["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    )
    assert sorted(found) == sorted(whole["properties"])


async def test_stories_come_page_by_page(site: Site) -> None:
    first = await answer(site, "/api/v1/stories?limit=2")
    rest = await answer(site, f"/api/v1/stories?limit=2&offset={first['next_offset']}")

    assert len(first["stories"]) == 2
    assert rest["next_offset"] is None
    assert {s["id"] for s in first["stories"] + rest["stories"]} == {"sclause", "suntold", "shostile"}


async def test_a_story_has_both_sides_and_a_change_its_words(site: Site) -> None:
    story, changes = await answer(site, "/api/v1/stories/sclause"), await answer(site, "/api/v1/changes")

    assert [telling["n"] for telling in story["tellings"]] == [2, 1]
    assert story["tellings"][0]["other_side"] == "It says it never trained on uploads."
    assert changes["changes"][0]["url"] == "/documents/tonebarn-terms/1..2"
    assert changes["changes"][0]["confirmed_at"] is None


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/stories?limit=0", "/api/v1/stories?limit=101", "/api/v1/stories?limit=-1", "/api/v1/stories?limit=%D9%A3",
        "/api/v1/stories?offset=99999999999", "/api/v1/stories?topic=none", "/api/v1/stories?platform=none",
        "/api/v1/stories?since=yesterday", "/api/v1/changes?limit=x",
        "/api/v1/changes?limit=0", "/api/v1/changes?platform=none",
    ],
)  # fmt: skip
async def test_a_wrong_parameter_is_told_what_it_takes(site: Site, path: str) -> None:
    assert " takes " in (await answer(site, path, 400))["error"]


async def test_changes_are_narrowed_to_a_platform(site: Site) -> None:
    theirs = await answer(site, "/api/v1/changes?platform=tonebarn")
    others = await answer(site, "/api/v1/changes?platform=soundcloud")

    assert [change["platform"] for change in theirs["changes"]] == ["Tonebarn"]
    assert others["changes"] == []


@pytest.mark.parametrize(
    "path",
    ["/api/v1/stories/none", "/api/v1/platforms/none", "/api/v1/documents/none", "/api/v2", "/api/v1/x/y"],
)
async def test_what_is_not_there_is_told_as_json(site: Site, path: str) -> None:
    assert (await answer(site, path, 404))["error"]


@pytest.mark.parametrize("path", ["/feed", "/platforms/soundcloud/feed", "/topics/terms-training/feed"])
async def test_feeds_are_read_by_feedparser_and_say_the_same_in_json(site: Site, path: str) -> None:
    read = feedparser.parse(await site.read(f"{path}.atom"))
    told = await answer(site, f"{path}.json")

    assert not read.bozo
    assert [entry.title for entry in read.entries] == [item["title"] for item in told["items"]]
    assert "SoundCloud denies it" in [entry.title for entry in read.entries]
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert all(item["url"].startswith("http://localhost/stories/") for item in told["items"])


async def test_hostile_words_stay_words_in_feeds(site: Site) -> None:
    text = await site.read("/topics/lawsuit/feed.atom")
    [entry] = feedparser.parse(text).entries

    ElementTree.fromstring(text)
    assert entry.title_detail.type == "text/plain"
    assert "alert(1)" in entry.title
    assert "<script" not in entry.content[0].value
    assert "javascript:" not in text
    assert HOSTILE not in text


async def test_the_map_names_every_story_and_robots_find_it(site: Site) -> None:
    listed = ElementTree.fromstring(await site.read("/sitemap.xml"))
    found = [each.text for each in listed.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]

    assert "http://localhost/stories/sclause" in found
    assert "http://localhost/platforms/soundcloud" in found
    assert "Disallow: /*?q=" in await site.read("/robots.txt")


async def test_other_sites_may_read_the_api(site: Site) -> None:
    async with site.session.get(f"{site.url}/api/v1/topics") as found:
        assert found.headers["Access-Control-Allow-Origin"] == "*"
        assert found.headers["ETag"]
