"""What a sentence says about AI beside training: uploads, labels, likeness, money, tools, the platform's own use."""

import re

from bot.logic.terms.read.reading import Reading
from bot.logic.terms.read.training import Act, Actor
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
            own = _operations(reading) or _feature(reading)
            found.extend([own] if own else [])
    return found


def _is_forbidden(reading: Reading) -> bool:
    return reading.has("forbid") or reading.has("not")


def _is_made_by_ai(reading: Reading) -> bool:
    if reading.has("made"):
        return any(reading.has(name) for name in ("ai",)) or "artificially generated" in reading.text
    return any(reading.after(end, "ai", 45) for _, end in reading.at("making"))


def _ban(reading: Reading) -> Scored | None:
    """AI music is not allowed: things made by AI, forbidden as such and not for what somebody does with them."""
    if _CLAIMS.search(reading.text):
        return None
    refused = reading.has("forbid") or reading.has("refuse") or _keeps_out(reading)
    if not (refused and _is_made_by_ai(reading) and reading.has("upload")):
        return None
    if any(reading.has(name) for name in ("deceit", "label")) or _is_own_tool(reading):
        return None
    if reading.has("money") and not (
        reading.has("forbid") or (_keeps_out(reading) and "eligible" not in reading.text)
    ):
        return None
    return StanceKind.BANS_AI_UPLOADS, 0.85


# Whose the works are is another matter than whether they are welcome.
_CLAIMS = re.compile(
    r"\b(?:claims?|owns?|ownership|reserves? (?:all|its|our)|warrant\w*|guarantee\w*|liab\w+|eigentum|propriété|propiedad)\b"
)
# A negated verb of duty; "features that don't introduce AI" forbids nothing.
_MAY_NOT = re.compile(
    r"\b(?:may|must|shall|can|should|do|will|does|is|are)\s+not\b|\b(?:cannot|can't|mustn't|won't|never|no)\b"
    r"|(?<!that )(?<!which )\bdon't\b|\b(?:nicht|keine?[nrms]?|n'\w+ pas|ne|jamais|aucune?|non|não|niet|geen|inte|ej)\b"
    r"|ません|ないもの"
)
_NO_SUCH = re.compile(r"(?:no|keine?)\s+(?:fully |purely |vollständig )?(?:generative )?artificial")


def _keeps_out(reading: Reading) -> bool:
    """ "May not upload", "no AI music"; "do not own AI output" keeps nothing out."""
    if _NO_SUCH.search(reading.text):
        return True
    return any(
        reading.after(match.end(), "admit", 60) or reading.before(match.start(), "admit", 12)
        for match in _MAY_NOT.finditer(reading.text)
    )


_OUR_AI = re.compile(r"\b(?:our|unsere\w*|nos|notre)\s+(?:\w+\s+){0,2}(?:artificial|generative|intelligence)")


def _is_own_tool(reading: Reading) -> bool:
    """ "Our AI tools", "AI features": what comes out of the platform's own tools has rules of its own."""
    if _OUR_AI.search(reading.text):
        return True
    return reading.has("feature") and not reading.has("made") and not reading.has("making")


def _likeness(reading: Reading, act: Act | None) -> Scored | None:
    # A promise about models that copy voices is a promise about training.
    if act is not None and act.actor is Actor.PLATFORM:
        return None
    if not (reading.has("likeness") and (reading.has("ai") or reading.has("synthetic"))):
        return None
    return StanceKind.AI_IMPERSONATION, 0.8 if _is_forbidden(reading) else 0.6


def _label(reading: Reading) -> Scored | None:
    about = (
        _WITH_AI.search(reading.text)
        or reading.has("made")
        or reading.has("synthetic")
        or "createdwithai" in reading.text
        or _is_made_by_ai(reading)
    )
    if not (about and reading.has("label")) or reading.has("opt_out"):
        return None
    if reading.has("duty"):
        return StanceKind.REQUIRES_AI_LABEL, 0.8
    return StanceKind.REQUIRES_AI_LABEL, 0.45


_WITH_AI = re.compile(
    r"\b(?:use of|using|with|by|verwendung von|einsatz von|l'utilisation de l'|par l'|par une)\s*artificial"
)


def _money(reading: Reading) -> Scored | None:
    if not (reading.has("money") and (reading.has("made") or _is_made_by_ai(reading))) or reading.has_own(
        "label"
    ):
        return None
    limited = _is_forbidden(reading) or reading.has("refuse")
    return StanceKind.RESTRICTS_AI_CONTENT, 0.75 if limited else 0.5


def _operations(reading: Reading) -> Scored | None:
    """ "We use AI to find spam": the platform, a verb of use, AI, and what for."""
    if not reading.has("operations"):
        return None
    for start, _ in reading.at("ai"):
        used = reading.before(start, "feed", 30)
        if used and reading.before(used[0], "platform", 60):
            return StanceKind.AI_OPERATIONS, 0.7
    return None


def _feature(reading: Reading) -> Scored | None:
    if not (reading.has("ai") and reading.has("feature")) or _MEANS.search(reading.text):
        return None
    # "AI features", "generative AI tools" are named as such; else it may be any tool.
    named = any(reading.after(end, "feature", 14) for _, end in reading.at("ai"))
    made_there = reading.has("made") or reading.has("making")
    return StanceKind.AI_FEATURE_TERMS, 0.6 if named and not made_there else 0.5


# Definitions rule nothing.
_MEANS = re.compile(r"\b(?:means|refers to|known as|désigne|bezeichnet)\b")
