"""200 real feeds polled by the real app: everything new, then nothing new, then nothing new from slow servers.

python -m tests.bench.polling [--feeds 200]
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

from tests.bench.feeds_server import FeedsServer, feeds_server
from tests.bench.report import begin, figure
from tests.bench.room import environment
from tests.bench.started import started
from tests.shared import PROJECT

COLD_CPU, QUIET_CPU, SLOW_WALL, PEAK_MB = 8.0, 0.5, 4.0, 120.0
TITLES = {"cold": "cold pass", "all-304": "all-304 pass", "latency": "all-304 pass, 200 ms latency"}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--feeds", type=int, default=200)
    feeds = options.parse_args().feeds
    begin(f"polling: {feeds} feeds of the shared corpus")
    with tempfile.TemporaryDirectory() as folder, feeds_server(feeds) as server:
        passes = list(_passes(server, feeds, folder))
    for taken in passes:
        _show(taken)
    peak = max(taken["peak_mb"] for taken in passes)
    bar = f"{PEAK_MB:.0f} MB"
    figure("peak memory, main process", f"{peak:.0f} MB", part="polling", bar=bar, kept=peak <= PEAK_MB)
    figure("memory, parser children together", f"{passes[-1]['children_mb']:.0f} MB", part="polling")


def _passes(server: FeedsServer, feeds: int, folder: str) -> Iterator[dict[str, Any]]:
    """What the measured process tells, with what the server saw of each pass."""
    command = [sys.executable, "-m", "tests.bench.passes", server.base, str(feeds), folder]
    with started(command, cwd=PROJECT, env=environment(), stdout=subprocess.PIPE) as driver:
        assert driver.stdout is not None
        for line in driver.stdout:
            yield json.loads(line)
        driver.wait()
    if driver.returncode != 0:
        raise SystemExit("The measured process failed; what it said stands above.")


def _show(taken: dict[str, Any]) -> None:
    name, cpu = TITLES[taken["name"]], taken["main_seconds"] + taken["children_seconds"]
    most_wall = SLOW_WALL if taken["name"] == "latency" else None
    most_cpu = {"cold": COLD_CPU, "all-304": QUIET_CPU}.get(taken["name"])
    _timed(f"{name}, wall", taken["wall"], "", most_wall)
    parts = f" (main {taken['main_seconds']:.2f}, children {taken['children_seconds']:.2f})"
    _timed(f"{name}, CPU", cpu, parts, most_cpu)
    said = f"{taken['polled']} polled, {taken['entries']} new entries, {taken['sent']} posted"
    failed = "".join(f"\n    {source}: {reason}" for source, reason in taken["failed"].items())
    print(f"    {said}, {len(taken['failed'])} failed{failed}")


def _timed(name: str, seconds: float, more: str, most: float | None) -> None:
    kept = None if most is None else seconds <= most
    figure(name, f"{seconds:.2f} s{more}", part="polling", bar=f"{most} s", kept=kept)


if __name__ == "__main__":
    main()
