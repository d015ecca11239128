"""The HTTP under Mastodon.py: no redirects, bounded answers, and a memory of what was really answered.

Mastodon.py's exceptions do not tell whether the server took a request (a rate-limit error may stand for a 200),
so the sink judges by the `WireAnswer` that the session keeps of its last request.
"""

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from bot.logic.messages.mastodon import MASTODON_LIMIT
from bot.logic.text.lengths import MASTODON_URL_CHARS

# Forty statuses with long accounts and cards are some 300 kB.
_MAX_BYTES = 4 * 1024 * 1024
_EXCERPT_BYTES = 2000


@dataclass(frozen=True, slots=True)
class WireAnswer:
    """What came back of one request.

    status      None: no whole answer came
    excerpt     the beginning of the body
    never_left  no connection was made, so that the server cannot have seen the request
    """

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    excerpt: str = ""
    never_left: bool = False


class CarefulSession(requests.Session):
    """A session for one request at a time. `answer` tells what came of the last one."""

    def __init__(self, deadline_seconds: float) -> None:
        super().__init__()
        self._deadline_seconds = deadline_seconds
        self.answer = WireAnswer()
        self.headers["Connection"] = "close"

    def forget(self) -> None:
        """Before a call: an error raised without any request must not be judged by an older answer."""
        self.answer = WireAnswer()

    def request(self, method: str, url: str | bytes, *args: Any, **options: Any) -> requests.Response:
        # A redirected POST would be repeated as a GET and look like success with nothing posted.
        options |= {"allow_redirects": False, "stream": True}
        self.forget()
        try:
            response = super().request(method, url, *args, **options)
        except requests.RequestException as error:
            self.answer = WireAnswer(never_left=_never_left(error))
            raise
        # Read here, because `requests` limits neither the size nor the whole time of a body. Its own attribute
        # for a body that was read is private, but there is no public way to give it one.
        response._content = body = self._read(response)
        # Posts are rare, and a kept connection that the server drops just then makes a write look unclear. Asking
        # for "close" is not enough: a server may do it without saying so, and the pool would offer it again.
        self.close()
        excerpt = body[:_EXCERPT_BYTES].decode("utf-8", "replace")
        self.answer = WireAnswer(response.status_code, dict(response.headers), excerpt)
        return response

    def _read(self, response: requests.Response) -> bytes:
        until, body = time.monotonic() + self._deadline_seconds, bytearray()
        with response:
            for chunk in response.iter_content(65_536):
                body += chunk
                if len(body) > _MAX_BYTES:
                    raise requests.exceptions.ContentDecodingError(
                        "the answer is larger than any of Mastodon's"
                    )
                if time.monotonic() > until:
                    raise requests.ReadTimeout("the answer took too long")
        return bytes(body)


def _never_left(error: requests.RequestException) -> bool:
    """Whether the request failed before there was a connection to send it over."""
    if isinstance(error, requests.ConnectTimeout):
        return True
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", cause)
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)


@dataclass(frozen=True, slots=True)
class Limits:
    """What the server allows in one status.

    keeps_visibility  it is known to leave who may read a status as it was when the status is edited
    """

    max_chars: int = MASTODON_LIMIT
    url_chars: int = MASTODON_URL_CHARS
    keeps_visibility: bool = False


def read_limits(
    session: requests.Session, base_url: str, user_agent: str, timeout_seconds: float
) -> Limits | None:
    """The server's own limits; None if it does not tell. One small GET, two for servers without version 2.

    Mastodon.py's own call asks with a trailing slash, which some servers answer with 404, and calls itself
    without end when the version 1 address fails (halcy/Mastodon.py#450).
    """
    for path in ("/api/v2/instance", "/api/v1/instance"):
        try:
            response = session.get(
                base_url + path, headers={"User-Agent": user_agent}, timeout=timeout_seconds
            )
            document = json.loads(response.content) if response.status_code == 200 else None
        except (requests.RequestException, ValueError):
            continue
        limits = _limits_in(document)
        if limits is not None:
            return limits
    return None


def _limits_in(document: object) -> Limits | None:
    if not isinstance(document, dict):
        return None
    configuration = document.get("configuration")
    statuses = configuration.get("statuses") if isinstance(configuration, dict) else None
    if not isinstance(statuses, dict):
        # Pleroma and its kin tell version 1's own way.
        statuses = {"max_characters": document.get("max_toot_chars")}
    max_chars = _count(statuses.get("max_characters"), least=100)
    url_chars = _count(statuses.get("characters_reserved_per_url"), least=1)
    if max_chars is None:
        return None
    return Limits(max_chars, url_chars or MASTODON_URL_CHARS, keeps_visibility=_is_mastodon(document))


def _is_mastodon(document: Mapping[str, Any]) -> bool:
    """Whether it is Mastodon itself, 4.0 or newer; those that resemble it say so in the version, or count from 0."""
    versions = document.get("api_versions")
    if isinstance(versions, dict) and "mastodon" in versions:
        return True
    version = document.get("version")
    return isinstance(version, str) and bool(re.fullmatch(r"[4-9]\.\d+\.\d+[\w.+-]*", version))


def _count(value: object, least: int) -> int | None:
    """`value` if it can be believed as a number of characters."""
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= 1_000_000:
        return value
    return None
