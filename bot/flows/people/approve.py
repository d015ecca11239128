"""approve: who decides for a server whether a story goes out there, and what goes by itself when nobody does."""

from dataclasses import dataclass

import structlog

from bot.flows.memory import Store
from bot.logic.messages.approval import card_id, decided_card
from bot.logic.text.inert import clean
from bot.model import Approval, Decision
from bot.ports import Clock
from bot.words import words

log = structlog.get_logger()

LONGEST_HEADLINE = 240


@dataclass(frozen=True, slots=True)
class ServerDecision:
    """What somebody decided.

    by, name  platform user id, and how people call them
    headline  in the place of the composed one; None: as it is
    """

    decision: Decision
    by: str | None = None
    name: str = ""
    headline: str | None = None


async def decide(
    store: Store, clock: Clock, server: str, story_id: str, n: int, word: ServerDecision
) -> bool:
    """Let an edition go out at a server, or not. Safe to run again: the first word stands.

    False: it was decided before, or that server was never asked. Raises StoreError.
    """
    asked = await store.approval(server, story_id, n)
    if asked is None or asked.decision is not None:
        return False
    now = clock.now()
    headline = clean(word.headline or "")[:LONGEST_HEADLINE] or None
    decided = Approval(server, story_id, n, asked.asked_at, word.decision, word.by, now, headline)
    card = await store.composed(card_id(server, story_id), n)
    if card is not None:
        say = words((await store.server(server)).lang)
        card = decided_card(card, decided, word.name, say)
    if not await store.decide(decided, card, now):
        return False
    log.info("story_decided", server=server, story=story_id, edition=n, decision=word.decision.value)
    return True


async def release(store: Store, clock: Clock) -> int:
    """Let go what waited as long as its server allows; how many stories. Safe to run again. Raises StoreError."""
    released = 0
    for waiting in await store.overdue_approvals(clock.now()):
        word = ServerDecision(Decision.RELEASED)
        released += await decide(store, clock, waiting.server, waiting.story_id, waiting.n, word)
    return released
