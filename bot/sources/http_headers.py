"""What an answer's status and headers say about the next request."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.errors import FailureKind, FetchError
from bot.model import Validators

LONGEST_WAIT = timedelta(days=7)  # nobody means more; a slip of the keyboard must not silence a source
LONGEST_VALIDATOR = 1_000
FIRST_YEAR = 1990  # before the web: the beginning of some clock

_KINDS = {
    401: FailureKind.REFUSED,
    403: FailureKind.REFUSED,
    451: FailureKind.REFUSED,
    404: FailureKind.NOT_FOUND,
    408: FailureKind.TIMEOUT,
    410: FailureKind.GONE,
    429: FailureKind.RATE_LIMITED,
}
_REASONS = {
    FailureKind.REFUSED: "the server does not let us in ({status})",
    FailureKind.NOT_FOUND: "there is nothing at this address (404)",
    FailureKind.TIMEOUT: "the server gave up waiting (408)",
    FailureKind.GONE: "it was taken down for good (410)",
    FailureKind.RATE_LIMITED: "the server asks us to come less often (429)",
    FailureKind.SERVER: "the server has trouble ({status})",
    FailureKind.OTHER: "the server answered {status}",
}


def check_status(
    where: str, status: int, headers: Mapping[str, str], now: datetime, *, conditional: bool
) -> None:
    """Raises FetchError unless the answer has a whole body, or is a 304 to a conditional request."""
    wall = _wall_in(headers) if status in _WALL_STATUS else ""
    if (status == 304 and conditional) or (200 <= status < 300 and status != 206 and not wall):
        return
    kind = FailureKind.REFUSED if wall and status < 300 else _kind_of(status)
    raise FetchError(
        where,
        _REASONS[kind].format(status=status),
        kind=kind,
        status=status,
        permanent=kind is FailureKind.GONE,
        retry_after=retry_after(headers, now),
        wall=wall,
    )


def _kind_of(status: int) -> FailureKind:
    return FailureKind.SERVER if status >= 500 else _KINDS.get(status, FailureKind.OTHER)


# Headers of bot walls. Some mark every answer that passes them, so they count only where access was refused,
# or put off: some walls answer 202 with a page of scripts.
_WALL_STATUS = frozenset({202, 401, 403, 405, 503})
_WALLS = (
    ("cf-mitigated", "challenge", "Cloudflare"),
    ("x-datadome", "", "DataDome"),
    ("x-dd-b", "", "DataDome"),
    ("x-amzn-waf-action", "", "AWS"),
    ("x-iinfo", "", "Imperva"),
    ("x-px-blocked", "", "HUMAN"),
    ("x-kpsdk-ct", "", "Kasada"),
)


def _wall_in(headers: Mapping[str, str]) -> str:
    """Whose bot wall answered; empty: none that says so."""
    return next(
        (whose for name, value, whose in _WALLS if name in headers and value in headers[name].lower()), ""
    )


def validators_in(headers: Mapping[str, str]) -> Validators:
    """ETag and Last-Modified, to be sent back exactly as they are.

    One with bytes that are no text could neither be stored nor sent, and would fail every later request.
    A Last-Modified of 1970 or of tomorrow never changes: servers that send one answer 304 for ever.
    """
    etag, modified = headers.get("ETag", ""), headers.get("Last-Modified", "")
    return Validators(
        etag if _is_sendable(etag) else None,
        modified if _is_sendable(modified) and _is_likely(modified, headers.get("Date", "")) else None,
    )


def _is_likely(modified: str, sent: str) -> bool:
    """What is no date is an opaque mark, and may be a good one; a server's clock is compared with itself."""
    at, now = _date(modified), _date(sent)
    return at is None or (at.year >= FIRST_YEAR and (now is None or at <= now + timedelta(days=1)))


def _is_sendable(value: str) -> bool:
    return 0 < len(value) <= LONGEST_VALIDATOR and value.isprintable()


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """Retry-After in seconds or as a date; None: not said, not readable, or past."""
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return _bounded(int(value[:9]))
    if (at := _date(value)) is None:
        return None
    return _bounded((at - (_date(headers.get("Date", "")) or now)).total_seconds())


def fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the answer stays good: Cache-Control before Expires (RFC 9111); None: not said, or not at all."""
    directives = _directives(headers.get("Cache-Control", ""))
    if "no-store" in directives or "no-cache" in directives:
        return None
    age = directives.get("max-age", "")
    if age.isascii() and age.isdigit():
        already = headers.get("Age", "").strip()
        spent = int(already[:9]) if already.isascii() and already.isdigit() else 0
        return _bounded(int(age[:9]) - spent)
    if (expires := _date(headers.get("Expires", ""))) is None:
        return None
    return _bounded((expires - (_date(headers.get("Date", "")) or now)).total_seconds())


def _directives(value: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in value.lower().split(","))
    return {name.strip(): setting.strip().strip('"') for name, _, setting in pairs}


def _date(value: str) -> datetime | None:
    if not value:
        return None
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, OverflowError, IndexError, TypeError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def _bounded(seconds: float) -> timedelta | None:
    return min(timedelta(seconds=seconds), LONGEST_WAIT) if seconds > 0 else None
