"""config/sources.toml: what to watch. A bad table is refused alone; the others run."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from bot.model import Evidence, Source, SourceGroup
from bot.settings.problems import Problem, meant
from bot.settings.toml import TableRow, read_text, rows, validated

# What a source must prove when its table does not say: what its group does not vouch for.
# Rules (policy) are looked for in every entry anyway.
GROUP_NEEDS = {
    SourceGroup.MUSIC_TRADE: frozenset({Evidence.AI}),
    SourceGroup.MUSIC_CONSUMER: frozenset({Evidence.AI}),
    SourceGroup.PRODUCTION: frozenset({Evidence.AI}),
}

PAGE_MINUTES = 240

ID_PATTERN = r"^[a-z0-9][a-z0-9-]{0,63}$"


def checked_url(value: str) -> str:
    """The address as given. Raises ValueError unless it is http(s) with a host."""
    try:
        parts = urlsplit(value)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable or any(c.isspace() for c in value):
        raise ValueError("Is not a web address. Write it whole, such as https://example.org/feed.")
    return value


def usable_id(value: str, example: str) -> str:
    """The id of a table as it is. Raises ValueError, with an example, for one that cannot stand in addresses."""
    if not re.match(ID_PATTERN, value):
        raise ValueError(f'Is not a usable id. Use lower case, digits and hyphens, such as "{example}".')
    return value


class SourceRow(BaseModel):
    """One [[source]] table as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    name: str = Field(min_length=1, max_length=100)
    feed: str | None = None
    site: str | None = None
    links: str | None = Field(default=None, min_length=1, max_length=500)
    group: SourceGroup
    platform: str | None = None
    tier: int = 2
    poll_minutes: int | None = None
    lang: str = Field(default="en", min_length=2, max_length=12)
    needs: frozenset[Evidence] | None = None
    trouble: str = ""
    enabled: bool = True

    @field_validator("id")
    @classmethod
    def _short(cls, value: str) -> str:
        return usable_id(value, "cd-baby-blog")

    @field_validator("feed", "site")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        return value if value is None else checked_url(value)

    @field_validator("links")
    @classmethod
    def _pattern(cls, value: str | None) -> str | None:
        try:
            re.compile(value or "")
        except re.error as error:
            raise ValueError(
                f'Is not a regular expression ({error}). Write part of an address, such as "/blog/[0-9a-z-]+$".'
            ) from error
        return value

    @field_validator("tier")
    @classmethod
    def _known_tier(cls, value: int) -> int:
        if value not in (1, 2, 3):
            raise ValueError("Is not a tier. Write 1 (primary, specialist), 2 (press) or 3 (aggregator).")
        return value

    @field_validator("poll_minutes")
    @classmethod
    def _polite(cls, value: int | None) -> int | None:
        if value is not None and not 1 <= value <= 10_080:
            raise ValueError("Is out of range. Write minutes from 1 to 10080 (a week), or leave it out.")
        return value

    @model_validator(mode="after")
    def _somewhere(self) -> "SourceRow":
        if self.feed is None and self.site is None:
            raise ValueError('Has neither feed nor site. Add `feed = "https://..."` or `site = ...`.')
        if self.feed is not None and self.links is not None:
            raise ValueError("Has both feed and links. Leave `links` out: it is for pages without a feed.")
        return self

    def to_source(self) -> Source:
        # A page is heavier than a feed and seldom says when it changed.
        minutes = self.poll_minutes or (PAGE_MINUTES if self.feed is None else None)
        return Source(
            id=self.id,
            name=self.name,
            feed=self.feed,
            site=self.site,
            group=self.group,
            platform=self.platform,
            tier=self.tier,
            poll_interval=timedelta(minutes=minutes) if minutes else None,
            lang=self.lang,
            needs=GROUP_NEEDS.get(self.group, frozenset(Evidence)) if self.needs is None else self.needs,
            trouble=self.trouble,
            links=self.links,
        )


@dataclass(frozen=True, slots=True)
class SourceList:
    """What sources.toml says. `off` are the ones with `enabled = false`."""

    sources: tuple[Source, ...]
    off: tuple[Source, ...]
    problems: tuple[Problem, ...]


def load_sources(path: Path, platform_ids: Collection[str]) -> SourceList:
    """Every usable source in file order, and what is wrong with the rest.

    Raises ConfigError only when the file cannot be read at all.
    """
    return sources_in(read_text(path), path, platform_ids)


def sources_in(text: str, path: Path, platform_ids: Collection[str]) -> SourceList:
    """The same from text that is not (yet) in the file; `path` is for messages."""
    on: list[Source] = []
    off: list[Source] = []
    problems: list[Problem] = []
    seen: dict[str, TableRow] = {}
    for row in rows(text, path, "source"):
        form, wrong = validated(row, SourceRow)
        if form is not None:
            wrong = _clashes(form, row, seen, platform_ids)
            seen.setdefault(form.id, row)
        problems += wrong
        if form is not None and not wrong:
            (on if form.enabled else off).append(form.to_source())
    return SourceList(tuple(on), tuple(off), tuple(problems))


def _clashes(
    form: SourceRow, row: TableRow, seen: dict[str, TableRow], platform_ids: Collection[str]
) -> list[Problem]:
    found = []
    if form.id in seen:
        fix = "Give one of them another id; the second is left out until then."
        found.append(Problem(row.where("id"), f"id {form.id!r} is taken on line {seen[form.id].line}", fix))
    if form.platform is not None and form.platform not in platform_ids:
        hint = meant(form.platform, platform_ids)
        fix = "Write the id of a [[platform]] in platforms.toml, or add one there."
        found.append(Problem(row.where("platform"), f"there is no platform {form.platform!r}{hint}", fix))
    return found
