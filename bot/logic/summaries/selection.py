"""A summary in the making: lines are added while room and each outlet's share last."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from bot.logic.summaries.lines import (
    Line,
    added_attribution,
    again_attribution,
    attribution,
    begins_aside,
    content_stems,
    overlap,
    plain,
    quoted_parts,
)
from bot.logic.summaries.quotations import QuotedWords
from bot.logic.text.words import word_set
from bot.model import Sentence

MOST_CHARACTERS = 350  # of all sentences together, attribution included
MOST_WORDS_AN_OUTLET = 60  # quotation included
SAME = 0.5  # two lines that share so much of their words tell the same
_NEW = 0.5  # of a further line's words must be new
_ADDS = 0.55  # the same where another outlet begins to speak: it must be worth its name
_MOST_LINES = 3
_MOST_ASIDES = 2
_ENOUGH = 0.55  # a line of what happened that weighs less tells too little to stand there
_ENOUGH_ASIDE = 0.2  # the same for an answer, or for what can be done
_ENOUGH_QUOTED = 0.9
_TRIED = 5
_ASIDES_TRIED = 15
_PART_WORDS = 4


# Known from the headline if that names the one company that the story is about.
_COMPANY = word_set("company platform service firm startup start-up streamer site label")
_ASIDE_WORTH = 0.45  # of an answer, or of something to do, against a more telling first line

Wanted = Callable[[str], bool]


class Role(Enum):
    """The parts of a summary, in the order in which they are read."""

    WHAT = auto()
    ANSWER = auto()
    OPEN = auto()
    TO_DO = auto()


@dataclass(frozen=True, slots=True)
class Weighed:
    """A line and how much it tells."""

    line: Line
    weight: float


class Selection:
    """Lines chosen so far. `ranked` holds all there are, the most telling first; `title` the headline's stems.

    subject  the story is about one company and the headline names it: "the company" is then known
    room     characters of all sentences together, attribution included
    """

    def __init__(
        self,
        ranked: Sequence[Weighed],
        title: frozenset[str],
        *,
        subject: bool = False,
        room: int = MOST_CHARACTERS,
    ) -> None:
        self._ranked, self._title, self._subject, self._room = tuple(ranked), title, subject, room
        self._chosen: list[tuple[Role, Line]] = []
        self._quoted: QuotedWords | None = None

    def open_with(
        self, quotations: Sequence[QuotedWords], wanted: Mapping[Role, Wanted]
    ) -> QuotedWords | None:
        """Choose the first line, a quotation and one line for each role wanted that go together best.

        Returns the quotation; None: none fits.
        """
        firsts = [
            w
            for w in self._ranked
            if w.weight >= _ENOUGH and self._stands(w.line) and self._fits(Role.WHAT, w.line)
        ]
        if all(self._is_to_do(w, wanted) for w in firsts):
            firsts = []  # the headline tells what happened, and this belongs under its own name
        pairs: list[tuple[Weighed | None, QuotedWords | None]] = [
            (w, said)
            for w in firsts[:_TRIED]
            for said in (*(q for q in quotations[:_TRIED] if q.weight >= _ENOUGH_QUOTED), None)
            if _go_together(w.line, said)
        ]
        asides = {role: self._asides(is_wanted)[:_ASIDES_TRIED] for role, is_wanted in wanted.items()}
        best: tuple[float, list[tuple[Role, Line]], QuotedWords | None] | None = None
        for first, said in pairs or [(None, quotations[0] if quotations else None)]:
            self._chosen, self._quoted = ([(Role.WHAT, first.line)] if first else []), said
            worth = 0.5 * said.weight if said else 0.0
            for role, lines in asides.items():
                worth += _ASIDE_WORTH * self._add_first(role, lines)
            if first and (Role.WHAT, first.line) in self._chosen:  # it may have made room
                worth += first.weight
            if best is None or worth > best[0]:
                best = worth, self._chosen, said
        if best is not None:
            _, self._chosen, self._quoted = best
        return self._quoted

    @staticmethod
    def _is_to_do(weighed: Weighed, wanted: Mapping[Role, Wanted]) -> bool:
        return Role.TO_DO in wanted and wanted[Role.TO_DO](weighed.line.text)

    def add_one(self, role: Role, wanted: Wanted) -> None:
        """The first line of this sort that says something new and fits beside what stands; none is better than a poor one."""
        if sum(held is role for held, _ in self._chosen) >= _MOST_ASIDES:
            return
        self._add_first(role, [line for line in self._asides(wanted) if not self._would_copy(line)])

    def _asides(self, wanted: Wanted) -> list[Line]:
        return [w.line for w in self._ranked if w.weight >= _ENOUGH_ASIDE and wanted(w.line.text)]

    def _add_first(self, role: Role, lines: Sequence[Line]) -> bool:
        fitting = [
            line for line in lines if self._stands(line) and self._is_new(line) and self._fits(role, line)
        ]
        if not fitting:
            return False
        chosen = next((line for line in fitting if not self._would_copy(line)), None)
        if chosen is None:
            # Room is made where the headline tells what happened: what can be done stands nowhere else.
            chosen = fitting[0]
            mine = [line for _, line in self._chosen if line.entry is chosen.entry]
            if any(overlap(line.stems, self._title) <= SAME for line in mine):
                return False
            self._chosen = [(held, line) for held, line in self._chosen if line.entry is not chosen.entry]
        self._chosen = [*self._chosen, (role, chosen)]
        return True

    def fill(self) -> None:
        """What else happened, as far as it goes: what the first line lacks."""
        for weighed in self._ranked:
            line = weighed.line
            told = sum(role is Role.WHAT for role, _ in self._chosen)
            if told == 0 or told >= _MOST_LINES or weighed.weight < _ENOUGH:
                return
            if not self._stands(line) or not self._is_new(line) or self._would_copy(line):
                continue
            if begins_aside(line.text):
                continue
            if self._fits(Role.WHAT, line) and not self._only_confirms(line):
                self._chosen = [*self._chosen, (Role.WHAT, line)]

    def _only_confirms(self, line: Line) -> bool:
        """Whether a further outlet puts in its own words what is told already."""
        told = [other for _, other in self._chosen]
        if any(other.entry.outlet.name == line.entry.outlet.name for other in told):
            return False
        known = self._title.union(*(other.stems for other in told))
        return len(line.stems - known) < _ADDS * len(line.stems)

    def sentences(self) -> dict[Role, tuple[Sentence, ...]]:
        """The lines by role, by outlet as chosen, within an entry as written, each with whose words they are.

        An answer alone is what happened.
        """
        roles = {role for role, _ in self._chosen}
        if Role.ANSWER in roles and roles <= {Role.ANSWER, Role.OPEN}:
            self._chosen = [(Role.WHAT if role is Role.ANSWER else role, line) for role, line in self._chosen]
        return _attributed(self._chosen)

    # ------------------------------------------------------------ what may stand

    def _stands(self, line: Line) -> bool:
        """It can be understood here: alone, after the headline, or after the sentence that stands before it."""
        if not line.leans or (self._subject and line.leans.split()[0] in _COMPANY):
            return True
        if any(
            other.entry is line.entry and other.is_teaser == line.is_teaser and other.place == line.place - 1
            for role, other in self._chosen
            if role is Role.WHAT
        ):
            return True
        return line.leans != "he" and bool(content_stems(line.leans) & self._title)

    def _is_new(self, line: Line) -> bool:
        told = [other.stems for _, other in self._chosen]
        if self._quoted is not None and _repeats(line, self._quoted):
            return False
        if any(overlap(line.stems, stems) > SAME for stems in told):
            return False
        known = self._title.union(*told)
        return not told or len(line.stems - known) >= _NEW * len(line.stems)

    def _fits(self, role: Role, line: Line) -> bool:
        told = [*self._chosen, (role, line)]
        texts = [s.text for part in _attributed(told).values() for s in part]
        if len(" ".join(texts)) > self._room:
            return False
        outlet = line.entry.outlet.name
        spent = Counter({outlet: line.count})
        for _, other in self._chosen:
            spent[other.entry.outlet.name] += other.count
        if self._quoted is not None:
            spent[self._quoted.entry.outlet.name] += len(self._quoted.text.split())
        return spent[outlet] <= MOST_WORDS_AN_OUTLET

    def _would_copy(self, line: Line) -> bool:
        """Whether this completes a first paragraph, or a teaser, of several sentences, word for word."""
        if line.paragraph > 0 or line.size < 2:
            return False
        mine = [o for _, o in self._chosen if o.entry is line.entry and o.paragraph == line.paragraph]
        return len(mine) + 1 >= line.size


def _repeats(line: Line, said: QuotedWords) -> bool:
    """Whether a line tells what is quoted anyway, whole or in part."""
    quoted = plain(said.text)
    if quoted in plain(line.text) or overlap(line.stems, content_stems(said.text)) > SAME:
        return True
    parts = (plain(part.strip(" ,.")) for part in quoted_parts(line.text))
    return any(len(part.split()) >= _PART_WORDS and part in quoted for part in parts)


def _go_together(line: Line, said: QuotedWords | None) -> bool:
    if said is None:
        return True
    if _repeats(line, said):
        return False
    same = said.entry.outlet.name == line.entry.outlet.name
    return not same or line.count + len(said.text.split()) <= MOST_WORDS_AN_OUTLET


def _attributed(chosen: Sequence[tuple[Role, Line]]) -> dict[Role, tuple[Sentence, ...]]:
    """Each outlet is introduced once; where several speak, a further part says again whose words it begins with.

    What stays open always says whose words it holds: it must not pass for the bot's own doubt.
    """
    outlets = list(dict.fromkeys(line.entry.outlet.name for _, line in chosen))
    introduced: set[str] = set()
    parts: dict[Role, tuple[Sentence, ...]] = {}
    for role in Role:
        told: list[Sentence] = []
        last = ""
        for line in sorted(
            (line for held, line in chosen if held is role), key=lambda each: _order(each, outlets)
        ):
            name = line.entry.outlet.name
            front = ""
            if role is Role.WHAT and name not in introduced:
                front = added_attribution(line.entry) if introduced else attribution(line.entry)
            elif name not in introduced and not introduced and role is not Role.OPEN:
                front = attribution(line.entry)
            elif name not in introduced or (name != last and (len(outlets) > 1 or role is Role.OPEN)):
                front = again_attribution(line.entry)
            told.append(Sentence(front + line.text, line.entry.id))
            introduced.add(name)
            last = name
        parts[role] = tuple(told)
    return parts


def _order(line: Line, outlets: Sequence[str]) -> tuple[date, int, int, bool, int]:
    # What happened first is told first; of one day the most telling outlet.
    return (
        line.entry.happened_at.date(),
        outlets.index(line.entry.outlet.name),
        line.entry.id,
        not line.is_teaser,
        line.place,
    )
