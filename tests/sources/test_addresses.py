"""Nothing private is ever connected to unless the operator allows it."""

import socket
from contextlib import suppress

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import example, given
from hypothesis import strategies as st
from yarl import URL

from bot.errors import FailureKind, FetchError
from bot.sources.addresses import Allowed, check_url, is_public, literal_address, shown
from bot.sources.feeds import web_link
from bot.sources.http import Fetcher
from bot.sources.redirects import Journey
from tests.sources.conftest import Site, body, redirect
from tests.sources.samples import USER_AGENT, an_rss


class FakeDns(AbstractResolver):
    """Answers from a table; the second lookup of a name may differ."""

    def __init__(self, **answers: list[str]) -> None:
        self.answers = {name.replace("_", "."): list(found) for name, found in answers.items()}
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        self.asked.append(host)
        if not self.answers.get(host):
            raise OSError(f"no such host: {host}")
        return [
            ResolveResult(hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=0)
            for address in self.answers[host]
        ]

    async def close(self) -> None: ...


async def kind_of(url: str, *, allow: tuple[str, ...] = (), dns: FakeDns | None = None) -> FailureKind | None:
    """How a fetch fails; None: it is answered."""
    fetcher = Fetcher(USER_AGENT, allow_private=allow, resolver=dns or FakeDns())
    try:
        await fetcher.get(url)
    except FetchError as error:
        return error.kind
    finally:
        await fetcher.close()
    return None


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "0", "0.0.0.0",
        "10.0.0.5", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255",
        "192.0.2.1", "240.0.0.1", "127。0。0。1", "１２７.0.0.1",
        "[::1]", "[::]", "[fe80::1]", "[fc00::1]", "[fec0::1]", "[ff02::1]", "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::10.0.0.1]", "[2002:7f00:1::]", "[2001:db8::1]",
    ],
)  # fmt: skip
async def test_private_literals_are_refused_in_every_spelling(host: str) -> None:
    assert await kind_of(f"http://{host}/latest/meta-data/") is FailureKind.PRIVATE


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:93.184.215.14", "2002:5db8:d70e::"]
)
def test_public_addresses_are_public(address: str) -> None:
    literal = literal_address(address)
    assert literal is not None
    assert is_public(literal)


@pytest.mark.parametrize("host", ["gazette.example", "bad.cafe", "0xyz.example", "1.2.3.4.5", "deadbeef"])
def test_names_are_not_mistaken_for_addresses(host: str) -> None:
    assert literal_address(host) is None


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "::1", "::ffff:192.168.0.1", "fe80::1%eth0"])
async def test_a_name_that_leads_to_a_private_address_is_refused(address: str) -> None:
    assert await kind_of("http://evil.example/", dns=FakeDns(evil_example=[address])) is FailureKind.PRIVATE


async def test_one_private_answer_among_public_ones_refuses_the_name() -> None:
    dns = FakeDns(evil_example=["93.184.215.14", "127.0.0.1"])

    assert await kind_of("http://evil.example/", dns=dns) is FailureKind.PRIVATE


async def test_an_unknown_host_is_unreachable() -> None:
    assert await kind_of("http://nowhere.example/") is FailureKind.UNREACHABLE


async def test_the_address_that_was_checked_is_the_one_connected_to(site: Site) -> None:
    site.answers["/feed"] = body(an_rss())
    assert site.server is not None
    dns = FakeDns(feeds_example=["127.0.0.1"])

    assert (
        await kind_of(f"http://feeds.example:{site.server.port}/feed", allow=("feeds.example",), dns=dns)
        is None
    )
    assert dns.asked == ["feeds.example"]  # once: no second answer that could differ
    assert site.requests[0].host == f"feeds.example:{site.server.port}"


@pytest.mark.parametrize(
    "allow", ["127.0.0.1", "127.0.0.0/8", "::ffff:127.0.0.1", " feeds.EXAMPLE. ", "10.0.0.0/8,127.0.0.1"]
)
async def test_the_operator_allows_by_name_address_or_range(site: Site, allow: str) -> None:
    site.answers["/feed"] = body(an_rss())
    assert site.server is not None
    dns = FakeDns(feeds_example=["127.0.0.1"])
    url = f"http://feeds.example:{site.server.port}/feed"

    kind = await kind_of(url, allow=tuple(allow.split(",")), dns=dns)

    # An IPv4 address written as IPv6 is another network; it must be allowed as what it is.
    assert kind is (FailureKind.PRIVATE if allow.startswith("::") else None)


async def test_allowing_one_host_allows_no_other() -> None:
    dns = FakeDns(evil_example=["127.0.0.1"])

    assert (
        await kind_of("http://evil.example/", allow=("localhost", "10.0.0.0/8"), dns=dns)
        is FailureKind.PRIVATE
    )


@pytest.mark.parametrize(
    "to", ["http://169.254.169.254/latest/meta-data/", "http://evil.example/", "http://[::1]/"]
)
async def test_a_redirect_to_a_private_address_is_refused(site: Site, to: str) -> None:
    site.answers["/feed"] = redirect(to)
    dns = FakeDns(evil_example=["192.168.0.1"])

    assert await kind_of(site.url(), allow=("127.0.0.1",), dns=dns) is FailureKind.PRIVATE


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/", "gopher://a.example/", "feed", "http://", ""]
)
def test_only_web_addresses_are_asked_and_never_again(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        check_url(url, Allowed())
    assert (caught.value.kind, caught.value.permanent) == (FailureKind.REDIRECT, True)


web_like = st.text(alphabet=st.sampled_from("htps:/@.[]%?#&=123x:é。\x00 \udcff-"), max_size=40)


@example("1://[]@")
@example("http://[]@")
@given(st.one_of(web_like, web_like.map("http://".__add__), st.text(max_size=40)))
def test_no_text_whatever_is_more_than_a_refusal(text: str) -> None:
    shown(text)
    web_link(text, "https://gazette.example/")
    try:
        url = check_url(text, Allowed())
    except FetchError:
        url = URL("https://gazette.example/")
    with suppress(FetchError):
        Journey(url).follow(302, text)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://ann:fake-password@a.example/f", "https://a.example/f"),
        ("https://a.example/f?auth_key=fake&page=2", "https://a.example/f?auth_key=…&page=2"),
        ("https://a.example/ordenó", "https://a.example/ordenó"),
        ("http://ann:fake@[bad", "http://[bad"),
    ],
)
def test_addresses_are_shown_without_secrets(url: str, expected: str) -> None:
    assert shown(url) == expected
