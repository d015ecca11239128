"""/help, /privacy and /forget: what we can do, what we keep, and deleting it."""

import discord
from discord import app_commands

from bot.chat.discord.asker import Asker, for_oneself, language_of, which_manager
from bot.chat.discord.commands.rules import AnyCommand, defer, described, does, for_everyone
from bot.chat.discord.commands.subscribe import choice
from bot.chat.discord.desk import Desk
from bot.chat.discord.open_panels import OpenPanel
from bot.chat.discord.refusal import RefusalError
from bot.chat.discord.replies import COLOUR
from bot.model import SinkKind
from bot.words import words

FOR_MANAGERS = ("setup", "settings", "check")
FOR_ALL = (
    "subscribe", "subscriptions", "unsubscribe", "test", "latest", "search", "story", "why", "policy", "sources",
    "suggest", "about", "privacy", "forget", "help",
)  # fmt: skip
ME, SERVER = "me", "server"


def help_command(desk: Desk) -> AnyCommand:
    @app_commands.command(name="help", description=does("help"))
    async def help_me(interaction: discord.Interaction) -> None:
        say = words(language_of(interaction))
        embed = discord.Embed(title=say("help-title"), colour=COLOUR)

        def lines(commands: tuple[str, ...]) -> str:
            return "\n".join(
                f"**/{say(f'command-{name}')}** · {say(f'command-{name}-does')}" for name in commands
            )

        embed.description = f"**{say('help-for-all')}**\n{lines(FOR_ALL)}"
        embed.add_field(name=say("help-for-managers"), value=lines(FOR_MANAGERS), inline=False)
        await interaction.response.send_message(embed=embed, ephemeral=True)

    return for_everyone(help_me)


def privacy_command(desk: Desk) -> AnyCommand:
    @app_commands.command(description=does("privacy"))
    async def privacy(interaction: discord.Interaction) -> None:
        say = words(language_of(interaction))
        embed = discord.Embed(title=say("privacy-title"), colour=COLOUR)
        parts = ("privacy-not", "privacy-server", "privacy-person", "privacy-end")
        embed.description = "\n\n".join(say(part) for part in parts)
        await interaction.response.send_message(embed=embed, ephemeral=True)

    return for_everyone(privacy)


def forget_command(desk: Desk) -> AnyCommand:
    @app_commands.command(description=does("forget"))
    @app_commands.describe(**described("forget", "what"))
    @app_commands.choices(what=[choice("forget-me", ME), choice("forget-server", SERVER)])
    async def forget(interaction: discord.Interaction, what: str = ME) -> None:
        await defer(interaction)
        asker = for_oneself(interaction)
        if what == SERVER:
            asker, _ = await which_manager(interaction, desk)
            if not (interaction.permissions.manage_guild or interaction.permissions.administrator):
                raise RefusalError("needs-manage-server")
        await Forgetting(desk, asker, str(interaction.id)).send(interaction)

    return for_everyone(forget)


class Forgetting(OpenPanel):
    """Are you sure? Of the server where there is one in `asker`, else of the person."""

    def __init__(self, desk: Desk, asker: Asker, opened: str) -> None:
        super().__init__(desk, asker, opened)

    async def draw(self) -> tuple[str, list[discord.Embed]]:
        self.clear_items()
        self.button("forget", self._forget, row=0, style=discord.ButtonStyle.danger)
        self.button("keep", self._keep, row=0)
        return self.say("forget-ask-server" if self.asker.server else "forget-ask-me"), []

    async def _forget(self, interaction: discord.Interaction) -> None:
        store, asker = self.desk.store, self.asker
        if asker.server is not None:
            gone = await store.forget_server(asker.server.id)
        else:
            gone = await store.forget_person(SinkKind.DISCORD, asker.person, [asker.own_address])
        key = "forget-done-server" if asker.server else "forget-done-me"
        await self.close_with(interaction, self.say(key, count=gone))

    async def _keep(self, interaction: discord.Interaction) -> None:
        await self.close_with(interaction, self.say("forget-kept"))
