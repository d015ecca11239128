"""What commands print: results on stdout, progress and remarks on stderr; tables for people, plain lines for pipes."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from shutil import get_terminal_size
from typing import Any, Protocol

Row = Sequence[object]
Mask = Callable[[str], str]

# Columns for the last, longest cell of a table: titles and remarks are not read in a narrower one.
LEAST_OF_THE_LAST = 24


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
        """A table on a terminal, a block a row where it is too narrow, tab-separated lines with a heading in a pipe.

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
        shown = [n for n, head in enumerate(heads) if head not in piped_only]
        told = [[_flat(row[n]) for n in shown] for row in rows]
        names = [heads[n] for n in shown]
        if _is_too_wide(names, told):
            self._blocks(names, told)
        else:
            self._rich_table(names, told)

    def _blocks(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Nothing is cut, least of all the number that a person needs for the next command."""
        for first, *rest in rows:
            self.line(f"{heads[0]} {first}")
            for head, cell in zip(heads[1:], rest, strict=True):
                if cell:
                    self.line(f"  {head}: {cell}")

    def _rich_table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        # Only terminals pay for loading rich.
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, header_style="bold", pad_edge=False)
        for head in heads:
            # Only the last one, the longest, may run over several lines.
            is_last = head == heads[-1]
            table.add_column(head, no_wrap=not is_last, overflow="fold" if is_last else "ellipsis")
        for row in rows:
            table.add_row(*(Text(self._mask(cell)) for cell in row))
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


def _is_too_wide(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the terminal has no room for all columns but the last, and for something of that."""
    lines = [heads, *rows]
    widths = [max(len(line[n]) for line in lines) for n in range(len(heads))]
    room = get_terminal_size().columns
    return sum(width + 2 for width in widths[:-1]) + min(widths[-1], LEAST_OF_THE_LAST) > room


def _silence_stdout() -> None:
    """What is left in the buffer must not make the flush at exit an error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _shown(cell: object) -> object:
    return "" if cell is None else cell


def _flat(cell: object) -> str:
    return str(_shown(cell)).replace("\t", " ").replace("\n", " ")
