"""Who wants what, and where."""

import pytest

from bot.errors import RefusedError
from bot.flows.news.explain import explain
from bot.flows.people.subscribe import ensure_standing, latest, list_subscriptions, subscribe, unsubscribe
from bot.model import SinkKind, Topic
from bot.store import SqlStore
from tests.builders import a_new_subscription
from tests.fakes import FakeClock
from tests.flows.outbox import make_ready

KNOWN = ("SoundCloud", "Suno", "Spotify", "CD Baby")


async def test_a_platform_is_found_by_another_spelling(store: SqlStore, clock: FakeClock) -> None:
    wish = a_new_subscription(platforms=frozenset({"soundcloud", " cd baby "}))

    made = await subscribe(store, clock, wish, KNOWN)

    assert made.platforms == {"SoundCloud", "CD Baby"}


async def test_an_unknown_platform_is_refused_with_the_nearest_names(
    store: SqlStore, clock: FakeClock
) -> None:
    wish = a_new_subscription(platforms=frozenset({"Soundclod"}))

    with pytest.raises(RefusedError, match=r"called “Soundclod”\. Did you mean SoundCloud"):
        await subscribe(store, clock, wish, KNOWN)
    with pytest.raises(RefusedError, match="Leave it out to hear of every platform"):
        await subscribe(store, clock, a_new_subscription(platforms=frozenset({"xyzzy"})), KNOWN)
    assert await list_subscriptions(store) == []


async def test_the_same_wish_twice_is_one_subscription(store: SqlStore, clock: FakeClock) -> None:
    first = await subscribe(store, clock, a_new_subscription(), KNOWN)
    again = await subscribe(store, clock, a_new_subscription(), KNOWN)

    assert first.id == again.id


async def test_a_server_removes_its_own_subscriptions_only(store: SqlStore, clock: FakeClock) -> None:
    made = await subscribe(store, clock, a_new_subscription(server="500", asked_by="42"), KNOWN)

    for elsewhere in ({"server": "501"}, {"asked_by": "43"}):
        with pytest.raises(RefusedError, match=f"no subscription {made.id} here"):
            await unsubscribe(store, made.id, **elsewhere)
    removed = await unsubscribe(store, made.id, server="500", asked_by="42")

    assert removed == made
    with pytest.raises(RefusedError):
        await unsubscribe(store, made.id)


async def test_subscriptions_are_listed_by_server_and_by_channel(store: SqlStore, clock: FakeClock) -> None:
    for address, server in (("1", "500"), ("2", "500"), ("3", "501")):
        await subscribe(store, clock, a_new_subscription(address, server=server), KNOWN)

    assert len(await list_subscriptions(store)) == 3
    assert [s.destination.address for s in await list_subscriptions(store, server="500")] == ["1", "2"]
    assert [s.destination.address for s in await list_subscriptions(store, address="3")] == ["3"]


async def test_an_account_that_was_set_up_wants_everything_until_somebody_says_otherwise(
    store: SqlStore, clock: FakeClock
) -> None:
    account = (SinkKind.MASTODON, "smallprint", "@smallprint@example.social")
    made = await ensure_standing(store, clock, *account)
    assert made is not None
    assert (made.platforms, made.topics, made.asked_by) == (frozenset(), frozenset(), "operator")

    assert await ensure_standing(store, clock, *account) is None
    other = a_new_subscription("terminal", sink=SinkKind.CONSOLE, topics=frozenset({Topic.LAWSUIT}))
    await subscribe(store, clock, other, KNOWN)
    assert await ensure_standing(store, clock, SinkKind.CONSOLE, "terminal", "terminal") is None


@pytest.mark.parametrize(
    "account",
    [(SinkKind.MASTODON, "social.example", "social.example"), (SinkKind.CONSOLE, "terminal", "terminal")],
)
async def test_a_standing_subscription_that_was_removed_by_hand_stays_away_until_somebody_subscribes(
    store: SqlStore, clock: FakeClock, account: tuple[SinkKind, str, str]
) -> None:
    made = await ensure_standing(store, clock, *account)
    assert made is not None
    await unsubscribe(store, made.id)
    assert await ensure_standing(store, clock, *account) is None
    assert await list_subscriptions(store) == []

    narrow = a_new_subscription(account[1], sink=account[0], topics=frozenset({Topic.LAWSUIT}))
    again = await subscribe(store, clock, narrow, KNOWN)
    # Not by hand: the terminal's own wish ends in this way when an account is set up.
    await store.remove_subscription(again.id)

    assert await ensure_standing(store, clock, *account) is not None


async def test_a_wish_that_took_the_standing_ones_place_leaves_nothing_behind_when_it_ends(
    store: SqlStore, clock: FakeClock
) -> None:
    account = (SinkKind.MASTODON, "social.example", "social.example")
    standing = await ensure_standing(store, clock, *account)
    assert standing is not None
    narrow = a_new_subscription("social.example", sink=SinkKind.MASTODON, topics=frozenset({Topic.LAWSUIT}))
    made = await subscribe(store, clock, narrow, KNOWN)

    await unsubscribe(store, standing.id)
    assert [s.id for s in await list_subscriptions(store)] == [made.id]
    await unsubscribe(store, made.id)

    assert await ensure_standing(store, clock, *account) is None


async def test_the_latest_stories_are_there_for_a_channel_that_came_too_late(store: SqlStore) -> None:
    await make_ready(store, "one story")

    assert len(await latest(store, limit=5)) == 1
    assert await latest(store, limit=5, topic=Topic.LAWSUIT) == []


async def test_an_address_that_nobody_showed_is_an_answer_too(store: SqlStore) -> None:
    with pytest.raises(RefusedError, match=r"No source has shown https://nowhere\.example/"):
        await explain(store, "https://nowhere.example/")
