"""Shortcuts for filling a store: each does what a flow would do."""

from datetime import datetime, timedelta

from bot.model import (
    Clustering,
    Collection,
    Delivery,
    Destination,
    Edition,
    EditionState,
    Fingerprint,
    Placement,
    PlannedDelivery,
    Publication,
    Reason,
    SinkKind,
    SourceState,
    Story,
    Subscription,
    Verdict,
)
from bot.store import SqlStore
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

ALL_SINKS = tuple(SinkKind)
HOUR = timedelta(hours=1)


class Memory:
    """A store and the verbs that tests need to get it into a state."""

    def __init__(self, store: SqlStore) -> None:
        self.store = store

    async def entry(self, title: str, verdict: Verdict | None = None, **changes: object) -> int:
        """Collect one entry; its id."""
        new = a_new_entry(title, **changes)
        await self.store.save_collection(
            Collection(SourceState(new.source_id), ((new, verdict or a_verdict()),))
        )
        newest = await self.store.entries(limit=1, source_id=new.source_id)
        return newest[0].entry.id

    async def story(
        self,
        story_id: str,
        *,
        at: datetime = NOON,
        fingerprint: Fingerprint | None = None,
        state: EditionState = EditionState.READY,
        outlet: object = None,
        **changes: object,
    ) -> Story:
        """A story of one entry, with its first edition."""
        more = {} if outlet is None else {"outlet": outlet}
        entry_id = await self.entry(f"Entry of {story_id}", seen_at=at, published_at=at, **more)
        times = {"opened_at": at, "last_entry_at": at, "turned_at": at}
        story = a_story(story_id, lead_id=entry_id, **(times | changes))
        edition = an_edition(story_id, entry_id=entry_id, made_at=at, state=state)
        await self.cluster(entry_id, story, edition, fingerprint=fingerprint)
        return story

    async def cluster(
        self,
        entry_id: int,
        story: Story,
        *editions: Edition,
        fingerprint: Fingerprint | None = None,
        placement: Placement | None = None,
    ) -> None:
        placed = placement or Placement(None, None, 0.0, (Reason("first", "nothing like it was known"),))
        await self.store.save_clustering(
            Clustering(entry_id, fingerprint or a_fingerprint(), story, placed, editions)
        )

    async def subscribe(self, address: str = "1001", **changes: object) -> Subscription:
        return await self.store.add_subscription(a_new_subscription(address, **changes), NOON)

    async def destination(self, address: str = "1001", **changes: object) -> Destination:
        return (await self.subscribe(address, **changes)).destination

    async def publish(
        self, story_id: str, *destinations: Destination, at: datetime = NOON, n: int = 1
    ) -> int:
        """Tell an edition to these destinations; makes the story when it is not there."""
        if await self.store.story(story_id) is None:
            await self.story(story_id, at=at)
        planned = tuple(
            PlannedDelivery(each.id, (), f"{story_id}-{n}-{each.id}"[:25]) for each in destinations
        )
        message = a_message(f"Headline of {story_id}", story_id=story_id, n=n)
        return await self.store.save_publication(Publication(story_id, n, message, planned, at))

    async def due(self, now: datetime = NOON, limit: int = 100) -> list[str]:
        """Which stories are due where, as "story@address"."""
        return [place(each) for each in await self.store.due(now, ALL_SINKS, limit)]

    async def head(self, now: datetime = NOON) -> Delivery:
        """The delivery that is due longest."""
        return (await self.store.due(now, ALL_SINKS, 1))[0]

    async def states(self) -> dict[str, str]:
        """State of every delivery, by "story@address"."""
        return {place(each): each.state.value for each in await self.store.deliveries(limit=10_000)}


def place(delivery: Delivery) -> str:
    return f"{delivery.message.story_id}@{delivery.destination.address}"
