"""Fourteen days of three real feeds, stepped hour by hour with `smallprint once --now`: which posts, how much CPU.

python -m tests.bench.replay [--hours 336] [--keep FOLDER]
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.bench.feeds_server import feeds_server

SMALLPRINT = Path(sys.executable).parent / "smallprint"
START = datetime(2025, 5, 7, 0, 0, tzinfo=UTC)
SERIES = {"ars": "Ars Technica", "techcrunch": "TechCrunch", "wired": "WIRED"}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--hours", type=int, default=14 * 24)
    options.add_argument("--keep", type=Path, help="leave the database and configuration in this folder")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary, feeds_server(0) as server:
        room = chosen.keep or Path(temporary)
        room.mkdir(parents=True, exist_ok=True)
        _write_config(room, server.base)
        print(f"replay: {chosen.hours} hours from {START:%Y-%m-%d}, feeds: {', '.join(SERIES.values())}")
        for hour in range(chosen.hours):
            now = START + timedelta(hours=hour)
            server.post(f"/clock?at={now:%Y-%m-%dT%H:%M:%SZ}")
            said = _once(room, now)
            if said.strip():
                print(f"--- {now:%Y-%m-%d %H:%M}\n{said.rstrip()}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"\ntotal CPU of {chosen.hours} runs (the feeds server included): {used.ru_utime + used.ru_stime:.1f} s"
    )


def _write_config(room: Path, base: str) -> None:
    subprocess.run([SMALLPRINT, "init", str(room)], check=True, stdout=subprocess.DEVNULL)
    rows = [
        f'[[source]]\nid = "{series}"\nname = "{name}"\nfeed = "{base}/series/{series}.xml"\n'
        f'group = "tech"\ntier = 2\nneeds = ["ai", "music"]\n'
        for series, name in SERIES.items()
    ]
    (room / "config" / "sources.toml").write_text("\n".join(rows), encoding="utf-8")


def _once(room: Path, now: datetime) -> str:
    """What one pass posted (standard output); its log goes to once.log in the folder."""
    environment = {**os.environ, "SMALLPRINT_ALLOW_PRIVATE": "127.0.0.1", "SMALLPRINT_LOG_LEVEL": "warning"}
    with (room / "once.log").open("a", encoding="utf-8") as log:
        done = subprocess.run(
            [SMALLPRINT, "once", "--now", now.isoformat()],
            cwd=room,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            check=True,
        )
    return done.stdout


if __name__ == "__main__":
    main()
