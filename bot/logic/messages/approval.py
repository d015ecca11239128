"""The card that asks a server's people whether a story goes out."""

from dataclasses import replace

from bot.logic.text.inert import clean
from bot.model import Approval, Decision, Message, MessageKind
from bot.ports import Say

_PREFIX = "card"


def card_of(message: Message, server: str) -> Message:
    """The story's message as a card for the people of one server."""
    story_id = card_id(server, message.story_id)
    return replace(message, story_id=story_id, mark=f"{story_id}-{message.n}", kind=MessageKind.APPROVAL)


def card_id(server: str, story_id: str) -> str:
    """Under which id a server's card about a story is kept; its `n` is the story's."""
    return f"{_PREFIX}-{server}-{story_id}"


def decided_card(card: Message, decided: Approval, who: str, say: Say) -> Message:
    """The card as it reads once somebody decided, or nobody in time; its buttons are gone by that.

    who  the decider's name, for people; empty: nobody
    """
    told = {
        Decision.APPROVED: "approval-approved",
        Decision.SKIPPED: "approval-skipped",
        Decision.RELEASED: "approval-released",
    }
    assert decided.decision is not None
    key = told[decided.decision]
    words = say(key) if decided.decision is Decision.RELEASED else say(key, who=clean(who)[:80] or "?")
    headline = decided.headline or card.headline
    return replace(card, decision=words, headline=headline, revision=card.revision + 1)


def asked_of(card: Message) -> tuple[str, str, int]:
    """Server id, story id and edition that a card asks about. Raises ValueError for a message that is not a card."""
    prefix, _, rest = card.story_id.partition("-")
    server, _, story_id = rest.partition("-")
    if prefix != _PREFIX or not server or not story_id:
        raise ValueError(f"{card.story_id} is not a card's id")
    return server, story_id, card.n
