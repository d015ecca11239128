"""/search: stories by their words, in pages."""

from collections.abc import Sequence

import discord
from discord import app_commands

from bot.chat.discord import replies
from bot.chat.discord import story_lists as told
from bot.chat.discord.asker import Asker, for_oneself
from bot.chat.discord.commands.latest import as_known
from bot.chat.discord.commands.rules import AnyCommand, defer, described, does, for_everyone, reply
from bot.chat.discord.completion import name_choices
from bot.chat.discord.desk import Desk
from bot.chat.discord.open_panels import OpenPanel
from bot.logic.text.inert import clean
from bot.model import StoryView, Topic

SHOWN = 5
LONGEST = 100


def command(desk: Desk) -> AnyCommand:
    async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return name_choices(typed, desk.platforms, several=False)

    @app_commands.command(description=does("search"))
    @app_commands.describe(**described("search", "text", "platform", "topic"))
    @app_commands.choices(topic=replies.topic_choices(desk))
    @app_commands.autocomplete(platform=complete)
    async def search(
        interaction: discord.Interaction,
        text: app_commands.Range[str, 1, LONGEST],
        platform: str | None = None,
        topic: str | None = None,
    ) -> None:
        await defer(interaction)
        asker = for_oneself(interaction)
        found = Found(
            desk, asker, str(interaction.id), text, as_known(platform, desk), Topic(topic) if topic else None
        )
        if await found.look():
            await found.send(interaction)
        else:
            await reply(
                interaction, asker.say("search-none", text=discord.utils.escape_markdown(clean(text)))
            )

    return for_everyone(search)


class Found(OpenPanel):
    """What a search found, five a page; read page by page."""

    def __init__(
        self, desk: Desk, asker: Asker, opened: str, text: str, platform: str | None, topic: Topic | None
    ) -> None:
        super().__init__(desk, asker, opened)
        self._text, self._platform, self._topic = text, platform, topic
        self._page = 0
        self._views: Sequence[StoryView] = ()

    async def look(self) -> bool:
        """Read the present page, and one story more to know whether there is another page; whether there is any."""
        self._views = await self.desk.store.search_stories(
            self._text,
            limit=SHOWN + 1,
            offset=self._page * SHOWN,
            platform=self._platform,
            topic=self._topic,
        )
        return bool(self._views)

    async def draw(self) -> tuple[str, list[discord.Embed]]:
        await self.look()
        self.clear_items()
        if self._page or len(self._views) > SHOWN:
            self.button("previous", self._back, row=0, disabled=self._page == 0)
            self.button("next", self._on, row=0, disabled=len(self._views) <= SHOWN)
        title = self.say("search-title", text=clean(self._text))
        return "", [told.story_list(self._views[:SHOWN], self.desk, self.asker.lang, title=title)]

    async def _back(self, interaction: discord.Interaction) -> None:
        self._page = max(0, self._page - 1)
        await self.show(interaction)

    async def _on(self, interaction: discord.Interaction) -> None:
        self._page += 1
        await self.show(interaction)
