"""Article text and feed discovery out of HTML."""

from datetime import UTC, datetime

import pytest

from bot.sources.pages import NoTextError, decode_html, feed_links, read_page
from tests.sources.samples import SENTENCES, a_page

HERE = "https://gazette.example/2025/clause"
NOON = datetime(2025, 5, 9, 12, 0, tzinfo=UTC)


def test_the_main_text_is_found_without_what_surrounds_it() -> None:
    page = read_page(a_page(), "text/html; charset=utf-8", HERE)

    assert (page.url, page.title) == (HERE, "Clause found")
    assert all(sentence in page.text for sentence in SENTENCES)
    assert "All rights reserved" not in page.text
    assert "Home" not in page.text


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<meta property='article:published_time' content='2025-05-09T14:00:00+02:00'>", NOON),
        ("<meta itemprop='datePublished' content='2025-05-09T12:00:00'>", NOON),
        ('<script type=\'application/ld+json\'>{"datePublished": "2025-05-09T12:00:00Z"}</script>', NOON),
        (
            '<script type=\'application/ld+json\'>{"@graph": [{}, {"datePublished": "2025-05-09T12:00:00Z"}]}</script>',
            NOON,
        ),
        ("<script type='application/ld+json'>{broken</script>", None),
        ("<meta property='article:published_time' content='soon'>", None),
        ("", None),
    ],
)
def test_the_date_is_read_where_publishers_put_it(head: str, expected: datetime | None) -> None:
    assert read_page(a_page(head), "text/html", HERE).published_at == expected


@pytest.mark.parametrize(
    "body",
    [b"", b"   ", b"<html></html>", b"<html><body><script>login()</script></body></html>", b"\x00\x01\x02"],
)
def test_a_page_without_text_is_refused(body: bytes) -> None:
    with pytest.raises(NoTextError):
        read_page(body, "text/html", HERE)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("Café “x”".encode(), "text/html; charset=utf-8"),
        ("Café “x”".encode(), ""),
        ("Café “x”".encode("utf-8-sig"), "text/html; charset=iso-8859-1"),
        ("Café “x”".encode("utf-16"), ""),
        ("Café “x”".encode("windows-1252"), ""),
        ("Café “x”".encode("windows-1252"), "text/html; charset=ISO-8859-1"),
        ("Café “x”".encode("windows-1252"), "text/html; charset=no-such-charset"),
        ("Café “x”".encode("windows-1252"), "text/html; charset=utf-8; x"),
    ],
)
def test_page_letters_survive(body: bytes, content_type: str) -> None:
    text = decode_html(body, content_type)

    # A header that lies costs the letters it lies about, never the page.
    assert text.startswith("Caf")
    assert text == "Café “x”" or "charset=utf-8; x" in content_type


def test_the_meta_element_counts_when_the_header_says_nothing() -> None:
    body = "<html><head><meta charset='windows-1251'></head>Музыка".encode("windows-1251")

    assert "Музыка" in decode_html(body, "text/html")


def test_what_is_no_web_page_is_refused_by_its_type() -> None:
    with pytest.raises(NoTextError, match="application/pdf"):
        read_page(b"%PDF-1.7 words words words", "application/pdf", HERE)


def test_declared_feeds_come_first_and_comment_feeds_last() -> None:
    html = (
        "<html><head><base href='https://www.gazette.example/'>"
        "<link rel='alternate' type='application/rss+xml' title='Comments' href='/comments/feed/'>"
        "<link rel='ALTERNATE' type='application/atom+xml; charset=utf-8' href='atom.xml'>"
        "<link rel='alternate' type='application/json' href='/wp-json/posts/1'>"
        "<link rel='alternate' type='application/feed+json' href='feed.json'>"
        "<link rel='alternate' hreflang='de' href='/de/'><link rel='stylesheet' href='/feed.css'>"
        "</head><body><a href='/rss'>RSS</a><a href='/feedback'>Tell us</a><a href='javascript:feed/'>x</a>"
        "<a href='/atom.xml'>again</a></body></html>"
    )

    assert feed_links(html.encode(), "text/html", HERE) == [
        "https://www.gazette.example/atom.xml",
        "https://www.gazette.example/feed.json",
        "https://www.gazette.example/comments/feed/",
        "https://www.gazette.example/rss",
    ]


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"not html at all", b"<link rel=alternate>"])
def test_a_page_that_names_no_feed_gives_none(body: bytes) -> None:
    assert feed_links(body, "text/html", HERE) == []


def test_a_consent_board_is_not_the_article_that_it_covers() -> None:
    board = (
        '<div id="cookie-banner"><p>' + "Training of models may be among our purposes. " * 20 + "</p></div>"
    )
    story = "<article><h1>A label sues</h1><p>Harbour Records has taken Songmill to court over songs.</p></article>"
    page = read_page(
        f"<html><body>{board}{story}</body></html>".encode(), "text/html", "https://herald.example/a"
    )
    assert "Harbour Records" in page.text
    assert "purposes" not in page.text
