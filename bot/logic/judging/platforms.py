"""Which platforms, companies and societies an entry is about: the one acted on first, then the parties."""

from collections.abc import Iterable, Sequence

from bot.logic.judging.features import Findings
from bot.logic.judging.rules import Rules
from bot.logic.judging.words import asides_of, role
from bot.logic.text.names import Mention, words_of
from bot.model import Entity, NewEntry, Topic

# These have two sides; where the title names one, the text's first sentences name the other.
_TWO_SIDED = frozenset({Topic.LICENSING_DEAL, Topic.LAWSUIT, Topic.ROYALTIES_FRAUD, Topic.TERMS_TRAINING})
# "A rival of Suno": who is only compared with somebody takes no part.
_COMPARED = frozenset(
    {"rival", "rivals", "competitor", "competitors", "alternative", "alternatives", "style"}
)

# The text's first sentences name the parties; further down stands the background.
LEAD_CHARACTERS = 300

_USERS = frozenset({"music-ai-firm", "ai-firm", "service"})
_OWNERS = frozenset({"rights", "society"})


def choose_platforms(
    entry: NewEntry, findings: Findings, topic: Topic | None, rules: Rules
) -> tuple[str, ...]:
    """Names as in platforms.toml; may be empty."""
    own = rules.entities.get(entry.outlet.platform or "")
    first = [own] if own is not None and own.reported else []
    named = [*first, *_in_title(findings)]
    lead = [m.entity for m in findings.wording.body_names if m.start < LEAD_CHARACTERS and m.entity.reported]
    named.extend(_collectively(findings, topic, named, rules))
    if not named:
        named = _from_lead(topic, lead)
    elif topic in _TWO_SIDED:
        named.extend(_other_side(named, lead))
    return tuple(dict.fromkeys(entity.name for entity in _acted_on_first(named)))


def _from_lead(topic: Topic | None, lead: list[Entity]) -> list[Entity]:
    """Who takes part where the title names nobody."""
    if topic is Topic.LEGISLATION:
        return []  # about states: companies in the text, and who applauds, are background
    if topic is Topic.CAMPAIGN:
        # The society, union or campaign that speaks for those who sign.
        return [entity for entity in lead if role(entity) == "society"][:1]
    return lead


def _in_title(findings: Findings) -> list[Entity]:
    """Who the title names; those who only stand in the background it opens with count if nobody else is named."""
    title = findings.wording.title
    all_named = [mention for mention in findings.wording.title_names if mention.entity.reported]
    reported = [mention for mention in all_named if not _is_compared(mention, title)] or all_named
    # Only an opening ("After the deal of A and B, C ..."): what trails ("... as artists sue C") is often the news.
    asides = [(low, high) for low, high in asides_of(title) if low == 0]
    front = [mention for mention in reported if not _within(mention, asides)]
    return [mention.entity for mention in front or reported]


def _is_compared(mention: Mention, title: str) -> bool:
    """ "Suno rival ElevenLabs", "a Suno-style app"."""
    return any(word.folded in _COMPARED for word in words_of(title[mention.end : mention.end + 14])[:1])


def _within(mention: Mention, spans: Sequence[tuple[int, int]]) -> bool:
    return any(low <= mention.start < high for low, high in spans)


def _collectively(
    findings: Findings, topic: Topic | None, named: Sequence[Entity], rules: Rules
) -> list[Entity]:
    """Who is meant without being named; what is named in so many words settles a side."""
    ids = rules.collectives.ids(words_of(findings.wording.title), topic, {entity.id for entity in named})
    if not ids and topic in _TWO_SIDED and not _names_an_owner(findings, named):
        lead = findings.wording.body[:LEAD_CHARACTERS]
        ids = rules.collectives.ids(words_of(lead), topic, {entity.id for entity in named})
    sides = {role(entity) in _OWNERS for entity in named}
    meant = [rules.entities[name] for name in dict.fromkeys(ids)]
    return [entity for entity in meant if (role(entity) in _OWNERS) not in sides or role(entity) == "service"]


def _names_an_owner(findings: Findings, named: Sequence[Entity]) -> bool:
    """Whether the title says whose music it is, be it "indie artists": then labels in the text are background."""
    said = any(map(findings.wording.in_title, ("musician", "artist-word")))
    return said or any(role(entity) in _OWNERS for entity in named)


def _other_side(named: Sequence[Entity], lead: Iterable[Entity]) -> list[Entity]:
    """From the lead: owners of rights where only users of music are named, and the other way round."""
    sides = {role(entity) for entity in named}
    if not sides & _OWNERS:
        return [entity for entity in lead if role(entity) in _OWNERS | {"music-ai-firm"}]
    if not sides & _USERS:
        return [entity for entity in lead if role(entity) in _USERS]
    return []


def _acted_on_first(entities: Iterable[Entity]) -> list[Entity]:
    """Services and AI firms are acted on, labels and societies act; otherwise as they were named."""
    return sorted(entities, key=lambda entity: role(entity) in _OWNERS)
