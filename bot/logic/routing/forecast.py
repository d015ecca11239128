"""What subscriptions would have brought: for `/test` and the command line, by the filter that posts go by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.logic.routing.filter import is_wanted, subject_of
from bot.model import Edition, EditionState, Message, StoryView, Subscription, Urgency

WEEK = timedelta(days=7)
_TOLD = frozenset({EditionState.PUBLISHED, EditionState.READY})


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One edition that would have come; `at_once`: as a post of its own, not within a digest."""

    view: StoryView
    edition: Edition
    at_once: bool


@dataclass(frozen=True, slots=True)
class Forecast:
    """`editions` newest first; `a_week` how many that makes in seven days."""

    editions: tuple[Foreseen, ...]
    a_week: float


def forecast(
    subscriptions: Sequence[Subscription],
    views: Sequence[StoryView],
    since: datetime,
    until: datetime,
    messages: Mapping[tuple[str, int], Message] | None = None,
) -> Forecast:
    """What these subscriptions of one destination would have brought between two times, each edition once.

    views     every story with an edition in that time
    messages  by (story id, edition), where they are at hand: what was told is filtered by its words, too
    Raises ValueError when `until` is not later than `since`.
    """
    if until <= since:
        raise ValueError("a forecast needs some time to look back over")
    told = messages or {}
    found = []
    for view in views:
        for edition in view.editions:
            if edition.state not in _TOLD or not since <= edition.made_at < until:
                continue
            subject = subject_of(view, edition.n, told.get((view.story.id, edition.n)))
            wanting = [each for each in subscriptions if is_wanted(each, subject)]
            if wanting:
                at_once = any(each.urgency is Urgency.NOW for each in wanting)
                found.append(Foreseen(view, edition, at_once))
    found.sort(key=lambda each: each.edition.made_at, reverse=True)
    return Forecast(tuple(found), round(len(found) * (WEEK / (until - since)), 1))
