"""Fetching: conditional, within limits, and every trap of a hostile or broken server ends as one typed error."""

import asyncio
import gzip
import socket
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import brotli
import pytest
from aiohttp import web

from bot.errors import FailureKind, FetchError
from bot.model import Validators
from bot.sources.http import Fetcher
from tests.sources.conftest import Site, body, redirect
from tests.sources.samples import USER_AGENT, an_rss

NOW = datetime(2025, 5, 9, 12, 0, tzinfo=UTC)


async def failure(fetcher: Fetcher, url: str, **how: object) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetcher.get(url, **how)  # type: ignore[arg-type]
    return caught.value


async def test_an_answer_brings_body_type_and_validators(site: Site, fetcher: Fetcher) -> None:
    site.answers["/feed"] = body(an_rss(), ETag='W/"a:1"', Last_Modified="Fri, 09 May 2025 10:00:00 GMT")

    answer = await fetcher.get(site.url())

    assert (answer.status, answer.body, answer.url) == (200, an_rss(), site.url())
    assert answer.content_type == "application/rss+xml"
    assert answer.validators == Validators('W/"a:1"', "Fri, 09 May 2025 10:00:00 GMT")
    assert answer.moved_to is None


async def test_validators_go_back_exactly_as_they_came_and_304_has_no_body(
    site: Site, fetcher: Fetcher
) -> None:
    async def unchanged(request: web.Request) -> web.StreamResponse:
        return web.Response(status=304)

    site.answers["/feed"] = unchanged
    odd = Validators("not-even-quoted", "yesterday, more or less")

    answer = await fetcher.get(site.url(), validators=odd)

    assert (answer.status, answer.body) == (304, b"")
    asked = site.requests[0].headers
    assert (asked["If-None-Match"], asked["If-Modified-Since"]) == (
        "not-even-quoted",
        "yesterday, more or less",
    )
    assert asked["User-Agent"] == USER_AGENT


async def test_a_304_that_nobody_asked_for_is_a_failure(site: Site, fetcher: Fetcher) -> None:
    site.answers["/feed"] = body(b"", status=304)

    assert (await failure(fetcher, site.url())).status == 304


async def test_a_validator_that_is_no_text_is_not_kept() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b'HTTP/1.1 200 OK\r\nETag: "\xff\xfe"\r\nContent-Length: 2\r\n\r\nok')

    async with raw_server(answer) as url, a_fetcher() as fetcher:
        assert (await fetcher.get(url)).validators == Validators()


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", brotli.compress),
        ("zstd", lambda content: _zstd(content)),
    ],
)
async def test_packed_bodies_are_unpacked(
    site: Site, fetcher: Fetcher, name: str, pack: Callable[[bytes], bytes]
) -> None:
    site.answers["/feed"] = body(pack(an_rss()), Content_Encoding=name)

    assert (await fetcher.get(site.url())).body == an_rss()
    assert name in site.requests[0].headers["Accept-Encoding"]


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.99])
@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
async def test_a_packed_body_that_was_cut_off_is_refused_although_its_length_is_as_declared(
    site: Site, fetcher: Fetcher, name: str, kept: float
) -> None:
    pack = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": _zstd}[name]
    packed = pack(an_rss(*(f"<item><guid>{n * 7919}</guid></item>" for n in range(300))))
    site.answers["/feed"] = body(packed[: int(len(packed) * kept)], Content_Encoding=name, ETag='"whole"')

    error = await failure(fetcher, site.url())

    assert error.kind is FailureKind.UNREACHABLE
    assert "broke off" in error.reason


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        pytest.param("gzip", gzip.compress(b"one ") + gzip.compress(b"two"), id="two streams"),
        pytest.param("gzip", gzip.compress(b"one two") + b"\0" * 512, id="padding"),
        pytest.param("x-gzip", gzip.compress(b"one two"), id="old name"),
        pytest.param("deflate", zlib.compress(b"one two")[2:-4], id="deflate without its header"),
        pytest.param("GZIP", gzip.compress(b"one two"), id="capitals"),
        pytest.param("utf-8", b"one two", id="no packing at all"),
        pytest.param("identity", b"one two", id="identity"),
    ],
)
async def test_odd_but_whole_bodies_are_read(site: Site, fetcher: Fetcher, name: str, packed: bytes) -> None:
    site.answers["/feed"] = body(packed, Content_Encoding=name)

    assert (await fetcher.get(site.url())).body == b"one two"


async def test_two_zstd_streams_are_one_body(site: Site, fetcher: Fetcher) -> None:
    site.answers["/feed"] = body(_zstd(b"one ") + _zstd(b"two"), Content_Encoding="zstd")

    assert (await fetcher.get(site.url())).body == b"one two"


