"""Panels that live as long as their answer can be edited, and what a press on an older one is told."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import discord

from bot.chat.discord.asker import Asker, language_of
from bot.chat.discord.desk import Desk
from bot.chat.discord.tree import answer_privately, explain_trouble
from bot.words import say

# As long as an answer can be edited (15 minutes), its buttons work.
LIVE_SECONDS = 14 * 60.0
PREFIX = "live"

Menu = discord.ui.Select[Any] | discord.ui.ChannelSelect[Any] | discord.ui.RoleSelect[Any]
Press = Callable[[discord.Interaction], Awaitable[None]]
Choose = Callable[[discord.Interaction, Sequence[Any]], Awaitable[None]]


class OpenPanel(discord.ui.View):
    """A private answer with buttons and menus, drawn anew after each press.

    opened  id of the interaction that opened it, the same for all panels of one answer
    """

    def __init__(self, desk: Desk, asker: Asker, opened: str) -> None:
        super().__init__(timeout=LIVE_SECONDS)
        self.desk, self.asker, self.say, self.opened = desk, asker, asker.say, opened
        desk.live.add(opened)

    async def draw(self) -> tuple[str, list[discord.Embed]]:
        """Put the items for the present state in place; the text and embeds beside them."""
        raise NotImplementedError

    async def send(self, interaction: discord.Interaction) -> None:
        """As the answer to a command that was deferred."""
        content, embeds = await self.draw()
        await interaction.followup.send(content, embeds=embeds, view=self, ephemeral=True)

    async def show(self, interaction: discord.Interaction) -> None:
        """In the place of the message whose item was used."""
        content, embeds = await self.draw()
        if interaction.response.is_done():
            await interaction.edit_original_response(content=content, embeds=embeds, view=self)
        else:
            await interaction.response.edit_message(content=content, embeds=embeds, view=self)

    async def close_with(self, interaction: discord.Interaction, text: str) -> None:
        """End it with a sentence and no items."""
        self.stop()
        if interaction.response.is_done():
            await interaction.edit_original_response(content=text, embeds=[], view=None)
        else:
            await interaction.response.edit_message(content=text, embeds=[], view=None)

    async def on_timeout(self) -> None:
        self.desk.live.discard(self.opened)

    async def on_error(
        self, interaction: discord.Interaction, error: Exception, item: discord.ui.Item[Any], /
    ) -> None:
        await answer_privately(interaction, explain_trouble(interaction, error))

    # ------------------------------------------------------------ items

    def button(
        self,
        name: str,
        press: Press,
        *,
        row: int,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        disabled: bool = False,
        label: str | None = None,
    ) -> None:
        """A button whose words are `button-NAME`."""
        made: discord.ui.Button[OpenPanel] = discord.ui.Button(
            label=label or self.say(f"button-{name}"),
            style=style,
            disabled=disabled,
            row=row,
            custom_id=self._custom_id(name),
        )
        made.callback = press  # type: ignore[method-assign,assignment]  # discord.py's own way for items made at run time
        self.add_item(made)

    def menu(self, name: str, menu: Menu, choose: Choose) -> None:
        """A menu; `choose` gets what was chosen."""
        menu.custom_id = self._custom_id(name)

        async def chosen(interaction: discord.Interaction) -> None:
            await choose(interaction, menu.values)

        menu.callback = chosen  # type: ignore[method-assign]  # as above
        self.add_item(menu)

    def _custom_id(self, name: str) -> str:
        return f"{PREFIX}:{self.opened}:{name}"


async def tell_if_over(desk: Desk, interaction: discord.Interaction) -> None:
    """Answer a press on a panel that is over, or that was opened before a restart."""
    data: Mapping[str, Any] = interaction.data or {}
    custom_id = str(data.get("custom_id") or "")
    prefix, _, rest = custom_id.partition(":")
    if prefix == PREFIX and rest.partition(":")[0] not in desk.live:
        await answer_privately(interaction, say(language_of(interaction), "panel-over"))
