"""One tree of typed errors; every message can be shown to a person.

BotError
├── ConfigError     a setting or a file under config/ is wrong
├── StoreError      the database cannot be used
│   └── LockedError       another process has it
├── FetchError      a source or page could not be read
├── SinkError       a platform did not take a message
└── RefusedError    a person asked for something that cannot be done
"""

from datetime import timedelta
from enum import StrEnum


class BotError(Exception):
    """The root. `str(error)` is one sentence for a person: what happened, to what, what to do next."""


class ConfigError(BotError):
    """A setting is wrong. `where` names the file and key, `fix` says what to write instead."""

    def __init__(self, where: str, problem: str, fix: str) -> None:
        super().__init__(f"{where}: {problem}. {fix}")
        self.where, self.problem, self.fix = where, problem, fix


class StoreError(BotError):
    """The database cannot be used as it is; the message says what to do."""


class LockedError(StoreError):
    """Another Smallprint process runs on this database."""


class FailureKind(StrEnum):
    """Why a source could not be read. Each kind is treated differently by health and by the schedule."""

    TIMEOUT = "timeout"  # no whole answer in the time allowed
    UNREACHABLE = "unreachable"  # no such host, refused connection, TLS failure, broken transfer
    REFUSED = "refused"  # 401, 403, 451, or robots.txt: we are not welcome
    RATE_LIMITED = "rate-limited"  # 429
    NOT_FOUND = "not-found"  # 404
    GONE = "gone"  # 410: ends the polling
    SERVER = "server"  # 5xx
    TOO_LARGE = "too-large"  # more bytes after decompression than allowed
    REDIRECT = "redirect"  # too many, a loop, or to an address that is not http(s)
    PRIVATE = "private"  # resolves to a private address that the operator has not allowed
    NOT_A_FEED = "not-a-feed"  # an answer, but not a feed (HTML block page, empty body)
    PARSE = "parse"  # the parser crashed, ran out of time or out of memory
    OTHER = "other"  # any other status


class FetchError(BotError):
    """A source could not be read. `permanent`: asking again cannot help (410, not http).

    wall  whose bot wall refused us, as its answer says; empty: none, or it does not say
    """

    def __init__(
        self,
        url: str,
        reason: str,
        *,
        kind: FailureKind = FailureKind.OTHER,
        status: int | None = None,
        permanent: bool = False,
        retry_after: timedelta | None = None,
        wall: str = "",
    ) -> None:
        super().__init__(f"{url}: {reason}")
        self.url, self.reason, self.kind, self.status = url, reason, kind, status
        self.permanent, self.retry_after, self.wall = permanent, retry_after, wall


class SinkScope(StrEnum):
    """How far a refusal reaches."""

    DELIVERY = "delivery"  # this one message; the next may be fine
    DESTINATION = "destination"  # the channel or account: pause it
    ACCOUNT = "account"  # everything behind one of a sink's accounts: the sink itself keeps the wait
    SINK = "sink"  # everything behind this token: park the sink


class SinkError(BotError):
    """A platform did not take a message.

    reason       one sentence for the operator, without tokens or webhook addresses
    permanent    trying again cannot help until somebody changes something
    scope        what the refusal is about
    retry_after  how long the platform asked us to wait; None if it did not say
    unclear      the platform may have taken the message although the call failed: reconcile
                 before sending again
    fix          what a person can do about it; empty if nothing
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        scope: SinkScope = SinkScope.DELIVERY,
        retry_after: timedelta | None = None,
        unclear: bool = False,
        fix: str = "",
    ) -> None:
        super().__init__(f"{reason} {fix}".strip())
        self.reason, self.permanent, self.scope = reason, permanent, scope
        self.retry_after, self.unclear, self.fix = retry_after, unclear, fix


class RefusedError(BotError):
    """A person asked for something that cannot be done; the message says what to do next."""
