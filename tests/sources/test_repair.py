"""Feeds with small faults in their bytes are read as their publishers meant them. Every feed here is invented."""

import gzip
from datetime import UTC, datetime
from http.cookies import SimpleCookie

import pytest
from yarl import URL

from bot.errors import FetchError
from bot.model import RawEntry
from bot.sources.dates import feed_date
from bot.sources.feeds import parse_feed
from bot.sources.markup import first_sentence
from bot.sources.redirects import Journey
from bot.sources.repair import repaired
from bot.sources.unpacking import Unpacker

ROOT = b'<rss version="2.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">'


def read(items: str | bytes) -> tuple[RawEntry, ...]:
    inner = items.encode() if isinstance(items, str) else items
    body = b'<?xml version="1.0" encoding="UTF-8"?>' + ROOT + b"<channel><title>Herald</title>" + inner
    return parse_feed(body + b"</channel></rss>", "text/xml", "https://herald.example/feed").entries


def test_one_broken_byte_costs_a_letter_and_not_the_document() -> None:
    whole, cut = read(
        "<item><title>Zoë’s label</title><guid>1</guid></item><item><title>Café </title><guid>2</guid></item>".encode()
        .replace("Café ".encode(), b"Caf\xc3 ")
    )  # fmt: skip
    assert (whole.title, cut.title) == ("Zoë’s label", "Caf\ufffd")


def test_a_document_that_is_in_another_encoding_than_it_says_is_left_to_the_parser() -> None:
    body = '<?xml version="1.0" encoding="utf-8"?><a>Müller, Öl</a>'.encode("latin-1")
    assert repaired(body, "") == body


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b"<a>Drum & Bass, R&B; x</a>", b"<a>Drum &amp; Bass, R&amp;B; x</a>"),
        (b"<a>?id=7&lang=en&copy=2</a>", b"<a>?id=7&amp;lang=en&amp;copy=2</a>"),
        (b"<a>&amp; &eacute; &#8217; &#x2019;</a>", b"<a>&amp; &eacute; &#8217; &#x2019;</a>"),
        (b"<a><![CDATA[R&B]]> R&B</a>", b"<a><![CDATA[R&B]]> R&amp;B</a>"),
        ("<a>R&B</a>".encode("utf-16"), "<a>R&B</a>".encode("utf-16")),
    ],
    ids=["words", "parameters", "references stay", "CDATA stays", "UTF-16 stays"],
)
def test_stray_ampersands_are_escaped(written: bytes, meant: bytes) -> None:
    assert repaired(written, "") == meant


def test_a_parameter_that_is_named_like_a_sign_stays_a_parameter() -> None:
    (entry,) = read("<item><link>https://herald.example/s?a=1&lang=en&reg=2</link><title>B&B</title></item>")
    assert (entry.title, entry.link) == ("B&B", "https://herald.example/s?a=1&lang=en&reg=2")


def test_a_post_without_a_title_is_known_by_its_first_sentence() -> None:
    (entry,) = read(
        "<item><guid>1</guid><description>The union has sued Songmill. More follows.</description></item>"
    )
    assert entry.title == "The union has sued Songmill."


@pytest.mark.parametrize("text", ["", "short", "word " * 200], ids=["none", "one word", "no end"])
def test_a_headline_out_of_a_text_is_never_longer_than_three_hundred_letters(text: str) -> None:
    assert len(first_sentence(text)) <= 300


def test_the_link_that_feedburner_hides_is_the_link() -> None:
    (entry,) = read(
        "<item><title>a</title><link>https://feedproxy.example/~r/1</link>"
        "<feedburner:origLink>https://herald.example/a</feedburner:origLink></item>"
    )
    assert entry.link == "https://herald.example/a"


def test_the_oldest_rss_is_a_feed() -> None:
    body = (
        b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        b' xmlns="http://channel.netscape.com/rdf/simple/0.9/"><channel><title>H</title></channel>'
        b"<item><title>Songs</title><link>https://herald.example/1</link></item></rdf:RDF>"
    )
    assert [entry.title for entry in parse_feed(body, "", "https://herald.example/").entries] == ["Songs"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("How the &lt;canvas&gt; tag came to be", "How the <canvas> tag came to be"),
        ("Why &lt;em&gt;this&lt;/em&gt; matters", "Why this matters"),
    ],
    ids=["a tag as a word", "markup all the same"],
)
def test_plain_titles_of_atom_may_speak_of_tags(title: str, shown: str) -> None:
    entry = f'<entry><id>1</id><title type="text">{title}</title></entry>'
    body = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{entry}</feed>'
    assert parse_feed(body.encode(), "", "https://herald.example/").entries[0].title == shown


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("Fri, 09 May 2025 10:00:00 CEST", 8),
        ("Fri, 09 May 2025 10:00:00 JST", 1),
        ("Fri, 09 May 2025 10:00:00 EST", 15),
        ("Friday, May 9, 2025 04:42 PM", 16),
        ("Fri, 09 May 2025 12:05 am GMT", 0),
        ("2025-05-09T24:00:00Z", 24),
    ],
)
def test_hours_and_zones_are_read_whole(written: str, hour: int) -> None:
    date = feed_date(written, None)
    assert date is not None
    assert int((date - datetime(2025, 5, 9, tzinfo=UTC)).total_seconds() // 3600) == hour


@pytest.mark.parametrize(
    "written", ["Fri, 09 May 2025 10:00:00 XQT", "13:42 PM", "soon", "0001-01-01T00:00:00Z"]
)
def test_what_cannot_be_read_whole_is_no_date(written: str) -> None:
    assert feed_date(written, None) is None


PLAIN = b"<rss><channel><title>Herald</title></channel></rss>"


@pytest.mark.parametrize(
    ("declared", "body"),
    [
        ("gzip", PLAIN),
        ("br", PLAIN),
        ("deflate", gzip.compress(PLAIN)),
        ("gzip, gzip", gzip.compress(PLAIN)),
        ("gzip, gzip", gzip.compress(gzip.compress(PLAIN))),
        ("", gzip.compress(PLAIN)),
    ],
    ids=["gzip, not packed", "br, not packed", "deflate, gzip", "said twice", "packed twice", "not said"],
)
def test_the_first_bytes_say_how_a_body_is_packed(declared: str, body: bytes) -> None:
    unpacker = Unpacker(declared, 10_000)
    for at in range(len(body)):
        unpacker.feed(body[at : at + 1])
    assert unpacker.finish() == PLAIN


async def test_a_site_that_wants_its_cookie_back_at_once_gets_it_on_that_journey_only() -> None:
    journey = Journey(URL("https://herald.example/f"))
    handed = SimpleCookie("ok=1; Path=/")
    journey.follow(302, "/check?back=/f", handed)
    journey.follow(302, "/f")
    assert (str(journey.url), journey.cookies) == ("https://herald.example/f", {"ok": "1"})
    with pytest.raises(FetchError, match="circle"):
        journey.follow(302, "/check?back=/f")
    assert Journey(URL("https://herald.example/f")).cookies == {}


async def test_a_cookie_stays_with_its_host() -> None:
    journey = Journey(URL("https://herald.example/f"))
    journey.follow(302, "https://elsewhere.example/f", SimpleCookie("ok=1"))
    assert journey.cookies == {}
