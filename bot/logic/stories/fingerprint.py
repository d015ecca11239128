"""What clustering compares: who did what to what, in which words, when."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Protocol

from bot.logic.stories.acts import acts_in
from bot.logic.stories.parties import sides
from bot.logic.stories.turns import turn_of
from bot.logic.text.sentences import sentences
from bot.logic.text.words import clean_title, fold, stem, word_set, words
from bot.model import Entity, EntityKind, Entry, Fingerprint, Turn, Verdict

MOST_KEYS = 16
_MOST_WORDS = 40
_LEAD_SENTENCES = 3
_LEAD_CHARACTERS = 3_000


class _Mention(Protocol):
    @property
    def entity(self) -> Entity: ...


class _Matcher(Protocol):
    def find(self, text: str) -> Sequence[_Mention]: ...


class Names(Protocol):
    """What a fingerprint needs of the rules: names found in text, and all that there are, by id."""

    @property
    def matcher(self) -> _Matcher: ...

    @property
    def entities(self) -> Mapping[str, Entity]: ...


# Say nothing about which story it is.
_STOP = word_set(
    "a about above after again against all also although am amid among an and another any are around as at away back be"
    " became because been before behind being below between both but by can cannot come comes could day days de der did"
    " die do does doing don done down dont during each even ever every few first for from further get gets go goes going"
    " got had has have having he her here hers him his how however i if in into is isnt it its itself just last la le"
    " les like made make makes making many may me might more most much must my near new next no nor not now of off on"
    " once one only onto or other our out over own part per put re really s said same say says see set she should since"
    " so some still such t take takes taking than that the their them then there these they thing things this those"
    " three through time times to today too two under until up upon us very via want wants was way we week weeks well"
    " were what when where whether which while who whom whose why will with within without wont would year years yes"
    " yet you your und das den dem ein eine im ist mit von zu auf fur des et est une pour dans sur el los las una por"
    " con para del se que report reports reported reportedly according read tell tells told announce announces announced"
    " reveal reveals revealed here heres"
)
# In nearly every story of ours: they count, but little.
_FIELD = word_set(
    "ai artificial intelligence generated generative genai music musical musician musicians song songs track tracks"
    " artist artists label labels record recording recordings records industry company companies firm tech technology"
    " platform platforms service services streaming stream streams streamer model models tool tools use used users"
    " using copyright copyrighted copyrights rights training train trained creator creators content group app startup"
    " work works world people human creative global digital online major big audio lyrics catalog catalogue sound"
    " publisher publishers songwriter songwriters singer singers band fans listeners media made making ki musik ia"
    " musique musica kunstliche intelligenz artificielle inteligencia artificial generator generators"
)
_FIELD_WEIGHT = 0.15
_NAME_WEIGHT = 0.45  # names of actors are compared on their own; here they only help
_NUMBER_WEIGHT = 1.3
_LEAD_WEIGHT = 0.5
_ACTOR_KINDS = frozenset(EntityKind) - {EntityKind.LAW, EntityKind.BODY}
# Two sides of most deals and suits: another party on the same side is another deal or suit.
_SIDES = {
    EntityKind.LABEL: "rights",
    EntityKind.PUBLISHER: "rights",
    EntityKind.SOCIETY: "rights",
    EntityKind.AI_FIRM: "firm",
    EntityKind.SERVICE: "firm",
    EntityKind.DISTRIBUTOR: "firm",
    EntityKind.TOOL: "firm",
}

_YEAR = re.compile(r"\b20[12]\d\b")
_NUMBER = re.compile(
    r"\b(\d[\d,]*(?:\.\d+)?)\s?(%|per ?cent|k\b|m\b|bn\b|thousand|million|billion)?", re.IGNORECASE
)
_SCALE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}


def fingerprint(entry: Entry, verdict: Verdict, rules: Names) -> Fingerprint:
    """The fingerprint of a relevant entry. Pure; the same entry gives the same fingerprint."""
    title, lead = _opening(entry)
    actors, laws, parties = _who(title, lead, verdict, rules)
    if entry.outlet.platform:  # its own newsroom seldom names it
        actors = tuple(dict.fromkeys((*actors, entry.outlet.platform)))
    acts = acts_in(title) or acts_in(lead)
    weighted = _weights(title, lead, _name_words(actors, rules))
    named = tuple(f"side:{side}:{_entity_id(name, rules)}" for side, name in sides(title))
    objects = (*_objects(title, lead, laws, entry.happened_at.year), *parties, *named)
    return Fingerprint(
        keys=_keys(actors, acts, objects, weighted, verdict),
        actors=actors,
        act=acts[0] if acts else "",
        objects=objects,
        words=_unit(weighted),
        topic=verdict.topic,
        happened_at=entry.happened_at,
        turn=turn_of(title, lead),
        lang=entry.lang,
    )


def entry_turn(entry: Entry) -> Turn | None:
    """The turn that an entry announces, whether or not it is news to its story."""
    return turn_of(*_opening(entry))


def _opening(entry: Entry) -> tuple[str, str]:
    """Headline, and the first sentences of its text."""
    lead = " ".join(sentences((entry.summary or entry.page_text or "")[:_LEAD_CHARACTERS])[:_LEAD_SENTENCES])
    return clean_title(entry.title, entry.outlet.name), lead


def _who(
    title: str, lead: str, verdict: Verdict, rules: Names
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Actors (those of the headline first, then those of the verdict), laws, and the headline's parties by side."""
    in_title = [m.entity for m in rules.matcher.find(title)]
    by_name = {entity.name: entity.id for entity in rules.entities.values()}
    actors = [e.id for e in in_title if e.kind in _ACTOR_KINDS]
    actors += [by_name.get(name, "-".join(words(name))) for name in verdict.platforms]
    in_lead = [m.entity for m in rules.matcher.find(lead)]
    laws = [e.id for e in (*in_title, *in_lead) if e.kind is EntityKind.LAW]
    parties = [f"party:{_SIDES[e.kind]}:{e.id}" for e in in_title if e.kind in _SIDES]
    return tuple(dict.fromkeys(actors))[:8], tuple(dict.fromkeys(laws))[:2], tuple(dict.fromkeys(parties))[:6]


