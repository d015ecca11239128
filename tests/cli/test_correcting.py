"""smallprint correct: what was told is put right, once, by somebody at a terminal."""

from tests.cli.conftest import Room
from tests.cli.feeds import IDLE, NEWS, NEWS_TEXT, FeedSite


def test_a_told_story_is_corrected_and_taken_back(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/feed", (IDLE, "")))
    room.run("once")
    site.show("/feed", (NEWS, NEWS_TEXT), (IDLE, ""))
    room.run("once", "--all")
    (story,) = (
        row["id"] for row in room.run("stories", "--json").json if row["editions"][0]["state"] == "published"
    )

    made = room.run("correct", story, "--headline", "The right one", "--reason", "It was another firm.")
    edited = room.run("once").out

    assert made.code == 0, made.err
    assert made.out.startswith("Corrected. 1 post will be edited")
    assert edited.count("Edited post (revision 2)") == 1
    assert "The right one" in edited
    assert "It was another firm." in edited
    assert room.run("correct", story, "--undo", "--reason", "It was right.").code == 0
    assert NEWS[:30] in room.run("once").out
    assert "Edited post" not in room.run("once").out


def test_what_cannot_be_corrected_is_refused_with_what_to_do(room: Room) -> None:
    room.run("subscribe", "--console")
    unknown = room.run("correct", "snothing", "--reason", "It was wrong.")
    both = room.run("correct", "snothing", "--reason", "x", "--undo", "--headline", "y")
    silent = room.run("correct", "snothing", "--reason", " ")

    assert (unknown.code, both.code, silent.code) == (1, 1, 1)
    assert "smallprint stories" in unknown.err
    assert "without --headline" in both.err
    assert "one sentence" in silent.err
    assert room.run("correct", "snothing").code == 2
