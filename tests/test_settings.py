"""Settings: where they come from, which one wins, and what is said about a wrong one."""

from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.settings import Settings, known_names, read_settings, unknown_variables
from bot.settings.config import default_folder

TOKEN = "fake-token-for-discord"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to run in, and no variable of ours around."""
    for name in known_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_without_any_setting_the_packaged_config_and_a_file_under_data_are_used(here: Path) -> None:
    settings = read_settings()

    assert settings.config == default_folder()
    assert settings.database_url.get_secret_value() == "sqlite+aiosqlite:///data/smallprint.db"
    assert settings.discord_token is None
    assert settings.http_port is None


def test_a_config_folder_beside_the_operator_is_used(here: Path) -> None:
    (here / "config").mkdir()

    assert read_settings().config == here / "config"


def test_the_environment_wins_over_dotenv_and_dotenv_over_the_settings_file(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(here / "config/settings.toml", 'contact = "file"\nparsers = 3\nconcurrency = 5\n')
    write(here / ".env", "SMALLPRINT_CONTACT=dotenv\nSMALLPRINT_PARSERS=4\n")
    monkeypatch.setenv("SMALLPRINT_CONTACT", "environment")

    settings = read_settings()

    assert (settings.contact, settings.parsers, settings.concurrency) == ("environment", 4, 5)


def test_dotenv_may_name_the_config_folder(here: Path) -> None:
    write(here / "elsewhere/settings.toml", "parsers = 7\n")
    write(here / ".env", "SMALLPRINT_CONFIG=elsewhere\n")

    settings = read_settings()

    assert settings.config == here / "elsewhere"
    assert settings.parsers == 7


def test_an_empty_variable_counts_as_not_set(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMALLPRINT_DISCORD_TOKEN", "")
    monkeypatch.setenv("SMALLPRINT_HTTP_PORT", "")

    settings = read_settings()

    assert settings.discord_token is None
    assert settings.http_port is None


def test_private_hosts_are_a_comma_separated_list(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMALLPRINT_ALLOW_PRIVATE", "127.0.0.1, 10.0.0.0/8 ,feeds.internal,")

    assert read_settings().allow_private == ("127.0.0.1", "10.0.0.0/8", "feeds.internal")


@pytest.mark.parametrize("name", ["DISCORD_TOKEN", "MASTODON_TOKEN"])
def test_a_secret_may_come_from_a_file(here: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    write(here / "secret", f"{TOKEN}\n")
    monkeypatch.setenv(f"SMALLPRINT_{name}_FILE", "secret")
    monkeypatch.setenv("SMALLPRINT_MASTODON_URL", "https://social.example")

    assert TOKEN in read_settings().secrets


def test_a_database_password_is_a_secret_and_may_come_from_a_file(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(here / "secret", "postgresql+asyncpg://bot:fake-password@db.example/smallprint")
    monkeypatch.setenv("SMALLPRINT_DATABASE_URL_FILE", str(here / "secret"))

    assert read_settings().secrets == ("fake-password",)


def test_a_secret_given_twice_is_refused(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here / "secret", TOKEN)
    monkeypatch.setenv("SMALLPRINT_DISCORD_TOKEN", TOKEN)
    monkeypatch.setenv("SMALLPRINT_DISCORD_TOKEN_FILE", "secret")

    with pytest.raises(ConfigError, match="Keep one of the two") as refused:
        read_settings()
    assert TOKEN not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [(None, "cannot be read"), ("  \n", "is empty")],
    ids=["missing", "empty"],
)
def test_a_secret_file_that_holds_nothing_is_named(
    here: Path, monkeypatch: pytest.MonkeyPatch, text: str | None, said: str
) -> None:
    if text is not None:
        write(here / "secret", text)
    monkeypatch.setenv("SMALLPRINT_DISCORD_TOKEN_FILE", "secret")

    with pytest.raises(ConfigError, match=f"SMALLPRINT_DISCORD_TOKEN_FILE: secret {said}"):
        read_settings()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("HTTP_PORT", "many", "must be a whole number"),
        ("HTTP_PORT", "70000", "less than or equal to 65535"),
        ("LOG_LEVEL", "loud", "'debug', 'info', 'warning' or 'error'"),
        (
            "MASTODON_URL",
            "mastodon.social",
            "is not a web address (it is 'mastodon.social'). Write it whole, such as https://your.server.",
        ),
        ("MASTODON_VISIBILITY", "everybody", "'public', 'unlisted' or 'private'"),
        ("PARSERS", "0", "greater than or equal to 1"),
        ("DATABASE_URL", "mysql://bot:fake-password@db/x", "is not a database that I know. Write sqlite"),
        (
            "MASTODON_TOKEN",
            TOKEN,
            ": SMALLPRINT_MASTODON_TOKEN needs its server. Set SMALLPRINT_MASTODON_URL",
        ),
        ("ALLOW_PRIVATE", "127.0.0.1,10.0.0.0/99", "holds '10.0.0.0/99', which is not a range"),
        ("CONFIG", "nowhere", "there is no folder nowhere. Run `smallprint init DIR`"),
        ("CONFIG", "no/config", "there is no folder no/config. Run `smallprint init no`"),
    ],
    ids=lambda value: value if str(value).isupper() else "",
)
def test_a_wrong_value_is_refused_with_the_variable_and_what_to_write(
    here: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"SMALLPRINT_{name}", value)

    with pytest.raises(ConfigError) as refused:
        read_settings()

    assert said in str(refused.value)
    assert name in str(refused.value)
    assert "fake-" not in str(refused.value)


def test_every_wrong_value_is_told_at_once(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMALLPRINT_HTTP_PORT", "many")
    monkeypatch.setenv("SMALLPRINT_PARSERS", "few")

    with pytest.raises(ConfigError) as refused:
        read_settings()

    assert "SMALLPRINT_HTTP_PORT" in str(refused.value)
    assert "SMALLPRINT_PARSERS" in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("parser = 2\n", "there is no such setting (did you mean 'parsers'?)"),
        ('discord_token = "fake-token"\n', "is a secret and does not belong in this file"),
        ("parsers = \n", "line 1"),
    ],
    ids=["unknown key", "secret", "broken TOML"],
)
def test_a_wrong_settings_file_is_refused_with_its_key(here: Path, text: str, said: str) -> None:
    write(here / "config/settings.toml", text)

    with pytest.raises(ConfigError) as refused:
        read_settings()

    assert said in str(refused.value)
    assert "settings.toml" in str(refused.value)
    assert "fake-token" not in str(refused.value)


def test_a_misspelt_variable_is_pointed_out(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMALLPRINT_DISCORD_TOKN", TOKEN)
    write(here / ".env", "SMALLPRINT_COLOUR=red\n")

    told = unknown_variables(here)

    assert len(told) == 2
    assert "SMALLPRINT_COLOUR" in told[0]
    assert "did you mean 'SMALLPRINT_DISCORD_TOKEN'?" in told[1]
    assert TOKEN not in "".join(told)


def test_secrets_never_show_when_settings_are_printed() -> None:
    settings = Settings(
        discord_token="fake-token-one",
        mastodon_token="fake-token-two",
        mastodon_url="https://social.example",
        database_url="postgresql+asyncpg://bot:fake-password@db.example/smallprint",
    )

    assert "fake-" not in f"{settings!r} {settings} {settings.model_dump()}"


def test_settings_made_in_code_ignore_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMALLPRINT_DISCORD_TOKEN", TOKEN)

    assert Settings().discord_token is None


def test_a_broken_line_in_dotenv_is_named_and_not_repeated(here: Path) -> None:
    write(here / ".env", f"SMALLPRINT_CONTACT=me\n\nSMALLPRINT_DISCORD_TOKEN {TOKEN}\n")

    with pytest.raises(ConfigError, match=r"\.env, line 3: is not a setting\. Write NAME=value") as refused:
        read_settings()
    assert TOKEN not in str(refused.value)


def test_a_dotenv_that_is_no_text_is_refused(here: Path) -> None:
    (here / ".env").write_bytes(b"SMALLPRINT_CONTACT=\xff\xfe\n")

    with pytest.raises(ConfigError, match="not UTF-8 text"):
        read_settings()