@pytest.mark.parametrize("name", ["gzip", "br", "zstd"])
async def test_a_bomb_stops_at_the_limit_counted_after_unpacking(
    site: Site, fetcher: Fetcher, name: str
) -> None:
    pack = {"gzip": gzip.compress, "br": brotli.compress, "zstd": _zstd}[name]
    site.answers["/feed"] = body(pack(b" " * (64 * 2**20)), Content_Encoding=name)

    assert (await failure(fetcher, site.url())).kind is FailureKind.TOO_LARGE


async def test_an_endless_stream_stops_at_the_limit(site: Site, fetcher: Fetcher) -> None:
    sent = 0

    async def endless(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(request)
        while sent < 200 * 2**20:
            await response.write(b"y" * 2**16)
            sent += 2**16
        return response

    site.answers["/feed"] = endless

    assert (await failure(fetcher, site.url())).kind is FailureKind.TOO_LARGE
    assert sent < 20 * 2**20


async def test_a_body_announced_too_large_is_not_read(site: Site, fetcher: Fetcher) -> None:
    site.answers["/feed"] = body(b"y" * (2**20 + 1))

    error = await failure(fetcher, site.url())

    assert error.kind is FailureKind.TOO_LARGE
    assert "1 MiB" in error.reason


async def test_a_drip_ends_at_the_time_limit_body_included(site: Site) -> None:
    never = asyncio.Event()

    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b" ")
        await never.wait()
        return response

    site.answers["/feed"] = drip
    async with a_fetcher(time_limit=timedelta(milliseconds=300)) as fetcher:
        error = await failure(fetcher, site.url())
    never.set()

    assert error.kind is FailureKind.TIMEOUT
    assert "0.3 seconds" in error.reason


@pytest.mark.parametrize(
    ("status", "kind", "permanent"),
    [
        (401, FailureKind.REFUSED, False),
        (403, FailureKind.REFUSED, False),
        (451, FailureKind.REFUSED, False),
        (404, FailureKind.NOT_FOUND, False),
        (410, FailureKind.GONE, True),
        (429, FailureKind.RATE_LIMITED, False),
        (418, FailureKind.OTHER, False),
        (206, FailureKind.OTHER, False),
        (500, FailureKind.SERVER, False),
        (503, FailureKind.SERVER, False),
    ],
)
async def test_each_status_has_its_kind(
    site: Site, fetcher: Fetcher, status: int, kind: FailureKind, permanent: bool
) -> None:
    site.answers["/feed"] = body(b"no", status=status)

    error = await failure(fetcher, site.url())

    assert (error.kind, error.status, error.permanent) == (kind, status, permanent)


async def test_retry_after_is_read_as_seconds_and_as_a_date(site: Site) -> None:
    site.answers["/seconds"] = body(b"", status=429, Retry_After="120")
    site.answers["/date"] = body(
        b"", status=503, Retry_After="Fri, 09 May 2025 12:10:00 GMT", Date="Fri, 09 May 2025 12:00:00 GMT"
    )
    async with a_fetcher() as fetcher:
        assert (await failure(fetcher, site.url("/seconds"))).retry_after == timedelta(minutes=2)
        assert (await failure(fetcher, site.url("/date"))).retry_after == timedelta(minutes=10)


# ---------------------------------------------------------------- redirects


