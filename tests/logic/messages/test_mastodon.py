"""The status that followers read: link, news, exact words, tags."""

from dataclasses import replace

import pytest

from bot.logic.messages.mastodon import render_status
from bot.model import Link, Message, MessageKind, Turn
from tests.builders import a_message
from tests.limits import check_status, status_length

QUOTE = "may be used to inform, train or develop"


def paragraphs(message: Message, max_chars: int = 500, **limits: int) -> list[str]:
    text = render_status(message, max_chars, **limits).text
    check_status(text, max_chars, limits.get("url_chars", 23))
    return text.split("\n\n")


def test_a_status_is_link_news_words_sides_and_tags_in_this_order() -> None:
    sources = (
        Link("Gazette", "https://g.example/"),
        Link("Beatwire", "https://b.example/"),
        Link("Wire", "https://w.example/"),
    )
    message = a_message(
        "It never trained, it says",
        kind=MessageKind.UPDATE,
        turn=Turn.DENIAL,
        speaker="Its statement",
        other_side="A composer doubts it.",
        open_question="Gazette: Live recordings are not mentioned.",
        to_do="Set the “no AI” tag.",
        developing=True,
        sources=sources,
    )

    assert paragraphs(message) == [
        "https://gazette.example/clause",
        "Update (denial): It never trained, it says",
        "Gazette reports that the terms now allow training.",
        f"Its statement: “{QUOTE}”",
        "The other side: A composer doubts it.",
        "Still open: Gazette: Live recordings are not mentioned.",
        "What you can do: Set the “no AI” tag.",
        "Developing: one outlet so far.",
        "Also: Beatwire, Wire",
        "#MusicAI #SoundCloud",
    ]


def test_words_without_a_speaker_are_called_the_wording() -> None:
    assert f"The wording: “{QUOTE}”" in paragraphs(a_message())


@pytest.mark.parametrize("max_chars", range(60, 500, 20))
def test_a_quotation_is_whole_or_not_there(max_chars: int) -> None:
    quote = "These are the words of the clause, to the letter, which nobody may cut"

    text = "\n\n".join(paragraphs(a_message(quote=quote), max_chars))

    assert (f"“{quote}”" in text) or ("These are the words" not in text)


@pytest.mark.parametrize("max_chars", [40, 60, 100, 140, 200, 300])
def test_the_link_is_never_cut_and_the_headline_always_begins(max_chars: int) -> None:
    link = "https://gazette.example/" + "a-long-way-" * 20 + "end"

    first, second, *_ = paragraphs(a_message(url=link, what="word " * 200), max_chars)

    assert first == link
    assert second.startswith("Platform")


def test_whole_sentences_are_kept_where_they_fill_the_room() -> None:
    what = (
        "The company told the U.S. Senate that nothing was trained. "
        + "It also said a lot more about it. " * 20
    )

    told = paragraphs(a_message(what=what), 330)[2]

    assert told.startswith("The company told the U.S. Senate that nothing was trained.")
    assert told.endswith(".")


def test_a_single_long_sentence_is_cut_at_a_word() -> None:
    told = paragraphs(a_message(what="so it goes on and on " * 40))[2]

    assert told.endswith("…")
    assert set(told.removesuffix("…").split()) <= {"so", "it", "goes", "on", "and"}


def test_what_to_do_is_told_before_the_second_sentence_of_what_happened() -> None:
    what = "A clause was added to the terms. " + "More was said about it on the day. " * 12
    to_do = "Object in writing before the first of June, as section four of the new terms lets you."

    shown = paragraphs(a_message(what=what, to_do=to_do))

    assert f"What you can do: {to_do}" in shown
    assert shown[2].startswith("A clause was added to the terms.")


def test_tags_are_the_last_to_go_but_for_the_headline() -> None:
    assert paragraphs(a_message(what="word " * 99), 120)[-1] == "#MusicAI #SoundCloud"
    assert paragraphs(a_message(), 50)[-1].startswith("Platform")


def test_a_long_headline_is_cut_at_a_word_and_keeps_the_tags() -> None:
    shown = paragraphs(a_message("A headline of many words " * 40))

    assert shown[1].endswith("…")
    assert shown[-1] == "#MusicAI #SoundCloud"


def test_room_is_left_where_it_is_asked_for() -> None:
    message = a_message(what="word " * 200)

    assert status_length(render_status(message, 500, room=100).text) <= 400


def test_a_server_with_more_room_gets_everything() -> None:
    what = " ".join(f"Sentence {n} is told." for n in range(60))

    assert paragraphs(a_message(what=what), 5000)[2] == what


def test_a_message_without_a_web_address_has_no_link_line() -> None:
    assert paragraphs(a_message(url="nope"))[0].startswith("Platform")


@pytest.mark.parametrize(
    ("lang", "code"),
    [("en", "en"), ("de-AT", "de"), ("pt_BR", "pt"), ("EN", "en"), ("", "en"), ("english", "en"), ("nds", "nds")],
)  # fmt: skip
def test_the_language_is_a_code_that_mastodon_knows(lang: str, code: str) -> None:
    assert render_status(a_message(lang=lang)).lang == code


def test_tags_in_and_mentions_from_feed_text_are_not_live() -> None:
    shown = paragraphs(a_message("@bob sues #1", tags=("Music AI", "no-go!", "42")))

    assert shown[1] == "@\u200bbob sues #\u200b1"
    assert shown[-1] == "#MusicAI #NoGo"


def test_the_exact_words_come_before_the_account_of_what_happened() -> None:
    clause = "may be used to inform, train or develop " + "machine intelligence services and " * 4 + "more"
    message = a_message("A music service gave itself the right to train on uploads long ago", quote=clause)
    long_told = replace(message, what="The outlet reports that a clause was added to the terms. " * 4)

    text = render_status(long_told).text

    assert clause in text
    check_status(text, 500)
