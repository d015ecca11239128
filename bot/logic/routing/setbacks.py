"""What to do about a delivery: when it may go, when to try again, what a refusal means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.errors import SinkError, SinkScope
from bot.model import Ceilings

FIRST_RETRY = timedelta(seconds=30)
LONGEST_RETRY = timedelta(hours=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LONGEST_HOLD = DAY + HOUR
"""No delivery is put off for longer: one that seems to be was put off by a clock that ran ahead."""


def next_slot(sent_times: Sequence[datetime], ceilings: Ceilings, now: datetime) -> datetime:
    """When the next message may go to a destination: `now` if it stays under both ceilings.

    sent_times  when messages went there in the last day at least, oldest first; times from "later", sent while the
                clock ran ahead, count as now
    ceilings    each 1 or more
    Windows slide: a ceiling of five a day means any five messages span a day.
    """
    slot = now
    for most, span in ((ceilings.an_hour, HOUR), (ceilings.a_day, DAY)):
        inside = [min(at, now) for at in sent_times if at > now - span]
        if len(inside) >= most:
            slot = max(slot, inside[-most] + span)
    return slot


def retry_wait(tries: int) -> timedelta:
    """How long to wait after `tries` tries in a row failed: 30 seconds, doubling up to an hour; nothing after none."""
    if tries < 1:
        return timedelta(0)
    wait: timedelta = FIRST_RETRY * 2 ** min(tries - 1, 12)
    return min(wait, LONGEST_RETRY)


class Fate(Enum):
    """What becomes of a delivery that a sink did not take."""

    DUE = "due"  # certainly not there: again later
    UNCLEAR = "unclear"  # may be there: look before sending again
    ABANDONED = "abandoned"  # this message can never be taken


@dataclass(frozen=True, slots=True)
class Setback:
    """What a refusal means.

    wait       before the delivery (or, with `park`, anything behind the sink) is tried again
    pause_why  pause the destination and tell its people this; None: do not
    park       leave the whole sink alone for `wait`
    """

    fate: Fate
    wait: timedelta
    pause_why: str | None = None
    park: bool = False


def setback_of(error: SinkError, tries: int, sink_failures: int = 0) -> Setback:
    """What a sink's refusal means for the delivery, its destination and the sink.

    tries          claims of this delivery so far, this one included
    sink_failures  failures of the whole sink in a row before this one
    Only a message that can never be taken is given up; where a destination or a sink refuses, messages are kept.
    """
    park = error.scope is SinkScope.SINK
    wait = retry_wait(sink_failures + 1 if park else tries)
    if error.retry_after is not None:
        # Nobody means more than a day; a slip of theirs must not silence a channel.
        wait = max(wait, min(error.retry_after, DAY))
    pause_why = None
    if error.scope is SinkScope.DESTINATION and error.permanent:
        # Whoever resumes it has mended it: then nothing should wait any more.
        pause_why, wait = str(error), timedelta(0)
    return Setback(_fate(error), wait, pause_why, park)


def _fate(error: SinkError) -> Fate:
    if error.unclear:
        return Fate.UNCLEAR
    if error.permanent and error.scope is SinkScope.DELIVERY:
        return Fate.ABANDONED
    return Fate.DUE
