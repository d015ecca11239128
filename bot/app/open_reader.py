"""The way in, as the settings ask for it."""

from typing import TYPE_CHECKING

from bot import __version__
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.sources.reader import HttpReader


def user_agent(settings: Settings) -> str:
    """Who asks, and how to reach them."""
    contact = " ".join(settings.contact.split())
    return f"Smallprint/{__version__} ({f'+{contact}' if contact else 'a self-hosted news bot'})"


def open_reader(settings: Settings) -> "HttpReader":
    """A reader; opens nothing until it is used. Close it in the loop that used it."""
    from bot.sources.reader import (
        open_reader,
    )  # aiohttp: a sixth of a second that other commands need not wait

    return open_reader(
        user_agent(settings),
        settings.allow_private,
        connections=settings.concurrency,
        children=settings.parsers,
    )
