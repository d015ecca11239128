"""The card that asks a server's people whether a story goes out."""

from dataclasses import replace

from bot.model import Message, MessageKind

_PREFIX = "card"


def card_of(message: Message, server: str) -> Message:
    """The story's message as a card for the people of one server."""
    story_id = f"{_PREFIX}-{server}-{message.story_id}"
    return replace(message, story_id=story_id, mark=f"{story_id}-{message.n}", kind=MessageKind.APPROVAL)


def asked_of(card: Message) -> tuple[str, str, int]:
    """Server id, story id and edition that a card asks about. Raises ValueError for a message that is no card."""
    prefix, _, rest = card.story_id.partition("-")
    server, _, story_id = rest.partition("-")
    if prefix != _PREFIX or not server or not story_id:
        raise ValueError(f"{card.story_id} is no card's id")
    return server, story_id, card.n
