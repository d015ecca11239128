"""Whether a subscription wants a story: the one filter behind posts, digests, reminders, `/test` and the command line."""

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.model import Message, Story, StoryView, Subscription, Topic

# Beyond this code point come scripts whose marks make other letters, not accented ones (か and が).
_LAST_ACCENTED = 0x04FF
# Scripts written without spaces between words: there a phrase is looked for anywhere.
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")


@dataclass(frozen=True, slots=True)
class Subject:
    """One edition of a story as filters see it.

    topics  of the story, and the second one of the entry that leads it
    text    folded words of headline, summary and entries, each with a space before and after
    """

    story: Story
    topics: frozenset[Topic]
    n: int
    text: str


def subject_of(view: StoryView, n: int, message: Message | None = None) -> Subject:
    """What filters look at: the story's title, what its entries say in their feeds, and the message where there is one."""
    texts = [view.story.title]
    texts += [text for judged in view.entries for text in (judged.entry.title, judged.entry.summary)]
    if message is not None:
        texts += [message.headline, message.what, message.quote, message.other_side, message.to_do]
    # A line end folds to one space, an empty text to two: no phrase reaches from one text into the next.
    return Subject(view.story, topics_of(view), n, "  ".join(folded(text) for text in texts))


def topics_of(view: StoryView) -> frozenset[Topic]:
    """The story's topic, and the second act that the entry which leads it reports."""
    also = {judged.verdict.also_topic for judged in view.entries if judged.entry.id == view.story.lead_id}
    return frozenset({view.story.topic, *(topic for topic in also if topic is not None)})


def is_wanted(subscription: Subscription, subject: Subject) -> bool:
    """Whether the subscription asks for this edition. A paused one asks for nothing.

    None of platforms, topics or words to include named means any. Who follows a story gets its updates, not its first telling.
    """
    if subscription.paused_at is not None:
        return False
    story = subject.story
    if subscription.story_id is not None and (subscription.story_id != story.id or subject.n < 2):
        return False
    if subscription.topics and not subject.topics & subscription.topics:
        return False
    if subscription.platforms and not _names_any(story.platforms, subscription.platforms):
        return False
    return wants_words(subscription, subject.text)


def wants_words(subscription: Subscription, text: str) -> bool:
    """Whether folded text holds none of the words to exclude, and one of those to include if there are any."""
    if any(holds(text, phrase) for phrase in subscription.exclude):
        return False
    return not subscription.include or any(holds(text, phrase) for phrase in subscription.include)


def holds(text: str, phrase: str) -> bool:
    """Whether folded text holds the phrase as whole words; anywhere in scripts without spaces. A phrase of signs alone: no."""
    wanted = folded(phrase)
    if not wanted.strip():
        return False
    return (wanted.strip() if _is_unspaced(wanted) else wanted) in text


def folded(text: str) -> str:
    """Words without case, accents and signs, a space around each: "Beyoncé's AI-Deal" -> " beyonce s ai deal "."""
    letters: list[str] = []
    base = 0
    for char in unicodedata.normalize("NFKD", text.casefold()):
        if unicodedata.combining(char):
            if base > _LAST_ACCENTED:
                letters.append(char)
            continue
        base = ord(char)
        letters.append(char if char.isalnum() else " ")
    return f" {' '.join(unicodedata.normalize('NFC', ''.join(letters)).split())} "


def plain_name(name: str) -> str:
    """The name for comparing: "CD Baby" and "cdbaby" are one. A name of signs alone stays as it is."""
    small = name.casefold()
    return "".join(c for c in small if c.isalnum()) or small


def _names_any(names: Iterable[str], wanted: Collection[str]) -> bool:
    asked = {plain_name(name) for name in wanted}
    return any(plain_name(name) in asked for name in names)


def _is_unspaced(text: str) -> bool:
    return any(unicodedata.name(char, "").startswith(_UNSPACED) for char in text)
