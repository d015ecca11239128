"""An account that answers people: the real Mastodon.py against a server, a real store, a clock that a test moves."""

from dataclasses import dataclass
from pathlib import Path

from bot.chat.mastodon.desk import MailAccount, MailDesk
from bot.chat.mastodon.mail import MailReader
from bot.flows.memory import Store
from bot.logic.mail.commands import build_vocabulary
from bot.ports import Clock
from bot.settings.platforms import load_platforms
from bot.sinks.mastodon.connection import Connection, connect
from bot.sinks.mastodon.inbox import MastodonInbox
from bot.words import say

PLATFORMS, _ = load_platforms(Path(__file__).parents[3] / "config" / "platforms.toml")
VOCABULARY = build_vocabulary(PLATFORMS)


@dataclass(eq=False)
class Reader:
    """One account's mail room, and what it is made of."""

    room: MailReader
    connection: Connection


def a_reader(
    base_url: str,
    token: str,
    store: Store,
    clock: Clock,
    *,
    account: str = "alice",
    alerts_a_day: int = 3,
    timeout_seconds: float = 20.0,
) -> Reader:
    """As a new process would make it."""
    connection = connect(
        base_url, token, user_agent="Smallprint/test", timeout_seconds=timeout_seconds, now=clock.now
    )
    desk = MailDesk(
        store=store,
        clock=clock,
        vocabulary=VOCABULARY,
        platforms=[entity.name for entity in PLATFORMS if entity.reported],
        say=say,
        contact="https://operator.example",
    )
    return Reader(
        MailReader(desk, MailAccount(account, "en", alerts_a_day), MastodonInbox(account, connection)),
        connection,
    )
