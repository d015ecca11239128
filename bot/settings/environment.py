"""Settings: from the environment, then ./.env, then config/settings.toml. The only reader of the environment."""

import io
import os
import re
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from bot.errors import ConfigError
from bot.model import Ceilings
from bot.settings.config import find_folder
from bot.settings.mastodon import FILE as MASTODON_FILE
from bot.settings.mastodon import TOKENS, MastodonAccount, load_accounts
from bot.settings.problems import Problem, faults, meant
from bot.settings.sources import checked_url
from bot.settings.toml import parse, read_text

PREFIX = "SMALLPRINT_"
SECRETS = ("database_url", "discord_token", "mastodon_token", "operator_webhook")
# Variables of the tests and benchmarks, which live in the same environment and are no settings.
NOT_OURS = (f"{PREFIX}TEST_", f"{PREFIX}SHARED")

LogLevel = Literal["debug", "info", "warning", "error"]


class Settings(BaseModel):
    """Everything that differs between two installations. Field `x` is the variable SMALLPRINT_X."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    config: Path | None = Field(None, description="folder with sources.toml and the other files")
    database_url: SecretStr = Field(
        SecretStr("sqlite+aiosqlite:///data/smallprint.db"), description="where everything is remembered"
    )
    discord_token: SecretStr | None = Field(None, description="bot token; with it stories go to Discord")
    discord_api_url: str | None = Field(
        None, description="another address of Discord's API: a proxy or a test"
    )
    mastodon_url: str | None = Field(None, description="the Mastodon server, such as https://mastodon.social")
    mastodon_token: SecretStr | None = Field(None, description="access token; with it stories go to Mastodon")
    mastodon_visibility: Literal["public", "unlisted", "private"] = Field(
        "public", description="who sees posts on Mastodon"
    )
    allow_private: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="private hosts or ranges that may be fetched, comma-separated"
    )
    contact: str = Field("", description="address or page for webmasters, sent in the User-Agent")
    log_level: LogLevel | None = Field(
        None, description="debug, info, warning or error; info for run, warning for other commands"
    )
    log_format: Literal["auto", "pretty", "json"] = Field("auto", description="auto: pretty on a terminal")
    http_host: str = Field("127.0.0.1", description="where the health server listens")
    http_port: int | None = Field(
        None, ge=0, le=65535, description="port of /healthz and /metrics; off without"
    )
    site_url: str | None = Field(
        None, description="public address of the site, such as https://smallprint.example; posts link to it"
    )
    site_host: str = Field("127.0.0.1", description="where the public site listens")
    site_port: int | None = Field(None, ge=0, le=65535, description="port of the public site; off without")
    site_a_minute: int = Field(
        240, ge=0, le=1_000_000, description="most requests of one reader in a minute; 0: no limit"
    )
    site_behind_proxy: bool = Field(
        False, description="true: readers are told apart by X-Forwarded-For, which your own proxy writes"
    )
    concurrency: int = Field(20, ge=1, le=200, description="sources fetched at the same time")
    parsers: int = Field(2, ge=1, le=16, description="child processes that parse documents")
    backups: Path | None = Field(None, description="folder for a daily copy of the database; none without")
    discord_an_hour: int = Field(12, ge=1, le=1000, description="most messages per channel in an hour")
    discord_a_day: int = Field(40, ge=1, le=10_000, description="most messages per channel in a day")
    mastodon_an_hour: int = Field(1, ge=1, le=300, description="most posts in an hour")
    mastodon_a_day: int = Field(5, ge=1, le=1000, description="most posts in a day")
    mastodon_language: str = Field(
        "en",
        pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z]{2,4})?$",
        description="language of the account's own words: en, de, fr, es, pt-BR or ja",
    )
    mastodon_content_warning: str = Field(
        "", max_length=100, description="content warning before every post; none without"
    )
    mastodon_commands: bool = Field(True, description="whether people may write to the account for alerts")
    mastodon_alerts_a_day: int = Field(
        3, ge=0, le=50, description="most direct messages to one person in a day"
    )
    operator_channel: str | None = Field(
        None,
        pattern=r"^@?\d{5,25}$",
        description="Discord channel id, or @ and your user id, where the bot tells you of trouble",
    )
    operator_account: str | None = Field(
        None,
        pattern=r"^@[\w.-]+@[\w.:-]+$",
        description="your own Mastodon account (@you@your.server): told of trouble by direct message",
    )
    operator_webhook: SecretStr | None = Field(
        None, description="webhook (Discord, Slack, Mattermost) that is told of trouble"
    )
    weights: Path | None = Field(
        None,
        description="weights of the judgement, as `smallprint fit` writes them; without: those that ship",
    )

    _more_accounts: tuple[MastodonAccount, ...] = PrivateAttr(default=())
    _account_problems: tuple[Problem, ...] = PrivateAttr(default=())

    @field_validator("allow_private", mode="before")
    @classmethod
    def _comma_list(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("allow_private")
    @classmethod
    def _hosts_or_ranges(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for each in value:
            if "/" in each:
                _check_range(each)
        return value

    @field_validator("discord_api_url", "mastodon_url", "site_url")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        try:
            return value if value is None else checked_url(value).rstrip("/")
        except ValueError as error:
            # The same complaint, but here nobody is asked for a feed.
            raise ValueError("Is not a web address. Write it whole, such as https://your.server.") from error

    @field_validator("log_level", "log_format", "mastodon_visibility", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("database_url")
    @classmethod
    def _supported(cls, value: SecretStr) -> SecretStr:
        if not re.match(r"(sqlite(\+aiosqlite)?|postgresql(\+asyncpg)?):", value.get_secret_value()):
            raise ValueError(
                "Is not a database that I know. Write sqlite:///data/smallprint.db or postgresql://host/name, "
                "with user:password@ before the host."
            )
        return value

    @model_validator(mode="after")
    def _whole_account(self) -> "Settings":
        if self.mastodon_token and not self.mastodon_url:
            raise ValueError(
                "SMALLPRINT_MASTODON_TOKEN needs its server. Set SMALLPRINT_MASTODON_URL=https://your.server too."
            )
        return self

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret in clear, for masking. The database address counts only for its password."""
        held: tuple[SecretStr | None, ...] = (self.discord_token, self.mastodon_token)
        held += tuple(account.token for account in self._more_accounts)
        tokens = [token.get_secret_value() for token in held if token]
        password = re.search(r"://[^:/@\s]*:([^@\s]+)@", self.database_url.get_secret_value())
        return (*tokens, password[1]) if password else tuple(tokens)

    @property
    def is_sqlite(self) -> bool:
        """Whether the memory is one file, which no other process may deliver from."""
        return self.database_url.get_secret_value().startswith("sqlite")

    @property
    def discord_ceilings(self) -> Ceilings:
        return Ceilings(self.discord_an_hour, self.discord_a_day)

    @property
    def mastodon_ceilings(self) -> Ceilings:
        return Ceilings(self.mastodon_an_hour, self.mastodon_a_day)

    @property
    def accounts(self) -> tuple[MastodonAccount, ...]:
        """Every Mastodon account, logged in or not: that of the settings first, named after its server."""
        if not self.mastodon_url:
            return self._more_accounts
        single = MastodonAccount(
            name=urlsplit(self.mastodon_url).netloc,
            url=self.mastodon_url,
            token=self.mastodon_token,
            visibility=self.mastodon_visibility,
            language=self.mastodon_language,
            ceilings=self.mastodon_ceilings,
            content_warning=" ".join(self.mastodon_content_warning.split()),
            commands=self.mastodon_commands,
            alerts_a_day=self.mastodon_alerts_a_day,
        )
        return (single, *(account for account in self._more_accounts if account.name != single.name))

    @property
    def open_accounts(self) -> tuple[MastodonAccount, ...]:
        """Those that somebody has logged in."""
        return tuple(account for account in self.accounts if account.token)

    @property
    def account_problems(self) -> tuple[Problem, ...]:
        """Tables of mastodon.toml that were left out, with the fix."""
        return self._account_problems

    def with_accounts(
        self, accounts: tuple[MastodonAccount, ...], problems: tuple[Problem, ...] = ()
    ) -> "Settings":
        """These settings with the accounts of mastodon.toml."""
        settings = self.model_copy()
        settings._more_accounts, settings._account_problems = accounts, problems
        return settings


