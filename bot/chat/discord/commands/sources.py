"""/sources: what is watched and how it is doing; /suggest: what should be."""

from collections.abc import Mapping, Sequence

import discord
from discord import app_commands

from bot.chat.discord.asker import Asker, for_oneself, is_in_server
from bot.chat.discord.commands.rules import AnyCommand, defer, described, does, for_everyone, reply
from bot.chat.discord.desk import Desk
from bot.chat.discord.open_panels import OpenPanel
from bot.chat.discord.replies import COLOUR, as_many_as_fit, page_count
from bot.logic.text.inert import for_discord, safe_link
from bot.model import Health, SinkKind, Source, SourceState

A_PAGE = 15
# One person's suggestions that nobody has looked at: more would be a flood, not help.
MOST_OPEN = 5
LONGEST = 300


def sources_command(desk: Desk) -> AnyCommand:
    @app_commands.command(description=does("sources"))
    async def sources(interaction: discord.Interaction) -> None:
        await defer(interaction)
        await SourceBoard(desk, for_oneself(interaction), str(interaction.id)).send(interaction)

    return for_everyone(sources)


def suggest_command(desk: Desk) -> AnyCommand:
    @app_commands.command(description=does("suggest"))
    @app_commands.describe(**described("suggest", "source"))
    async def suggest(interaction: discord.Interaction, source: app_commands.Range[str, 1, LONGEST]) -> None:
        await defer(interaction)
        asker = for_oneself(interaction)
        text = " ".join(source.split())
        if not text:
            await reply(interaction, asker.say("suggest-empty"))
            return
        waiting = await desk.store.suggestions(settled=False, person=asker.person)
        if len(waiting) >= MOST_OPEN:
            await reply(interaction, asker.say("suggested-enough", most=MOST_OPEN))
            return
        server = str(interaction.guild_id) if is_in_server(interaction) else None
        await desk.store.add_suggestion(text, SinkKind.DISCORD, asker.person, server, desk.clock.now())
        await reply(interaction, asker.say("suggested", text=for_discord(text)))

    return for_everyone(suggest)


class SourceBoard(OpenPanel):
    """Every source, those in trouble first, fifteen a page."""

    def __init__(self, desk: Desk, asker: Asker, opened: str) -> None:
        super().__init__(desk, asker, opened)
        self._page = 0

    async def draw(self) -> tuple[str, list[discord.Embed]]:
        watched = self.desk.watched()
        states = await self.desk.store.source_states([source.id for source in watched])
        ordered = sorted(watched, key=lambda source: (not _is_ill(states[source.id]), source.name.casefold()))
        pages = page_count(ordered, A_PAGE)
        self._page = min(max(self._page, 0), pages - 1)
        self.clear_items()
        if pages > 1:
            self.button("previous", self._back, row=0, disabled=self._page == 0)
            self.button("next", self._on, row=0, disabled=self._page == pages - 1)
        shown = ordered[self._page * A_PAGE : (self._page + 1) * A_PAGE]
        return "", [self._card(ordered, shown, states, pages)]

    def _card(
        self,
        ordered: Sequence[Source],
        shown: Sequence[Source],
        states: Mapping[str, SourceState],
        pages: int,
    ) -> discord.Embed:
        count = len(ordered) or self.desk.about.sources
        ill = sum(_is_ill(states[source.id]) for source in ordered)
        summary = self.say("sources-summary", count=count, well=count - ill, ill=ill)
        lines = [self._line(source, states[source.id]) for source in shown]
        embed = discord.Embed(title=self.say("sources-title"), colour=COLOUR)
        embed.description = as_many_as_fit([summary, *lines], "\n")
        if pages > 1:
            embed.set_footer(text=self.say("sources-page", page=self._page + 1, pages=pages))
        return embed

    def _line(self, source: Source, state: SourceState) -> str:
        link = safe_link(source.site) if source.site else None
        name = for_discord(source.name[:80])
        named = f"[{name}]({link})" if link and len(link) <= 200 else name
        if state.good_at is None and not _is_ill(state):
            return f"⚪ {named} · {self.say('source-new')}"
        mark, word = ("🔴", self.say("source-ill")) if _is_ill(state) else ("🟢", self.say("source-well"))
        last = ""
        if state.new_entry_at is not None:
            last = " · " + self.say("sources-last", when=f"<t:{int(state.new_entry_at.timestamp())}:R>")
        return f"{mark} {named} · {word}{last}"

    async def _back(self, interaction: discord.Interaction) -> None:
        self._page -= 1
        await self.show(interaction)

    async def _on(self, interaction: discord.Interaction) -> None:
        self._page += 1
        await self.show(interaction)


def _is_ill(state: SourceState) -> bool:
    return state.health not in (Health.OK, Health.NEW)
