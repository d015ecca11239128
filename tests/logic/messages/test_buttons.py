"""What a button's id says, and which buttons stand under what."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logic.messages.approval import card_of
from bot.logic.messages.buttons import (
    ID_LIMIT,
    LABEL_LIMIT,
    ButtonAct,
    Press,
    button_id,
    buttons,
    read_press,
    told_story,
    undo,
)
from bot.logic.routing.reminders import reminder_id
from bot.model import Deadline, MessageKind
from bot.model.plans import StoredDeadline
from bot.words import LANGUAGES, words
from tests.builders import NOON, a_message

DEADLINE = Deadline(NOON + timedelta(days=9), "opt-out", "before the 18th", 1)
EN = words("en")


@given(
    st.sampled_from(ButtonAct),
    st.from_regex(re.compile(r"[A-Za-z0-9_-]{1,48}", re.ASCII), fullmatch=True),
    st.integers(0, 999_999),
    st.none() | st.datetimes(min_value=NOON.replace(tzinfo=None)),
)
def test_an_id_is_read_back_as_it_was_written(act: ButtonAct, story_id: str, n: int, at: object) -> None:
    moment = at.replace(microsecond=0, tzinfo=NOON.tzinfo) if at is not None else None  # type: ignore[attr-defined]
    press = Press(act, story_id, n, moment, "consultation" if moment else "")

    text = button_id(press)

    assert read_press(text) == press
    assert len(text) <= ID_LIMIT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sp:",
        "sp:why:s:1:",
        "sp:why:a b:1",
        "sp:fly:sabc:1",
        "live:1",
        "sp:why:sabc:1:9",
        "sp:calendar:sabc:1:999999999999:other",
    ],
)
def test_an_id_that_is_not_ours_is_nothing(text: str) -> None:
    assert read_press(text) is None


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", MessageKind)
def test_every_button_has_a_short_word_in_every_language(kind: MessageKind, lang: str) -> None:
    message = a_message(kind=kind, deadline=DEADLINE, page_url="https://bot.example/stories/sabcdefghij")
    for message_ in (message, card_of(message, "500")):
        rows = buttons(message_, words(lang))
        assert all(1 <= len(row) <= 5 for row in rows)
        assert all(1 <= len(each.label) <= LABEL_LIMIT for row in rows for each in row)
        ids = [each.custom_id for row in rows for each in row if each.custom_id]
        assert len(ids) == len(set(ids))


def test_a_card_and_a_reminder_know_the_story_that_they_are_about() -> None:
    message = a_message(story_id="sabcdefghij", deadline=DEADLINE)
    stored = StoredDeadline("sabcdefghij", DEADLINE, message)
    reminder = replace(message, kind=MessageKind.REMINDER, story_id=reminder_id(stored, 7))

    assert told_story(card_of(message, "500")) == "sabcdefghij"
    assert told_story(reminder) == "sabcdefghij"
    assert told_story(replace(message, kind=MessageKind.DIGEST, story_id="digest-abc")) is None


def test_a_decided_card_has_no_buttons_and_a_notice_never_has() -> None:
    card = card_of(a_message(), "500")

    assert [each.label for each in buttons(card, EN)[0]] == ["Approve", "Headline", "Skip"]
    assert buttons(replace(card, decision="Approved by Ada"), EN) == ()
    assert buttons(a_message(kind=MessageKind.NOTICE), EN) == ()


def test_a_deadline_puts_the_calendar_first_and_our_page_comes_last() -> None:
    rows = buttons(a_message(deadline=DEADLINE, page_url="https://bot.example/s"), EN)

    assert rows[0][0].label == "Calendar"
    assert rows[-1][-1].url == "https://bot.example/s"


def test_a_story_without_platforms_has_no_history() -> None:
    labels = [each.label for row in buttons(a_message(platforms=()), EN) for each in row]

    assert "History" not in labels


def test_only_what_changes_something_can_be_undone() -> None:
    undone = {act: undo(Press(act, "sabcdefghij"), EN) for act in ButtonAct}

    assert {act for act, rows in undone.items() if rows} == {
        ButtonAct.IRRELEVANT,
        ButtonAct.FOLLOW,
        ButtonAct.MUTE,
    }
