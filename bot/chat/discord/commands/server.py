"""/settings and /check: how a server is set up, and whether we may post where we should."""

from dataclasses import replace

import discord
from discord import app_commands

from bot.chat.discord import names, places, replies
from bot.chat.discord.asker import which_manager
from bot.chat.discord.commands.rules import AnyCommand, defer, described, does, for_managers, reply
from bot.chat.discord.commands.subscribe import IN_LANGUAGE, zone_choices
from bot.chat.discord.desk import Desk
from bot.chat.discord.refusal import RefusalError
from bot.chat.discord.replies import COLOUR, as_many_as_fit
from bot.flows.people.servers import go_on
from bot.model import Destination, Server
from bot.ports import Say
from bot.words import LANGUAGES

MOST_HOURS = 168


def settings_command(desk: Desk) -> AnyCommand:
    async def zones(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return zone_choices(typed, desk)

    options = ("language", "zone", "role", "anyone", "approval", "hours", "post_at_once")

    @app_commands.command(description=does("settings"))
    @app_commands.describe(**described("settings", *options))
    @app_commands.choices(language=IN_LANGUAGE)
    @app_commands.autocomplete(zone=zones)
    async def settings(
        interaction: discord.Interaction,
        language: str | None = None,
        zone: str | None = None,
        role: discord.Role | None = None,
        anyone: bool = False,
        approval: discord.TextChannel | None = None,
        hours: app_commands.Range[int, 1, MOST_HOURS] | None = None,
        post_at_once: bool = False,
    ) -> None:
        await defer(interaction)
        asker, server = await which_manager(interaction, desk)
        changed = replace(
            server,
            lang=language or server.lang,
            zone=names.zone_meant(zone, desk.zones) or server.zone,
            manager_role=_role(server, role, no_role=anyone),
        )
        changed = _approval(interaction, changed, approval, hours, at_once=post_at_once)
        if changed != server:
            _only_real_managers(interaction)
            await desk.store.save_server(changed)
        hints = _hints(interaction, role, approval, asker.say)
        card = _card(changed, asker.say)
        await reply(interaction, "\n".join([asker.say("settings-saved")] * (changed != server) + hints), card)

    return for_managers(settings)


def _only_real_managers(interaction: discord.Interaction) -> None:
    """Who may manage subscriptions by a role may not hand that right on."""
    if not (interaction.permissions.manage_guild or interaction.permissions.administrator):
        raise RefusalError("needs-manage-server")


def _role(server: Server, role: discord.Role | None, *, no_role: bool) -> str | None:
    if role is not None and role.is_default():
        raise RefusalError("never-everyone")
    if no_role:
        return None
    return str(role.id) if role else server.manager_role


def _approval(
    interaction: discord.Interaction,
    server: Server,
    channel: discord.TextChannel | None,
    hours: int | None,
    *,
    at_once: bool,
) -> Server:
    """The server with approval as asked for. Raises RefusalError for a channel where we cannot show the cards."""
    if at_once:
        return replace(server, approval_channel=None, approval_hours=None)
    if channel is not None:
        guild = interaction.guild
        target = places.known_target(guild, str(channel.id)) if guild else None
        if target is None:
            raise RefusalError("no-such-place", place=f"<#{channel.id}>")
        problem = places.problem_with(target, str(interaction.locale))
        if problem:
            raise places.MissingRightsError(problem)
        return replace(server, approval_channel=str(channel.id), approval_hours=hours)
    if hours is not None:
        if server.approval_channel is None:
            raise RefusalError("settings-hours-need-channel")
        return replace(server, approval_hours=hours)
    return server


def _hints(
    interaction: discord.Interaction,
    role: discord.Role | None,
    approval: discord.TextChannel | None,
    say: Say,
) -> list[str]:
    said = [say("settings-role-hint")] if role is not None else []
    known = interaction.guild.get_channel(approval.id) if approval and interaction.guild else None
    if known is not None and known.permissions_for(known.guild.default_role).view_channel:
        said.append(say("settings-approval-private", place=known.mention))
    return [f"-# {hint}" for hint in said]


def _card(server: Server, say: Say) -> discord.Embed:
    embed = discord.Embed(title=say("settings-title"), colour=COLOUR)
    language = LANGUAGES.get(server.lang or "") or say("settings-default")
    embed.add_field(name=say("settings-language"), value=language)
    embed.add_field(name=say("settings-zone"), value=server.zone or "UTC")
    who = say("settings-only-managers")
    if server.manager_role:
        who = say("settings-and-role", role=f"<@&{server.manager_role}>")
    embed.add_field(name=say("settings-role"), value=who, inline=False)
    how = say("settings-approval-off")
    if server.approval_channel:
        place = f"<#{server.approval_channel}>"
        if server.approval_hours is None:
            how = say("settings-approval-never", place=place)
        else:
            how = say("settings-approval-hours", place=place, hours=server.approval_hours)
    embed.add_field(name=say("settings-approval"), value=how, inline=False)
    return embed


def check_command(desk: Desk) -> AnyCommand:
    @app_commands.command(description=does("check"))
    async def check(interaction: discord.Interaction) -> None:
        await defer(interaction)
        asker, server = await which_manager(interaction, desk)
        held = await asker.held(desk)
        there = {one.destination.id: one.destination for one in held}
        if not there or interaction.guild is None:
            await reply(interaction, asker.say("check-none"))
            return
        lines = [await _line(interaction.guild, each, desk, asker.say) for each in there.values()]
        if server.approval_channel is not None:
            lines.append(_rights(interaction.guild, server.approval_channel, asker.say)[0])
        card = discord.Embed(title=asker.say("check-title"), colour=COLOUR)
        card.description = as_many_as_fit(lines, "\n")
        await reply(interaction, embed=card)

    return for_managers(check)


def _rights(guild: discord.Guild, address: str, say: Say) -> tuple[str, bool]:
    """A line on one channel, and whether all is well there."""
    target = places.known_target(guild, address)
    if target is None:
        return say("check-gone", place=f"<#{address}>"), False
    missing = places.missing_rights(target.type, target.rights)
    if missing:
        rights = replies.several([f"*{name}*" for name in missing], say)
        return say("check-missing", place=target.mention, rights=rights), False
    return say("check-fine", place=target.mention), True


async def _line(guild: discord.Guild, destination: Destination, desk: Desk, say: Say) -> str:
    """A paused channel whose rights are back goes on: who asks has just mended it."""
    line, is_well = _rights(guild, destination.address, say)
    if destination.paused_at is None:
        return line
    if is_well and await go_on(desk.store, destination):
        return f"{line} · {say('check-resumed')}"
    return f"{line}\n-# {say('check-paused', why=destination.paused_why[:150])}"
