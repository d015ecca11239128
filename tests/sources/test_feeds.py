"""Bytes to a feed: every dialect, every oddity that real publishers showed."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest

from bot.sources.feeds import MAX_ENTRIES, NotAFeedError, parse_feed
from tests.sources.samples import BLOCK_PAGE, an_atom, an_item, an_rss

HERE = "https://gazette.example/news/feed"


def parse(body: bytes, content_type: str = "") -> tuple:  # type: ignore[type-arg]
    return parse_feed(body, content_type, HERE).entries


def test_an_rss_entry_is_read_whole() -> None:
    (entry,) = parse(
        an_rss(
            an_item(
                "Label &amp; maker <b>settle</b>",
                guid="urn:1",
                link="https://gazette.example/1?a=1&b=2",
                inside="<description>&lt;p&gt;Short.&lt;/p&gt;</description>"
                "<content:encoded><![CDATA[<p>The full text.</p><p>In two parts.</p>]]></content:encoded>"
                "<pubDate>Fri, 09 May 2025 14:00:00 +0200</pubDate><category>AI</category>"
                "<category>Music &amp; law</category><category>AI</category><dc:creator>Ann Writer</dc:creator>"
                "<source url='https://other.example/feed'>The Other Paper</source>",
            )
        )
    )

    assert entry.guid == "urn:1"
    assert entry.link == "https://gazette.example/1?a=1&b=2"
    assert entry.title == "Label & maker settle"
    assert entry.summary == "The full text.\nIn two parts."
    assert entry.published_at == datetime(2025, 5, 9, 12, 0, tzinfo=UTC)
    assert (entry.categories, entry.authors, entry.outlet) == (
        ("AI", "Music & law"), ("Ann Writer",), "The Other Paper",
    )  # fmt: skip


def test_the_head_is_read() -> None:
    feed = parse_feed(an_rss(head="<language>EN-gb</language><ttl>90</ttl>"), "", HERE)

    assert (feed.version, feed.title, feed.site) == ("rss20", "Gazette", "https://gazette.example/")
    assert (feed.lang, feed.ttl) == ("en-gb", timedelta(minutes=90))


@pytest.mark.parametrize(
    ("head", "ttl"),
    [
        ("", None),
        ("<ttl>0</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>99999999999999</ttl>", timedelta(days=7)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", timedelta(minutes=30)),
        ("<sy:updatePeriod> Daily </sy:updatePeriod>", timedelta(days=1)),
        ("<sy:updatePeriod>yearly</sy:updatePeriod>", timedelta(days=7)),
        ("<sy:updatePeriod>sometimes</sy:updatePeriod>", None),
    ],
)  # fmt: skip
def test_the_publishers_pace_is_read_within_bounds(head: str, ttl: timedelta | None) -> None:
    assert parse_feed(an_rss(head=head), "", HERE).ttl == ttl


def test_atom_with_updated_only_and_relative_links_is_read() -> None:
    (entry,) = parse(
        an_atom(
            "<entry><id>tag:gazette.example,2025:1</id><title type='html'>AT&amp;amp;T &lt;i&gt;sues&lt;/i&gt;</title>"
            "<link href='2025/story'/><updated>2025-05-09T14:00:00+02:00</updated>"
            "<content type='html'>&lt;p&gt;Text.&lt;/p&gt;</content></entry>",
            attributes="xml:base='https://gazette.example/archive/'",
        )
    )

    assert entry.guid == "tag:gazette.example,2025:1"
    assert entry.title == "AT&T sues"
    assert entry.link == "https://gazette.example/archive/2025/story"
    assert entry.published_at == entry.updated_at == datetime(2025, 5, 9, 12, 0, tzinfo=UTC)


def test_rdf_is_read() -> None:
    body = (
        b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
        b"xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='https://gazette.example/'>"
        b"<title>Gazette</title></channel><item rdf:about='https://gazette.example/1'><title>One</title>"
        b"<link>https://gazette.example/1</link><dc:date>2025-05-09T12:00:00Z</dc:date></item></rdf:RDF>"
    )

    (entry,) = parse(body)

    assert (entry.guid, entry.title) == ("https://gazette.example/1", "One")
    assert entry.published_at == datetime(2025, 5, 9, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://gazette.example/a b", "https://gazette.example/a%20b"),
        ("\n  https://gazette.example/1\n ", "https://gazette.example/1"),
        ("/2025/1", "https://gazette.example/2025/1"),
        ("//cdn.example/1", "https://cdn.example/1"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("tag:gazette.example,2025:1", None),
        ("mailto:ann@gazette.example", None),
        ("https://ann:fake-password@gazette.example/", None),
        ("http://[broken", None),
        ("https://", None),
    ],
)
def test_links_are_whole_web_addresses_or_nothing(link: str, expected: str | None) -> None:
    (entry,) = parse(
        an_rss(f"<item><title>x</title><guid isPermaLink='false'>1</guid><link>{link}</link></item>")
    )

    assert entry.link == expected


def test_a_permalink_guid_serves_as_link_only_when_it_is_an_address() -> None:
    whole, number = parse(
        an_rss(
            "<item><title>a</title><guid>https://gazette.example/a</guid></item>",
            "<item><title>b</title><guid>4711</guid></item>",
        )
    )

    assert (whole.link, number.link, number.guid) == ("https://gazette.example/a", None, "4711")


def test_a_guid_does_not_depend_on_where_the_feed_was_found() -> None:
    body = an_rss("<item><title>b</title><guid>story-4711</guid></item>")

    guids = {parse_feed(body, "", place).entries[0].guid for place in (HERE, "https://moved.example/rss")}

    assert guids == {"story-4711"}


def test_a_monstrous_guid_stays_distinct_and_the_same() -> None:
    first, second = parse(an_rss(an_item("a", guid="x" * 5000), an_item("b", guid="x" * 5001)))

    assert first.guid != second.guid
    assert first.guid is not None
    assert len(first.guid) < 100
    assert parse(an_rss(an_item("a", guid="x" * 5000)))[0].guid == first.guid


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Fri, 09 May 2025 12:00:00", datetime(2025, 5, 9, 12, 0, tzinfo=UTC)),
        ("Fri, 9 May 2025 14:00 +0200", datetime(2025, 5, 9, 12, 0, tzinfo=UTC)),
        ("09 May 2025 08:00:00 EDT", datetime(2025, 5, 9, 12, 0, tzinfo=UTC)),
        ("2025-05-09T12:00:00", datetime(2025, 5, 9, 12, 0, tzinfo=UTC)),
        ("2025-05-09", datetime(2025, 5, 9, 0, 0, tzinfo=UTC)),
        ("Fri, 09 May 2025 12:00:60 GMT", datetime(2025, 5, 9, 12, 0, 59, tzinfo=UTC)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Fri, 09 May 1025 12:00:00 GMT", None),
        ("yesterday", None),
        ("9" * 2000, None),
        ("", None),
    ],
)
def test_dates_are_utc_and_nonsense_is_none(date: str, expected: datetime | None) -> None:
    (entry,) = parse(an_rss(an_item(inside=f"<pubDate>{date}</pubDate>")))

    assert entry.published_at == expected


def test_a_date_in_the_future_is_left_to_the_judgement_of_others() -> None:
    (entry,) = parse(an_rss(an_item(inside="<pubDate>Fri, 09 May 2031 12:00:00 GMT</pubDate>")))

    assert entry.published_at == datetime(2031, 5, 9, 12, 0, tzinfo=UTC)


def test_entries_that_share_a_guid_both_stay_but_exact_repeats_do_not() -> None:
    same = an_item("One", guid="7", link="https://gazette.example/1")

    entries = parse(an_rss(same, an_item("Two", guid="7", link="https://gazette.example/2"), same))

    assert [entry.title for entry in entries] == ["One", "Two"]


def test_entries_without_id_and_link_are_kept_by_their_text() -> None:
    entries = parse(an_rss(*(f"<item><description>Thought {n}</description></item>" for n in (1, 2, 2))))

    assert [entry.summary for entry in entries] == ["Thought 1", "Thought 2"]


def test_the_archive_of_a_podcast_is_not_too_long() -> None:
    assert len(parse(an_rss(*(an_item(guid=str(n)) for n in range(3_000))))) == 3_000


def test_the_entry_list_hash_tells_real_changes_only() -> None:
    def hashed(*items: str, head: str = "") -> str:
        return parse_feed(an_rss(*items, head=head), "", HERE).entries_hash

    one, two = an_item("One", guid="1"), an_item("Two", guid="2")
    same = hashed(one, two)

    assert hashed(two, one) == same
    assert hashed(one, two, head="<lastBuildDate>Fri, 09 May 2025 12:00:00 GMT</lastBuildDate>") == same
    assert (
        hashed(an_item("One", guid="1", inside="<pubDate>Fri, 09 May 2025 12:00:00 GMT</pubDate>"), two)
        == same
    )
    assert hashed(an_item("One!", guid="1"), two) != same
    assert hashed(one) != same


@pytest.mark.parametrize(
    ("encoding", "declared", "content_type"),
    [
        ("utf-8", "utf-8", ""),
        ("utf-8", "utf-8", "text/xml"),
        ("utf-8", "utf-8", "text/xml; charset=iso-8859-1"),
        ("utf-8", "", "application/rss+xml; charset=iso-8859-1"),
        ("utf-8", "", "text/html"),
        ("iso-8859-1", "iso-8859-1", "text/xml"),
        ("iso-8859-1", "iso-8859-1", "text/xml; charset=utf-8"),
        ("iso-8859-1", "", "application/xml; charset=ISO-8859-1"),
        ("windows-1252", "windows-1252", ""),
        ("utf-16", "utf-16", ""),
        ("utf-8-sig", "utf-8", ""),
    ],
)
def test_letters_survive_every_honest_and_dishonest_charset(
    encoding: str, declared: str, content_type: str
) -> None:
    declaration = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    text = an_rss(an_item("Ordenó el café")).decode().partition("?>")[2]

    (entry,) = parse((declaration + text).encode(encoding), content_type)

    assert entry.title == "Ordenó el café"


def test_bytes_before_the_declaration_and_undeclared_gzip_are_forgiven() -> None:
    assert len(parse(b"\n\n  " + an_rss())) == 1
    assert len(parse(gzip.compress(an_rss()))) == 1


def test_an_empty_feed_is_a_feed() -> None:
    feed = parse_feed(an_rss(" "), "", HERE)

    assert (feed.version, feed.entries) == ("rss20", ())


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (BLOCK_PAGE, "a web page titled “Access Denied”"),
        (b"<!DOCTYPE html><p>hi", "a web page"),
        (b"<opml version='2.0'><body/></opml>", "some other XML"),
        (b"/etc/passwd", "something else"),
        (b"http://127.0.0.1/feed", "something else"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "something else"),
        (gzip.compress(b" " * 11 * 2**20), "10 MiB"),
    ],
)
def test_what_has_no_version_is_no_feed_and_the_reason_says_what_it_is(body: bytes, says: str) -> None:
    with pytest.raises(NotAFeedError, match=says):
        parse_feed(body, "application/rss+xml", HERE)


def test_of_far_too_many_entries_the_first_and_the_last_are_read() -> None:
    feed = parse_feed(an_rss(*(an_item(guid=str(n)) for n in range(MAX_ENTRIES + 10))), "", HERE)

    guids = [entry.guid for entry in feed.entries]
    assert len(guids) == MAX_ENTRIES
    assert (guids[0], guids[-1]) == ("0", str(MAX_ENTRIES + 9))
