"""Answers to a press: seen by that person alone, in their language, within every limit."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import discord
import structlog

from bot.chat.discord.desk import Desk
from bot.errors import RefusedError
from bot.logic.messages.buttons import Button, Press
from bot.logic.text.lengths import discord_length
from bot.model import StoryView
from bot.ports import Say

log = structlog.get_logger()

CONTENT_LIMIT = 2000


@dataclass(frozen=True)
class Pressed:
    """One press, and what answering it may use. `say` speaks the presser's language."""

    interaction: discord.Interaction[Any]
    desk: Desk
    press: Press
    say: Say

    @property
    def person(self) -> str:
        return str(self.interaction.user.id)

    @property
    def server(self) -> str | None:
        return str(self.interaction.guild_id) if self.interaction.guild_id is not None else None

    async def story(self) -> StoryView:
        """The story that the button is about. Raises RefusedError when it is no longer kept."""
        view = await self.desk.store.story(self.press.story_id)
        if view is None:
            raise RefusedError(self.say("answer-gone"))
        return view

    async def needs_manager(self, refusal: str) -> str:
        """The server's id, if the person may manage what it gets. Raises RefusedError with that phrase.

        Checked on our side: anybody who sees a post can press what is under it.
        """
        server = self.server
        if server is None:
            raise RefusedError(self.say(refusal))
        if not self.interaction.permissions.manage_guild:
            role = (await self.desk.store.server(server)).manager_role
            user = self.interaction.user
            held = {str(each.id) for each in user.roles} if isinstance(user, discord.Member) else set()
            if role is None or role not in held:
                raise RefusedError(self.say(refusal))
        return server


@dataclass(frozen=True)
class PressAnswer:
    """Text of ours with what strangers said made inert; buttons under it; a file beside it."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    file: tuple[str, bytes] | None = None


async def answer(interaction: discord.Interaction[Any], said: PressAnswer) -> None:
    """Answer a press that was deferred."""
    options: dict[str, Any] = {}
    if said.rows:
        options["view"] = _view(said)
    if said.file is not None:
        name, content = said.file
        options["file"] = discord.File(BytesIO(content), filename=name)
    await interaction.followup.send(fitted(said.text), ephemeral=True, suppress_embeds=True, **options)


async def answer_privately(interaction: discord.Interaction[Any], said: PressAnswer) -> None:
    """Answer, whether it was deferred or not; if even that fails, nobody is left to tell but the log."""
    try:
        if interaction.response.is_done():
            await answer(interaction, said)
        else:
            await interaction.response.send_message(fitted(said.text), ephemeral=True)
    except (discord.DiscordException, OSError) as failure:
        log.warning("answer_not_delivered", why=str(failure))


def fitted(text: str) -> str:
    """As many whole lines as Discord takes."""
    lines: list[str] = []
    for line in text.split("\n"):
        if discord_length("\n".join([*lines, line])) > CONTENT_LIMIT - 2:
            return "\n".join([*lines, "…"]) if lines else line[: CONTENT_LIMIT // 2] + "…"
        lines.append(line)
    return text


def _view(said: PressAnswer) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    for at, row in enumerate(said.rows):
        for button in row:
            if button.url:
                view.add_item(discord.ui.Button(label=button.label, url=button.url, row=at))
            else:
                view.add_item(discord.ui.Button(label=button.label, custom_id=button.custom_id, row=at))
    # Presses are read by their ids; a finished view is not kept by discord.py.
    view.stop()
    return view
