"""Posts to one Mastodon account through Mastodon.py, and finds there what an unclear attempt left behind.

Every exception of Mastodon.py but a clean refusal means "perhaps posted"; every return value that is no status
means it, too. The traps behind these lines have their tests: tests/sinks/test_mastodon_traps.py, test_mastodon_find.py.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from mastodon import Mastodon

from bot.errors import ConfigError, SinkError, SinkScope
from bot.logic.escape import safe_link
from bot.logic.mastodon_address import person_of
from bot.logic.render_mastodon import Status, render_status
from bot.model import Message, Receipt, Shipment, SinkKind
from bot.sinks.daemon import in_daemon
from bot.sinks.mastodon.answers import may_be_about_text, refusal, unreadable
from bot.sinks.mastodon.history import is_ours, posted_at
from bot.sinks.mastodon.wire import CarefulSession, Limits, read_limits

log = structlog.get_logger()

VISIBILITIES = ("public", "unlisted", "private")
# Keeps Mastodon.py from asking the server for its version, which can end in endless recursion (#450 there).
ASSUMED_VERSION = "4.3.0"
_LIMITS_LAST = timedelta(days=1)
# After a server that does not tell, ask again sooner.
_GUESS_LASTS = timedelta(hours=1)
# How far the server's clock may be behind ours.
_CLOCK_MARGIN = timedelta(hours=1)
_PAGE = 40
_MOST_PAGES = 10


def open_mastodon(
    base_url: str,
    token: str,
    *,
    user_agent: str,
    visibility: str = "public",
    content_warning: str = "",
    timeout_seconds: float = 20.0,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> "MastodonSink":
    """A sink that posts to the account that `token` belongs to. Asks the server nothing yet.

    base_url        "https://example.social"; without a scheme https is meant
    user_agent      name, version and contact: some servers block unknown ones
    content_warning before every post; empty: none
    timeout_seconds for connecting and for each wait during an answer
    Raises ConfigError for a visibility that Mastodon does not know or that nobody could read.
    """
    if visibility not in VISIBILITIES:
        raise ConfigError(
            "Mastodon visibility", f"{visibility!r} is none", f"Write {', '.join(VISIBILITIES)}"
        )
    address = (base_url if "://" in base_url else f"https://{base_url}").rstrip("/")
    session = CarefulSession(deadline_seconds=timeout_seconds)
    client = Mastodon(
        api_base_url=address,
        mastodon_version=ASSUMED_VERSION,
        ratelimit_method="throw",
        request_timeout=timeout_seconds,
        user_agent=user_agent,
        session=session,
    )
    # Not an argument above: Mastodon.py would look whether a file of that name exists, and read it.
    client.access_token = token
    return MastodonSink(
        client,
        session,
        # Shorter: a post can go out without knowing the limits.
        read_limits=lambda: read_limits(session, address, user_agent, min(timeout_seconds, 5.0)),
        visibility=visibility,
        content_warning=content_warning,
        now=now,
    )


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One call that may post. `to` is whom a direct message is for; empty: everybody's to read."""

    status: Status
    to: str
    reply_to: str | None
    key: str


