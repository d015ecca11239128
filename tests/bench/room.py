"""A folder in which `smallprint` runs as its own process: only loopback, no account of this machine."""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.shared import PROJECT

SMALLPRINT = Path(sys.executable).parent / "smallprint"
LOOPBACK_ONLY = PROJECT / "tests" / "bench" / "loopback_only"


def make_room(room: Path, tables: Iterable[Mapping[str, object]]) -> None:
    """What `smallprint init` writes, with these [[source]] tables instead of the real sources."""
    room.mkdir(parents=True, exist_ok=True)
    subprocess.run([SMALLPRINT, "init", str(room)], check=True, capture_output=True, env=environment())
    text = "\n".join(_as_toml(table) for table in tables)
    (room / "config" / "sources.toml").write_text(text, encoding="utf-8")


def environment(**settings: object) -> dict[str, str]:
    """This environment without its SMALLPRINT_ settings (a real token must not be used), with these instead.

    settings  names without SMALLPRINT_, in lower case
    Host names lead nowhere in it: links in the feeds point to real sites, which must not be asked by a measurement.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SMALLPRINT_")}
    kept |= {"SMALLPRINT_ALLOW_PRIVATE": "127.0.0.1", "PYTHONPATH": str(LOOPBACK_ONLY)}
    return kept | {f"SMALLPRINT_{name.upper()}": str(value) for name, value in settings.items()}


def _as_toml(table: Mapping[str, object]) -> str:
    rows = [f"{key} = {_value(value)}" for key, value in table.items()]
    return "\n".join(["[[source]]", *rows, ""])


def _value(value: object) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(each) for each in value)}]"
    return str(value) if isinstance(value, int) else f'"{value}"'
