"""publish: an edition that is ready becomes one delivery for each destination that asked for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.flows.delivery.context import NO_CEILINGS
from bot.flows.delivery.zones import zones_of
from bot.flows.faults import keep_fault_inside
from bot.flows.finish import finish_before_stopping
from bot.flows.memory import Store
from bot.logic.messages.approval import card_of
from bot.logic.routing.filter import subject_of
from bot.logic.routing.route import Circumstances, delivery_key, route
from bot.logic.routing.setbacks import DAY
from bot.logic.summaries.deadlines import find_deadlines, nearest
from bot.model import (
    Ceilings,
    Destination,
    Edition,
    Message,
    PlannedCard,
    PlannedDelivery,
    Publication,
    RoutingFacts,
    StoryView,
    Subscription,
    Summary,
)
from bot.ports import Clock, Compose, Summariser

log = structlog.get_logger()

BATCH = 50
HELD_FOR = timedelta(hours=72)
"""How long an unsure story from a general outlet waits for a second outlet; late reports come within this."""

Summarise = Callable[[StoryView, Edition], Summary]


@dataclass(frozen=True)
class ExtractiveSummariser:
    """The default behind the Summariser port: sentences of the sources, no other words."""

    summarise_view: Summarise

    async def summarise(self, view: StoryView, edition: Edition) -> Summary:
        return self.summarise_view(view, edition)


def _no_ceilings(destination: Destination) -> Ceilings:
    return NO_CEILINGS


@dataclass(frozen=True)
class Publisher:
    """What publishing works with. `ceilings` are hard limits of one destination."""

    store: Store
    clock: Clock
    summariser: Summariser
    compose: Compose
    ceilings: Callable[[Destination], Ceilings] = _no_ceilings


@dataclass
class Published:
    """What one pass did: editions told, deliveries made for them, held editions given up."""

    editions: int = 0
    deliveries: int = 0
    expired: int = 0


async def publish(publisher: Publisher, *, limit: int = BATCH) -> Published:
    """Tell up to `limit` editions that are ready, oldest first; call again while `editions` is not 0.

    An edition and its deliveries are written in one transaction, so a crash leaves it ready or told, never half.
    Raises StoreError.
    """
    store, now = publisher.store, publisher.clock.now()
    done = Published(expired=await finish_before_stopping(store.expire_held(now - HELD_FOR, now)))
    ready = await store.ready_editions(limit)
    # Read once a pass: subscriptions change seldom, and who subscribes meanwhile gets the next story.
    subscriptions = await store.subscriptions() if ready else ()
    for story_id, n in ready:
        made = await keep_fault_inside(
            finish_before_stopping(_tell(publisher, story_id, n, subscriptions)),
            "publishing_tripped",
            story=story_id,
            edition=n,
        )
        if made is not None:
            done.editions += 1
            done.deliveries += made
    return done


async def _tell(
    publisher: Publisher, story_id: str, n: int, subscriptions: Sequence[Subscription]
) -> int | None:
    """How many deliveries were made; None: the edition is not there any more."""
    store = publisher.store
    view = await store.story(story_id)
    edition = next((e for e in view.editions if e.n == n), None) if view is not None else None
    if view is None or edition is None:
        return None
    summary = await publisher.summariser.summarise(view, edition)
    message = publisher.compose(view, edition, summary)
    deadlines = find_deadlines(view, publisher.clock.now(), summary)
    message = replace(message, deadline=nearest(deadlines))
    now = publisher.clock.now()
    facts = await store.routing_facts(story_id, now - DAY)
    routed = route(
        subscriptions, subject_of(view, n, message), _circumstances(publisher, subscriptions, facts, now)
    )
    places = await store.approval_places(routed.asks, now) if routed.asks else {}
    cards = tuple(_card(message, server, places[server]) for server in routed.asks)
    publication = Publication(
        story_id,
        n,
        message,
        routed.deliveries,
        now,
        summary.reasons,
        items=routed.items,
        deadlines=deadlines,
        cards=cards,
    )
    made = await store.save_publication(publication)
    log.info(
        "edition_published",
        story=story_id,
        edition=n,
        deliveries=made,
        gathered=len(routed.items),
        headline=message.headline,
    )
    return made


def _circumstances(
    publisher: Publisher, subscriptions: Sequence[Subscription], facts: RoutingFacts, now: datetime
) -> Circumstances:
    addresses = {each.destination.id: each.destination for each in subscriptions}
    # One post of the day is kept for the evening, which tells what was over the ceiling.
    full = (
        number
        for number, load in facts.loads.items()
        if number in addresses and load >= publisher.ceilings(addresses[number]).a_day - 1
    )
    return Circumstances(
        now=now,
        zones=zones_of(subscriptions),
        muted=facts.muted,
        holding=facts.holding,
        full=frozenset(full),
    )


def _card(message: Message, server: str, destination_id: int) -> PlannedCard:
    card = card_of(message, server)
    delivery = PlannedDelivery(destination_id, (), delivery_key(card.story_id, card.n, destination_id))
    return PlannedCard(server, card, delivery)
