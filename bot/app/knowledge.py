"""What judging and telling know: platforms.toml and topics.toml, and the word lists and weights of bot/data."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from bot.errors import ConfigError
from bot.logic.judging.judge import judge
from bot.logic.judging.rules import Rules, build_rules
from bot.logic.messages.compose import compose
from bot.logic.text.links import absolute, story_path
from bot.model import Edition, Message, NewEntry, StoryView, Summary, Topic, TopicLabel, Verdict
from bot.settings import Config

_WEIGHTS = "weights.json"


@dataclass(frozen=True)
class Knowledge:
    """Built once from the config; a reload builds another."""

    rules: Rules
    labels: Mapping[Topic, TopicLabel]
    site_url: str | None = None

    def judge(self, entry: NewEntry) -> Verdict:
        return judge(entry, self.rules)

    def compose(self, view: StoryView, edition: Edition, summary: Summary) -> Message:
        message = compose(view, edition, summary, self.labels)
        return replace(message, page_url=absolute(self.site_url, story_path(view.story.id)))

    @property
    def platform_names(self) -> tuple[str, ...]:
        """Names that verdicts may report, as in platforms.toml."""
        return tuple(entity.name for entity in self.rules.entities.values() if entity.reported)


def build_knowledge(
    config: Config, weights: Path | None = None, site_url: str | None = None, lists: Path | None = None
) -> Knowledge:
    """Raises ConfigError when a word list, the platforms or the weights cannot be used.

    site_url  address of our own site, for links in posts; None: there is none
    weights  a file as `smallprint fit` writes it; None: the weights that come with Smallprint
    lists    word lists as in lexicon.toml; None: those that come with Smallprint
    """
    held = _weights() if weights is None else read_weights(weights)
    try:
        rules = build_rules(config.platforms, _lexicon() if lists is None else read_lists(lists), held)
    except ConfigError as error:
        if weights is None or not error.where.startswith(_WEIGHTS):
            raise
        where = error.where.replace(_WEIGHTS, str(weights), 1)
        raise ConfigError(where, error.problem, "Fit it anew, or unset SMALLPRINT_WEIGHTS.") from error
    return Knowledge(
        rules=rules,
        labels={label.topic: label for label in config.topics},
        site_url=site_url,
    )


def _lexicon() -> Mapping[str, object]:
    return tomllib.loads(_text("lexicon.toml"))


def _weights() -> Mapping[str, object]:
    weights: Mapping[str, object] = json.loads(_text(_WEIGHTS))
    return weights


def read_weights(path: Path) -> Mapping[str, object]:
    """An operator's own weights, their shape not yet checked. Raises ConfigError."""
    fix = "Correct SMALLPRINT_WEIGHTS, or unset it to use the weights that come with Smallprint."
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read ({error.strerror})", fix) from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(str(path), "is not a file of weights", fix) from error
    if not isinstance(found, dict):
        raise ConfigError(str(path), "is not a file of weights", fix)
    return found


def read_lists(path: Path) -> Mapping[str, object]:
    """Word lists of another day, their shape not yet checked. Raises ConfigError."""
    fix = "Name a lexicon.toml, for example of an earlier release of Smallprint."
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read ({error.strerror})", fix) from error
    except ValueError as error:
        raise ConfigError(str(path), "is not a file of word lists", fix) from error


def _text(name: str) -> str:
    try:
        return files("bot").joinpath("data", name).read_text(encoding="utf-8")
    except OSError as error:
        fix = "Install Smallprint again: this file came with it."
        raise ConfigError(f"bot/data/{name}", "cannot be read", fix) from error
