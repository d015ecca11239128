"""Several stories in one message."""

from collections.abc import Sequence
from datetime import datetime

from bot.logic.routing.route import delivery_key, short_hash
from bot.model import (
    DigestItem,
    DigestPlan,
    GatheredItem,
    Message,
    MessageKind,
    PlannedDelivery,
    Turn,
)

MOST_ITEMS = 100
"""In one message. Renderers show as many as their platform has room for, and count the rest."""
COLOUR = 0x5865A0

_TURN_WEIGHT = 0.3
_OUTLET_WEIGHT, _MOST_OUTLETS = 0.1, 5
_DEADLINE_WEIGHT = 0.4
# Turns that change what holds, above what somebody says about it.
_GRAVE_TURNS = frozenset(
    {Turn.RULING, Turn.SETTLEMENT, Turn.NEW_TEXT, Turn.EFFECT_DATE, Turn.REVERSAL, Turn.VOTE, Turn.APPEAL}
)


def plan_digest(
    items: Sequence[GatheredItem],
    now: datetime,
    *,
    roles: Sequence[str] = (),
    more: Sequence[DigestItem] = (),
    page_url: str = "",
) -> DigestPlan:
    """What becomes of the items that are due at one destination: one message, or the story's own where there is one story.

    items     at least one, all of one destination
    roles     to be mentioned
    more      told as well, after the stories: clause changes in a weekly digest
    page_url  where everything can be read; empty: nowhere
    Of several editions of one story only the newest is told. Raises ValueError without items.
    """
    if not items:
        raise ValueError("a digest of nothing is not sent")
    destination_id = items[0].destination.id
    newest: dict[str, GatheredItem] = {}
    for item in sorted(items, key=lambda each: each.message.n):
        newest[item.message.story_id] = item
    told = sorted(newest.values(), key=lambda each: (-weight(each, now), each.message.story_id))
    keys = tuple((each.message.story_id, each.message.n) for each in items)
    if len(told) == 1 and not more:
        own = told[0].message
        key = (own.story_id, own.n)
        delivery = PlannedDelivery(
            destination_id, tuple(roles), delivery_key(own.story_id, own.n, destination_id)
        )
        return DigestPlan(destination_id, (key,), tuple(each for each in keys if each != key), None, delivery)
    due_at = max(each.due_at for each in items)
    lines = (*(_item(each, now) for each in told), *more)[:MOST_ITEMS]
    story_id = _id(destination_id, due_at, keys)
    message = digest_message(story_id, lines, due_at, told[0].destination.lang, page_url)
    delivery = PlannedDelivery(
        destination_id, tuple(roles), delivery_key(message.story_id, 1, destination_id)
    )
    return DigestPlan(destination_id, keys, (), message, delivery)


def weight(item: GatheredItem, now: datetime) -> float:
    """How far up a story stands: by its score, whether something changed for good, who carries it, what must be done soon."""
    message = item.message
    total = item.score
    if message.turn in _GRAVE_TURNS:
        total += _TURN_WEIGHT
    total += _OUTLET_WEIGHT * min(len(message.sources), _MOST_OUTLETS)
    if message.deadline is not None and message.deadline.at > now:
        total += _DEADLINE_WEIGHT
    return round(total, 3)


def _item(item: GatheredItem, now: datetime) -> DigestItem:
    message = item.message
    return DigestItem(
        story_id=message.story_id,
        n=message.n,
        headline=message.headline,
        url=message.url,
        what=message.what,
        topic=message.topic,
        topic_label=message.topic_label,
        platforms=message.platforms,
        sources=message.sources,
        happened_at=message.happened_at,
        kind=message.kind,
        turn=message.turn,
        weight=weight(item, now),
    )


def _id(destination_id: int, due_at: datetime, keys: Sequence[tuple[str, int]]) -> str:
    # Of what it tells, too: an item approved late, for the same hour, makes another digest and not this one again.
    told = ",".join(f"{story_id}-{n}" for story_id, n in sorted(keys))
    return f"digest-{short_hash(str(destination_id), due_at.isoformat(), told)[:12]}"


def digest_message(
    story_id: str, items: tuple[DigestItem, ...], due_at: datetime, lang: str, page_url: str = ""
) -> Message:
    """The message of a digest; `items` are never empty."""
    return Message(
        story_id=story_id,
        n=1,
        mark=story_id,
        kind=MessageKind.DIGEST,
        turn=None,
        headline="",
        url="",
        what="",
        quote="",
        speaker="",
        other_side="",
        to_do="",
        sources=(),
        topic=items[0].topic,
        topic_label="",
        colour=COLOUR,
        platforms=_platforms(items),
        tags=(),
        lang=lang,
        happened_at=due_at,
        items=items,
        page_url=page_url,
    )


def _platforms(items: Sequence[DigestItem]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for item in items for name in item.platforms))
