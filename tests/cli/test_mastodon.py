"""smallprint mastodon login and check, with the real Mastodon.py against a real HTTP peer and one that misbehaves."""

import re
import stat
from collections.abc import Iterator

import pytest
from mastodon_mock.testing import MockServer

from tests.cli.conftest import Room, Said
from tests.cli.feeds import IDLE, FeedSite
from tests.sinks.hostile_mastodon import TOKEN, HostileMastodon, hostile_mastodon
from tests.sinks.mock_mastodon import reset

CODE = "mockcode_alice\n"  # what the mock's page shows for the account "alice"


@pytest.fixture
def mock(mastodon_mock_session: MockServer) -> MockServer:
    return reset(mastodon_mock_session)


@pytest.fixture
def hostile() -> Iterator[HostileMastodon]:
    with hostile_mastodon() as server:
        yield server


def login(room: Room, *arguments: str, code: str = CODE) -> Said:
    return room.run("mastodon", "login", *arguments, stdin=code)


def token_in(text: str, name: str = "SMALLPRINT_MASTODON_TOKEN") -> str:
    found = re.search(rf"^{name}=(\S+)$", text, re.MULTILINE)
    assert found, text
    return found[1]


def test_one_command_and_a_code_make_an_account_that_checks_out(room: Room, mock: MockServer) -> None:
    room.watch("https://gazette.example/feed")
    (room.folder / ".env").write_text("# mine\nSMALLPRINT_CONTACT=https://me.example\n", encoding="utf-8")

    said = login(room, "--url", mock.base_url)

    assert said.code == 0, said.all
    assert f"{mock.base_url}/oauth/authorize?response_type=code&client_id=" in said.out
    assert "scope=read%3Aaccounts+read%3Astatuses+read%3Anotifications+write%3Astatuses" in said.out
    assert "Logged in as @alice@127.0.0.1" in said.out
    text = (room.folder / ".env").read_text(encoding="utf-8")
    assert text.startswith("# mine\nSMALLPRINT_CONTACT=https://me.example\n")
    assert token_in(text) not in said.all
    assert stat.S_IMODE((room.folder / ".env").stat().st_mode) == 0o600
    checked = room.run("mastodon", "check")
    assert checked.code == 0, checked.all
    assert "@alice; posts public, at most 1 an hour and 5 a day; 500 characters a post" in checked.out
    assert "is not marked as automated" in checked.out


def test_the_token_goes_to_the_file_that_the_settings_name(room: Room, mock: MockServer) -> None:
    room.set("MASTODON_URL", mock.base_url)
    room.set("MASTODON_TOKEN_FILE", "secrets/token")
    (room.folder / "secrets").mkdir()
    (room.folder / "secrets" / "token").write_text("fake-old-token\n", encoding="utf-8")

    said = login(room)

    assert said.code == 0, said.all
    file = room.folder / "secrets" / "token"
    assert file.read_text(encoding="utf-8") != "fake-old-token\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not (room.folder / ".env").exists()


def test_a_second_account_is_added_to_its_file_and_logged_in(room: Room, mock: MockServer) -> None:
    room.watch("https://gazette.example/feed")
    login(room, "--url", mock.base_url)

    said = login(room, "--url", mock.base_url, "--name", "lawsuits", code="mockcode_bob\n")

    assert said.code == 0, said.all
    assert 'name = "lawsuits"' in (room.folder / "config" / "mastodon.toml").read_text(encoding="utf-8")
    token_in((room.folder / ".env").read_text(encoding="utf-8"), "SMALLPRINT_MASTODON_TOKEN_LAWSUITS")
    report = room.run("mastodon", "check", "--json").json
    assert [each["acct"] for each in report["accounts"]] == ["alice", "bob"]
    assert room.run("check").code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Add --url"),
        (("--url", "not an address"), "is not an address of a server"),
        (("--name", "lawsuits"), "Add --url https://its.server"),
        (("--url", "https://s.example", "--name", "Law/Suits"), "is not a name for an account"),
        (("--url", "http://127.0.0.1:9"), "could not be reached"),
    ],
)
def test_what_cannot_be_logged_in_is_said_before_anything_is_written(
    room: Room, arguments: tuple[str, ...], said: str
) -> None:
    refused = login(room, *arguments)

    assert refused.code == 1
    assert said in refused.err
    assert not (room.folder / ".env").exists()


