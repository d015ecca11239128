"""What is written as JSON comes back as it was."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.model import Fingerprint, Message, Outlet, Placement, Reason, Turn
from bot.store.codec import decode, dump, encode, load
from bot.store.columns import UtcTime, storable
from tests.builders import NOON, a_fingerprint, a_message, an_outlet

words = st.text(max_size=60)
moments = st.datetimes(timezones=st.just(UTC))
# JSON has no word for the others; see below.
numbers = st.floats(allow_nan=False, allow_infinity=False)
why = st.lists(st.builds(Reason, code=words, text=words, weight=numbers), max_size=4).map(tuple)


def nouns(kind: type) -> st.SearchStrategy[object]:
    return st.builds(
        kind,
        **{
            name: strategy
            for name, strategy in {
                "headline": words,
                "what": words,
                "quote": words,
                "act": words,
                "text": words,
                "code": words,
                "score": numbers,
                "weight": numbers,
                "happened_at": moments,
                "reasons": why,
                "words": st.dictionaries(words, numbers, max_size=8),
            }.items()
            if name in kind.__dataclass_fields__
        },
    )


@given(nouns(Message))
def test_a_message_comes_back_as_it_was(message: Message) -> None:
    assert load(Message, dump(message)) == message


@given(nouns(Fingerprint))
def test_a_fingerprint_comes_back_as_it_was(fingerprint: Fingerprint) -> None:
    assert load(Fingerprint, dump(fingerprint)) == fingerprint


@given(nouns(Reason))
def test_a_reason_comes_back_as_it_was(reason: Reason) -> None:
    assert load(Reason, dump(reason)) == reason


@given(nouns(Placement))
def test_a_placement_comes_back_as_it_was(placement: Placement) -> None:
    assert load(Placement, dump(placement)) == placement


@given(nouns(Outlet))
def test_an_outlet_comes_back_as_it_was(outlet: Outlet) -> None:
    assert load(Outlet, dump(outlet)) == outlet


def test_equal_nouns_are_equal_text() -> None:
    assert dump(an_outlet(needs=frozenset("ab"))) == dump(an_outlet(needs=frozenset("ba")))


def test_a_field_that_only_a_newer_version_knows_is_passed_over() -> None:
    newer = json.dumps(encode(a_message()) | {"mood": "stern"})

    assert load(Message, newer) == a_message()


def test_a_field_that_an_older_version_did_not_write_takes_its_default() -> None:
    older = encode(a_fingerprint(turn=Turn.DENIAL, lang="de"))
    del older["turn"], older["lang"]

    assert decode(Fingerprint, older) == a_fingerprint()


@pytest.mark.parametrize("change", [{"topic": "gardening"}, {"happened_at": "yesterday"}, {"sources": 3}])
def test_what_is_not_readable_says_so_instead_of_guessing(change: dict[str, object]) -> None:
    with pytest.raises(StoreError, match="cannot read"):
        decode(Message, encode(a_message()) | change)


def test_a_missing_field_without_a_default_says_so() -> None:
    with pytest.raises(StoreError, match="cannot read"):
        load(Reason, '{"code": "x"}')


def test_times_are_kept_in_utc_whatever_zone_they_came_in() -> None:
    there = NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))

    assert load(Message, dump(a_message(happened_at=there))).happened_at.tzinfo is UTC


def test_a_time_without_a_zone_is_refused() -> None:
    naive = datetime(2025, 5, 9, 12)  # noqa: DTZ001 - the fault that is tested

    with pytest.raises(ValueError, match="zone"):
        dump(a_message(happened_at=naive))
    with pytest.raises(ValueError, match="zone"):
        UtcTime().process_bind_param(naive, None)  # type: ignore[arg-type]


def test_numbers_that_json_has_no_word_for_are_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        dump(replace(a_fingerprint(), words={"clause": float("nan")}))


@pytest.mark.parametrize(
    ("hostile", "kept"),
    [
        ("a\x00b", "ab"),
        ("half \ud83d pair", "half \ufffd pair"),
        ("whole 🎵 note", "whole 🎵 note"),
        ("\ud83c\udfb5", "🎵"),
    ],
    ids=["nul", "surrogate", "emoji", "two-halves"],
)
def test_what_databases_refuse_is_made_storable(hostile: str, kept: str) -> None:
    assert storable(hostile) == kept
