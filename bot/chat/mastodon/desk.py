"""What answering works with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.flows.memory import Store
from bot.logic.mail.commands import Vocabulary
from bot.ports import Clock


class SayIn(Protocol):
    """Our own words: a phrase of the catalogue in a language, its places filled in."""

    def __call__(self, lang: str, key: str, /, **places: object) -> str: ...


@dataclass(frozen=True)
class MailAccount:
    """One of our accounts, as far as answering goes.

    lang          of its own words, for those whose language is none of ours
    alerts_a_day  most direct messages to one person; 0: it sends none
    """

    account: str
    lang: str
    alerts_a_day: int


@dataclass(frozen=True)
class MailDesk:
    """Everything that an answer may use.

    platforms  names as verdicts use them
    contact    how to reach whoever runs this copy; empty: not said
    """

    store: Store
    clock: Clock
    vocabulary: Vocabulary
    platforms: Sequence[str]
    say: SayIn
    contact: str = ""
