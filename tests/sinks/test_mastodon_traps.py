"""Real Mastodon.py against a server that misbehaves: every refusal is clean, and says what to do."""

import gc
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.errors import ConfigError, SinkScope
from bot.sinks.mastodon import open_mastodon
from tests.builders import a_message
from tests.fakes import FakeClock
from tests.limits import check_status
from tests.sinks.hostile_mastodon import TOKEN, HostileMastodon, hostile_mastodon
from tests.sinks.mastodon_rig import LONG, a_shipment, a_sink, failure


@pytest.fixture
def server() -> Iterator[HostileMastodon]:
    with hostile_mastodon() as host:
        yield host
        for text in host.texts():
            check_status(text, max_chars=5000)


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

    assert sink.connection._client.api_base_url == "https://s.example"
