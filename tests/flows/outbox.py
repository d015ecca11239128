"""Puts deliveries into a real store the way the flows do: source, entry, story, edition, publication."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.flows.delivery.publish import ExtractiveSummariser, Publisher
from bot.flows.memory import Store
from bot.logic.routing.route import delivery_key
from bot.model import (
    Ceilings,
    Clustering,
    Collection,
    Destination,
    Edition,
    Link,
    Message,
    Placement,
    PlannedDelivery,
    Publication,
    Reason,
    SinkKind,
    SourceState,
    StoryView,
    Summary,
)
from bot.ports import Clock
from tests.builders import (
    NOON,
    a_fingerprint,
    a_message,
    a_new_entry,
    a_new_subscription,
    a_story,
    a_verdict,
    an_edition,
)

NEW_STORY = Placement(None, None, 0.0, (Reason("new-story", "made for a test"),))


async def add_destinations(
    store: Store, count: int = 1, *, sink: SinkKind = SinkKind.DISCORD, first: int = 1001
) -> list[Destination]:
    """That many channels with a subscription each; addresses count from `first`."""
    made = []
    for n in range(first, first + count):
        wish = a_new_subscription(str(n), sink=sink, destination_name=f"#channel-{n}")
        made.append((await store.add_subscription(wish, NOON)).destination)
    return made


async def tell(
    store: Store,
    headline: str,
    to: Sequence[Destination],
    *,
    story_id: str | None = None,
    n: int = 1,
    at: datetime = NOON,
) -> str:
    """Publish one edition to these destinations; the story's id. `n` above 1 continues `story_id`."""
    story_id = await make_ready(store, headline, story_id=story_id, n=n, at=at)
    message = a_message(
        headline, story_id=story_id, n=n, mark=f"{story_id}-{n}", url=f"https://gazette.example/{story_id}"
    )
    planned = tuple(PlannedDelivery(each.id, (), delivery_key(story_id, n, each.id)) for each in to)
    await store.save_publication(Publication(story_id, n, message, planned, at))
    return story_id


async def make_ready(
    store: Store, headline: str, *, story_id: str | None = None, n: int = 1, at: datetime = NOON
) -> str:
    """An edition that waits to be published; the story's id."""
    known = await store.entries(limit=1)
    number = (known[0].entry.id if known else 0) + 1
    story_id = story_id or f"s{number:010}"
    await _add_entry(store, headline, number)
    await _cluster(store, story_id, number, an_edition(story_id, n, entry_id=number, made_at=at))
    return story_id


async def _add_entry(store: Store, headline: str, number: int) -> None:
    entry = a_new_entry(headline, key=f"key-{number}")
    state = SourceState("gazette", baselined_at=NOON - timedelta(days=1))
    await store.save_collection(Collection(state, ((entry, a_verdict()),)))


async def _cluster(store: Store, story_id: str, entry_id: int, edition: Edition) -> None:
    placement = NEW_STORY if edition.n == 1 else Placement(story_id, edition.turn, 0.9, NEW_STORY.reasons)
    story = a_story(story_id, lead_id=entry_id)
    await store.save_clustering(Clustering(entry_id, a_fingerprint(), story, placement, (edition,)))


def compose(view: StoryView, edition: Edition, summary: Summary) -> Message:
    """A message with the title of the story's first entry."""
    title = view.entries[0].entry.title
    return a_message(
        title,
        story_id=view.story.id,
        n=edition.n,
        mark=f"{view.story.id}-{edition.n}",
        url=f"https://gazette.example/{view.story.id}",
    )


def a_publisher(store: Store, clock: Clock, ceilings: Ceilings | None = None) -> Publisher:
    """Publishes titles without words; every destination has the same `ceilings`."""
    nothing = Summary("", "", (), None, (), (), (Link("Gazette", ""),), "en")
    made = Publisher(store, clock, ExtractiveSummariser(lambda view, edition: nothing), compose)
    return replace(made, ceilings=lambda destination: ceilings) if ceilings else made
