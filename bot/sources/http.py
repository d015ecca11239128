"""Polite conditional GET: whole answers within limits, or a FetchError that says why not."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.errors import FailureKind, FetchError
from bot.model import Validators
from bot.sources.addresses import (
    Allowed,
    GuardedResolver,
    PrivateAddressError,
    check_url,
    private_error,
    shown,
)
from bot.sources.http_headers import check_status, fresh_for, validators_in
from bot.sources.redirects import REDIRECTS, Journey
from bot.sources.unpacking import PackedBadlyError, TooMuchError, Unpacker

MAX_BYTES = 10 * 2**20  # after decompression; the largest real feed measured has 1.6 MB
TIME_LIMIT = timedelta(seconds=20)
CHUNK_BYTES = 2**16

Permit = Callable[[str], Awaitable[None]]

FEED_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.3, */*;q=0.1"
)
PAGE_ACCEPT = "text/html, application/xhtml+xml, */*;q=0.1"


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: status 200 (any 2xx), or 304 with an empty body.

    url       where it came from in the end
    moved_to  new address, when every redirect before it was permanent; None: not moved
    seconds   from the first request to the last byte, waiting for turns left out
    """

    url: str
    status: int
    body: bytes
    content_type: str
    validators: Validators
    moved_to: str | None
    fresh_for: timedelta | None
    seconds: float


class Fetcher:
    """Fetches over one session.

    user_agent     says who asks and how to reach them
    allow_private  hosts, addresses and ranges that may be fetched although they are private
    per_host       requests at one time to one host; `per_private_host` to those in allow_private
    connections    requests at one time in all
    resolver       stands in for DNS in tests; what it answers is checked all the same
    now            aware UTC; only for headers that carry dates
    """

    def __init__(
        self,
        user_agent: str,
        *,
        allow_private: Sequence[str] = (),
        per_host: int = 1,
        per_private_host: int = 20,
        connections: int = 20,
        max_bytes: int = MAX_BYTES,
        time_limit: timedelta = TIME_LIMIT,
        resolver: AbstractResolver | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._user_agent, self._allowed, self._now = user_agent, Allowed(allow_private), now
        self._per_host, self._per_private_host = per_host, per_private_host
        self._turns = asyncio.Semaphore(connections)
        self._connections = connections
        self._hosts: dict[str, _Host] = {}
        self._max_bytes, self._time_limit = max_bytes, time_limit
        self._resolver = resolver
        self._open: aiohttp.ClientSession | None = None

    async def get(
        self,
        url: str,
        *,
        validators: Validators = Validators(),  # noqa: B008 (frozen)
        accept: str = FEED_ACCEPT,
        max_bytes: int | None = None,
        permit: Permit | None = None,
        lang: str = "",
    ) -> Answer:
        """The answer at `url` after redirects, asked for conditionally if there are validators.

        max_bytes  less than the fetcher's own limit, for small things
        lang       two letters: the language to ask for; empty: whichever the site has
        permit     asked before each address, redirects too; raises FetchError to stop there
        Waiting for a turn at a busy host does not count against the time limit. Raises FetchError.
        """
        headers = self._headers(accept, validators)
        if lang:
            headers["Accept-Language"] = lang if lang == "en" else f"{lang}, en;q=0.3"
        journey = Journey(check_url(url, self._allowed))
        limit, spent = self._time_limit.total_seconds(), 0.0
        while True:
            if permit is not None:
                await permit(str(journey.url))
            async with self._turn(journey.url):
                began = time.monotonic()
                try:
                    async with asyncio.timeout(limit - spent):
                        answer = await self._ask(
                            journey, headers, max_bytes or self._max_bytes, began - spent
                        )
                except TimeoutError as error:
                    raise self._too_slow(journey.url) from error
                spent += time.monotonic() - began
            if answer is not None:
                return answer
            check_url(str(journey.url), self._allowed)

    async def close(self) -> None:
        if self._open is not None:
            await self._open.close()

    def _headers(self, accept: str, validators: Validators) -> dict[str, str]:
        headers = {
            "Accept": accept,
            "Accept-Encoding": "gzip, deflate, br, zstd",
            "User-Agent": self._user_agent,
        }
        if validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators.last_modified:
            headers["If-Modified-Since"] = validators.last_modified
        return headers

    async def _ask(
        self, journey: Journey, headers: dict[str, str], max_bytes: int, started: float
    ) -> Answer | None:
        """One request; None: it redirected, and the journey stands at the next address."""
        where = shown(str(journey.url))
        try:
            async with self._session.get(
                journey.url, headers=headers, cookies=journey.cookies, allow_redirects=False
            ) as response:
                if response.status in REDIRECTS:
                    journey.follow(response.status, response.headers.get("Location", ""), response.cookies)
                    return None
                asked = "If-None-Match" in headers or "If-Modified-Since" in headers
                check_status(where, response.status, response.headers, self._now(), conditional=asked)
                body = b"" if response.status == 304 else await _read(where, response, max_bytes)
                return Answer(
                    url=str(journey.url),
                    status=response.status,
                    body=body,
                    content_type=response.headers.get("Content-Type", ""),
                    validators=validators_in(response.headers),
                    moved_to=journey.moved_to,
                    fresh_for=fresh_for(response.headers, self._now()),
                    seconds=time.monotonic() - started,
                )
        except PrivateAddressError as error:
            raise private_error(where) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if isinstance(error, TimeoutError):
                raise
            raise _unreachable(where, error) from error

    @property
    def _session(self) -> aiohttp.ClientSession:
        """Opened by the first request, because it belongs to the running loop."""
        if self._open is None:
            resolver = GuardedResolver(self._resolver or aiohttp.ThreadedResolver(), self._allowed)
            self._open = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, resolver=resolver, ttl_dns_cache=60),
                # Ours is around the whole exchange; aiohttp's would be a second opinion.
                timeout=aiohttp.ClientTimeout(total=None),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=False,  # it would not tell that a stream was cut off
                trust_env=False,  # a proxy would connect for us, unchecked
                max_line_size=16_384,
                max_field_size=16_384,
            )
        return self._open

    @contextlib.asynccontextmanager
    async def _turn(self, url: URL) -> AsyncIterator[None]:
        """A turn at the host first, so that a queue before one host leaves the connections to others."""
        name = url.host or ""
        host = self._hosts.get(name)
        if host is None:
            allowed = self._allowed.names(name)
            host = self._hosts[name] = _Host(self._per_private_host if allowed else self._per_host)
        host.users += 1
        try:
            async with host.turns, self._turns:
                yield
        finally:
            host.users -= 1
            if not host.users:
                del self._hosts[name]

    def _too_slow(self, url: URL) -> FetchError:
        seconds = self._time_limit.total_seconds()
        return FetchError(
            shown(str(url)), f"no whole answer within {seconds:g} seconds", kind=FailureKind.TIMEOUT
        )


