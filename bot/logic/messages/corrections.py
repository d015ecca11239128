"""What a message says after it proved wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.model import DigestItem, Message, MessageKind, Revision


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be said instead, and why. None: that part stays as it is.

    n       the edition whose words change; every post of the story says what was wrong
    reason  what was wrong, one sentence for readers
    """

    story_id: str
    reason: str
    n: int = 1
    headline: str | None = None
    what: str | None = None
    quote: str | None = None


def corrected(messages: Sequence[Message], correction: Correction) -> tuple[Revision, ...]:
    """A revision of every message about the story: its own, its cards and reminders, and the digests that hold it."""
    made = []
    for message in messages:
        newer = _corrected(message, correction)
        if newer is not None:
            made.append(Revision(newer, message))
    return tuple(made)


def restored(message: Message, former: Message, reason: str) -> Revision:
    """The revision that takes the latest correction back: the former words, and why they are back."""
    newer = replace(
        former,
        revision=message.revision + 1,
        correction=reason,
        sources=message.sources,
        developing=message.developing,
    )
    return Revision(newer, message)


def _corrected(message: Message, correction: Correction) -> Message | None:
    next_revision = message.revision + 1
    if message.kind is MessageKind.DIGEST:
        if not any(item.story_id == correction.story_id for item in message.items):
            return None
        items = tuple(_item(item, correction) for item in message.items)
        return replace(message, items=items, correction=correction.reason, revision=next_revision)
    # A card asks whether the story goes out as it is now; nobody has read what was wrong.
    reason = "" if message.kind is MessageKind.APPROVAL else correction.reason
    newer = replace(message, correction=reason, revision=next_revision)
    is_own = message.story_id == correction.story_id
    if message.n != correction.n and is_own:
        return newer
    quote = correction.quote if message.kind is not MessageKind.REMINDER else None
    return replace(
        newer,
        headline=_or(correction.headline, message.headline),
        what=_or(correction.what, message.what),
        quote=_or(quote, message.quote),
        # Other words are not known to be anybody's.
        speaker=message.speaker if quote is None or quote == message.quote else "",
    )


def _item(item: DigestItem, correction: Correction) -> DigestItem:
    if item.story_id != correction.story_id or item.n != correction.n:
        return item
    return replace(
        item, headline=_or(correction.headline, item.headline), what=_or(correction.what, item.what)
    )


def _or(newer: str | None, older: str) -> str:
    return older if newer is None else newer
