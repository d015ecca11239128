"""What a server's words and headers mean, without a server."""

from datetime import timedelta

import pytest

from bot.sinks.mastodon.answers import refusal, retry_after
from bot.sinks.mastodon.wire import WireAnswer
from tests.builders import NOON

DATE = "Fri, 09 May 2025 11:00:00 GMT"  # an hour behind our clock


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"X-RateLimit-Reset": "2025-05-09T14:00:00.000000Z"}, timedelta(hours=2)),
        ({"x-ratelimit-reset": "2025-05-09T14:00:00", "date": DATE}, timedelta(hours=3)),
        ({"X-RateLimit-Reset": str(int(NOON.timestamp()) + 60)}, timedelta(minutes=1)),
        ({"Retry-After": "90", "X-RateLimit-Reset": "2025-05-09T14:00:00Z"}, timedelta(seconds=90)),
        ({"X-RateLimit-Reset": "2025-05-09T10:00:00Z"}, timedelta(seconds=1)),
        ({"X-RateLimit-Reset": "2031-01-01T00:00:00Z"}, timedelta(days=1)),
        ({"X-RateLimit-Reset": "soon", "Date": "then"}, None),
        ({"X-RateLimit-Reset": "9" * 30}, None),
        ({"X-RateLimit-Reset": "2025-99-99"}, None),
        ({"Retry-After": "Fri, 09 May 2025 12:00:30 GMT"}, None),
        ({}, None),
    ],
)
def test_a_wait_is_read_from_whatever_header_tells_it(
    headers: dict[str, str], wait: timedelta | None
) -> None:
    assert retry_after(WireAnswer(429, headers), NOON) == wait


@pytest.mark.parametrize("status", [200, 202, 204, 408, 409, 418, 500, 502, 503, 504, 520])
def test_an_answer_that_proves_nothing_is_unclear(status: int) -> None:
    assert refusal(WireAnswer(status), NOON).unclear


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 403, 404, 405, 410, 413, 422, 429, 451])
def test_a_refusal_is_clean_and_says_what_happened(status: int) -> None:
    error = refusal(WireAnswer(status, {}, "<html>no</html>"), NOON)

    assert not error.unclear
    assert error.reason.endswith(".")


def test_the_servers_words_are_quoted_short_and_without_secrets() -> None:
    secret = "abcDEF123" * 4
    body = f'{{"error": "Nein: {secret} \\u202e {"sehr lang " * 50}"}}'

    reason = refusal(WireAnswer(422, {}, body), NOON).reason

    assert reason.startswith("The Mastodon server refuses this post (422): “Nein: … sehr lang")
    assert secret not in reason
    assert len(reason) < 250


@pytest.mark.parametrize("body", ["", "[]", '{"error": 5}', '{"error": ""}', "<html>"])
def test_a_refusal_without_words_stands_alone(body: str) -> None:
    assert refusal(WireAnswer(422, {}, body), NOON).reason == "The Mastodon server refuses this post (422)."
