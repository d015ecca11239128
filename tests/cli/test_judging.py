"""smallprint judge, why."""

import json

import pytest

from tests.cli.conftest import Room
from tests.cli.feeds import IDLE, NEWS, NEWS_TEXT, FeedSite

TRADE = "Music Business Worldwide"


def line(title: str = NEWS, text: str = NEWS_TEXT, **more: object) -> str:
    return json.dumps({"title": title, "text": text, "outlet": TRADE, "date": "2025-05-10"} | more)


def verdicts(out: str) -> list[dict[str, object]]:
    return [json.loads(each) for each in out.splitlines()]


def test_items_are_judged_in_their_order_and_rewrites_share_a_story(room: Room) -> None:
    rewrite = line(
        "Suno sued by Universal Music Group over training on recordings", outlet="Digital Music News"
    )
    items = "\n".join([line(IDLE, ""), line(), rewrite, line("Bandcamp bans AI-generated music", "")])

    said = room.run("judge", "-", stdin=items)

    assert said.code == 0, said.err
    idle, news, again, other = verdicts(said.out)
    assert (idle["relevant"], idle["topic"], idle["story"]) == (False, None, None)
    assert (news["relevant"], news["topic"]) == (True, "lawsuit")
    assert set(news["platforms"]) == {"Suno", "UMG"}  # type: ignore[call-overload]
    assert news["story"] == again["story"] != other["story"]
    assert 0 <= idle["score"] < news["score"] <= 1  # type: ignore[operator]
    assert all(each["reasons"] for each in (idle, news, again, other))


def test_no_database_is_needed_or_made(room: Room) -> None:
    (room.folder / "items.jsonl").write_text(line() + "\n\n" + line() + "\n", encoding="utf-8")

    said = room.run("judge", "items.jsonl")

    assert len(said.out.splitlines()) == 2
    assert not (room.folder / "data").exists()


def test_explain_tells_every_reason_with_its_weight_and_the_outlet(room: Room) -> None:
    (told,) = verdicts(room.run("judge", "-", "--explain", stdin=line()).out)

    assert told["outlet"] == {"name": TRADE, "group": "music-trade", "tier": 1}
    assert all(set(reason) == {"code", "text", "weight"} for reason in told["reasons"])  # type: ignore[attr-defined]


def test_an_outlet_is_known_by_its_host_as_well(room: Room) -> None:
    item = line(outlet="Some Rewriter", url="https://www.musicbusinessworldwide.com/story")

    (told,) = verdicts(room.run("judge", "-", "--explain", stdin=item).out)

    assert told["outlet"]["name"] == TRADE  # type: ignore[index]


BAD_LINES = {
    "no JSON": ("{not json", "It is not JSON"),
    "a list": ("[1, 2]", "JSON but not an object"),
    "no words": ('{"url": "https://x.example/"}', 'neither "title" nor "text"'),
    "a number": ('{"title": 3}', '"title" must be text or null'),
    "date": (line(date="last week"), '"date" must look like 2025-05-09'),
    "far date": (line(date="9999-12-31T23:59:59-14:00"), '"date" must look like'),
    "nested": ("[" * 100_000, "It is not JSON"),
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_a_bad_line_is_named_by_its_number(room: Room, name: str) -> None:
    bad, why = BAD_LINES[name]

    said = room.run("judge", "-", stdin=f"{line()}\n{bad}\n{line()}\n")

    assert said.code == 1
    assert "smallprint: line 2: " in said.err
    assert why in said.err
    assert "--keep-going" in said.err
    assert len(said.out.splitlines()) == 1


def test_keep_going_leaves_a_line_in_the_place_of_a_bad_one(room: Room) -> None:
    said = room.run("judge", "-", "--keep-going", stdin=f"{line()}\n{{\n{line()}\n")

    assert said.code == 1
    first, bad, last = verdicts(said.out)
    assert (first["relevant"], last["relevant"]) == (True, True)
    assert bad["line"] == 2
    assert "line 2" in said.err
    assert "1 line could not be read" in said.err


def test_odd_bytes_and_fields_that_are_null_or_new_are_taken(room: Room) -> None:
    item = b'\xef\xbb\xbf{"title": "caf\xff AI", "url": null, "text": null, "outlet": null, "extra": [1], "date": null}'

    said = room.run("judge", "-", stdin=item)

    assert said.code == 0
    assert len(verdicts(said.out)) == 1


def test_a_missing_file_is_refused_in_a_sentence(room: Room) -> None:
    said = room.run("judge", "nowhere.jsonl")

    assert (said.code, said.out) == (1, "")
    assert "nowhere.jsonl cannot be read" in said.err


def test_why_tells_verdict_story_and_deliveries(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/feed", (IDLE, "")))
    room.run("once")
    site.show("/feed", (NEWS, NEWS_TEXT), (IDLE, ""))
    room.run("once", "--all")
    url = f"{site.base}/{abs(hash(NEWS))}"

    told = room.run("why", url)
    (facts,) = room.run("why", url, "--json").json

    assert told.code == 0
    for words in (
        NEWS,
        "on our subject",
        "Story: s",
        "edition 1: first, published",
        "the terminal (console): sent",
    ):
        assert words in told.out
    assert facts["verdict"]["relevant"] is True
    assert facts["story"]["editions"][0]["state"] == "published"
    assert facts["deliveries"][0]["state"] == "sent"


def test_why_also_tells_why_not(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/feed", (IDLE, "")))
    room.run("once")

    told = room.run("why", f"{site.base}/{abs(hash(IDLE))}").out

    assert "not our subject" in told
    assert "It was there on the source's first pass" in told
    assert "Story: none" in told


def test_why_says_so_when_no_source_showed_the_address(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/feed", (IDLE, "")))
    room.run("once")

    said = room.run("why", "https://elsewhere.example/")

    assert said.code == 1
    assert "No source has shown https://elsewhere.example/" in said.err
