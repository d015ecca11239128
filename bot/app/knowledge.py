"""What judging and telling know: platforms.toml and topics.toml, and the word lists and weights of bot/data."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from bot.errors import ConfigError
from bot.logic.compose import compose
from bot.logic.judge import judge
from bot.logic.rules import Rules, build_rules
from bot.model import Edition, Message, NewEntry, StoryView, Summary, Topic, TopicLabel, Verdict
from bot.settings import Config


@dataclass(frozen=True)
class Knowledge:
    """Built once from the config; a reload builds another."""

    rules: Rules
    labels: Mapping[Topic, TopicLabel]

    def judge(self, entry: NewEntry) -> Verdict:
        return judge(entry, self.rules)

    def compose(self, view: StoryView, edition: Edition, summary: Summary) -> Message:
        return compose(view, edition, summary, self.labels)

    @property
    def platform_names(self) -> tuple[str, ...]:
        """Names that verdicts may report, as in platforms.toml."""
        return tuple(entity.name for entity in self.rules.entities.values() if entity.reported)


def build_knowledge(config: Config) -> Knowledge:
    """Raises ConfigError when a word list or the platforms cannot be used."""
    rules = build_rules(config.platforms, _lexicon(), _weights())
    return Knowledge(
        rules=rules,
        labels={label.topic: label for label in config.topics},
    )


def _lexicon() -> Mapping[str, object]:
    return tomllib.loads(_text("lexicon.toml"))


def _weights() -> Mapping[str, object]:
    weights: Mapping[str, object] = json.loads(_text("weights.json"))
    return weights


def _text(name: str) -> str:
    try:
        return files("bot").joinpath("data", name).read_text(encoding="utf-8")
    except OSError as error:
        fix = "Install Smallprint again: this file came with it."
        raise ConfigError(f"bot/data/{name}", "cannot be read", fix) from error
