"""Our feeds as other bots read them, our own reader among them; a correction reaches every reader."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest

from bot.logic.site.feeds import FeedFacts, Told, atom, json_feed
from bot.model import Link, Message, Revision, StoryView
from bot.sources.feeds import parse_feed
from bot.sources.json_feed import is_json, parse_json_feed
from bot.web.shield import PageCache
from tests.builders import NOON, a_message, a_story, an_edition
from tests.web.site_rig import TOPICS, Site, a_site

LATER = NOON + timedelta(hours=30)
FACTS = FeedFacts("Smallprint", "/feed.atom", "/", "https://smallprint.example", NOON)


async def our_own_reading(site: Site, path: str) -> list[tuple[str | None, str, datetime | None]]:
    address = f"{site.url}{path}"
    async with site.session.get(address) as answer:
        body, content_type = await answer.read(), answer.headers["Content-Type"]
    feed = parse_json_feed(body, address) if is_json(body) else parse_feed(body, content_type, address)
    return [(entry.link, entry.title, entry.published_at) for entry in feed.entries]


async def correct(site: Site, story_id: str, why: str) -> None:
    told = await site.memory.store.newest_messages([story_id])
    former = told[story_id]
    newer = replace(former, headline="It was another platform", correction=why, revision=former.revision + 1)
    await site.memory.store.revise([Revision(newer, former)], LATER)


async def test_our_own_reader_finds_the_same_stories_in_both_feeds(tmp_path: Path) -> None:
    async with a_site(tmp_path) as site:
        as_atom = await our_own_reading(site, "/feed.atom")
        as_json = await our_own_reading(site, "/feed.json")

    assert as_atom == as_json
    assert ("http://localhost/stories/sclause", "SoundCloud denies it", NOON) in as_atom
    assert len(as_atom) == 3


async def test_a_correction_makes_readers_show_the_story_again(tmp_path: Path) -> None:
    async with a_site(tmp_path, cache=PageCache(most_bytes=0)) as site:
        before = feedparser.parse(await site.read("/feed.atom"))
        await correct(site, "sclause", "The first report named the wrong platform.")
        after = feedparser.parse(await site.read("/feed.atom"))

    [entry] = [each for each in after.entries if each.id.endswith("/sclause")]
    assert [each.id for each in before.entries] == [each.id for each in after.entries]
    assert entry.title == "It was another platform"
    assert "The first report named the wrong platform." in entry.content[0].value
    assert entry.published == NOON.isoformat()
    assert datetime.fromisoformat(entry.updated) == LATER
    assert datetime.fromisoformat(after.feed.updated) == LATER
    assert datetime.fromisoformat(before.feed.updated) < LATER


def told(headline: str = "Headline", **changes: object) -> Told:
    message: Message = a_message(headline, **changes)
    story = a_story("s1", title="Title")
    return Told(StoryView(story, (), (an_edition("s1"),)), message)


HOSTILE = [
    "\x00\x08\x0b\x1f",
    "\ud800\udfff",
    "\ufffe\uffff",
    "]]><!-- &amp;",
    "\u202eevil\u202c",
    "a" * 20_000,
]


@pytest.mark.parametrize(
    "text", HOSTILE, ids=["control", "surrogates", "noncharacters", "markup", "bidi", "long"]
)
def test_hostile_words_leave_valid_xml_and_json(text: str) -> None:
    hostile = told(
        headline=f"Before {text} after", what=text, quote=text, speaker=text, other_side=text, facts=(text,),
        url=f"https://gazette.example/{text}", sources=(Link(text, "https://gazette.example/1"),),
    )  # fmt: skip
    bad = replace(hostile, view=replace(hostile.view, story=replace(hostile.view.story, platforms=(text,))))

    body = atom(replace(FACTS, title=text), [bad], TOPICS)
    read, items = feedparser.parse(body), json_feed(FACTS, [bad], TOPICS)["items"]

    ElementTree.fromstring(body)
    assert not read.bozo
    assert read.entries[0].title.startswith("Before")
    assert read.entries[0].title.endswith("after")
    assert items[0]["title"] == read.entries[0].title


def test_ids_stay_while_words_and_times_change() -> None:
    first, later = told(), told(headline="Other words", n=2)
    moved = replace(later, corrected_at=datetime(2026, 1, 1, tzinfo=UTC))

    ids = {feedparser.parse(atom(FACTS, [each], TOPICS)).entries[0].id for each in (first, later, moved)}

    assert ids == {"https://smallprint.example/stories/s1"}


def test_a_story_without_an_outside_link_claims_none() -> None:
    plain, wicked = told(url="https://gazette.example/1"), told(url="javascript:alert(1)")

    [with_link], [without] = (json_feed(FACTS, [each], TOPICS)["items"] for each in (plain, wicked))

    assert with_link["external_url"] == "https://gazette.example/1"
    assert "external_url" not in without
