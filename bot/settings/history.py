"""config/history.toml: what happened where platforms stand before this bot watched. A bad table is refused alone."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator

from bot.model import Topic
from bot.model.record import Claim, Position, Precision, RecordEvent, RecordOrigin, RecordSubject
from bot.settings.problems import Problem, meant
from bot.settings.sources import ID_PATTERN, checked_url
from bot.settings.toml import TableRow, read_text, rows, validated

KEY_PREFIX = "seed:"
"""Before a row's id, in the key of the event that it becomes."""

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MONTH = re.compile(r"\d{4}-\d{2}")


def read_day(value: str) -> date:
    """The day that is written. Raises ValueError with what to write."""
    try:
        if DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError('Is no day. Write it like "2024-02-07".')


class ClaimRow(BaseModel):
    """One inline table of `claims` as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    subject: RecordSubject
    position: Position
    platform: str = ""
    words: str = Field(default="", max_length=600)
    limits: str = Field(default="", max_length=300)
    since: str | None = None

    @field_validator("since")
    @classmethod
    def _day(cls, value: str | None) -> str | None:
        if value is not None:
            read_day(value)
        return value

    def to_claim(self) -> Claim:
        since = read_day(self.since) if self.since else None
        return Claim(self.subject, self.position, self.platform, self.words, self.limits, since)


class EventRow(BaseModel):
    """One [[event]] table as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    date: str
    platforms: tuple[str, ...] = Field(min_length=1, max_length=8)
    topic: Topic
    sentence: str = Field(min_length=1, max_length=300)
    source: str
    claims: tuple[ClaimRow, ...] = ()
    said: str = Field(default="", max_length=400)
    other_side: str = Field(default="", max_length=400)
    open: str = Field(default="", max_length=300)
    answers: tuple[str, ...] = ()

    @field_validator("id")
    @classmethod
    def _short(cls, value: str) -> str:
        if not re.match(ID_PATTERN, value):
            raise ValueError(
                'Is not a usable id. Use lower case, digits and hyphens, such as "udio-2026-terms".'
            )
        return value

    @field_validator("date")
    @classmethod
    def _day_or_month(cls, value: str) -> str:
        try:
            read_day(f"{value}-01" if MONTH.fullmatch(value) else value)
        except ValueError as error:
            raise ValueError('Is not a date. Write "2024-02-07", or "2024-02" for a month.') from error
        return value

    @field_validator("source")
    @classmethod
    def _address(cls, value: str) -> str:
        return checked_url(value)

    def to_event(self) -> RecordEvent:
        month = bool(MONTH.fullmatch(self.date))
        return RecordEvent(
            key=KEY_PREFIX + self.id,
            origin=RecordOrigin.SEED,
            happened_on=read_day(f"{self.date}-01" if month else self.date),
            precision=Precision.MONTH if month else Precision.DAY,
            platforms=self.platforms,
            topic=self.topic,
            sentence=self.sentence,
            url=self.source,
            claims=tuple(claim.to_claim() for claim in self.claims),
            said=self.said,
            other_side=self.other_side,
            open_question=self.open,
            answers=tuple(KEY_PREFIX + each for each in self.answers),
        )


@dataclass(frozen=True, slots=True)
class History:
    """What history.toml says. `kept` are ids of tables with a mistake: what the record holds of them stays."""

    events: tuple[RecordEvent, ...] = ()
    problems: tuple[Problem, ...] = ()
    kept: frozenset[str] = frozenset()


def load_history(path: Path, platforms: Collection[str]) -> History:
    """Every usable event in file order, and what is wrong with the rest.

    platforms  names in platforms.toml
    Raises ConfigError only when the file cannot be read at all.
    """
    return history_in(read_text(path), path, platforms)


def history_in(text: str, path: Path, platforms: Collection[str]) -> History:
    """The same from text that is not (yet) in the file; `path` is for messages."""
    good: dict[str, tuple[EventRow, TableRow]] = {}
    problems: list[Problem] = []
    kept: set[str] = set()
    for row in rows(text, path, "event"):
        form, wrong = validated(row, EventRow)
        if form is not None:
            wrong = _clashes(form, row, good, platforms)
            if not wrong:
                good[form.id] = (form, row)
        problems += wrong
        if wrong and isinstance(label := row.values.get("id"), str):
            kept.add(KEY_PREFIX + label)
    for form, row in list(good.values()):
        wrong = _unknown_answers(form, row, good)
        if wrong:
            problems += wrong
            kept.add(KEY_PREFIX + form.id)
            del good[form.id]
    return History(tuple(form.to_event() for form, _ in good.values()), tuple(problems), frozenset(kept))


def _clashes(
    form: EventRow, row: TableRow, good: Mapping[str, tuple[EventRow, TableRow]], platforms: Collection[str]
) -> list[Problem]:
    found = []
    if form.id in good:
        taken = f"id {form.id!r} is taken on line {good[form.id][1].line}"
        found.append(
            Problem(row.where("id"), taken, "Give one another id; the second is left out until then.")
        )
    for key, names in (
        ("platforms", form.platforms),
        ("claims", tuple(claim.platform for claim in form.claims if claim.platform)),
    ):
        for name in names:
            if name not in platforms:
                fix = "Write the name of a [[platform]] in platforms.toml, or add one there."
                hint = meant(name, platforms)
                found.append(Problem(row.where(key), f"there is no platform named {name!r}{hint}", fix))
    return found


def _unknown_answers(
    form: EventRow, row: TableRow, good: Mapping[str, tuple[EventRow, TableRow]]
) -> list[Problem]:
    fix = "Write the id of a row that has `open`, or take it out."
    return [
        Problem(row.where("answers"), f"no row {each!r} has an open question{meant(each, good)}", fix)
        for each in form.answers
        if each not in good or not good[each][0].open
    ]
