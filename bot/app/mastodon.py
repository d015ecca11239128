"""Logging Mastodon accounts in and looking after their profiles, for the command line."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bot.app.open_reader import user_agent
from bot.errors import ConfigError, RefusedError
from bot.logic.mail.profile import Shortcoming, mending, shortcomings
from bot.model import MastodonProfile, ProfileChange
from bot.settings import MastodonAccount, Settings, default_folder, token_variable
from bot.settings.edit import read_exactly, write_whole
from bot.settings.environment import PREFIX, variables
from bot.settings.mastodon import FILE, NAME, token_file_of, with_account
from bot.settings.secrets import set_variables, write_secret

URL, TOKEN = f"{PREFIX}MASTODON_URL", f"{PREFIX}MASTODON_TOKEN"


@dataclass(frozen=True, slots=True)
class AccountPlace:
    """Where an account's token is kept.

    base_url  its server
    file      a file of its own for the token; None: `variable` in .env
    is_new    the account stands in no settings yet; `name` is None for the one of the settings
    """

    name: str | None
    base_url: str
    variable: str
    file: Path | None
    is_new: bool


def find_place(settings: Settings, here: Path, url: str | None, name: str | None) -> AccountPlace:
    """Where the token of the account that is meant belongs. Raises RefusedError when that cannot be told."""
    given = variables(here)
    base_url = _whole(url) if url else None
    single = settings.mastodon_url
    if name is None or (single and name == urlsplit(single).netloc):
        server = single or base_url
        if server is None:
            raise RefusedError("I do not know the server. Add --url https://your.server.")
        if base_url and base_url != server:
            raise RefusedError(
                f"The account of your settings is on {server}. For one more account on {base_url} add --name, a short word."
            )
        file = given.get(f"{TOKEN}_FILE")
        return AccountPlace(None, server, TOKEN, here / file if file else None, is_new=single is None)
    known = {account.name: account for account in settings.accounts}
    if name in known:
        account = known[name]
        if base_url and base_url != account.url:
            raise RefusedError(f"{name} is on {account.url} in {FILE}. Change it there first.")
        assert settings.config is not None
        file = token_file_of(settings.config / FILE, name)
        return AccountPlace(
            name, account.url, token_variable(name), here / file if file else None, is_new=False
        )
    if base_url is None:
        raise RefusedError(f"There is no account called {name} yet. Add --url https://its.server to make it.")
    if not NAME.fullmatch(name) or name == "file":
        raise RefusedError(
            f"{name!r} is not a name for an account. Use a short word such as german, a-z, 0-9 and -."
        )
    return AccountPlace(name, base_url, token_variable(name), None, is_new=True)


def keep_token(place: AccountPlace, token: str, settings: Settings, here: Path) -> str:
    """Write the token where the settings say; a sentence on where that is. Raises ConfigError."""
    if place.name is not None and place.is_new:
        _add_account(place, settings, here)
    values = {URL: place.base_url} if place.name is None and place.is_new else {}
    if place.file is not None:
        write_secret(place.file, token + "\n")
        if values:
            set_variables(here / ".env", values)
        return f"Wrote the token to {place.file}, for nobody but you to read."
    set_variables(here / ".env", values | {place.variable: token})
    said = f"Wrote the token to .env as {place.variable}, for nobody but you to read."
    if os.environ.get(place.variable):
        said += f" But the environment sets {place.variable} too, and that wins: take it away there."
    return said


def _add_account(place: AccountPlace, settings: Settings, here: Path) -> None:
    assert place.name is not None
    folder = settings.config
    if folder is None or (folder == default_folder() and folder != here / "config"):
        raise ConfigError(
            FILE, "there is no config folder of yours to put the account into", "Run `smallprint init .`"
        )
    file = folder / FILE
    write_whole(file, with_account(read_exactly(file) if file.exists() else "", place.name, place.base_url))


def _whole(url: str) -> str:
    """The server's address; https where none is said. Raises RefusedError."""
    address = url if "://" in url else f"https://{url}"
    parts = urlsplit(address)
    # People paste their profile's address: the server is what counts.
    if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", url):
        raise RefusedError(f"{url!r} is not an address of a server. Write it like https://mastodon.social.")
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


# ---------------------------------------------------------------- looking after a profile


@dataclass(frozen=True, slots=True)
class AccountCheck:
    """One account as its server shows it, what it lacks, and what could be set."""

    account: MastodonAccount
    profile: MastodonProfile
    lacks: tuple[Shortcoming, ...]
    change: ProfileChange


def look_at(account: MastodonAccount, settings: Settings) -> AccountCheck:
    """Raises RefusedError when the server does not show it."""
    from bot.sinks.mastodon.login import look

    assert account.token is not None
    profile = look(account.url, account.token.get_secret_value(), user_agent(settings))
    contact = " ".join(settings.contact.split())
    return AccountCheck(
        account,
        profile,
        shortcomings(profile, account.language, commands=account.commands),
        mending(profile, account.language, contact, commands=account.commands),
    )


def mend(looked: AccountCheck, settings: Settings) -> AccountCheck:
    """Set what can be set, and look again: a server may say yes and do nothing. Raises RefusedError."""
    from bot.sinks.mastodon.login import mend as mend_profile

    account = looked.account
    assert account.token is not None
    mend_profile(account.url, account.token.get_secret_value(), user_agent(settings), looked.change)
    return look_at(account, settings)
