"""smallprint mastodon login, check."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import out, prepare_settings
from bot.errors import RefusedError

if TYPE_CHECKING:
    from bot.app.mastodon import AccountCheck, AccountPlace
    from bot.settings import MastodonAccount, Settings

app = typer.Typer(no_args_is_help=True, help="Log Mastodon accounts in, and look after them.")

Name = Annotated[
    str | None, typer.Option("--name", metavar="ACCOUNT", help="Which account, as in mastodon.toml.")
]


@app.command()
def login(
    url: Annotated[
        str | None,
        typer.Option("--url", metavar="ADDRESS", help="Its server, such as https://mastodon.social."),
    ] = None,
    name: Name = None,
    profile: Annotated[
        bool, typer.Option("--profile", help="Also ask for the right to set the profile (`check --fix`).")
    ] = False,
) -> None:
    """Log an account in: open the address shown, allow Smallprint, paste the code. The token goes where settings say."""
    from bot.app.mastodon import find_place, keep_token
    from bot.app.open_reader import user_agent
    from bot.sinks.mastodon.login import PROFILE_SCOPE, SCOPES, look, redeem, register

    settings, here = prepare_settings(), Path.cwd()
    place = find_place(settings, here, url, name)
    agent = user_agent(settings)
    registration = register(place.base_url, agent, (*SCOPES, PROFILE_SCOPE) if profile else SCOPES)
    out.remark(f"Smallprint asks {place.base_url} for: {', '.join(registration.scopes)}.")
    out.remark("Open this address, log in there as the bot, and allow it:")
    out.line(registration.address)
    _offer_to_open(registration.address)
    token = redeem(registration, _code(), agent)
    found = look(place.base_url, token, agent)
    out.line(keep_token(place, token, settings, here))
    server = place.base_url.partition("://")[2]
    out.line(f"Logged in as @{found.acct.partition('@')[0]}@{server}.")
    out.remark(f"Next: smallprint mastodon check{_named(place)}, then smallprint run (or restart it).")


def _named(place: "AccountPlace") -> str:
    return f" --name {place.name}" if place.name else ""


def _offer_to_open(address: str) -> None:
    """Only where a person sits at this machine's own terminal."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return
    if typer.confirm("Open it in a browser now?", default=True, err=True):
        import webbrowser

        webbrowser.open(address)


def _code() -> str:
    """What the server showed. Raises RefusedError when nothing is given."""
    is_person = sys.stdin.isatty()
    code = (typer.prompt("Code shown there", err=True) if is_person else sys.stdin.readline()).strip()
    if not code:
        raise RefusedError("No code was given, so nothing was changed. Run smallprint mastodon login again.")
    return code


@app.command()
def check(
    name: Name = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Set what can be set: bot mark, description, language.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")] = False,
) -> None:
    """Ask each account's server for limits, bot mark, description, language and rights; say what to mend."""
    settings = prepare_settings()
    told, bad = [], False
    for account in _chosen(settings, name):
        report, grave = _look(account, settings, fix=fix)
        told.append(report)
        bad |= grave
        if not as_json:
            for line in _lines(report):
                out.line(line)
    if as_json:
        out.json({"ok": not bad, "accounts": told})
    if bad:
        raise typer.Exit(1)


def _chosen(settings: "Settings", name: str | None) -> list["MastodonAccount"]:
    known = settings.accounts
    if not known:
        raise RefusedError(
            "No Mastodon account is set up. Run: smallprint mastodon login --url https://your.server"
        )
    chosen = [account for account in known if name in (None, account.name)]
    if not chosen:
        raise RefusedError(
            f"There is no account called {name}. There is: {', '.join(each.name for each in known)}."
        )
    return chosen


def _look(account: "MastodonAccount", settings: "Settings", *, fix: bool) -> tuple[dict[str, object], bool]:
    """What to show of one account, and whether something does not work there."""
    from bot.app.mastodon import look_at, mend

    if account.token is None:
        trouble = f"is not logged in. Run: smallprint mastodon login --name {account.name}"
        return {"account": account.name, "wrong": [trouble]}, True
    try:
        looked = look_at(account, settings)
        if fix and looked.change:
            looked = mend(looked, settings)
    except RefusedError as error:
        return {"account": account.name, "wrong": [str(error)]}, True
    return _report(looked), any(each.is_grave for each in looked.lacks)


def _report(looked: "AccountCheck") -> dict[str, object]:
    profile, account = looked.profile, looked.account
    return {
        "account": account.name,
        "acct": profile.acct,
        "url": profile.url,
        "is_bot": profile.is_bot,
        "language": profile.language,
        "max_chars": profile.max_chars,
        "url_chars": profile.url_chars,
        "posts": f"{account.visibility}, at most {account.ceilings.an_hour} an hour and {account.ceilings.a_day} a day",
        "wrong": [each.text for each in looked.lacks if each.is_grave],
        "warnings": [each.text for each in looked.lacks if not each.is_grave],
        "can_be_set": bool(looked.change),
    }


def _lines(report: dict[str, object]) -> list[str]:
    name = report["account"]
    lines = []
    if "acct" in report:
        chars = report["max_chars"] or "an unknown number of"
        lines.append(
            f"ok       {name}: @{report['acct']}; posts {report['posts']}; {chars} characters a post"
        )
    for level, key in (("WRONG  ", "wrong"), ("warning", "warnings")):
        texts = report.get(key, [])
        assert isinstance(texts, list)
        lines += [f"{level}  {name}: {text}" for text in texts]
    if report.get("can_be_set"):
        lines.append(f"         {name}: smallprint mastodon check --fix sets what can be set")
    return lines
