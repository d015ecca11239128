"""Posts to one Mastodon account, and finds there what an unclear attempt left behind."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from bot.errors import ConfigError, SinkError
from bot.logic.messages.mastodon import Status, render_status
from bot.logic.messages.mastodon_address import person_of
from bot.logic.messages.mastodon_labels import PostLabels, labels_in
from bot.logic.text.inert import safe_link
from bot.model import Message, Receipt, Shipment, SinkKind
from bot.sinks.daemon import in_daemon
from bot.sinks.mastodon.answers import may_be_about_text
from bot.sinks.mastodon.connection import Connection, MastodonPost, StatusEdit, connect, has_id
from bot.sinks.mastodon.history import is_ours, posted_at
from bot.words import words

log = structlog.get_logger()

VISIBILITIES = ("public", "unlisted", "private")
# How far the server's clock may be behind ours.
_CLOCK_MARGIN = timedelta(hours=1)
_MOST_PAGES = 10


def open_mastodon(
    base_url: str,
    token: str,
    *,
    user_agent: str,
    visibility: str = "public",
    content_warning: str = "",
    lang: str = "en",
    timeout_seconds: float = 20.0,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> "MastodonSink":
    """A sink that posts to the account that `token` belongs to. Asks the server nothing yet.

    content_warning  before every post; empty: none
    lang             of our own words in posts; alerts have their reader's
    The rest is as in `connect`.
    Raises ConfigError for a visibility that Mastodon does not know or that nobody could read.
    """
    if visibility not in VISIBILITIES:
        raise ConfigError(
            "Mastodon visibility", f"{visibility!r} is none", f"Write {', '.join(VISIBILITIES)}"
        )
    connection = connect(base_url, token, user_agent=user_agent, timeout_seconds=timeout_seconds, now=now)
    return MastodonSink(connection, visibility=visibility, content_warning=content_warning, lang=lang)


@dataclass(frozen=True, slots=True)
class _Letter:
    """What is to be said, and how. `to` is whom a direct message is for; empty: everybody's to read."""

    message: Message
    to: str
    labels: PostLabels


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One call that may post."""

    status: Status
    to: str
    reply_to: str | None
    key: str


class MastodonSink:
    """The Sink for one Mastodon account: blocking calls in a thread, one at a time, none ever retried blindly."""

    kind = SinkKind.MASTODON

    def __init__(
        self, connection: Connection, *, visibility: str, content_warning: str, lang: str = "en"
    ) -> None:
        self.connection = connection
        self._visibility, self._warning, self._lang = visibility, content_warning, lang

    def is_ready(self) -> bool:
        """Whether the server has not asked us to wait."""
        return self.connection.is_ready()

    async def send(self, shipment: Shipment) -> Receipt:
        """Post it, as a reply to the story's first post here. Raises SinkError; see the port."""
        given_up = threading.Event()
        try:
            return await in_daemon(self._send, shipment, given_up)
        finally:
            # If we were cancelled, the thread goes on: what it has not begun to post, it must not post later.
            given_up.set()

    async def edit(self, shipment: Shipment) -> Receipt:
        """Bring what was posted (`remote_id` of the delivery) up to its message. Raises SinkError.

        Never `unclear`: doing it again changes nothing. Permanent where the post is gone, where the server knows no
        edits, or where an edit could show a message to more people than it was for.
        """
        return await in_daemon(self._edit, shipment)

    async def find(self, shipment: Shipment) -> Receipt | None:
        """Look among the account's own statuses. Raises SinkError, `unclear`, when they do not tell.

        Waits for a send of ours that is still under way. A slow server may store a post after it answered
        504 (mastodon#21840): when to look is the caller's to decide.
        """
        return await in_daemon(self._find, shipment)

    async def close(self) -> None:
        """End the connections; a call under way keeps its own until it times out."""
        self.connection.session.close()

    # ------------------------------------------------------------ sending

    def _send(self, shipment: Shipment, given_up: threading.Event) -> Receipt:
        with self.connection.turn:
            self.connection.refuse_while_parked()
            letter = self._letter(shipment)
            first = _Attempt(self._rendered(letter), letter.to, shipment.reply_to, shipment.delivery.key)
            try:
                return self._post(first, given_up)
            except SinkError as error:
                second = None if error.unclear else self._second(first, letter)
                if second is None:
                    raise
            return self._post(second, given_up)

    def _second(self, first: _Attempt, letter: _Letter) -> _Attempt | None:
        """What to try once more after a clean refusal: other words, or no thread. None: trying cannot help.

        The key changes with the text: a server that remembers keys would answer with what it has under the old one.
        """
        answer = self.connection.session.answer
        if answer.status == 404 and first.reply_to is not None:
            # The post to reply to was deleted there.
            return replace(first, reply_to=None, key=f"{first.key}-r")
        if may_be_about_text(answer):
            shorter = self._shorter(letter)
            return replace(first, status=shorter, key=f"{first.key}-s") if shorter != first.status else None
        return None

    def _post(self, attempt: _Attempt, given_up: threading.Event) -> Receipt:
        if given_up.is_set():
            raise SinkError("The post was given up before it was sent.")
        posted = self.connection.post(
            MastodonPost(
                attempt.status.text,
                attempt.status.lang,
                "direct" if attempt.to else self._visibility,
                attempt.key,
                attempt.reply_to,
                self._warning,
            )
        )
        if attempt.reply_to is not None and str(posted.get("in_reply_to_id")) != attempt.reply_to:
            # It is there, and must not be posted again; only the thread is broken.
            log.warning("mastodon_reply_not_threaded", remote_id=str(posted["id"]), reply_to=attempt.reply_to)
        return _receipt(posted)

    # ------------------------------------------------------------ editing

    def _edit(self, shipment: Shipment) -> Receipt:
        remote_id, letter = shipment.delivery.remote_id, self._letter(shipment)
        assert remote_id is not None
        with self.connection.turn:
            self.connection.refuse_while_parked()
            try:
                return self._revise(self.connection.status(remote_id), letter)
            except SinkError as error:
                if not error.unclear:
                    raise
                reason = "The Mastodon server does not say whether it took the edit."
                raise SinkError(
                    reason, scope=error.scope, retry_after=error.retry_after, fix=error.fix
                ) from None

    def _revise(self, shown: Any | None, letter: _Letter) -> Receipt:
        if shown is None:
            raise SinkError("The post was deleted on Mastodon, so it is not edited.", permanent=True)
        visibility = str(shown.get("visibility") or self._visibility)
        status = self._rendered(letter)
        if visibility in ("private", "direct") and not self.connection.known_limits.keeps_visibility:
            # Takahē makes an edited post public: the correction must not cost a person's privacy.
            raise SinkError(
                "This server may show an edited post to everybody, so what only some may read is not edited.",
                permanent=True,
            )
        media = [each for each in shown.get("media_attachments") or () if has_id(each)]
        revision = StatusEdit(
            status.text,
            status.lang,
            visibility,
            str(shown.get("spoiler_text") or "") or self._warning,
            bool(shown.get("sensitive")),
            tuple(str(each["id"]) for each in media),
        )
        edited = self._put(str(shown["id"]), revision, letter)
        if str(edited.get("visibility") or visibility) != visibility:
            log.warning("mastodon_edit_changed_visibility", remote_id=str(shown["id"]), before=visibility)
        return _receipt(edited)

    def _put(self, remote_id: str, revision: StatusEdit, letter: _Letter) -> Any:
        """The edited status; a shorter text is tried once where the first is refused."""
        try:
            return self.connection.edit(remote_id, revision)
        except SinkError as error:
            answer = self.connection.session.answer
            if answer.status in (404, 405) and not error.unclear:
                raise SinkError(
                    "This Mastodon server does not let posts be edited.", permanent=True
                ) from None
            shorter = self._shorter(letter)
            if error.unclear or not may_be_about_text(answer) or shorter.text == revision.text:
                raise
        return self.connection.edit(remote_id, replace(revision, text=shorter.text))

    # ------------------------------------------------------------ wording

    def _letter(self, shipment: Shipment) -> _Letter:
        destination = shipment.delivery.destination
        is_person = person_of(destination.address) is not None
        lang = destination.lang if is_person else self._lang
        return _Letter(
            shipment.delivery.message, destination.name if is_person else "", labels_in(words(lang))
        )

    def _rendered(self, letter: _Letter) -> Status:
        limits = self.connection.limits()
        return _status(letter, limits.max_chars, limits.url_chars, self._taken(letter.to))

    def _shorter(self, letter: _Letter) -> Status:
        """For servers that count links in full, or allow less than they say."""
        limits, message = self.connection.known_limits, letter.message
        links = [safe_link(each) or "" for each in (message.url, *(item.url for item in message.items))]
        room = self._taken(letter.to) + limits.max_chars // 5
        return _status(letter, limits.max_chars, max(limits.url_chars, *map(len, links)), room)

    def _taken(self, to: str) -> int:
        """Characters that are not the message's: the content warning counts, and the name in full on some servers."""
        return len(self._warning) + (len(to) + 1 if to else 0)

    # ------------------------------------------------------------ finding

    def _find(self, shipment: Shipment) -> Receipt | None:
        with self.connection.turn:
            return self._search(shipment)

    def _search(self, shipment: Shipment) -> Receipt | None:
        letter = self._letter(shipment)
        since = shipment.attempted_at - _CLOCK_MARGIN if shipment.attempted_at else None
        # The attempt may have posted what the message said before it was corrected.
        wordings = [letter, *(replace(letter, message=each) for each in shipment.former)]
        forms = [(each, self._renderings(each)) for each in wordings]
        max_id: str | None = None
        for _ in range(_MOST_PAGES):
            page = self.connection.own_page(max_id)
            for status in page:
                if (
                    str(status["id"]) != shipment.reply_to
                    and _is_for(status, letter.to)
                    and any(is_ours(status, each.message, texts, each.labels) for each, texts in forms)
                ):
                    return _receipt(status)
            if not page or str(page[-1]["id"]) == max_id or _is_before(page, since):
                return None
            max_id = str(page[-1]["id"])
        raise SinkError("Too many posts lie between now and the unclear one to look through.", unclear=True)

    def _renderings(self, letter: _Letter) -> list[str]:
        """As the limits stand now, as they are guessed where a server does not tell, and as a second attempt is."""
        plain = render_status(letter.message, labels=letter.labels)
        statuses = [self._rendered(letter), plain, self._shorter(letter)]
        # A server may show the name of whom it is for as a link, which is not looked at, or as words.
        return [text for each in statuses for text in {each.text, each.text.removeprefix(f"{letter.to} ")}]


def _status(letter: _Letter, max_chars: int, url_chars: int, room: int) -> Status:
    """The letter as a status. Nobody sees a direct message but whom it names."""
    status = render_status(letter.message, max_chars, url_chars, room, letter.labels)
    return replace(status, text=f"{letter.to} {status.text}") if letter.to else status


def _is_for(status: Any, to: str) -> bool:
    """Whether the status went to the same people: one story goes to the account's readers and to many single ones."""
    is_direct = status.get("visibility") == "direct"
    if not to:
        return not is_direct
    mentions = status.get("mentions") or []
    names = {f"@{each.get('acct')}".lower() for each in mentions if isinstance(each, dict)}
    # Where a server does not list whom a status names, its text does.
    return is_direct and (
        to.lower() in names or (not names and to.split("@")[1] in str(status.get("content")))
    )


def _is_before(page: Iterable[Any], since: datetime | None) -> bool:
    """Whether the page reaches back to before `since`."""
    times = [at for at in map(posted_at, page) if at is not None]
    return since is not None and bool(times) and min(times) < since


def _receipt(status: Any) -> Receipt:
    url = status.get("url")
    return Receipt(str(status["id"]), str(url) if url else None)
