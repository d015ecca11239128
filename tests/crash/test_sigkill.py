"""A process is killed 30 times while it posts 300 messages: each is there exactly once, and in order, in the end."""

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from bot.model import SinkKind
from tests.crash.driver import Moment, Plan
from tests.flows.outbox import add_destinations, tell
from tests.shared import PROJECT
from tests.sinks.hostile_mastodon import TOKEN, HostileMastodon, Posted, hostile_mastodon
from tests.stores import temporary_store

pytestmark = pytest.mark.long

LIVES = 30
DELIVERIES = 300
LIMIT_SECONDS = 240
"""Only ends a test that hangs."""


def some_moments(seed: int) -> tuple[Moment, ...]:
    """30 moments, before, after and during calls; early enough in each life for all of them to come to pass."""
    chance = random.Random(seed)
    return tuple(
        Moment(chance.randint(1, 40), chance.choice(("before", "after", "during")), chance.uniform(0, 0.03))
        for _ in range(LIVES)
    )


def fill_outbox(folder: Path, sink: SinkKind, *, channels: int) -> list[str]:
    """DELIVERIES deliveries over so many channels; what each channel must show in the end."""

    async def fill() -> list[str]:
        headlines = [f"Story number {n}" for n in range(DELIVERIES // channels)]
        async with temporary_store(folder) as store:
            everywhere = await add_destinations(store, channels, sink=sink)
            for headline in headlines:
                await tell(store, headline, everywhere)
        return headlines

    return asyncio.run(fill())


def run_driver(plan: Plan) -> dict[str, Any]:
    """What the driver says when its last life has ended."""
    # A session of its own: if it hangs, its child is ended with it.
    driver = subprocess.Popen(
        [sys.executable, "-m", "tests.crash.driver", str(plan.write())],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        said, complaints = driver.communicate(timeout=LIMIT_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(driver.pid, signal.SIGKILL)
        said, complaints = driver.communicate()
        pytest.fail(f"the driver hung: {complaints[-4000:]}")
    assert driver.returncode == 0, complaints[-4000:]
    result: dict[str, Any] = json.loads(said.splitlines()[-1])
    assert result["ended_well"], complaints[-4000:]
    return result


def check_outbox(folder: Path) -> None:
    """Nothing is left, nothing was given up."""

    async def counts() -> dict[str, int]:
        async with temporary_store(folder) as store:
            return dict(await store.counts())

    found = asyncio.run(counts())
    assert {k: n for k, n in found.items() if k.startswith("deliveries_") and n} == {
        "deliveries_sent": DELIVERIES
    }


# ---------------------------------------------------------------- Discord


@dataclass(frozen=True)
class RunningDiscord:
    """The fake as a process of its own."""

    api_url: str
    url: str
    token: str

    def shown(self) -> dict[str, list[str]]:
        """Titles by channel, oldest first."""
        with urlopen(f"{self.url}/_fake/messages") as answer:
            messages = json.load(answer)
        by_channel: dict[str, list[str]] = defaultdict(list)
        for message in messages:
            by_channel[str(message["channel_id"])].append(message["embeds"][0]["title"])
        return by_channel


@contextmanager
def running_discord(*, channels: int, nonce_window_seconds: float) -> Iterator[RunningDiscord]:
    options = {"port": 0, "channels": channels, "nonce-window": nonce_window_seconds, "latency": 0.01}
    arguments = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.fake_discord", *arguments], cwd=PROJECT, stdout=subprocess.PIPE
    ) as process:
        try:
            assert process.stdout is not None
            yield RunningDiscord(**json.loads(process.stdout.readline()))
        finally:
            process.terminate()


@pytest.mark.parametrize(
    ("nonce_window_seconds", "seed"),
    [
        pytest.param(300.0, 1, id="inside the nonce window"),
        pytest.param(0.0, 2, id="outside the nonce window"),
    ],
)
def test_discord_shows_every_message_once(tmp_path: Path, nonce_window_seconds: float, seed: int) -> None:
    # Three messages a channel: below the pace of one channel, so that nothing here waits for real.
    headlines = fill_outbox(tmp_path, SinkKind.DISCORD, channels=100)
    with running_discord(channels=100, nonce_window_seconds=nonce_window_seconds) as fake:
        said = run_driver(Plan(str(tmp_path), "discord", fake.api_url, fake.token, some_moments(seed)))
        shown = fake.shown()

    assert said["kills"] == LIVES
    assert len(shown) == 100
    assert set(map(tuple, shown.values())) == {tuple(headlines)}
    check_outbox(tmp_path)


# ---------------------------------------------------------------- Mastodon


class Assassin:
    """Kills the process that posts, at the moment when the server stores what it posted.

    at  by life: which post of that life, and whether before it is stored or after; lives without are left alone
    """

    def __init__(self, plan: Plan, at: dict[int, tuple[int, str]]) -> None:
        self.plan, self.at = plan, at
        self.kills = 0
        self._life, self._posts = -1, 0

    def attach(self, host: HostileMastodon) -> None:
        keep = host.store

        def store(text: str, **form: Any) -> Posted:
            side = self._side_of_this_post()
            if side == "before":
                self._kill()
            # The request had arrived: a server stores it although nobody waits for the answer any more.
            posted = keep(text, **form)
            if side == "after":
                self._kill()
            return posted

        host.store = store  # type: ignore[method-assign]

    def _side_of_this_post(self) -> str:
        life = int(self.plan.pid_file.read_text().split()[0])
        if life != self._life:
            self._life, self._posts = life, 0
        self._posts += 1
        post, side = self.at.get(life, (0, ""))
        return side if post == self._posts else ""

    def _kill(self) -> None:
        os.kill(int(self.plan.pid_file.read_text().split()[1]), signal.SIGKILL)
        self.kills += 1


def mixed_ends(seed: int) -> tuple[tuple[Moment | None, ...], dict[int, tuple[int, str]]]:
    """Half of the lives end by their own steps, half while the server stores a post."""
    chance = random.Random(seed)
    moments: list[Moment | None] = list(some_moments(seed))
    on_the_wire = chance.sample(range(LIVES), LIVES // 2)
    for life in on_the_wire:
        moments[life] = None
    return tuple(moments), {
        life: (chance.randint(1, 10), chance.choice(("before", "after"))) for life in on_the_wire
    }


@pytest.mark.parametrize(
    ("honours_keys", "seed"),
    [pytest.param(True, 3, id="honours the key"), pytest.param(False, 4, id="ignores the key")],
)
def test_mastodon_shows_every_message_once(tmp_path: Path, *, honours_keys: bool, seed: int) -> None:
    headlines = fill_outbox(tmp_path, SinkKind.MASTODON, channels=1)
    lives, at = mixed_ends(seed)
    with hostile_mastodon() as host:
        host.honours_keys = honours_keys
        plan = Plan(str(tmp_path), "mastodon", host.url, TOKEN, lives)
        assassin = Assassin(plan, at)
        assassin.attach(host)
        said = run_driver(plan)

    assert said["kills"] == LIVES
    assert assassin.kills == LIVES // 2
    assert headlines_of(host.texts()) == headlines
    check_outbox(tmp_path)


def headlines_of(texts: Sequence[str]) -> list[str]:
    return [next(line for line in text.splitlines() if line.startswith("Story number")) for text in texts]


# ---------------------------------------------------------------- a plain file


def test_a_file_holds_every_line_once(tmp_path: Path) -> None:
    headlines = fill_outbox(tmp_path, SinkKind.CONSOLE, channels=30)
    lines = tmp_path / "lines.txt"

    said = run_driver(Plan(str(tmp_path), "file", str(lines), "", some_moments(5)))

    by_place: dict[str, list[str]] = defaultdict(list)
    for line in lines.read_text().splitlines():
        shown = json.loads(line.partition("\t")[2])
        by_place[shown["place"]].append(shown["text"])
    assert said["kills"] == LIVES
    assert len(by_place) == 30
    assert set(map(tuple, by_place.values())) == {tuple(headlines)}
    check_outbox(tmp_path)


# ---------------------------------------------------------------- mail


@pytest.mark.parametrize("honours_keys", [True, False], ids=["honours the key", "ignores the key"])
def test_everybody_who_writes_on_mastodon_is_answered_once(tmp_path: Path, *, honours_keys: bool) -> None:
    with hostile_mastodon() as host:
        host.honours_keys = honours_keys
        # The first look only takes note of what is there.
        run_driver(Plan(str(tmp_path), "mail", host.url, TOKEN, ()))
        written = [host.mention("subscribe suno lawsuits", sender=f"person{n}") for n in range(40)]

        said = run_driver(Plan(str(tmp_path), "mail", host.url, TOKEN, some_moments(7)))

    assert said["kills"] > LIVES // 2
    assert [status.reply_to for status in host.posted] == written
    assert {status.form["visibility"] for status in host.posted} == {"direct"}
    assert asyncio.run(subscribed(tmp_path)) == 40


async def subscribed(folder: Path) -> int:
    async with temporary_store(folder) as store:
        return len(await store.subscriptions())
