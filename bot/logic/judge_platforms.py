"""Which platforms, companies and societies an entry is about: the one acted on first, then the parties."""

from collections.abc import Sequence

from bot.logic.judge_features import Findings, role
from bot.logic.match import Mention
from bot.logic.rules import Rules
from bot.model import NewEntry, Topic

# Stories about these are about people and states; companies in the text are background.
_WITHOUT_PARTIES = frozenset({Topic.LEGISLATION, Topic.CAMPAIGN})

# The text's first sentences name the parties; further down stands the background.
LEAD_CHARACTERS = 300

# Services and AI firms are acted on; labels and societies act.
_ORDER = {"service": 0, "music-ai-firm": 0, "ai-firm": 0, "distributor": 0}


def choose_platforms(
    entry: NewEntry, findings: Findings, topic: Topic | None, rules: Rules
) -> tuple[str, ...]:
    """Names as in platforms.toml; may be empty."""
    own = rules.entities.get(entry.outlet.platform or "")
    named = [own.name] if own is not None and own.reported else []
    mentions = list(findings.title_names)
    if not any(mention.entity.reported for mention in mentions) and topic not in _WITHOUT_PARTIES:
        mentions.extend(m for m in findings.body_names if m.start < LEAD_CHARACTERS)
    return tuple(dict.fromkeys((*named, *_names(mentions))))


def _names(mentions: Sequence[Mention]) -> list[str]:
    reported = [mention.entity for mention in mentions if mention.entity.reported]
    return [entity.name for entity in sorted(reported, key=lambda entity: _ORDER.get(role(entity), 1))]
