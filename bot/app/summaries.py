"""Who words summaries, as the settings ask for it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app.open_reader import user_agent
from bot.flows.delivery.publish import ExtractiveSummariser
from bot.flows.operator.memory import SettingMemory
from bot.logic.summaries.summarise import entries_to_tell, summarise
from bot.ports import Clock, Summariser
from bot.settings import Settings


@asynccontextmanager
async def open_summariser(
    settings: Settings, memory: SettingMemory, clock: Clock
) -> AsyncIterator[Summariser]:
    """The operator's model with the extractive summary behind it, or the extractive one alone, which is the default."""
    if settings.model_url is None or settings.model_name is None:
        yield ExtractiveSummariser(summarise)
        return
    # aiohttp: a sixth of a second that commands which tell nothing need not wait.
    from bot.summarisers.remote import Model, RemoteSummariser

    key = settings.model_key.get_secret_value() if settings.model_key else None
    model = Model(settings.model_url, settings.model_name, settings.model_a_day, key)
    remote = RemoteSummariser(
        model, memory, clock, summarise, entries_to_tell, user_agent=user_agent(settings)
    )
    try:
        yield remote
    finally:
        await remote.close()
