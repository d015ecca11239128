"""JSON Feed 1.0 and 1.1, which feedparser does not read."""

import json
from datetime import UTC, datetime

import pytest

from bot.sources.feeds import MAX_ENTRIES, NotAFeedError
from bot.sources.json_feed import is_json, parse_json_feed

HERE = "https://gazette.example/feed.json"


def a_json_feed(*items: object, **head: object) -> bytes:
    values = {"version": "https://jsonfeed.org/version/1.1", "title": "Gazette", "items": items} | head
    return json.dumps(values).encode()


def test_an_item_is_read_whole() -> None:
    feed = parse_json_feed(
        a_json_feed(
            {
                "id": "1", "url": "/1", "title": "Label &amp; <b>maker</b>", "content_html": "<p>A.</p><p>B.</p>",
                "date_published": "2025-05-09T14:00:00+02:00", "date_modified": "2025-05-10T14:00:00Z",
                "tags": ["AI", "AI", 7], "authors": [{"name": "Ann"}, {"name": None}, "Bob"],
            },
            home_page_url="https://gazette.example/", language="en-GB",
        ),
        HERE,
    )  # fmt: skip
    (entry,) = feed.entries

    assert (feed.version, feed.title, feed.site, feed.lang) == (
        "json11", "Gazette", "https://gazette.example/", "en-gb",
    )  # fmt: skip
    assert (entry.guid, entry.link, entry.title, entry.summary) == (
        "1", "https://gazette.example/1", "Label & maker", "A.\nB.",
    )  # fmt: skip
    assert entry.published_at == datetime(2025, 5, 9, 12, 0, tzinfo=UTC)
    assert entry.updated_at == datetime(2025, 5, 10, 14, 0, tzinfo=UTC)
    assert (entry.categories, entry.authors) == (("AI",), ("Ann",))


def test_version_1_has_one_author_and_numbers_for_ids() -> None:
    feed = parse_json_feed(
        a_json_feed(
            {
                "id": 2147,
                "external_url": "https://other.example/",
                "content_text": "5 < 6",
                "author": {"name": "Ann"},
            },
            version="https://jsonfeed.org/version/1",
        ),
        HERE,
    )
    (entry,) = feed.entries

    assert feed.version == "json10"
    assert (entry.guid, entry.link, entry.summary, entry.authors) == (
        "2147", "https://other.example/", "5 < 6", ("Ann",),
    )  # fmt: skip


def test_an_author_of_the_whole_feed_counts_for_each_entry() -> None:
    feed = parse_json_feed(a_json_feed({"id": "1"}, authors=[{"name": "Ann"}]), HERE)

    assert feed.entries[0].authors == ("Ann",)


def test_nonsense_in_a_field_costs_that_field_only() -> None:
    feed = parse_json_feed(
        a_json_feed(
            {
                "id": True,
                "url": ["x"],
                "title": 5,
                "content_html": {},
                "date_published": "soon",
                "tags": "AI",
            },
            "no item",
            {"id": "2", "url": "javascript:alert(1)", "title": "Kept"},
        ),
        HERE,
    )

    assert [(entry.guid, entry.link, entry.title) for entry in feed.entries] == [
        (None, None, ""),
        ("2", None, "Kept"),
    ]


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"{}",
        b'{"version": 2}',
        b'{"rss": {"version": "2.0"}}',
        b'{"error": "not found"}',
        b'{"a":' * 100_000,
    ],
)
def test_other_json_is_refused_with_a_reason(body: bytes) -> None:
    assert is_json(body)
    with pytest.raises(NotAFeedError, match="JSON"):
        parse_json_feed(body, HERE)


@pytest.mark.parametrize(
    ("body", "expected"),
    [(b" \n{", True), (b"\xef\xbb\xbf{", True), (b"<rss>", False), (b"", False), (b"[", False)],
)
def test_json_is_told_by_its_first_brace(body: bytes, expected: bool) -> None:
    assert is_json(body) is expected


def test_plain_text_loses_its_control_characters_too() -> None:
    feed = parse_json_feed(a_json_feed({"id": "1", "content_text": "A\x1b[31m\u202e\x00 b"}), HERE)

    assert feed.entries[0].summary == "A[31m b"


def test_of_far_too_many_items_the_first_and_the_last_are_read() -> None:
    feed = parse_json_feed(a_json_feed(*({"id": n} for n in range(MAX_ENTRIES + 10))), HERE)

    assert [feed.entries[0].guid, feed.entries[-1].guid] == ["0", str(MAX_ENTRIES + 9)]
    assert len(feed.entries) == MAX_ENTRIES
