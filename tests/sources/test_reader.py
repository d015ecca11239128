"""The Reader port on real HTTP: what one look at a source brings, pages, and finding feeds."""

from datetime import timedelta

import pytest
from aiohttp import web

from bot.errors import FailureKind, FetchError
from bot.model import Failed, FeedRead, NothingNew, Reading, Source, SourceState, Validators
from bot.ports import Reader
from bot.sources.reader import HttpReader, open_reader
from tests.builders import a_source
from tests.sources.conftest import Site, body, redirect
from tests.sources.samples import BLOCK_PAGE, USER_AGENT, a_page, an_atom, an_item, an_rss

NEVER_POLLED = SourceState("gazette")


async def look(reader: HttpReader, site: Site, state: SourceState = NEVER_POLLED) -> Reading:
    return await reader.read(a_source(feed=site.url()), state)


def remembered(reading: Reading, **changes: object) -> SourceState:
    """What the flow keeps after a success."""
    assert isinstance(reading, FeedRead)
    values = {
        "validators": reading.fetched.validators,
        "body_hash": reading.fetched.body_hash,
        "entries_hash": reading.feed.entries_hash,
    }
    return SourceState("gazette", **(values | changes))  # type: ignore[arg-type]


def test_it_is_a_reader() -> None:
    reader: Reader = open_reader(USER_AGENT)
    assert reader


async def test_a_first_look_brings_the_feed_and_all_that_helps_the_next(
    site: Site, reader: HttpReader
) -> None:
    site.answers["/feed"] = body(an_rss(an_item("One")), ETag='"1"', Cache_Control="max-age=600")

    reading = await look(reader, site)

    assert isinstance(reading, FeedRead)
    assert [entry.title for entry in reading.feed.entries] == ["One"]
    assert reading.fetched.validators == Validators('"1"', None)
    assert reading.fetched.fresh_for == timedelta(minutes=10)
    assert len(reading.fetched.body_hash or "") == 64
    assert reading.fetched.seconds > 0


async def test_ttl_counts_when_the_headers_say_nothing(site: Site, reader: HttpReader) -> None:
    site.answers["/feed"] = body(an_rss(head="<ttl>45</ttl>"))

    reading = await look(reader, site)

    assert isinstance(reading, FeedRead)
    assert reading.fetched.fresh_for == timedelta(minutes=45)


async def test_304_brings_nothing_and_keeps_what_it_confirms(site: Site, reader: HttpReader) -> None:
    async def unchanged(request: web.Request) -> web.StreamResponse:
        assert request.headers["If-None-Match"] == '"1"'
        return web.Response(status=304, headers={"Cache-Control": "max-age=60"})

    site.answers["/feed"] = unchanged
    state = SourceState(
        "gazette", validators=Validators('"1"', "Fri, 09 May 2025 10:00:00 GMT"), body_hash="abc"
    )

    reading = await look(reader, site, state)

    assert isinstance(reading, NothingNew)
    assert reading.fetched.validators == state.validators
    assert reading.fetched.body_hash == "abc"
    assert reading.fetched.fresh_for == timedelta(minutes=1)


async def test_the_same_bytes_are_not_parsed_again(site: Site, reader: HttpReader) -> None:
    site.answers["/feed"] = body(an_rss())
    first = await look(reader, site)
    # Were it parsed, the entry list would be news.
    state = remembered(first, entries_hash="something else")

    assert isinstance(await look(reader, site, state), NothingNew)


async def test_the_same_entries_under_a_new_date_are_nothing_new(site: Site, reader: HttpReader) -> None:
    site.answers["/feed"] = body(an_rss(head="<lastBuildDate>Fri, 09 May 2025 12:00:00 GMT</lastBuildDate>"))
    state = remembered(await look(reader, site))
    site.answers["/feed"] = body(an_rss(head="<lastBuildDate>Fri, 09 May 2025 13:00:00 GMT</lastBuildDate>"))

    reading = await look(reader, site, state)

    assert isinstance(reading, NothingNew)
    assert reading.fetched.body_hash != state.body_hash


async def test_a_new_entry_is_read(site: Site, reader: HttpReader) -> None:
    site.answers["/feed"] = body(an_rss())
    state = remembered(await look(reader, site))
    site.answers["/feed"] = body(an_rss(an_item("New", guid="2"), an_item()))

    reading = await look(reader, site, state)

    assert isinstance(reading, FeedRead)
    assert [entry.title for entry in reading.feed.entries] == ["New", "Platform adds a clause"]


async def test_a_moved_feed_is_read_at_its_new_address_and_reported(site: Site, reader: HttpReader) -> None:
    site.answers |= {"/feed": redirect("/new", 301), "/new": body(an_rss())}

    first = await look(reader, site)
    assert isinstance(first, FeedRead)
    assert first.fetched.moved_to == site.url("/new")
    await look(reader, site, SourceState("gazette", address=first.fetched.moved_to))

    assert site.paths == ["/feed", "/new", "/new"]


