"""Fourteen days of three real feeds, stepped hour by hour with `smallprint once --now`: which posts, how much CPU.

python -m tests.bench.replay [--hours 336] [--keep FOLDER]

Every hour is a process of its own, as cron would start it. Article pages are not there (only loopback is), so
everything is judged and told by what the feeds say.
"""

import argparse
import json
import resource
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.bench.feeds_server import feeds_server
from tests.bench.report import begin, figure
from tests.bench.room import SMALLPRINT, environment, make_room

START = datetime(2025, 5, 7, 0, 0, tzinfo=UTC)
HOURS = 14 * 24
SERIES = {"ars": "Ars Technica", "techcrunch": "TechCrunch", "wired": "WIRED"}
# What happened in these days: its change of terms came out, and was told again and again.
PLATFORM = "SoundCloud"


@dataclass
class Replayed:
    """posts    as printed, by the hour that printed them
    failures    what could not be read, by the hour
    stories     `smallprint stories --json` in the end
    cpu_seconds of all passes, their parser children included
    """

    posts: dict[datetime, list[str]] = field(default_factory=dict)
    failures: dict[datetime, Mapping[str, str]] = field(default_factory=dict)
    stories: list[Any] = field(default_factory=list)
    cpu_seconds: float = 0.0
    wall: float = 0.0


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--hours", type=int, default=HOURS)
    options.add_argument("--keep", type=Path, help="leave the database and configuration in this folder")
    chosen = options.parse_args()
    begin(f"replay: {chosen.hours} hours from {START:%Y-%m-%d} of {', '.join(SERIES.values())}")
    with tempfile.TemporaryDirectory() as temporary:
        replayed = replay(chosen.keep or Path(temporary), chosen.hours)
    _show(replayed, chosen.hours)


def replay(room: Path, hours: int) -> Replayed:
    """Step through the hours in a new room."""
    done = Replayed()
    with feeds_server(0) as server:
        make_room(room, _tables(server.base))
        cpu, began = _cpu_seconds(), time.monotonic()
        for hour in range(hours):
            now = START + timedelta(hours=hour)
            server.post(f"/clock?at={now:%Y-%m-%dT%H:%M:%SZ}")
            passed = _smallprint(room, "once", "--now", now.isoformat())
            if passed["posts"]:
                done.posts[now] = passed["posts"]
            if passed["failed"]:
                done.failures[now] = passed["failed"]
        done.cpu_seconds, done.wall = _cpu_seconds() - cpu, time.monotonic() - began
    done.stories = _smallprint(room, "stories", "--limit", "1000")
    return done


def _tables(base: str) -> Iterator[dict[str, object]]:
    for series, name in SERIES.items():
        feed = f"{base}/series/{series}.xml"
        needs = ["ai", "music"]
        yield {"id": series, "name": name, "feed": feed, "group": "tech", "tier": 2, "needs": needs}


def _cpu_seconds() -> float:
    """Of children that have ended; the feeds server, which has not, is left out."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _smallprint(room: Path, *command: str) -> Any:
    """What a command says as JSON. Its log goes to replay.log in the room."""
    with (room / "replay.log").open("a", encoding="utf-8") as log:
        done = subprocess.run(
            [SMALLPRINT, *command, "--json"],
            cwd=room,
            env=environment(log_level="warning"),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            check=False,
        )
    if done.returncode != 0:
        said = (room / "replay.log").read_text(encoding="utf-8").strip().splitlines()[-5:]
        raise SystemExit("\n".join([f"smallprint {' '.join(command)} was refused:", *said]))
    return json.loads(done.stdout)


# ---------------------------------------------------------------- what is shown


def _show(replayed: Replayed, hours: int) -> None:
    for hour, posts in replayed.posts.items():
        print(f"--- {hour:%Y-%m-%d %H:%M}")
        print("\n".join(posts))
    for hour, failed in replayed.failures.items():
        print(f"--- {hour:%Y-%m-%d %H:%M} not read: {failed}")
    _figure("posts", str(sum(map(len, replayed.posts.values()))))
    told = [told for story in replayed.stories if (told := _told(story))]
    for story in told:
        print(f"    {story}")
    first = sum(_has_first(story) for story in replayed.stories if PLATFORM in story["platforms"])
    if hours >= HOURS:
        _figure(f"posts that open the {PLATFORM} story", str(first), "1", kept=first == 1)
    each = 1000 * replayed.cpu_seconds / hours
    _figure("CPU", f"{replayed.cpu_seconds:.1f} s ({each:.0f} ms a pass)")
    _figure("wall", f"{replayed.wall:.0f} s")


def _told(story: Mapping[str, Any]) -> str:
    """A story that was posted, in a line; empty for others."""
    editions = [f"{each['kind']} {each['turn'] or ''}".strip() for each in _published(story)]
    outlets = {entry["outlet"] for entry in story["entries"]}
    return (
        f"{story['id']} {', '.join(editions)}; {len(outlets)} outlets: {story['title']}" if editions else ""
    )


def _published(story: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [edition for edition in story["editions"] if edition["state"] == "published"]


def _has_first(story: Mapping[str, Any]) -> bool:
    return any(edition["kind"] == "first" for edition in _published(story))


def _figure(name: str, value: str, bar: str = "", *, kept: bool | None = None) -> None:
    figure(name, value, part="replay", bar=bar, kept=kept)


if __name__ == "__main__":
    main()
