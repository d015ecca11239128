"""Recent headlines in memory, so that stories are offered while people type without asking the database each time."""

from datetime import datetime, timedelta

from discord import app_commands

from bot.chat.discord.completion import MOST_CHOICES, matching
from bot.chat.discord.desk import Desk
from bot.chat.discord.refusal import RefusalError
from bot.chat.discord.replies import CHOICE_LIMIT
from bot.logic.text.inert import clean
from bot.model import StoryView

KEPT = 200
FRESH_FOR = timedelta(minutes=1)


class Headlines:
    """The newest stories by title; read again when older than a minute."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._ids: dict[str, str] = {}
        self._read_at: datetime | None = None

    async def choices(self, typed: str) -> list[app_commands.Choice[str]]:
        """Titles like what was typed; people see titles, the value is the story's id."""
        await self._refresh()
        return [
            app_commands.Choice(name=title, value=self._ids[title])
            for title in matching(typed, list(self._ids))
        ][:MOST_CHOICES]

    async def meant(self, typed: str) -> StoryView:
        """The story that was picked, or that has these words. Raises RefusalError."""
        view = await self._desk.store.story(typed)
        if view is None:
            found = await self._desk.store.search_stories(typed, limit=1) if typed.strip() else ()
            view = found[0] if found else None
        if view is None:
            raise RefusalError("story-unknown", typed=typed[:100])
        return view

    async def _refresh(self) -> None:
        now = self._desk.clock.now()
        if self._read_at is not None and self._read_at <= now < self._read_at + FRESH_FOR:
            return
        views = await self._desk.store.stories(limit=KEPT)
        # Of two that read alike the newest stays.
        self._ids = {clean(view.story.title)[:CHOICE_LIMIT]: view.story.id for view in reversed(views)}
        self._ids = dict(reversed(self._ids.items()))
        self._read_at = now
