"""/setup, and the button of the welcome message: from nothing to the first post without typing."""

import discord
from discord import app_commands

from bot.chat.discord import places
from bot.chat.discord.asker import Asker, which_manager
from bot.chat.discord.commands.rules import AnyCommand, defer, does, for_managers
from bot.chat.discord.desk import Desk
from bot.chat.discord.panel import Done, WishPanel
from bot.chat.discord.places import Target
from bot.chat.discord.wish_from_command import empty_wish, store_wish
from bot.model import NewSubscription


def command(desk: Desk) -> AnyCommand:
    @app_commands.command(description=does("setup"))
    async def setup(interaction: discord.Interaction) -> None:
        await open_setup(interaction, desk)

    return for_managers(setup)


async def open_setup(interaction: discord.Interaction, desk: Desk) -> None:
    """The panel, as a private answer; this channel is chosen already where stories can go there."""
    await defer(interaction)
    asker, _ = await which_manager(interaction, desk)
    target = places.default_target(interaction)
    wish = empty_wish(asker, interaction.guild, target)
    await WishPanel(desk, asker, str(interaction.id), wish, target, _starter(desk, asker), "start").send(
        interaction
    )


def _starter(desk: Desk, asker: Asker) -> Done:
    async def start(interaction: discord.Interaction, wish: NewSubscription, target: Target | None) -> str:
        return await store_wish(interaction, desk, asker, wish, target)

    return start
