"""What a reader gets of a story: a few attributed sentences from its sources, one quotation, the links."""

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.logic.stories.acts import acts_in
from bot.logic.stories.fingerprint import entry_turn
from bot.logic.stories.lead import lead_first, voices
from bot.logic.stories.turns import same_kind, turn_of
from bot.logic.summaries.lines import (
    Line,
    again_attribution,
    bare_attribution,
    begins_aside,
    content_stems,
    hype,
    lines,
    overlap,
    plain,
    quoted_share,
    repeats_title,
)
from bot.logic.summaries.quotations import QuotedWords, quotations, whose_text
from bot.logic.summaries.selection import MOST_CHARACTERS, SAME, Role, Selection, Weighed
from bot.logic.summaries.sentence_kinds import (
    is_answer,
    is_asked,
    is_background,
    is_dated,
    is_left_open,
    is_objection,
    is_promise,
    is_scope,
    is_to_do,
)
from bot.logic.text.words import clean_title, words
from bot.model import (
    Edition,
    EditionKind,
    Entry,
    JudgedEntry,
    Link,
    Quotation,
    Sentence,
    StoryView,
    Summary,
    Turn,
)

_MOST_ENTRIES = 6
# Turns in which a company answers those who complained.
_ANSWERING = frozenset({Turn.DENIAL, Turn.CLARIFICATION, Turn.REVERSAL, Turn.NEW_TEXT})
_CORRECTION = re.compile(
    r"^\W*(?:correction|corrected|retraction|berichtigung|korrektur|richtigstellung|rectificatif|correctif|correcci[oó]n"
    r"|rectificaci[oó]n|fe de erratas)\b\s*[:–—-]\s*",
    re.IGNORECASE,
)
_TOLD_BEFORE = "Told here before, from {outlet}: “{title}”."
_LONGEST_TAKEN_BACK = 140
# Two reports of one turn lie no further apart.
_ONE_TURN = timedelta(days=4)


def summarise(view: StoryView, edition: Edition) -> Summary:
    """The extractive, attributed summary of one edition. Pure; every sentence points to its entry.

    An update begins with what its own entry says, and takes headline and address from it.
    Sentences are at most 350 characters together, at most 60 words are one outlet's; the rest may be empty.
    """
    told = entries_to_tell(view, edition)
    front = told[0].entry
    headline = _headline(front, edition)
    title = content_stems(headline)
    before = _taken_back(view, edition)
    ranked = _ranked(told, view, edition, title)
    quoted = _quotations(told, view, headline, edition)
    if edition.kind is EditionKind.UPDATE and edition.turn is not None:
        ranked = _turn_first(ranked, edition)
    draft = Selection(
        tuple(w for w in ranked if not repeats_title(w.line.text, headline)),
        title,
        subject=_names_one_company(view, title),
        room=MOST_CHARACTERS - sum(len(s.text) + 1 for s in before),
    )
    # Where the news is an answer, the other side are those who object to it.
    answers = is_objection if edition.turn in _ANSWERING else is_answer
    quotation = draft.open_with(
        quoted,
        {
            Role.ANSWER: lambda text: answers(text) and not _is_open(text),
            Role.OPEN: _is_open,
            Role.TO_DO: is_to_do,
        },
    )
    draft.add_one(Role.WHAT, is_dated)
    if edition.turn in _ANSWERING:  # who promises something says more than one thing to know
        draft.add_one(Role.TO_DO, is_to_do)
    draft.fill()
    draft.add_one(Role.TO_DO, is_to_do)
    parts = draft.sentences()
    room = MOST_CHARACTERS - sum(len(s.text) + 1 for part in (before, *parts.values()) for s in part)
    return Summary(
        headline=headline,
        url=front.url or "",
        what=(*before, *(parts[Role.WHAT] or _headlines_only(told, room))),
        quotation=_shown(quotation, view) if quotation else None,
        other_side=parts[Role.ANSWER],
        to_do=parts[Role.TO_DO],
        sources=_sources(told, view),
        lang=front.lang,
        developing=len(voices(view.entries)) == 1,
        open_question=parts[Role.OPEN],
    )


def _is_open(text: str) -> bool:
    return is_left_open(text) or is_asked(text)


def _headline(front: Entry, edition: Edition) -> str:
    title = clean_title(front.title, front.outlet.name)
    if edition.kind is EditionKind.CORRECTION:  # said by the kind already
        bare = _CORRECTION.sub("", title)
        return bare[0].upper() + bare[1:] if bare else title
    return title


def _names_one_company(view: StoryView, title: frozenset[str]) -> bool:
    return len(view.story.platforms) == 1 and bool(content_stems(view.story.platforms[0]) & title)


def _shown(said: QuotedWords, view: StoryView) -> Quotation:
    return Quotation(said.text, said.speaker or whose_text(said, view.story.platforms), said.entry.id)


def _taken_back(view: StoryView, edition: Edition) -> tuple[Sentence, ...]:
    """What a correction corrects: the headline told first, with whose it was."""
    if edition.kind is not EditionKind.CORRECTION:
        return ()
    before = [judged for judged in view.entries if judged.entry.id < edition.entry_id]
    if not before:
        return ()
    told = lead_first(before)[0].entry
    was = clean_title(told.title, told.outlet.name)
    if len(was) > _LONGEST_TAKEN_BACK:
        return ()
    return (Sentence(_TOLD_BEFORE.format(outlet=told.outlet.name, title=was), told.id),)


# ---------------------------------------------------------------- whose words


