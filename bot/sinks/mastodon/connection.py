"""One account's connection through Mastodon.py: blocking calls, one at a time, judged by what was really answered.

Every exception of Mastodon.py but a clean refusal means "perhaps posted"; every return value that is not a status
means it, too. The traps behind these lines have their tests: tests/sinks/test_mastodon_traps.py, test_mastodon_find.py.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

from mastodon import Mastodon

from bot.errors import SinkError, SinkScope
from bot.sinks.mastodon.answers import refusal, unreadable
from bot.sinks.mastodon.wire import CarefulSession, Limits, read_limits

# Keeps Mastodon.py from asking the server for its version, which can end in endless recursion (#450 there).
ASSUMED_VERSION = "4.3.0"
PAGE = 40
_LIMITS_LAST = timedelta(days=1)
# After a server that does not tell, ask again sooner.
_GUESS_LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class StatusEdit:
    """What a status is to be from now on, with everything that some servers clear when it is not sent again."""

    text: str
    lang: str
    visibility: str
    warning: str
    sensitive: bool
    media_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MastodonPost:
    """What is to be posted. `warning` is the content warning; empty: none."""

    text: str
    lang: str
    visibility: str
    key: str
    reply_to: str | None = None
    warning: str = ""


class Connection:
    """Calls to one account's server. Hold `turn` around each; none is ever retried here.

    turn  of threads, not of tasks: a cancelled task leaves its thread at work with the one session
    """

    def __init__(
        self,
        client: Mastodon,
        session: CarefulSession,
        *,
        ask_limits: Callable[[], Limits | None],
        now: Callable[[], datetime],
    ) -> None:
        self._client, self.session, self._ask_limits, self.now = client, session, ask_limits, now
        self.turn = threading.Lock()
        self._limits = Limits()
        self._limits_until: datetime | None = None
        self._parked_from: datetime | None = None
        self._parked_until: datetime | None = None
        self._account_id: str | None = None

    # ------------------------------------------------------------ waiting

    def is_ready(self) -> bool:
        """Whether the server has not asked us to wait."""
        if self._parked_from is None or self._parked_until is None:
            return True
        # A time before the wait began: the clock was set back, and the wait would last as much longer.
        return not self._parked_from <= self.now() < self._parked_until

    def refuse_while_parked(self) -> None:
        if self._parked_until is not None and not self.is_ready():
            raise SinkError(
                "The Mastodon server has asked us to wait.",
                scope=SinkScope.SINK,
                retry_after=self._parked_until - self.now(),
            )

    def _parked(self, error: SinkError) -> SinkError:
        """`error`, after remembering how long the server asked us to wait."""
        if error.retry_after is not None:
            self._parked_from = self.now()
            self._parked_until = self._parked_from + error.retry_after
        return error

    # ------------------------------------------------------------ limits

    @property
    def known_limits(self) -> Limits:
        """As last read; Mastodon's own before that."""
        return self._limits

    def limits(self) -> Limits:
        """The server's limits, asked for once a day; what was known before, or Mastodon's, if it does not tell."""
        now = self.now()
        if self._limits_until is None or now >= self._limits_until:
            read = self._ask_limits()
            self._limits = read or self._limits
            self._limits_until = now + (_LIMITS_LAST if read else _GUESS_LASTS)
        return self._limits

    # ------------------------------------------------------------ writing

    def post(self, post: MastodonPost) -> Any:
        """The status as the server made it. Raises SinkError, `unclear` unless nothing was posted for certain."""
        self.session.forget()
        posted = self._write(
            lambda: self._client.status_post(
                post.text,
                in_reply_to_id=post.reply_to,
                visibility=post.visibility,
                spoiler_text=post.warning or None,
                language=post.lang,
                idempotency_key=post.key,
            )
        )
        self._account_id = str(posted["account"]["id"]) if has_id(posted.get("account")) else None
        return posted

    def edit(self, remote_id: str, revision: StatusEdit) -> Any:
        """The status after it was edited. Raises SinkError; doing it again does no harm."""
        self.session.forget()
        form: list[tuple[str, str]] = [
            ("status", revision.text),
            ("spoiler_text", revision.warning),
            ("sensitive", "true" if revision.sensitive else "false"),
            ("language", revision.lang),
            ("visibility", revision.visibility),
            *(("media_ids[]", media_id) for media_id in revision.media_ids),
        ]
        return self._write(lambda: self._put(f"/api/v1/statuses/{quote(remote_id, safe='')}", form))

    def _put(self, path: str, form: list[tuple[str, str]]) -> Any:
        """Past Mastodon.py, whose `status_update` sends neither language nor visibility."""
        response = self.session.put(
            f"{self._client.api_base_url}{path}",
            data=form,
            headers={
                "Authorization": f"Bearer {self._client.access_token}",
                "User-Agent": self._client.user_agent,
            },
            timeout=self._client.request_timeout,
        )
        response.raise_for_status()
        return response.json()

    def _write(self, write: Callable[[], Any]) -> Any:
        try:
            written = write()
        except Exception:
            # Every error there is may hide a post that was made. The cause is not chained: its frames and
            # request hold the access token, which a log with local variables would show.
            raise self._parked(refusal(self.session.answer, self.now())) from None
        if not is_status(written):
            raise self._parked(refusal(self.session.answer, self.now()))
        return written

    # ------------------------------------------------------------ reading

    def own_page(self, max_id: str | None) -> list[Any]:
        """Our newest statuses before `max_id`, newest first. Raises SinkError, `unclear`, when they are not shown."""
        return self._list(
            lambda: self._client.account_statuses(
                self._own_id(), exclude_reblogs=True, limit=PAGE, max_id=max_id
            ),
            is_status,
        )

    def mentions(self, min_id: str | None) -> list[Any]:
        """Notifications of mentions just after `min_id` (None: the newest), newest first. Raises SinkError."""
        return self._list(
            lambda: self._client.notifications(types=["mention"], min_id=min_id, limit=PAGE), has_id
        )

    def status(self, status_id: str) -> Any | None:
        """One status; None: there is no such any more. Raises SinkError, `unclear`, when that cannot be told."""
        self.session.forget()
        try:
            shown = self._client.status(status_id)
        except Exception:
            if self.session.answer.status in (404, 410):
                return None
            raise self._parked(unreadable(self.session.answer, self.now())) from None
        if not is_status(shown):
            raise unreadable(self.session.answer, self.now())
        return shown

    def _own_id(self) -> str:
        if self._account_id is None:
            account: Any = self._client.account_verify_credentials()
            self._account_id = str(account["id"])
        return self._account_id

    def own_id(self) -> str:
        """Our account's id. Raises SinkError, `unclear`."""
        self.session.forget()
        try:
            return self._own_id()
        except Exception:
            raise self._parked(unreadable(self.session.answer, self.now())) from None

    def _list(self, ask: Callable[[], Any], is_one: Callable[[Any], bool]) -> list[Any]:
        self.session.forget()
        try:
            page = ask()
        except Exception:
            # Not chained, as in `_write`: frames below hold the token.
            raise self._parked(unreadable(self.session.answer, self.now())) from None
        if not isinstance(page, list) or not all(is_one(each) for each in page):
            raise unreadable(self.session.answer, self.now())
        return page


def connect(
    base_url: str,
    token: str,
    *,
    user_agent: str,
    timeout_seconds: float = 20.0,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Connection:
    """A connection to the account that `token` belongs to. Asks the server nothing yet.

    base_url        "https://example.social"; without a scheme https is meant
    user_agent      name, version and contact: some servers block unknown ones
    timeout_seconds for connecting and for each wait during an answer
    """
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
    return Connection(
        client,
        session,
        # Shorter: a post can go out without knowing the limits.
        ask_limits=lambda: read_limits(session, address, user_agent, min(timeout_seconds, 5.0)),
        now=now,
    )


def is_status(value: Any) -> bool:
    """Mastodon.py makes a Status of any JSON object, and a list of a redirect's body."""
    return has_id(value) and ("content" in value or "uri" in value)


def has_id(value: Any) -> bool:
    return isinstance(value, dict) and bool(value.get("id"))
