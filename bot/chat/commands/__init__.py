"""The slash commands, one file each."""

from bot.chat.commands import about, latest, policy, subscribe, subscriptions, unsubscribe
from bot.chat.commands.rules import AnyCommand
from bot.chat.desk import Desk


def all_commands(desk: Desk) -> list[AnyCommand]:
    """Fresh command objects that work with `desk`."""
    return [module.command(desk) for module in (subscribe, unsubscribe, subscriptions, latest, policy, about)]