def entries_to_tell(view: StoryView, edition: Edition) -> list[JudgedEntry]:
    """Entries worth telling from, the one whose headline is shown first; only what had arrived by this edition."""
    cause = next((j for j in view.entries if j.entry.id == edition.entry_id), None)
    ranked = lead_first(view.entries)
    if edition.kind is not EditionKind.FIRST and cause is not None:
        since = [j for j in ranked if j is not cause and _tells_the_turn(j.entry, cause.entry, edition, view)]
        return [cause, *since][:_MOST_ENTRIES]
    lead = next((j for j in ranked if j.entry.id == view.story.lead_id), ranked[0])
    turned = min((e.entry_id for e in view.editions if e.n > 1), default=None)
    others = [j for j in ranked if j is not lead and (turned is None or j.entry.id < turned)]
    return [lead, *others][:_MOST_ENTRIES]


def _tells_the_turn(entry: Entry, cause: Entry, edition: Edition, view: StoryView) -> bool:
    """Whether an entry tells of this update, and not of the story's beginning or of another update."""
    turn = entry_turn(entry)
    if turn is None or edition.turn is None:
        return entry.id > cause.id
    if same_kind(turn, edition.turn):
        return abs(entry.happened_at - cause.happened_at) < _ONE_TURN
    return entry.id > cause.id and not any(e.turn and same_kind(turn, e.turn) for e in view.editions)


def _sources(told: Sequence[JudgedEntry], view: StoryView) -> tuple[Link, ...]:
    """One link an outlet, the one told first in front."""
    links: dict[str, Link] = {}
    for judged in (*told, *lead_first(view.entries)):
        entry = judged.entry
        if entry.url:
            links.setdefault(entry.outlet.name, Link(entry.outlet.name, entry.url))
    return tuple(links.values())


# ---------------------------------------------------------------- what is worth telling


def _ranked(
    told: Sequence[JudgedEntry], view: StoryView, edition: Edition, title: frozenset[str]
) -> tuple[Weighed, ...]:
    """Every tellable line, the most telling first."""
    names = frozenset(stem for name in view.story.platforms for stem in content_stems(name))
    front = told[0].entry
    held = [
        Weighed(line, _weight(line, title, names, front) + _news_of(line, edition))
        for judged in told
        for line in lines(judged)
    ]
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
    weight -= 0.002 * max(0, len(line.text) - 170)
    weight -= 0.7 if begins_aside(line.text) else 0.0
    weight -= 0.25 * min(3, hype(line.text))
    weight -= 0.3 if quoted_share(line.text) > 0.5 else 0.0
    weight -= 0.2 if line.entry.outlet.tier > 2 else 0.0
    weight += 0.3 if is_scope(line.text) else 0.0
    aside = any(
        is_aside(line.text) for is_aside in (is_to_do, is_dated, is_left_open, is_objection, is_scope)
    )
    if shared < 2 and not line.stems & names and not aside:
        weight -= 0.6
    return weight


def _turn_first(ranked: tuple[Weighed, ...], edition: Edition) -> tuple[Weighed, ...]:
    """An update opens with what is new, and leaves out what happened before: that would be the first post again.

    Where no line tells the turn, the headline and a quotation must do.
    """
    fresh = (weighed for weighed in ranked if not is_background(weighed.line.text))
    return tuple(sorted(fresh, key=lambda weighed: (not _news_of(weighed.line, edition), -weighed.weight)))


def _news_of(line: Line, edition: Edition) -> float:
    """What a line is worth more for telling the very turn of an update."""
    if edition.turn is None:
        return 0.0
    turn = turn_of(line.text)
    told = turn is not None and same_kind(turn, edition.turn)
    if edition.turn in (Turn.DENIAL, Turn.CLARIFICATION):
        told = told or is_answer(line.text)
    if edition.turn in (Turn.REVERSAL, Turn.NEW_TEXT):
        told = told or is_promise(line.text)
    return 0.4 if told else 0.0


def _quotations(
    told: Sequence[JudgedEntry], view: StoryView, headline: str, edition: Edition
) -> list[QuotedWords]:
    """Quotations that the headline does not show already, the most telling first; of an update those that tell its turn."""
    front = told[0].entry.id
    found = [said for judged in told for said in quotations(judged.entry, view.story.topic)]
    fresh = [said for said in found if plain(said.text) not in plain(headline)]
    return sorted(
        fresh,
        key=lambda said: -(said.weight + (0.4 if said.entry.id == front else 0.0) + _turn_in(said, edition)),
    )


def _turn_in(said: QuotedWords, edition: Edition) -> float:
    """What a quotation is worth more for being the denial, the ruling or the offer itself, in its speaker's words."""
    if edition.turn is None or not said.speaker:
        return 0.0
    turn = turn_of(f"{said.speaker} says {said.text}")
    return 1.5 if turn is not None and same_kind(turn, edition.turn) else 0.0


def _headlines_only(told: Sequence[JudgedEntry], room: int) -> tuple[Sentence, ...]:
    """No source has a sentence that can be told: say whose headline it is, and how a second outlet puts it.

    room  characters that the other parts leave
    """
    front = told[0].entry
    first = Sentence(bare_attribution(front), front.id)
    if len(first.text) > room:
        return ()
    for judged in told[1:]:
        entry = judged.entry
        title = clean_title(entry.title, entry.outlet.name)
        differs = overlap(content_stems(title), content_stems(front.title)) < SAME
        second = Sentence(f"{again_attribution(entry)}“{title}”.", entry.id)
        fits = len(title) < MOST_CHARACTERS // 2 and len(first.text) + 1 + len(second.text) <= room
        if entry.outlet.name != front.outlet.name and differs and fits:
            return (first, second)
    return (first,)
