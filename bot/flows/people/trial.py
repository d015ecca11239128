"""trial: what a subscription would have brought, by the same filter that routes stories."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.flows.memory import Store
from bot.logic.routing.forecast import forecast
from bot.model import Destination, NewSubscription, StoryView, Subscription, Threading

PERIOD = timedelta(days=30)
FRESH_FOR = timedelta(minutes=1)
MOST = 300
"""Stories looked at. Thirty busy days bring fewer than half as many."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Stories that would have come in the last 30 days, newest first.

    a_week  messages in seven days: updates count, what was never told does not
    is_all  False: there were more stories than are looked at, so it is "at least"
    """

    stories: tuple[StoryView, ...]
    a_week: float
    is_all: bool = True


@dataclass(eq=False)
class RecentStories:
    """The stories of the last 30 days, newest first, at most 300. Kept in memory for a minute: people change a filter
    and look again, and reading them each time would be felt."""

    _held: tuple[StoryView, ...] = ()
    _read_at: datetime | None = None

    async def read(self, store: Store, now: datetime) -> Sequence[StoryView]:
        if self._read_at is None or not self._read_at <= now < self._read_at + FRESH_FOR:
            views = await store.stories(limit=MOST)
            self._held = tuple(view for view in views if view.story.turned_at >= now - PERIOD)
            self._read_at = now
        return self._held


def try_out(wishes: Sequence[Subscription], recent: Sequence[StoryView], now: datetime) -> Trial:
    """What at least one of the wishes would have brought; one that is paused counts as if it were on."""
    running = [replace(wish, paused_at=None) for wish in wishes]
    # What was made this very moment counts: the forecast ends before its end.
    found = forecast(running, recent, now - PERIOD, now + timedelta(seconds=1))
    stories = dict.fromkeys(each.view.story.id for each in found.editions)
    by_id = {view.story.id: view for view in recent}
    return Trial(tuple(by_id[story] for story in stories), found.a_week, is_all=len(recent) < MOST)


def as_if_stored(new: NewSubscription, now: datetime) -> Subscription:
    """A wish in the form that routing judges."""
    destination = Destination(
        id=0,
        sink=new.sink,
        address=new.address,
        name=new.destination_name,
        server=new.server,
        created_at=now,
        lang=new.lang or "en",
        threading=new.threading or Threading.REPLY,
    )
    return Subscription(
        id=0,
        destination=destination,
        platforms=new.platforms,
        topics=new.topics,
        urgency=new.urgency,
        role=new.role,
        asked_by=new.asked_by,
        created_at=now,
        include=new.include,
        exclude=new.exclude,
        story_id=new.story_id,
        reminders=new.reminders,
        timing=new.timing,
    )


def as_wish(held: Subscription) -> NewSubscription:
    """A stored subscription as a wish that can be changed."""
    there = held.destination
    return NewSubscription(
        sink=there.sink,
        address=there.address,
        destination_name=there.name,
        server=there.server,
        platforms=held.platforms,
        topics=held.topics,
        urgency=held.urgency,
        role=held.role,
        asked_by=held.asked_by,
        include=held.include,
        exclude=held.exclude,
        story_id=held.story_id,
        reminders=held.reminders,
        timing=held.timing,
        lang=there.lang,
        threading=there.threading,
    )
