"""One panel with which a wish is put together: for /setup, and to edit a subscription. Menus and buttons, no typing."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import SelectOption

from bot.chat.discord import places, replies
from bot.chat.discord import story_lists as told
from bot.chat.discord.asker import Asker
from bot.chat.discord.desk import Desk
from bot.chat.discord.open_panels import OpenPanel
from bot.chat.discord.places import CHANNELS, THREADS, Target
from bot.chat.discord.refusal import RefusalError
from bot.chat.discord.text_form import WordForm
from bot.flows.people.trial import Trial, as_if_stored, try_out
from bot.model import NewSubscription, StoryView, Threading, Topic, Urgency
from bot.words import LANGUAGES

# Those that most stories are about come first; a menu has room for 25, the command takes every name.
FIRST_OFFERED = (
    "Spotify", "SoundCloud", "YouTube", "Apple Music", "Deezer", "Bandcamp", "TikTok", "Suno", "Udio", "DistroKid",
    "TuneCore", "CD Baby", "Amazon Music", "Tidal", "BandLab", "Splice", "UMG", "Sony Music", "WMG", "OpenAI",
    "Anthropic", "ElevenLabs", "Stability AI", "GEMA", "Klay",
)  # fmt: skip
MOST_OPTIONS = 25

Done = Callable[[discord.Interaction, NewSubscription, Target | None], Awaitable[str]]


class WishPanel(OpenPanel):
    """The wish so far, what it would have brought, and a real story as it will look.

    done    stores the wish, and says so; the panel ends with its words
    save    the word on the button that ends it: "start" or "save"
    target  the channel; None: not chosen yet, or direct messages
    """

    def __init__(
        self,
        desk: Desk,
        asker: Asker,
        opened: str,
        wish: NewSubscription,
        target: Target | None,
        done: Done,
        save: str,
    ) -> None:
        super().__init__(desk, asker, opened)
        self.wish, self.target, self._done, self._save = wish, target, done, save
        self._recent: Sequence[StoryView] | None = None
        self._is_second_page = False

    # ------------------------------------------------------------ what it shows

    async def draw(self) -> tuple[str, list[discord.Embed]]:
        if self._recent is None:
            self._recent = await self.desk.recent.read(self.desk.store, self.desk.clock.now())
        now = self.desk.clock.now()
        trial = try_out([as_if_stored(self.wish, now)], self._recent, now)
        self.clear_items()
        if self._is_second_page:
            self._second_page()
        else:
            self._first_page()
        return self._text(trial), await self._preview(trial)

    def _text(self, trial: Trial) -> str:
        say, lang = self.say, self.asker.lang
        where = replies.place(self.wish, say) if self.wish.address else say("no-channel-yet")
        lines = [
            say(
                "panel-wish",
                place=where,
                what=replies.bold(replies.wanted(self.wish, self.desk, lang)[:600]),
                when=replies.when(self.wish, lang),
            )
        ]
        if self.wish.role:
            lines[0] += f" · {say('mentions', role=f'<@&{self.wish.role}>')}"
        lines.append(trial_words(trial, say))
        problem = places.problem_with(self.target, lang) if self.target else ""
        if problem:
            lines.append(f"⚠️ {problem}")
        return "\n".join(lines)

    async def _preview(self, trial: Trial) -> list[discord.Embed]:
        """The newest story that fits, else the newest of all, as the channel will get it."""
        recent = list((self._recent or ())[:1])
        views = trial.stories[:1] or recent or await self.desk.store.stories(limit=1)
        card = await told.as_posted(views[0], self.desk, self.wish.lang or "en") if views else None
        return [card] if card else []

    # ------------------------------------------------------------ its items

    def _first_page(self) -> None:
        if self.asker.server is not None:
            chosen = [discord.Object(int(self.wish.address))] if self.wish.address else []
            menu: discord.ui.ChannelSelect[OpenPanel] = discord.ui.ChannelSelect(
                channel_types=[*CHANNELS, *THREADS],
                placeholder=self.say("menu-channel"),
                default_values=[
                    discord.SelectDefaultValue(id=each.id, type=discord.SelectDefaultValueType.channel)
                    for each in chosen
                ],
                row=0,
            )
            self.menu("channel", menu, self._choose_channel)
        self._options("platforms", self._platform_options(), self._choose_platforms, row=1, least=0)
        topics = [
            SelectOption(
                label=self.desk.topic_name(topic, self.asker.lang)[:100],
                value=topic.value,
                default=topic in self.wish.topics,
            )
            for topic in self.desk.topics
        ]
        self._options("topics", topics[:MOST_OPTIONS], self._choose_topics, row=2, least=0)
        urgencies = [
            SelectOption(
                label=self.say(f"urgency-{each.value}"), value=each.value, default=each is self.wish.urgency
            )
            for each in Urgency
        ]
        self._options("urgency", urgencies, self._choose_urgency, row=3)
        self.button(
            self._save, self._finish, row=4, style=discord.ButtonStyle.success, disabled=not self.wish.address
        )
        self.button("words", self._open_form, row=4)
        self.button("more", self._turn, row=4)

    def _second_page(self) -> None:
        wish = self.wish
        if self.asker.server is not None:
            chosen = (
                [discord.SelectDefaultValue(id=int(wish.role), type=discord.SelectDefaultValueType.role)]
                if wish.role
                else []
            )
            role: discord.ui.RoleSelect[OpenPanel] = discord.ui.RoleSelect(
                placeholder=self.say("menu-role"), min_values=0, default_values=chosen, row=0
            )
            self.menu("role", role, self._choose_role)
            threads = [
                SelectOption(
                    label=self.say(f"threading-{each.value}"),
                    value=each.value,
                    default=each is (wish.threading or Threading.REPLY),
                )
                for each in Threading
            ]
            self._options("threads", threads, self._choose_threading, row=1)
        languages = [
            SelectOption(label=name, value=lang, default=lang == (wish.lang or "en"))
            for lang, name in LANGUAGES.items()
        ]
        self._options("language", languages, self._choose_language, row=2)
        self.button("reminders-off" if wish.reminders else "reminders-on", self._turn_reminders, row=3)
        self.button("back", self._turn, row=4)

    def _options(
        self, name: str, options: list[SelectOption], choose: Any, *, row: int, least: int = 1
    ) -> None:
        if not options:
            return
        most = len(options) if least == 0 else 1
        menu: discord.ui.Select[OpenPanel] = discord.ui.Select(
            placeholder=self.say(f"menu-{name}"), options=options, min_values=least, max_values=most, row=row
        )
        self.menu(name, menu, choose)

    def _platform_options(self) -> list[SelectOption]:
        """Those chosen, then the most told of, then others, as many as Discord shows."""
        known = set(self.desk.platforms)
        first = [name for name in FIRST_OFFERED if name in known]
        names = list(dict.fromkeys([*sorted(self.wish.platforms), *first, *self.desk.platforms]))[
            :MOST_OPTIONS
        ]
        return [
            SelectOption(label=name[:100], value=name[:100], default=name in self.wish.platforms)
            for name in names
        ]

    # ------------------------------------------------------------ what people do

    async def _change(self, interaction: discord.Interaction, **changes: Any) -> None:
        self.wish = replace(self.wish, **changes)
        await self.show(interaction)

    async def _choose_channel(self, interaction: discord.Interaction, values: Sequence[Any]) -> None:
        self.target = places.picked_target(interaction, values[0])
        await self._change(interaction, address=str(self.target.id), destination_name=f"#{self.target.name}")

    async def _choose_platforms(self, interaction: discord.Interaction, values: Sequence[str]) -> None:
        shown = {option.value for option in self._platform_options()}
        unseen = self.wish.platforms - shown
        await self._change(interaction, platforms=frozenset(values) | unseen)

    async def _choose_topics(self, interaction: discord.Interaction, values: Sequence[str]) -> None:
        await self._change(interaction, topics=frozenset(map(Topic, values)))

    async def _choose_urgency(self, interaction: discord.Interaction, values: Sequence[str]) -> None:
        await self._change(interaction, urgency=Urgency(values[0]))

    async def _choose_role(self, interaction: discord.Interaction, values: Sequence[discord.Role]) -> None:
        if values and values[0].is_default():
            raise RefusalError("never-everyone")
        await self._change(interaction, role=str(values[0].id) if values else None)

    async def _choose_threading(self, interaction: discord.Interaction, values: Sequence[str]) -> None:
        await self._change(interaction, threading=Threading(values[0]))

    async def _choose_language(self, interaction: discord.Interaction, values: Sequence[str]) -> None:
        await self._change(interaction, lang=values[0])

    async def _turn_reminders(self, interaction: discord.Interaction) -> None:
        await self._change(interaction, reminders=not self.wish.reminders)

    async def _turn(self, interaction: discord.Interaction) -> None:
        self._is_second_page = not self._is_second_page
        await self.show(interaction)

    async def _open_form(self, interaction: discord.Interaction) -> None:
        async def filled(again: discord.Interaction, wish: NewSubscription) -> None:
            self.wish = wish
            await self.show(again)

        await interaction.response.send_modal(WordForm(self.desk, self.asker, self.opened, self.wish, filled))

    async def _finish(self, interaction: discord.Interaction) -> None:
        if self.target is not None:
            # Rights may have changed since the channel was chosen.
            fresh = places.known_target(interaction.guild, self.wish.address) if interaction.guild else None
            self.target = fresh or self.target
            if places.problem_with(self.target, self.asker.lang):
                await self.show(interaction)
                return
        await interaction.response.defer()
        await self.close_with(interaction, await self._done(interaction, self.wish, self.target))


def trial_words(trial: Trial, say: Any) -> str:
    """ "The last 30 days would have brought 12 stories, about 3 a week." """
    count, a_week = len(trial.stories), round(trial.a_week)
    if not count:
        return str(say("trial-none"))
    key = "trial-few" if a_week < 1 else "trial"
    return str(say(key, count=count, week=a_week) if a_week >= 1 else say(key, count=count))
