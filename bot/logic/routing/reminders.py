"""Who is reminded of a day that a story names, and when: a week before and a day before."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo

from bot.logic.routing.filter import Subject, is_wanted
from bot.logic.routing.route import delivery_key
from bot.logic.routing.wall_clock import next_daily, quiet_until
from bot.model import (
    Deadline,
    Message,
    MessageKind,
    PlannedDelivery,
    PlannedReminder,
    StoredDeadline,
    Subscription,
)

DAY = timedelta(days=1)
STAGES = (7, 1)
"""Days before."""
# Later than this before the day itself a reminder comes too late to do anything, whatever the clock on the wall says.
_LATEST = timedelta(hours=6)


def stage_of(deadline: Deadline, now: datetime) -> int | None:
    """Which reminder is the one to send now; None: none, yet or any more.

    After a downtime the later one alone: two at once would be one too many.
    """
    left = deadline.at - now
    if left <= timedelta(0) or left > STAGES[0] * DAY:
        return None
    return STAGES[1] if left <= STAGES[1] * DAY else STAGES[0]


def reminder_id(stored: StoredDeadline, stage: int) -> str:
    """Under which id the reminder is kept: the same day of one story is recalled once a stage."""
    return f"reminder-{stored.story_id}-{stored.deadline.at:%Y%m%d}-{stored.deadline.what}-{stage}"


def plan_reminder(
    stored: StoredDeadline,
    stage: int,
    subject: Subject,
    subscriptions: Sequence[Subscription],
    now: datetime,
    *,
    zones: Mapping[str, tzinfo],
    done: Collection[int],
    deaf: Collection[int],
) -> PlannedReminder:
    """The reminder, for destinations that wanted the story, ask for reminders and are awake; its deliveries may be none.

    subject  the story's first telling
    done     destinations that have it
    deaf     destinations that are not to hear of the story
    """
    message = _message(stored, stage)
    due: dict[int, None] = {}
    for subscription in subscriptions:
        destination_id = subscription.destination.id
        if destination_id in done or destination_id in deaf or not subscription.reminders:
            continue
        zone = zones.get(subscription.timing.zone, UTC)
        if _is_wanted(subscription, subject) and _is_time(subscription, stored.deadline, stage, now, zone):
            due[destination_id] = None
    deliveries = tuple(
        PlannedDelivery(each, (), delivery_key(message.story_id, message.n, each)) for each in sorted(due)
    )
    return PlannedReminder(message, deliveries)


def _is_wanted(subscription: Subscription, subject: Subject) -> bool:
    # Who follows the story did not get its first telling by that, and is to be reminded all the same.
    if subscription.story_id == subject.story.id:
        return is_wanted(replace(subscription, story_id=None), subject)
    return is_wanted(subscription, subject)


def _is_time(subscription: Subscription, deadline: Deadline, stage: int, now: datetime, zone: tzinfo) -> bool:
    """Not at midnight UTC: at the hour at which this subscription's people get their digests, and not while they sleep."""
    due_at = next_daily(deadline.at - stage * DAY, zone, subscription.timing.minute)
    if now < min(due_at, deadline.at - _LATEST):
        return False
    return quiet_until(now, zone, subscription.timing.quiet) is None


def _message(stored: StoredDeadline, stage: int) -> Message:
    told, story_id = stored.message, reminder_id(stored, stage)
    return replace(
        told,
        story_id=story_id,
        n=1,
        mark=story_id,
        kind=MessageKind.REMINDER,
        turn=None,
        deadline=stored.deadline,
        # The deadline's own words are what it is about; the story is one tap away.
        quote="",
        speaker="",
        other_side="",
        open_question="",
        replaced="",
        facts=(),
        developing=False,
        revision=1,
        correction="",
    )
