"""A summary becomes a message: everything a sink needs, in no platform's format yet."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bot.model import Edition, Message, MessageKind, Sentence, StoryView, Summary, Topic, TopicLabel

# Two to four is the custom on Mastodon; more reads as shouting.
MOST_TAGS = 4
# Beside the topic's tag where a story is about no platform, so that one who follows it finds the story.
SUBJECT_TAG = "MusicAI"


def compose(
    view: StoryView, edition: Edition, summary: Summary, labels: Mapping[Topic, TopicLabel]
) -> Message:
    """What every destination is told of one edition.

    labels  one for each topic (topics.toml is checked for that); KeyError otherwise
    """
    story, label = view.story, labels[view.story.topic]
    quotation = summary.quotation
    return Message(
        story_id=story.id,
        n=edition.n,
        mark=mark(story.id, edition.n),
        kind=MessageKind(edition.kind.value),
        turn=edition.turn,
        headline=summary.headline,
        url=summary.url,
        what=_joined(summary.what),
        quote=quotation.text if quotation else "",
        speaker=quotation.speaker if quotation else "",
        other_side=_joined(summary.other_side),
        to_do=_joined(summary.to_do),
        open_question=_joined(summary.open_question),
        sources=summary.sources,
        topic=story.topic,
        topic_label=_topic_label(view, labels),
        colour=label.colour,
        platforms=story.platforms,
        tags=_tags(label.tag, story.platforms),
        lang=summary.lang,
        happened_at=_happened_at(view, edition),
        developing=summary.developing,
        replaced=summary.replaced,
        facts=summary.facts,
    )


def _topic_label(view: StoryView, labels: Mapping[Topic, TopicLabel]) -> str:
    """The topic, and a second one where the entry that leads the story reports two acts."""
    lead = next((judged for judged in view.entries if judged.entry.id == view.story.lead_id), None)
    also = lead.verdict.also_topic if lead is not None else None
    shown = [view.story.topic, *([also] if also not in (None, view.story.topic) else [])]
    return " · ".join(labels[topic].label for topic in shown)


def mark(story_id: str, n: int) -> str:
    """What a posted message can be recognised by later; one for each edition."""
    return f"{story_id}-{n}"


def camel_tag(name: str) -> str:
    """`name` as a hashtag without "#" that screen readers can read word by word; "" if none can be made of it.

    "Sony Music" -> "SonyMusic", "PRS for Music" -> "PRSForMusic", "CD Baby" -> "CDBaby", "iHeartRadio" stays.
    """
    letters = "".join(c if c.isalnum() else " " for c in name.replace("'", "").replace("’", ""))
    words = letters.split()
    tag = "".join(word.capitalize() if word.islower() and len(words) > 1 else word for word in words)
    # A tag of digits alone is not a tag on Mastodon.
    return tag if any(c.isalpha() for c in tag) else ""


def _tags(topic_tag: str, platforms: Sequence[str]) -> tuple[str, ...]:
    tags: dict[str, str] = {}
    for name in (topic_tag, *(platforms or (SUBJECT_TAG,))):
        tag = camel_tag(name)
        if tag:
            tags.setdefault(tag.casefold(), tag)
    return tuple(tags.values())[:MOST_TAGS]


def _joined(sentences: Iterable[Sentence]) -> str:
    return " ".join(sentence.text.strip() for sentence in sentences if sentence.text.strip())


def _happened_at(view: StoryView, edition: Edition) -> datetime:
    """When the news of this edition was published, as far as its entry says."""
    for judged in view.entries:
        if judged.entry.id == edition.entry_id:
            return judged.entry.happened_at
    return edition.made_at