class _Host:
    """Whose turn it is at one host; kept while somebody waits there."""

    def __init__(self, at_once: int) -> None:
        self.turns = asyncio.Semaphore(at_once)
        self.users = 0


async def _read(where: str, response: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    """The whole body, unpacked. Stops at the limit: a megabyte of gzip can hold a gigabyte."""
    said = response.content_length
    if said is not None and said > max_bytes:
        response.close()
        raise _too_large(where, max_bytes)
    unpacker = Unpacker(response.headers.get("Content-Encoding", ""), max_bytes)
    try:
        async for chunk in response.content.iter_chunked(CHUNK_BYTES):
            unpacker.feed(chunk)
        return unpacker.finish()
    except TooMuchError:
        response.close()
        raise _too_large(where, max_bytes) from None
    except PackedBadlyError as error:
        response.close()
        raise FetchError(
            where, "the answer broke off or was badly packed", kind=FailureKind.UNREACHABLE
        ) from error


def _too_large(where: str, max_bytes: int) -> FetchError:
    return FetchError(
        where,
        f"the answer is larger than {max_bytes / 2**20:g} MiB after unpacking",
        kind=FailureKind.TOO_LARGE,
    )


def _certificate_fault(error: aiohttp.ClientConnectorCertificateError) -> str:
    """Empty: neither of the two faults that a site's owner hears of most."""
    # Source: OpenSSL, x509_vfy.h: X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_HOSTNAME_MISMATCH.
    code = getattr(error.certificate_error, "verify_code", None)
    faults = {
        10: "its TLS certificate has expired",
        62: "its TLS certificate is for another name",
    }
    return faults.get(code, "") if code is not None else ""


def _unreachable(where: str, error: Exception) -> FetchError:
    """The library's own words may hold the address with its password, so they stay in the cause."""
    match error:
        case aiohttp.ClientConnectorDNSError():
            reason = "there is no such host, or DNS did not answer"
        case aiohttp.ClientConnectorCertificateError() if why := _certificate_fault(error):
            reason = why
        case (
            aiohttp.ClientConnectorCertificateError()
            | aiohttp.ClientConnectorSSLError()
            | aiohttp.ClientSSLError()
        ):
            reason = "no secure connection could be made (TLS certificate or handshake)"
        case aiohttp.ClientConnectorError() | ConnectionError():
            reason = "the server refused or dropped the connection"
        case aiohttp.ClientPayloadError():
            reason = "the answer broke off or was badly packed"
        case aiohttp.ServerDisconnectedError():
            reason = "the server closed the connection without an answer"
        case aiohttp.InvalidURL() | ValueError():
            reason = "this address cannot be asked"
        case _:
            reason = "the server's answer is not proper HTTP"
    return FetchError(where, reason, kind=FailureKind.UNREACHABLE)
