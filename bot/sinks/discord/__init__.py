"""Discord's channels, threads and forums as destinations."""

from bot.sinks.discord.pace import Pace
from bot.sinks.discord.sink import DiscordSink

__all__ = ["DiscordSink", "Pace"]