async def test_permanent_redirects_are_remembered(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {"/feed": redirect("/b", 301), "/b": redirect("/c", 308), "/c": body(an_rss())}

    answer = await fetcher.get(site.url())

    assert answer.moved_to == answer.url == site.url("/c")


@pytest.mark.parametrize("status", [302, 303, 307])
async def test_a_passing_redirect_is_followed_but_not_remembered(
    site: Site, fetcher: Fetcher, status: int
) -> None:
    site.answers |= {"/feed": redirect("/b", status), "/b": redirect("/c", 301), "/c": body(an_rss())}

    answer = await fetcher.get(site.url())

    assert (answer.url, answer.moved_to) == (site.url("/c"), None)


async def test_only_the_permanent_beginning_of_a_chain_is_remembered(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {"/feed": redirect("/b", 301), "/b": redirect("/c", 302), "/c": body(an_rss())}

    assert (await fetcher.get(site.url())).moved_to == site.url("/b")


async def test_five_redirects_are_followed_and_the_sixth_is_not(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {f"/{n}": redirect(f"/{n + 1}") for n in range(6)} | {"/6": body(an_rss())}

    assert (await fetcher.get(site.url("/1"))).url == site.url("/6")
    assert (await failure(fetcher, site.url("/0"))).kind is FailureKind.REDIRECT


@pytest.mark.parametrize(
    "to", ["/feed", "ftp://files.example/feed", "file:///etc/hosts", "javascript:alert(1)", "", "http://[::1"]
)
async def test_redirects_that_lead_nowhere_are_failures(site: Site, fetcher: Fetcher, to: str) -> None:
    site.answers["/feed"] = redirect(to)

    assert (await failure(fetcher, site.url())).kind is FailureKind.REDIRECT
    assert len(site.requests) == 1


# ---------------------------------------------------------------- broken servers


@asynccontextmanager
async def raw_server(answer: Callable[..., object]) -> AsyncIterator[str]:
    """A server that speaks bytes; its connection is closed after `answer`."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await answer(reader, writer)  # type: ignore[misc]
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/feed"


@asynccontextmanager
async def a_fetcher(**how: object) -> AsyncIterator[Fetcher]:
    fetcher = Fetcher(USER_AGENT, allow_private=["127.0.0.1"], now=lambda: NOW, **how)  # type: ignore[arg-type]
    yield fetcher
    await fetcher.close()


@pytest.mark.parametrize(
    "wire",
    [
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", id="half a body"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", id="chunks end"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n", id="bad chunk"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 8\r\n\r\n\x80ot gzip",
            id="bad gzip",
        ),
        pytest.param(b"SSH-2.0-OpenSSH_9.6\r\n", id="not HTTP"),
        pytest.param(b"", id="no answer"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\n\r\n", id="endless header"),
    ],
)
async def test_a_broken_answer_is_unreachable(wire: bytes) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(wire)

    async with raw_server(answer) as url, a_fetcher() as fetcher:
        assert (await failure(fetcher, url)).kind is FailureKind.UNREACHABLE


async def test_a_server_without_tls_is_unreachable_by_https(site: Site, fetcher: Fetcher) -> None:
    error = await failure(fetcher, site.url().replace("http://", "https://"))

    assert error.kind is FailureKind.UNREACHABLE


async def test_a_closed_port_is_unreachable(fetcher: Fetcher) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound but not listening: nobody else can answer there
        error = await failure(fetcher, f"http://127.0.0.1:{taken.getsockname()[1]}/")

    assert error.kind is FailureKind.UNREACHABLE


# ---------------------------------------------------------------- manners and secrets


@pytest.mark.parametrize(("limit", "expected"), [(1, 1), (3, 3)])
async def test_one_host_is_asked_no_more_than_so_often_at_once(site: Site, limit: int, expected: int) -> None:
    at_once = most = 0
    full = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        if at_once == limit:
            full.set()
        await full.wait()
        at_once -= 1
        return web.Response(body=b"ok")

    site.answers["/feed"] = slow
    async with a_fetcher(per_private_host=limit) as fetcher:
        await asyncio.gather(*(fetcher.get(site.url()) for _ in range(3 * limit)))

    assert most == expected


async def test_waiting_for_a_turn_does_not_count_against_the_time_limit(site: Site) -> None:
    let_go = asyncio.Event()

    async def slow(request: web.Request) -> web.StreamResponse:
        await let_go.wait()
        return web.Response(body=b"ok")

    site.answers |= {"/slow": slow, "/feed": body(an_rss())}
    async with a_fetcher(per_private_host=1, time_limit=timedelta(seconds=1)) as fetcher:
        first = asyncio.create_task(failure(fetcher, site.url("/slow")))
        second = asyncio.create_task(fetcher.get(site.url()))

        # A whole time limit passes before the second has its turn.
        assert (await first).kind is FailureKind.TIMEOUT
        assert (await second).status == 200
    let_go.set()


async def test_a_cancelled_request_gives_its_turn_back(site: Site) -> None:
    arrived, never = asyncio.Event(), asyncio.Event()

    async def hang(request: web.Request) -> web.StreamResponse:
        arrived.set()
        await never.wait()
        return web.Response()

    site.answers |= {"/hang": hang, "/feed": body(an_rss())}
    async with a_fetcher(per_private_host=1, connections=1) as fetcher:
        task = asyncio.create_task(fetcher.get(site.url("/hang")))
        await arrived.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

        assert (await fetcher.get(site.url())).status == 200
    never.set()


async def test_errors_never_show_passwords_or_keys(site: Site, fetcher: Fetcher) -> None:
    address = (
        site.url("/private").replace("http://", "http://ann:fake-password@") + "?page=2&token=fake-token"
    )

    error = await failure(fetcher, address)

    assert error.kind is FailureKind.NOT_FOUND
    assert "page=2" in str(error)
    for secret in ("ann", "fake-password", "fake-token"):
        assert secret not in str(error)
        assert secret not in error.url


async def test_a_password_in_the_address_stays_with_its_host_through_redirects(
    site: Site, fetcher: Fetcher
) -> None:
    site.answers |= {"/feed": redirect(site.url("/b"), 301), "/b": body(an_rss())}

    await fetcher.get(site.url().replace("http://", "http://ann:fake-password@"))

    assert [bool(request.headers.get("Authorization")) for request in site.requests] == [True, True]


def _zstd(content: bytes) -> bytes:
    try:
        from compression import zstd  # type: ignore[import-not-found]  # Python 3.14
    except ImportError:
        from backports import zstd
    return bytes(zstd.compress(content))
