"""smallprint terms compare, replay."""

import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import Room
from tests.logic.terms.reader import PAGE, with_clause
from tests.shared import shared_path

GRANT = "You agree that your recordings may be used to train artificial intelligence."
PROMISE = "We will not use your recordings to train AI models without your consent."


def write(room: Room, name: str, text: str) -> str:
    path = room.folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return str(path)


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_new_clause_comes_out_as_one_json_line(room: Room) -> None:
    after = with_clause(GRANT).replace("\n", "\r\n")

    said = room.run("terms", "compare", write(room, "a.md", PAGE), write(room, "b.md", after))

    assert said.code == 0, said.err
    (line,) = lines(said.out)
    assert (line["stance"], line["direction"], line["urgent"], line["replaced"]) == (
        "grants-training",
        "added",
        True,
        None,
    )
    start, end = line["span"]
    assert after[start:end] == line["quote"] == GRANT
    assert line["plain"].startswith("The platform may")
    assert 0.7 <= line["confidence"] <= 1


def test_a_removal_has_no_span_and_a_replacement_the_old_wording(room: Room) -> None:
    before, after = write(room, "a.md", with_clause(GRANT)), write(room, "b.md", with_clause(PROMISE))

    come, gone = lines(room.run("terms", "compare", before, after).out)

    assert (come["stance"], come["replaced"]) == ("promises-no-training", GRANT)
    assert come["condition"] == "without your consent"
    assert (gone["stance"], gone["span"], gone["quote"]) == ("grant-removed", None, GRANT)


def test_what_an_earlier_version_said_is_not_new(room: Room) -> None:
    old, before, after = (
        write(room, name, text)
        for name, text in (("0.md", with_clause(GRANT)), ("1.md", PAGE), ("2.md", with_clause(GRANT)))
    )

    assert lines(room.run("terms", "compare", before, after).out)
    assert room.run("terms", "compare", before, after, "--seen", before, "--seen", old).out == ""


def test_the_same_file_twice_says_nothing(room: Room) -> None:
    path = write(room, "a.md", with_clause(GRANT))

    said = room.run("terms", "compare", path, path)

    assert (said.code, said.out) == (0, "")


def test_a_file_that_is_not_there_is_refused_in_a_sentence(room: Room) -> None:
    said = room.run("terms", "compare", write(room, "a.md", PAGE), "gone.md")

    assert said.code == 1
    assert said.err.startswith("smallprint: gone.md cannot be read")


def test_bytes_that_are_no_text_are_read_to_the_end(room: Room) -> None:
    broken = room.folder / "b.md"
    broken.write_bytes(with_clause(GRANT).encode() + b"\n\n\xff\xfe not UTF-8")

    said = room.run("terms", "compare", write(room, "a.md", PAGE), str(broken))

    assert [line["stance"] for line in lines(said.out)] == ["grants-training"]


def test_a_replay_gives_one_alert_for_each_version_that_changed_the_rules(room: Room) -> None:
    versions = {
        "2020-01-05T101500.md": PAGE,
        "2024-02-07.md": with_clause(GRANT),
        "2024-03-01.md": PAGE.replace("monthly", "weekly"),
        "2024-03-02.md": with_clause(GRANT),
        "2025-05-27.md": with_clause(PROMISE),
        "2025-06-01.md": with_clause(PROMISE) + "\n\nRelated pages: AI Tools",
    }
    for name, text in versions.items():
        write(room, f"versions/{name}", text)

    said = room.run("terms", "replay", "versions")

    assert said.code == 0, said.err
    alerts = lines(said.out)
    assert [(alert["date"], alert["stance"]) for alert in alerts] == [
        ("2024-02-07", "grants-training"),
        ("2024-03-01", "grant-removed"),
        ("2025-05-27", "promises-no-training"),
    ]
    assert said.err.strip() == "3 alerts."


def test_a_folder_without_versions_is_refused_in_a_sentence(room: Room) -> None:
    (room.folder / "empty").mkdir()

    said = room.run("terms", "replay", "empty")

    assert said.code == 1
    assert "empty holds no files" in said.err
    assert room.run("terms", "replay", "nowhere").code == 1


def test_wrong_usage_ends_with_two(room: Room) -> None:
    assert room.run("terms", "compare", "only-one.md").code == 2


def alerts_of(room: Room, series: Path) -> list[tuple[str, set[str]]]:
    said = room.run("terms", "replay", str(series))
    return [
        (alert["date"], {alert["stance"], *(change["stance"] for change in alert["also"])})
        for alert in lines(said.out)
    ]


def test_the_history_of_soundcloud_gives_the_two_alerts_that_artists_missed(room: Room) -> None:
    assert alerts_of(room, shared_path("terms/series/soundcloud-terms")) == [
        ("2024-02-07", {"grants-training", "third-party-licensing"}),
        ("2025-05-27", {"grant-removed", "promises-no-training"}),
    ]


def test_the_history_of_bandcamps_rules_gives_one_alert(room: Room) -> None:
    assert alerts_of(room, shared_path("terms/series/bandcamp-acceptable-use")) == [
        ("2026-01-14", {"bans-ai-uploads"})
    ]
