"""A room to run commands in: an empty folder, no settings of ours around, the real `main`."""

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.cli import main
from bot.cli.opening import out
from tests.cli.feeds import FeedSite, feed_site


@dataclass(frozen=True)
class Said:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def all(self) -> str:
        return self.out + self.err


class Room:
    """A folder with a config, and ways to run commands in it."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.folder, self._monkeypatch, self._capsys = folder, monkeypatch, capsys

    def set(self, name: str, value: str) -> None:
        """Set SMALLPRINT_<name>."""
        self._monkeypatch.setenv(f"SMALLPRINT_{name}", value)

    def run(self, *arguments: str, stdin: str | bytes = b"") -> Said:
        """The real `main` in this process."""
        raw = stdin.encode() if isinstance(stdin, str) else stdin
        self._monkeypatch.setattr(sys, "argv", ["smallprint", *arguments])
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        self._capsys.readouterr()
        code: Any = 0
        try:
            main()
        except SystemExit as end:
            code = end.code
        captured = self._capsys.readouterr()
        return Said(code or 0, captured.out, captured.err)

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """A process of its own; whoever starts it ends it."""
        return subprocess.Popen(
            [sys.executable, "-m", "bot", *arguments],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def watch(self, *feeds: str, group: str = "music-trade") -> None:
        """Make a config that watches these feeds: a, b, c..."""
        config = self.folder / "config"
        config.mkdir(exist_ok=True)
        tables = [
            f'[[source]]\nid = "{chr(97 + n)}"\nname = "Gazette {chr(65 + n)}"\nfeed = "{feed}"\ngroup = "{group}"\n'
            for n, feed in enumerate(feeds)
        ]
        (config / "sources.toml").write_text("\n".join(tables), encoding="utf-8")

    @property
    def sources_file(self) -> Path:
        return self.folder / "config" / "sources.toml"


@pytest.fixture
def room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Room]:
    for name in list(os.environ):
        if name.startswith("SMALLPRINT_") and not name.startswith(("SMALLPRINT_TEST_", "SMALLPRINT_SHARED")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SMALLPRINT_ALLOW_PRIVATE", "127.0.0.1")
    monkeypatch.chdir(tmp_path)
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield Room(tmp_path, monkeypatch, capsys)
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()
    out.learn(None)


@pytest.fixture
def site() -> Iterator[FeedSite]:
    with feed_site() as served:
        yield served
