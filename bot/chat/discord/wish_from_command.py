"""From what a person asked for to a stored subscription, and back."""

from dataclasses import replace

import discord

from bot.chat.discord import places, replies
from bot.chat.discord.asker import Asker
from bot.chat.discord.desk import Desk
from bot.chat.discord.places import Target
from bot.chat.discord.refusal import RefusalError
from bot.flows.people.subscribe import list_subscriptions, subscribe
from bot.model import NewSubscription, SinkKind, Timing, Urgency
from bot.words import spoken

# A start that is right for most people who read the language; everybody is shown it and can change it.
USUAL_ZONES = {
    "de": "Europe/Berlin",
    "fr": "Europe/Paris",
    "es": "Europe/Madrid",
    "pt-BR": "America/Sao_Paulo",
    "ja": "Asia/Tokyo",
}


def zone_of(asker: Asker) -> str:
    """The time zone from which a new wish starts."""
    chosen = asker.server.zone if asker.server else None
    return chosen or USUAL_ZONES.get(asker.lang, "UTC")


def language_for(asker: Asker, guild: discord.Guild | None) -> str:
    """In which language stories are framed there."""
    if asker.server is None:
        return asker.lang
    return asker.server.lang or spoken(str(guild.preferred_locale) if guild else None)


def empty_wish(asker: Asker, guild: discord.Guild | None, target: Target | None) -> NewSubscription:
    """Everything, now, nobody mentioned, for a channel or the asker's direct messages.

    An empty address: a server's channel that is still to be chosen.
    """
    address, name = asker.own_address, asker.name
    if asker.server is not None:
        address, name = (str(target.id), f"#{target.name}") if target else ("", "")
    return NewSubscription(
        sink=SinkKind.DISCORD,
        address=address,
        destination_name=name,
        server=asker.server_id,
        platforms=frozenset(),
        topics=frozenset(),
        urgency=Urgency.NOW,
        role=None,
        asked_by=asker.person,
        timing=Timing(zone=zone_of(asker)),
        lang=language_for(asker, guild),
    )


async def store_wish(
    interaction: discord.Interaction,
    desk: Desk,
    asker: Asker,
    wish: NewSubscription,
    target: Target | None,
    *,
    role: discord.Role | None = None,
    keep_manner: bool = False,
) -> str:
    """Subscribe, and the answer to it. Raises RefusalError when direct messages cannot be sent.

    role         to be mentioned, where we were given it whole
    keep_manner  language and threads of a channel that has subscriptions stay as they are
    """
    if asker.server is None:
        await _try_direct_message(interaction, asker)
    held = await list_subscriptions(desk.store, server=wish.server, address=wish.address)
    if held and keep_manner:
        wish = replace(wish, lang=None, threading=wish.threading)
    made = await subscribe(desk.store, desk.clock, wish, desk.platforms)
    hints = (
        places.hints(target, role or _role(interaction, made.role), asker.lang) if target is not None else []
    )
    return replies.subscribed(made, desk, asker.lang, held=held, hints=hints)


def _role(interaction: discord.Interaction, role: str | None) -> discord.Role | None:
    return interaction.guild.get_role(int(role)) if role and interaction.guild else None


async def _try_direct_message(interaction: discord.Interaction, asker: Asker) -> None:
    """Write once where stories will come: better to learn now that they cannot."""
    if isinstance(interaction.channel, discord.DMChannel) and not interaction.is_user_integration():
        return
    try:
        await interaction.user.send(asker.say("dm-hello"))
    except discord.Forbidden as error:
        raise RefusalError("dm-closed") from error
