"""What the commands work with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.model import Topic, TopicLabel
from bot.ports import Clock, Store


@dataclass(frozen=True)
class About:
    """Facts for /about.

    sources    how many sources are watched
    operator   who runs this copy, for people; empty: not said
    """

    version: str
    sources: int
    source_code: str
    operator: str = ""


@dataclass(frozen=True)
class Desk:
    """Everything a command may use.

    platforms  names as verdicts use them
    topics     words shown for each topic
    """

    store: Store
    clock: Clock
    platforms: Sequence[str]
    topics: Mapping[Topic, TopicLabel]
    about: About

    def topic_name(self, topic: Topic) -> str:
        label = self.topics.get(topic)
        return label.label if label else topic.value

    def typed_topics(self) -> Mapping[str, Topic]:
        """Topics as they are typed in a list, in the order of topics.toml: by label, without the commas that part a list."""
        return {label.label.replace(",", ""): topic for topic, label in self.topics.items()}
