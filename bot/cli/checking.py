"""smallprint check, init, backup."""

import asyncio
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import out, prepare_settings
from bot.errors import BotError, ConfigError, RefusedError
from bot.logic.text.plural import counted
from bot.model import SourceKind

if TYPE_CHECKING:
    from bot.settings import Config, MastodonAccount, Settings

# Source: Discord developer docs, "Authentication": base64 of the bot's id, of a time, and a signature.
DISCORD_TOKEN = re.compile(r"[\w-]{18,30}\.[\w-]{5,8}\.[\w-]{25,50}")
MASTODON_TOKEN = re.compile(r"[\w-]{20,}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report. `level` is "ok", "warning" or "wrong"."""

    level: str
    text: str


def register(app: typer.Typer) -> None:
    app.command()(check)
    app.command()(init)
    app.command()(backup)


def check(as_json: Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")] = False) -> None:
    """Check config, database and the shape of tokens; say what to fix. Asks no server anything."""
    findings = _findings()
    wrong = [each for each in findings if each.level == "wrong"]
    if as_json:
        out.json({"ok": not wrong, "findings": [{"level": f.level, "text": f.text} for f in findings]})
    else:
        signs = {"ok": "ok     ", "warning": "warning", "wrong": "WRONG  "}
        for each in findings:
            out.line(f"{signs[each.level]}  {each.text}")
    if wrong:
        out.remark(f"{len(wrong)} to fix.")
        raise typer.Exit(1)


def _findings() -> list[Finding]:
    from bot.settings import unknown_variables

    found: list[Finding] = []
    try:
        found += [Finding("warning", text) for text in unknown_variables(Path.cwd())]
        settings = prepare_settings()
    except ConfigError as error:
        return [*found, *(Finding("wrong", line) for line in str(error).splitlines())]
    found.append(Finding("ok", f"settings; config folder {settings.config}"))
    found += _config_findings(settings)
    found += _account_findings(settings)
    found.append(asyncio.run(_database_finding(settings)))
    if found[-1].level == "ok":
        found += asyncio.run(_trouble_findings(settings))
    return found


def _config_findings(settings: "Settings") -> list[Finding]:
    from bot.settings import load_config

    assert settings.config is not None
    try:
        config = load_config(settings.config)
    except ConfigError as error:
        return [Finding("wrong", str(error))]
    found = [Finding("wrong", str(problem)) for problem in config.problems]
    if not config.sources:
        fix = "Add one: smallprint sources add ADDRESS."
        found.append(
            Finding("wrong", f"There is no usable source in {config.folder / 'sources.toml'}. {fix}")
        )
    else:
        found.append(Finding("ok", _told(config)))
    return found


def _told(config: "Config") -> str:
    polled = sum(source.kind is SourceKind.FEED for source in config.sources)
    rest = len(config.sources) - polled
    pages = f", {counted(rest, 'page')} without one" if rest else ""
    off = f", {len(config.off)} switched off" if config.off else ""
    told = f"{counted(polled, 'source')} with a feed{pages}{off}"
    watched = counted(len(config.documents), "terms page")
    known = f"{counted(len(config.platforms), 'platform')}; {counted(len(config.topics), 'topic')}"
    dated = counted(len(config.history.events), "event") + " of history"
    return f"{told}; {watched}; {known}; {dated}"


def _account_findings(settings: "Settings") -> list[Finding]:
    found: list[Finding] = []
    if settings.discord_token:
        good = DISCORD_TOKEN.fullmatch(settings.discord_token.get_secret_value())
        found.append(
            Finding("ok", "Discord token has the right shape")
            if good
            else Finding(
                "wrong",
                "SMALLPRINT_DISCORD_TOKEN does not look like a bot token (three parts with dots between). "
                "Copy it again: Developer Portal, your application, Bot, Reset Token. It is not the client secret.",
            )
        )
    found += [each for account in settings.accounts for each in _mastodon_findings(account)]
    found += [Finding("wrong", str(problem)) for problem in settings.account_problems]
    if not settings.discord_token and not settings.open_accounts:
        found.append(Finding("ok", "no account is set up: posts appear in the terminal"))
    if not settings.contact:
        found.append(
            Finding(
                "warning",
                "SMALLPRINT_CONTACT is empty. Give webmasters a page or address where to reach you.",
            )
        )
    return found


def _mastodon_findings(account: "MastodonAccount") -> list[Finding]:
    if account.token is None:
        login = f"Log in: smallprint mastodon login --name {account.name}"
        return [Finding("warning", f"Mastodon account {account.name}: nothing is posted there. {login}")]
    if not MASTODON_TOKEN.fullmatch(account.token.get_secret_value()):
        return [
            Finding(
                "wrong",
                f"The token of Mastodon account {account.name} does not look like an access token (one word of 20 "
                f"letters or more). Make a new one: smallprint mastodon login --name {account.name}.",
            )
        ]
    said = "Mastodon token has the right shape; server"
    return [Finding("ok", f"{said} {account.url}; more: smallprint mastodon check")]


async def _database_finding(settings: "Settings") -> Finding:
    from bot.app.open_store import look_at_database

    try:
        return Finding("ok", await look_at_database(settings))
    except BotError as error:
        return Finding("wrong", str(error))


async def _trouble_findings(settings: "Settings") -> list[Finding]:
    """What was wrong when the running bot last looked; a warning each, for it is not the settings' fault."""
    from bot.app.open_store import has_memory, open_memory
    from bot.flows.operator.operators import open_troubles

    if not has_memory(settings):
        return []
    async with open_memory(settings) as store:
        held = await open_troubles(store)
    return [Finding("warning", f"since {each.began_at:%Y-%m-%d %H:%M} UTC: {each.text}") for each in held]


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to write config/ and .env.example.")],
) -> None:
    """Write a config of your own: DIR/config/*.toml and DIR/.env.example. Never overwrites."""
    from bot.settings import default_folder

    source = default_folder()
    targets = {source / name: folder / "config" / name for name in _shipped(source)}
    targets[_env_example(source)] = folder / ".env.example"
    taken = [str(target) for target in targets.values() if target.exists()]
    if taken:
        raise RefusedError(
            f"{taken[0]} is there already; I overwrite nothing. Choose another folder or move it away."
        )
    try:
        (folder / "config").mkdir(parents=True, exist_ok=True)
        for original, target in targets.items():
            target.write_bytes(original.read_bytes())
    except OSError as error:
        raise RefusedError(
            f"{folder} cannot be written ({error.strerror}). Choose a folder of yours."
        ) from error
    there = "this folder" if folder == Path() else folder
    out.line(f"Wrote {len(targets)} files to {there}.")
    where = "" if folder == Path() else f"cd {folder}, "
    out.remark(f"Next: {where}copy .env.example to .env if you have tokens, then smallprint check.")


def _shipped(source: Path) -> list[str]:
    return sorted(path.name for path in source.glob("*.toml") if path.name != "settings.toml")


def _env_example(source: Path) -> Path:
    """Beside config/ in a checkout, inside the packaged folder in a wheel."""
    inside = source / ".env.example"
    return inside if inside.exists() else source.parent / ".env.example"


def backup(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to write the copy; must not exist yet.")
    ],
) -> None:
    """Copy the database while the bot runs. To restore: stop the bot and put the copy in its place."""
    from bot.app.open_store import back_up

    asyncio.run(back_up(prepare_settings(), file))
    out.line(f"Wrote {file}.")
