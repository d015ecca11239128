"""Who asks: a person for themselves, or a manager for a server; and in which language they are answered."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.chat.discord.desk import Desk
from bot.chat.discord.refusal import RefusalError
from bot.model import PERSON, Server, Subscription
from bot.ports import Say
from bot.words import spoken, words


@dataclass(frozen=True)
class Asker:
    """For whom a command changes something.

    person   Discord user id
    name     "@ada", the person's name
    lang     a folder of bot/words
    server   the server as it is set up; None: the person asks for themselves, and stories come by direct message
    """

    person: str
    name: str
    lang: str
    server: Server | None = None

    @property
    def say(self) -> Say:
        return words(self.lang)

    @property
    def server_id(self) -> str | None:
        return self.server.id if self.server else None

    @property
    def own_address(self) -> str:
        return f"{PERSON}{self.person}"

    async def held(self, desk: Desk) -> Sequence[Subscription]:
        """The subscriptions that this asker may change, oldest first; followed stories too."""
        if self.server is not None:
            return await desk.store.subscriptions(server=self.server.id)
        return await desk.store.subscriptions(address=self.own_address)


def language_of(interaction: discord.Interaction) -> str:
    return spoken(str(interaction.locale))


def is_in_server(interaction: discord.Interaction) -> bool:
    """Whether we were invited to the place where this was used; a person may bring us along elsewhere."""
    brought_along = interaction.is_user_integration() and not interaction.is_guild_integration()
    return interaction.guild_id is not None and not brought_along


def for_oneself(interaction: discord.Interaction) -> Asker:
    """The person, whoever may manage the place."""
    return Asker(str(interaction.user.id), f"@{interaction.user.name}", language_of(interaction))


async def who_asks(interaction: discord.Interaction, desk: Desk) -> Asker:
    """The server's manager there, else the person. Raises RefusalError for somebody who may not manage the server.

    Discord hides some commands from others already, but a server can change that; we do not rely on it.
    """
    asker = for_oneself(interaction)
    if not is_in_server(interaction):
        return asker
    server = await desk.store.server(str(interaction.guild_id))
    if not may_manage(interaction, server):
        raise RefusalError("needs-manager")
    return Asker(asker.person, asker.name, asker.lang, server)


async def which_manager(interaction: discord.Interaction, desk: Desk) -> tuple[Asker, Server]:
    """A server's manager, where only a server will do. Raises RefusalError."""
    if not is_in_server(interaction):
        raise RefusalError("guild-only")
    asker = await who_asks(interaction, desk)
    assert asker.server is not None
    return asker, asker.server


def may_manage(interaction: discord.Interaction, server: Server) -> bool:
    """*Manage Server*, or the role that the server named."""
    if interaction.permissions.manage_guild or interaction.permissions.administrator:
        return True
    roles = getattr(interaction.user, "roles", ())
    return server.manager_role is not None and any(str(role.id) == server.manager_role for role in roles)