class MastodonSink:
    """The Sink for Mastodon: blocking calls in a thread, one at a time, none ever retried blindly."""

    kind = SinkKind.MASTODON

    def __init__(
        self,
        client: Mastodon,
        session: CarefulSession,
        *,
        read_limits: Callable[[], Limits | None],
        visibility: str,
        content_warning: str,
        now: Callable[[], datetime],
    ) -> None:
        self._client, self._session, self._read_limits = client, session, read_limits
        self._visibility, self._warning, self._now = visibility, content_warning, now
        # Of threads, not of tasks: a cancelled task leaves its thread at work with the one session.
        self._one_at_a_time = threading.Lock()
        self._limits = Limits()
        self._limits_until: datetime | None = None
        self._parked_from: datetime | None = None
        self._parked_until: datetime | None = None
        self._account_id: str | None = None

    def is_ready(self) -> bool:
        """Whether the server has not asked us to wait."""
        if self._parked_from is None or self._parked_until is None:
            return True
        # A time before the wait began: the clock was set back, and the wait would last as much longer.
        return not self._parked_from <= self._now() < self._parked_until

    async def send(self, shipment: Shipment) -> Receipt:
        """Post it, as a reply to the story's first post here. Raises SinkError; see the port."""
        given_up = threading.Event()
        try:
            return await in_daemon(self._send, shipment, given_up)
        finally:
            # If we were cancelled, the thread goes on: what it has not begun to post, it must not post later.
            given_up.set()

    async def find(self, shipment: Shipment) -> Receipt | None:
        """Look among the account's own statuses. Raises SinkError, `unclear`, when they do not tell.

        Waits for a send of ours that is still under way. A slow server may store a post after it answered
        504 (mastodon#21840): when to look is the caller's to decide.
        """
        return await in_daemon(self._find, shipment)

    async def close(self) -> None:
        """End the connections; a call under way keeps its own until it times out."""
        self._session.close()

    def _send(self, shipment: Shipment, given_up: threading.Event) -> Receipt:
        with self._one_at_a_time:
            self._refuse_while_parked()
            delivery, to = shipment.delivery, _direct_to(shipment)
            first = _Attempt(self._rendered(delivery.message, to), to, shipment.reply_to, delivery.key)
            try:
                return self._post(first, given_up)
            except SinkError as error:
                second = None if error.unclear else self._second(first, shipment.delivery.message)
                if second is None:
                    raise
            return self._post(second, given_up)

    def _second(self, first: _Attempt, message: Message) -> _Attempt | None:
        """What to try once more after a clean refusal: other words, or no thread. None: trying cannot help.

        The key changes with the text: a server that remembers keys would answer with what it has under the old one.
        """
        if self._session.answer.status == 404 and first.reply_to is not None:
            # The post to reply to was deleted there.
            return replace(first, reply_to=None, key=f"{first.key}-r")
        if may_be_about_text(self._session.answer):
            shorter = self._shorter(message, first.to)
            return replace(first, status=shorter, key=f"{first.key}-s") if shorter != first.status else None
        return None

    def _post(self, attempt: _Attempt, given_up: threading.Event) -> Receipt:
        if given_up.is_set():
            raise SinkError("The post was given up before it was sent.")
        self._session.forget()
        try:
            posted: Any = self._client.status_post(
                attempt.status.text,
                in_reply_to_id=attempt.reply_to,
                visibility="direct" if attempt.to else self._visibility,
                spoiler_text=self._warning or None,
                language=attempt.status.lang,
                idempotency_key=attempt.key,
            )
        except Exception:
            # Every error there is may hide a post that was made. The cause is not chained: its frames and
            # request hold the access token, which a log with local variables would show.
            raise self._parked(refusal(self._session.answer, self._now())) from None
        if not _is_status(posted):
            raise self._parked(refusal(self._session.answer, self._now()))
        if attempt.reply_to is not None and str(posted.get("in_reply_to_id")) != attempt.reply_to:
            # It is there, and must not be posted again; only the thread is broken.
            log.warning("mastodon_reply_not_threaded", remote_id=str(posted["id"]), reply_to=attempt.reply_to)
        self._account_id = str(posted["account"]["id"]) if _has_id(posted.get("account")) else None
        return _receipt(posted)

    def _parked(self, error: SinkError) -> SinkError:
        """`error`, after remembering how long the server asked us to wait."""
        if error.retry_after is not None:
            self._parked_from = self._now()
            self._parked_until = self._parked_from + error.retry_after
        return error

    def _refuse_while_parked(self) -> None:
        if self._parked_until is not None and not self.is_ready():
            raise SinkError(
                "The Mastodon server has asked us to wait.",
                scope=SinkScope.SINK,
                retry_after=self._parked_until - self._now(),
            )

    def _rendered(self, message: Message, to: str) -> Status:
        limits = self._current_limits()
        return _addressed(
            to, render_status(message, limits.max_chars, limits.url_chars, room=self._taken(to))
        )

    def _shorter(self, message: Message, to: str) -> Status:
        """For servers that count links in full, or allow less than they say."""
        limits, link = self._limits, safe_link(message.url) or ""
        room = self._taken(to) + limits.max_chars // 5
        return _addressed(
            to, render_status(message, limits.max_chars, max(len(link), limits.url_chars), room=room)
        )

    def _taken(self, to: str) -> int:
        """Characters that are not the message's: the content warning counts, and the name in full on some servers."""
        return len(self._warning) + (len(to) + 1 if to else 0)

    def _current_limits(self) -> Limits:
        """The server's limits, asked for once a day; what was known before, or Mastodon's, if it does not tell."""
        now = self._now()
        if self._limits_until is None or now >= self._limits_until:
            read = self._read_limits()
            self._limits = read or self._limits
            self._limits_until = now + (_LIMITS_LAST if read else _GUESS_LASTS)
        return self._limits

    def _find(self, shipment: Shipment) -> Receipt | None:
        with self._one_at_a_time:
            return self._search(shipment)

    def _search(self, shipment: Shipment) -> Receipt | None:
        message = shipment.delivery.message
        since = shipment.attempted_at - _CLOCK_MARGIN if shipment.attempted_at else None
        to = _direct_to(shipment)
        # As the limits stand now, as they are guessed where a server does not tell, and as a second attempt is.
        statuses = [self._rendered(message, to), render_status(message), self._shorter(message, to)]
        # A server may show the name of whom it is for as a link, which is not looked at, or as words.
        renderings = [text for each in statuses for text in {each.text, each.text.removeprefix(f"{to} ")}]
        max_id: str | None = None
        for _ in range(_MOST_PAGES):
            page = self._page(max_id)
            for status in page:
                if str(status["id"]) != shipment.reply_to and is_ours(status, message, renderings):
                    return _receipt(status)
            if not page or str(page[-1]["id"]) == max_id or _is_before(page, since):
                return None
            max_id = str(page[-1]["id"])
        raise SinkError("Too many posts lie between now and the unclear one to look through.", unclear=True)

    def _page(self, max_id: str | None) -> list[Any]:
        self._session.forget()
        try:
            if self._account_id is None:
                account: Any = self._client.account_verify_credentials()
                self._account_id = str(account["id"])
            page: Any = self._client.account_statuses(
                self._account_id, exclude_reblogs=True, limit=_PAGE, max_id=max_id
            )
        except Exception:
            # Not chained, as in `_post`: frames below hold the token.
            raise self._parked(unreadable(self._session.answer, self._now())) from None
        if not isinstance(page, list) or not all(_is_status(status) for status in page):
            raise unreadable(self._session.answer, self._now())
        return page


def _direct_to(shipment: Shipment) -> str:
    """ "@name@server" of whom a direct message is for; empty for the account's own posts."""
    destination = shipment.delivery.destination
    return destination.name if person_of(destination.address) else ""


def _addressed(to: str, status: Status) -> Status:
    """Nobody sees a direct message but whom it names."""
    return replace(status, text=f"{to} {status.text}") if to else status


def _is_status(value: Any) -> bool:
    """Mastodon.py makes a Status of any JSON object, and a list of a redirect's body."""
    return _has_id(value) and ("content" in value or "uri" in value)


def _has_id(value: Any) -> bool:
    return isinstance(value, dict) and bool(value.get("id"))


def _is_before(page: Iterable[Any], since: datetime | None) -> bool:
    """Whether the page reaches back to before `since`."""
    times = [at for at in map(posted_at, page) if at is not None]
    return since is not None and bool(times) and min(times) < since


def _receipt(status: Any) -> Receipt:
    url = status.get("url")
    return Receipt(str(status["id"]), str(url) if url else None)
