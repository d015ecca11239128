"""/subscribe: a channel gets stories from now on."""

import discord
from discord import app_commands

from bot.chat import places, replies
from bot.chat.commands.rules import AnyCommand, defer, for_managers, server_of
from bot.chat.completion import name_choices, split_names
from bot.chat.desk import Desk
from bot.errors import RefusedError
from bot.flows.subscribe import list_subscriptions, topics_named
from bot.flows.subscribe import subscribe as subscribe_flow
from bot.model import NewSubscription, SinkKind, Topic, Urgency

# Daily and weekly digests are planned; what does not exist is not offered.
WHEN = [app_commands.Choice(name="now, as it happens", value=Urgency.NOW.value)]
Place = app_commands.Transform[places.Picked, places.PlaceOption]


def command(desk: Desk) -> AnyCommand:
    async def platforms(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return name_choices(typed, desk.platforms, several=True)

    async def topics(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return name_choices(typed, list(desk.typed_topics()), several=True)

    @app_commands.command(description="Get each new story about AI and music in a channel, once.")
    @app_commands.describe(
        channel="Where: a text, announcement or forum channel, or a thread. Left out: here.",
        platform="Only stories about these, separated by commas. Left out: every platform.",
        topic="Only these topics, separated by commas. Left out: every topic.",
        urgency="When to hear of it. Daily and weekly digests come later.",
        role="Mention this role with each story. Left out: nobody.",
    )
    @app_commands.choices(urgency=WHEN)
    @app_commands.autocomplete(platform=platforms, topic=topics)
    async def subscribe(
        interaction: discord.Interaction,
        channel: Place | None = None,
        platform: str | None = None,
        topic: str | None = None,
        urgency: str = Urgency.NOW.value,
        role: discord.Role | None = None,
    ) -> None:
        server = server_of(interaction)
        await defer(interaction)
        target = places.target_of(interaction, channel)
        wanted = topics_named(split_names(topic), desk.typed_topics())
        new = _wish(interaction, server, target, split_names(platform), wanted, urgency, role)
        text = await _subscribe(desk, new, places.hints(target, role))
        await interaction.followup.send(text, ephemeral=True)

    return for_managers(subscribe)


def _wish(
    interaction: discord.Interaction,
    server: str,
    target: places.Target,
    platforms: list[str],
    topics: frozenset[Topic],
    urgency: str,
    role: discord.Role | None,
) -> NewSubscription:
    """What the person asked for. Raises RefusedError for what we never do."""
    if role is not None and role.is_default():
        raise RefusedError(replies.NEVER_EVERYONE)
    return NewSubscription(
        sink=SinkKind.DISCORD,
        address=str(target.id),
        destination_name=f"#{target.name}",
        server=server,
        platforms=frozenset(platforms),
        topics=topics,
        urgency=Urgency(urgency),
        role=str(role.id) if role else None,
        asked_by=str(interaction.user.id),
    )


async def _subscribe(desk: Desk, new: NewSubscription, hints: list[str]) -> str:
    """The answer to a wish that was checked."""
    held = await list_subscriptions(desk.store, server=new.server, address=new.address)
    subscription = await subscribe_flow(desk.store, desk.clock, new, desk.platforms)
    return replies.subscribed(subscription, desk, held=held, hints=hints)
