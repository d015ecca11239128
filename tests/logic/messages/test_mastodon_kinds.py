"""Digests, corrections, deadlines and clauses as Mastodon statuses, and our own words in six languages."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logic.messages.mastodon import render_status
from bot.logic.messages.mastodon_labels import ENGLISH, PostLabels, labels_in
from bot.model import Deadline, DigestItem, Link, Message, MessageKind, Topic, Turn
from bot.words import LANGUAGES, words
from tests.builders import NOON, a_message
from tests.limits import check_digest, check_status

ADDRESSES = st.integers(1, 150).map(lambda n: "https://gazette.example/" + "x" * n)
TEXTS = st.text(max_size=250)


def an_item(n: int = 1, headline: str = "Platform changes its terms", **changes: object) -> DigestItem:
    values: dict[str, object] = {
        "story_id": f"s{n}", "n": 1, "headline": f"{headline}, part {n}", "url": f"https://gazette.example/{n}",
        "what": "", "topic": Topic.TERMS_TRAINING, "topic_label": "Terms and training", "platforms": ("SoundCloud",),
        "sources": (Link("Gazette", "https://gazette.example/"),), "happened_at": NOON,
    }  # fmt: skip
    return DigestItem(**(values | changes))  # type: ignore[arg-type]


def a_digest(count: int = 3, headline: str = "Four stories since yesterday", **changes: object) -> Message:
    items = tuple(an_item(n) for n in range(1, count + 1))
    values: dict[str, object] = {
        "kind": MessageKind.DIGEST,
        "items": items,
        "url": "",
        "quote": "",
        "what": "",
    }
    return a_message(headline, **(values | changes))


def test_a_digest_is_one_status_of_headlines_with_their_links() -> None:
    text = render_status(a_digest()).text

    check_digest(text)
    assert text == (
        "Four stories since yesterday\n\n"
        "Platform changes its terms, part 1\nhttps://gazette.example/1\n\n"
        "Platform changes its terms, part 2\nhttps://gazette.example/2\n\n"
        "Platform changes its terms, part 3\nhttps://gazette.example/3\n\n"
        "#MusicAI #SoundCloud"
    )


def test_what_does_not_fit_a_digest_is_counted_and_stands_on_our_own_page() -> None:
    message = a_digest(12, page_url="https://smallprint.example/digests/7")

    text = render_status(message).text

    check_digest(text)
    shown = text.count("https://gazette.example/")
    assert shown >= 4
    assert f"and {12 - shown} more: https://smallprint.example/digests/7" in text


def test_long_headlines_share_the_room() -> None:
    items = tuple(
        an_item(n, "A headline that goes on and on about a change of the terms " * 4) for n in range(1, 5)
    )

    text = render_status(a_digest(items=items)).text

    check_digest(text)
    assert text.count("https://gazette.example/") == 4
    assert text.count("…") == 4


def test_an_update_within_a_digest_says_so() -> None:
    items = (an_item(1, "It was not meant so", kind=MessageKind.UPDATE, turn=Turn.DENIAL),)

    assert "Update (denial): It was not meant so, part 1" in render_status(a_digest(items=items)).text


@given(st.lists(st.builds(an_item, st.integers(1, 99), TEXTS, url=ADDRESSES), min_size=1, max_size=30), TEXTS,
       st.integers(200, 1000), st.sampled_from(["", "https://smallprint.example/d"]))  # fmt: skip
def test_every_digest_is_within_the_limits_and_shows_a_story(
    items: list[DigestItem], headline: str, max_chars: int, page_url: str
) -> None:
    message = a_digest(headline=headline, items=tuple(items), page_url=page_url)

    text = render_status(message, max_chars).text

    check_digest(text, max_chars)
    assert "https://gazette.example/" in text


def test_a_correction_stands_right_under_the_headline() -> None:
    message = a_message(
        correction="The change takes effect in June, not in May.", what="What happened. " * 60, revision=2
    )

    text = render_status(message).text

    check_status(text)
    assert text.split("\n\n")[2] == "Corrected: The change takes effect in June, not in May."


def test_a_deadline_and_the_former_wording_of_a_clause_are_told() -> None:
    at = datetime(2025, 6, 12, tzinfo=UTC)
    message = a_message(
        deadline=Deadline(at, "effect", "takes effect on 12 June", 1),
        replaced="We never use your music",
        facts=("Seen on 7 May 2025", "Clause 4.2"),
    )

    paragraphs = render_status(message).text.split("\n\n")

    check_status("\n\n".join(paragraphs))
    assert "Deadline: 2025-06-12" in paragraphs
    assert "Before: “We never use your music”" in paragraphs
    assert "Seen on 7 May 2025 · Clause 4.2" in paragraphs


@pytest.mark.parametrize("kind", MessageKind)
def test_every_kind_of_message_is_a_status(kind: MessageKind) -> None:
    message = a_message(kind=kind, items=(an_item(),) if kind is MessageKind.DIGEST else ())

    text = render_status(message).text

    (check_digest if kind is MessageKind.DIGEST else check_status)(text)


# ---------------------------------------------------------------- languages


def test_the_english_catalogue_says_what_is_said_without_one() -> None:
    from_catalogue = labels_in(words("en"))

    assert {name: getattr(from_catalogue, name) for name in PostLabels.__slots__ if name != "turns"} == {
        name: getattr(ENGLISH, name) for name in PostLabels.__slots__ if name != "turns"
    }
    for turn in Turn:
        message = a_message(kind=MessageKind.UPDATE, turn=turn)
        assert from_catalogue.headline(message) == ENGLISH.headline(message)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_our_own_words_are_in_the_account_s_language_and_the_news_is_not_touched(lang: str) -> None:
    labels = labels_in(words(lang))
    message = a_message(
        "It denies", kind=MessageKind.UPDATE, turn=Turn.DENIAL, other_side="Artists disagree.",
        open_question="Since when?", to_do="Opt out.", developing=True,
    )  # fmt: skip

    text = render_status(message, labels=labels).text

    check_status(text)
    for said in (
        f"{labels.other_side}: Artists disagree.",
        f"{labels.still_open}: Since when?",
        labels.developing,
    ):
        assert said in text
    assert f"{labels.wording}: “may be used to inform, train or develop”" in text
    check_digest(render_status(a_digest(20), labels=labels).text)
