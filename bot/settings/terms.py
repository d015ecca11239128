"""config/terms.toml: the terms pages to watch. A bad table is refused alone; the others are watched."""

import re
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from bot.model import Document, DocumentKind
from bot.settings.problems import Problem, meant
from bot.settings.sources import checked_url, usable_id
from bot.settings.toml import TableRow, read_text, rows, validated

READABLE = tuple(sorted(path.stem for path in (Path(__file__).parents[1] / "data" / "terms").glob("*.toml")))
"""Languages whose clauses are read: one file of words each."""


class DocumentRow(BaseModel):
    """One [[document]] table as written; keys as in bot.model.Document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    platform: str
    title: str = Field(min_length=1, max_length=200)
    url: str
    lang: str = "en"
    kind: DocumentKind = DocumentKind.TERMS
    selector: str | None = Field(default=None, min_length=1, max_length=500)
    contains: tuple[str, ...] = ()
    title_contains: tuple[str, ...] = ()
    expected_chars: int | None = None
    looks_a_day: int = 3
    trouble: str = ""
    enabled: bool = True

    @field_validator("id")
    @classmethod
    def _short(cls, value: str) -> str:
        return usable_id(value, "cd-baby-terms")

    @field_validator("url")
    @classmethod
    def _address(cls, value: str) -> str:
        try:
            return checked_url(value)
        except ValueError as error:
            # The same complaint, but here nobody is asked for a feed.
            raise ValueError(
                "Is not a web address. Write it whole, such as https://example.org/terms."
            ) from error

    @field_validator("lang")
    @classmethod
    def _readable(cls, value: str) -> str:
        if not re.fullmatch(r"[a-z]{2}", value):
            raise ValueError('Is not a language. Write its two letters, such as "en" or "fr".')
        if value not in READABLE:
            known = ", ".join(READABLE)
            raise ValueError(
                f"Is a language whose clauses cannot be read yet. Watch the page in one of {known}, or leave it out."
            )
        return value

    @field_validator("selector")
    @classmethod
    def _css(cls, value: str | None) -> str | None:
        try:
            LexborHTMLParser("<p></p>").css(value or "p")
        except SelectolaxError as error:
            raise ValueError(
                'Is not a CSS selector. Write one such as "#legal" or "main article".'
            ) from error
        return value

    @field_validator("contains", "title_contains")
    @classmethod
    def _words(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not all(each.strip() for each in value):
            raise ValueError('Holds an empty text. Write words that stand there, such as ["licence"].')
        return value

    @field_validator("expected_chars")
    @classmethod
    def _some_text(cls, value: int | None) -> int | None:
        if value is not None and not 100 <= value <= 2_000_000:
            raise ValueError("Is out of range. Write characters from 100 to 2000000, or leave it out.")
        return value

    @field_validator("looks_a_day")
    @classmethod
    def _polite(cls, value: int) -> int:
        if not 1 <= value <= 4:
            raise ValueError("Is out of range. Write 2 to 4 looks a day; 1 for a page that hardly changes.")
        return value

    def to_document(self, platform: str) -> Document:
        return Document(
            id=self.id,
            platform=platform,
            title=self.title,
            url=self.url,
            lang=self.lang,
            kind=self.kind,
            selector=self.selector,
            contains=self.contains,
            title_contains=self.title_contains,
            expected_chars=self.expected_chars,
            looks_a_day=self.looks_a_day,
            trouble=self.trouble,
        )


def load_documents(
    path: Path, platforms: Mapping[str, str]
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """Every usable document in file order, and what is wrong with the rest.

    platforms  id in platforms.toml -> name
    A missing file watches nothing: whoever wrote their own folder for an earlier version has not asked for it.
    Raises ConfigError only when the file cannot be read.
    """
    if not path.exists():
        return (), ()
    return documents_in(read_text(path), path, platforms)


def documents_in(
    text: str, path: Path, platforms: Mapping[str, str]
) -> tuple[tuple[Document, ...], tuple[Problem, ...]]:
    """The same from text that is not (yet) in the file; `path` is for messages."""
    found: list[Document] = []
    problems: list[Problem] = []
    seen: dict[str, TableRow] = {}
    pages: dict[str, TableRow] = {}
    for row in rows(text, path, "document"):
        form, wrong = validated(row, DocumentRow)
        if form is not None:
            wrong = _clashes(form, row, seen, pages, platforms)
            seen.setdefault(form.id, row)
            pages.setdefault(form.url, row)
        problems += wrong
        if form is not None and not wrong and form.enabled:
            found.append(form.to_document(platforms[form.platform]))
    return tuple(found), tuple(problems)


def _clashes(
    form: DocumentRow,
    row: TableRow,
    seen: Mapping[str, TableRow],
    pages: Mapping[str, TableRow],
    platforms: Mapping[str, str],
) -> list[Problem]:
    found = []
    if form.id in seen:
        fix = "Give one of them another id; the second is left out until then."
        found.append(Problem(row.where("id"), f"id {form.id!r} is taken on line {seen[form.id].line}", fix))
    elif form.url in pages:
        fix = "Keep one of the two tables: one page is one document."
        found.append(
            Problem(row.where("url"), f"this page is watched already on line {pages[form.url].line}", fix)
        )
    if form.platform not in platforms:
        hint = meant(form.platform, platforms)
        fix = "Write the id of a [[platform]] in platforms.toml, or add one there."
        found.append(Problem(row.where("platform"), f"there is no platform {form.platform!r}{hint}", fix))
    return found
