"""The form for what cannot be picked from a menu: words, a time, a time zone, quiet hours."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import discord

from bot.chat.discord import names
from bot.chat.discord.asker import Asker
from bot.chat.discord.desk import Desk
from bot.chat.discord.open_panels import PREFIX
from bot.chat.discord.tree import answer_privately, explain_trouble
from bot.logic.text.clock_words import clock
from bot.model import NewSubscription

Filled = Callable[[discord.Interaction, NewSubscription], Awaitable[None]]
# Twenty words of sixty characters would be more; who needs them has the command.
LONGEST = 400


class WordForm(discord.ui.Modal):
    """Five lines, filled with what holds now."""

    def __init__(self, desk: Desk, asker: Asker, opened: str, wish: NewSubscription, filled: Filled) -> None:
        say, timing = asker.say, wish.timing
        super().__init__(title=say("form-title"), custom_id=f"{PREFIX}:{opened}:form")
        self._desk, self._wish, self._filled = desk, wish, filled
        quiet = f"{clock(timing.quiet[0])}-{clock(timing.quiet[1])}" if timing.quiet else ""
        self.include = self._line("include", say("form-include"), ", ".join(sorted(wish.include)))
        self.exclude = self._line("exclude", say("form-exclude"), ", ".join(sorted(wish.exclude)))
        self.time = self._line("time", say("form-time"), clock(timing.minute), "09:00")
        self.zone = self._line("zone", say("form-zone"), timing.zone, "Europe/Berlin")
        self.quiet = self._line("quiet", say("form-quiet"), quiet, "22:00-07:00")

    def _line(self, name: str, label: str, value: str, example: str = "") -> "discord.ui.TextInput[WordForm]":
        line: discord.ui.TextInput[WordForm] = discord.ui.TextInput(
            label=label,
            custom_id=name,
            default=value[:LONGEST],
            placeholder=example,
            required=False,
            max_length=LONGEST,
        )
        self.add_item(line)
        return line

    async def on_submit(self, interaction: discord.Interaction, /) -> None:
        timing = self._wish.timing
        minute = names.minute_meant(self.time.value)
        timing = replace(
            timing,
            minute=timing.minute if minute is None else minute,
            zone=names.zone_meant(self.zone.value, self._desk.zones) or timing.zone,
            quiet=names.quiet_meant(self.quiet.value),
        )
        wish = replace(
            self._wish,
            include=names.words_named(self.include.value),
            exclude=names.words_named(self.exclude.value),
            timing=timing,
        )
        await self._filled(interaction, wish)

    async def on_error(  # type: ignore[override]  # a form's own error has no item
        self, interaction: discord.Interaction, error: Exception, /
    ) -> None:
        await answer_privately(interaction, explain_trouble(interaction, error))
