"""A summary becomes one message that no platform has shaped yet."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.logic.messages.compose import camel_tag, compose, mark
from bot.model import (
    Link,
    MessageKind,
    Quotation,
    Sentence,
    Story,
    StoryView,
    Summary,
    Topic,
    TopicLabel,
    Turn,
)
from tests.builders import NOON, a_judged_entry, a_story, an_edition

LABELS = {
    topic: TopicLabel(topic, topic.value.title(), "what it covers", "MusicAI", "", 0x112233)
    for topic in Topic
}


def a_summary(**changes: object) -> Summary:
    values: dict[str, object] = {
        "headline": "Platform adds AI-training clause to its terms",
        "url": "https://gazette.example/clause",
        "what": (Sentence("The clause is new.", 1), Sentence(" Nobody was told. ", 1)),
        "quotation": Quotation("may be used to train", "", 1),
        "other_side": (),
        "to_do": (Sentence("Read section 4.", 1),),
        "open_question": (Sentence("Gazette: Who decides is not said.", 1),),
        "sources": (Link("Gazette", "https://gazette.example/clause"),),
        "lang": "en",
    }
    return Summary(**(values | changes))  # type: ignore[arg-type] # a builder takes any field


def a_view_of(story: Story) -> StoryView:
    return StoryView(
        story,
        (a_judged_entry(id=1), a_judged_entry(id=2, published_at=NOON + timedelta(days=2), seen_at=NOON + timedelta(days=3))),
        (an_edition(),),
    )  # fmt: skip


def test_everything_of_the_summary_and_the_labels_is_in_the_message() -> None:
    message = compose(a_view_of(a_story()), an_edition(), a_summary(developing=True), LABELS)

    assert message.what == "The clause is new. Nobody was told."
    assert message.to_do == "Read section 4."
    assert message.open_question == "Gazette: Who decides is not said."
    assert (message.quote, message.speaker) == ("may be used to train", "")
    assert (message.topic_label, message.colour) == ("Terms-Training", 0x112233)
    assert (message.kind, message.turn, message.developing) == (MessageKind.FIRST, None, True)
    assert message.platforms == ("SoundCloud",)


def test_a_story_without_a_quotation_has_none() -> None:
    message = compose(a_view_of(a_story()), an_edition(), a_summary(quotation=None, what=()), LABELS)

    assert (message.quote, message.speaker, message.what) == ("", "", "")


def test_an_update_carries_its_turn_its_own_mark_and_the_time_of_its_own_entry() -> None:
    view = a_view_of(a_story())

    first = compose(view, an_edition(n=1), a_summary(), LABELS)
    update = compose(view, an_edition(n=2, turn=Turn.DENIAL), a_summary(), LABELS)

    assert (update.kind, update.turn) == (MessageKind.UPDATE, Turn.DENIAL)
    assert (
        (first.mark, update.mark)
        == ("sabcdefghij-1", "sabcdefghij-2")
        == (mark("sabcdefghij", 1), update.mark)
    )
    assert (first.happened_at, update.happened_at) == (NOON, NOON + timedelta(days=2))


def test_an_edition_whose_entry_is_gone_happened_when_it_was_made() -> None:
    edition = an_edition(n=9)

    assert compose(a_view_of(a_story()), edition, a_summary(), LABELS).happened_at == edition.made_at


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("SoundCloud", "SoundCloud"),
        ("Sony Music", "SonyMusic"),
        ("PRS for Music", "PRSForMusic"),
        ("CD Baby", "CDBaby"),
        ("SAG-AFTRA", "SAGAFTRA"),
        ("iHeartRadio", "iHeartRadio"),
        ("Ivor's", "Ivors"),
        ("AI training", "AITraining"),
        ("Société", "Société"),
        ("360", ""),
        ("???", ""),
        ("", ""),
    ],
)
def test_a_name_becomes_a_tag_that_is_read_word_by_word(name: str, tag: str) -> None:
    assert camel_tag(name) == tag


def test_the_topic_and_up_to_three_platforms_are_tags_each_once() -> None:
    story = a_story(platforms=("MUSICAI", "UMG", "Udio", "???", "Sony Music", "WMG"))

    message = compose(a_view_of(story), an_edition(), a_summary(), LABELS)

    assert message.tags == ("MusicAI", "UMG", "Udio", "SonyMusic")


def test_a_story_about_no_platform_is_tagged_with_the_subject_too() -> None:
    labels = LABELS | {Topic.TERMS_TRAINING: replace(LABELS[Topic.TERMS_TRAINING], tag="AITraining")}

    message = compose(a_view_of(a_story(platforms=())), an_edition(), a_summary(), labels)

    assert message.tags == ("AITraining", "MusicAI")
