"""What a reader gets of a story: a few attributed sentences from its sources, one quotation, the links."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from bot.logic.acts import acts_in
from bot.logic.edition import lead_rank
from bot.logic.quotations import Said, quotations
from bot.logic.telling import Line, attribution, content_stems, lines, overlap, plain
from bot.logic.text import clean_title, words
from bot.logic.voices import is_answer, is_to_do
from bot.model import Edition, EditionKind, Entry, JudgedEntry, Link, Quotation, Sentence, StoryView, Summary

MOST_CHARACTERS = 350  # of all sentences together, attribution included
MOST_WORDS_AN_OUTLET = 60  # quotation included
_MOST_ENTRIES = 6
_MOST_LINES = 3
_ENOUGH = 0.55  # a line that scores less tells too little to stand there
_SAME = 0.5  # two lines that share so much of their words tell the same


@dataclass
class _Budget:
    """What may still be told: characters in all, words of each outlet."""

    characters: int = MOST_CHARACTERS
    words: Counter[str] = field(default_factory=Counter)

    def takes(self, text: str, outlet: str, count: int) -> bool:
        return len(text) <= self.characters and self.words[outlet] + count <= MOST_WORDS_AN_OUTLET

    def spend(self, text: str, outlet: str, count: int) -> None:
        self.characters -= len(text) + 1
        self.words[outlet] += count


def summarise(view: StoryView, edition: Edition) -> Summary:
    """The extractive, attributed summary of one edition. Pure; every sentence points to its entry.

    An update begins with what its own entry says, and takes headline and address from it.
    Sentences are at most 350 characters together, at most 60 words are one outlet's; the rest may be empty.
    """
    told = _entries_to_tell(view, edition)
    front = told[0].entry
    headline = clean_title(front.title, front.outlet.name)
    held = [line for judged in told for line in lines(judged)]
    names = frozenset(w for name in view.story.platforms for w in content_stems(name))
    budget = _Budget()

    quotation = _quotation(told, view, headline)
    if quotation:
        budget.words[quotation.entry.outlet.name] += len(quotation.text.split())
    free = [line for line in held if quotation is None or plain(quotation.text) not in plain(line.text)]
    ranked = sorted(free, key=lambda line: -_weight(line, headline, names, front))
    what = _what(ranked, headline, names, front, budget)
    taken = [line.stems for line in _lines_of(what, ranked)]
    other_side = _one(ranked, is_answer, taken, budget)
    to_do = _one(ranked, is_to_do, [*taken, *(content_stems(s.text) for s in other_side)], budget)
    if not what:
        what = _headlines_only(told, budget)
    return Summary(
        headline=headline,
        url=front.url or "",
        what=what,
        quotation=Quotation(quotation.text, quotation.speaker, quotation.entry.id) if quotation else None,
        other_side=other_side,
        to_do=to_do,
        sources=_sources(told, view),
        lang=front.lang,
        developing=len({judged.entry.outlet.name for judged in view.entries}) == 1,
    )


# ---------------------------------------------------------------- whose words


def _entries_to_tell(view: StoryView, edition: Edition) -> list[JudgedEntry]:
    """Entries worth telling from, the one whose headline is shown first; only what had arrived by this edition."""
    cause = next((j for j in view.entries if j.entry.id == edition.entry_id), None)
    ranked = sorted(view.entries, key=lead_rank)
    if edition.kind is not EditionKind.FIRST and cause is not None:
        since = [j for j in ranked if j is not cause and j.entry.id > cause.entry.id]
        return [cause, *since][:_MOST_ENTRIES]
    lead = next((j for j in ranked if j.entry.id == view.story.lead_id), ranked[0])
    turned = min((e.entry_id for e in view.editions if e.n > 1), default=None)
    others = [j for j in ranked if j is not lead and (turned is None or j.entry.id < turned)]
    return [lead, *others][:_MOST_ENTRIES]


def _sources(told: Sequence[JudgedEntry], view: StoryView) -> tuple[Link, ...]:
    """One link an outlet, the one told first in front."""
    links: dict[str, Link] = {}
    for judged in (*told, *sorted(view.entries, key=lead_rank)):
        entry = judged.entry
        if entry.url:
            links.setdefault(entry.outlet.name, Link(entry.outlet.name, entry.url))
    return tuple(links.values())


# ---------------------------------------------------------------- sentences


def _weight(line: Line, headline: str, names: frozenset[str], front: Entry) -> float:
    """How much a line tells: who did what, with figures and names, early in its text, beyond the headline."""
    title = content_stems(headline)
    shared = len(line.stems & title)
    weight = 0.9 / (1 + 0.35 * line.place)
    weight += 0.12 * min(4, shared) + (0.3 if line.stems & names else 0.0)
    weight += 0.12 * min(3, len(acts_in(line.text)))
    weight += 0.15 * min(2, sum(w[0].isdigit() for w in words(line.text)))
    weight += 0.25 if line.entry.id == front.id else 0.0
    weight -= 0.5 if shared >= 4 and overlap(line.stems, title) > 0.85 else 0.0
    weight -= 0.35 if line.leans else 0.0
    weight -= 0.3 if line.whole else 0.0
    weight -= 0.003 * max(0, len(line.text) - 170)
    weight -= 0.2 if line.entry.outlet.tier > 2 else 0.0
    if shared < 2 and not line.stems & names:
        weight -= 0.6
    return weight


def _what(
    ranked: Sequence[Line], headline: str, names: frozenset[str], front: Entry, budget: _Budget
) -> tuple[Sentence, ...]:
    """Up to three lines: the best that stands alone, then what the others add."""
    chosen: list[Line] = []
    for line in ranked:
        if len(chosen) == _MOST_LINES or _weight(line, headline, names, front) < _ENOUGH:
            break
        if line.leans or any(overlap(line.stems, other.stems) > _SAME for other in chosen):
            continue
        if _copies_paragraph([*chosen, line], ranked):
            continue
        before = any(other.entry.outlet.name == line.entry.outlet.name for other in chosen)
        text = line.text if before else attribution(line.entry) + line.text
        # Room is kept for the other side and for what can be done: two lines here may not eat it all.
        if (chosen and len(text) > budget.characters - 110) or not budget.takes(
            text, line.entry.outlet.name, line.count
        ):
            continue
        budget.spend(text, line.entry.outlet.name, line.count)
        chosen.append(line)
    return _attributed(_in_order(chosen))


def _copies_paragraph(chosen: Sequence[Line], ranked: Sequence[Line]) -> bool:
    """Whether these lines are a first paragraph of several sentences, whole."""
    entry_id = chosen[-1].entry.id
    mine = {line.place for line in chosen if line.entry.id == entry_id and line.paragraph == 0}
    first = {line.place for line in ranked if line.entry.id == entry_id and line.paragraph == 0}
    return len(first) > 1 and mine == first


def _in_order(chosen: Sequence[Line]) -> list[Line]:
    """By outlet as chosen, within an entry as it was written."""
    outlets = list(dict.fromkeys(line.entry.outlet.name for line in chosen))
    return sorted(chosen, key=lambda line: (outlets.index(line.entry.outlet.name), line.entry.id, line.place))


def _attributed(chosen: Iterable[Line]) -> tuple[Sentence, ...]:
    told: list[Sentence] = []
    last = ""
    for line in chosen:
        name = line.entry.outlet.name
        text = line.text if name == last else attribution(line.entry) + line.text
        told.append(Sentence(text, line.entry.id))
        last = name
    return tuple(told)


def _lines_of(told: Sequence[Sentence], ranked: Sequence[Line]) -> list[Line]:
    return [
        line
        for line in ranked
        if any(s.entry_id == line.entry.id and s.text.endswith(line.text) for s in told)
    ]


def _one(
    ranked: Sequence[Line], wanted: Callable[[str], bool], taken: Sequence[frozenset[str]], budget: _Budget
) -> tuple[Sentence, ...]:
    """The first line of this sort that says something new and fits; none is better than a poor one."""
    for line in ranked:
        if not wanted(line.text) or line.leans or any(overlap(line.stems, stems) > _SAME for stems in taken):
            continue
        text = attribution(line.entry) + line.text
        if budget.takes(text, line.entry.outlet.name, line.count):
            budget.spend(text, line.entry.outlet.name, line.count)
            return (Sentence(text, line.entry.id),)
    return ()


def _headlines_only(told: Sequence[JudgedEntry], budget: _Budget) -> tuple[Sentence, ...]:
    """No source has a sentence that can be told: say whose headline it is, and how a second outlet puts it."""
    front = told[0].entry
    for judged in told[1:]:
        entry = judged.entry
        title = clean_title(entry.title, entry.outlet.name)
        text = f"{attribution(entry)}“{title}”."
        differs = overlap(content_stems(title), content_stems(front.title)) < _SAME
        if (
            entry.outlet.name != front.outlet.name
            and differs
            and budget.takes(text, entry.outlet.name, len(title.split()))
        ):
            return (Sentence(f"{front.outlet.name} reports this.", front.id), Sentence(text, entry.id))
    return (Sentence(f"{front.outlet.name} reports this; only its headline could be read.", front.id),)


# ---------------------------------------------------------------- the quotation


def _quotation(told: Sequence[JudgedEntry], view: StoryView, headline: str) -> Said | None:
    """The most telling quotation that the headline does not show already."""
    found = [said for judged in told for said in quotations(judged.entry, view.story.topic)]
    fresh = [said for said in found if plain(said.text) not in plain(headline)]
    return max(
        fresh, key=lambda said: said.weight + (0.4 if said.entry.id == told[0].entry.id else 0), default=None
    )
