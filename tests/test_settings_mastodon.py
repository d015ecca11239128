"""Several Mastodon accounts, and secrets that a command writes."""

import stat
from pathlib import Path

import pytest
from dotenv import dotenv_values
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ConfigError
from bot.model import Ceilings
from bot.settings import Settings, read_settings, unknown_variables
from bot.settings.mastodon import AccountRow, with_account
from bot.settings.secrets import set_variables, with_variables, write_secret

TWO = """
[[account]]
name = "lawsuits"
url = "https://one.example/"
content_warning = "AI and  music"

[[account]]
name = "deutsch"
url = "https://two.example"
token_file = "de.token"
language = "de"
visibility = "unlisted"
an_hour = 2
a_day = 8
commands = false
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("MASTODON_URL", "MASTODON_TOKEN", "MASTODON_TOKEN_LAWSUITS", "CONFIG"):
        monkeypatch.delenv(f"SMALLPRINT_{name}", raising=False)
    (tmp_path / "config").mkdir()
    return tmp_path


def write_accounts(here: Path, text: str) -> None:
    (here / "config" / "mastodon.toml").write_text(text, encoding="utf-8")


def test_each_account_has_its_own_ways_and_its_own_token(here: Path) -> None:
    write_accounts(here, TWO)
    (here / ".env").write_text("SMALLPRINT_MASTODON_TOKEN_LAWSUITS=fake-token-one\n", encoding="utf-8")
    (here / "de.token").write_text("fake-token-two\n", encoding="utf-8")

    settings = read_settings(here)

    first, second = settings.accounts
    assert (first.name, first.url, first.content_warning) == (
        "lawsuits",
        "https://one.example",
        "AI and music",
    )
    assert (first.visibility, first.language, first.ceilings, first.commands) == (
        "public",
        "en",
        Ceilings(1, 5),
        True,
    )
    assert (second.visibility, second.language, second.ceilings) == ("unlisted", "de", Ceilings(2, 8))
    assert not second.commands
    tokens = [account.token.get_secret_value() for account in settings.open_accounts if account.token]
    assert tokens == ["fake-token-one", "fake-token-two"]
    assert set(tokens) <= set(settings.secrets)
    assert "fake-token" not in repr(settings.accounts)
    assert unknown_variables(here) == []


def test_the_account_of_the_settings_comes_first_and_keeps_its_name(here: Path) -> None:
    write_accounts(here, TWO)
    (here / ".env").write_text(
        "SMALLPRINT_MASTODON_URL=https://social.example\nSMALLPRINT_MASTODON_TOKEN=fake-token\n",
        encoding="utf-8",
    )

    settings = read_settings(here)

    assert [account.name for account in settings.accounts] == ["social.example", "lawsuits", "deutsch"]
    assert [account.name for account in settings.open_accounts] == ["social.example"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('name = "a/b"\nurl = "https://s.example"', "is not a name for an account"),
        ('name = "file"\nurl = "https://s.example"', "is not a name for an account"),
        ('name = "x"\nurl = "s.example"', "is not a web address"),
        ('name = "x"\nurl = "https://s.example"\nvisibility = "direct"', "is not one of the choices"),
        ('name = "x"\nurl = "https://s.example"\na_day = 0', "must be greater than or equal to 1"),
        ('name = "x"\nurl = "https://s.example"\nvisibilty = "public"', "did you mean 'visibility'?"),
        ('name = "deutsch"\nurl = "https://s.example"', "is there twice"),
    ],
)
def test_a_bad_table_is_left_out_alone(here: Path, table: str, said: str) -> None:
    write_accounts(here, f"{TWO}\n[[account]]\n{table}\n")

    settings = read_settings(here)

    assert [account.name for account in settings.accounts] == ["lawsuits", "deutsch"]
    [problem] = settings.account_problems
    assert said in str(problem)
    assert "config/mastodon.toml, line 16" in str(problem).replace(str(here) + "/", "") or "line" in str(
        problem
    )


def test_a_token_of_no_account_is_told(here: Path) -> None:
    write_accounts(here, TWO)
    (here / ".env").write_text("SMALLPRINT_MASTODON_TOKEN_LAWSUIT=fake-token\n", encoding="utf-8")

    [problem] = read_settings(here).account_problems

    assert "SMALLPRINT_MASTODON_TOKEN_LAWSUIT: is the token of no account" in str(problem)
    assert "fake-token" not in str(problem)


def test_a_file_that_is_no_toml_is_refused(here: Path) -> None:
    write_accounts(here, "[[account")

    with pytest.raises(ConfigError, match="is not valid TOML"):
        read_settings(here)


def test_settings_made_by_hand_have_their_one_account() -> None:
    settings = Settings(mastodon_url="https://social.example", mastodon_token="fake", mastodon_a_day=9)  # type: ignore[arg-type]

    [account] = settings.open_accounts
    assert (account.name, account.ceilings.a_day, account.alerts_a_day) == ("social.example", 9, 3)


def test_every_key_of_an_account_is_explained_in_the_example() -> None:
    text = (Path(__file__).parents[1] / "config" / "mastodon.example.toml").read_text(encoding="utf-8")

    assert [key for key in AccountRow.model_fields if key not in text] == []


def test_an_account_is_added_behind_what_is_there() -> None:
    assert with_account("# mine", "x", "https://s.example").startswith("# mine\n\n[[account]]\n")


# ---------------------------------------------------------------- .env


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "A_TOKEN=new\n"),
        ("# note\nOTHER=1", "# note\nOTHER=1\nA_TOKEN=new\n"),
        ("OTHER=1\n\nA_TOKEN=\n# after\nLAST=2\n", "OTHER=1\n\nA_TOKEN=new\n# after\nLAST=2\n"),
        ("export A_TOKEN='old'\nOTHER=1\n", "A_TOKEN=new\nOTHER=1\n"),
        ('A_TOKEN="two\nlines"\nOTHER=1\n', "A_TOKEN=new\nOTHER=1\n"),
        ("OTHER=1\r\nA_TOKEN=old\r\nLAST=2\r\n", "OTHER=1\r\nA_TOKEN=new\r\nLAST=2\r\n"),
        ("# A_TOKEN=old\n", "# A_TOKEN=old\nA_TOKEN=new\n"),
        ("A_TOKEN=one\nA_TOKEN=two\n", "A_TOKEN=new\nA_TOKEN=new\n"),
    ],
)
def test_a_variable_is_set_and_every_other_line_stays(before: str, after: str) -> None:
    assert with_variables(before, {"A_TOKEN": "new"}) == after


@given(st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=("Cs",)), min_size=1))
def test_whatever_value_is_set_is_read_back(value: str) -> None:
    import io

    text = with_variables("OTHER=1\n", {"A_TOKEN": value})

    assert dotenv_values(stream=io.StringIO(text), interpolate=False) == {"OTHER": "1", "A_TOKEN": value}


def test_a_secret_file_is_for_its_owner_alone_and_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "new" / ".env"

    set_variables(file, {"A": "1"})
    set_variables(file, {"B": "2"})

    assert file.read_text(encoding="utf-8") == "A=1\nB=2\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == [".env"]


def test_a_link_to_the_secret_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("A=1\n", encoding="utf-8")
    (tmp_path / ".env").symlink_to(tmp_path / "real")

    set_variables(tmp_path / ".env", {"B": "2"})

    assert (tmp_path / ".env").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8") == "A=1\nB=2\n"


def test_a_folder_that_cannot_be_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(ConfigError, match="cannot be written"):
        write_secret(tmp_path / "file" / "secret", "x")
