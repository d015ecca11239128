"""subscribe: who wants what, and where; the one way in for slash commands, Mastodon messages, the site and the CLI."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

import structlog

from bot.errors import RefusedError
from bot.flows.memory import Store
from bot.model import Destination, NewSubscription, SinkKind, StoryView, Subscription, Topic, Urgency
from bot.ports import Clock

log = structlog.get_logger()

OPERATOR = "operator"

STANDING = frozenset({SinkKind.MASTODON, SinkKind.CONSOLE})
"""Sinks whose destinations get a standing subscription when they are set up."""
EMPTIED, WANTED = "emptied by hand", "wanted"


async def subscribe(
    store: Store, clock: Clock, new: NewSubscription, known_platforms: Collection[str]
) -> Subscription:
    """The stored subscription. The same wish twice is one subscription; asking again ends a destination's pause.

    known_platforms  names as in platforms.toml; another spelling of one is taken as meant
    Raises RefusedError for a platform that we do not know, with the nearest names.
    """
    platforms = frozenset(_known_name(name, known_platforms, "platform") for name in new.platforms)
    subscription = await store.add_subscription(replace(new, platforms=platforms), clock.now())
    emptied = _emptied_setting(new.sink, new.address)
    if await store.setting(emptied) == EMPTIED:
        await store.set_setting(emptied, WANTED)
    log.info(
        "subscribed", subscription=subscription.id, destination=new.destination_name, asked_by=new.asked_by
    )
    return subscription


async def unsubscribe(
    store: Store, subscription_id: int, *, server: str | None = None, asked_by: str | None = None
) -> Subscription:
    """The subscription that was removed; what is not yet sent and nothing else wants is given up.

    server    only one of this Discord server; None: any
    asked_by  only one that this user asked for; None: any
    Raises RefusedError when there is none such: people must not learn of other servers' subscriptions.
    """
    held = await store.subscriptions(server=server)
    wanted = [s for s in held if s.id == subscription_id and asked_by in (None, s.asked_by)]
    for each in wanted:
        await _remember_emptied(store, each.destination)
    removed = await store.remove_subscription(subscription_id) if wanted else None
    if removed is None:
        raise RefusedError(
            f"I found no subscription {subscription_id} here. List the subscriptions to see their numbers."
        )
    log.info("unsubscribed", subscription=subscription_id, destination=removed.destination.name)
    return removed


async def change(
    store: Store, clock: Clock, subscription_id: int, new: NewSubscription, known_platforms: Collection[str]
) -> Subscription:
    """The subscription as it is now, perhaps at another destination.

    Raises RefusedError when it is gone, or would become the same as another one there.
    """
    platforms = frozenset(_known_name(name, known_platforms, "platform") for name in new.platforms)
    changed = await store.change_subscription(subscription_id, replace(new, platforms=platforms), clock.now())
    if changed is None:
        raise RefusedError("This subscription is gone already. List the subscriptions to see what there is.")
    log.info("subscription_changed", subscription=changed.id, destination=changed.destination.name)
    return changed


async def set_pause(store: Store, clock: Clock, subscription_id: int, *, is_paused: bool) -> None:
    """Pause a subscription, or let it go on. Raises RefusedError when it is gone."""
    if not await store.pause_subscription(subscription_id, clock.now() if is_paused else None):
        raise RefusedError("This subscription is gone already. List the subscriptions to see what there is.")
    log.info("subscription_paused" if is_paused else "subscription_resumed", subscription=subscription_id)


async def restore(store: Store, clock: Clock, wish: NewSubscription, *, is_paused: bool) -> Subscription:
    """A removed subscription again, under a new number; what was given up with it stays so."""
    again = await store.add_subscription(wish, clock.now())
    if is_paused:
        await store.pause_subscription(again.id, clock.now())
    log.info("subscribed", subscription=again.id, destination=again.destination.name, asked_by=wish.asked_by)
    return again


async def list_subscriptions(
    store: Store, *, server: str | None = None, address: str | None = None
) -> Sequence[Subscription]:
    """Oldest first; only those of a Discord server, or of one channel or account, if given."""
    return await store.subscriptions(server=server, address=address)


def topics_named(names: Collection[str], labels: Mapping[str, Topic]) -> frozenset[Topic]:
    """The topics that people mean; empty, when none is named: every topic.

    labels  the words shown for each topic; another spelling of one is taken as meant
    Raises RefusedError for a label that we do not know, with the nearest ones.
    """
    return frozenset(labels[_known_name(name, labels, "topic")] for name in names)


async def latest(
    store: Store, *, limit: int, platform: str | None = None, topic: Topic | None = None
) -> Sequence[StoryView]:
    """The newest stories, newest turn first, whether they were posted or not."""
    return await store.stories(limit=limit, platform=platform, topic=topic)


async def ensure_standing(
    store: Store, clock: Clock, sink: SinkKind, address: str, name: str, lang: str | None = None
) -> Subscription | None:
    """Everything, now, for a destination that the operator set up (a Mastodon account, the terminal).

    lang  of our own words there; None: as it is

    None: it has subscriptions already, which are left as they are, or its last one was removed by hand: then it
    gets nothing until somebody subscribes it again.
    """
    if await store.setting(_emptied_setting(sink, address)) == EMPTIED:
        return None
    for destination in await store.destinations(sink=sink):
        if destination.address == address and await store.subscriptions(destination_id=destination.id):
            return None
    new = NewSubscription(
        sink=sink,
        address=address,
        destination_name=name,
        server=None,
        platforms=frozenset(),
        topics=frozenset(),
        urgency=Urgency.NOW,
        role=None,
        asked_by=OPERATOR,
        lang=lang,
    )
    return await subscribe(store, clock, new, ())


def _emptied_setting(sink: SinkKind, address: str) -> str:
    """The name under which it is remembered that a destination's last subscription was removed by hand."""
    return f"emptied:{sink.value}:{address}"


async def _remember_emptied(store: Store, destination: Destination) -> None:
    """Before a subscription there is removed, so that a crash between the two cannot bring it back."""
    if destination.is_person:
        # Nobody gets a standing subscription to direct messages.
        return
    if destination.sink in STANDING and len(await store.subscriptions(destination_id=destination.id)) == 1:
        await store.set_setting(_emptied_setting(destination.sink, destination.address), EMPTIED)


def _known_name(name: str, known: Collection[str], noun: str) -> str:
    by_folded = {each.casefold(): each for each in known}
    folded = name.strip().casefold()
    if folded in by_folded:
        return by_folded[folded]
    near = [by_folded[match] for match in get_close_matches(folded, by_folded, n=3, cutoff=0.6)]
    hint = f"Did you mean {_either(near)}?" if near else f"Leave it out to hear of every {noun}."
    raise RefusedError(f"I do not know a {noun} called “{name.strip()}”. {hint}")


def _either(names: Sequence[str]) -> str:
    return " or ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} or {names[-1]}"
