"""Real Mastodon.py against a server that misbehaves: nothing is posted twice, and every refusal says what to do."""

import asyncio
import gc
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.errors import ConfigError, SinkError, SinkScope
from bot.model import Delivery, DeliveryState, EditionKind, Message, Receipt, Shipment, SinkKind, Turn
from bot.sinks.mastodon import MastodonSink, open_mastodon
from tests.builders import NOON, a_destination, a_message
from tests.fakes import FakeClock
from tests.limits import check_status
from tests.sinks.hostile_mastodon import TOKEN, HostileMastodon, hostile_mastodon

LONG = " ".join(f"Sentence number {n} tells a little more of what happened." for n in range(1, 30))


@pytest.fixture
def server() -> Iterator[HostileMastodon]:
    with hostile_mastodon() as host:
        yield host
        for text in host.texts():
            check_status(text, max_chars=5000)


def a_sink(
    server: HostileMastodon, clock: FakeClock | None = None, timeout_seconds: float = 20.0
) -> MastodonSink:
    return open_mastodon(
        server.url,
        TOKEN,
        user_agent="Smallprint/test (+https://bot.example)",
        timeout_seconds=timeout_seconds,
        now=clock.now if clock else lambda: datetime.now(UTC),
    )


def a_shipment(
    message: Message | None = None,
    key: str = "key-of-the-first",
    reply_to: str | None = None,
    attempted_at: datetime | None = None,
) -> Shipment:
    destination = a_destination(sink=SinkKind.MASTODON, address="bot", name="@bot@s.example", server=None)
    delivery = Delivery(
        id=1,
        key=key,
        destination=destination,
        message=message or a_message(),
        roles=(),
        state=DeliveryState.SENDING,
        created_at=NOON,
        due_at=NOON,
    )
    return Shipment(delivery, reply_to, attempted_at)


