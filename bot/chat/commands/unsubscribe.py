"""/unsubscribe: end one of this server's subscriptions, picked by name."""

from collections.abc import Sequence

import discord
from discord import app_commands

from bot.chat import replies
from bot.chat.commands.rules import AnyCommand, defer, for_managers, server_of
from bot.chat.completion import MOST_CHOICES, matching
from bot.chat.desk import Desk
from bot.errors import RefusedError
from bot.flows.subscribe import list_subscriptions
from bot.flows.subscribe import unsubscribe as unsubscribe_flow
from bot.model import Subscription


def command(desk: Desk) -> AnyCommand:
    async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await _choices(desk, interaction, typed)

    @app_commands.command(description="Stop one of this server's subscriptions.")
    @app_commands.describe(subscription="Which one: start typing the channel, platform or topic.")
    @app_commands.autocomplete(subscription=complete)
    async def unsubscribe(interaction: discord.Interaction, subscription: str) -> None:
        server = server_of(interaction)
        await defer(interaction)
        held = await list_subscriptions(desk.store, server=server)
        removed = await unsubscribe_flow(
            desk.store, _meant(subscription, held, desk).id, server=server, asked_by=None
        )
        await interaction.followup.send(replies.unsubscribed(removed, desk), ephemeral=True)

    return for_managers(unsubscribe)


async def _choices(
    desk: Desk, interaction: discord.Interaction, typed: str
) -> list[app_commands.Choice[str]]:
    """This server's subscriptions by name. People see names; the value is a number only so that two that read
    alike can be told apart."""
    if interaction.guild_id is None or not interaction.permissions.manage_guild:
        return []
    held = await list_subscriptions(desk.store, server=str(interaction.guild_id))
    names = {replies.choice_name(one, desk): one.id for one in reversed(held)}
    return [app_commands.Choice(name=name, value=str(names[name])) for name in matching(typed, list(names))][
        :MOST_CHOICES
    ]


def _meant(typed: str, held: Sequence[Subscription], desk: Desk) -> Subscription:
    """The subscription that was picked from the choices, or typed out by name. Raises RefusedError."""
    picked = [one for one in held if str(one.id) == typed]
    named = matching(typed, [replies.choice_name(one, desk) for one in held])
    if not picked and len(named) == 1:
        picked = [one for one in held if replies.choice_name(one, desk) == named[0]]
    if not picked:
        raise RefusedError(replies.NO_SUCH_SUBSCRIPTION.format(typed=typed[:100]))
    return picked[0]
