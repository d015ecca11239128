"""config/platforms.toml: the platforms, companies, people and laws that our stories are about."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator

from bot.model import Entity, EntityKind, Evidence
from bot.settings.problems import Problem, meant
from bot.settings.sources import ID_PATTERN, checked_url
from bot.settings.toml import TableRow, read_text, rows, validated


class PlatformRow(BaseModel):
    """One [[platform]] table as written; keys as in bot.model.Entity."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=ID_PATTERN)
    name: str = Field(min_length=1)
    kind: EntityKind
    aliases: tuple[str, ...] = ()
    ambiguous: bool = False
    company: tuple[str, ...] = ()
    not_in: tuple[str, ...] = ()
    part_of: str | None = None
    evidence: frozenset[Evidence] = frozenset()
    home: str | None = None
    reported: bool = True
    note: str = ""
    opt_out_url: str | None = None
    ai_contact: str | None = None
    ai_help: str | None = None

    @field_validator("home", "opt_out_url", "ai_help")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        return value if value is None else checked_url(value)

    def to_entity(self) -> Entity:
        return Entity(**self.model_dump())


def load_platforms(path: Path) -> tuple[tuple[Entity, ...], tuple[Problem, ...]]:
    """Every usable entity in file order, and what is wrong with the rest. Raises ConfigError for an unreadable file."""
    problems: list[Problem] = []
    good: dict[str, tuple[Entity, TableRow]] = {}
    for row in rows(read_text(path), path, "platform"):
        form, wrong = validated(row, PlatformRow)
        problems += wrong
        if form is None:
            continue
        if form.id in good:
            taken = f"id {form.id!r} is taken on line {good[form.id][1].line}"
            problems.append(Problem(row.where("id"), taken, "Join the two tables into one."))
            continue
        good[form.id] = (form.to_entity(), row)
    for entity, row in list(good.values()):
        if entity.part_of is not None and entity.part_of not in good:
            unknown = f"there is no platform {entity.part_of!r}{meant(entity.part_of, good)}"
            problems.append(Problem(row.where("part_of"), unknown, "Write the id of another [[platform]]."))
            del good[entity.id]
    return tuple(entity for entity, _ in good.values()), tuple(problems)
