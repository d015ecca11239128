"""Discord's channels, threads and forums as destinations."""

from bot.sinks.discord.pace import Pace, Paces
from bot.sinks.discord.sink import DiscordSink

__all__ = ["DiscordSink", "Pace", "Paces"]
