"""What an entry says, as named features: the words and names found, where, and which of them stand together."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from bot.logic.match import Mention, Word, words_of
from bot.logic.rules import Group, GroupKind, Rules
from bot.model import Entity, EntityKind, Evidence, NewEntry

# Of the text, this many characters are weighed: news stands in front, and the cost stays flat for any length.
BODY_CHARACTERS = 1500

KINDS = {Evidence.AI: GroupKind.AI, Evidence.MUSIC: GroupKind.MUSIC, Evidence.POLICY: GroupKind.POLICY}

# Families of policy words for the pairs "who and what": dispute, deal, control and so on.
FAMILIES: Mapping[str, frozenset[str]] = {
    "dispute": frozenset({"suit", "court", "infringe"}),
    "deal": frozenset({"licence", "deal", "settle"}),
    "control": frozenset({"label-act", "ban-act", "detect", "flood", "chart"}),
    "consent": frozenset({"opt", "keep-off", "terms", "stance"}),
    "norm": frozenset({"eligible", "guideline"}),
    "state": frozenset({"bill", "authority"}),
    "plea": frozenset({"letter", "plea"}),
    "person": frozenset({"voice"}),
    "money": frozenset({"fraud", "pay", "no-pay"}),
}

# Words that say little by themselves ("artists", "tracks", "clone"): two such groups prove what one does not.
FAINT = frozenset(
    {
        "place",
        "policy-word",
        "track-word",
        "artist-word",
        "streaming",
        "industry-word",
        "copy-word",
        "scraping",
    }
)

_QUOTES = "\"'“”‘’«„"
_ROUNDUP = re.compile(r"^from\b.{8,120}?\bto\b.{8,160}\b(?:round|week|it[’']?s)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Hit:
    """A group of words found: the most telling words, and where they stand.

    aside  in the title, but only as background ("amid ...", "after ...", "as ..."): not the act reported
    """

    group: Group
    text: str
    in_title: bool
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """All that judgement works on.

    title, body  cleaned title, and the part of the text that is weighed
    names        mentions in the title, then in the body
    evidence     kind -> the words or name that prove it; absent: nothing does
    """

    title: str
    body: str
    hits: Mapping[str, Hit]
    title_names: tuple[Mention, ...]
    body_names: tuple[Mention, ...]
    evidence: Mapping[Evidence, str]
    features: Mapping[str, float]
    roundup: str


def examine(entry: NewEntry, rules: Rules) -> Findings:
    """Everything about an entry that its verdict depends on."""
    title = clean_title(entry.title, entry.outlet.name)
    body = _body(entry)
    title_words, body_words = words_of(title), words_of(body)
    languages = {"en", entry.lang[:2], entry.outlet.lang[:2], _language(title_words, body_words, rules)}
    hits = _hits(title, title_words, True, languages, rules)
    for name, hit in _hits(body, body_words, False, languages, rules).items():
        hits.setdefault(name, hit)
    title_names = rules.matcher.find_in(title, title_words)
    body_names = rules.matcher.find_in(body, body_words)
    evidence = _evidence(hits, title_names, body_names, entry)
    features = _features(entry, title, hits, title_names, body_names, evidence)
    shape = hits.get("roundup")
    found = shape.text if shape is not None and shape.in_title else _roundup_shape(title)
    return Findings(title, body, hits, title_names, body_names, evidence, features, found)


def clean_title(title: str, outlet: str) -> str:
    """The headline without the outlet's name at its end ("... - Billboard"), which would count as words of it."""
    short = title.strip()[:400]
    if outlet and short.casefold().endswith(outlet.casefold()):
        head = short[: len(short) - len(outlet)].rstrip()
        if head.endswith(("-", "–", "—", "|", "·", ":")):
            return head[:-1].rstrip()
    return short


def _body(entry: NewEntry) -> str:
    parts = [entry.summary, entry.page_text or "", " ".join(entry.categories)]
    return "\n".join(part[:BODY_CHARACTERS] for part in parts if part)[:BODY_CHARACTERS]


