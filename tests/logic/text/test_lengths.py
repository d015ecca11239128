"""Counts are never less than the platforms', and shortening never hurts a word, a link or a letter."""

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.logic.text.lengths import clusters, discord_length, mastodon_length, shorten
from tests.limits import status_length

FAMILY, THUMB, FLAG = "👨\u200d👩\u200d👧", "👍🏽", "🇩🇪"
WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)
MIXED = st.lists(
    st.sampled_from(
        [FAMILY, THUMB, FLAG, "e\u0301", "a", " ", "\n", "#x", "@a@b.social", "https://news.com/a_b?c=1.",
         "http://x.org", "(https://a.com/b)", "ipfs://a.b", "https://", "日本", "\u200b", "\u200d", "\u0301"]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("plain", 5),
        (FAMILY, 1),
        (THUMB, 1),
        (FLAG * 2, 2),
        ("e\u0301", 1),
        ("❤\ufe0f\u200d🔥", 1),
        ("a\u200d👧", 2),
        ("👩\u200d\u200d👧", 2),
        ("\u0301\u0301", 1),
        ("\u200d👧", 2),
        ("\u0301\u200d👧", 2),
        ("https://a.com/" + "x" * 300, 23),
        ("https://a.io", 23),
        ("see https://a.com/b, then", 4 + 23 + 6),
        ("example.com/without/scheme", 26),
        ("https://gazette.example#d", 23 + 2),
    ],
)
def test_mastodon_counts_what_a_person_sees_and_23_for_a_link(text: str, length: int) -> None:
    assert mastodon_length(text) == length


@settings(deadline=None)
@given(MIXED)
@example("http://x.orghttps://a.com")
@example("xhttps://a.com")
def test_mastodon_never_counts_more_than_we_do(text: str) -> None:
    # Our count takes every name in letters for a top-level domain; the test's links have real ones.
    assert mastodon_length(text) >= status_length(text)


@settings(deadline=None)
@given(WORDS)
def test_clusters_are_the_text_again_and_never_fewer_than_unicode_says(text: str) -> None:
    pieces = list(clusters(text))

    assert "".join(pieces) == text
    assert len(pieces) >= len(regex.findall(r"\X", text))


def test_a_server_may_count_links_otherwise() -> None:
    assert mastodon_length("https://a.com/b", url_chars=40) == 40


@settings(deadline=None)
@given(WORDS)
def test_discord_counts_neither_more_units_nor_more_code_points_than_we_do(text: str) -> None:
    assert discord_length(text) == len(text.encode("utf-16-le")) // 2
    assert discord_length(text) >= len(text)


@settings(deadline=None)
@given(MIXED | WORDS, st.integers(0, 120), st.sampled_from([len, discord_length, mastodon_length]))
def test_a_shortened_text_fits_and_is_a_beginning(text: str, limit: int, count: type[len]) -> None:
    short = shorten(text, limit, count)

    assert count(short) <= limit
    assert short == text or (text.startswith(short.removesuffix("…")) and short.endswith("…")) or not short


@settings(deadline=None)
@given(st.lists(st.text("abcde", min_size=1, max_size=9), min_size=1, max_size=30), st.integers(20, 100))
def test_a_text_of_words_is_cut_at_a_word(words: list[str], limit: int) -> None:
    short = shorten(" ".join(words), limit)

    assert all(word in words for word in short.removesuffix("…").split())


def test_a_text_that_fits_stays_as_it_is() -> None:
    assert shorten("exactly ten", 11) == "exactly ten"


def test_no_loose_punctuation_stands_before_the_ellipsis() -> None:
    assert shorten("One thing, and then another", 12) == "One thing…"


def test_a_link_is_kept_whole_or_left_out() -> None:
    assert shorten("see https://gazette.example/a-long-address", 20) == "see…"


def test_a_cut_that_would_cost_more_than_the_whole_goes_further_back() -> None:
    # The ellipsis ends the link for Mastodon, so that one more character is counted beside its 23.
    text = "a b c https://gazette.example/ddddd eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee"

    assert shorten(text, 29, mastodon_length) == "a b c…"
    assert shorten(text, 30, mastodon_length) == "a b c https://gazette.example/ddddd…"


def test_a_language_without_spaces_is_cut_between_characters() -> None:
    assert shorten("音楽" * 20, 10) == "音楽音楽音楽音楽音…"


def test_an_emoji_of_several_code_points_is_never_cut_in_two() -> None:
    assert shorten(FAMILY * 5, 12) == FAMILY * 2 + "…"


def test_nothing_is_left_where_not_even_an_ellipsis_fits() -> None:
    assert shorten("words", 0) == ""
