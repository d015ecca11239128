"""What stands in front of every page: headers, a limit for each client, and a memory of pages just made."""

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

import structlog
from aiohttp import web

log = structlog.get_logger()

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

CACHE_SECONDS = 30.0
CACHE_BYTES = 24 * 2**20
WORTH_PACKING = 600
QUERY_NAMES = frozenset(
    {"q", "platform", "topic", "when", "since", "page", "limit", "offset", "cursor", "state"}
)
"""Of other names in an address nothing depends; keeping them apart would let anybody fill the cache."""
LONGEST_ADDRESS = 1_000
CLIENTS_KNOWN = 20_000

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "interest-cohort=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Otherwise aiohttp tells its own version and Python's.
    "Server": "Smallprint",
}


@dataclass(slots=True)
class Kept:
    """A page as it is sent. `packed` empty: not worth it."""

    status: int
    content_type: str
    headers: dict[str, str]
    body: bytes
    packed: bytes
    etag: str
    until: float

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed) + 500


@dataclass(eq=False)
class PageCache:
    """Pages made within the last seconds, the least asked for dropped first.

    now  seconds of a clock that never goes back
    """

    seconds: float = CACHE_SECONDS
    most_bytes: int = CACHE_BYTES
    now: Callable[[], float] = time.monotonic
    _pages: "OrderedDict[str, Kept]" = field(default_factory=OrderedDict)
    _bytes: int = 0

    def get(self, key: str) -> Kept | None:
        """None: not there, or too old."""
        kept = self._pages.get(key)
        if kept is None:
            return None
        if kept.until < self.now():
            self._drop(key)
            return None
        self._pages.move_to_end(key)
        return kept

    def put(self, key: str, kept: Kept) -> None:
        self._drop(key)
        if kept.size > self.most_bytes // 4:
            return
        self._pages[key] = kept
        self._bytes += kept.size
        while self._bytes > self.most_bytes:
            self._drop(next(iter(self._pages)))

    def _drop(self, key: str) -> None:
        kept = self._pages.pop(key, None)
        if kept is not None:
            self._bytes -= kept.size


@dataclass(eq=False)
class Limit:
    """So many requests a minute for each client, a quarter of them at once; 0: no limit."""

    a_minute: int
    now: Callable[[], float] = time.monotonic
    _left: "OrderedDict[str, tuple[float, float]]" = field(default_factory=OrderedDict)

    def wait_of(self, client: str) -> float:
        """Seconds until the client may ask again; 0: now, and it is counted."""
        if self.a_minute <= 0:
            return 0.0
        now, most = self.now(), max(1.0, self.a_minute / 4)
        left, at = self._left.pop(client, (most, now))
        left = min(most, left + (now - at) * self.a_minute / 60)
        wait = 0.0 if left >= 1 else (1 - left) * 60 / self.a_minute
        self._left[client] = (left - 1 if wait == 0.0 else left, now)
        if len(self._left) > CLIENTS_KNOWN:
            self._left.popitem(last=False)
        return wait


Oops = Callable[[web.Request, int, str], web.Response]


def shield(cache: PageCache, limit: Limit, *, behind_proxy: bool, oops: Oops) -> web.middleware:  # type: ignore[valid-type]
    """The one middleware: limit, cache, conditional answers, packing, headers.

    behind_proxy  the client is the last address in X-Forwarded-For, which our own proxy wrote
    oops          makes the page (or JSON) for a status and a sentence
    """

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        wait = limit.wait_of(_client(request, behind_proxy))
        if wait:
            answer: web.StreamResponse = oops(
                request, 429, "You ask faster than this small site can answer. Wait a moment, then go on."
            )
            answer.headers["Retry-After"] = str(max(1, round(wait)))
        elif len(request.raw_path) > LONGEST_ADDRESS:
            answer = oops(request, 414, "This address is too long. Ask for fewer words.")
        elif request.method not in ("GET", "HEAD"):
            answer = oops(request, 405, "This site can only be read (GET and HEAD).")
            answer.headers["Allow"] = "GET, HEAD"
        else:
            answer = await _answered(request, handler, cache, oops)
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        return answer

    return guard


async def _answered(
    request: web.Request, handler: Handler, cache: PageCache, oops: Oops
) -> web.StreamResponse:
    key = _key(request)
    kept = cache.get(key)
    if kept is None:
        try:
            answer = await handler(request)
        except web.HTTPRedirection as lead:
            # Answered, not raised: an exception would pass by the headers.
            return web.Response(status=lead.status, headers={"Location": lead.headers["Location"]})
        except web.HTTPException as refusal:
            return oops(request, refusal.status, refusal.text or refusal.reason)
        except Exception:
            log.exception("page_failed", path=request.path)
            return oops(
                request,
                500,
                "This page could not be made. It is our fault and is in the log; try again later.",
            )
        if not isinstance(answer, web.Response) or answer.status != 200:
            return answer
        kept = _kept(answer, cache)
        cache.put(key, kept)
    return _sent(request, kept)


def _kept(answer: web.Response, cache: PageCache) -> Kept:
    body = answer.body if isinstance(answer.body, bytes) else b""
    packed = gzip.compress(body, 6, mtime=0) if len(body) >= WORTH_PACKING else b""
    own = {
        name: value
        for name, value in answer.headers.items()
        if name not in ("Content-Type", "Content-Length")
    }
    return Kept(
        status=answer.status,
        content_type=answer.headers.get("Content-Type", "application/octet-stream"),
        headers=own,
        body=body,
        packed=packed if len(packed) < len(body) else b"",
        etag=f'W/"{hashlib.sha256(body).hexdigest()[:20]}"',
        until=cache.now() + cache.seconds,
    )


def _sent(request: web.Request, kept: Kept) -> web.Response:
    headers = {
        "Cache-Control": "public, max-age=60, stale-while-revalidate=300",
        **kept.headers,
        "ETag": kept.etag,
        "Vary": "Accept-Encoding",
        "Content-Type": kept.content_type,
    }
    if _matches(request.headers.get("If-None-Match", ""), kept.etag):
        return web.Response(status=304, headers=headers)
    body = kept.body
    if kept.packed and "gzip" in request.headers.get("Accept-Encoding", "").lower():
        body = kept.packed
        headers["Content-Encoding"] = "gzip"
    return web.Response(status=kept.status, body=body, headers=headers)


def _matches(asked: str, etag: str) -> bool:
    bare = etag.removeprefix("W/")
    return asked.strip() == "*" or any(
        each.strip().removeprefix("W/") == bare for each in asked[:2_000].split(",")
    )


def _key(request: web.Request) -> str:
    known = sorted((name, value) for name, value in request.query.items() if name in QUERY_NAMES)
    return f"{request.path}?{urlencode(known)}"


def _client(request: web.Request, behind_proxy: bool) -> str:
    if behind_proxy:
        told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if told:
            return told[:60]
    return request.remote or ""
