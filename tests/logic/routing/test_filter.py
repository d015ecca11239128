"""Words to include and exclude, as people write them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logic.routing.filter import folded, holds, is_wanted, subject_of
from bot.logic.routing.forecast import forecast
from bot.model import EditionState, StoryView, Subscription, Topic, Urgency
from tests.builders import NOON, a_destination, a_judged_entry, a_message, a_story, an_edition


def wants(text: str, include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> bool:
    wish = a_wish(include=frozenset(include), exclude=frozenset(exclude))
    return is_wanted(wish, subject_of(a_view(text), 1))


def a_wish(**changes: object) -> Subscription:
    values: dict[str, object] = {
        "id": 1,
        "destination": a_destination(),
        "platforms": frozenset(),
        "topics": frozenset(),
        "urgency": Urgency.NOW,
        "role": None,
        "asked_by": "42",
        "created_at": NOON,
    }
    return Subscription(**(values | changes))  # type: ignore[arg-type]


def a_view(title: str, summary: str = "", **changes: object) -> StoryView:
    story = a_story(title=title, **changes)
    return StoryView(story, (a_judged_entry(title, summary=summary),), (an_edition(story.id),))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("opt out", "How to opt-out of training"),
        ("OPT-OUT", "how to opt out"),
        ("beyonce", "Beyoncé speaks"),
        ("Beyoncé", "BEYONCE SPEAKS"),
        ("straße", "Die STRASSE der Musik"),
        ("łódź", "Łódź festival"),
        ("声明", "会社が声明を出した"),
        ("ガーデン", "音楽ガーデン"),
        ("й", "й"),
    ],
)
def test_a_phrase_is_found_whatever_its_case_accents_and_signs(phrase: str, text: str) -> None:
    assert holds(folded(text), phrase)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("art", "The artist started"),
        ("opt out", "adopt outrage"),
        ("か", "が"),
        ("!!", "wow !!"),
        ("", "anything"),
        ("training data", "training of data"),
    ],
)
def test_parts_of_words_and_signs_alone_are_not_found(phrase: str, text: str) -> None:
    assert not holds(folded(text), phrase)


def test_one_included_word_is_enough_and_one_excluded_word_ends_it() -> None:
    assert wants("Label sues over training", include=("royalties", "sues"))
    assert not wants("Label sues over training", include=("royalties",))
    assert not wants("Label sues over training", include=("sues",), exclude=("label",))


def test_words_of_entries_and_of_the_message_count_and_none_reaches_over_two_texts() -> None:
    view = a_view("A headline", summary="The teaser tells of royalties")
    message = a_message(what="It names a deadline.", quote="hereby granted")

    assert is_wanted(a_wish(include=frozenset({"royalties"})), subject_of(view, 1))
    assert not is_wanted(a_wish(include=frozenset({"deadline"})), subject_of(view, 1))
    assert is_wanted(a_wish(include=frozenset({"deadline"})), subject_of(view, 1, message))
    assert not is_wanted(a_wish(include=frozenset({"headline a headline"})), subject_of(view, 1))


@given(st.text(), st.text(min_size=1))
def test_any_text_can_be_filtered(text: str, phrase: str) -> None:
    assert holds(folded(text), phrase) in (True, False)
    assert not wants(text, exclude=(text,)) or not folded(text).strip()


# ---------------------------------------------------------------- what would have come


def test_a_forecast_counts_each_edition_once_newest_first() -> None:
    day = timedelta(days=1)
    old = StoryView(
        a_story("sold", title="Old"), (a_judged_entry("Old"),), (an_edition("sold", made_at=NOON - 9 * day),)
    )
    story = a_story("snew", title="New")
    new = StoryView(
        story,
        (a_judged_entry("New"),),
        (
            an_edition("snew", made_at=NOON - 2 * day, state=EditionState.PUBLISHED),
            an_edition("snew", 2, made_at=NOON - day),
            an_edition("snew", 3, made_at=NOON - day, state=EditionState.SILENT),
        ),
    )
    both = (a_wish(), a_wish(id=2, urgency=Urgency.DAILY))

    found = forecast(both, [old, new], NOON - 14 * day, NOON)

    assert [(each.view.story.id, each.edition.n) for each in found.editions] == [
        ("snew", 2),
        ("snew", 1),
        ("sold", 1),
    ]
    assert found.a_week == 1.5
    assert all(each.at_once for each in found.editions)
    assert forecast(both, [old, new], NOON - 3 * day, NOON - day).a_week == 3.5
    assert forecast((a_wish(topics=frozenset({Topic.LAWSUIT})),), [new], NOON - day * 9, NOON).editions == ()


def test_a_forecast_over_no_time_is_refused() -> None:
    with pytest.raises(ValueError, match="some time"):
        forecast((), (), NOON, NOON)
