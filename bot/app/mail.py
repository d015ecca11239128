"""What people write to the Mastodon accounts, and who answers it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import structlog

from bot.app.knowledge import Knowledge
from bot.errors import SinkError
from bot.flows.memory import Store
from bot.ports import Clock
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.chat.mastodon.mail import MailReader
    from bot.sinks.mastodon import MastodonSink

log = structlog.get_logger()


def open_mail(
    settings: Settings, store: Store, clock: Clock, knowledge: Knowledge, sinks: "Mapping[str, MastodonSink]"
) -> "tuple[MailReader, ...]":
    """One for each account that takes commands. Reads nothing yet."""
    from bot.chat.mastodon.desk import MailAccount, MailDesk
    from bot.chat.mastodon.mail import MailReader
    from bot.logic.mail.commands import build_vocabulary
    from bot.sinks.mastodon.inbox import MastodonInbox
    from bot.words import say

    desk = MailDesk(
        store=store,
        clock=clock,
        vocabulary=build_vocabulary(knowledge.rules.entities.values()),
        platforms=knowledge.platform_names,
        say=say,
        contact=" ".join(settings.contact.split()),
    )
    return tuple(
        MailReader(
            desk,
            MailAccount(account.name, account.language, account.alerts_a_day),
            MastodonInbox(account.name, sinks[account.name].connection),
        )
        for account in settings.open_accounts
        if account.commands
    )


async def read_mail(rooms: "tuple[MailReader, ...]") -> int:
    """Answer what waits in each; how many were answered. An account's trouble is logged and keeps nobody waiting."""
    answered = 0
    for room in rooms:
        try:
            answered += await room.read()
        except SinkError as error:
            log.warning("mail_not_read", account=room.post.account, why=str(error))
    return answered
