"""smallprint run, once, demo."""

import asyncio
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import STOPPED, Prepared, out, prepare
from bot.cli.output import OutputClosedError
from bot.errors import SinkError, SinkScope
from bot.logic.text.plural import counted

if TYPE_CHECKING:
    from bot.app.one_pass import Passed


HOW_TO_SUBSCRIBE = "Use /subscribe in a Discord channel, or smallprint subscribe: --discord CHANNEL_ID, --mastodon or --console."


def register(app: typer.Typer) -> None:
    app.command()(run)
    app.command()(once)
    app.command()(demo)


def run() -> None:
    """Go live: poll, tell, deliver, until stopped. Without a token, posts appear here."""
    from bot.app.running import run_app, run_loop

    prepared = prepare("info")
    run_loop(run_app(prepared.settings, prepared.config, write=write_post))


def once(
    everything: Annotated[
        bool, typer.Option("--all", help="Look at every source, not only at those due.")
    ] = False,
    now: Annotated[
        str | None,
        typer.Option("--now", metavar="TIME", help="Set the clock, for replays: 2025-05-09T12:00Z."),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Say what was done as JSON, posts included.")
    ] = False,
) -> None:
    """Make one pass: read what is due, tell what is new, deliver, end.

    Ctrl-C and SIGTERM end it early with nothing half done, with exit code 130 or 143; the next pass goes on from there.
    """
    from bot.app.stopping import StoppedError, until_stopped

    moment = read_time(now) if now else None
    prepared = prepare()
    posts: list[str] = []
    job = _once(prepared, everything, moment, posts.append if as_json else write_post)
    try:
        passed = asyncio.run(until_stopped(job))
    except StoppedError:
        out.remark(STOPPED)
        raise typer.Exit(128 + signal.SIGTERM) from None
    if as_json:
        out.json(_as_json(passed, posts))
        return
    for source_id, reason in passed.failed.items():
        out.remark(f"{source_id}: {reason}")
    for document_id, why in passed.refused.items():
        out.remark(f"{document_id}: {why}")
    for alert in passed.alerts:
        out.remark(alert)
    out.remark(_summary(passed))
    if not passed.is_heard:
        out.remark(f"Nobody has subscribed, so nothing is posted. {HOW_TO_SUBSCRIBE}")


async def _once(
    prepared: Prepared, everything: bool, now: datetime | None, write: Callable[[str], None]
) -> "Passed":
    from bot.app.building import open_app
    from bot.app.clocks import FixedClock, SystemClock
    from bot.app.connecting import connected
    from bot.app.one_pass import read_sources, tell_news
    from bot.app.open_store import hold_memory

    clock = FixedClock(now) if now else SystemClock()
    settings = prepared.settings
    async with (
        hold_memory(settings),
        open_app(settings, prepared.config, clock, write=write) as app,
        connected(app),
    ):
        with out.progress("Reading sources") as show:
            passed = await read_sources(app, everything=everything, on_progress=show)
        # After the bar: posts must not appear in the middle of it.
        await tell_news(app, passed)
        return passed


def _summary(passed: "Passed") -> str:
    failed = f", {len(passed.failed)} could not be read" if passed.failed else ""
    waiting = (
        f" {counted(passed.waiting, 'delivery waits', 'deliveries wait')} in the outbox."
        if passed.waiting
        else ""
    )
    answered = f" {counted(passed.answered, 'message')} answered." if passed.answered else ""
    subject = passed.relevant + passed.kept_relevant
    pages = ""
    if passed.pages:
        refused = f", {len(passed.refused)} no evidence" if passed.refused else ""
        pages = f" {counted(passed.pages, 'terms page')} looked at{refused}: {counted(passed.clauses, 'clause')} to tell."
    return (
        f"Looked at {counted(passed.polled, 'source')}{failed}: {counted(passed.entries, 'new entry', 'new entries')}, "
        f"{subject} on our subject{_kept(passed)}; {counted(passed.opened, 'new story', 'new stories')}, "
        f"{passed.editions} to tell, {counted(passed.sent, 'message')} sent.{waiting}{answered}{pages}"
    )


def _kept(passed: "Passed") -> str:
    """Which of the new entries are not told, and why; they may have been made into stories all the same."""
    said = []
    if passed.first_looks:
        looks, found = (
            counted(passed.first_looks, "source"),
            counted(passed.first_entries, "entry", "entries"),
        )
        said.append(f"first look at {looks}: {found} kept, not posted")
    if others := passed.kept - passed.first_entries:
        said.append(f"{counted(others, 'entry', 'entries')} not fresh enough: kept, not posted")
    return f" ({'; '.join(said)})" if said else ""


def _as_json(passed: "Passed", posts: list[str]) -> dict[str, object]:
    return {
        "polled": passed.polled,
        "failed": passed.failed,
        "pages": passed.pages,
        "pages_refused": passed.refused,
        "clauses": passed.clauses,
        "entries": passed.entries,
        "relevant": passed.relevant,
        "first_looks": passed.first_looks,
        "kept": passed.kept,
        "kept_relevant": passed.kept_relevant,
        "stories_opened": passed.opened,
        "entries_joined": passed.joined,
        "editions": passed.editions,
        "sent": passed.sent,
        "answered": passed.answered,
        "waiting": passed.waiting,
        "alerts": list(passed.alerts),
        "posts": posts,
    }


def demo(
    folder: Annotated[Path, typer.Option("--folder", help="Where its database is left.")] = Path("demo-data"),
) -> None:
    """Run the sample fortnight: real pipeline, invented outlets, no account, token or network."""
    from bot.demo import run_demo

    code = run_demo(folder, out.raw)
    if code:
        raise typer.Exit(code)


def write_post(text: str) -> None:
    """A post for the terminal. Raises SinkError when nobody reads it any more: then the next run prints it."""
    try:
        out.raw(text)
    except OutputClosedError as error:
        raise SinkError("Nobody reads the output any more.", scope=SinkScope.SINK) from error


def read_time(text: str) -> datetime:
    """The moment as aware UTC; without a zone it is UTC. Raises BadParameter: wrong usage."""
    try:
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        said = f"{text!r} is no time that I can read. Write it like 2025-05-09T12:00Z."
        raise typer.BadParameter(said, param_hint="'--now'") from error
