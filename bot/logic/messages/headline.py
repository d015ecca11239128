"""What all renderings share: how a headline tells which turn this is, and whose words a quotation holds."""

from bot.logic.text.inert import clean
from bot.model import Message, MessageKind, Turn

TURNS = {
    Turn.DENIAL: "denial",
    Turn.CLARIFICATION: "clarification",
    Turn.REVERSAL: "reversal",
    Turn.RULING: "ruling",
    Turn.SETTLEMENT: "settlement",
    Turn.NEW_TEXT: "new wording",
    Turn.EFFECT_DATE: "date set",
    Turn.APOLOGY: "apology",
    Turn.REFUSAL: "refusal",
    Turn.MOTION: "motion",
    Turn.HEARING: "hearing",
    Turn.APPEAL: "appeal",
    Turn.AMENDED: "amended claim",
    Turn.VOTE: "vote",
    Turn.TAKEDOWN: "takedown",
    Turn.REACTION: "reaction",
}
DEVELOPING = "Developing: one outlet so far."
OTHER_SIDE = "The other side"
STILL_OPEN = "Still open"
TO_DO = "What you can do"
# What stands before a quotation without a speaker: it is from the text that the story is about, a clause or a bill.
WORDING = "The wording"

_PAIRS = {"“": "”", '"': '"', "«": "»", "„": "“", "‘": "’", "'": "'", "”": "”"}


def prefix(message: Message) -> str:
    """What a headline begins with, in plain words: "Update (denial): ", "Correction: "; "" for a first telling."""
    if message.kind is MessageKind.CORRECTION or message.turn is Turn.CORRECTION:
        return "Correction: "
    if message.kind is not MessageKind.UPDATE:
        return ""
    word = TURNS.get(message.turn) if message.turn else None
    return f"Update ({word}): " if word else "Update: "


def headline(message: Message) -> str:
    """The headline as it is shown, not yet made inert; the topic where a story has none."""
    return prefix(message) + (clean(message.headline) or clean(message.topic_label))


def bare_quote(message: Message) -> str:
    """The quoted words in one line, without the marks around them; "" if there are none."""
    text = clean(message.quote)
    while len(text) > 1 and _PAIRS.get(text[0]) == text[-1] and text[0] not in text[1:-1]:
        text = text[1:-1].strip()
    return text


def subject(message: Message, most: int = 4) -> str:
    """ "SoundCloud, Spotify · Terms and training": at most `most` platforms by name."""
    named = [name for name in map(clean, message.platforms[:most]) if name]
    more = len(message.platforms) - most
    if more > 0:
        named.append(f"{more} more")
    return " · ".join(part for part in (", ".join(named), clean(message.topic_label)) if part)
