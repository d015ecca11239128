"""What the commands work with."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from zoneinfo import available_timezones

from bot.flows.memory import Store
from bot.flows.people.trial import RecentStories
from bot.model import Message, Source, StoryView, Topic, TopicLabel
from bot.ports import Clock
from bot.words import say

# Tells a story as it would be posted now.
Tell = Callable[[StoryView], Awaitable[Message]]


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


def _nothing_watched() -> Sequence[Source]:
    """Where only the number of sources is known."""
    return ()


@dataclass(frozen=True)
class Desk:
    """Everything a command may use.

    platforms  names as verdicts use them
    topics     words shown for each topic
    tell       None: stories can be listed, but not shown as posts
    watched    the sources, as configured at present
    live       panels that people have open, by the id of the interaction that opened them
    recent     stories that filters are tried on
    """

    store: Store
    clock: Clock
    platforms: Sequence[str]
    topics: Mapping[Topic, TopicLabel]
    about: About
    tell: Tell | None = None
    watched: Callable[[], Sequence[Source]] = _nothing_watched
    live: set[str] = field(default_factory=set)
    recent: RecentStories = field(default_factory=RecentStories)

    @cached_property
    def zones(self) -> Sequence[str]:
        """IANA names of time zones, without the obsolete ones; read from the disk once."""
        places = (name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
        return [*sorted(places), "UTC"]

    def topic_name(self, topic: Topic, lang: str = "en") -> str:
        label = self.topics.get(topic)
        if lang == "en":
            return label.label if label else topic.value
        return say(lang, f"post-topic-{topic.value}")

    def typed_topics(self, lang: str = "en") -> Mapping[str, Topic]:
        """Topics as they are typed in a list, in the order of topics.toml: by label, without the commas that part a
        list; in their language, then in English."""
        own = {self.topic_name(topic, lang).replace(",", ""): topic for topic in self.topics}
        return own | {label.label.replace(",", ""): topic for topic, label in self.topics.items()}
