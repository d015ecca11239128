"""Being connected to Discord for the length of one pass."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from bot.app.accounts import Accounts
from bot.app.building import App
from bot.errors import RefusedError
from bot.model import SinkKind

log = structlog.get_logger()

CONNECT_SECONDS = 60.0
LOOK_SECONDS = 0.05


@asynccontextmanager
async def connected(app: App) -> AsyncIterator[None]:
    """Discord is connected inside the block; nothing happens when no Discord account is set up.

    Raises ConfigError for a refused token, SinkError or RefusedError when no connection comes about.
    """
    client, token = app.accounts.discord, app.settings.discord_token
    if client is None or token is None:
        yield
        return
    from bot.chat.discord.client import run_client

    running = asyncio.create_task(run_client(client, token.get_secret_value()))
    try:
        await _until_ready(running, app.accounts)
        yield
    finally:
        running.cancel()
        # The connection's own end is of no interest any more; what mattered was raised above.
        await asyncio.wait([running])
        if not running.cancelled() and (fault := running.exception()) is not None:
            log.info("discord_ended", why=str(fault))


async def _until_ready(running: "asyncio.Task[None]", accounts: Accounts) -> None:
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            while not accounts.is_ready(SinkKind.DISCORD):
                await asyncio.wait([running], timeout=LOOK_SECONDS)
                if running.done():
                    # Raises what ended it.
                    running.result()
                    raise RefusedError("Discord ended the connection. Try again in a minute.")
    except TimeoutError as error:
        raise RefusedError(
            f"Discord was not ready within {CONNECT_SECONDS:.0f} seconds. Try again; see also https://discordstatus.com."
        ) from error
