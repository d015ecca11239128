"""trial: what a subscription would have brought, by the same filter that routes stories."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.flows.memory import Store
from bot.logic.routing.filter import Subject, is_wanted, subject_of
from bot.model import Destination, NewSubscription, StoryView, Subscription, Threading

PERIOD = timedelta(days=30)
FRESH_FOR = timedelta(minutes=1)
MOST = 300
"""Stories looked at. Thirty busy days bring fewer than half as many."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Stories that would have come in the last 30 days, newest first.

    is_all  False: there were more stories than are looked at, so it is "at least"
    """

    stories: tuple[StoryView, ...]
    is_all: bool = True

    @property
    def a_week(self) -> float:
        return len(self.stories) * 7 / PERIOD.days


@dataclass(eq=False)
class RecentStories:
    """The stories of the last 30 days, newest first, at most 300, as filters see them. Kept in memory for a minute:
    people change a filter and look again, and reading them each time would be felt."""

    _held: tuple[tuple[StoryView, Subject], ...] = ()
    _read_at: datetime | None = None

    async def read(self, store: Store, now: datetime) -> Sequence[tuple[StoryView, Subject]]:
        if self._read_at is None or not self._read_at <= now < self._read_at + FRESH_FOR:
            views = await store.stories(limit=MOST)
            recent = [view for view in views if view.story.turned_at >= now - PERIOD]
            self._held = await asyncio.to_thread(_as_filtered, recent)
            self._read_at = now
        return self._held


def _as_filtered(views: Sequence[StoryView]) -> tuple[tuple[StoryView, Subject], ...]:
    return tuple((view, subject_of(view, 1)) for view in views)


def try_out(wishes: Sequence[Subscription], recent: Sequence[tuple[StoryView, Subject]]) -> Trial:
    """What at least one of the wishes lets through; one that is paused counts as if it were on."""
    running = [replace(wish, paused_at=None) for wish in wishes]
    fitting = tuple(view for view, subject in recent if any(is_wanted(wish, subject) for wish in running))
    return Trial(fitting, is_all=len(recent) < MOST)


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
