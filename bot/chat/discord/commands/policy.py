"""/policy: where a platform stands on AI, since when, in whose words. For everyone, shown only to who asks."""

import discord
from discord import app_commands

from bot.chat.discord.commands.rules import AnyCommand, defer, for_everyone
from bot.chat.discord.completion import name_choices
from bot.chat.discord.desk import Desk
from bot.flows.people.record import record_of, spelled
from bot.logic.messages.discord import DESCRIPTION_LIMIT
from bot.logic.record.short_text import record_plain
from bot.logic.text.inert import for_discord
from bot.logic.text.lengths import shorten
from bot.words import say as say_in
from bot.words import words

COLOUR = 0x4B6B8A
# A name that somebody made up is said back to them; nobody needs all of a long one.
LONGEST_NAME = 80


def command(desk: Desk) -> AnyCommand:
    async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return name_choices(typed, desk.platforms, several=False)

    @app_commands.command(description=say_in("en", "command-policy-does"))
    @app_commands.describe(platform=say_in("en", "option-platform-policy"))
    @app_commands.autocomplete(platform=complete)
    async def policy(interaction: discord.Interaction, platform: str) -> None:
        await defer(interaction)
        name = spelled(desk.platforms, platform) or shorten(platform.strip(), LONGEST_NAME)
        record = await record_of(desk.store, desk.clock, name)
        say = words(str(interaction.locale))
        told = record_plain(record, DESCRIPTION_LIMIT, say, for_discord)
        if record.is_empty:
            await interaction.followup.send(told, ephemeral=True)
            return
        title, _, rest = told.partition("\n")
        embed = discord.Embed(title=title, description=rest, colour=COLOUR)
        await interaction.followup.send(embed=embed, ephemeral=True)

    return for_everyone(policy)
