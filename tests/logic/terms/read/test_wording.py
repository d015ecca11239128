"""key, likeness, word_diff, say: sentences compared, and shown to people."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.logic.terms.read.wording import key, likeness, say, word_diff
from bot.model import Direction, StanceKind


def test_markup_addresses_numbers_dates_and_apostrophes_do_not_make_a_new_sentence() -> None:
    one = "**We don’t train AI** on [your music](https://a.example/1), as of 7 February 2024."
    other = "We don't train AI on your music, as of 11 May 2025."

    assert key(one) == key(other)


def test_a_negation_makes_another_sentence() -> None:
    assert key("We will train AI.") != key("We will not train AI.")


def test_likeness_is_one_for_the_same_words_and_nothing_for_none() -> None:
    words = Counter(["we", "train", "no", "ai"])

    assert likeness(words, words) == 1
    assert likeness(words, Counter(["other", "things"])) == 0
    assert likeness(Counter(), Counter()) == 0


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_word_diff_joined_gives_back_both_wordings(old: str, new: str) -> None:
    parts = word_diff(old, new)

    assert "".join(text for tag, text in parts if tag != "gone") == new
    assert "".join(text for tag, text in parts if tag != "new") == old


def test_a_word_diff_shows_what_came_and_went() -> None:
    assert word_diff("we may train AI", "we will never train AI") == (
        ("same", "we "),
        ("gone", "may"),
        ("new", "will never"),
        ("same", " train AI"),
    )


def test_every_stance_can_be_said_in_each_direction() -> None:
    for kind in StanceKind:
        for direction in Direction:
            assert say(kind, "unless you object", direction).endswith(".")
    assert "gone" in say(StanceKind.PROMISES_NO_TRAINING, direction=Direction.REMOVED)
