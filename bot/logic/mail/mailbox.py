"""What is remembered of an inbox between two looks, so that everybody is answered once, whatever crashes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.model import Incoming, Topic, Urgency

MOST_AN_HOUR = 12
"""Messages of one person that are answered in an hour; the next one is told so, further ones are not answered."""
MOST_FOR_ALL_AN_HOUR = 40
"""Answers of one account in an hour: a server takes 300 posts in three hours, and the news needs its share."""
SETTLE = timedelta(seconds=30)
"""How old an unclear answer must be before we look for it: a slow server may still be storing it."""
MOST_TRIES = 20
_HOUR = timedelta(hours=1)
_SEEN_KEPT, _SENDERS_KEPT = 200, 500


@dataclass(frozen=True, slots=True)
class MailWish:
    """A subscription that somebody asked for by message."""

    platforms: frozenset[str]
    topics: frozenset[Topic]
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class MailAnswer:
    """What is to be said, and done before it is said. Doing it again changes nothing, so that a crash does no harm."""

    text: str
    lang: str
    wish: MailWish | None = None
    ends: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Pending:
    """An answer on its way. `tried_at` None: it was certainly not sent; else it may be there."""

    incoming: Incoming
    answer: MailAnswer
    tried_at: datetime | None = None
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Mailbox:
    """How far an inbox was read.

    opened   its first look is over: what was there before us is not answered
    after    id of the last message that was dealt with; None: none ever came
    seen     ids of the last ones, for servers that show them again
    senders  when each was answered in the last hour
    """

    opened: bool = False
    after: str | None = None
    seen: tuple[str, ...] = ()
    senders: Mapping[str, tuple[datetime, ...]] = field(default_factory=dict)
    pending: Pending | None = None

    def done_with(self, message_id: str) -> "Mailbox":
        """Past that message, with nothing on its way."""
        seen = (*self.seen, message_id)[-_SEEN_KEPT:]
        return replace(self, after=message_id, seen=seen, pending=None)

    def heard(self, sender_id: str, now: datetime) -> tuple["Mailbox", int]:
        """With one more message of that sender; how many that makes in the last hour."""
        kept = {
            who: tuple(at for at in times if now - _HOUR < at <= now) for who, times in self.senders.items()
        }
        mine = (*kept.pop(sender_id, ()), now)
        # Whoever wrote last stands last: those that are forgotten first are the quietest.
        senders = {who: times for who, times in kept.items() if times} | {
            sender_id: mine[-MOST_AN_HOUR - 2 :]
        }
        newest = dict(list(senders.items())[-_SENDERS_KEPT:])
        return replace(self, senders=newest), len(mine)

    def is_busy(self, now: datetime) -> bool:
        """Whether so many were answered in the last hour that the rest must wait."""
        times = (at for each in self.senders.values() for at in each)
        return sum(now - _HOUR < at <= now for at in times) >= MOST_FOR_ALL_AN_HOUR

    def trying(self, pending: Pending, now: datetime | None) -> "Mailbox":
        """With an answer on its way; `now` None: it is certain that it did not go out."""
        return replace(self, pending=replace(pending, tried_at=now, tries=pending.tries + 1))


# ---------------------------------------------------------------- as one line of JSON


def dump_mailbox(mailbox: Mailbox) -> str:
    """As one line of JSON."""
    pending = mailbox.pending
    return json.dumps(
        {
            "opened": mailbox.opened,
            "after": mailbox.after,
            "seen": list(mailbox.seen),
            "senders": {who: [at.isoformat() for at in times] for who, times in mailbox.senders.items()},
            "pending": _dump_pending(pending) if pending else None,
        },
        ensure_ascii=False,
    )


def _dump_pending(pending: Pending) -> dict[str, Any]:
    answer, wish = pending.answer, pending.answer.wish
    return {
        "incoming": asdict(pending.incoming),
        "text": answer.text,
        "lang": answer.lang,
        "wish": {
            "platforms": sorted(wish.platforms),
            "topics": sorted(topic.value for topic in wish.topics),
            "urgency": wish.urgency.value,
        }
        if wish
        else None,
        "ends": list(answer.ends),
        "tried_at": pending.tried_at.isoformat() if pending.tried_at else None,
        "tries": pending.tries,
    }


def load_mailbox(text: str | None) -> Mailbox:
    """From its line; a line that cannot be read counts as an inbox never looked into: nobody is answered twice."""
    try:
        held = json.loads(text or "{}")
        senders = {
            str(who): tuple(datetime.fromisoformat(at) for at in times)
            for who, times in held.get("senders", {}).items()
        }
        return Mailbox(
            opened=bool(held.get("opened")),
            after=held.get("after"),
            seen=_texts(held.get("seen", [])),
            senders=senders,
            pending=_load_pending(held["pending"]) if held.get("pending") else None,
        )
    except (ValueError, TypeError, AttributeError, KeyError):
        return Mailbox()


def _load_pending(held: Mapping[str, Any]) -> Pending:
    wish = held["wish"]
    answer = MailAnswer(
        text=str(held["text"]),
        lang=str(held["lang"]),
        wish=MailWish(
            frozenset(_texts(wish["platforms"])),
            frozenset(Topic(topic) for topic in wish["topics"]),
            Urgency(wish["urgency"]),
        )
        if wish
        else None,
        ends=tuple(int(each) for each in held["ends"]),
    )
    tried_at = datetime.fromisoformat(held["tried_at"]) if held["tried_at"] else None
    return Pending(Incoming(**held["incoming"]), answer, tried_at, int(held["tries"]))


def _texts(values: Sequence[object]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)
