"""/unsubscribe: end a subscription of this server, or one of one's own, picked by name."""

from collections.abc import Sequence

import discord
from discord import app_commands

from bot.chat.discord import replies
from bot.chat.discord.asker import Asker, who_asks
from bot.chat.discord.commands.rules import AnyCommand, defer, described, does, for_everyone, reply
from bot.chat.discord.completion import MOST_CHOICES, matching
from bot.chat.discord.desk import Desk
from bot.chat.discord.refusal import RefusalError
from bot.flows.people.subscribe import unsubscribe as unsubscribe_flow
from bot.model import Subscription


def command(desk: Desk) -> AnyCommand:
    async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await subscription_choices(desk, interaction, typed)

    @app_commands.command(description=does("unsubscribe"))
    @app_commands.describe(**described("unsubscribe", "subscription"))
    @app_commands.autocomplete(subscription=complete)
    async def unsubscribe(interaction: discord.Interaction, subscription: str) -> None:
        await defer(interaction)
        asker = await who_asks(interaction, desk)
        meant = _meant(subscription, await asker.held(desk), desk, asker)
        removed = await unsubscribe_flow(desk.store, meant.id, server=asker.server_id)
        await reply(interaction, replies.unsubscribed(removed, desk, asker.lang))

    return for_everyone(unsubscribe)


async def subscription_choices(
    desk: Desk, interaction: discord.Interaction, typed: str
) -> list[app_commands.Choice[str]]:
    """What the asker may change, by name, newest first. People see names; the value is a number only so that two
    that read alike can be told apart."""
    try:
        asker = await who_asks(interaction, desk)
    except RefusalError:
        return []
    held = await asker.held(desk)
    names = {replies.choice_name(one, desk, asker.lang): one.id for one in reversed(held)}
    return [app_commands.Choice(name=name, value=str(names[name])) for name in matching(typed, list(names))][
        :MOST_CHOICES
    ]


def _meant(typed: str, held: Sequence[Subscription], desk: Desk, asker: Asker) -> Subscription:
    """The subscription that was picked from the choices, or typed out by name. Raises RefusalError."""
    picked = [one for one in held if str(one.id) == typed]
    named = matching(typed, [replies.choice_name(one, desk, asker.lang) for one in held])
    if not picked and len(named) == 1:
        picked = [one for one in held if replies.choice_name(one, desk, asker.lang) == named[0]]
    if not picked:
        raise RefusalError("no-such-subscription", typed=typed[:100])
    return picked[0]
