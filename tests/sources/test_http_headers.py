"""What headers say about the next request."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import FailureKind, FetchError
from bot.sources.http_headers import check_status, fresh_for, retry_after, validators_in

NOW = datetime(2025, 5, 9, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"Cache-Control": "public, max-age=900"}, timedelta(minutes=15)),
        ({"Cache-Control": 'MAX-AGE="900"'}, timedelta(minutes=15)),
        ({"Cache-Control": "max-age=900", "Age": "300"}, timedelta(minutes=10)),
        ({"Cache-Control": "max-age=900", "Age": "3000"}, None),
        ({"Cache-Control": "max-age=0"}, None),
        ({"Cache-Control": "no-cache, max-age=900"}, None),
        ({"Cache-Control": "max-age=99999999999999999999"}, timedelta(days=7)),
        ({"Cache-Control": "max-age=-5"}, None),
        ({"Cache-Control": "s-maxage=60"}, None),
        ({"Expires": "Fri, 09 May 2025 13:00:00 GMT"}, timedelta(hours=1)),
        ({"Expires": "Fri, 09 May 2025 13:00:00 GMT", "Date": "Fri, 09 May 2025 12:30:00 GMT"}, timedelta(minutes=30)),
        ({"Expires": "0"}, None),
        ({"Expires": "-1"}, None),
        ({"Expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, None),
        ({"Cache-Control": "max-age=60", "Expires": "Fri, 09 May 2025 13:00:00 GMT"}, timedelta(minutes=1)),
    ],
)  # fmt: skip
def test_freshness_is_read_or_left_unsaid(headers: dict[str, str], expected: timedelta | None) -> None:
    assert fresh_for(headers, NOW) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("60", timedelta(minutes=1)),
        ("0", None),
        ("-1", None),
        ("soon", None),
        ("", None),
        ("١٢", None),
        ("9" * 400, timedelta(days=7)),
        ("Fri, 09 May 2025 12:02:00 GMT", timedelta(minutes=2)),
        ("Fri, 09 May 2025 12:02:00", timedelta(minutes=2)),
        ("Fri, 09 May 2020 12:02:00 GMT", None),
        ("Fri, 99 Foo 2025 12:02:00 GMT", None),
    ],
)
def test_retry_after_is_bounded_and_nonsense_is_ignored(value: str, expected: timedelta | None) -> None:
    assert retry_after({"Retry-After": value}, NOW) == expected


def test_a_bot_wall_that_answers_202_is_named() -> None:
    with pytest.raises(FetchError) as caught:
        check_status(
            "herald.example", 202, {"x-amzn-waf-action": "challenge"}, datetime.now(UTC), conditional=False
        )
    assert (caught.value.wall, caught.value.kind) == ("AWS", FailureKind.REFUSED)


@pytest.mark.parametrize(
    ("modified", "is_kept"),
    [
        ("Thu, 01 Jan 1970 00:00:00 GMT", False),
        ("Tue, 01 Jan 1980 00:00:00 GMT", False),
        ("Tue, 01 Jan 2041 00:00:00 GMT", False),
        ("Fri, 09 May 2025 08:00:00 GMT", True),
        ("version 7", True),
    ],
)
def test_a_last_modified_that_cannot_be_true_is_not_sent_back(modified: str, is_kept: bool) -> None:
    kept = validators_in({"Last-Modified": modified, "Date": "Fri, 09 May 2025 12:00:00 GMT"})
    assert kept.last_modified == (modified if is_kept else None)
