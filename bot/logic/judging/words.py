"""What an entry says: the words of our lists and the names of our tables, where they stand, what they prove."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.logic.judging.lookalikes import LookAlike, lookalike
from bot.logic.judging.rules import Group, GroupKind, Rules
from bot.logic.text.names import Mention, Word, words_of
from bot.model import Entity, EntityKind, Evidence, NewEntry, Outlet

# Of the text, this many characters are weighed: news stands in front, and the cost stays flat for any length.
BODY_CHARACTERS = 1500

KINDS = {Evidence.AI: GroupKind.AI, Evidence.MUSIC: GroupKind.MUSIC, Evidence.POLICY: GroupKind.POLICY}

# Words that say little by themselves ("artists", "tracks", "clone"): two such groups prove what one does not.
FAINT = frozenset(
    {
        "policy-word",
        "track-word",
        "artist-word",
        "streaming",
        "industry-word",
        "copy-word",
        "training-word",
        "likeness-word",
        "scraping",
        "service-word",
        "retreat",
    }
)

# What WordPress puts under every summary; the outlet's name in it ("Music ...") would count as words of the story.
_DEBRIS = re.compile(r"\bThe post\b.{0,400}?\bappeared first on\b.*", re.DOTALL)


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
class Wording:
    """What was found in an entry.

    speaker      the platform whose own voice it is; None: somebody reports
    title, body  cleaned title, and the part of the text that is weighed
    hits         group id -> its most telling words
    evidence     kind -> the words or name that prove it; absent: nothing does
    roundup      the words by which it is a round-up of many stories; empty: it is none
    lookalike    the kind of story that only looks like ours; None: it is none of them
    """

    outlet: Outlet
    speaker: Entity | None
    title: str
    body: str
    hits: Mapping[str, Hit]
    title_names: tuple[Mention, ...]
    body_names: tuple[Mention, ...]
    evidence: Mapping[Evidence, str]
    roundup: str
    lookalike: LookAlike | None

    def in_title(self, group: str) -> bool:
        return group in self.hits and self.hits[group].in_title


def read_words(entry: NewEntry, rules: Rules) -> Wording:
    """Everything in an entry's own words that its verdict depends on."""
    title, body = clean_title(entry.title, entry.outlet.name), _body(entry)
    title_words, body_words = words_of(title), words_of(body)
    languages = {"en", entry.lang[:2], entry.outlet.lang[:2], _language(title_words, body_words, rules)}
    body_hits = _hits(body, body_words, False, languages, rules)
    hits = body_hits | _hits(title, title_words, True, languages, rules)
    title_names = rules.matcher.find_in(title, title_words)
    body_names = rules.matcher.find_in(body, body_words)
    speaker = rules.entities.get(entry.outlet.platform or "")
    evidence = _evidence(hits, title_names, body_names, entry.outlet, speaker)
    shape = hits.get("roundup")
    roundup = shape.text if shape is not None and shape.in_title else ""
    alike = lookalike(title)
    if not roundup and alike is not None and alike.id == "roundup":
        roundup = title
    return Wording(
        entry.outlet, speaker, title, body, hits, title_names, body_names, evidence, roundup, alike
    )


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
    kept = [_DEBRIS.sub("", part[: 2 * BODY_CHARACTERS])[:BODY_CHARACTERS] for part in parts]
    return "\n".join(part for part in kept if part)[:BODY_CHARACTERS]


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
    seen = [
        (group, first, after)
        for (group, language), first, after in rules.phrases.find(words)
        if language in languages
    ]
    for group, first, after in _unshadowed(seen):
        before = found.get(group.id)
        start, end = words[first].start, words[after - 1].end
        hit = Hit(group, text[start:end], in_title, any(low <= start < high for low, high in asides))
        # The longest words are the most telling ones to show as the reason.
        if before is None or (not hit.aside, len(hit.text)) > (not before.aside, len(before.text)):
            found[group.id] = hit
    return found


def _unshadowed(seen: Sequence[tuple[Group, int, int]]) -> Iterator[tuple[Group, int, int]]:
    """Without look-alikes inside longer evidence: "our terms on AI" is no opinion "on AI"."""
    proofs = [(first, after) for group, first, after in seen if group.kind in _PROOFS and after - first > 1]
    for group, first, after in seen:
        if group.kind is not GroupKind.AGAINST or not any(
            low <= first and after <= high and after - first < high - low for low, high in proofs
        ):
            yield group, first, after


_PROOFS = frozenset(KINDS.values())

_ASIDE = re.compile(
    r"\b(?:amid|amidst|after|following|as|pending|despite|while|still|once|(?<=, )sued by)\s[^,;:–—…]*", re.I
)


def asides_of(title: str) -> tuple[tuple[int, int], ...]:
    """Spans of the title that give the background, unless they leave nothing else of it."""
    spans = tuple(found.span() for found in _ASIDE.finditer(title))
    covered = sum(high - low for low, high in spans)
    return spans if covered < 0.7 * len(title) else ()


def owed(outlet: Outlet) -> frozenset[Evidence]:
    """What an entry must prove in its own words. No outlet vouches for a rule at stake: most of what it says is none."""
    return outlet.needs | {Evidence.POLICY}


def _evidence(
    hits: Mapping[str, Hit],
    title_names: Sequence[Mention],
    body_names: Sequence[Mention],
    outlet: Outlet,
    speaker: Entity | None,
) -> dict[Evidence, str]:
    found: dict[Evidence, str] = {}
    for kind, group_kind in KINDS.items():
        words = sorted(
            (hit for hit in hits.values() if hit.group.kind is group_kind),
            key=lambda hit: (hit.group.id in FAINT, not hit.in_title),
        )
        names = [mention for mention in (*title_names, *body_names) if kind in mention.entity.evidence]
        # Two faint words of music or of a rule prove it together; a hundred do not make it AI.
        if words and (words[0].group.id not in FAINT or (len(words) > 1 and kind is not Evidence.AI)):
            found[kind] = words[0].text
        elif names:
            found[kind] = names[0].text
        elif kind not in owed(outlet) or (speaker is not None and kind in speaker.evidence):
            found[kind] = outlet.name
    # How a service trains on what it carries is a rule in itself, whatever verb the headline has.
    training = hits.get("ai-training")
    actors = {role(mention.entity) for mention in title_names} | ({role(speaker)} if speaker else set())
    if training is not None and (_TRAINERS & actors or "service-word" in hits):
        found.setdefault(Evidence.POLICY, training.text)
    return found


_TRAINERS = frozenset({"service", "distributor", "music-ai-firm"})


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
