"""label: an operator says of one entry after another whether it is our subject; what was said can be exported."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.flows.news.memory import LabelMemory
from bot.model import Entry, JudgedEntry, Label, LabelledEntry, Topic
from bot.ports import Clock

SuggestTopic = Callable[[Entry], Topic]
"""The topic that an entry would have if it were our subject."""

TOPICS = tuple(Topic)


class Step(StrEnum):
    """What an operator can do besides answering."""

    SKIP = "skip"
    UNDO = "undo"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class LabelAnswer:
    """An answer: `topic` None means the suggested one when relevant."""

    relevant: bool
    topic: Topic | None = None
    doubt: bool = False


def parse_answer(text: str) -> LabelAnswer | Step | None:
    """What somebody typed; None: nothing that is known.

    y, n, a topic by number (1 to 10), name or the beginning of its name; s, u, q. A "?" behind an answer: with doubt.
    """
    word = text.strip().lower()
    doubt = word.endswith("?")
    word = word.rstrip("? ")
    for step in Step:
        if word and not doubt and step.startswith(word):
            return step
    if word in ("y", "yes"):
        return LabelAnswer(True, None, doubt)
    if word in ("n", "no"):
        return LabelAnswer(False, None, doubt)
    topic = _topic(word)
    return None if topic is None else LabelAnswer(True, topic, doubt)


def _topic(word: str) -> Topic | None:
    if word.isascii() and word.isdigit() and 1 <= int(word) <= len(TOPICS):
        return TOPICS[int(word) - 1]
    meant = [topic for topic in TOPICS if len(word) >= 2 and topic.startswith(word)]
    return meant[0] if len(meant) == 1 else None


@dataclass
class Labelling:
    """One session: a queue of undecided entries, and what was said so far.

    asked_by  who answers, kept with every label
    """

    memory: LabelMemory
    clock: Clock
    suggest: SuggestTopic
    asked_by: str
    queue: Sequence[JudgedEntry]
    place: int = 0
    given: dict[int, Label] = field(default_factory=dict)

    @property
    def present(self) -> JudgedEntry | None:
        """What is asked about now; None: everything was shown."""
        return self.queue[self.place] if self.place < len(self.queue) else None

    @property
    def suggested(self) -> Topic | None:
        """What "y" would take as topic."""
        judged = self.present
        return None if judged is None else judged.verdict.topic or self.suggest(judged.entry)

    async def answer(self, said: LabelAnswer) -> Label:
        """Record it, and go on to the next entry. Raises StoreError; AssertionError when nothing is asked."""
        judged = self.present
        assert judged is not None, "nothing is asked about"
        label = Label(
            entry_id=judged.entry.id,
            relevant=said.relevant,
            topic=(said.topic or self.suggested) if said.relevant else None,
            doubt=said.doubt,
            labelled_by=self.asked_by,
            labelled_at=self.clock.now(),
        )
        await self.memory.save_label(label)
        self.given[judged.entry.id] = label
        self.place += 1
        return label

    def skip(self) -> None:
        """Go on without an answer; another session will ask again."""
        self.place += 1

    async def undo(self) -> bool:
        """Back to the entry before, its answer taken back; False: there is none before."""
        if self.place == 0:
            return False
        self.place -= 1
        before = self.queue[self.place].entry.id
        if self.given.pop(before, None) is not None:
            await self.memory.remove_label(before)
        return True


async def open_labelling(
    memory: LabelMemory, clock: Clock, suggest: SuggestTopic, asked_by: str, *, line: float, limit: int
) -> Labelling:
    """A session over the `limit` undecided entries whose score is nearest `line`. Raises StoreError."""
    return Labelling(memory, clock, suggest, asked_by, await memory.undecided(line, limit))


def exported(labelled: Sequence[LabelledEntry]) -> Iterator[dict[str, object]]:
    """Labelled lines as `smallprint eval` and `smallprint fit` read them, ready for json.dumps.

    Platforms and event are null: nobody was asked about them, and our own guess would only confirm itself.
    """
    for held in labelled:
        entry, label = held.judged.entry, held.label
        yield {
            "id": f"entry-{entry.id}",
            "title": entry.title,
            "url": entry.url,
            "outlet": entry.outlet.name,
            "date": entry.happened_at.isoformat(),
            "relevance": int(label.relevant),
            "topic": label.topic.value if label.topic else None,
            "platforms": None,
            "event_id": None,
            "doubt": label.doubt,
            "neg_reason": None,
            "story": entry.story_id,
            "text": "\n".join(part for part in (entry.summary, entry.page_text) if part),
            "categories": list(entry.categories),
            "lang": entry.lang,
            "labelled_by": label.labelled_by,
            "labelled_at": label.labelled_at.isoformat(),
        }
