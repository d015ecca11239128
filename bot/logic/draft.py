"""A summary in the making: lines are added while room and each outlet's share last."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from bot.logic.quotations import Said
from bot.logic.telling import Line, attribution, content_stems, overlap, plain
from bot.model import Entry, Sentence

MOST_CHARACTERS = 350  # of all sentences together, attribution included
MOST_WORDS_AN_OUTLET = 60  # quotation included
SAME = 0.5  # two lines that share so much of their words tell the same
_NEW = 0.5  # of a further line's words must be new
_MOST_LINES = 3
_ENOUGH = 0.55  # a line of what happened that weighs less tells too little to stand there
_ENOUGH_ASIDE = 0.2  # the same for an answer, or for what can be done
_TRIED = 5


class Role(Enum):
    WHAT = auto()
    ANSWER = auto()
    TO_DO = auto()


@dataclass(frozen=True, slots=True)
class Weighed:
    """A line and how much it tells."""

    line: Line
    weight: float


class Draft:
    """Lines chosen so far. `ranked` holds all there are, the most telling first; `title` the headline's stems."""

    def __init__(self, ranked: Sequence[Weighed], title: frozenset[str], front: Entry) -> None:
        self._ranked, self._title, self._front = tuple(ranked), title, front
        self._chosen: list[tuple[Role, Line]] = []
        self._quoted: Said | None = None

    def open_with(self, quotations: Sequence[Said]) -> Said | None:
        """The best pair of a first line and a quotation that go together; None: no quotation fits."""
        firsts = [
            w
            for w in self._ranked
            if w.weight >= _ENOUGH and self._stands(w.line) and self._fits(Role.WHAT, w.line)
        ]
        pairs = [
            (w, said)
            for w in firsts[:_TRIED]
            for said in (*quotations[:_TRIED], None)
            if _go_together(w.line, said)
        ]
        if pairs:
            best, quoted = max(
                pairs, key=lambda pair: pair[0].weight + (0.5 * pair[1].weight if pair[1] else 0.0)
            )
            self._chosen.append((Role.WHAT, best.line))
            self._quoted = quoted
        elif quotations:
            self._quoted = quotations[0]
        return self._quoted

    def add_one(self, role: Role, wanted: Callable[[str], bool]) -> None:
        """The first line of this sort that says something new and fits; none is better than a poor one."""
        for weighed in self._ranked:
            line = weighed.line
            if weighed.weight < _ENOUGH_ASIDE:
                return
            if wanted(line.text) and self._stands(line) and self._is_new(line) and self._fits(role, line):
                if self._would_copy(line):
                    # The headline tells what happened; what can be done stands nowhere else.
                    self._chosen = [(held, o) for held, o in self._chosen if o.entry is not line.entry]
                self._chosen.append((role, line))
                return

    def fill(self) -> None:
        """What else happened, as far as it goes: what the first line lacks."""
        for weighed in self._ranked:
            line = weighed.line
            told = sum(role is Role.WHAT for role, _ in self._chosen)
            if told == 0 or told >= _MOST_LINES or weighed.weight < _ENOUGH:
                return
            if not self._stands(line) or not self._is_new(line) or self._would_copy(line):
                continue
            if self._fits(Role.WHAT, line):
                self._chosen.append((Role.WHAT, line))

    def sentences(self, role: Role) -> tuple[Sentence, ...]:
        """The lines of one role, by outlet as chosen, within an entry as written; an outlet is named once in a row."""
        return _attributed([line for held, line in self._chosen if held is role])

    # ------------------------------------------------------------ what may stand

    def _stands(self, line: Line) -> bool:
        """It can be understood here: alone, after the headline, or after the sentence that stands before it."""
        if not line.leans:
            return True
        if any(
            other.entry is line.entry and other.place == line.place - 1
            for role, other in self._chosen
            if role is Role.WHAT
        ):
            return True
        return line.leans != "he" and bool(content_stems(line.leans) & self._title)

    def _is_new(self, line: Line) -> bool:
        told = [other.stems for _, other in self._chosen]
        if self._quoted is not None and plain(self._quoted.text) in plain(line.text):
            return False
        if any(overlap(line.stems, stems) > SAME for stems in told):
            return False
        known = self._title.union(*told)
        return not told or len(line.stems - known) >= _NEW * len(line.stems)

    def _fits(self, role: Role, line: Line) -> bool:
        told = [*self._chosen, (role, line)]
        texts = [s.text for each in Role for s in _attributed([held for r, held in told if r is each])]
        if len(" ".join(texts)) > MOST_CHARACTERS:
            return False
        outlet = line.entry.outlet.name
        spent = Counter({outlet: line.count})
        for _, other in self._chosen:
            spent[other.entry.outlet.name] += other.count
        if self._quoted is not None:
            spent[self._quoted.entry.outlet.name] += len(self._quoted.text.split())
        return spent[outlet] <= MOST_WORDS_AN_OUTLET

    def _would_copy(self, line: Line) -> bool:
        """Whether this completes a first paragraph of several sentences, word for word."""
        if line.paragraph or line.size < 2:
            return False
        mine = [o for _, o in self._chosen if o.entry is line.entry and not o.paragraph]
        return len(mine) + 1 >= line.size


def _go_together(line: Line, said: Said | None) -> bool:
    if said is None:
        return True
    if plain(said.text) in plain(line.text):
        return False
    same = said.entry.outlet.name == line.entry.outlet.name
    return not same or line.count + len(said.text.split()) <= MOST_WORDS_AN_OUTLET


def _attributed(lines: Sequence[Line]) -> tuple[Sentence, ...]:
    outlets = list(dict.fromkeys(line.entry.outlet.name for line in lines))
    told: list[Sentence] = []
    last = ""
    for line in sorted(
        lines, key=lambda line: (outlets.index(line.entry.outlet.name), line.entry.id, line.place)
    ):
        name = line.entry.outlet.name
        told.append(
            Sentence(line.text if name == last else attribution(line.entry) + line.text, line.entry.id)
        )
        last = name
    return tuple(told)
