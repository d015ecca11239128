"""After a broken answer: what was stored is found, what was not is posted, and our posts are told apart."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import SinkError
from bot.model import MessageKind, Receipt, Shipment, Turn
from bot.sinks.daemon import in_daemon
from bot.sinks.mastodon import MastodonSink
from tests.builders import a_message
from tests.limits import check_status
from tests.sinks.hostile_mastodon import HostileMastodon, hostile_mastodon
from tests.sinks.mastodon_rig import a_shipment, a_sink, failure


@pytest.fixture
def server() -> Iterator[HostileMastodon]:
    with hostile_mastodon() as host:
        yield host
        for text in host.texts():
            check_status(text, max_chars=5000)


# ---------------------------------------------------------------- perhaps posted: unclear, and found again


@pytest.mark.parametrize(
    "mood",
    [
        "html-stored",
        "bad-reset-stored",
        "truncated-stored",
        "empty-stored",
        "gateway-timeout-stored",
        "reset-stored",
    ],
)
async def test_what_was_stored_under_a_broken_answer_is_found_and_not_posted_again(
    server: HostileMastodon, mood: str
) -> None:
    server.moods, server.honours_keys = [mood], False
    sink, shipment = a_sink(server), a_shipment(attempted_at=datetime.now(UTC))

    error = await failure(sink, shipment)
    found = await sink.find(shipment)

    assert error.unclear
    assert not error.permanent
    assert found == Receipt("1000", f"{server.url}/@bot/1000")
    assert len(server.posted) == 1
    assert len(server.paths("POST")) == 1


async def test_a_server_that_hangs_after_storing_leaves_it_unclear(server: HostileMastodon) -> None:
    server.moods = ["hang-stored"]
    sink, shipment = a_sink(server, timeout_seconds=0.3), a_shipment(attempted_at=datetime.now(UTC))

    error = await failure(sink, shipment)

    assert error.unclear
    assert await a_sink(server).find(shipment) is not None
    assert len(server.posted) == 1


@pytest.mark.parametrize("mood", ["html", "json-but-no-status", "server-error"])
async def test_what_was_not_stored_is_certainly_not_found_and_can_be_posted(
    server: HostileMastodon, mood: str
) -> None:
    server.moods = [mood]
    sink, shipment = a_sink(server), a_shipment(attempted_at=datetime.now(UTC))

    error = await failure(sink, shipment)

    assert error.unclear
    assert await sink.find(shipment) is None
    assert (await sink.send(shipment)).remote_id == "1000"
    assert len(server.posted) == 1


@pytest.mark.parametrize("listing", ["503", "401", "403", "429", "garbage"])
async def test_an_account_that_cannot_be_read_stays_unclear(server: HostileMastodon, listing: str) -> None:
    server.listing = listing

    with pytest.raises(SinkError) as caught:
        await a_sink(server).find(a_shipment(attempted_at=datetime.now(UTC)))

    assert caught.value.unclear


async def test_what_was_cancelled_before_it_was_sent_is_never_sent_later(server: HostileMastodon) -> None:
    server.moods = ["hang-stored"]
    sink = a_sink(server)
    first = asyncio.create_task(sink.send(a_shipment()))
    await asyncio.to_thread(server.stored.wait, 60)

    waiting = asyncio.create_task(sink.send(a_shipment(a_message("Another"), "key-2")))
    await asyncio.sleep(0)  # Its thread is begun, and waits for the first.
    waiting.cancel()
    await asyncio.wait([waiting])
    server.hang.set()
    await asyncio.wait([first])
    # Waits its turn behind the cancelled call, so that this has had its chance.
    await sink.find(a_shipment(attempted_at=datetime.now(UTC)))

    assert waiting.cancelled()
    assert len(server.posted) == 1


async def test_a_server_that_does_not_answer_cannot_hold_up_the_end_of_the_process(
    server: HostileMastodon,
) -> None:
    server.moods = ["hang-stored"]
    sink, before = a_sink(server), set(threading.enumerate())
    sending = asyncio.create_task(sink.send(a_shipment()))
    await in_daemon(server.stored.wait, 60)
    begun = set(threading.enumerate()) - before

    sending.cancel()
    await asyncio.wait([sending])

    # Python waits at its end for every thread that is not a daemon.
    assert begun
    assert all(thread.daemon for thread in begun)
    server.hang.set()


async def test_an_account_with_endless_new_posts_cannot_be_searched_to_its_end(
    server: HostileMastodon,
) -> None:
    for n in range(401):
        server.store(f"Another post {n}")

    with pytest.raises(SinkError) as caught:
        await a_sink(server).find(a_shipment(attempted_at=datetime.now(UTC)))

    assert caught.value.unclear


async def test_an_answer_without_an_end_is_given_up(server: HostileMastodon) -> None:
    server.moods = ["endless-stored"]
    sink = a_sink(server)

    error = await failure(sink, a_shipment())

    assert error.unclear
    assert await sink.find(a_shipment(attempted_at=datetime.now(UTC))) is not None


MISHAPS = (
    "html", "html-stored", "bad-reset-stored", "truncated-stored", "empty-stored", "json-but-no-status",
    "gateway-timeout-stored", "server-error", "reset-stored", "too-many", "fine",
)  # fmt: skip


@given(st.lists(st.sampled_from(MISHAPS), max_size=12), st.booleans())
@settings(max_examples=25, deadline=None)
async def test_whatever_goes_wrong_three_messages_are_there_once_each_in_order(
    moods: list[str], honours_keys: bool
) -> None:
    first = a_message()
    update = a_message(
        "It speaks", n=2, kind=MessageKind.UPDATE, turn=Turn.DENIAL, what="It denies all of it."
    )
    letter = a_message(
        "It speaks", n=3, kind=MessageKind.UPDATE, turn=Turn.REVERSAL, what="The clause will go."
    )
    with hostile_mastodon() as server:
        server.moods, server.honours_keys = list(moods), honours_keys
        for message in (first, update, letter):
            await until_posted(
                a_sink(server), a_shipment(message, f"key-{message.n}", attempted_at=datetime.now(UTC))
            )

        assert len(server.posted) == 3
        assert [("It denies" in text, "will go" in text) for text in server.texts()] == [
            (False, False),
            (True, False),
            (False, True),
        ]


async def until_posted(sink: MastodonSink, shipment: Shipment) -> Receipt:
    """What the outbox does: after an unclear failure look, and post again only what is certainly not there."""
    while True:
        try:
            return await sink.send(shipment)
        except SinkError as error:
            if error.permanent:
                raise
            found = await sink.find(shipment) if error.unclear else None
            if found is not None:
                return found


# ---------------------------------------------------------------- telling our posts apart


async def test_an_update_with_the_same_link_is_not_taken_for_the_first_post(server: HostileMastodon) -> None:
    sink = a_sink(server)
    first = await sink.send(a_shipment())
    update = a_message(
        "Platform says it never trained", n=2, mark="m-2", kind=MessageKind.UPDATE, turn=Turn.DENIAL
    )
    shipment = a_shipment(update, "key-2", first.remote_id, datetime.now(UTC))

    assert await sink.find(shipment) is None
    second = await sink.send(shipment)
    assert await sink.find(shipment) == second
    assert server.posted[1].reply_to == first.remote_id


async def test_two_updates_with_one_headline_and_link_are_told_apart_by_their_words(
    server: HostileMastodon,
) -> None:
    sink = a_sink(server)
    turn = {"kind": MessageKind.UPDATE, "turn": Turn.CLARIFICATION}
    older = a_message(
        "It speaks", n=2, what="On Monday it said that nothing was trained on uploads.", quote="", **turn
    )
    newer = a_message(
        "It speaks", n=3, what="By Friday the clause will go, says the letter.", quote="", **turn
    )
    posted = await sink.send(a_shipment(older, "key-2"))

    assert await sink.find(a_shipment(newer, "key-3", "1", datetime.now(UTC))) is None
    assert await sink.find(a_shipment(older, "key-2", "1", datetime.now(UTC))) == posted


async def test_the_same_words_about_another_link_are_another_post(server: HostileMastodon) -> None:
    sink = a_sink(server)
    await sink.send(a_shipment())

    other = a_message(url="https://gazette.example/another")

    assert await sink.find(a_shipment(other, "key-2", None, datetime.now(UTC))) is None


async def test_a_post_on_a_later_page_is_found(server: HostileMastodon) -> None:
    server.clock = datetime.now(UTC)
    sink = a_sink(server)
    posted = await sink.send(a_shipment())
    for n in range(90):
        server.store(f"Another post {n}")

    assert await sink.find(a_shipment(attempted_at=datetime.now(UTC))) == posted


async def test_the_search_ends_where_the_posts_are_older_than_the_attempt(server: HostileMastodon) -> None:
    server.clock = datetime.now(UTC) - timedelta(days=2)
    for n in range(100):
        server.store(f"An old post {n}")

    assert await a_sink(server).find(a_shipment(attempted_at=datetime.now(UTC))) is None
    assert sum("/statuses" in path for path in server.paths("GET")) == 1


async def test_a_message_full_of_signs_is_recognised_in_the_servers_html(server: HostileMastodon) -> None:
    message = a_message(
        'R&B label <sues> "Udio" @everyone #now — “c’est la vie” https://spam.example/x 👨\u200d👩\u200d👧',
        url="https://www.gazette.example/a_(b)/ä?x=1&y=2#part",
        what="5 < 6 & 7 > 2. *Stars* and _lines_.",
        tags=("MusicAI", "CDBaby"),
    )
    sink = a_sink(server)
    posted = await sink.send(a_shipment(message))

    assert await sink.find(a_shipment(message, attempted_at=datetime.now(UTC))) == posted


async def test_a_post_that_was_corrected_after_its_answer_was_lost_is_found_by_its_former_words(
    server: HostileMastodon,
) -> None:
    server.moods, server.honours_keys = ["reset-stored"], False
    former = a_message(
        "The platform sells every song to anybody who asks", what="It was told at length. " * 9
    )
    sink = a_sink(server)
    await failure(sink, a_shipment(former))

    newer = replace(former, headline="No song is sold", what="Nothing happened.", revision=2)
    corrected = a_shipment(newer, attempted_at=datetime.now(UTC))

    assert await sink.find(corrected) is None
    assert await sink.find(replace(corrected, former=(former,))) == Receipt("1000", f"{server.url}/@bot/1000")
    await sink.close()
