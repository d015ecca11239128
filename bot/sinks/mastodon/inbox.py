"""What people write to a Mastodon account: mentions as they come, and answers that only the sender reads."""

from typing import Any

from bot.errors import SinkError
from bot.logic.text.inert import clean
from bot.model import Incoming, Reply
from bot.sinks.daemon import in_daemon
from bot.sinks.mastodon.connection import Connection, MastodonPost
from bot.sinks.mastodon.history import plain_text

_MOST_CHARS = 1000
_MOST_PAGES = 5


class MastodonInbox:
    """Implements bot.ports.Inbox. Shares the account's one connection with its sink."""

    def __init__(self, account: str, connection: Connection) -> None:
        self.account = account
        self._connection = connection

    async def newest(self) -> str | None:
        """See the port."""
        return await in_daemon(self._newest)

    async def unread(self, after: str | None) -> list[Incoming]:
        """See the port."""
        return await in_daemon(self._unread, after)

    async def answer(self, incoming: Incoming, reply: Reply) -> str:
        """See the port."""
        return await in_daemon(self._answer, incoming, reply)

    async def answered(self, incoming: Incoming) -> bool:
        """See the port."""
        return await in_daemon(self._answered, incoming)

    def room(self, incoming: Incoming) -> int:
        """See the port. The name counts in full: some servers count it so."""
        return self._connection.known_limits.max_chars - len(incoming.sender) - 1

    def _newest(self) -> str | None:
        with self._connection.turn:
            self._connection.refuse_while_parked()
            page = self._connection.mentions(None)
            return str(page[0]["id"]) if page else None

    def _unread(self, after: str | None) -> list[Incoming]:
        with self._connection.turn:
            self._connection.refuse_while_parked()
            self._connection.limits()
            # Before the first message ever: without an id the server shows its newest page, and older ones are lost.
            notifications = self._connection.mentions(after or "0")
        found = []
        for each in notifications:
            if after is not None and _is_past(str(each["id"]), after):
                # A server that does not know `min_id` shows its newest: what comes now was read before.
                break
            found.append(_incoming(each, self.account))
        return found[::-1]

    def _answer(self, incoming: Incoming, reply: Reply) -> str:
        with self._connection.turn:
            self._connection.refuse_while_parked()
            post = MastodonPost(
                text=f"{incoming.sender} {reply.text}",
                lang=reply.lang,
                # Whoever asked in public is answered in private: others did not ask.
                visibility="direct",
                key=reply.key,
                reply_to=incoming.status_id,
            )
            try:
                return str(self._connection.post(post)["id"])
            except SinkError as error:
                if self._connection.session.answer.status in (404, 410) and not error.unclear:
                    # On Mastodon that means the message to answer, which was deleted meanwhile.
                    raise SinkError("The message to answer is gone.", permanent=True) from None
                raise

    def _answered(self, incoming: Incoming) -> bool:
        """Whether one of our statuses answers that one. Looked for in our own, which every server shows."""
        with self._connection.turn:
            max_id: str | None = None
            for _ in range(_MOST_PAGES):
                page = self._connection.own_page(max_id)
                if any(str(status.get("in_reply_to_id")) == incoming.status_id for status in page):
                    return True
                if not page or str(page[-1]["id"]) == max_id or _reaches(page, incoming.status_id):
                    return False
                max_id = str(page[-1]["id"])
        raise SinkError(
            "Too many posts lie between now and the unclear answer to look through.", unclear=True
        )


def _is_past(message_id: str, after: str) -> bool:
    if message_id.isdecimal() and after.isdecimal():
        return int(message_id) <= int(after)
    return message_id == after


def _reaches(page: list[Any], status_id: str) -> bool:
    """Whether the page goes back to before that status, where ids are numbers that grow."""
    oldest = str(page[-1]["id"])
    return oldest.isdecimal() and status_id.isdecimal() and int(oldest) < int(status_id)


def _incoming(notification: Any, account: str) -> Incoming:
    """What cannot be answered (deleted meanwhile, no mention after all) keeps its id, or we would never get past it."""
    status, sender = notification.get("status"), notification.get("account")
    kind = notification.get("type")
    status = status if isinstance(status, dict) and kind in (None, "mention") else {}
    sender = sender if isinstance(sender, dict) else {}
    acct = clean(str(sender.get("acct") or ""))
    is_good = bool(sender.get("id")) and bool(acct) and " " not in acct
    reply_to, lang, mentions = status.get("in_reply_to_id"), status.get("language"), status.get("mentions")
    return Incoming(
        id=str(notification["id"]),
        account=account,
        sender_id=str(sender.get("id") or ""),
        sender=f"@{acct}",
        status_id=str(status.get("id") or "") if is_good else "",
        reply_to=str(reply_to) if reply_to else None,
        text=plain_text(str(status.get("content") or ""))[:_MOST_CHARS],
        is_private=status.get("visibility") == "direct"
        and not (isinstance(mentions, list) and len(mentions) > 1),
        is_bot=bool(sender.get("bot")),
        lang=str(lang) if lang else None,
    )