async def test_a_feed_that_moved_and_came_back_is_found_where_it_was(site: Site, reader: HttpReader) -> None:
    site.answers |= {"/feed": body(an_rss()), "/new": body(b"", status=404)}

    reading = await look(reader, site, SourceState("gazette", address=site.url("/new")))

    assert isinstance(reading, FeedRead)
    assert reading.fetched.asked == site.url("/feed")
    assert site.paths == ["/new", "/feed"]


async def test_a_feed_that_is_nowhere_fails_as_it_does_at_its_new_address(
    site: Site, reader: HttpReader
) -> None:
    site.answers |= {"/new": body(b"", status=410)}

    reading = await look(reader, site, SourceState("gazette", address=site.url("/new")))

    assert isinstance(reading, Failed)
    assert reading.kind is FailureKind.GONE


async def test_a_server_in_trouble_is_not_asked_twice(site: Site, reader: HttpReader) -> None:
    site.answers |= {"/new": body(b"", status=503)}

    await look(reader, site, SourceState("gazette", address=site.url("/new")))

    assert site.paths == ["/new"]


@pytest.mark.parametrize(
    ("content", "status", "kind"),
    [
        (BLOCK_PAGE, 200, FailureKind.NOT_A_FEED),
        (b"", 200, FailureKind.NOT_A_FEED),
        (b"{}", 200, FailureKind.NOT_A_FEED),
        (b"no", 403, FailureKind.REFUSED),
        (b"no", 410, FailureKind.GONE),
        (b"y" * (2**20 + 1), 200, FailureKind.TOO_LARGE),
    ],
)
async def test_a_failure_is_a_value_with_its_kind_and_a_reason(
    site: Site, reader: HttpReader, content: bytes, status: int, kind: FailureKind
) -> None:
    site.answers["/feed"] = body(content, status=status)

    reading = await look(reader, site)

    assert isinstance(reading, Failed)
    assert (reading.kind, reading.permanent) == (kind, kind is FailureKind.GONE)
    assert reading.reason
    assert site.url() not in reading.reason  # whoever shows it knows the source


async def test_rate_limits_carry_their_wait(site: Site, reader: HttpReader) -> None:
    site.answers["/feed"] = body(b"", status=429, Retry_After="90")

    assert await look(reader, site) == Failed(
        FailureKind.RATE_LIMITED,
        "the server asks us to come less often (429)",
        429,
        retry_after=timedelta(seconds=90),
    )


# ---------------------------------------------------------------- pages that list news

NEWS = """<html><head><title>Barn news</title></head><body><nav><a href='/about'>About</a><a href='/news'>News</a></nav>
<article><a href='/news/barn-will-not-train-on-songs'><img src=x></a>
<h3><a href='/news/barn-will-not-train-on-songs'>Barn will not train on songs</a></h3><time datetime='2025-05-09'></time>
<a href='/news/barn-will-not-train-on-songs#more'>Read more</a></article>
<a href='/news/2025/04/30/a-new-look'><h2>A new look for the barn</h2><p>Colours and more.</p></a>
<a href='https://elsewhere.example/news/not-ours-at-all'>Another paper</a></body></html>""".replace("\n", "")


def a_newsroom(site: Site, links: str | None = None) -> Source:
    return a_source(feed=None, site=site.url("/news"), links=links)


async def test_a_page_that_lists_news_is_read_like_a_feed(site: Site, reader: HttpReader) -> None:
    site.answers["/news"] = body(NEWS.encode(), Content_Type="text/html", ETag='"1"')

    reading = await reader.read(a_newsroom(site), NEVER_POLLED)

    assert isinstance(reading, FeedRead)
    assert reading.feed.title == "Barn news"
    assert [(entry.title, entry.link) for entry in reading.feed.entries] == [
        ("Barn will not train on songs", site.url("/news/barn-will-not-train-on-songs")),
        ("A new look for the barn", site.url("/news/2025/04/30/a-new-look")),
    ]
    dates = [entry.published_at.date().isoformat() for entry in reading.feed.entries if entry.published_at]
    assert dates == ["2025-05-09", "2025-04-30"]
    assert (reading.fetched.asked, reading.fetched.validators.etag) == (site.url("/news"), '"1"')


async def test_the_same_list_on_another_page_is_nothing_new(site: Site, reader: HttpReader) -> None:
    site.answers["/news"] = body(NEWS.encode())
    state = remembered(await reader.read(a_newsroom(site), NEVER_POLLED))
    site.answers["/news"] = body(NEWS.replace("Colours", f"Colors of {'x' * 9}").encode())

    assert isinstance(await reader.read(a_newsroom(site), state), NothingNew)


