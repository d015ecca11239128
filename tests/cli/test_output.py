"""What commands print: for people on a terminal, for scripts in a pipe."""

import io
import sys

import pytest

from bot.cli.output import Output
from tests.cli.conftest import Room

SECRET = "fake-token-that-nobody-may-see"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def output() -> Output:
    made = Output()
    made.learn(lambda text: text.replace(SECRET, "[hidden]"))
    return made


def printed(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, name: str = "stdout") -> io.StringIO:
    monkeypatch.setattr(sys, name, stream)
    return stream


def test_a_pipe_gets_every_column_with_tabs_between(output: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = printed(monkeypatch, io.StringIO())

    output.table(
        ("id", "name", "why"), [(1, "a\tb", None), (2, SECRET, "two\nlines")], empty="", piped_only=("name",)
    )

    assert pipe.getvalue() == "id\tname\twhy\n1\ta b\t\n2\t[hidden]\ttwo lines\n"


def test_a_terminal_gets_the_columns_that_it_has_room_for(
    output: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = printed(monkeypatch, Terminal())

    output.table(("id", "name", "why"), [(1, "long", f"[bold]{SECRET}")], empty="", piped_only=("name",))

    assert "long" not in terminal.getvalue()
    # Brackets in a headline are no markup.
    assert "[bold][hidden]" in terminal.getvalue()


def test_a_narrow_terminal_gets_a_block_a_row_and_nothing_is_cut(
    output: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = printed(monkeypatch, Terminal())
    monkeypatch.setenv("COLUMNS", "40")

    output.table(
        ("id", "when", "why", "title"), [(17, "2025-05-09 12:00", None, "A long " * 9 + "title")], empty=""
    )

    assert terminal.getvalue() == f"id 17\n  when: 2025-05-09 12:00\n  title: {'A long ' * 9}title\n"


def test_nothing_to_show_is_said_beside_the_results(
    output: Output, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output.table(("id",), [], empty="No story yet.")

    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "No story yet.\n")


def test_long_work_shows_a_bar_on_a_terminal(output: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = printed(monkeypatch, Terminal(), "stderr")

    with output.progress("Reading sources") as show:
        show(3, 40, f"Gazette {SECRET}")

    assert "Reading sources" in terminal.getvalue()
    assert SECRET not in terminal.getvalue()


def test_long_work_tells_plain_lines_in_a_pipe_and_short_work_nothing(
    output: Output, capsys: pytest.CaptureFixture[str]
) -> None:
    with output.progress("Reading sources") as show:
        for done in range(1, 41):
            show(done, 40)
    with output.progress("A few") as show:
        show(3, 3)

    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 10
    assert lines[-1] == "Reading sources: 40 of 40"


def test_a_fault_of_ours_is_told_with_its_secrets_hidden(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError(f"no luck with postgresql://bot:{SECRET}@db/x")

    monkeypatch.setattr("bot.app.try_source.source_rows", broken)
    room.watch("https://gazette.example/feed")

    said = room.run("sources", "list")

    assert said.code == 1
    assert "RuntimeError" in said.err
    assert "This is a fault in Smallprint" in said.err
    assert SECRET not in said.err