def _check_range(text: str) -> None:
    try:
        ip_network(text, strict=False)
    except ValueError as error:
        raise ValueError(
            f"Holds {text!r}, which is not a range. Write hosts or ranges such as 127.0.0.1, 10.0.0.0/8, feeds.lan."
        ) from error


class _FromEnvironment(BaseSettings, Settings):
    """Settings filled from outside; kept apart so that `Settings(...)` in a demo never picks up a real token."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True, env_file_encoding="utf-8"
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        # What is passed in comes from settings.toml (and files named by *_FILE): it yields to the rest.
        return env_settings, dotenv_settings, init_settings


def known_names() -> list[str]:
    """Every variable that Smallprint reads, in the order of the documentation."""
    names = []
    for field in Settings.model_fields:
        names.append(f"{PREFIX}{field.upper()}")
        if field in SECRETS:
            names.append(f"{PREFIX}{field.upper()}_FILE")
    return names


def variables(here: Path) -> dict[str, str]:
    """The SMALLPRINT_ variables in force: the environment over ./.env, empty ones left out."""
    written = _dotenv(here / ".env")
    merged = {**written, **os.environ}
    # Case is folded because pydantic-settings does so too.
    return {k.upper(): v for k, v in merged.items() if k.upper().startswith(PREFIX) and v}


def _dotenv(file: Path) -> dict[str, str | None]:
    """What the file sets; nothing if there is none. Raises ConfigError for a line that is not a setting."""
    if not file.is_file():
        return {}
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "not UTF-8 text"
        raise ConfigError(
            ".env", f"cannot be read ({why})", "Save it again as UTF-8, readable by you."
        ) from error
    for each in parse_stream(io.StringIO(text)):
        # A broken line must not quietly cost a token. What stands in it may be one: it is not repeated.
        if each.error:
            # dotenv counts blank lines before it to the line.
            blank = len(each.original.string) - len(each.original.string.lstrip("\n"))
            fix = "Write NAME=value, or # before a remark."
            raise ConfigError(f".env, line {each.original.line + blank}", "is not a setting", fix)
    return dotenv_values(stream=io.StringIO(text))


def unknown_variables(here: Path) -> list[str]:
    """A sentence for each variable that looks like ours and is not."""
    known = known_names()
    strange = [n for n in variables(here) if n not in known and not n.startswith((*NOT_OURS, TOKENS))]
    return [
        f"{name} is not a setting of mine{meant(name, known)}: it changes nothing. Take it away or correct it."
        for name in sorted(strange)
    ]


def read_settings(here: Path | None = None) -> Settings:
    """The settings in force in this folder. Raises ConfigError that names the variable and the fix.

    here  the folder whose .env and config/ count; None: the present one
    """
    here = here or Path.cwd()
    given = variables(here)
    named = given.get(f"{PREFIX}CONFIG")
    folder = find_folder(Path(named) if named else None, here)
    weaker = _settings_file(folder / "settings.toml") | _secrets_from_files(given, here)
    try:
        found = _FromEnvironment(**{"_env_file": here / ".env", **weaker})
    except ValidationError as error:
        raise _as_config_error(error) from None  # the cause would carry the values
    accounts, problems = load_accounts(folder / MASTODON_FILE, given, here)
    return found.model_copy(update={"config": folder}).with_accounts(accounts, problems)


def _settings_file(path: Path) -> dict[str, Any]:
    """config/settings.toml as keyword arguments; nothing if there is none."""
    if not path.exists():
        return {}
    found = parse(read_text(path), path)
    allowed = [name for name in Settings.model_fields if name != "config" and name not in SECRETS]
    for key in found:
        if key in SECRETS:
            fix = f"Put {PREFIX}{key.upper()} into .env or the environment, which nobody commits."
            raise ConfigError(f"{path}, key {key!r}", "is a secret and does not belong in this file", fix)
        if key not in allowed:
            fix = f"Keys are: {', '.join(allowed)}."
            raise ConfigError(f"{path}, key {key!r}", f"there is no such setting{meant(key, allowed)}", fix)
    return found


def _secrets_from_files(given: Mapping[str, str], here: Path) -> dict[str, str]:
    """Secrets whose file is named by SMALLPRINT_..._FILE, as container platforms mount them."""
    found = {}
    for field in SECRETS:
        variable = f"{PREFIX}{field.upper()}"
        name = given.get(f"{variable}_FILE")
        if not name:
            continue
        if variable in given:
            raise ConfigError(f"{variable}_FILE", f"{variable} is set as well", "Keep one of the two.")
        try:
            found[field] = (here / name).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            why = getattr(error, "strerror", None) or "not text"
            fix = "Correct the path or its permissions."
            raise ConfigError(f"{variable}_FILE", f"{name} cannot be read ({why})", fix) from error
        if not found[field]:
            raise ConfigError(f"{variable}_FILE", f"{name} is empty", "Put the secret into it.")
    return found


def _as_config_error(error: ValidationError) -> ConfigError:
    """The first complaint as the error; further ones follow in the same message."""
    told = faults(error, list(Settings.model_fields), secret=(*SECRETS, ""))
    first, *more = told
    where = f"{PREFIX}{first.key.upper()}" if first.key else "settings"
    rest = "".join(f"\n{PREFIX}{fault.key.upper()}: {fault.problem}. {fault.fix}" for fault in more)
    return ConfigError(where, first.problem, first.fix + rest)
