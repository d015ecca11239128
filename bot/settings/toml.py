"""TOML files that operators write: read whole, with the line of every row and key for messages."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.errors import ConfigError
from bot.settings.problems import Problem, faults


@dataclass(frozen=True, slots=True)
class TableRow:
    """One `[[name]]` table as written. `line` is where its header stands, from 1."""

    values: dict[str, Any]
    line: int
    key_lines: dict[str, int]
    path: Path

    def where(self, key: str = "") -> str:
        """'config/sources.toml, line 12, key "feed"' for messages."""
        label = self.values.get("id")
        name = f" ({label})" if isinstance(label, str) and label else ""
        file = shown(self.path)
        if not key or key not in self.values:
            return f"{file}, line {self.line}{name}"
        return f"{file}, line {self.key_lines.get(key, self.line)}{name}, key {key!r}"


def shown(path: Path) -> str:
    """The path as a person at this prompt would write it."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def read_text(path: Path) -> str:
    """The text of a file under config/. Raises ConfigError."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        fix = f"Run `smallprint init {path.parent.parent}` to write the files, or set SMALLPRINT_CONFIG."
        raise ConfigError(shown(path), "there is no such file", fix) from error
    except UnicodeDecodeError as error:
        raise ConfigError(shown(path), "is not UTF-8 text", "Save it again as UTF-8.") from error
    except OSError as error:
        raise ConfigError(
            str(path), f"cannot be read ({error.strerror})", "Check its permissions."
        ) from error


def parse(text: str, path: Path) -> dict[str, Any]:
    """The whole document. Raises ConfigError that names line and column."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problem = f"is not valid TOML: {error}"
        fix = "Look at that line: texts need quotation marks, tables are [[source]] or the like."
        raise ConfigError(shown(path), problem, fix) from error


HEADER = re.compile(r"^\s*\[\[\s*(?P<name>[\w-]+)\s*\]\]\s*(#.*)?$")
ANY_HEADER = re.compile(r"^\s*\[")
KEY = re.compile(r"^\s*(?P<key>[\w-]+)\s*=")


def header_lines(text: str, name: str) -> list[int]:
    """Line numbers, from 1, of every `[[name]]` header."""
    lines = enumerate(text.splitlines(), start=1)
    return [n for n, line in lines if (found := HEADER.match(line)) and found["name"] == name]


def rows(text: str, path: Path, name: str) -> list[TableRow]:
    """Every `[[name]]` table, in order. Raises ConfigError when the document is not of that shape."""
    document = parse(text, path)
    others = [key for key in document if key != name]
    if others:
        problem = f"has {others[0]!r} outside of a [[{name}]] table"
        raise ConfigError(shown(path), problem, f"Write one [[{name}]] table for each; nothing else.")
    tables = document.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigError(shown(path), f"[{name}] is one table", f"Write [[{name}]], with double brackets.")
    heads = header_lines(text, name)
    # A header inside a multi-line text would shift the count; then lines are better left out than wrong.
    if len(heads) != len(tables):
        heads = [1] * len(tables)
    lines = text.splitlines()
    return [
        TableRow(table, head, _key_lines(lines, head), path)
        for table, head in zip(tables, heads, strict=True)
    ]


def _key_lines(lines: Sequence[str], head: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, line in enumerate(lines[head:], start=head + 1):
        if ANY_HEADER.match(line):
            break
        if match := KEY.match(line):
            found.setdefault(match["key"], number)
    return found


Form = TypeVar("Form", bound=BaseModel)


def validated(row: TableRow, form: type[Form]) -> tuple[Form | None, list[Problem]]:
    """The row as `form`, or what is wrong with it."""
    try:
        return form.model_validate(row.values), []
    except ValidationError as error:
        found = faults(error, list(form.model_fields))
        return None, [Problem(row.where(fault.key), fault.problem, fault.fix) for fault in found]
