"""The slash commands, one file each."""

from bot.chat.commands import about, latest, policy, setup, subscribe, subscriptions, test, unsubscribe
from bot.chat.commands.rules import AnyCommand
from bot.chat.desk import Desk

MODULES = (setup, subscribe, subscriptions, unsubscribe, test, latest, policy, about)


def all_commands(desk: Desk) -> list[AnyCommand]:
    """Fresh command objects that work with `desk`."""
    return [module.command(desk) for module in MODULES]
