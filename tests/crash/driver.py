"""Delivers an outbox in processes that are killed one after the other: `python -m tests.crash.driver PLAN.json`.

The plan (see `Plan`) names the database, the platform, and the moment at which each life ends. Each life is a process
of its own, forked from this one so that it need not import everything again, and ended by SIGKILL: no handler, no
`finally`, no flush. The last life has no end in the plan; it runs until nothing is left to deliver.
"""

import asyncio
import inspect
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import yarl

from bot.chat.mastodon import mail
from bot.flows.delivery.context import DeliveryContext
from bot.flows.delivery.deliver import deliver
from bot.logic.mail.mailbox import load_mailbox
from bot.logic.routing import setbacks as delivering
from bot.model import Receipt, Shipment, SinkKind
from bot.ports import Sink
from bot.sinks.discord import DiscordSink, Pace
from bot.sinks.mastodon import open_mastodon
from bot.store import SqlStore, open_store
from tests.chat.mastodon.rig import a_reader
from tests.stores import sqlite_url

MOST_PASSES = 500


@dataclass(frozen=True)
class Moment:
    """When a life ends: around its `step`-th awaited call of store and sink, counted from 1.

    side     "before" the call, "after" it, or "during": `delay_seconds` after it began, wherever that is
    """

    step: int
    side: str
    delay_seconds: float = 0.0


@dataclass(frozen=True)
class Plan:
    """What to do. Written and read as JSON.

    folder    holds the database; `pid_file` in it tells which life runs now and under which pid
    platform  "discord", "mastodon" or "file"; "mail" answers people instead; `address` and `token` say where
    lives     None: this life is ended from outside
    """

    folder: str
    platform: str
    address: str
    token: str
    lives: tuple[Moment | None, ...]

    @property
    def pid_file(self) -> Path:
        return Path(self.folder) / "life.txt"

    def write(self) -> Path:
        path = Path(self.folder) / "plan.json"
        path.write_text(json.dumps(asdict(self)))
        return path

    @classmethod
    def read(cls, path: Path) -> "Plan":
        values = json.loads(path.read_text())
        values["lives"] = tuple(Moment(**life) if life else None for life in values["lives"])
        return cls(**values)


def main() -> None:
    # Deliveries that were cut off several times are tried again at once: here, failures are ours.
    delivering.FIRST_RETRY = timedelta(0)
    plan = Plan.read(Path(sys.argv[1]))
    kills, ended_well = 0, False
    for number, life in enumerate((*plan.lives, None)):
        status = live_in_a_fork(plan, number, life)
        if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
            kills += 1
            continue
        ended_well = os.waitstatus_to_exitcode(status) == 0
        break
    print(json.dumps({"kills": kills, "ended_well": ended_well}))


def live_in_a_fork(plan: Plan, number: int, life: Moment | None) -> int:
    """The wait status of a child that lived one life."""
    pid = os.fork()
    if pid:
        return os.waitpid(pid, 0)[1]
    code = 1
    try:
        plan.pid_file.write_text(f"{number} {os.getpid()}")
        asyncio.run(run(plan, life))
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


async def run(plan: Plan, life: Moment | None) -> None:
    """Deliver until nothing is left, or until the moment comes."""
    store = await open_store(sqlite_url(Path(plan.folder)))
    if plan.platform == "mail":
        await answer_mail(plan, store, Steps(life))
        await store.close()
        return
    async with open_sink(plan) as sink:
        steps = Steps(life)
        office = DeliveryContext(
            steps.watch(store), {sink.kind: steps.watch(sink)}, SystemClock(), lanes=20, settle=timedelta(0)
        )
        for _ in range(MOST_PASSES):
            if (await deliver(office)).again_at is None:
                break
            await asyncio.sleep(0.01)
        else:
            raise RuntimeError("the outbox never came to rest")
    await store.close()


async def answer_mail(plan: Plan, store: SqlStore, steps: "Steps") -> None:
    mail.SETTLE = timedelta(0)  # type: ignore[misc]
    room = a_reader(plan.address, plan.token, steps.watch(store), SystemClock(), account="bot").room
    room.inbox = steps.watch(room.inbox)
    for _ in range(MOST_PASSES):
        answered = await room.read()
        if not answered and load_mailbox(await store.setting("mail:mastodon:bot")).pending is None:
            return
    raise RuntimeError("the mail never came to rest")


