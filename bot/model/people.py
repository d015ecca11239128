"""Servers, and what people said about stories."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.model.deliveries import SinkKind


@dataclass(frozen=True, slots=True)
class Server:
    """A Discord server as we know it. A fresh value stands for one that nobody has set up.

    removed_at       when it removed the bot; None: the bot is there, or the server was never seen
    lang             of replies and posts; None: not chosen, Discord's own word for the server is taken
    zone             IANA time zone from which new subscriptions start; None: not chosen
    manager_role     role that may manage subscriptions beside *Manage Server*; None: none
    approval_channel where stories wait for approval; None: they are not held
    approval_hours   after how many a held story goes out by itself; None: never
    welcomed_at      when it was greeted; None: not yet
    """

    id: str
    name: str = ""
    joined_at: datetime | None = None
    removed_at: datetime | None = None
    lang: str | None = None
    zone: str | None = None
    manager_role: str | None = None
    approval_channel: str | None = None
    approval_hours: int | None = None
    welcomed_at: datetime | None = None


class Decision(StrEnum):
    APPROVED = "approved"
    SKIPPED = "skipped"
    RELEASED = "released"  # nobody decided in time


@dataclass(frozen=True, slots=True)
class Approval:
    """What became of one edition at one server that holds stories. (server, story_id, n) is its key.

    decision    None: it waits
    decided_by  Discord user id; None: nobody, or not yet
    headline    as changed by who approved; None: as it was
    """

    server: str
    story_id: str
    n: int
    asked_at: datetime
    decision: Decision | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    headline: str | None = None


@dataclass(frozen=True, slots=True)
class Feedback:
    """A reader's "not relevant". One a person and story: (story_id, sink, person) is its key."""

    story_id: str
    sink: SinkKind
    person: str
    server: str | None
    said_at: datetime


@dataclass(frozen=True, slots=True)
class StoryFeedback:
    """How many readers called a story off the subject, one or more; `said_at`: when the last of them did."""

    story_id: str
    readers: int
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A source that somebody would like to be watched, for the operator. `settled_at` None: not looked at yet."""

    id: int
    text: str
    sink: SinkKind
    person: str
    server: str | None
    said_at: datetime
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that the operator hears of once.

    key         what is wrong and with what ("source-down:gazette")
    text        what happened, to what, what to do next
    told_at     None: not told yet
    cleared_at  None: it still is so
    """

    key: str
    text: str
    began_at: datetime
    told_at: datetime | None = None
    cleared_at: datetime | None = None
