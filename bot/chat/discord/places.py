"""Where a subscription points to, and what we may do there."""

from dataclasses import dataclass

import discord
from discord import ChannelType, app_commands

from bot.chat.discord import replies
from bot.chat.discord.asker import is_in_server, language_of
from bot.chat.discord.refusal import RefusalError
from bot.errors import RefusedError
from bot.words import say

THREADS = (ChannelType.public_thread, ChannelType.private_thread, ChannelType.news_thread)
CHANNELS = (ChannelType.text, ChannelType.news, ChannelType.forum, ChannelType.voice, ChannelType.stage_voice)

# Permission as discord.py names it -> as Discord's English settings show it.
_COMMON = {"view_channel": "View Channel", "embed_links": "Embed Links"}
_POST = _COMMON | {"send_messages": "Send Messages"}
_POST_IN_THREAD = _COMMON | {"send_messages_in_threads": "Send Messages in Threads"}
_POST_IN_FORUM = _COMMON | {
    "send_messages": "Create Posts",
    "send_messages_in_threads": "Send Messages in Posts",
}

Picked = app_commands.AppCommandChannel | app_commands.AppCommandThread


class PlaceOption(app_commands.Transformer):
    """A channel option that offers only where stories can go, and takes channels that are not in our cache."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[ChannelType]:
        return [*CHANNELS, *THREADS]

    async def transform(self, interaction: discord.Interaction, value: Picked, /) -> Picked:
        return value


@dataclass(frozen=True)
class Target:
    """A channel or thread, and our rights in it."""

    id: int
    name: str
    type: ChannelType
    rights: discord.Permissions

    @property
    def mention(self) -> str:
        return f"<#{self.id}>"


def target_of(interaction: discord.Interaction, picked: Picked | None) -> Target:
    """Where the stories should go: the channel picked, or the one the command was used in.

    Raises RefusedError if nothing can be posted there, naming what is missing and how to mend it.
    """
    target = _here(interaction) if picked is None else _there(interaction, picked)
    if target.type not in (*CHANNELS, *THREADS):
        raise RefusalError("wrong-place", place=target.mention)
    problem = problem_with(target, language_of(interaction))
    if problem:
        raise MissingRightsError(problem)
    return target


class MissingRightsError(RefusedError):
    """Already in the asker's words."""


def problem_with(target: Target, lang: str) -> str:
    """What keeps us from posting there and how to mend it; empty: nothing."""
    missing = missing_rights(target.type, target.rights)
    return replies.missing_rights(target.mention, missing, lang) if missing else ""


def missing_rights(kind: ChannelType, granted: discord.Permissions) -> list[str]:
    """What we need there and do not have, in the words of Discord's settings."""
    needed = _POST
    if kind in THREADS:
        needed = _POST_IN_THREAD
    elif kind is ChannelType.forum:
        needed = _POST_IN_FORUM
    return [words for name, words in needed.items() if not getattr(granted, name)]


def hints(target: Target, role: discord.Role | None, lang: str) -> list[str]:
    """What would be good to have, though the subscription works without."""
    said = []
    if not target.rights.read_message_history:
        said.append(say(lang, "hint-history"))
    if role is not None and not role.mentionable and not target.rights.mention_everyone:
        said.append(say(lang, "hint-role", role=f"<@&{role.id}>"))
    return said


def default_target(interaction: discord.Interaction) -> Target | None:
    """Where a command was used, if stories can go there; None: nothing can be posted there in any case."""
    channel = interaction.channel
    if channel is None or not is_in_server(interaction) or channel.type not in (*CHANNELS, *THREADS):
        return None
    return _here(interaction)


def picked_target(interaction: discord.Interaction, picked: Picked) -> Target:
    """A channel from a menu, with our rights there. Raises RefusalError for one that we cannot see."""
    return _there(interaction, picked)


def known_target(guild: discord.Guild, address: str) -> Target | None:
    """A destination's channel as it is now; None: it is gone, or we cannot see it."""
    place = guild.get_channel_or_thread(int(address)) if address.isdigit() else None
    if place is None:
        return None
    return Target(place.id, place.name, place.type, place.permissions_for(guild.me))


def _here(interaction: discord.Interaction) -> Target:
    channel = interaction.channel
    if channel is None or isinstance(channel, discord.DMChannel | discord.GroupChannel):
        raise RefusalError("guild-only")
    return Target(channel.id, channel.name or "", channel.type, interaction.app_permissions)


def _there(interaction: discord.Interaction, picked: Picked) -> Target:
    if picked.id == interaction.channel_id:
        # Discord's own word on our rights here, fresher than any cache.
        return Target(picked.id, picked.name, picked.type, interaction.app_permissions)
    guild = interaction.guild
    known = guild.get_channel_or_thread(picked.id) if guild else None
    if known is None and guild and isinstance(picked, app_commands.AppCommandThread):
        # A thread that we have not joined: its rights are those of its channel.
        known = guild.get_channel(picked.parent_id)
    if known is None or guild is None:
        raise RefusalError("no-such-place", place=f"<#{picked.id}>")
    return Target(picked.id, picked.name, picked.type, known.permissions_for(guild.me))