def _language(title: Sequence[Word], body: Sequence[Word], rules: Rules) -> str:
    """Which of our languages the text is in, by its small words; English if that is not plain."""
    seen = [word.raw.casefold() for word in (*title, *body[:60])]
    counts = {name: sum(word in small for word in seen) for name, small in rules.small_words.items()}
    best = max(counts, key=lambda name: (counts[name], name == "en"), default="en")
    return best if counts.get(best, 0) >= 2 else "en"


def _hits(
    text: str, words: Sequence[Word], in_title: bool, languages: set[str], rules: Rules
) -> dict[str, Hit]:
    found: dict[str, Hit] = {}
    asides = asides_of(text) if in_title else ()
    for (group, language), first, after in rules.phrases.find(words):
        if language not in languages:
            continue
        before = found.get(group.id)
        start, end = words[first].start, words[after - 1].end
        hit = Hit(group, text[start:end], in_title, any(low <= start < high for low, high in asides))
        # The longest words are the most telling ones to show as the reason.
        if before is None or (not hit.aside, len(hit.text)) > (not before.aside, len(before.text)):
            found[group.id] = hit
    return found


_ASIDE = re.compile(
    r"\b(?:amid|amidst|after|following|as|pending|despite|while|still|once|(?<=, )sued by)\s[^,;:–—…]*", re.I
)


def asides_of(title: str) -> tuple[tuple[int, int], ...]:
    """Spans of the title that give the background, unless they leave nothing else of it."""
    spans = tuple(found.span() for found in _ASIDE.finditer(title))
    covered = sum(high - low for low, high in spans)
    return spans if covered < 0.7 * len(title) else ()


def _evidence(
    hits: Mapping[str, Hit], title_names: Sequence[Mention], body_names: Sequence[Mention], entry: NewEntry
) -> dict[Evidence, str]:
    found: dict[Evidence, str] = {}
    for kind, group_kind in KINDS.items():
        words = sorted(
            (hit for hit in hits.values() if hit.group.kind is group_kind),
            key=lambda hit: (hit.group.id in FAINT, not hit.in_title),
        )
        names = [mention for mention in (*title_names, *body_names) if kind in mention.entity.evidence]
        if words and (words[0].group.id not in FAINT or len(words) > 1):
            found[kind] = words[0].text
        elif names:
            found[kind] = names[0].text
        elif kind not in entry.outlet.needs:
            found[kind] = entry.outlet.name
    # How a service trains on what it carries is a rule in itself, whatever verb the headline has.
    training = hits.get("ai-training")
    if training is not None and any(role(mention.entity) in _TRAINERS for mention in title_names):
        found.setdefault(Evidence.POLICY, training.text)
    return found


_TRAINERS = frozenset({"service", "distributor", "music-ai-firm"})


def _features(
    entry: NewEntry,
    title: str,
    hits: Mapping[str, Hit],
    title_names: Sequence[Mention],
    body_names: Sequence[Mention],
    evidence: Mapping[Evidence, str],
) -> dict[str, float]:
    features = {("title:" if hit.in_title else "body:") + name: 1.0 for name, hit in hits.items()}
    in_title = {role(mention.entity) for mention in title_names}
    features.update((f"title-name:{name}", 1.0) for name in in_title)
    in_body = {role(mention.entity) for mention in body_names} - in_title
    features.update((f"body-name:{name}", 1.0) for name in in_body)
    features[f"outlet:{entry.outlet.group.value}"] = 1.0
    if entry.outlet.platform is not None:
        features["outlet:own-platform"] = 1.0
    features.update(_together(hits, title_names, in_title, evidence, entry.outlet.needs))
    features.update(_shape(title))
    features.update(_story(hits, in_title | in_body))
    return features


