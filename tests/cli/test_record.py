"""smallprint record: where platforms stand, and corrections that keep what was said before."""

import pytest

from tests.cli.conftest import Room


def test_a_correction_shows_in_the_record_with_what_was_said_before_and_its_reason(room: Room) -> None:
    made = room.run(
        "record", "amend", "soundcloud", "training", "limits",
        "--reason", "The promise covers copies only", "--by", "ada", "--source", "https://example.org/note",
    )  # fmt: skip
    record = room.run("record", "show", "SoundCloud", "--json").json

    assert made.code == 0, made.err
    assert made.out.startswith("SoundCloud, training on uploads: limited.")
    assert "Until now the record said: only with consent" in made.out
    training = record["standings"][0]
    assert (training["position"], training["amended"]["by"]) == ("limits", "ada")
    assert training["earlier"][0]["corrected_because"] == "The promise covers copies only"
    assert training["earlier"][0]["position"] == "only-with-consent"
    assert record["amendments"][0]["before"]["position"] == "only-with-consent"
    assert "the record said before: only with consent" in room.run("record", "show", "soundcloud").out


def test_a_changed_row_of_the_history_keeps_its_former_sentence_and_a_missing_one_is_taken_back(
    room: Room,
) -> None:
    file = room.folder / "config" / "history.toml"
    file.parent.mkdir(exist_ok=True)
    (file.parent / "sources.toml").write_text("")
    row = (
        '[[event]]\nid = "{id}"\ndate = "2031-01-0{n}"\nplatforms = ["Udio"]\ntopic = "guidance"\n'
        'sentence = "{sentence}"\nsource = "https://gazette.example/{n}"\n'
    )
    file.write_text(row.format(id="a", n=1, sentence="One.") + row.format(id="b", n=2, sentence="Two."))
    assert len(room.run("record", "history", "--json").json) == 2

    file.write_text(row.format(id="a", n=1, sentence="One, better said."))
    gone, changed = room.run("record", "history", "--json").json

    assert (gone["key"], gone["withdrawn"]) == ("seed:b", True)
    assert (changed["sentence"], changed["earlier"][0]["sentence"]) == ("One, better said.", "One.")
    assert (
        "[taken back: Its row was taken out of history.toml] Two." in room.run("record", "show", "udio").out
    )


def test_an_event_can_be_taken_back_and_a_restart_does_not_bring_it_back(room: Room) -> None:
    key = "seed:bandcamp-2026-ban"

    taken = room.run("record", "withdraw", key, "--reason", "A test", "--by", "ada")
    again = room.run("record", "withdraw", key, "--reason", "A test")
    record = room.run("record", "show", "bandcamp", "--json").json

    assert taken.out.startswith(f"Took {key} back: ")
    assert (again.code, "taken back already" in again.err) == (1, True)
    uploads = next(each for each in record["standings"] if each["subject"] == "ai-uploads")
    assert uploads["position"] == "unknown"
    assert next(each for each in record["timeline"] if each["key"] == key)["withdrawn"]


def test_the_list_shows_who_stands_somewhere_and_all_who_are_known(room: Room) -> None:
    some = room.run("record", "list").out.splitlines()
    everybody = room.run("record", "list", "--all", "--json").json

    assert some[0].split("\t")[:3] == ["platform", "training", "licensing-on"]
    assert any(line.startswith("SoundCloud\tonly with consent") for line in some)
    assert not any(line.startswith("ELVIS Act") for line in some)
    assert "ELVIS Act" in {row["platform"] for row in everybody}


WRONG = {
    "unknown platform": (("show", "soundclod"), 1, "no platform 'soundclod' (did you mean 'SoundCloud'?)"),
    "unknown key": (("withdraw", "seed:none", "--reason", "x"), 1, "no event 'seed:none'"),
    "no reason": (("amend", "deezer", "labels", "offers", "--reason", " "), 1, "needs a reason"),
    "bad day": (("amend", "deezer", "labels", "offers", "--reason", "x", "--since", "soon"), 2, "is no day"),
    "bad address": (
        ("amend", "deezer", "labels", "offers", "--reason", "x", "--source", "javascript:x"),
        2,
        "is not a web address",
    ),
    "no such position": (("amend", "deezer", "labels", "perhaps", "--reason", "x"), 2, "perhaps"),
    "says so": (("amend", "deezer", "labels", "marks", "--reason", "x"), 1, "says that already"),
    "unknown is not a position": (("amend", "deezer", "labels", "unknown", "--reason", "x"), 2, "silent"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_done_is_refused_with_a_sentence(room: Room, name: str) -> None:
    arguments, code, said = WRONG[name]

    refused = room.run("record", *arguments)

    assert refused.code == code, refused.all
    assert said in " ".join(refused.err.replace("│", " ").split())


def test_a_platform_without_a_record_says_so(room: Room) -> None:
    assert room.run("record", "show", "Mixcloud").err.strip() == "Nothing is known of Mixcloud yet."
    assert room.run("record", "history", "--platform", "Mixcloud").err.strip() == "No such event."


def test_a_hostile_correction_stays_text(room: Room) -> None:
    words = "@everyone <script>alert(1)</script> \x1b[31m"

    room.run(
        "record", "amend", "deezer", "training", "silent", "--reason", words, "--limits", words, "--by", "ada"
    )
    shown = room.run("record", "show", "deezer").out

    assert "\x1b" not in shown
    assert "@everyone <script>" in shown
