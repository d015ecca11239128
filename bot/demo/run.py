"""Runs the sample fortnight: the real fetcher, pipeline and outbox, day by day on a clock that is moved."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.app.building import App, open_app
from bot.app.clocks import FixedClock
from bot.app.one_pass import run_once
from bot.app.open_store import hold_memory
from bot.demo.fortnight import FIRST_PASS, LAST_PASS, Fortnight, load_fortnight
from bot.demo.left_out import left_out
from bot.demo.server import SampleWeb
from bot.logs import set_up_logs
from bot.settings import Settings, load_config

BETWEEN_PASSES = timedelta(hours=6)

Write = Callable[[str], None]


def run_demo(folder: Path, write: Write) -> int:
    """The whole demonstration; the exit code. Its database and configuration are left in `folder`.

    write  gets text with its line ends
    What an earlier demonstration left there is replaced. Raises BotError and OSError.
    """
    set_up_logs(level="warning")
    return asyncio.run(_run(folder, write))


async def _run(folder: Path, write: Write) -> int:
    fortnight = load_fortnight()
    posts: list[str] = []
    write(_opening(fortnight))
    async with open_demo(folder, fortnight, posts.append) as demo:
        for day in days():
            await _live_through(demo, day, posts, write)
        write(await left_out(demo.app.store))
    write(_closing(folder))
    return 0


@dataclass(frozen=True, slots=True)
class Demo:
    """The sample web on its clock, and the app that reads it."""

    app: App
    clock: FixedClock
    web: SampleWeb


@asynccontextmanager
async def open_demo(folder: Path, fortnight: Fortnight, write: Write) -> AsyncIterator[Demo]:
    """Everything built on an empty database in `folder`; the clock stands at the first pass.

    write  where posts go, called with text and its line ends
    """
    clock = FixedClock(FIRST_PASS)
    async with SampleWeb(fortnight, clock).running() as web:
        settings = _prepare(folder, fortnight, web.base)
        async with (
            hold_memory(settings),
            open_app(settings, load_config(folder / "config"), clock, write=write) as app,
        ):
            yield Demo(app, clock, web)


def _prepare(folder: Path, fortnight: Fortnight, base: str) -> Settings:
    """Settings of the demonstration alone: no token that lies around is ever used."""
    config, database = folder / "config", folder / "data" / "smallprint.db"
    config.mkdir(parents=True, exist_ok=True)
    database.parent.mkdir(exist_ok=True)
    for old in database.parent.glob(f"{database.name}*"):
        old.unlink()
    (config / "sources.toml").write_text("\n".join(_tables(fortnight, base)), encoding="utf-8")
    return Settings(
        config=config,
        database_url=SecretStr(f"sqlite+aiosqlite:///{database}"),
        allow_private=("127.0.0.1",),
    )


def _tables(fortnight: Fortnight, base: str) -> Iterator[str]:
    yield "# Written by `smallprint demo`: the invented outlets of the sample fortnight.\n"
    for outlet in fortnight.outlets:
        platform = f'platform = "{outlet.platform}"\n' if outlet.platform else ""
        needs = ", ".join(f'"{need}"' for need in outlet.needs)
        yield (
            f'[[source]]\nid = "{outlet.id}"\nname = "{outlet.name}"\nfeed = "{base}/{outlet.id}/feed"\n'
            f'group = "{outlet.group}"\n{platform}tier = {outlet.tier}\nneeds = [{needs}]\n'
        )


async def _live_through(demo: Demo, day: list[datetime], posts: list[str], write: Write) -> None:
    """The passes of one day: posts as they come, then one line about the day."""
    entries = relevant = 0
    for now in day:
        demo.clock.set(now)
        passed = await run_once(demo.app, everything=True)
        entries, relevant = entries + passed.entries, relevant + passed.relevant
        for source, reason in passed.failed.items():
            write(f"{now:%a %d %b %H:%M}  {source} could not be read: {reason}\n")
        if posts:
            write(f"\n{now:%a %d %b %H:%M}  to tell:\n\n{''.join(posts)}")
            posts.clear()
    first = ", seen and not posted: the first pass" if day[0] == FIRST_PASS else ""
    write(
        f"{day[0]:%a %d %b}  {entries:2d} new {'entry' if entries == 1 else 'entries'}, {relevant} on our subject{first}\n"
    )


def days() -> Iterator[list[datetime]]:
    """The times of the passes, day by day."""
    day: list[datetime] = []
    now = FIRST_PASS
    while now <= LAST_PASS:
        if day and day[0].date() != now.date():
            yield day
            day = []
        day.append(now)
        now += BETWEEN_PASSES
    yield day


def _opening(fortnight: Fortnight) -> str:
    return (
        f"The sample fortnight: {len(fortnight.outlets)} invented outlets, {len(fortnight.entries)} entries, "
        f"{FIRST_PASS:%d %B} to {LAST_PASS:%d %B %Y}.\n"
        "The facts about SoundCloud are public; outlets and sentences are invented.\n"
        "They are served on this machine and read every six hours of a clock that is moved.\n\n"
    )


def _closing(folder: Path) -> str:
    # As it was called, so that the lines can be pasted from any folder.
    program = Path(sys.argv[0]).resolve() if Path(sys.argv[0]).name == "smallprint" else "smallprint"
    return (
        f"\nThe database is {folder / 'data' / 'smallprint.db'}. Ask it more, from that folder:\n"
        f"  cd {folder}\n"
        f"  {program} stories\n"
        f"  {program} deliveries\n"
        f"  {program} why ADDRESS      (any address above)\n"
    )
