"""2,000 deliveries over 500 channels to a fake Discord that keeps Discord's limits: how near to them, and at what cost.

python -m tests.bench.outbox [--deliveries 2000] [--channels 500]

The real client, sink, store (every commit synced to the disk) and deliver flow run in this process; the fake is one
of its own.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.app.building import App, open_app
from bot.app.connecting import connected
from bot.app.running import run_loop
from bot.flows.delivery.deliver import deliver
from bot.logs import set_up_logs
from bot.model import Source, SourceGroup
from bot.settings import Config, Settings, default_folder, load_config
from tests.bench.report import begin, figure
from tests.bench.started import started
from tests.bench.usage import Usage, usage_of
from tests.flows.outbox import add_destinations, tell

# Source: Discord developer docs, "Rate Limits": 50 requests a second for one token.
A_SECOND = 50
MOST_TIMES_BEST = 1.1
PROJECT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True)
class Measured:
    """What the deliver flow took from the first claim to the last commit; `stats` is what the fake counted."""

    sent: int
    wall: float
    before: Usage
    after: Usage
    stats: dict[str, Any]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--deliveries", type=int, default=2000)
    options.add_argument("--channels", type=int, default=500)
    chosen = options.parse_args()
    begin(f"outbox: {chosen.deliveries} deliveries over {chosen.channels} channels")
    found: list[Measured] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        fake_discord(chosen.channels) as fake,
        (Path(folder) / "outbox.log").open("w") as log,
    ):
        set_up_logs(level="info", stream=log)
        run_loop(measure(Path(folder), fake, chosen.deliveries, chosen.channels, found))
    show(found[0], chosen.deliveries)


@contextmanager
def fake_discord(channels: int) -> Iterator[dict[str, str]]:
    """The fake with its limits on, as a process of its own: api_url, url and token, until the block ends."""
    command = [
        sys.executable,
        "-m",
        "tests.fake_discord",
        "--port",
        "0",
        "--channels",
        str(channels),
        "--limits",
    ]
    with started(command, cwd=PROJECT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise SystemExit("The fake Discord did not start; what it said stands above.")
        yield json.loads(line)


async def measure(
    folder: Path, fake: dict[str, str], deliveries: int, channels: int, found: list[Measured]
) -> None:
    async with ready_app(folder, fake) as app:
        await _fill(app, deliveries, channels)
        before, began = usage_of(), time.monotonic()
        delivered = await deliver(app.office)
        wall, after = time.monotonic() - began, usage_of()
        stats = await asyncio.to_thread(fake_stats, fake["url"])
    found.append(Measured(delivered.sent, wall, before, after, stats))


@asynccontextmanager
async def ready_app(folder: Path, fake: dict[str, str]) -> AsyncIterator[App]:
    """The real app with a Discord account on the fake, logged in."""
    settings = Settings(
        database_url=f"sqlite:///{folder / 'outbox.db'}",
        discord_token=fake["token"],
        discord_api_url=fake["api_url"],
    )
    shipped = load_config(default_folder())
    unread = Source("unread", "Unread", "http://127.0.0.1:9/", None, SourceGroup.TECH)
    config = Config(shipped.folder, (unread,), shipped.platforms, shipped.topics)
    async with open_app(settings, config, write=lambda text: None) as app, connected(app):
        yield app


async def _fill(app: App, deliveries: int, channels: int) -> None:
    """Stories told to every channel until there are enough deliveries."""
    everywhere = await add_destinations(app.store, channels)
    for number in range(deliveries // channels):
        await tell(app.store, f"Story number {number}", everywhere)


def fake_stats(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{url}/_fake/stats", timeout=30) as answer:
        counted: dict[str, Any] = json.loads(answer.read())
    return counted


def show(measured: Measured, deliveries: int) -> None:
    best, refused = deliveries / A_SECOND, measured.stats["refused_429"]
    over, cpu = measured.wall / best, measured.after.seconds - measured.before.seconds
    arrived = measured.stats["messages"]
    _figure("messages there", f"{arrived} of {deliveries}", "all, once", kept=arrived == deliveries)
    shown = f"{over:.3f} ({measured.wall:.1f} s for {best:.0f} s)"
    _figure("time over the limit's best", shown, str(MOST_TIMES_BEST), kept=over <= MOST_TIMES_BEST)
    _figure("429s seen", str(refused), "none", kept=refused == 0)
    _figure("CPU", f"{cpu:.1f} s ({1000 * cpu / max(1, measured.sent):.1f} ms each)")
    _figure("peak memory", f"{measured.after.peak_mb:.0f} MB")


def _figure(name: str, value: str, bar: str = "", *, kept: bool | None = None) -> None:
    figure(name, value, part="outbox", bar=bar, kept=kept)


if __name__ == "__main__":
    main()
