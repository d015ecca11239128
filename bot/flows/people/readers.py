"""readers: what people do with a story where it stands: say that it is off the subject, follow it, mute it."""

import structlog

from bot.flows.memory import Store
from bot.flows.people.subscribe import subscribe
from bot.model import Destination, Feedback, NewSubscription, SinkKind, Subscription, Urgency
from bot.model.deliveries import PERSON
from bot.ports import Clock

log = structlog.get_logger()


async def say_irrelevant(
    store: Store, clock: Clock, story_id: str, sink: SinkKind, person: str, server: str | None
) -> bool:
    """Keep for the operator that somebody holds a story for off the subject, once a person. False: it was kept."""
    if await store.story(story_id) is None:
        return False
    added = await store.add_feedback(Feedback(story_id, sink, person, server, clock.now()))
    if added:
        log.info("story_called_irrelevant", story=story_id, server=server)
    return added


async def take_back(store: Store, story_id: str, sink: SinkKind, person: str) -> bool:
    """Forget that they said so. False: they had not."""
    return await store.remove_feedback(story_id, sink, person)


async def follow(
    store: Store, clock: Clock, story_id: str, person: str, name: str, lang: str
) -> tuple[Subscription, bool]:
    """Updates of one story by direct message on Discord, and whether that is new. Nothing old is sent."""
    held = await following(store, story_id, person)
    new = NewSubscription(
        sink=SinkKind.DISCORD,
        address=f"{PERSON}{person}",
        destination_name=f"@{name}",
        server=None,
        platforms=frozenset(),
        topics=frozenset(),
        urgency=Urgency.NOW,
        role=None,
        asked_by=person,
        story_id=story_id,
        reminders=True,
        lang=lang,
    )
    return await subscribe(store, clock, new, ()), held is None


async def unfollow(store: Store, story_id: str, person: str) -> bool:
    """False: they did not follow it."""
    held = await following(store, story_id, person)
    return held is not None and await store.remove_subscription(held.id) is not None


async def following(store: Store, story_id: str, person: str) -> Subscription | None:
    """The subscription by which a person follows a story; None: they do not."""
    held = await store.subscriptions(address=f"{PERSON}{person}")
    return next((each for each in held if each.story_id == story_id), None)


async def places_of(store: Store, server: str, addresses: tuple[str, ...]) -> list[Subscription]:
    """What is subscribed at the first of these channels of a server at which anything is."""
    for address in addresses:
        held = [
            each for each in await store.subscriptions(address=address) if _is_at(each.destination, server)
        ]
        if held:
            return held
    return []


def _is_at(destination: Destination, server: str) -> bool:
    return destination.sink is SinkKind.DISCORD and destination.server == server
