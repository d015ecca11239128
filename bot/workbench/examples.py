"""Invented headlines that weights are fitted on beside labelled entries: bot/data/examples.toml."""

import tomllib
from datetime import UTC, datetime
from importlib.resources import files

from bot.errors import ConfigError
from bot.logic.judging.features import examine
from bot.logic.judging.rules import Rules, needs_of
from bot.model import NewEntry, Outlet, SourceGroup, Topic
from bot.workbench.training import Labelled

# Invented headlines say what words mean, not how often they come: they count less than what was really published.
EXAMPLE_WEIGHT = 0.5
ORIGIN = f"bot/data/examples.toml: headlines invented for this project, weight {EXAMPLE_WEIGHT}, never scored"

_LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def examples(rules: Rules) -> list[Labelled]:
    """Every example, each an event of its own: they take part in fitting, never in a score.

    Raises ConfigError when the file is not there.
    """
    rows = []
    for table in tomllib.loads(_text())["example"]:
        topic = Topic(table["topic"]) if "topic" in table else None
        group = SourceGroup(table["outlet"])
        outlet = Outlet("Example", group, platform=table.get("platform"), needs=needs_of(group))
        for title, summary in table["lines"]:
            entry = NewEntry("examples", title, title, None, summary, outlet, None, _LONG_AGO)
            event = "".join(letter for letter in title.casefold() if letter.isalnum())
            rows.append(Labelled(examine(entry, rules), topic is not None, topic, event, EXAMPLE_WEIGHT))
    return rows


def _text() -> str:
    try:
        return files("bot").joinpath("data", "examples.toml").read_text(encoding="utf-8")
    except OSError as error:
        fix = "Install Smallprint again: this file came with it."
        raise ConfigError("bot/data/examples.toml", "cannot be read", fix) from error
