"""The bot as a process: every flow on its beat until it is stopped."""

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import structlog

from bot import __version__
from bot.app.accounts import Write
from bot.app.beats import Flows
from bot.app.building import App, open_app
from bot.app.open_store import hold_memory
from bot.app.operators import tell_before_the_end
from bot.app.public_site import build_site
from bot.errors import ConfigError, SinkError, StoreError
from bot.flows.operator.health import Vitals, vitals
from bot.flows.operator.operators import open_troubles
from bot.flows.people.record import keep_history
from bot.model import SinkKind
from bot.runner import Runner, Service
from bot.settings import Config, Settings, load_config
from bot.web import Facts, open_site
from bot.web.site import open_public_site

log = structlog.get_logger()

LATE = timedelta(minutes=15)
"""A flow that crashed counts as down when it has come to no good end for this long, or for three beats."""


def run_loop(job: Coroutine[Any, Any, None]) -> None:
    """Run to the end, on uvloop where it is there."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        asyncio.run(job)
        return
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(job)


async def run_app(settings: Settings, config: Config, *, write: Write) -> None:
    """Until SIGTERM or SIGINT; SIGHUP reads config/ again. Raises ConfigError, StoreError, LockedError at the start."""
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(hold_memory(settings))
        app = await stack.enter_async_context(open_app(settings, config, write=write))
        live = RunningBot(app)
        if settings.http_port is not None:
            site = open_site(settings.http_host, settings.http_port, live.facts)
            port = await stack.enter_async_context(site)
            log.info("site_opened", host=settings.http_host, port=port)
        if settings.site_port is not None:
            served = open_public_site(settings.site_host, settings.site_port, build_site(app))
            port = await stack.enter_async_context(served)
            log.info("public_site_opened", host=settings.site_host, port=port)
        log.info(
            "started",
            version=__version__,
            sources=len(config.sources),
            sinks=[kind.value for kind in app.accounts.sinks],
        )
        if not await app.store.subscriptions():
            log.warning("nobody_has_subscribed", fix="use /subscribe in the channel that should get stories")
        await live.runner.run()
        if live.fatal is not None:
            await tell_before_the_end(app, live.fatal)
            raise live.fatal


@dataclass(eq=False)
class RunningBot:
    """The app and its runner, for those who look at both."""

    app: App

    def __post_init__(self) -> None:
        services = [Service("discord", self._discord)] if self.app.accounts.discord is not None else []
        services += [
            Service(f"mail {room.post.account}", room.keep_reading) for room in self.app.accounts.mail
        ]
        self.fatal: ConfigError | None = None
        self.runner = Runner(
            Flows(self.app, self._flow_troubles).beats(), self.app.clock, services, self._reload
        )
        if self.app.accounts.discord is not None:
            # What waits for Discord goes out at once, not at the next look whether it is there.
            self.app.accounts.discord.when_ready = partial(self.runner.wake, "deliver")

    async def _discord(self) -> None:
        from bot.chat.discord.client import run_client

        client, token = self.app.accounts.discord, self.app.settings.discord_token
        assert client is not None
        assert token is not None
        try:
            await run_client(client, token.get_secret_value())
        except ConfigError as error:
            # A token that is refused stays refused: better an end that the operator sees than silence.
            self.fatal = error
            self.runner.stop()
            await asyncio.Event().wait()
        except SinkError as error:
            log.warning("discord_lost", why=str(error))

    async def _reload(self) -> None:
        """Read config/ again. One that cannot be used leaves everything as it was."""
        try:
            config = await asyncio.to_thread(load_config, self.app.config.folder)
            self.app.adopt(config)
        except ConfigError as error:
            log.error("config_refused", why=str(error))  # noqa: TRY400 (an expected error: no trace)
            return
        await self._keep_history(config)
        for problem in config.problems:
            log.warning("config_left_out", problem=str(problem))
        log.info("config_read", sources=len(config.sources))
        self.runner.wake("collect")
        self.runner.wake("watch_terms")

    async def _keep_history(self, config: Config) -> None:
        try:
            changed = await keep_history(
                self.app.store, self.app.clock, config.history.events, config.history.kept
            )
        except StoreError as error:
            log.warning("history_not_kept", why=str(error))
            return
        if changed:
            log.info("history_kept", changed=changed)

    async def facts(self) -> Facts:
        """How the bot is doing, for /healthz and /metrics."""
        app, now = self.app, self.app.clock.now()
        found, error = await self._vitals()
        return Facts(
            now=now,
            started_at=app.started_at,
            version=__version__,
            vitals=found,
            database_error=error,
            discord_ready=app.accounts.is_ready(SinkKind.DISCORD),
            mastodon_ready=app.accounts.is_ready(SinkKind.MASTODON),
            flows=self._flow_troubles(),
            crashes=dict(self.runner.crashes),
            open_troubles=await self._open_troubles(),
        )

    async def _vitals(self) -> tuple[Vitals | None, str]:
        app = self.app
        try:
            return await vitals(
                app.store, app.clock, app.config.sources, app.started_at, app.config.documents
            ), ""
        except StoreError as error:
            return None, str(error)

    async def _open_troubles(self) -> int:
        try:
            return len(await open_troubles(self.app.store))
        except StoreError:
            return 0

    def _flow_troubles(self) -> dict[str, str]:
        """Flow -> why it is down; empty text: it runs."""
        now, told = self.app.clock.now(), {}
        for beat in self.runner.beats:
            crashes = self.runner.crashes.get(beat.name, 0)
            well_at = self.runner.ran_at.get(beat.name, self.app.started_at)
            late = crashes > 0 and now - well_at > max(3 * beat.every, LATE)
            told[beat.name] = f"restarted {crashes} times, last well at {well_at:%H:%M} UTC" if late else ""
        return told