def _entity_id(name: str, rules: Names) -> str:
    """The id of a known name, so that "Universal" and "UMG" are one; else the name itself."""
    known = rules.matcher.find(name.replace("-", " ").title())
    return known[0].entity.id if known else name


def _name_words(actors: Iterable[str], rules: Names) -> frozenset[str]:
    known = [rules.entities[a] for a in actors if a in rules.entities]
    return frozenset(stem(w) for e in known for name in (e.name, *e.aliases) for w in words(name))


def _weights(title: str, lead: str, names: frozenset[str]) -> dict[str, float]:
    """Stems with what each says about which story it is; the headline counts in full, the lead half."""
    found: dict[str, float] = {}
    for text, factor in ((title, 1.0), (lead, _LEAD_WEIGHT)):
        for word in words(text):
            if word in _STOP or (len(word) < 2 and not word.isdigit()):
                continue
            root = stem(word)
            weight = factor * _weight_of(word, root, names)
            if weight > found.get(root, 0.0):
                found[root] = weight
    best = sorted(found, key=lambda root: (-found[root], root))[:_MOST_WORDS]
    return {root: found[root] for root in best}


def _weight_of(word: str, root: str, names: frozenset[str]) -> float:
    if word in _FIELD:
        return _FIELD_WEIGHT
    if root in names:
        return _NAME_WEIGHT
    if word[0].isdigit():
        return _NUMBER_WEIGHT
    return 1.0


def _unit(weighted: dict[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(w * w for w in weighted.values())) or 1.0
    return {word: round(w / length, 4) for word, w in weighted.items()}


def _objects(title: str, lead: str, laws: Sequence[str], year: int) -> tuple[str, ...]:
    """Marks that tell near twins apart: the year of a bill, amounts and shares in the headline."""
    marks = [f"law:{law}:{year}" for law in laws]
    marks += [f"n:{n}" for n in (*_numbers(title), *_numbers(lead))]
    return tuple(dict.fromkeys(marks))[:8]


def _numbers(text: str) -> list[str]:
    found = []
    for match in _NUMBER.finditer(fold(text)):
        digits, unit = match.group(1).rstrip(","), (match.group(2) or "").lower()
        value = float(digits.replace(",", "") or 0) * _SCALE.get(unit, 1)
        if unit.startswith(("%", "per")):
            found.append(f"{value:g}%")
        elif value >= 20 and not (not unit and _YEAR.fullmatch(digits)):
            found.append(f"{value:g}")
    return found


def _keys(
    actors: Sequence[str],
    acts: Sequence[str],
    objects: Sequence[str],
    weighted: dict[str, float],
    verdict: Verdict,
) -> tuple[str, ...]:
    keys = [f"pair:{'+'.join(sorted(pair))}" for pair in list(combinations(actors[:4], 2))[:4]]
    keys += [o for o in objects if o.startswith("law:")]
    keys += [f"act:{actor}+{act}" for actor in actors[:2] for act in acts[:2]]
    keys += [f"topic:{actor}+{verdict.topic}" for actor in actors[:2]]
    keys += [f"word:{word}" for word in _rarest(weighted, 7)]
    keys += [f"topic:{verdict.topic}+{act}" for act in acts[:1] if not actors]
    return tuple(dict.fromkeys(keys))[:MOST_KEYS]


def _rarest(weighted: dict[str, float], count: int) -> list[str]:
    telling = [w for w in weighted if weighted[w] > _FIELD_WEIGHT * 2]
    # Long words are rare words, as a rule; a name of five letters still beats nothing.
    return sorted(telling, key=lambda w: (-weighted[w], -min(len(w), 9), w))[:count]
