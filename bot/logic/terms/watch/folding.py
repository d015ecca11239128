"""One event on many pages, in many languages or regions, is one alert."""

from datetime import timedelta

from bot.logic.terms.read.wording import key, likeness_of_keys
from bot.model import Direction, StanceKind, StoredChange

ONE_EVENT_WITHIN = timedelta(days=14)
"""Platforms roll a change out page by page, country by country."""
_SAME_DAYS = timedelta(hours=48)
_SAME_WORDS = 0.6
_GRANTS = frozenset({StanceKind.GRANTS_TRAINING, StanceKind.THIRD_PARTY_LICENSING})


def is_one_event(change: StoredChange, lang: str, other: StoredChange) -> bool:
    """Whether people who were told of `other` know of `change`.

    lang  two letters, the language of the changed document; another language cannot be compared by its words
    """
    if abs(change.first_seen_at - other.first_seen_at) > ONE_EVENT_WITHIN:
        return False
    mine, theirs = key(change.change.quote), key(other.change.quote)
    same_kind = change.kind is other.kind
    if same_kind and likeness_of_keys(mine, theirs) >= _SAME_WORDS:
        return True
    if change.platform != other.platform:
        return False
    near = abs(change.first_seen_at - other.first_seen_at) <= _SAME_DAYS
    if same_kind and (near or _speaks_otherwise(mine, theirs)):
        return True
    # What was taken away as the other came: two sides of one change.
    return near and change.document_id == other.document_id and _are_two_sides(change, other)


def _are_two_sides(change: StoredChange, other: StoredChange) -> bool:
    gone = change if change.direction is Direction.REMOVED else other
    come = other if gone is change else change
    if gone.direction is not Direction.REMOVED or come.direction is Direction.REMOVED:
        return False
    return come.change.replaced is not None or gone.version == come.version


def _speaks_otherwise(mine: str, theirs: str) -> bool:
    """Two languages share hardly any word of a sentence but names."""
    return likeness_of_keys(mine, theirs) < 0.15
