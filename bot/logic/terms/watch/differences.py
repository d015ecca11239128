"""Two versions of a document side by side, sentence by sentence, for people."""

from dataclasses import dataclass

from bot.logic.terms.read.sentences import split
from bot.logic.terms.read.wording import key, word_diff
from bot.logic.terms.watch.compare import REWORDED_IF_GONE
from bot.logic.terms.watch.memory import Memory
from bot.model import TermsSentence


@dataclass(frozen=True, slots=True)
class Difference:
    """One sentence that came, went or was reworded.

    old, new  None: there was none before, there is none now; never both
    words     reworded only: ("same" | "gone" | "new", words) in reading order
    """

    old: TermsSentence | None
    new: TermsSentence | None
    words: tuple[tuple[str, str], ...] = ()


def differences(before: str, after: str) -> tuple[Difference, ...]:
    """In the order of the newer version, then what is gone. Markup, spacing and dates alone are no difference."""
    old = {key(sentence.text): sentence for sentence in split(before)}
    new = {key(sentence.text): sentence for sentence in split(after)}
    gone = {said: sentence for said, sentence in old.items() if said not in new}
    memory = Memory(lambda text: True)
    memory.learn(gone.values())
    paired: set[str] = set()
    found: list[Difference] = []
    for said, sentence in new.items():
        if said in old:
            continue
        likest = memory.likest(said) if gone else None
        if likest and likest.share >= REWORDED_IF_GONE and likest.known.key not in paired:
            paired.add(likest.known.key)
            was = likest.known.sentence
            found.append(Difference(was, sentence, word_diff(was.text, sentence.text)))
        else:
            found.append(Difference(None, sentence))
    left = (Difference(sentence, None) for said, sentence in gone.items() if said not in paired)
    return (*found, *left)
