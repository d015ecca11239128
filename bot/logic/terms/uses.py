"""What a sentence says about AI beside training: uploads, labels, likeness, money, tools, the platform's own use."""

from bot.logic.terms.reading import Reading
from bot.logic.terms.training import Act, Actor
from bot.model import StanceKind

Scored = tuple[StanceKind, float]


def uses(reading: Reading, act: Act | None) -> list[Scored]:
    """Scored stances that have nothing to do with training; a clear act of training leaves only the specific ones."""
    found = [scored for scored in (_likeness(reading, act), _label(reading), _money(reading)) if scored]
    if act is None:
        ban = _ban(reading)
        if ban:
            found.append(ban)
        if not found:
            found.extend(scored for scored in (_operations(reading), _feature(reading)) if scored)
    return found


def _is_forbidden(reading: Reading) -> bool:
    return reading.has("forbid") or reading.has("not")


def _is_made_by_ai(reading: Reading) -> bool:
    if reading.has("made"):
        return any(reading.has(name) for name in ("ai",)) or "artificially generated" in reading.text
    return any(reading.after(end, "ai", 45) for _, end in reading.at("making"))


def _ban(reading: Reading) -> Scored | None:
    """AI music is not allowed: things made by AI, forbidden as such and not for what somebody does with them."""
    if not (_is_made_by_ai(reading) and _is_forbidden(reading) and reading.has("upload")):
        return None
    if any(reading.has(name) for name in ("deceit", "money", "label", "feature")):
        return None
    return StanceKind.BANS_AI_UPLOADS, 0.85


def _likeness(reading: Reading, act: Act | None) -> Scored | None:
    # A promise about models that copy voices is a promise about training.
    if act is not None and act.actor is Actor.PLATFORM:
        return None
    if not (reading.has("likeness") and (reading.has("ai") or reading.has("synthetic"))):
        return None
    return StanceKind.AI_IMPERSONATION, 0.8 if _is_forbidden(reading) else 0.6


def _label(reading: Reading) -> Scored | None:
    about = (
        reading.has("made")
        or reading.has("synthetic")
        or "createdwithai" in reading.text
        or _is_made_by_ai(reading)
    )
    if not (about and reading.has("label")) or reading.has("opt_out"):
        return None
    if reading.has("duty"):
        return StanceKind.REQUIRES_AI_LABEL, 0.8
    return StanceKind.REQUIRES_AI_LABEL, 0.45


def _money(reading: Reading) -> Scored | None:
    if not (reading.has("money") and reading.has("ai")):
        return None
    if not (_is_made_by_ai(reading) or reading.has("made") or _is_forbidden(reading)):
        return None
    return StanceKind.RESTRICTS_AI_CONTENT, 0.75 if _is_forbidden(reading) else 0.5


def _operations(reading: Reading) -> Scored | None:
    platform = reading.at("platform")
    if not (platform and reading.has("ai") and reading.has("operations")):
        return None
    return StanceKind.AI_OPERATIONS, 0.7


def _feature(reading: Reading) -> Scored | None:
    if not (reading.has("ai") and reading.has("feature")):
        return None
    return StanceKind.AI_FEATURE_TERMS, 0.6
