"""smallprint feedback, suggestions, label --feedback: what readers said reaches whoever runs the bot."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.model import Feedback, SinkKind
from bot.store import SqlStore
from tests.builders import NOON
from tests.cli.conftest import Room
from tests.flows.outbox import make_ready
from tests.stores import sqlite_url, temporary_store

HOUR = timedelta(hours=1)


@pytest.fixture
def readers(room: Room) -> Room:
    """Two stories: three readers call the second off the subject, one the first; and two suggestions."""
    room.set("DATABASE_URL", sqlite_url(room.folder))
    room.watch()

    async def fill(store: SqlStore) -> None:
        first, second = await make_ready(store, "A clause"), await make_ready(store, "A garden gnome")
        await store.add_feedback(Feedback(first, SinkKind.DISCORD, "ada", None, NOON))
        for n, person in enumerate(("ada", "bo", "cy")):
            await store.add_feedback(Feedback(second, SinkKind.DISCORD, person, "9", NOON + n * HOUR))
        await store.add_suggestion("https://gazette.example/feed", SinkKind.DISCORD, "ada-7", "9", NOON)
        await store.add_suggestion("a\nsecond \x1b[31mone", SinkKind.DISCORD, "bo-8", None, NOON)

    _with_store(room, fill)
    return room


def _with_store(room: Room, act: Callable[[SqlStore], Awaitable[None]]) -> None:
    async def run() -> None:
        async with temporary_store(room.folder) as store:
            await act(store)

    asyncio.run(run())


def test_stories_that_most_readers_doubt_come_first_with_what_the_operator_said(readers: Room) -> None:
    said = readers.run("feedback", "list")

    assert said.code == 0, said.err
    rows = [line.split("\t") for line in said.out.splitlines() if "\t" in line]
    assert [(row[1], row[3], row[4]) for row in rows[-2:]] == [
        ("3", "", "A garden gnome"),
        ("1", "", "A clause"),
    ]
    assert "smallprint label --feedback" in said.err
    assert [each["readers"] for each in readers.run("feedback", "list", "--json").json] == [3, 1]
    assert len(readers.run("feedback", "list", "--limit", "1", "--json").json) == 1


def test_the_export_is_read_by_eval_and_is_in_doubt_unless_enough_readers_agree(readers: Room) -> None:
    said = readers.run("feedback", "export", "held.jsonl", "--sure", "3")

    assert said.code == 0, said.err
    text = (readers.folder / "held.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    assert [(row["title"], row["relevance"], row["doubt"], row["labelled_by"]) for row in rows] == [
        ("A garden gnome", 0, False, "readers (3)"),
        ("A clause", 0, True, "readers (1)"),
    ]
    assert "2 labelled lines, 1 of them in doubt" in readers.run("eval", "held.jsonl").out
    unsure = readers.run("feedback", "export", "-").out.splitlines()
    assert [json.loads(line)["doubt"] for line in unsure] == [True, True]


def test_a_file_that_is_there_is_not_written_over(readers: Room) -> None:
    (readers.folder / "held.jsonl").write_text("mine", encoding="utf-8")

    said = readers.run("feedback", "export", "held.jsonl")

    assert (said.code, "--force" in said.err) == (1, True)
    assert (readers.folder / "held.jsonl").read_text(encoding="utf-8") == "mine"


def test_a_session_over_what_readers_doubt_asks_the_most_doubted_first_and_its_answers_count(
    readers: Room,
) -> None:
    said = readers.run("label", "--feedback", stdin="y\n")

    assert "1 of 2  A garden gnome" in said.out
    assert "Labelled" not in said.err
    assert [each["you_said"] for each in readers.run("feedback", "list", "--json").json] == ["ours", None]
    left = [json.loads(line)["title"] for line in readers.run("feedback", "export", "-").out.splitlines()]
    assert left == ["A clause"]


def test_without_feedback_there_is_nothing_to_list_or_label(room: Room) -> None:
    room.set("DATABASE_URL", sqlite_url(room.folder))
    room.watch()
    _with_store(room, lambda store: store.set_setting("made", "yes"))

    assert "No reader has called a story off the subject." in room.run("feedback", "list").all
    assert "Readers doubt nothing that you have not labelled." in room.run("label", "--feedback").err
    assert "No suggestion waits." in room.run("suggestions", "list").all


def test_a_suggestion_is_listed_without_who_made_it_and_leaves_the_list_when_settled(readers: Room) -> None:
    said = readers.run("suggestions", "list")

    assert "https://gazette.example/feed" in said.out
    assert "ada-7" not in said.all
    assert "\x1b" not in said.out
    assert len([line for line in said.out.splitlines() if "second" in line]) == 1

    done = readers.run("suggestions", "settle", "1")
    assert done.out == "Settled 1: https://gazette.example/feed\n"
    assert [each["id"] for each in readers.run("suggestions", "list", "--json").json] == [2]
    assert [each["id"] for each in readers.run("suggestions", "list", "--all", "--json").json] == [1, 2]
    # Again: nothing more happens, and when it was settled stays.
    assert readers.run("suggestions", "settle", "1").code == 0


def test_a_suggestion_that_is_not_there_is_refused_with_the_way_to_the_list(readers: Room) -> None:
    said = readers.run("suggestions", "settle", "99")

    assert (said.code, said.out) == (1, "")
    assert "smallprint suggestions list --all" in said.err
