"""What a headline tells by itself, and every message within every platform's limits."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.logic.messages.discord import render_post
from bot.logic.messages.headline import bare_quote, headline, subject
from bot.logic.messages.mastodon import render_status
from bot.logic.messages.terminal import post_as_text, render_plain, status_as_text
from bot.model import Link, Message, MessageKind, Turn
from bot.words import words
from tests.builders import a_message
from tests.limits import check_content, check_embeds, check_status

NASTY = st.lists(
    st.sampled_from(
        ["@everyone", "<@&1>", "#tag", "**", "`", "|", "_", "https://evil.example/a", "[x](y)", "\n\n", "> ", "-# ",
         "\u202e", "\u200b", "👨\u200d👩\u200d👧", "🇩🇪", "Z\u0301\u0301", "音楽の規約", "word", "Sentence ends. Next", "a" * 300,
         "\\", "\x00", "“", "”", "…", "\ud800"]
    ),
    max_size=30,
).map(" ".join)  # fmt: skip
TEXT = NASTY | st.text(max_size=200) | st.text("ab _*", min_size=900, max_size=5000)
LINKS = st.builds(
    Link,
    TEXT,
    st.sampled_from(["https://a.com/b", "https://a.com/" + "x" * 900, "nope", "https://a.com/(b) c"]),
)
MESSAGES = st.builds(
    a_message,
    headline=TEXT,
    url=st.sampled_from(
        ["https://a.com/b", "https://a.com/" + "x_" * 1500, "https://a.com/a (b).", "", "javascript:1"]
    ),
    what=TEXT,
    quote=TEXT,
    speaker=TEXT,
    other_side=TEXT,
    open_question=st.sampled_from(["", "Gazette: is it settled?", "_*` " * 500, "a" * 5000]),
    to_do=TEXT,
    sources=st.lists(LINKS, max_size=40).map(tuple),
    platforms=st.lists(TEXT, max_size=9).map(tuple),
    tags=st.lists(TEXT.map(lambda text: text[:30]), max_size=4).map(tuple),
    topic_label=st.sampled_from(["Terms and training", "", "x" * 400]),
    lang=st.sampled_from(["en", "de-AT", "", "klingon", "EN_us"]),
    kind=st.sampled_from(MessageKind),
    turn=st.none() | st.sampled_from(Turn),
    developing=st.booleans(),
)


@given(MESSAGES)
@settings(max_examples=150, deadline=None)
def test_every_card_is_within_discords_limits(message: Message) -> None:
    post = render_post(message, words("en"), ("1" * 19,) * 100)

    check_embeds([card.embed() for card in post.cards])
    check_content(post.content)
    assert post.cards[-1].footer.endswith(message.mark)
    assert post_as_text(post, 60)


@given(MESSAGES, st.integers(100, 900), st.integers(23, 60), st.integers(0, 40))
@settings(max_examples=150, deadline=None)
def test_every_status_is_within_the_servers_limits(
    message: Message, most: int, url_chars: int, room: int
) -> None:
    status = render_status(message, most, url_chars, room)

    # A message of nothing visible, which no source makes, has nothing to say.
    if status.text:
        check_status(status.text, most - room, url_chars)
    assert 2 <= len(status.lang) <= 3
    assert status_as_text(status, 60)


# A whole message is large by nature; how large an example may be says nothing about it.
@given(MESSAGES)
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow]
)
def test_every_message_can_be_told_in_plain_text(message: Message) -> None:
    assert not set(render_plain(message)) & set("\x00\u202e\u200b")


@pytest.mark.parametrize(
    ("kind", "turn", "expected"),
    [
        (MessageKind.FIRST, None, "It adds a clause"),
        (MessageKind.UPDATE, None, "Update: It adds a clause"),
        (MessageKind.UPDATE, Turn.DENIAL, "Update (denial): It adds a clause"),
        (MessageKind.UPDATE, Turn.NEW_TEXT, "Update (new wording): It adds a clause"),
        (MessageKind.UPDATE, Turn.EFFECT_DATE, "Update (date set): It adds a clause"),
        (MessageKind.UPDATE, Turn.CORRECTION, "Correction: It adds a clause"),
        (MessageKind.CORRECTION, None, "Correction: It adds a clause"),
    ],
)
def test_a_headline_says_in_plain_words_what_is_new(
    kind: MessageKind, turn: Turn | None, expected: str
) -> None:
    assert headline(a_message("It adds a clause", kind=kind, turn=turn)) == expected


def test_every_turn_has_its_words() -> None:
    shown = {headline(a_message("X", kind=MessageKind.UPDATE, turn=turn)) for turn in Turn}

    assert len(shown) == len(Turn)
    assert "Update: X" not in shown


def test_a_story_without_a_headline_is_named_by_its_topic() -> None:
    assert headline(a_message("\u200b")) == "Terms and training"


@pytest.mark.parametrize(
    ("quote", "bare"),
    [
        ("“never trained”", "never trained"),
        ('"never trained"', "never trained"),
        ("“We” and “they”", "“We” and “they”"),
        ("never “trained”", "never “trained”"),
        ("“", "“"),
        ("", ""),
    ],
)
def test_a_quotation_loses_only_marks_that_hold_all_of_it(quote: str, bare: str) -> None:
    assert bare_quote(a_message(quote=quote)) == bare


def test_many_platforms_are_counted() -> None:
    platforms = ("UMG", "Sony Music", "WMG", "Suno", "Udio", "Klay")

    assert (
        subject(a_message(platforms=platforms)) == "UMG, Sony Music, WMG, Suno, 2 more · Terms and training"
    )
    assert subject(a_message(platforms=())) == "Terms and training"
