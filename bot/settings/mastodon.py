"""config/mastodon.toml: several Mastodon accounts beside, or instead of, the one of the settings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from bot.model import Ceilings
from bot.settings.problems import Problem
from bot.settings.sources import checked_url
from bot.settings.toml import TableRow, read_text, rows, validated

FILE = "mastodon.toml"
FEW = Ceilings(an_hour=1, a_day=5)
TOKENS = "SMALLPRINT_MASTODON_TOKEN_"
"""What the variables with these accounts' tokens begin with."""
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")

Visibility = Literal["public", "unlisted", "private"]


@dataclass(frozen=True, slots=True)
class MastodonAccount:
    """One account that stories go to; `name` is its address among the destinations.

    token            None: nobody has logged in yet, so that nothing is posted there
    language         of the account's own words (labels, answers); the news keeps its own
    content_warning  put before every post; empty: none
    commands         whether people may write to it for alerts, the latest stories, why
    alerts_a_day     most direct messages to one person in a day
    """

    name: str
    url: str
    token: SecretStr | None
    visibility: Visibility = "public"
    language: str = "en"
    ceilings: Ceilings = FEW
    content_warning: str = ""
    commands: bool = True
    alerts_a_day: int = 3


class AccountRow(BaseModel):
    """One [[account]] table as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    url: str
    token_file: str | None = Field(default=None, min_length=1)
    visibility: Visibility = "public"
    language: str = Field(default="en", pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z]{2,4})?$")
    an_hour: int = Field(default=1, ge=1, le=300)
    a_day: int = Field(default=5, ge=1, le=1000)
    content_warning: str = Field(default="", max_length=100)
    commands: bool = True
    alerts_a_day: int = Field(default=3, ge=0, le=50)

    @field_validator("name")
    @classmethod
    def _short(cls, value: str) -> str:
        if not NAME.fullmatch(value) or value == "file":
            raise ValueError(
                "Is not a name for an account. Write a short word such as german, a-z, 0-9 and -."
            )
        return value

    @field_validator("url")
    @classmethod
    def _server(cls, value: str) -> str:
        try:
            return checked_url(value).rstrip("/")
        except ValueError as error:
            raise ValueError("Is not a web address. Write it whole, such as https://your.server.") from error

    @field_validator("content_warning")
    @classmethod
    def _one_line(cls, value: str) -> str:
        return " ".join(value.split())

    def to_account(self, token: SecretStr | None) -> MastodonAccount:
        return MastodonAccount(
            name=self.name,
            url=self.url,
            token=token,
            visibility=self.visibility,
            language=self.language,
            ceilings=Ceilings(self.an_hour, self.a_day),
            content_warning=self.content_warning,
            commands=self.commands,
            alerts_a_day=self.alerts_a_day,
        )


def token_variable(name: str) -> str:
    """Where an account's token stands in the environment or .env unless its table names a file."""
    return TOKENS + name.upper().replace("-", "_")


def load_accounts(
    path: Path, given: Mapping[str, str], here: Path
) -> tuple[tuple[MastodonAccount, ...], tuple[Problem, ...]]:
    """Accounts in file order, and what is wrong with single tables; nothing where there is no such file.

    given  the variables in force
    here   the folder that `token_file` is seen from
    Raises ConfigError when the file cannot be read as TOML.
    """
    if not path.exists():
        return (), _strays(given, ())
    problems: list[Problem] = []
    accounts: dict[str, MastodonAccount] = {}
    for row in rows(read_text(path), path, "account"):
        form, wrong = validated(row, AccountRow)
        problems += wrong
        if form is None:
            continue
        if form.name in accounts:
            problems.append(Problem(row.where("name"), f"account {form.name} is there twice", "Rename one."))
            continue
        try:
            accounts[form.name] = form.to_account(_token(form, row, given, here))
        except _TokenError as error:
            problems.append(error.problem)
    return tuple(accounts.values()), (*problems, *_strays(given, tuple(accounts)))


class _TokenError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def _token(form: AccountRow, row: TableRow, given: Mapping[str, str], here: Path) -> SecretStr | None:
    """None: there is none yet."""
    if form.token_file is None:
        held = given.get(token_variable(form.name))
        return SecretStr(held) if held else None
    try:
        held = (here / form.token_file).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "not text"
        problem = f"{form.token_file} cannot be read ({why})"
        raise _TokenError(
            Problem(row.where("token_file"), problem, "Correct the path or its permissions.")
        ) from None
    return SecretStr(held) if held else None


def _strays(given: Mapping[str, str], names: tuple[str, ...]) -> tuple[Problem, ...]:
    known = {token_variable(name) for name in names} | {f"{TOKENS}FILE"}
    found = sorted(name for name in given if name.startswith(TOKENS) and name not in known)
    fix = f"Add its [[account]] table to config/{FILE}, or take the variable away."
    return tuple(Problem(name, "is the token of no account that I know", fix) for name in found)


def with_account(text: str, name: str, url: str) -> str:
    """The text of mastodon.toml with one more account at its end; the rest stays as it is."""
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    return f'{text}{gap}[[account]]\nname = "{name}"\nurl = "{url}"\n'


def token_file_of(path: Path, name: str) -> str | None:
    """The `token_file` in that account's table; None: it has none, or there is no such table."""
    if not path.exists():
        return None
    for row in rows(read_text(path), path, "account"):
        if row.values.get("name") == name:
            held = row.values.get("token_file")
            return held if isinstance(held, str) and held else None
    return None
