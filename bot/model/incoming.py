"""What people write to the bot outside of commands that a platform brings by itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message to us.

    id           of the notification; a key, not always a number
    account      which of our accounts it was written to
    sender_id    stable on that server; the only thing to go by when it matters who asks
    sender       as it is addressed there, "@ana@far.example"
    status_id    of the message itself; empty: it is gone, and cannot be answered
    reply_to     id of the status that it answers; None: none
    text         plain, mentions still in it
    is_private   written to us alone: nobody else reads it or is named in it
    is_bot       the sender is marked as automated
    lang         as the sender's client says, ISO 639-1; None: it does not
    """

    id: str
    account: str
    sender_id: str
    sender: str
    status_id: str
    reply_to: str | None
    text: str
    is_private: bool
    is_bot: bool
    lang: str | None


@dataclass(frozen=True, slots=True)
class Reply:
    """What we answer, to the sender alone. `key` is the same whenever this answer is tried."""

    text: str
    lang: str
    key: str