async def test_a_pattern_says_which_links_are_news(site: Site, reader: HttpReader) -> None:
    site.answers["/news"] = body(NEWS.encode())

    reading = await reader.read(a_newsroom(site, links=r"/news/\d{4}/"), NEVER_POLLED)

    assert isinstance(reading, FeedRead)
    assert [entry.title for entry in reading.feed.entries] == ["A new look for the barn"]


@pytest.mark.parametrize("content", [b"", BLOCK_PAGE, b"<html><div id=app></div></html>", b"\x00\x01"])
async def test_a_page_without_news_is_a_failure_that_says_so(
    site: Site, reader: HttpReader, content: bytes
) -> None:
    site.answers["/news"] = body(content)

    reading = await reader.read(a_newsroom(site), NEVER_POLLED)

    assert isinstance(reading, Failed)
    assert reading.kind is FailureKind.NOT_A_FEED


async def test_a_news_page_is_asked_for_only_where_robots_txt_lets_us(site: Site, reader: HttpReader) -> None:
    site.answers |= {"/robots.txt": body(b"User-agent: *\nDisallow: /news"), "/news": body(NEWS.encode())}

    reading = await reader.read(a_newsroom(site), NEVER_POLLED)

    assert isinstance(reading, Failed)
    assert reading.kind is FailureKind.REFUSED
    assert site.paths == ["/robots.txt"]


async def test_the_declared_type_does_not_matter(site: Site, reader: HttpReader) -> None:
    for content_type in ("text/html", "application/octet-stream", "image/png", ""):
        site.answers["/feed"] = body(an_rss(), Content_Type=content_type)
        assert isinstance(await look(reader, site), FeedRead)


# ---------------------------------------------------------------- pages


async def test_a_page_is_read_where_robots_txt_lets_us(site: Site, reader: HttpReader) -> None:
    site.answers |= {
        "/robots.txt": body(b"User-agent: *\nDisallow: /members/"),
        "/story": body(a_page(), Content_Type="text/html"),
        "/members/story": body(a_page(), Content_Type="text/html"),
        "/short": redirect("/members/story"),
    }

    assert (await reader.page(site.url("/story"))).title == "Clause found"
    for closed in ("/members/story", "/short"):
        with pytest.raises(FetchError) as caught:
            await reader.page(site.url(closed))
        assert caught.value.kind is FailureKind.REFUSED
    assert "/members/story" not in site.paths


async def test_a_page_that_cannot_be_read_is_a_fetch_error(site: Site, reader: HttpReader) -> None:
    site.answers["/story"] = body(b"<html><body></body></html>", Content_Type="text/html")

    for path in ("/story", "/nothing"):
        with pytest.raises(FetchError):
            await reader.page(site.url(path))
    with pytest.raises(FetchError):
        await reader.page("javascript:alert(1)")


# ---------------------------------------------------------------- finding feeds


async def test_a_feed_address_is_found_to_be_one(site: Site, reader: HttpReader) -> None:
    site.answers["/feed"] = body(an_rss(an_item("One"), an_item("Two", guid="2")))

    (found,) = await reader.find_feeds(site.url().removeprefix("http://"))

    assert (found.url, found.title, found.entries) == (site.url(), "Gazette", 2)
    assert found.feed.entries[0].title == "One"


async def test_feeds_that_a_site_names_are_found_in_its_order(site: Site, reader: HttpReader) -> None:
    site.answers |= {
        "/": body(
            b"<link rel=alternate type=application/rss+xml href=/gone>"
            b"<link rel=alternate type=application/rss+xml href=/news.rss>"
            b"<link rel=alternate type=application/atom+xml href=/all.atom>",
            Content_Type="text/html",
        ),
        "/news.rss": body(an_rss()),
        "/all.atom": body(an_atom("<entry><title>x</title><id>1</id></entry>")),
    }

    found = await reader.find_feeds(site.url("/"))

    assert [one.url for one in found] == [site.url("/news.rss"), site.url("/all.atom")]


async def test_a_feed_that_nobody_names_is_found_at_the_usual_places(site: Site, reader: HttpReader) -> None:
    site.answers |= {
        "/blog": body(b"<html>Hi</html>", Content_Type="text/html"),
        "/index.xml": body(an_rss()),
    }

    found = await reader.find_feeds(site.url("/blog"))

    assert [one.url for one in found] == [site.url("/index.xml")]
    assert site.paths[1] == "/blog/feed"


async def test_a_site_without_a_feed_gives_none_and_is_not_pestered(site: Site, reader: HttpReader) -> None:
    site.answers["/"] = body(b"<html>Hi</html>", Content_Type="text/html")

    assert await reader.find_feeds(site.url("/")) == ()
    assert len(site.requests) <= 12


async def test_a_site_that_does_not_answer_is_a_fetch_error(site: Site, reader: HttpReader) -> None:
    with pytest.raises(FetchError):
        await reader.find_feeds(site.url("/nothing"))
