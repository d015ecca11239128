"""Named features of an entry: single words and names, and which of them stand together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from bot.logic.judging.rules import GroupKind, Rules
from bot.logic.judging.words import FAINT, KINDS, Hit, Wording, owed, read_words, role
from bot.model import Evidence, NewEntry

# Families of policy words for the pairs "who and what": dispute, deal, control and so on.
FAMILIES: Mapping[str, frozenset[str]] = {
    "dispute": frozenset({"suit", "court", "infringe"}),
    "deal": frozenset({"licence", "deal", "settle"}),
    "control": frozenset({"label-act", "ban-act", "detect", "flood", "chart"}),
    "consent": frozenset({"opt", "keep-off", "terms", "stance", "own-rule"}),
    "retreat": frozenset({"retreat"}),
    "norm": frozenset({"eligible", "guideline"}),
    "state": frozenset({"bill", "authority"}),
    "plea": frozenset({"letter", "plea"}),
    "person": frozenset({"voice"}),
    "money": frozenset({"fraud", "pay", "no-pay"}),
}

_QUOTES = "\"'“”‘’«„"


@dataclass(frozen=True, slots=True)
class Findings:
    """What an entry says, and the features that the weights speak of (name -> value, absent: 0)."""

    wording: Wording
    features: Mapping[str, float]


def examine(entry: NewEntry, rules: Rules) -> Findings:
    """Everything about an entry that its verdict depends on."""
    wording = read_words(entry, rules)
    return Findings(wording, features_of(wording))


def features_of(wording: Wording) -> dict[str, float]:
    """All features; each says one thing that a person can be told as a reason."""
    features = {("title:" if hit.in_title else "body:") + name: 1.0 for name, hit in wording.hits.items()}
    in_title = {role(mention.entity) for mention in wording.title_names}
    in_body = {role(mention.entity) for mention in wording.body_names} - in_title
    features.update((f"title-name:{name}", 1.0) for name in in_title)
    features.update((f"body-name:{name}", 1.0) for name in in_body)
    if wording.speaker is not None:
        features[f"speaker:{role(wording.speaker)}"] = 1.0
        features.update(
            (f"speaks:{family}", 1.0) for family in _OWN_RULES if FAMILIES[family] & wording.hits.keys()
        )
        in_title.add(role(wording.speaker))  # "We ..." on a platform's own site is the platform
    features[f"outlet:{wording.outlet.group.value}"] = 1.0
    features.update(_evidence_in_title(wording))
    features.update(_pairs(wording, in_title))
    features.update(_made_acts(wording, in_title))
    features.update(_story(wording.hits, in_title | in_body))
    features.update(_shape(wording.title))
    return features


def _evidence_in_title(wording: Wording) -> dict[str, float]:
    """Which kinds of evidence the title lacks, or that it has them all."""
    shown = _shown(wording)
    needs = owed(wording.outlet)
    features = {f"title-lacks:{kind.value}": 1.0 for kind in Evidence if kind not in shown and kind in needs}
    if len(shown) == len(Evidence):
        features["title-has:all"] = 1.0
    if len({mention.entity.id for mention in wording.title_names if mention.entity.reported}) >= 2:
        features["title:two-parties"] = 1.0
    return features


def _shown(wording: Wording) -> set[Evidence]:
    shown = {kind for kind, group in KINDS.items() if _in_title(group, wording.hits)}
    own = wording.speaker.evidence if wording.speaker is not None else ()
    return shown | {kind for mention in wording.title_names for kind in mention.entity.evidence} | set(own)


def _pairs(wording: Wording, roles: Iterable[str]) -> dict[str, float]:
    """Who stands beside which sort of act in the title."""
    actors = {name for name in roles if name in _ACTORS}
    actors.update(name for name in _WORD_ACTORS if wording.in_title(name))
    if Evidence.AI in _shown(wording):
        actors.add("ai")
    if wording.in_title("ai-firm-word") and not _USERS & actors:
        actors.add("ai-firm")
    families = [family for family, groups in FAMILIES.items() if any(map(wording.in_title, groups))]
    features = {f"pair:{actor}+{family}": 1.0 for actor, family in product(actors, families)}
    if _USERS & actors and _OWNERS & actors:
        features.update((f"sides:{family}", 1.0) for family in families)
    return features


def _made_acts(wording: Wording, roles: Iterable[str]) -> dict[str, float]:
    """An act made with AI that signs, sells or charts like any other act: news of it is no rule for anybody."""
    if not ("ai-act" in roles or wording.in_title("ai-act-word")):
        return {}
    return {f"made-act:{name}": 1.0 for name in _CAREER if any(map(wording.in_title, _CAREER[name]))}


_CAREER: Mapping[str, frozenset[str]] = {
    "deal": FAMILIES["deal"],
    "career": frozenset({"act-news", "track-word", "earnings"}),
}

# What a platform sets itself. Its headlines ("An update for artists") say less than a reporter's, so the text counts.
_OWN_RULES = ("control", "consent", "norm", "person")

_ACTORS = frozenset(
    {"music-ai-firm", "ai-firm", "service", "rights", "society", "artist", "law", "distributor"}
)

# Who trains on or carries music, and whose music it is: both in one title with an act is the heart of our stories.
_USERS = frozenset({"music-ai-firm", "ai-firm"})
_OWNERS = frozenset({"rights", "society", "industry", "industry-word", "musician", "artist"})
_WORD_ACTORS = (
    "service-word",
    "ai-music-thing",
    "ai-training",
    "clone",
    "industry",
    "industry-word",
    "musician",
)


def _story(hits: Mapping[str, Hit], roles: set[str]) -> dict[str, float]:
    """An AI firm, the music side and an act between them, wherever they stand."""
    users = bool(_USERS & roles) or "ai-firm-word" in hits
    owners = bool(_OWNERS & roles) or bool(_OWNERS & hits.keys())
    if not (users and owners):
        return {}
    return {f"story:{family}": 1.0 for family, groups in FAMILIES.items() if groups & hits.keys()}


def _in_title(kind: GroupKind, hits: Mapping[str, Hit]) -> bool:
    return any(hit.in_title and hit.group.kind is kind and hit.group.id not in FAINT for hit in hits.values())


def _shape(title: str) -> dict[str, float]:
    marks: dict[str, float] = {}
    if "?" in title:
        marks["shape:question"] = 1.0
    if title[:1] in _QUOTES:
        marks["shape:quote-first"] = 1.0
    elif any(mark in title for mark in '“”‘"'):
        marks["shape:quote"] = 1.0
    return marks
