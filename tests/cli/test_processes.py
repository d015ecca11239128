"""The commands as processes of their own: signals, pipes, accounts, secrets."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Room
from tests.cli.feeds import IDLE, NEWS, NEWS_TEXT, FeedSite
from tests.fake_discord.server import FakeDiscord

PROJECT = Path(__file__).resolve().parents[2]
HEAVY = ("sqlalchemy", "aiohttp", "discord", "mastodon", "structlog", "trafilatura", "feedparser")


def environment(**settings: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(PROJECT), **{f"SMALLPRINT_{k}": v for k, v in settings.items()}}


async def finished(room: Room, *arguments: str, **settings: str) -> tuple[int, str, str]:
    """Run a command to its end: exit code, standard output, standard error."""
    process = await started(room, *arguments, **settings)
    out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def started(room: Room, *arguments: str, **settings: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments,
        cwd=room.folder, env=environment(**settings), stdout=PIPE, stderr=PIPE,
    )  # fmt: skip


@asynccontextmanager
async def running(room: Room, **settings: str) -> AsyncIterator[Process]:
    """`smallprint run`, ended with the test whatever happens."""
    process = await started(room, "run", LOG_FORMAT="json", **settings)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def log_says(process: Process, event: str, **facts: object) -> dict[str, object]:
    """The next log line of that event with these facts. The pipe's end is the end of waiting."""
    assert process.stderr is not None
    seen = []
    while line := await process.stderr.readline():
        seen.append(line.decode())
        try:
            told: dict[str, object] = json.loads(line)
        except ValueError:
            continue
        if told.get("event") == event and all(told.get(key) == value for key, value in facts.items()):
            return told
    pytest.fail(f"it ended without telling {event}:\n{''.join(seen)}")


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
async def test_a_running_bot_stops_cleanly(room: Room, site: FeedSite, number: signal.Signals) -> None:
    room.watch(site.show("/feed", (IDLE, "")))
    async with running(room) as bot:
        await log_says(bot, "source_collected")
        bot.send_signal(number)
        out, err = await bot.communicate()

    assert bot.returncode == 0
    assert out == b""
    assert b"Traceback" not in err
    assert json.loads(err.splitlines()[-1])["event"] == "stopped"