class SystemClock:
    """The real time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, wait: timedelta) -> None:
        await asyncio.sleep(wait.total_seconds())


class Steps:
    """Counts awaited calls, and ends this process around one of them."""

    def __init__(self, life: Moment | None) -> None:
        self._life, self._count = life, 0

    def watch(self, target: Any) -> Any:
        return _Watched(target, self.step)

    async def step(self, call: Callable[[], Any]) -> Any:
        self._count += 1
        life = self._life
        if life is None or self._count != life.step:
            return await call()
        if life.side == "before":
            die()
        if life.side == "during":
            # A thread, so that it strikes even in the middle of a step of the event loop.
            threading.Timer(life.delay_seconds, die).start()
        result = await call()
        if life.side == "after":
            die()
        return result


class _Watched:
    def __init__(self, target: Any, step: Callable[[Callable[[], Any]], Any]) -> None:
        self._target, self._step = target, step

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._target, name)
        if not inspect.iscoroutinefunction(attribute):
            return attribute

        async def counted(*arguments: Any, **named: Any) -> Any:
            return await self._step(lambda: attribute(*arguments, **named))

        return counted


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


# ---------------------------------------------------------------- platforms


@asynccontextmanager
async def open_sink(plan: Plan) -> AsyncIterator[Sink]:
    match plan.platform:
        case "discord":
            async with discord_sink(plan) as sink:
                yield sink
        case "mastodon":
            yield open_mastodon(plan.address, plan.token, user_agent="Smallprint/test")
        case _:
            yield FileSink(Path(plan.address))


@asynccontextmanager
async def discord_sink(plan: Plan) -> AsyncIterator[Sink]:
    """The real sink on a real client that has logged in to the fake."""
    discord.http.Route.BASE = plan.address
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(
        plan.address.replace("http", "ws", 1)
    ).with_path("/gateway/")
    # By default a client waits two seconds for more servers, in each of its thirty lives.
    client = discord.Client(intents=discord.Intents(guilds=True), max_messages=None, guild_ready_timeout=0.1)
    await client.login(plan.token)
    running = asyncio.create_task(client.connect(reconnect=False))
    try:
        async with asyncio.timeout(30):
            await client.wait_until_ready()
            # The sink must know whether it may read history, or it would trust the nonce instead.
            while not client.guilds or client.guilds[0].me is None:  # noqa: ASYNC110 (discord.py has no event for it)
                await asyncio.sleep(0.005)
        yield DiscordSink(client, SystemClock(), pace=Pace(10_000, 1.0))
    finally:
        await client.close()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


class FileSink:
    """The simplest platform: a file to which a line is added, and that can be read."""

    kind = SinkKind.CONSOLE

    def __init__(self, path: Path) -> None:
        self._path = path

    def is_ready(self) -> bool:
        return True

    async def send(self, shipment: Shipment) -> Receipt:
        delivery = shipment.delivery
        line = json.dumps({"place": delivery.destination.address, "text": delivery.message.headline})
        return await asyncio.to_thread(self._add, line, delivery.key)

    def _add(self, line: str, key: str) -> Receipt:
        with self._path.open("a") as file:
            file.write(f"{key}\t{line}\n")
            file.flush()
            os.fsync(file.fileno())
        return Receipt(key)

    async def find(self, shipment: Shipment) -> Receipt | None:
        key = shipment.delivery.key
        text = await asyncio.to_thread(self._read)
        return Receipt(key) if f"{key}\t" in text else None

    async def edit(self, shipment: Shipment) -> None:
        delivery = shipment.delivery
        line = json.dumps({"place": delivery.destination.address, "edited": delivery.message.headline})
        await asyncio.to_thread(self._add, line, f"edit-{delivery.key}")

    def _read(self) -> str:
        return self._path.read_text() if self._path.exists() else ""

    async def close(self) -> None: ...


if __name__ == "__main__":
    main()
