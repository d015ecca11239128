"""/subscriptions: what this server gets, in pages of ten."""

from collections.abc import Sequence

import discord
from discord import app_commands

from bot.chat import replies
from bot.chat.commands.rules import AnyCommand, defer, for_managers, server_of
from bot.chat.desk import Desk
from bot.flows.subscribe import list_subscriptions
from bot.model import Subscription

# As long as the answer can be edited (15 minutes), a page can be turned.
TURN_SECONDS = 14 * 60.0


def command(desk: Desk) -> AnyCommand:
    @app_commands.command(description="What this server gets from me, and where.")
    async def subscriptions(interaction: discord.Interaction) -> None:
        server = server_of(interaction)
        await defer(interaction)
        held = await list_subscriptions(desk.store, server=server)
        if not held:
            await interaction.followup.send(replies.NO_SUBSCRIPTIONS, ephemeral=True)
        elif replies.page_count(held) == 1:
            await interaction.followup.send(embed=replies.subscription_page(held, 0, desk), ephemeral=True)
        else:
            pages = Pages(held, desk)
            await interaction.followup.send(embed=pages.embed(), view=pages, ephemeral=True)

    return for_managers(subscriptions)


class Pages(discord.ui.View):
    """Buttons that turn the pages of a list, in place. Only who asked sees them: the answer is private."""

    def __init__(self, held: Sequence[Subscription], desk: Desk) -> None:
        super().__init__(timeout=TURN_SECONDS)
        self._held, self._desk, self._page = held, desk, 0
        self._set_buttons()

    def embed(self) -> discord.Embed:
        return replies.subscription_page(self._held, self._page, self._desk)

    @discord.ui.button(label="Previous", custom_id="previous")
    async def previous(self, interaction: discord.Interaction, button: "discord.ui.Button[Pages]") -> None:
        await self._turn(interaction, -1)

    @discord.ui.button(label="Next", custom_id="next")
    async def next(self, interaction: discord.Interaction, button: "discord.ui.Button[Pages]") -> None:
        await self._turn(interaction, 1)

    async def _turn(self, interaction: discord.Interaction, step: int) -> None:
        self._page = min(max(self._page + step, 0), replies.page_count(self._held) - 1)
        self._set_buttons()
        await interaction.response.edit_message(embed=self.embed(), view=self)

    def _set_buttons(self) -> None:
        self.previous.disabled = self._page == 0
        self.next.disabled = self._page == replies.page_count(self._held) - 1