async def test_a_second_bot_on_the_same_database_is_refused(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/feed", (IDLE, "")))
    async with running(room) as bot:
        await log_says(bot, "started")

        code, _, err = await finished(room, "run")

    assert code == 1
    assert f"already runs on data/smallprint.db (process {bot.pid})" in err


async def test_a_hang_up_signal_reads_the_config_again(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/a", (IDLE, "")))
    async with running(room) as bot:
        await log_says(bot, "source_collected", source="a")
        room.watch(site.base + "/a", site.show("/b", (IDLE, "")))
        bot.send_signal(signal.SIGHUP)

        assert await log_says(bot, "config_read", sources=2)
        assert await log_says(bot, "source_collected", source="b")


async def test_a_config_that_cannot_be_used_leaves_a_running_bot_as_it_was(
    room: Room, site: FeedSite
) -> None:
    room.watch(site.show("/a", (IDLE, "")))
    async with running(room) as bot:
        await log_says(bot, "source_collected", source="a")
        good = room.sources_file.read_text(encoding="utf-8")
        room.sources_file.write_text("[[source]", encoding="utf-8")
        bot.send_signal(signal.SIGHUP)
        told = await log_says(bot, "config_refused")
        assert "sources.toml: is not valid TOML" in str(told["why"])

        room.sources_file.write_text(good, encoding="utf-8")
        bot.send_signal(signal.SIGHUP)
        await log_says(bot, "config_read", sources=1)


async def test_health_and_metrics_are_served_where_asked(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/feed", (IDLE, "")))
    port = a_free_port()
    async with running(room, HTTP_PORT=str(port)) as bot:
        await log_says(bot, "source_collected")
        health = await asyncio.to_thread(_get, f"http://127.0.0.1:{port}/healthz")
        metrics = await asyncio.to_thread(_get, f"http://127.0.0.1:{port}/metrics")
        code, _, err = await finished(
            room, "run", HTTP_PORT=str(port), DATABASE_URL="sqlite:///data/another.db"
        )

    told = json.loads(health)
    assert told["ok"] is True
    assert told["last_successful_poll_at"] is not None
    assert told["discord"] == "not set up"
    assert 'smallprint_sources{health="ok"} 1.0' in metrics
    assert code == 1
    assert f"SMALLPRINT_HTTP_PORT: cannot listen on 127.0.0.1 port {port}" in err


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return str(answer.read().decode())


async def test_a_story_reaches_the_subscribed_discord_channel_once(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/feed", (IDLE, "")))
    async with FakeDiscord() as fake:
        account = {"DISCORD_TOKEN": fake.token, "DISCORD_API_URL": fake.api_url}
        await finished(room, "subscribe", "--discord", "1001", **account)
        first = await finished(room, "once", **account)
        site.show("/feed", (NEWS, NEWS_TEXT), (IDLE, ""))
        second = await finished(room, "once", "--all", **account)
        third = await finished(room, "once", "--all", **account)

        titles = [message["embeds"][0]["title"] for message in fake.messages(1001)]

    assert [each[0] for each in (first, second, third)] == [0, 0, 0], first[2] + second[2]
    assert len(titles) == 1
    assert NEWS in titles[0]
    # With an account, the terminal is not posted to.
    assert second[1] == ""


async def test_a_refused_discord_token_ends_in_a_sentence(room: Room, site: FeedSite) -> None:
    room.watch(site.show("/feed", (IDLE, "")))
    async with FakeDiscord() as fake:
        account = {"DISCORD_TOKEN": "fake-wrong-token", "DISCORD_API_URL": fake.api_url}
        for command in ("once", "run"):
            code, _, err = await finished(room, command, **account)
            assert code == 1
            assert "Discord refuses this token" in err
            assert "Traceback" not in err
            assert "fake-wrong-token" not in err


SECRETS = {
    "DISCORD_TOKEN": "fake-discord-token-9f8e7d",
    "MASTODON_TOKEN": "fake-mastodon-token-1a2b3c",
    "MASTODON_URL": "http://127.0.0.1:9",
    "DISCORD_API_URL": "http://127.0.0.1:9/api/v10",
}
EVERY_COMMAND = [
    ["check"],
    ["check", "--json"],
    ["once"],
    ["sources", "list"],
    ["sources", "test", "http://127.0.0.1:9/?token=fake-query-token"],
    ["sources", "add", "http://user:fake-password@127.0.0.1:9/feed"],
    ["sources", "export"],
    ["subscribe", "--mastodon"],
    ["subscriptions"],
    ["stories"],
    ["deliveries"],
    ["why", "http://127.0.0.1:9/?api_key=fake-query-token"],
    ["backup", "copy.db"],
    ["init", "elsewhere"],
    ["--version"],
]


@pytest.mark.parametrize("level", ["warning", "debug"])
async def test_no_command_ever_shows_a_secret(room: Room, site: FeedSite, level: str) -> None:
    room.watch(site.show("/feed", (IDLE, "")) + "?token=fake-query-token")
    for command in EVERY_COMMAND:
        _, out, err = await finished(room, *command, **SECRETS, LOG_LEVEL=level)

        for secret in ("fake-discord", "fake-mastodon", "fake-query-token", "fake-password"):
            assert secret not in out + err, command


def test_whoever_reads_only_the_first_line_causes_no_noise(room: Room) -> None:
    items = room.folder / "items.jsonl"
    items.write_text(json.dumps({"title": IDLE}) + "\n", encoding="utf-8")
    items.write_text(items.read_text(encoding="utf-8") * 20_000, encoding="utf-8")
    process = room.start("judge", "items.jsonl")
    assert process.stdout is not None
    assert process.stderr is not None

    process.stdout.readline()
    process.stdout.close()

    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait() == 0


def test_an_interrupted_command_ends_without_a_trace(room: Room) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "judge", "-", "--explain"],
        cwd=room.folder, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    # One answer shows that it reads; a pipe that stays open keeps it waiting for more.
    process.stdin.write(json.dumps({"title": IDLE}) + "\n")
    process.stdin.flush()
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()

    assert process.returncode == 130
    assert "Traceback" not in err


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["once", "--help"], ["sources", "--help"]])
def test_help_and_version_load_no_heavy_library(room: Room, arguments: list[str]) -> None:
    code = (
        "import sys\nfrom bot.cli import main\nsys.argv = ['smallprint', *sys.argv[1:]]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.splitlines()[-1] == "LOADED []"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Usage"),
        (["nonsense"], "No such command"),
        (["once", "--sometimes"], "No such option"),
        (["judge"], "Missing argument"),
        (["unsubscribe", "many"], "Invalid value for 'ID'"),
        (["stories", "--limit", "0"], "Invalid value for '--limit'"),
    ],
)
def test_wrong_usage_ends_with_two(room: Room, arguments: list[str], said: str) -> None:
    wrong = room.run(*arguments)

    assert wrong.code == 2
    assert said in wrong.all


async def test_the_demonstration_uses_no_account_that_lies_around(room: Room) -> None:
    (room.folder / ".env").write_text("SMALLPRINT_DISCORD_TOKEN=fake-discord-token\n", encoding="utf-8")

    code, out, err = await finished(room, "demo", **SECRETS)

    assert code == 0, err
    assert "SoundCloud" in out
    assert "fake-" not in out + err
    assert (room.folder / "demo-data/data/smallprint.db").exists()
    assert not (room.folder / "data").exists()
