"""Running text into sentences, without publishers' debris."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logic.text.sentences import paragraphs, sentences, split


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The U.S. court in Alto v. Basso ruled on Dec. 5. It was No. 2 in line.", 2),
        ("They met in the U.S. The talks failed.", 2),
        ("Is there a No. 2? No. There is not.", 3),
        ("“We never did. We never will,” said A. Tenor of Choir Inc. on Friday.", 1),
        ('"Is it so?" Tenor asked. "It is!" He left.', 3),
        ("He paused … and went on. Then ... Silence fell.", 3),
        ("“It is over.” The judge left.", 2),
        ('A stray " mark. Does not glue. The rest.', 3),
        ("About 1.5 million songs at $0.003 each. J. S. Bach got nothing.", 2),
        ("Line one\nline two", 2),
        ("", 0),
    ],
)
def test_a_full_stop_ends_a_sentence_only_where_it_does(text: str, parts: int) -> None:
    assert len(split(text)) == parts


@given(st.text(alphabet=st.sampled_from('ab. ”“"!?…N o\nU.S') | st.characters(), max_size=120))
def test_splitting_loses_nothing_but_space(text: str) -> None:
    assert "".join("".join(split(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "debris",
    [
        "The post Choir sues appeared first on Harbour Gazette.",
        "Read more...",
        "Continue reading…",
        "Sign up for our newsletter.",
        "This article has been updated.",
        "Photo by Ann Alto/Getty Images",
        "Read the full story at Harbour Gazette.",
        "Subscribe to our weekly letter.",
        "© 2025 Harbour Gazette. All rights reserved.",
        "* * *",
    ],
)
def test_what_the_publisher_puts_around_the_text_is_dropped(debris: str) -> None:
    assert sentences(f"The choir went to court today.\n{debris}") == ("The choir went to court today.",)


def test_debris_that_runs_into_a_sentence_is_cut_out_of_it() -> None:
    text = "Photo by Ann Alto/Getty Images The choir went to court. Continue reading…"
    assert sentences(text) == ("The choir went to court.",)


def test_a_sentence_that_the_feed_cut_off_still_looks_cut() -> None:
    assert sentences("It is settled. The label was quick to say that […]")[-1].endswith("…")
    assert sentences("The court found the service … Continued")[-1].endswith("…")


def test_ordinary_sentences_that_begin_like_debris_are_kept() -> None:
    kept = "Artists can read more about the clause in the terms. Updated terms bar training. Related rights are unchanged."
    assert len(sentences(kept)) == 3


def test_paragraphs_keep_their_sentences_together() -> None:
    assert paragraphs("One is here. Two is here.\n\nAdvertisement\nThree is here.") == (
        ("One is here.", "Two is here."),
        ("Three is here.",),
    )