def _story(hits: Mapping[str, Hit], roles: set[str]) -> dict[str, float]:
    """An AI firm, the music side and an act between them, wherever they stand."""
    users = bool(_USERS & roles) or "ai-firm-word" in hits
    owners = bool(_OWNERS & roles) or bool(_OWNERS & hits.keys())
    if not (users and owners):
        return {}
    return {f"story:{family}": 1.0 for family, groups in FAMILIES.items() if groups & hits.keys()}


def _together(
    hits: Mapping[str, Hit],
    title_names: Sequence[Mention],
    in_title: Iterable[str],
    evidence: Mapping[Evidence, str],
    needs: frozenset[Evidence],
) -> dict[str, float]:
    """Which kinds of evidence stand together, and who stands beside which sort of act in the title."""
    shown = {kind for kind, group in KINDS.items() if _in_title(group, hits)}
    shown |= {kind for mention in title_names for kind in mention.entity.evidence}
    features = {f"title-lacks:{kind.value}": 1.0 for kind in Evidence if kind not in shown and kind in needs}
    if len(shown) == len(Evidence):
        features["title-has:all"] = 1.0
    if len(evidence) == len(Evidence):
        features["has:all"] = 1.0
    actors = [name for name in in_title if name in _ACTORS]
    if Evidence.AI in shown:
        actors.append("ai")
        acts = [
            name
            for name in ("ai-music-thing", "ai-training", "clone")
            if name in hits and hits[name].in_title
        ]
        actors.extend(acts)
    actors.extend(name for name in _WORD_ACTORS if name in hits and hits[name].in_title)
    if "ai-firm-word" in hits and hits["ai-firm-word"].in_title and not _USERS.intersection(actors):
        actors.append("ai-firm")
    families = [
        family for family, groups in FAMILIES.items() if any(g in hits and hits[g].in_title for g in groups)
    ]
    features.update((f"pair:{actor}+{family}", 1.0) for actor, family in product(actors, families))
    if _USERS.intersection(actors) and _OWNERS.intersection(actors):
        features.update((f"sides:{family}", 1.0) for family in families)
    parties = {mention.entity.id for mention in title_names if mention.entity.reported}
    if len(parties) >= 2:
        features["title:two-parties"] = 1.0
    return features


_ACTORS = frozenset(
    {"music-ai-firm", "ai-firm", "service", "rights", "society", "artist", "law", "distributor"}
)

# Who trains on or carries music, and whose music it is: both in one title with an act is the heart of our stories.
_USERS = frozenset({"music-ai-firm", "ai-firm"})
_OWNERS = frozenset({"rights", "society", "industry", "industry-word", "musician", "artist"})
_WORD_ACTORS = ("ai-music-thing", "ai-training", "clone", "industry", "industry-word", "musician")


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


def _roundup_shape(title: str) -> str:
    """ "From this to that… it's the weekly round-up": the words that say so, empty if none do."""
    found = _ROUNDUP.match(title)
    return "From … to …" if found else ""


_ROLES = {
    EntityKind.SERVICE: "service",
    EntityKind.DISTRIBUTOR: "distributor",
    EntityKind.TOOL: "distributor",
    EntityKind.LABEL: "rights",
    EntityKind.PUBLISHER: "rights",
    EntityKind.SOCIETY: "society",
    EntityKind.TRADE_BODY: "society",
    EntityKind.UNION: "society",
    EntityKind.CAMPAIGN: "society",
    EntityKind.PERSON: "person",
    EntityKind.ARTIST: "artist",
    EntityKind.BODY: "body",
    EntityKind.AI_ACT: "ai-act",
}


def role(entity: Entity) -> str:
    """What part a name plays in our stories, in one word."""
    if entity.kind is EntityKind.AI_FIRM:
        return "music-ai-firm" if Evidence.MUSIC in entity.evidence else "ai-firm"
    if entity.kind is EntityKind.LAW:
        return "law" if Evidence.AI in entity.evidence else "other-law"
    return _ROLES[entity.kind]
