"""Presses on the buttons under posts. A button's id says everything, so any process answers, after any restart."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Self

import discord
import structlog

from bot.chat.discord.buttons import approving, calendar, reading, wanting
from bot.chat.discord.buttons.answering import PressAnswer, Pressed, answer, answer_privately
from bot.errors import RefusedError
from bot.logic.messages.buttons import PATTERN, ButtonAct, read_press
from bot.words import words

log = structlog.get_logger()

Handler = Callable[[Pressed], Awaitable[PressAnswer]]

HANDLERS: Mapping[ButtonAct, Handler] = {
    ButtonAct.SOURCES: reading.sources,
    ButtonAct.HISTORY: reading.history,
    ButtonAct.WHY: reading.why,
    ButtonAct.IRRELEVANT: wanting.irrelevant,
    ButtonAct.RELEVANT: wanting.relevant,
    ButtonAct.FOLLOW: wanting.follow,
    ButtonAct.UNFOLLOW: wanting.unfollow,
    ButtonAct.MUTE: wanting.mute,
    ButtonAct.UNMUTE: wanting.unmute,
    ButtonAct.CALENDAR: calendar.add,
    ButtonAct.APPROVE: approving.approve,
    ButtonAct.SKIP: approving.skip,
}


class StoryButton(discord.ui.DynamicItem[discord.ui.Button[discord.ui.View]], template=PATTERN):
    """Any button under a post. discord.py makes one for each press, from the id alone."""

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        return cls(discord.ui.Button(label="-", custom_id=match.string))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        press = read_press(self.item.custom_id or "")
        say = words(str(interaction.locale))
        if press is None:
            await answer_privately(interaction, PressAnswer(say("answer-gone")))
            return
        pressed = Pressed(interaction, interaction.client.desk, press, say)
        if press.act is ButtonAct.HEADLINE:
            await _safely(pressed, approving.ask_headline(pressed))
            return
        await _safely(pressed, _handled(pressed))


async def _handled(pressed: Pressed) -> None:
    # Within three seconds Discord must hear something, however busy the memory is.
    await pressed.interaction.response.defer(ephemeral=True, thinking=True)
    await answer(pressed.interaction, await HANDLERS[pressed.press.act](pressed))


async def _safely(pressed: Pressed, work: Awaitable[None]) -> None:
    """What goes wrong reaches the person as one private sentence."""
    try:
        await work
    except RefusedError as refusal:
        await answer_privately(pressed.interaction, PressAnswer(str(refusal)))
    except Exception:
        log.exception("press_failed", act=pressed.press.act.value, story=pressed.press.story_id)
        await answer_privately(pressed.interaction, PressAnswer(pressed.say("answer-trouble")))
