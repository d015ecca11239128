"""Which destinations an edition goes to."""

import hashlib
from base64 import b32encode
from collections.abc import Sequence

from bot.model import Edition, PlannedDelivery, Story, Subscription, Urgency


def route(
    subscriptions: Sequence[Subscription], story: Story, edition: Edition
) -> tuple[PlannedDelivery, ...]:
    """One delivery for each destination that at least one subscription asks it for, by destination id.

    However many subscriptions of a destination match, it is told once, and every role that they name is
    mentioned. Only urgency `now` is routed; digests gather later. A paused destination is routed to as
    well: what waits for it in the outbox is for `deliver` to judge, not lost here.
    """
    roles: dict[int, set[str]] = {}
    for subscription in subscriptions:
        if subscription.urgency is Urgency.NOW and is_wanted(subscription, story):
            named = roles.setdefault(subscription.destination.id, set())
            if subscription.role:
                named.add(subscription.role)
    return tuple(
        PlannedDelivery(
            destination_id=destination_id,
            roles=tuple(sorted(roles[destination_id])),
            key=delivery_key(edition.story_id, edition.n, destination_id),
        )
        for destination_id in sorted(roles)
    )


def is_wanted(subscription: Subscription, story: Story) -> bool:
    """Whether the story is about a platform and on a topic that the subscription asks for; none named means any."""
    if subscription.topics and story.topic not in subscription.topics:
        return False
    if not subscription.platforms:
        return True
    wanted = {_plain_name(name) for name in subscription.platforms}
    return any(_plain_name(name) in wanted for name in story.platforms)


def delivery_key(story_id: str, n: int, destination_id: int) -> str:
    """The same for the same delivery on every machine: 20 characters of a-z and 2-7.

    Discord's nonce takes 25, which leaves room for a suffix where a second text needs a key of its own.
    """
    identity = f"{story_id}\0{n}\0{destination_id}".encode()
    return b32encode(hashlib.blake2b(identity, digest_size=13).digest()).decode().lower()[:20]


def _plain_name(name: str) -> str:
    """The name for comparing: "CD Baby" and "cdbaby" are one. A name of signs alone stays as it is."""
    folded = name.casefold()
    return "".join(c for c in folded if c.isalnum()) or folded
