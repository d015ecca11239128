"""The slash commands."""

from bot.chat.discord.commands import (
    about,
    latest,
    myself,
    policy,
    search,
    server,
    setup,
    sources,
    story,
    subscribe,
    subscriptions,
    test,
    unsubscribe,
)
from bot.chat.discord.commands.rules import AnyCommand
from bot.chat.discord.desk import Desk

MAKERS = (
    setup.command,
    subscribe.command,
    subscriptions.command,
    unsubscribe.command,
    test.command,
    latest.command,
    search.command,
    story.story_command,
    story.why_command,
    policy.command,
    sources.sources_command,
    sources.suggest_command,
    server.settings_command,
    server.check_command,
    myself.help_command,
    about.command,
    myself.privacy_command,
    myself.forget_command,
)


def all_commands(desk: Desk) -> list[AnyCommand]:
    """Fresh command objects that work with `desk`."""
    return [make(desk) for make in MAKERS]
