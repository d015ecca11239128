"""Wiring: what is built from settings and config, what stands, and what a reload changes."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app.accounts import TERMINAL
from bot.app.beats import Flows
from bot.app.building import App, open_app
from bot.app.clocks import FixedClock, SystemClock
from bot.app.one_pass import run_once
from bot.app.open_reader import user_agent
from bot.app.open_store import open_memory
from bot.app.running import RunningBot
from bot.errors import ConfigError, StoreError
from bot.model import SinkKind
from bot.runner import Beat, Ran
from bot.settings import Config, Settings, default_folder, load_config
from tests.builders import NOON, a_source
from tests.cli.feeds import IDLE, NEWS, NEWS_TEXT, FeedSite, feed_site

MASTODON = {"mastodon_url": "http://127.0.0.1:9", "mastodon_token": "fake-token-fake-token"}


class StandingClock:
    """A clock on which no wait ever ends."""

    def now(self) -> datetime:
        return NOON

    async def sleep(self, wait: timedelta) -> None:
        await asyncio.Event().wait()


def settings_in(folder: Path, **changes: object) -> Settings:
    values = {"database_url": f"sqlite:///{folder}/data/smallprint.db", "allow_private": ("127.0.0.1",)}
    return Settings.model_validate(values | changes)


def a_config(*feeds: str) -> Config:
    sources = tuple(a_source(f"s{n}", feed=feed) for n, feed in enumerate(feeds))
    # No watched pages: tests ask no address but their own.
    return replace(load_config(default_folder()), sources=sources, documents=(), off=())


@asynccontextmanager
async def an_app(folder: Path, config: Config, **changes: object) -> AsyncIterator[tuple[App, list[str]]]:
    posts: list[str] = []
    async with open_app(settings_in(folder, **changes), config, FixedClock(NOON), write=posts.append) as app:
        yield app, posts


async def standing(folder: Path) -> list[tuple[SinkKind, str]]:
    async with open_memory(settings_in(folder)) as store:
        return [(each.destination.sink, each.destination.address) for each in await store.subscriptions()]


# ---------------------------------------------------------------- what stands


async def test_without_an_account_everything_goes_to_the_terminal(tmp_path: Path) -> None:
    for _ in range(2):
        async with an_app(tmp_path, a_config("http://127.0.0.1:9/feed")) as (app, _posts):
            assert set(app.accounts.sinks) == {SinkKind.CONSOLE}

    assert await standing(tmp_path) == [(SinkKind.CONSOLE, TERMINAL)]


async def test_the_first_account_takes_the_terminals_place(tmp_path: Path) -> None:
    config = a_config("http://127.0.0.1:9/feed")
    async with an_app(tmp_path, config):
        pass

    async with an_app(tmp_path, config, **MASTODON) as (app, _posts):
        assert SinkKind.MASTODON in app.accounts.sinks

    assert await standing(tmp_path) == [(SinkKind.MASTODON, "127.0.0.1:9")]


async def test_a_pass_tells_when_nobody_has_subscribed(tmp_path: Path, site: FeedSite) -> None:
    config = a_config(site.show("/feed", (IDLE, "")))

    async with an_app(tmp_path / "discord", config, discord_token="fake-token") as (app, _posts):
        assert not (await run_once(app)).is_heard
    async with an_app(tmp_path / "terminal", config) as (app, _posts):
        assert (await run_once(app)).is_heard


async def test_a_narrow_terminal_gets_narrow_posts(
    tmp_path: Path, site: FeedSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    async with an_app(tmp_path, a_config(site.show("/feed", (IDLE, ""), now=NOON))) as (app, posts):
        await run_once(app)
        site.show("/feed", (NEWS, NEWS_TEXT), (IDLE, ""), now=NOON)
        await run_once(app, everything=True)

    (page,) = posts
    assert max(len(line) for line in page.splitlines() if "http" not in line) <= 60


async def test_a_config_without_sources_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no usable source"):
        async with an_app(tmp_path, a_config()):
            pass


# ---------------------------------------------------------------- running


@pytest.fixture
def site() -> Iterator[FeedSite]:
    with feed_site() as served:
        yield served


async def test_the_beats_carry_an_entry_from_its_feed_to_the_terminal(tmp_path: Path, site: FeedSite) -> None:
    config = a_config(site.show("/feed", (IDLE, ""), now=NOON))
    async with an_app(tmp_path, config) as (app, posts):
        flows = Flows(app)
        first = await flows.collect()
        assert await flows.deliver() is not None
        site.show("/feed", (NEWS, NEWS_TEXT), (IDLE, ""), now=NOON + timedelta(hours=1))
        await app.clock.sleep(timedelta(days=1))

        assert (await flows.collect()).made
        assert (await flows.cluster()).made
        assert (await flows.publish()).made
        await flows.deliver()
        await flows.tidy()

    assert first.again_at is not None
    assert first.again_at > NOON
    assert len(posts) == 1
    assert NEWS in posts[0]


async def test_a_wake_leads_from_each_flow_to_the_next(tmp_path: Path) -> None:
    async with an_app(tmp_path, a_config("http://127.0.0.1:9/feed")) as (app, _posts):
        wakes = {beat.name: beat.wakes for beat in Flows(app).beats()}

    assert wakes == {
        "collect": ("cluster",), "cluster": ("publish",), "publish": ("digest", "deliver"),
            "digest": ("deliver",), "remind": ("deliver",), "deliver": ("amend",), "amend": (), "tidy": (),
        "watch_terms": ("cluster",),
        "watch_over": ("deliver",),
    }  # fmt: skip


async def test_discord_being_ready_wakes_delivery(tmp_path: Path, site: FeedSite) -> None:
    config = a_config(site.show("/feed", (IDLE, ""), now=NOON))
    async with an_app(tmp_path, config, discord_token="fake-token") as (app, _posts):
        live = RunningBot(app)
        client, passes = app.accounts.discord, 0
        assert client is not None

        async def deliver() -> Ran:
            nonlocal passes
            passes += 1
            if passes == 1:
                asyncio.get_running_loop().call_soon(client.when_ready)
            else:
                live.runner.stop()
            return Ran()

        # The clock of a pass without a wake would stand here until the test is cancelled.
        live.runner.clock = StandingClock()
        live.runner.services = []
        live.runner.beats = [Beat("deliver", deliver, timedelta(minutes=1))]
        await live.runner.run()

    assert passes == 2


async def test_a_daily_copy_is_made_where_asked(tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    async with an_app(tmp_path, a_config("http://127.0.0.1:9/feed"), backups=folder) as (app, _posts):
        await Flows(app).tidy()

    assert [path.name for path in folder.iterdir()] == [f"smallprint-{NOON:%Y%m%d}.db"]


async def test_a_reload_changes_what_the_next_pass_works_with(tmp_path: Path, site: FeedSite) -> None:
    one, two = site.show("/a", (IDLE, "")), site.show("/b", (IDLE, ""))
    async with an_app(tmp_path, a_config(one)) as (app, _posts):
        before = await run_once(app)
        app.adopt(a_config(one, two))
        after = await run_once(app)

    assert (before.polled, after.polled) == (1, 1)
    assert after.entries == 1


async def test_a_reload_that_cannot_be_used_changes_nothing(tmp_path: Path) -> None:
    config = a_config("http://127.0.0.1:9/feed")
    async with an_app(tmp_path, config) as (app, _posts):
        with pytest.raises(ConfigError):
            app.adopt(a_config())

        assert app.config is config


# ---------------------------------------------------------------- health


async def test_facts_tell_a_flow_that_stays_down(tmp_path: Path) -> None:
    async with an_app(tmp_path, a_config("http://127.0.0.1:9/feed")) as (app, _posts):
        live = RunningBot(app)
        live.runner.crashes["publish"] = 3
        soon = await live.facts()
        await app.clock.sleep(timedelta(hours=1))
        later = await live.facts()
        live.runner.ran_at["publish"] = app.clock.now()
        healed = await live.facts()

    assert soon.flows["publish"] == ""
    assert later.flows["publish"] == "restarted 3 times, last well at 12:00 UTC"
    assert later.flows["collect"] == ""
    assert healed.flows["publish"] == ""


async def test_facts_say_so_when_the_memory_does_not_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with an_app(tmp_path, a_config("http://127.0.0.1:9/feed")) as (app, _posts):

        async def broken() -> dict[str, int]:
            raise StoreError("The disk is full.")

        monkeypatch.setattr(app.store, "counts", broken)
        facts = await RunningBot(app).facts()

    assert (facts.vitals, facts.database_error) == (None, "The disk is full.")


# ---------------------------------------------------------------- small things


def test_the_user_agent_is_honest_and_names_a_contact() -> None:
    assert user_agent(Settings()).startswith("Smallprint/")
    assert "(+https://example.org/bot)" in user_agent(Settings(contact=" https://example.org/bot\r\n"))


async def test_a_fixed_clock_stands_until_somebody_sleeps() -> None:
    clock = FixedClock(NOON)
    await clock.sleep(timedelta(minutes=-5))
    assert clock.now() == NOON
    await clock.sleep(timedelta(minutes=5))
    assert clock.now() == NOON + timedelta(minutes=5)


async def test_the_system_clock_is_aware_and_does_not_wait_for_the_past() -> None:
    clock = SystemClock()
    await clock.sleep(timedelta(days=-1))
    assert clock.now().tzinfo is UTC
    assert clock.now() >= datetime(2025, 1, 1, tzinfo=UTC)


def test_libraries_of_accounts_that_are_not_set_up_stay_unloaded(tmp_path: Path, site: FeedSite) -> None:
    (tmp_path / "config").mkdir()
    feed = site.show("/feed", (IDLE, ""))
    table = f'[[source]]\nid = "a"\nname = "A"\nfeed = "{feed}"\ngroup = "tech"\n'
    (tmp_path / "config/sources.toml").write_text(table, encoding="utf-8")
    code = (
        "import sys\nsys.argv = ['smallprint', 'once']\nfrom bot.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "heavy = ('discord', 'mastodon', 'trafilatura', 'feedparser', 'prometheus_client', 'alembic')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    environment = {
        "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
        "SMALLPRINT_ALLOW_PRIVATE": "127.0.0.1",
    }
    for expected in ("['alembic']", "[]"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        # Only the very first run makes tables, and only that needs alembic.
        assert done.stdout.splitlines()[-1] == expected
