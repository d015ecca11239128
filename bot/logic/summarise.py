"""What a reader gets of a story: a few attributed sentences from its sources, one quotation, the links."""

from collections.abc import Sequence

from bot.logic.acts import acts_in
from bot.logic.draft import MOST_CHARACTERS, SAME, Draft, Role, Weighed
from bot.logic.edition import lead_rank
from bot.logic.quotations import Said, quotations
from bot.logic.telling import (
    Line,
    attribution,
    bare_attribution,
    begins_aside,
    content_stems,
    hype,
    lines,
    overlap,
    plain,
    quoted_share,
)
from bot.logic.text import clean_title, words
from bot.logic.voices import is_answer, is_to_do
from bot.model import Edition, EditionKind, Entry, JudgedEntry, Link, Quotation, Sentence, StoryView, Summary

_MOST_ENTRIES = 6


def summarise(view: StoryView, edition: Edition) -> Summary:
    """The extractive, attributed summary of one edition. Pure; every sentence points to its entry.

    An update begins with what its own entry says, and takes headline and address from it.
    Sentences are at most 350 characters together, at most 60 words are one outlet's; the rest may be empty.
    """
    told = entries_to_tell(view, edition)
    front = told[0].entry
    headline = clean_title(front.title, front.outlet.name)
    draft = Draft(_ranked(told, view, headline), content_stems(headline), front)
    quotation = draft.open_with(_quotations(told, view, headline))
    draft.add_one(Role.ANSWER, is_answer)
    draft.add_one(Role.TO_DO, is_to_do)
    draft.fill()
    return Summary(
        headline=headline,
        url=front.url or "",
        what=draft.sentences(Role.WHAT) or _headlines_only(told),
        quotation=Quotation(quotation.text, quotation.speaker, quotation.entry.id) if quotation else None,
        other_side=draft.sentences(Role.ANSWER),
        to_do=draft.sentences(Role.TO_DO),
        sources=_sources(told, view),
        lang=front.lang,
        developing=len({judged.entry.outlet.name for judged in view.entries}) == 1,
    )


# ---------------------------------------------------------------- whose words


def entries_to_tell(view: StoryView, edition: Edition) -> list[JudgedEntry]:
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


# ---------------------------------------------------------------- what is worth telling


def _ranked(told: Sequence[JudgedEntry], view: StoryView, headline: str) -> tuple[Weighed, ...]:
    """Every tellable line, the most telling first."""
    title = content_stems(headline)
    names = frozenset(stem for name in view.story.platforms for stem in content_stems(name))
    front = told[0].entry
    held = [Weighed(line, _weight(line, title, names, front)) for judged in told for line in lines(judged)]
    return tuple(sorted(held, key=lambda weighed: -weighed.weight))


def _weight(line: Line, title: frozenset[str], names: frozenset[str], front: Entry) -> float:
    """How much a line tells: who did what, with figures and names, early in its text, beyond the headline."""
    shared = len(line.stems & title)
    weight = 0.9 / (1 + 0.35 * line.place)
    weight += 0.1 * min(3, shared) + (0.3 if line.stems & names else 0.0)
    weight += 0.04 * min(8, len(line.stems) - shared)
    weight += 0.12 * min(3, len(acts_in(line.text)))
    weight += 0.15 * min(2, sum(w[0].isdigit() for w in words(line.text)))
    weight += 0.25 if line.entry.id == front.id else 0.0
    weight -= 0.3 if shared >= 4 and overlap(line.stems, title) > 0.85 else 0.0
    weight -= 0.15 if line.copied and line.size == 1 and line.paragraph == 0 else 0.0
    weight -= 0.003 * max(0, len(line.text) - 170)
    weight -= 0.2 if begins_aside(line.text) else 0.0
    weight -= 0.15 * min(3, hype(line.text))
    weight -= 0.3 if quoted_share(line.text) > 0.5 else 0.0
    weight -= 0.2 if line.entry.outlet.tier > 2 else 0.0
    if shared < 2 and not line.stems & names:
        weight -= 0.6
    return weight


def _quotations(told: Sequence[JudgedEntry], view: StoryView, headline: str) -> list[Said]:
    """Quotations that the headline does not show already, the most telling first."""
    front = told[0].entry.id
    found = [said for judged in told for said in quotations(judged.entry, view.story.topic)]
    fresh = [said for said in found if plain(said.text) not in plain(headline)]
    return sorted(fresh, key=lambda said: -(said.weight + (0.4 if said.entry.id == front else 0.0)))


def _headlines_only(told: Sequence[JudgedEntry]) -> tuple[Sentence, ...]:
    """No source has a sentence that can be told: say whose headline it is, and how a second outlet puts it."""
    front = told[0].entry
    first = Sentence(bare_attribution(front), front.id)
    for judged in told[1:]:
        entry = judged.entry
        title = clean_title(entry.title, entry.outlet.name)
        differs = overlap(content_stems(title), content_stems(front.title)) < SAME
        if entry.outlet.name != front.outlet.name and differs and len(title) < MOST_CHARACTERS // 2:
            return (first, Sentence(f"{attribution(entry)}“{title}”.", entry.id))
    return (first,)
