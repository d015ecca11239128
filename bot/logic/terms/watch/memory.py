"""Every sentence that a document ever held, and the one most like a new one."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from bot.logic.terms.read.wording import key, likeness
from bot.model import TermsSentence


@dataclass(frozen=True, slots=True)
class Known:
    """A remembered sentence with the form it is compared in."""

    sentence: TermsSentence
    key: str
    before: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much a sentence is like a remembered one. `share` 0 to 1."""

    known: Known
    share: float


_CANDIDATES = 12
_PART = 0.9  # a sentence that stands inside an old one, or was put together from old ones


@dataclass(slots=True)
class Memory:
    """Sentences by their text and by key.

    hints  whether a text may speak of AI; what a sentence is asked for must be so too
    Keys and word counts are made when first asked for: most comparisons meet their sentences letter by letter.
    """

    hints: Callable[[str], bool]
    _texts: set[str] = field(default_factory=set)
    _last: set[str] = field(default_factory=set)
    _went: set[str] = field(default_factory=set)
    _waiting: list[tuple[TermsSentence, str]] = field(default_factory=list)
    _others: list[tuple[TermsSentence, str]] = field(default_factory=list)
    _of_ai: list[Known] = field(default_factory=list)
    _known: dict[str, Known] = field(default_factory=dict)
    _counts: list[tuple[Known, Counter[str]]] = field(default_factory=list)
    _by_word: dict[str, list[int]] = field(default_factory=dict)

    def learn(self, version: Iterable[TermsSentence]) -> None:
        """One version of the document; versions are learnt oldest first."""
        before, texts = "", set()
        for sentence in version:
            texts.add(sentence.text)
            if sentence.text not in self._texts:
                self._waiting.append((sentence, before))
            before = sentence.text
        self._went |= self._last - texts
        self._texts |= texts
        self._last = texts

    def recall(self, known: Iterable[tuple[TermsSentence, str]], went: Iterable[str]) -> None:
        """Sentences of versions that were learnt in an earlier life, each with the one before it.

        went  texts of those that were gone from a later version
        """
        for sentence, before in known:
            if sentence.text not in self._texts:
                self._texts.add(sentence.text)
                self._waiting.append((sentence, before))
        self._went.update(went)

    def went_before(self, text: str) -> bool:
        """Whether it was there, was gone from a later version, and came back."""
        return text in self._went

    def holds_text(self, text: str) -> bool:
        """Whether it was there letter by letter."""
        return text in self._texts

    def holds(self, said: str) -> bool:
        """Whether a sentence of this key was ever there. Only for keys of sentences that may speak of AI."""
        self._sort_out()
        return said in self._known

    def _sort_out(self) -> None:
        for sentence, before in self._waiting:
            if self.may_speak_of_ai(sentence, before):
                known = self._take_in(sentence, before)
                self._of_ai.append(known)
            else:
                self._others.append((sentence, before))
        self._waiting = []

    def may_speak_of_ai(self, sentence: TermsSentence, before: str) -> bool:
        """By itself, through its list, or by leaning on the sentence before it."""
        return (
            self.hints(sentence.text)
            or (bool(sentence.stem) and self.hints(sentence.stem))
            or (bool(before) and self.hints(before))
        )

    def every_key(self) -> frozenset[str]:
        self._count()
        return frozenset(self._known)

    def of_ai(self) -> Sequence[Known]:
        """All that may speak of AI."""
        self._sort_out()
        return self._of_ai

    def _take_in(self, sentence: TermsSentence, before: str) -> Known:
        said = key(sentence.text)
        return self._known.setdefault(said, Known(sentence, said, before))

    def likest(self, said: str) -> Likeness | None:
        """The remembered sentence most like this key; None when none shares a word.

        Looks at the few that share most words: near-linear however much is remembered.
        """
        self._count()
        words = Counter(said.split())
        shared: Counter[int] = Counter()
        # The rarest words find the right ones; "the" would find everything.
        rare = sorted(
            (word for word in words if word in self._by_word), key=lambda word: len(self._by_word[word])
        )
        for word in rare[:16]:
            shared.update(self._by_word[word])
        best: Likeness | None = None
        for index, _ in shared.most_common(_CANDIDATES):
            known, counts = self._counts[index]
            share = likeness(words, counts)
            if share < _PART and _is_part(said, known.key):
                share = _PART
            if best is None or share > best.share:
                best = Likeness(known, share)
        return best

    def _count(self) -> None:
        self._sort_out()
        for sentence, before in self._others:
            self._take_in(sentence, before)
        self._others = []
        for known in list(self._known.values())[len(self._counts) :]:
            counts = Counter(known.key.split())
            for word in counts:
                self._by_word.setdefault(word, []).append(len(self._counts))
            self._counts.append((known, counts))


def _is_part(said: str, old: str) -> bool:
    """Whether the words of one stand together in the other: extracted anew, cut elsewhere."""
    short, long = sorted((said, old), key=len)
    # Short phrases stand in many sentences; and most of the longer one must be accounted for.
    return len(short) >= 30 and len(short) >= 0.6 * len(long) and f" {short} " in f" {long} "