@pytest.mark.parametrize(
    ("code", "said"), [("wrong\n", "does not take that code"), ("", "No code was given")]
)
def test_a_wrong_code_changes_nothing(room: Room, mock: MockServer, code: str, said: str) -> None:
    refused = login(room, "--url", mock.base_url, code=code)

    assert refused.code == 1
    assert said in refused.err
    assert not (room.folder / ".env").exists()


def test_another_server_than_the_settings_name_needs_a_name(room: Room, mock: MockServer) -> None:
    room.set("MASTODON_URL", "https://other.example")

    refused = login(room, "--url", mock.base_url)

    assert refused.code == 1
    assert "is on https://other.example. For one more account" in refused.err


def test_a_token_in_the_environment_wins_and_that_is_said(room: Room, mock: MockServer) -> None:
    room.set("MASTODON_URL", mock.base_url)
    room.set("MASTODON_TOKEN", "fake-token-fake-token-fake")

    said = login(room)

    assert said.code == 0, said.all
    assert "that wins: take it away there" in said.out


def test_fix_sets_bot_mark_and_description_and_leaves_a_written_one(room: Room, mock: MockServer) -> None:
    login(room, "--url", mock.base_url, "--profile")
    mock.client("alice").account_update_credentials(note="", bot=False)

    said = room.run("mastodon", "check", "--fix")

    assert said.code == 0, said.all
    me = mock.client("alice").me()
    assert me["bot"] is True
    assert "small print" in me["source"]["note"]
    assert "not marked" not in said.out
    mock.client("alice").account_update_credentials(
        note="Mine, and long enough to say who runs this bot and why."
    )
    room.run("mastodon", "check", "--fix")
    assert "Mine, and" in mock.client("alice").me()["note"]


def test_an_account_without_a_token_is_told_how_to_log_in(room: Room) -> None:
    room.set("MASTODON_URL", "https://social.example")

    said = room.run("mastodon", "check")

    assert said.code == 1
    assert "Run: smallprint mastodon login --name social.example" in said.out


def test_no_account_is_one_sentence(room: Room) -> None:
    assert "No Mastodon account is set up" in room.run("mastodon", "check").err


def test_a_server_that_takes_the_bot_mark_and_forgets_it_is_found_out(
    room: Room, hostile: HostileMastodon
) -> None:
    room.set("MASTODON_URL", hostile.url)
    room.set("MASTODON_TOKEN", TOKEN)

    said = room.run("mastodon", "check", "--fix")

    assert ("PATCH", "/api/v1/accounts/update_credentials") in hostile.requests
    assert "is not marked as automated" in said.out


@pytest.mark.parametrize("mood", ["bad-token", "bad-token-400"])
def test_a_refused_token_says_to_log_in_anew(room: Room, hostile: HostileMastodon, mood: str) -> None:
    hostile.credentials = mood
    room.set("MASTODON_URL", hostile.url)
    room.set("MASTODON_TOKEN", TOKEN)

    said = room.run("mastodon", "check")

    assert said.code == 1
    assert "refuses the access token. Log in anew" in said.out
    assert TOKEN not in said.all


def test_a_web_page_where_the_api_should_be_is_said(room: Room, hostile: HostileMastodon) -> None:
    hostile.credentials = "html"
    room.set("MASTODON_URL", hostile.url)
    room.set("MASTODON_TOKEN", TOKEN)

    said = room.run("mastodon", "check")

    assert "does not answer as a Mastodon server does" in said.out


def test_once_answers_who_wrote(room: Room, mock: MockServer, site: FeedSite) -> None:
    room.watch(site.show("/feed", (IDLE, "")))
    login(room, "--url", mock.base_url)
    room.run("once")
    mock.client("bob").status_post("@alice subscribe suno", visibility="direct")

    said = room.run("once")

    assert "1 message answered." in said.err
    [answer] = mock.client("bob").notifications(types=["mention"])
    assert "You will hear of Suno" in answer["status"]["content"]
    assert "@bob" in room.run("subscriptions").out
