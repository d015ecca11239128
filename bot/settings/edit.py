"""Changes to sources.toml that leave the rest of the file as the operator wrote it, byte for byte."""

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.errors import ConfigError, RefusedError
from bot.model import Evidence, SourceGroup
from bot.settings.toml import ANY_HEADER, header_lines, parse


@dataclass(frozen=True, slots=True)
class NewSource:
    """What is written as one [[source]] table; values as in sources.toml. None or empty: left out."""

    id: str
    name: str
    feed: str | None
    site: str | None
    group: SourceGroup
    platform: str | None = None
    tier: int = 2
    poll_minutes: int | None = None
    lang: str = "en"
    needs: frozenset[Evidence] | None = None
    trouble: str = ""

    def as_table(self) -> str:
        """The table as TOML, without a blank line before or after."""
        lines = ["[[source]]", f"id = {_text(self.id)}", f"name = {_text(self.name)}"]
        if self.feed:
            lines.append(f"feed = {_text(self.feed)}")
        if self.site:
            lines.append(f"site = {_text(self.site)}")
        lines.append(f"group = {_text(self.group.value)}")
        if self.platform:
            lines.append(f"platform = {_text(self.platform)}")
        if self.tier != 2:
            lines.append(f"tier = {self.tier}")
        if self.poll_minutes:
            lines.append(f"poll_minutes = {self.poll_minutes}")
        if self.lang != "en":
            lines.append(f"lang = {_text(self.lang)}")
        if self.needs is not None:
            lines.append(f"needs = [{', '.join(_text(each.value) for each in sorted(self.needs))}]")
        if self.trouble:
            lines.append(f"trouble = {_text(self.trouble)}")
        return "\n".join(lines)


def _text(value: str) -> str:
    # A JSON string is a TOML basic string, except that TOML wants the DEL character escaped as well.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def with_source(text: str, new: NewSource) -> str:
    """The file's text with one more table at its end."""
    newline = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text else newline if text.endswith("\n") else newline * 2
    return text + gap + new.as_table().replace("\n", newline) + newline


def without_source(text: str, source_id: str, path: Path) -> str:
    """The file's text without the table of that id; everything else stays, comments before the next table too.

    Raises RefusedError when there is none, or when the file is written so that it has to be edited by hand.
    """
    tables = parse(text, path).get("source", [])
    places = [i for i, table in enumerate(tables) if table.get("id") == source_id]
    if not places:
        raise RefusedError(
            f"There is no source {source_id!r} in {path}. `smallprint sources list` shows them."
        )
    heads = header_lines(text, "source")
    by_hand = RefusedError(
        f"I cannot cut {source_id!r} out of {path} safely. Open the file and delete its [[source]] table."
    )
    if len(heads) != len(tables):
        raise by_hand
    lines = text.splitlines(keepends=True)
    start = heads[places[0]] - 1
    end = _end_of_table(lines, start)
    rest = "".join(lines[:start] + lines[end:])
    kept = [table for i, table in enumerate(tables) if i != places[0]]
    try:
        still_good = parse(rest, path).get("source", []) == kept
    except ConfigError:
        still_good = False
    if not still_good:
        raise by_hand
    return rest


def _end_of_table(lines: list[str], start: int) -> int:
    """The line after the table's last key and the blank lines that follow it; comments belong to what comes next."""
    after = start + 1
    while after < len(lines) and not ANY_HEADER.match(lines[after]):
        after += 1
    last = after
    while last > start + 1 and (not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#")):
        last -= 1
    end = last
    while end < after and not lines[end].strip():
        end += 1
    return end


def write_whole(path: Path, text: str) -> None:
    """Replace the file in one step, so that a crash leaves the old one. Raises ConfigError when it may not."""
    try:
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary = Path(name)
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        temporary.replace(path)
    except OSError as error:
        fix = "Check the permissions of the folder."
        raise ConfigError(str(path), f"cannot be written ({error.strerror})", fix) from error


def read_exactly(path: Path) -> str:
    """The text with its line ends as they are. Raises ConfigError."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError as error:
        fix = f"Run `smallprint init {path.parent.parent}` to write the files."
        raise ConfigError(str(path), "there is no such file", fix) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), "cannot be read as UTF-8 text", "Check the file.") from error


def id_from(address: str, taken: frozenset[str]) -> str:
    """A free id made from the host: https://www.example.org/feed -> example, then example-2."""
    host = (urlsplit(address).hostname or "source").removeprefix("www.")
    labels = [label for label in host.split(".") if label not in ("feeds", "rss", "blog", "news", "newsroom")]
    # The last label is the top-level domain, unless the host is a bare name or an address in numbers.
    words = labels[:-1] if len(labels) > 1 and not labels[-1].isdigit() else labels
    base = "-".join(words).lower() or "source"
    base = "".join(c if c.isascii() and c.isalnum() else "-" for c in base).strip("-") or "source"
    candidate, n = base, 1
    while candidate in taken:
        n += 1
        candidate = f"{base}-{n}"
    return candidate
