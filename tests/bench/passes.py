"""The measured process of `polling`: python -m tests.bench.passes BASE FEEDS FOLDER. One line of JSON for each pass.

A process of its own, which imports nothing that the bot does not need, so that its memory is the bot's.
"""

import asyncio
import json
import sys
import time
import urllib.request
from dataclasses import asdict
from pathlib import Path

from bot.app.building import App, open_app
from bot.app.one_pass import run_once
from bot.app.running import run_loop
from bot.logs import set_up_logs
from bot.model import Source, SourceGroup
from bot.settings import Config, Settings, default_folder, load_config
from tests.bench.usage import usage_of

LATENCY_MS = 200


def main() -> None:
    base, feeds, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    with (folder / "passes.log").open("w") as log:
        set_up_logs(level="info", stream=log)
        run_loop(measure(base, feeds, folder))


async def measure(base: str, feeds: int, folder: Path) -> None:
    settings = Settings(
        database_url=f"sqlite:///{folder / 'passes.db'}",
        allow_private=("127.0.0.1",),
    )
    async with open_app(settings, _config(base, feeds), write=lambda text: None) as app:
        await one_pass(app, "cold")
        await one_pass(app, "all-304")
        await asyncio.to_thread(set_latency, base, LATENCY_MS)
        await one_pass(app, "latency")


async def one_pass(app: App, name: str) -> None:
    """A pass over every source; prints what it took. The children stay alive, so they are counted before and after."""
    before, began = usage_of(), time.monotonic()
    passed = await run_once(app, everything=True)
    wall, after = time.monotonic() - began, usage_of()
    taken = asdict(after) | {
        "main_seconds": after.main_seconds - before.main_seconds,
        "children_seconds": after.children_seconds - before.children_seconds,
        "name": name,
        "wall": wall,
        "polled": passed.polled,
        "entries": passed.entries,
        "sent": passed.sent,
        "failed": passed.failed,
    }
    print(json.dumps(taken), flush=True)


def set_latency(base: str, milliseconds: int) -> None:
    request = urllib.request.Request(f"{base}/mode?latency_ms={milliseconds}", method="POST")
    urllib.request.urlopen(request, timeout=30).close()


def _config(base: str, feeds: int) -> Config:
    """The platforms and topics that come with the program, and the server's feeds as sources."""
    sources = tuple(
        Source(f"feed-{n}", f"Feed {n}", f"{base}/feed/{n}.xml", None, SourceGroup.TECH) for n in range(feeds)
    )
    shipped = load_config(default_folder())
    return Config(shipped.folder, sources, shipped.platforms, shipped.topics)


if __name__ == "__main__":
    main()
