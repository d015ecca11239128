"""Channels that were lost and are back: their pause ends by itself."""

from collections.abc import Sequence

import discord

from bot.chat.discord.desk import Desk
from bot.chat.discord.places import known_target, missing_rights
from bot.flows.people.servers import go_on, paused_destinations
from bot.model import Destination


class Mender:
    """Looks at paused channels again.

    A pause that has another cause than a right we lack (a forum that asks for a tag) must not be ended and begun
    every hour, and told each time. So it ends when something there was changed, or when a right is back that this
    object has seen missing.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lacking: set[int] = set()

    async def look(self, guild: discord.Guild, *, is_changed: bool) -> int:
        """How many of the server's channels go on."""
        paused = await paused_destinations(self._desk.store, str(guild.id))
        return await self._look_at(guild, paused, is_changed=is_changed)

    async def look_everywhere(self, guilds: Sequence[discord.Guild], *, is_changed: bool) -> int:
        """The same for every server, with one question to the memory."""
        by_id = {str(guild.id): guild for guild in guilds}
        resumed = 0
        for each in await paused_destinations(self._desk.store):
            guild = by_id.get(each.server or "")
            if guild is not None:
                resumed += await self._look_at(guild, [each], is_changed=is_changed)
        return resumed

    async def _look_at(self, guild: discord.Guild, paused: Sequence[Destination], *, is_changed: bool) -> int:
        resumed = 0
        for each in paused:
            target = known_target(guild, each.address)
            if target is None or missing_rights(target.type, target.rights):
                self._lacking.add(each.id)
            elif is_changed or each.id in self._lacking:
                self._lacking.discard(each.id)
                resumed += await go_on(self._desk.store, each)
        return resumed
