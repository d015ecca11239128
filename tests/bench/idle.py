"""`smallprint run` as a real process with 150 sources and a Discord account: how soon it is there, what it costs to idle.

python -m tests.bench.idle [--minutes 10] [--sources 150]

Sources have the paces of config/sources.toml and the documents of the shared feeds server; Discord is the fake. The
health page is asked every half minute, as a container's health check does.
"""

import argparse
import json
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from bot.settings import default_folder, load_config
from tests.bench.feeds_server import feeds_server
from tests.bench.outbox import fake_discord, fake_stats
from tests.bench.report import begin, figure
from tests.bench.room import SMALLPRINT, environment, make_room
from tests.bench.started import end
from tests.bench.usage import Usage, usage_of

LOOK_SECONDS = 0.02
CHECK_SECONDS = 30.0
START_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class Running:
    """The measured process. `log` is where it tells, one JSON object a line; `health` is the health page."""

    process: "subprocess.Popen[str]"
    began: float
    log: Path
    health: str

    def since(self) -> float:
        return time.monotonic() - self.began


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=10.0)
    options.add_argument("--sources", type=int, default=150)
    chosen = options.parse_args()
    begin(f"idle: smallprint run, {chosen.sources} sources, {chosen.minutes:g} minutes")
    with (
        tempfile.TemporaryDirectory() as folder,
        feeds_server(chosen.sources) as feeds,
        fake_discord(10) as discord,
    ):
        room = Path(folder)
        make_room(room, _tables(feeds.base, chosen.sources))
        with smallprint_run(room, discord) as bot:
            _start(bot, discord["url"])
            _settle(bot, chosen.sources)
            feeds.post("/stats/reset")
            _idle(bot, 60 * chosen.minutes)
            print(f"    polled meanwhile: {json.loads(feeds.get('/stats'))['req']} times")


def _tables(base: str, count: int) -> Iterator[dict[str, object]]:
    """[[source]] tables with the groups and paces of the real ones, one after the other, as often as it takes."""
    real = [source for source in load_config(default_folder()).sources if source.feed]
    for number, source in enumerate(islice(cycle(real), count)):
        table: dict[str, object] = {
            "id": f"feed-{number}",
            "name": f"Feed {number}",
            "feed": f"{base}/feed/{number}.xml",
            "group": source.group.value,
        }
        if source.poll_interval is not None:
            table["poll_minutes"] = int(source.poll_interval.total_seconds() // 60)
        yield table


@contextmanager
def smallprint_run(room: Path, discord: dict[str, str]) -> Iterator[Running]:
    """The command itself, ended by SIGTERM when the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = environment(
        discord_token=discord["token"], discord_api_url=discord["api_url"], http_port=port, log_format="json"
    )
    log = room / "run.log"
    with log.open("wb") as said:
        began = time.monotonic()
        process = subprocess.Popen(
            [SMALLPRINT, "run"], cwd=room, env=settings, stdout=subprocess.DEVNULL, stderr=said, text=True
        )
    bot = Running(process, began, log, f"http://127.0.0.1:{port}/healthz")
    try:
        yield bot
    finally:
        stopping = time.monotonic()
        end(process)
    stopped = time.monotonic() - stopping
    _figure("stop on SIGTERM", f"{stopped:.1f} s, exit {process.returncode}", "10 s", kept=stopped <= 10)


# ---------------------------------------------------------------- the three stages


def _start(bot: Running, discord_url: str) -> None:
    _wait(bot, lambda: fake_stats(discord_url)["identifies"] > 0, "log in to the fake Discord")
    # The fake answers a login with READY at once.
    _figure("start to the gateway's READY", f"{bot.since():.2f} s")
    _wait(bot, lambda: _has_logged(bot, "discord_ready"), "become ready")
    _figure("start to able to post", f"{bot.since():.2f} s")


def _settle(bot: Running, sources: int) -> None:
    """Until the first pass has read every source."""

    def all_polled() -> bool:
        polled: int = sum(n for health, n in _health(bot).get("sources", {}).items() if health != "new")
        return polled >= sources

    _wait(bot, all_polled, "read its sources", look_seconds=0.5)
    used = usage_of(bot.process.pid)
    _figure("start to first pass done", f"{bot.since():.1f} s, CPU {used.seconds:.1f} s")
    _figure("memory then", _memory(used))


def _idle(bot: Running, seconds: float) -> None:
    before, began = usage_of(bot.process.pid), time.monotonic()
    not_well = 0
    while (left := began + seconds - time.monotonic()) > 0:
        time.sleep(min(left, CHECK_SECONDS))
        not_well += not _health(bot).get("ok", False)
        _check_alive(bot)
    after = usage_of(bot.process.pid)
    main = after.main_seconds - before.main_seconds
    children = after.children_seconds - before.children_seconds
    share = 100 * (main + children) / seconds
    _figure("idle CPU", f"{main + children:.2f} s (main {main:.2f}, children {children:.2f})")
    _figure("idle CPU, of one core", f"{share:.2f} %")
    _figure("idle memory", _memory(after))
    _figure("health checks not ok", str(not_well), "none", kept=not_well == 0)


def _memory(used: Usage) -> str:
    return f"{used.main_mb:.0f} MB (peak {used.peak_mb:.0f}), children {used.children_mb:.0f} MB"


# ---------------------------------------------------------------- looking


def _wait(bot: Running, is_so: Callable[[], bool], what: str, *, look_seconds: float = LOOK_SECONDS) -> None:
    while not is_so():
        _check_alive(bot)
        if bot.since() > START_SECONDS:
            raise SystemExit(
                f"smallprint run did not {what} within {START_SECONDS:.0f} seconds:\n{_last(bot)}"
            )
        time.sleep(look_seconds)


def _check_alive(bot: Running) -> None:
    if bot.process.poll() is not None:
        raise SystemExit(f"smallprint run ended by itself:\n{_last(bot)}")


def _last(bot: Running) -> str:
    return "\n".join(bot.log.read_text(errors="replace").splitlines()[-10:])


def _has_logged(bot: Running, event: str) -> bool:
    return f'"event": "{event}"' in bot.log.read_text(errors="replace")


def _health(bot: Running) -> dict[str, Any]:
    """What the health page says, well or not; empty while nobody listens."""
    try:
        with urllib.request.urlopen(bot.health, timeout=30) as answer:
            found: dict[str, Any] = json.loads(answer.read())
    except urllib.error.HTTPError as error:
        found = json.loads(error.read())
    except OSError:
        return {}
    return found


def _figure(name: str, value: str, bar: str = "", *, kept: bool | None = None) -> None:
    figure(name, value, part="idle", bar=bar, kept=kept)


if __name__ == "__main__":
    main()