async def failure(sink: MastodonSink, shipment: Shipment) -> SinkError:
    with pytest.raises(SinkError) as caught:
        await sink.send(shipment)
    return caught.value


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
        "It speaks", n=2, kind=EditionKind.UPDATE, turn=Turn.DENIAL, what="It denies all of it."
    )
    letter = a_message(
        "It speaks", n=3, kind=EditionKind.UPDATE, turn=Turn.REVERSAL, what="The clause will go."
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
        "Platform says it never trained", n=2, mark="m-2", kind=EditionKind.UPDATE, turn=Turn.DENIAL
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
    turn = {"kind": EditionKind.UPDATE, "turn": Turn.CLARIFICATION}
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


# ---------------------------------------------------------------- certainly not posted


async def test_a_redirect_on_the_post_is_not_followed_and_not_taken_for_success(
    server: HostileMastodon,
) -> None:
    server.moods = ["redirect"]

    error = await failure(a_sink(server), a_shipment())

    assert (error.permanent, error.unclear, error.scope) == (True, False, SinkScope.SINK)
    assert "address" in error.fix
    assert not any("/accounts/" in path for path in server.paths("GET"))


@pytest.mark.parametrize("mood", ["bad-token", "bad-token-400"])
async def test_a_revoked_token_stops_the_sink_and_says_how_to_make_a_new_one(
    server: HostileMastodon, mood: str
) -> None:
    server.moods = [mood]

    error = await failure(a_sink(server), a_shipment())

    assert (error.permanent, error.unclear, error.scope) == (True, False, SinkScope.SINK)
    assert "write:statuses" in error.fix
    assert len(server.paths("POST")) == 1


async def test_a_limited_account_is_told_apart_from_a_refused_text(server: HostileMastodon) -> None:
    server.moods = ["forbidden", "invalid", "invalid"]
    sink = a_sink(server)

    forbidden = await failure(sink, a_shipment())
    invalid = await failure(sink, a_shipment())

    assert (forbidden.permanent, forbidden.scope) == (True, SinkScope.SINK)
    assert (invalid.permanent, invalid.scope) == (True, SinkScope.DELIVERY)
    assert "Language is invalid" in invalid.reason
    assert not forbidden.unclear
    assert not invalid.unclear


async def test_an_address_without_a_mastodon_behind_it_is_named(server: HostileMastodon) -> None:
    server.moods = ["no-api"]

    error = await failure(a_sink(server), a_shipment())

    assert (error.permanent, error.scope) == (True, SinkScope.SINK)
    assert "404" in error.reason


async def test_a_server_that_cannot_be_reached_has_posted_nothing(server: HostileMastodon) -> None:
    nowhere = open_mastodon("http://127.0.0.1:9", TOKEN, user_agent="test")

    error = await failure(nowhere, a_shipment())

    assert (error.permanent, error.unclear, error.scope) == (False, False, SinkScope.SINK)


async def test_a_text_that_is_too_long_is_tried_once_more_shorter_under_its_own_key(
    server: HostileMastodon,
) -> None:
    server.max_chars = 450
    message = a_message(what=LONG, url="https://gazette.example/" + "long-" * 20)

    receipt = await a_sink(server).send(a_shipment(message))

    assert receipt.remote_id == "1000"
    assert len(server.paths("POST")) == 2
    assert server.posted[0].key == "key-of-the-first-s"
    assert len(server.texts()[0]) <= 450


async def test_the_shorter_text_is_recognised_too(server: HostileMastodon) -> None:
    server.max_chars, server.moods = 450, ["fine", "gateway-timeout-stored"]
    sink, shipment = a_sink(server), a_shipment(a_message(what=LONG), attempted_at=datetime.now(UTC))

    error = await failure(sink, shipment)

    assert error.unclear
    assert await sink.find(shipment) is not None
    assert len(server.posted) == 1


async def test_a_text_that_stays_too_long_is_given_up_after_two_tries(server: HostileMastodon) -> None:
    server.max_chars = 10

    error = await failure(a_sink(server), a_shipment(a_message(what=LONG)))

    assert (error.permanent, error.scope) == (True, SinkScope.DELIVERY)
    assert len(server.paths("POST")) == 2


# ---------------------------------------------------------------- slowing down


@pytest.mark.parametrize("form", ["iso", "epoch"])
async def test_a_rate_limit_two_hours_away_parks_the_sink_and_not_the_process(
    server: HostileMastodon, form: str
) -> None:
    clock = FakeClock(datetime.now(UTC).replace(microsecond=0))
    reset = clock.now() + timedelta(hours=2)
    server.reset = reset.isoformat().replace("+00:00", "Z") if form == "iso" else str(int(reset.timestamp()))
    server.moods = ["too-many"]
    sink = a_sink(server, clock)

    error = await failure(sink, a_shipment())
    again = await failure(sink, a_shipment())

    assert (error.unclear, error.permanent, error.scope) == (False, False, SinkScope.SINK)
    assert error.retry_after is not None
    assert timedelta(minutes=119) < error.retry_after <= timedelta(hours=2)
    assert again.retry_after == error.retry_after
    assert len(server.paths("POST")) == 1
    assert not sink.is_ready()
    clock.move(timedelta(hours=2))
    assert sink.is_ready()
    assert (await sink.send(a_shipment())).remote_id == "1000"


@pytest.mark.parametrize("reset", ["", "soon", "99999999999999999999"])
async def test_a_rate_limit_without_a_readable_end_is_still_a_clean_refusal(
    server: HostileMastodon, reset: str
) -> None:
    server.moods, server.reset = ["too-many"], reset

    error = await failure(a_sink(server), a_shipment())

    assert (error.unclear, error.permanent, error.retry_after) == (False, False, None)


# ---------------------------------------------------------------- limits of the instance


@pytest.mark.parametrize("status", [503, 404, 500, 301])
async def test_an_instance_that_does_not_tell_its_limits_costs_two_requests_and_500_characters(
    server: HostileMastodon, status: int
) -> None:
    server.instance = status
    sink = a_sink(server)

    await sink.send(a_shipment(a_message(what=LONG)))
    await sink.send(a_shipment(a_message("Another"), "key-2"))

    assert [path for path in server.paths("GET") if "instance" in path] == [
        "/api/v2/instance",
        "/api/v1/instance",
    ]
    check_status(server.texts()[0], 500)


async def test_the_servers_own_limits_are_asked_for_once_a_day(server: HostileMastodon) -> None:
    server.limits = {"max_characters": 1200, "characters_reserved_per_url": 50}
    clock = FakeClock(datetime.now(UTC))
    sink = a_sink(server, clock)

    await sink.send(a_shipment(a_message(what=LONG)))
    await sink.send(a_shipment(a_message("Another"), "key-2"))
    asked = len(server.paths("GET"))
    clock.move(timedelta(hours=25))
    await sink.send(a_shipment(a_message("A third"), "key-3"))

    assert 1000 < len(server.texts()[0]) <= 1200
    check_status(server.texts()[0], 1200, 50)
    assert (asked, len(server.paths("GET"))) == (1, 2)


@pytest.mark.parametrize(
    "limits", [{}, {"max_characters": "many"}, {"max_characters": True}, {"max_characters": 3}, None]
)
async def test_nonsense_limits_are_not_believed(
    server: HostileMastodon, limits: dict[str, object] | None
) -> None:
    server.limits = limits  # type: ignore[assignment] # nonsense is the point

    await a_sink(server).send(a_shipment(a_message(what=LONG)))

    check_status(server.texts()[0], 500)
    assert len(server.texts()[0]) > 300


# ---------------------------------------------------------------- threads


async def test_an_update_replies_to_the_first_post(server: HostileMastodon) -> None:
    await a_sink(server).send(a_shipment(reply_to="77"))

    assert server.posted[0].reply_to == "77"


async def test_a_reply_to_a_deleted_post_stands_alone(server: HostileMastodon) -> None:
    server.moods = ["no-such-parent", "no-such-parent"]

    receipt = await a_sink(server).send(a_shipment(reply_to="77"))

    assert receipt.remote_id == "1000"
    assert server.posted[0].reply_to is None


async def test_a_server_that_drops_the_thread_is_told_of_but_the_post_counts(server: HostileMastodon) -> None:
    server.keeps_threads = False

    with capture_logs() as logs:
        receipt = await a_sink(server).send(a_shipment(reply_to="77"))

    assert receipt.remote_id == "1000"
    assert [line["event"] for line in logs] == ["mastodon_reply_not_threaded"]


# ---------------------------------------------------------------- what is sent, and what is not said


async def test_a_post_carries_key_language_visibility_and_who_we_are(server: HostileMastodon) -> None:
    sink = open_mastodon(
        server.url + "/", TOKEN, user_agent="Smallprint/1 (+https://b.example)", visibility="unlisted"
    )

    await sink.send(a_shipment(a_message(lang="de-AT")))

    post = server.posted[0]
    assert (post.key, post.form["language"], post.form["visibility"]) == (
        "key-of-the-first",
        "de",
        "unlisted",
    )
    assert "spoiler_text" not in post.form
    assert {headers["User-Agent"] for headers in server.headers} == {"Smallprint/1 (+https://b.example)"}
    assert "Authorization" not in server.headers[0]


@pytest.mark.parametrize(
    "mood",
    ["html", "truncated-stored", "reset-stored", "bad-token", "forbidden", "invalid", "too-many", "redirect"],
)
async def test_the_token_is_never_shown(server: HostileMastodon, mood: str) -> None:
    server.moods = [mood, mood]
    sink = a_sink(server)

    error = await failure(sink, a_shipment())

    shown = "".join(
        traceback.TracebackException.from_exception(error, capture_locals=True).format(chain=True)
    )
    assert TOKEN not in str(error)
    assert TOKEN not in error.fix
    assert TOKEN not in repr(sink)
    assert TOKEN not in shown
    gc.collect()


async def test_a_token_that_is_also_a_file_name_is_still_the_token(
    server: HostileMastodon, tmp_path: object
) -> None:
    file = f"{tmp_path}/token"
    with open(file, "w") as handle:  # noqa: PTH123, ASYNC230 (the path must be a plain string, as a token is)
        handle.write("not-this")
    sink = open_mastodon(server.url, file, user_agent="test")

    await sink.send(a_shipment())

    assert server.headers[-1]["Authorization"] == f"Bearer {file}"


@pytest.mark.parametrize("visibility", ["direct", "everyone", ""])
def test_a_visibility_that_cannot_be_is_refused_at_the_start(visibility: str) -> None:
    with pytest.raises(ConfigError):
        open_mastodon("https://s.example", TOKEN, user_agent="test", visibility=visibility)


def test_an_address_without_a_scheme_is_https() -> None:
    sink = open_mastodon("s.example", TOKEN, user_agent="test")

    assert sink._client.api_base_url == "https://s.example"
