"""Every captured document is read or refused with a reason, and no entry is lost against plain feedparser."""

import io
import json
from collections.abc import Iterator
from typing import Any

import feedparser
import pytest

from bot.model import Feed
from bot.sources.feeds import NotAFeedError, parse_feed
from bot.sources.json_feed import is_json, parse_json_feed
from bot.sources.wire import Outcome, feed_from_json, feed_to_json, pack_answer, unpack_answer
from tests.shared import shared_path

HERE = "https://gazette.example/feed"


@pytest.fixture(scope="module")
def documents() -> list[tuple[dict[str, Any], bytes]]:
    folder = shared_path("feeds/corpus")
    rows = json.loads((folder / "corpus.json").read_text())
    return [(row, (folder / row["file"]).read_bytes()) for row in rows]


@pytest.fixture(scope="module")
def feeds(documents: list[tuple[dict[str, Any], bytes]]) -> dict[str, Feed | str]:
    """By file: the feed, or why it is none."""
    read: dict[str, Feed | str] = {}
    for row, content in documents:
        try:
            feed = parse_json_feed(content, HERE) if is_json(content) else parse_feed(content, "", HERE)
        except NotAFeedError as error:
            read[row["file"]] = str(error)
        else:
            read[row["file"]] = feed
    return read


def plain(documents: list[tuple[dict[str, Any], bytes]]) -> Iterator[tuple[str, Any]]:
    for row, content in documents:
        yield row["file"], feedparser.parse(io.BytesIO(content))


def test_every_document_is_read_or_refused_with_a_reason(feeds: dict[str, Feed | str]) -> None:
    refused = {file: why for file, why in feeds.items() if isinstance(why, str)}

    assert len(feeds) >= 250
    assert all(refused.values())
    assert len(refused) < len(feeds) * 0.05


def test_nothing_is_lost_against_plain_feedparser(
    documents: list[tuple[dict[str, Any], bytes]], feeds: dict[str, Feed | str]
) -> None:
    for file, parsed in plain(documents):
        if not parsed.get("version"):
            continue
        feed = feeds[file]
        assert isinstance(feed, Feed), f"{file} was refused: {feed}"
        assert feed.version == parsed.version
        # Entries without a title have one out of their text, so titles may be more, never fewer.
        ids = {(entry.get("id") or "").strip() or None for entry in parsed.entries}
        titled = {
            (e.get("id") or "").strip() or None for e in parsed.entries if (e.get("title") or "").strip()
        }
        assert {entry.guid for entry in feed.entries} == ids, file
        assert titled <= {entry.guid for entry in feed.entries if entry.title}, file
        # Fewer only where the document holds the very same entry twice.
        distinct = {
            (entry.get("id"), entry.get("link"), entry.get("title"), entry.get("summary"))
            for entry in parsed.entries
        }
        assert len(distinct) - 1 <= len(feed.entries) <= len(parsed.entries), file


def test_every_json_feed_is_read(
    documents: list[tuple[dict[str, Any], bytes]], feeds: dict[str, Feed | str]
) -> None:
    for row, content in documents:
        if not is_json(content) or b"jsonfeed.org/version" not in content:
            continue
        feed = feeds[row["file"]]
        assert isinstance(feed, Feed)
        assert len(feed.entries) == len(json.loads(content)["items"]), row["file"]


def test_every_entry_is_fit_for_use(feeds: dict[str, Feed | str]) -> None:
    for file, feed in feeds.items():
        if isinstance(feed, str):
            continue
        for entry in feed.entries:
            assert entry.link is None or entry.link.startswith(("http://", "https://")), file
            assert "<script" not in entry.title.lower()
            assert "\n" not in entry.title
            assert entry.published_at is None or entry.published_at.utcoffset() is not None
            assert len(entry.summary) <= 20_000


def test_every_feed_survives_the_pipe(feeds: dict[str, Feed | str]) -> None:
    for feed in feeds.values():
        if isinstance(feed, Feed):
            _, value = unpack_answer(pack_answer(Outcome.DONE, feed_to_json(feed)))
            assert feed_from_json(value) == feed
