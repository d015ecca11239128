"""publish: an edition that is ready becomes one delivery for each destination that asked for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.flows.apart import apart
from bot.flows.finish import finish
from bot.logic.route import route
from bot.model import Edition, Publication, StoryView, Subscription, Summary
from bot.ports import Clock, Compose, Store, Summariser

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


@dataclass(frozen=True)
class Publisher:
    """What publishing works with."""

    store: Store
    clock: Clock
    summariser: Summariser
    compose: Compose


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
    done = Published(expired=await finish(store.expire_held(now - HELD_FOR, now)))
    ready = await store.ready_editions(limit)
    # Read once a pass: subscriptions change seldom, and who subscribes meanwhile gets the next story.
    subscriptions = await store.subscriptions() if ready else ()
    for story_id, n in ready:
        made = await apart(
            finish(_tell(publisher, story_id, n, subscriptions)),
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
    planned = route(subscriptions, view.story, edition)
    now = publisher.clock.now()
    publication = Publication(story_id, n, message, planned, now, summary.reasons)
    made = await store.save_publication(publication)
    log.info("edition_published", story=story_id, edition=n, deliveries=made, headline=message.headline)
    return made
