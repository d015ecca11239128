"""Secrets that a command writes: into .env without touching its other lines, or into a file of their own."""

import io
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from dotenv.parser import parse_stream

from bot.errors import ConfigError

_PLAIN = re.compile(r"[\w.:/~+=@%-]+", re.ASCII)


def with_variables(text: str, values: Mapping[str, str]) -> str:
    """The text of a .env with these variables set: in their old places where they have one, else at the end.

    Everything else stays byte for byte. Raises ValueError for a value that spans lines.
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    left, parts = dict(values), []
    for binding in parse_stream(io.StringIO(text, newline="")):
        original = binding.original.string
        name = binding.key
        if binding.error or name is None or name not in values:
            parts.append(original)
            continue
        left.pop(name, None)
        blank = original[: len(original) - len(original.lstrip("\r\n"))]
        end = newline if original.endswith("\n") else ""
        parts.append(f"{blank}{_line(name, values[name])}{end}")
    whole = "".join(parts)
    gap = newline if left and whole and not whole.endswith("\n") else ""
    return whole + gap + "".join(_line(name, value) + newline for name, value in left.items())


def _line(name: str, value: str) -> str:
    if "\n" in value or "\r" in value:
        raise ValueError(f"{name} would span lines")
    if _PLAIN.fullmatch(value):
        return f"{name}={value}"
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"{name}='{escaped}'"


def write_secret(path: Path, text: str) -> None:
    """Replace the file in one step, readable by its owner alone. Raises ConfigError when it may not be written."""
    # Through a link: the file it leads to is what others read.
    path = path.resolve()
    temporary = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Made with mode 600.
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        temporary = Path(name)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        fix = "Check the permissions of the folder."
        raise ConfigError(str(path), f"cannot be written ({error.strerror})", fix) from error


def set_variables(file: Path, values: Mapping[str, str]) -> None:
    """Set variables in a .env, made if there is none. Raises ConfigError."""
    try:
        text = file.open(encoding="utf-8", newline="").read() if file.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(file), "cannot be read as UTF-8 text", "Save it again as UTF-8.") from error
    write_secret(file, with_variables(text, values))
