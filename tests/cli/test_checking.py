"""smallprint init, check, backup."""

import sqlite3

import pytest

from tests.cli.conftest import Room
from tests.cli.feeds import IDLE, FeedSite

GOOD_DISCORD = "MTAwMDAwMDAwMDAwMDAwMDAw.Gfake0.faketokenfaketokenfaketokenfaketoken01"


def test_a_fresh_folder_is_made_and_checks_out(room: Room) -> None:
    made = room.run("init", "bot-home")

    assert made.code == 0
    home = room.folder / "bot-home"
    names = {path.name for path in (home / "config").iterdir()}
    assert names >= {"sources.toml", "platforms.toml", "topics.toml", "settings.example.toml"}
    assert "SMALLPRINT_DISCORD_TOKEN" in (home / ".env.example").read_text(encoding="utf-8")
    room.set("CONFIG", "bot-home/config")
    checked = room.run("check")
    assert checked.code == 0, checked.all
    assert "WRONG" not in checked.out
    assert "database data/smallprint.db will be made at the first run" in checked.out


def test_init_overwrites_nothing(room: Room) -> None:
    room.run("init", ".")
    room.sources_file.write_text("# mine\n", encoding="utf-8")

    again = room.run("init", ".")

    assert again.code == 1
    assert "is there already; I overwrite nothing" in again.err
    assert room.sources_file.read_text(encoding="utf-8") == "# mine\n"


def test_init_where_nobody_may_write_is_refused_in_a_sentence(room: Room) -> None:
    (room.folder / "file").write_text("", encoding="utf-8")

    said = room.run("init", "file/inside")

    assert said.code == 1
    assert "cannot be written" in said.err


def test_check_looks_at_no_database_into_being(room: Room) -> None:
    room.run("check")

    assert not (room.folder / "data").exists()


def test_check_counts_what_is_remembered(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/feed", (IDLE, "")))
    room.run("once")

    assert "database data/smallprint.db: 1 entry, 0 stories" in room.run("check").out


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"DISCORD_TOKEN": "fake-client-secret"}, "does not look like a bot token"),
        (
            {"MASTODON_URL": "https://s.example", "MASTODON_TOKEN": "fake token"},
            "does not look like an access token",
        ),
        ({"MASTODON_TOKEN": "fake-token-fake-token-fake"}, "Set SMALLPRINT_MASTODON_URL"),
        ({"HTTP_PORT": "many"}, "SMALLPRINT_HTTP_PORT: 'http_port' must be a whole number"),
        ({"CONFIG": "nowhere"}, "there is no folder nowhere. Run `smallprint init"),
        (
            {"DATABASE_URL": "sqlite:///config/sources.toml/x.db"},
            "sources.toml is not a folder that I may write to",
        ),
    ],
    ids=["discord", "mastodon", "no server", "port", "config", "database"],
)
def test_check_names_what_to_fix_and_ends_with_one(room: Room, settings: dict[str, str], said: str) -> None:
    room.watch("https://gazette.example/feed")
    for name, value in settings.items():
        room.set(name, value)

    checked = room.run("check")

    assert checked.code == 1
    assert said in checked.out
    assert "fake" not in checked.all


def test_tokens_of_the_right_shape_pass(room: Room) -> None:
    room.watch("https://gazette.example/feed")
    room.set("DISCORD_TOKEN", GOOD_DISCORD)
    room.set("MASTODON_URL", "https://social.example")
    room.set("MASTODON_TOKEN", "fake_token_fake_token_fake_token_fake_token")

    checked = room.run("check")

    assert checked.code == 0, checked.all
    assert "Discord token has the right shape" in checked.out
    assert "server https://social.example" in checked.out


def test_check_names_every_bad_table_and_every_stray_variable(room: Room) -> None:
    room.watch("https://gazette.example/feed", "gazette.example/feed", "https://gazette.example/feed2")
    room.set("DISCORD_TOKN", "fake")

    checked = room.run("check", "--json")

    assert checked.code == 1
    told = checked.json
    assert told["ok"] is False
    wrong = [each["text"] for each in told["findings"] if each["level"] == "wrong"]
    assert len(wrong) == 1
    assert wrong[0].startswith("config/sources.toml, line 10 (b), key 'feed': 'feed' is not a web address")
    warnings = " ".join(each["text"] for each in told["findings"] if each["level"] == "warning")
    assert "did you mean 'SMALLPRINT_DISCORD_TOKEN'?" in warnings


def test_broken_toml_is_one_sentence_with_the_line(room: Room) -> None:
    room.watch("https://gazette.example/feed")
    room.sources_file.write_text('[[source]]\nid = "a\n', encoding="utf-8")

    for command in (["check"], ["once"], ["sources", "list"]):
        said = room.run(*command)
        assert said.code == 1
        assert "config/sources.toml: is not valid TOML" in said.all
        assert "line 2" in said.all
        assert "Traceback" not in said.all


def test_a_config_without_a_usable_source_is_refused(room: Room) -> None:
    room.watch("nowhere")

    assert "There is no usable source in" in room.run("check").out
    said = room.run("once")
    assert said.code == 1
    assert "no usable source" in said.err


def test_a_file_that_is_no_database_is_left_alone(room: Room) -> None:
    room.watch("https://gazette.example/feed")
    (room.folder / "data").mkdir()
    (room.folder / "data/smallprint.db").write_text("my diary, not a database at all", encoding="utf-8")

    said = room.run("check")

    assert said.code == 1
    assert "is not a database" in said.out


def test_a_backup_is_a_whole_database_and_never_overwrites(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/feed", (IDLE, "")))
    room.run("once")

    assert room.run("backup", "copy.db").code == 0
    again = room.run("backup", "copy.db")

    assert again.code == 1
    assert "copy.db" in again.err
    with sqlite3.connect(room.folder / "copy.db") as copy:
        assert copy.execute("SELECT count(*) FROM entries").fetchone() == (1,)


def test_a_backup_without_a_database_says_what_to_do(room: Room) -> None:
    said = room.run("backup", "copy.db")

    assert said.code == 1
    assert "There is no database" in said.err
    assert not (room.folder / "copy.db").exists()
