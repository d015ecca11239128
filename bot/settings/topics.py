"""config/topics.toml: the words shown to people for each topic."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from bot.errors import ConfigError
from bot.model import Topic, TopicLabel
from bot.settings.problems import Problem
from bot.settings.toml import read_text, rows, validated


class TopicRow(BaseModel):
    """One [[topic]] table as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Topic
    label: str = Field(min_length=1, max_length=60)
    description: str = Field(min_length=1, max_length=100)
    tag: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9]*$")
    emoji: str = ""
    colour: str = Field(pattern=r"^#[0-9A-Fa-f]{6}$")

    def to_label(self) -> TopicLabel:
        colour = int(self.colour.removeprefix("#"), 16)
        return TopicLabel(self.id, self.label, self.description, self.tag, self.emoji, colour)


def load_topics(path: Path) -> tuple[tuple[TopicLabel, ...], tuple[Problem, ...]]:
    """Labels in file order, and what is wrong with single tables.

    Raises ConfigError when a topic has no usable table: a story needs a word for its topic.
    """
    problems: list[Problem] = []
    labels: dict[Topic, TopicLabel] = {}
    for row in rows(read_text(path), path, "topic"):
        form, wrong = validated(row, TopicRow)
        problems += wrong
        if form is None:
            continue
        if form.id in labels:
            problems.append(Problem(row.where("id"), f"topic {form.id} is there twice", "Keep one table."))
            continue
        labels[form.id] = form.to_label()
    missing = [topic.value for topic in Topic if topic not in labels]
    if missing:
        told = "; ".join(str(problem) for problem in problems)
        fix = f"Give each a [[topic]] table with id, label, description, tag, emoji, colour. {told}".strip()
        raise ConfigError(str(path), f"has no usable table for {', '.join(missing)}", fix)
    return tuple(labels.values()), tuple(problems)
