"""An operator's corrections: checked against what the record says, and kept with it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.errors import RefusedError
from bot.logic.record.words import LABELS, day
from bot.model.record import (
    Amendment,
    Claim,
    PlatformRecord,
    Position,
    Precision,
    RecordRevision,
    RecordSubject,
)

LONGEST = 600


@dataclass(frozen=True, slots=True)
class AmendmentRequest:
    """What an operator wants the record to say instead.

    words, limits, url  None: as they are when the position stays, else empty
    since               None: as it is
    """

    subject: RecordSubject
    position: Position
    reason: str
    words: str | None = None
    limits: str | None = None
    since: date | None = None
    url: str | None = None


def amendment_of(record: PlatformRecord, wish: AmendmentRequest, by: str, now: datetime) -> Amendment:
    """The correction, with what the record says until now.

    Raises RefusedError for one without a reason, one that changes nothing, and a date that cannot be.
    """
    standing = next(each for each in record.standings if each.subject is wish.subject)
    known = standing.position is not Position.UNKNOWN
    old = standing.claim
    same = known and wish.position is old.position
    claim = Claim(
        wish.subject,
        wish.position,
        words=_short(wish.words if wish.words is not None else old.words if same else ""),
        limits=_short(wish.limits if wish.limits is not None else old.limits if same else ""),
    )
    reason = _short(wish.reason)
    if not reason:
        raise RefusedError("A correction needs a reason that readers can see. Add --reason.")
    _check_date(record, wish, now)
    unchanged = replace(old, platform="", since=None) == claim
    if unchanged and wish.since in (None, standing.since) and (wish.url is None or wish.url == standing.url):
        raise RefusedError(
            f"The record of {record.platform} says that already. Give another position, --words, --limits, "
            "--since or --source."
        )
    return Amendment(
        platform=record.platform,
        claim=claim,
        reason=reason,
        by=by,
        at=now,
        before=old if known else None,
        corrects=standing.event_keys,
        since=wish.since,
        url=wish.url or "",
    )


def _check_date(record: PlatformRecord, wish: AmendmentRequest, now: datetime) -> None:
    if wish.since is None:
        return
    if wish.since > now.date():
        raise RefusedError(
            f"{day(wish.since, Precision.DAY)} is still to come. Amend the record when it is there."
        )
    standing = next(each for each in record.standings if each.subject is wish.subject)
    before = next((each for each in standing.earlier if not each.reason), None)
    if before is not None and before.since is not None and wish.since < before.since:
        raise RefusedError(
            f"On {LABELS[wish.subject].lower()} the record has an older position since "
            f"{day(before.since, before.precision)}, which would then come later. Give a date after it."
        )


def withdrawal_of(
    key: str, known: Sequence[RecordRevision], reason: str, by: str, now: datetime
) -> RecordRevision:
    """The revision that takes an event back. `known`: its wordings. Raises RefusedError."""
    if not known:
        raise RefusedError(f"There is no event {key!r}. See: smallprint record history")
    newest = max(known, key=lambda revision: revision.n)
    if newest.withdrawn:
        raise RefusedError(f"{key} is taken back already: {newest.reason}.")
    if not _short(reason):
        raise RefusedError("Taking an event back needs a reason that readers can see. Add --reason.")
    return RecordRevision(newest.event, newest.n + 1, now, by, _short(reason), withdrawn=True)


def _short(text: str) -> str:
    """One line without characters that steer a terminal, cut where nobody would read on."""
    line = " ".join(text.split())
    return "".join(c for c in line if c.isprintable())[:LONGEST].strip()
