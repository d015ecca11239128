"""The buttons of an approval card: let a story go out, with another headline perhaps, or not at all."""

from typing import Any

import discord

from bot.chat.discord.buttons.answering import PressAnswer, Pressed, answer, answer_privately
from bot.chat.discord.open_panels import LIVE_SECONDS, PREFIX
from bot.errors import RefusedError
from bot.flows.people.approve import LONGEST_HEADLINE, ServerDecision, decide
from bot.model import Decision

# Source: Discord developer docs, "Interactions", "Modal", title and label of a text input.
_TITLE_LIMIT = 45


async def approve(pressed: Pressed) -> PressAnswer:
    return await _decide(pressed, Decision.APPROVED)


async def skip(pressed: Pressed) -> PressAnswer:
    return await _decide(pressed, Decision.SKIPPED)


async def ask_headline(pressed: Pressed) -> None:
    """A form with the headline as it is; sending it off approves."""
    server = await pressed.needs_manager("approval-managers")
    press = pressed.press
    asked = await pressed.desk.store.approval(server, press.story_id, press.n)
    message = await pressed.desk.store.composed(press.story_id, press.n)
    if asked is None or asked.decision is not None or message is None:
        raise RefusedError(pressed.say("approval-too-late"))
    await pressed.interaction.response.send_modal(HeadlineForm(pressed, message.headline))


class HeadlineForm(discord.ui.Modal):
    """One line to change. It lives as long as the person has it open; a restart meanwhile asks them to press again."""

    def __init__(self, pressed: Pressed, headline: str) -> None:
        title, opened = pressed.say("approval-headline-title")[:_TITLE_LIMIT], str(pressed.interaction.id)
        super().__init__(title=title, timeout=LIVE_SECONDS, custom_id=f"{PREFIX}:{opened}")
        self._pressed, self._opened = pressed, opened
        # As of a panel: who sends it off after a restart is told that it is over.
        pressed.desk.live.add(opened)
        self.headline: discord.ui.TextInput[HeadlineForm] = discord.ui.TextInput(
            label=pressed.say("approval-headline-field")[:_TITLE_LIMIT],
            default=headline[:LONGEST_HEADLINE],
            max_length=LONGEST_HEADLINE,
            min_length=1,
        )
        self.add_item(self.headline)

    async def on_timeout(self) -> None:
        self._pressed.desk.live.discard(self._opened)

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        sent = Pressed(interaction, self._pressed.desk, self._pressed.press, self._pressed.say)
        try:
            said = await _decide(sent, Decision.APPROVED, str(self.headline))
        except RefusedError as refusal:
            said = PressAnswer(str(refusal))
        await answer(interaction, said)

    async def on_error(  # type: ignore[override]  # as discord.py declares it for forms
        self, interaction: discord.Interaction[Any], error: Exception, /
    ) -> None:
        await answer_privately(interaction, PressAnswer(self._pressed.say("answer-trouble")))
        raise error


async def _decide(pressed: Pressed, decision: Decision, headline: str | None = None) -> PressAnswer:
    server = await pressed.needs_manager("approval-managers")
    press, user = pressed.press, pressed.interaction.user
    word = ServerDecision(decision, pressed.person, user.display_name, headline)
    store, clock = pressed.desk.store, pressed.desk.clock
    if not await decide(store, clock, server, press.story_id, press.n, word):
        return PressAnswer(pressed.say("approval-too-late"))
    # What is due now need not wait for the next look at the outbox.
    pressed.interaction.client.when_ready()
    key = "approval-skip-done" if decision is Decision.SKIPPED else "approval-done"
    return PressAnswer(pressed.say(key))
