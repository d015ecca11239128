"""smallprint sources: list, add, remove, test, import, export."""

from pathlib import Path

import pytest

from tests.cli.conftest import Room
from tests.cli.feeds import IDLE, NEWS, NEWS_TEXT, FeedSite


def test_the_list_shows_how_each_source_does(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/a", (IDLE, "")), site.base + "/missing")
    before = room.run("sources", "list", "--json").json
    room.run("once")

    rows = room.run("sources", "list").out.splitlines()
    after = room.run("sources", "list", "--json").json

    assert [each["health"] for each in before] == ["new", "new"]
    assert [each["health"] for each in after] == ["ok", "failing"]
    assert rows[0].split("\t")[:4] == ["id", "name", "group", "health"]
    assert rows[1].startswith("a\tGazette A\tmusic-trade\tok\t")
    assert "404" in rows[2]


def test_a_site_s_feed_is_found_added_and_removed_without_touching_the_rest(
    room: Room, site: FeedSite
) -> None:
    room.watch("https://gazette.example/feed")
    own = "# my own notes\n" + room.sources_file.read_text(encoding="utf-8")
    room.sources_file.write_text(own, encoding="utf-8")
    page = site.show_page("/", site.show("/news.xml", (IDLE, ""), title="The Courier"))

    added = room.run(
        "sources", "add", page, "--group", "tech", "--id", "courier", "--needs", "ai", "--needs", "music"
    )
    listed = {each["id"]: each for each in room.run("sources", "list", "--json").json}
    removed = room.run("sources", "remove", "courier")

    assert added.code == 0, added.err
    assert "Added courier" in added.out
    assert (listed["courier"]["name"], listed["courier"]["feed"]) == ("The Courier", f"{site.base}/news.xml")
    assert (listed["courier"]["site"], listed["courier"]["needs"]) == (page, ["ai", "music"])
    assert removed.code == 0
    assert room.sources_file.read_text(encoding="utf-8").rstrip("\n") == own.rstrip("\n")


def test_an_added_source_is_polled_at_once_and_its_first_pass_posts_nothing(
    room: Room, site: FeedSite
) -> None:
    room.watch(site.show("/a", (IDLE, "")))
    room.run("once")
    room.run("sources", "add", site.show("/b", (NEWS, NEWS_TEXT)), "--group", "music-trade")

    said = room.run("once", "--json").json

    assert (said["polled"], said["posts"]) == (1, [])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ftp://gazette.example/feed"], "is not a web address"),
        (["{site}/nothing"], "I cannot read {site}/nothing: there is nothing at this address (404). Open it"),
        (["https://gazette.example/feed", "--unseen"], "is in sources.toml already, as a"),
        (["{site}/page"], "I found no feed at {site}/page or behind it"),
        (["{site}/list.xml", "--id", "a"], "id 'a' is taken"),
        (["{site}/list.xml", "--id", "Big Name"], "'id' is not a usable id"),
        (["{site}/list.xml", "--platform", "soundclod"], "did you mean 'soundcloud'?"),
    ],
    ids=["scheme", "missing", "watched", "no feed", "taken id", "odd id", "platform"],
)
def test_what_cannot_be_added_is_refused_and_nothing_is_written(
    room: Room, site: FeedSite, arguments: list[str], said: str
) -> None:
    room.watch("https://gazette.example/feed")
    site.show("/list.xml", (IDLE, ""))
    site.documents["/page"] = ("text/html", b"<html><body>No feed here</body></html>")
    before = room.sources_file.read_bytes()

    refused = room.run("sources", "add", *(each.format(site=site.base) for each in arguments))

    assert refused.code == 1
    assert said.format(site=site.base) in refused.err
    assert room.sources_file.read_bytes() == before


def test_the_config_that_came_with_the_program_is_not_changed(room: Room, site: FeedSite) -> None:
    refused = room.run("sources", "add", site.show("/feed", (IDLE, "")))

    assert refused.code == 1
    assert "came with the program" in refused.err
    assert "smallprint init ." in refused.err


def test_removing_what_is_not_there_is_refused(room: Room) -> None:
    room.watch("https://gazette.example/feed")

    refused = room.run("sources", "remove", "nobody")

    assert refused.code == 1
    assert "There is no source 'nobody'" in refused.err


def test_trying_a_source_shows_what_would_be_posted_and_why(room: Room, site: FeedSite) -> None:
    room.watch("https://gazette.example/feed")
    page = site.show_page("/", site.show("/news.xml", (NEWS, NEWS_TEXT), (IDLE, "")))

    told = room.run("sources", "test", page, "--group", "music-trade")
    facts = room.run("sources", "test", page, "--group", "music-trade", "--json").json

    assert f"Feed: {site.base}/news.xml" in told.out
    assert "[POST]" in told.out
    assert "[skip]" in told.out
    assert "Of the 2 last entries, 1 would be posted if new" in told.out
    assert {each["title"]: each["would_post"] for each in facts["entries"]} == {NEWS: True, IDLE: False}
    assert all(each["reasons"] for each in facts["entries"])
    assert not (room.folder / "data").exists()


def test_trying_shows_no_more_entries_than_asked(room: Room, site: FeedSite) -> None:
    feed = site.show("/feed", *[(f"Synth number {n}", "") for n in range(30)])

    assert len(room.run("sources", "test", feed, "--entries", "7", "--json").json["entries"]) == 7


def test_exported_sources_can_be_imported_elsewhere(room: Room) -> None:
    room.watch("https://one.example/feed?a=1&b=2", "https://two.example/feed")
    assert room.run("sources", "export", "mine.opml").code == 0
    assert room.run("sources", "export").out == Path("mine.opml").read_text(encoding="utf-8")
    room.watch("https://two.example/feed")

    said = room.run("sources", "import", "mine.opml", "--group", "tech")
    again = room.run("sources", "import", "mine.opml")

    assert "Added 1 source" in said.out
    assert "Known already: https://two.example/feed" in said.err
    feeds = {each["feed"]: each for each in room.run("sources", "list", "--json").json}
    assert feeds["https://one.example/feed?a=1&b=2"]["group"] == "tech"
    assert feeds["https://one.example/feed?a=1&b=2"]["id"] == "one"
    assert "Nothing to add." in again.out


def test_what_is_no_opml_is_refused(room: Room) -> None:
    room.watch("https://one.example/feed")
    Path("list.txt").write_text("https://two.example/feed", encoding="utf-8")

    assert "The file is not OPML" in room.run("sources", "import", "list.txt").err
    assert "cannot be read" in room.run("sources", "import", "nowhere").err


def test_an_export_does_not_overwrite(room: Room) -> None:
    room.watch("https://one.example/feed")
    Path("mine.opml").write_text("mine", encoding="utf-8")

    refused = room.run("sources", "export", "mine.opml")

    assert refused.code == 1
    assert Path("mine.opml").read_text(encoding="utf-8") == "mine"
