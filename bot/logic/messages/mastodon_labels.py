"""Our own words around a story on Mastodon; what sources said keeps its own language."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.logic.messages.headline import DEVELOPING, OTHER_SIDE, STILL_OPEN, TO_DO, TURNS, WORDING
from bot.logic.text.inert import clean
from bot.model import DigestItem, Message, MessageKind, Turn
from bot.ports import Say


@dataclass(frozen=True, slots=True)
class PostLabels:
    """Words of one language. `turns` are those of an update; `more` has the place "{count}"."""

    developing: str = DEVELOPING
    other_side: str = OTHER_SIDE
    still_open: str = STILL_OPEN
    to_do: str = TO_DO
    wording: str = WORDING
    replaced: str = "Before"
    also: str = "Also"
    corrected: str = "Corrected"
    deadline: str = "Deadline"
    correction: str = "Correction"
    update: str = "Update"
    turns: Mapping[Turn, str] = field(default_factory=lambda: TURNS)
    digest: str = "News on AI and music"
    more: str = "and {count} more"

    def headline(self, message: Message) -> str:
        """The headline as it is shown, not yet made inert; the topic where a story has none."""
        return self._prefix(message) + (clean(message.headline) or clean(message.topic_label))

    def item(self, item: DigestItem) -> str:
        """The headline of one story within a digest."""
        return self._prefix(item) + (clean(item.headline) or clean(item.topic_label))

    def _prefix(self, message: Message | DigestItem) -> str:
        if message.kind is MessageKind.CORRECTION or message.turn is Turn.CORRECTION:
            return f"{self.correction}: "
        if message.kind is not MessageKind.UPDATE:
            return ""
        word = self.turns.get(message.turn) if message.turn else None
        return f"{self.update} ({word}): " if word else f"{self.update}: "


ENGLISH = PostLabels()


def labels_in(say: Say) -> PostLabels:
    """The labels of a language, from its catalogue."""
    names = (
        "developing", "other_side", "still_open", "to_do", "wording", "replaced", "also", "corrected", "deadline",
        "correction", "update", "digest",
    )  # fmt: skip
    texts = {name: say(f"mastodon-post-{name.replace('_', '-')}") for name in names}
    turns = {turn: say(f"mastodon-turn-{turn.value}") for turn in Turn}
    return PostLabels(**texts, turns=turns, more=say("mastodon-post-more", count="{count}"))
