"""What commands print: results on stdout, progress and remarks on stderr; tables for people, plain lines for pipes."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol

Row = Sequence[object]
Mask = Callable[[str], str]


class OutputClosedError(Exception):
    """Whoever read our standard output has had enough (`| head`): the end, but no error."""


class Progress(Protocol):
    """Called with how much is done of how much."""

    def __call__(self, done: int, total: int, what: str = "") -> None: ...


class Output:
    """Everything goes through the masker: a token that got into an address or a message is never shown."""

    def __init__(self) -> None:
        self._masker: Mask | None = None

    def learn(self, masker: Mask | None) -> None:
        """From now on hide these secrets as well; None: only what looks like one."""
        self._masker = masker

    def _mask(self, text: str) -> str:
        if self._masker is None:
            from bot.logs import Masker  # here and not above: help texts are shown without

            self._masker = Masker()
        return self._masker(text)

    @staticmethod
    def is_for_people() -> bool:
        """Whether stdout is a terminal."""
        return sys.stdout.isatty()

    def line(self, text: str = "") -> None:
        """One result line. Raises OutputClosedError."""
        self.raw(text + "\n")

    def raw(self, text: str) -> None:
        """A block that brings its own line ends, on its way at once. Raises OutputClosedError."""
        try:
            sys.stdout.write(self._mask(text))
            # Somebody may feed one line at a time and wait for its answer.
            sys.stdout.flush()
        except BrokenPipeError as error:
            _silence_stdout()
            raise OutputClosedError from error

    def json(self, value: Any) -> None:
        """One JSON document; datetimes and other plain values as text."""
        self.line(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))

    def remark(self, text: str) -> None:
        """Something that is no result: what is being done, what to do next."""
        # Keeps the order that people see when both streams go to one terminal.
        sys.stdout.flush()
        sys.stderr.write(self._mask(text) + "\n")
        sys.stderr.flush()

    def table(
        self, heads: Sequence[str], rows: Sequence[Row], *, empty: str, piped_only: Sequence[str] = ()
    ) -> None:
        """A table on a terminal, tab-separated lines under one heading line in a pipe.

        empty       said when there is nothing
        piped_only  columns that a terminal has no room for
        """
        if not rows:
            self.remark(empty)
            return
        if not self.is_for_people():
            self.line("\t".join(heads))
            for row in rows:
                self.line("\t".join(_flat(cell) for cell in row))
            return
        # Only terminals pay for loading rich.
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, header_style="bold", pad_edge=False)
        shown = [n for n, head in enumerate(heads) if head not in piped_only]
        for n in shown:
            # Only the last one, the longest, may run over several lines.
            table.add_column(
                heads[n], no_wrap=n != shown[-1], overflow="fold" if n == shown[-1] else "ellipsis"
            )
        for row in rows:
            table.add_row(*(Text(self._mask(str(_shown(row[n])))) for n in shown))
        Console().print(table)

    @contextmanager
    def progress(self, title: str) -> Iterator[Progress]:
        """A bar on a terminal; in a pipe one plain line at the end of every tenth part."""
        if not sys.stderr.isatty():
            yield self._plain_progress(title)
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bars

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[what]}"),
        )
        with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
            task = bars.add_task(title, total=None, what="")

            def show(done: int, total: int, what: str = "") -> None:
                bars.update(task, completed=done, total=total, what=self._mask(what))

            yield show

    def _plain_progress(self, title: str) -> Progress:
        told = 0

        def show(done: int, total: int, what: str = "") -> None:
            nonlocal told
            tenth = done * 10 // total if total else 10
            # Small jobs are over before a line about them could be read.
            if tenth > told and total >= 20:
                told = tenth
                self.remark(f"{title}: {done} of {total}")

        return show


def _silence_stdout() -> None:
    """What is left in the buffer must not make the flush at exit an error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _shown(cell: object) -> object:
    return "" if cell is None else cell


def _flat(cell: object) -> str:
    return str(_shown(cell)).replace("\t", " ").replace("\n", " ")
