"""Says in plain words why a verdict came out so."""

from collections.abc import Sequence

from bot.logic.judging.features import Findings
from bot.logic.judging.rules import GroupKind, Rules
from bot.logic.judging.words import Hit, role
from bot.model import Evidence, NewEntry, Reason

MOST_REASONS = 8
MOST_QUOTED = 3
_LEAST_WEIGHT = 0.15

_HEADS = {GroupKind.AI: "AI", GroupKind.MUSIC: "Music", GroupKind.POLICY: "A rule at stake"}
_MISSING = {
    Evidence.AI: "Against: nothing about AI in it",
    Evidence.MUSIC: "Against: nothing about music in it",
    Evidence.POLICY: "Against: no rule, right, deal or demand in it",
}
_ROLES = {
    "service": "a service that carries music",
    "distributor": "a company that musicians use",
    "music-ai-firm": "a maker of AI music",
    "ai-firm": "an AI firm",
    "rights": "a label or publisher",
    "society": "a society, union or trade body",
    "artist": "an artist",
    "person": "known in the field",
    "law": "a law about AI",
    "other-law": "a law",
    "body": "an office or court",
    "ai-act": "an act made with AI",
}
_LACKS = {
    "ai": "no AI in the title",
    "music": "no music in the title",
    "policy": "no rule at stake in the title",
}
_GROUPS = {
    "music-trade": "is written for the music trade",
    "music-consumer": "writes about music",
    "production": "writes about making music",
    "rights-law": "writes about rights and law",
    "rights-org": "speaks for rightsholders",
    "platform": "is a platform's own voice",
    "tech": "writes about technology in general",
    "general": "writes about everything",
}
_FAMILIES = {
    "dispute": "a legal dispute",
    "deal": "a deal",
    "control": "labels, bans or limits",
    "consent": "consent or terms",
    "retreat": "an answer to critics or a change of mind",
    "norm": "rules of admission or conduct",
    "state": "lawmaking",
    "plea": "a demand",
    "person": "voices and likeness",
    "money": "money or fraud",
}


def explain(entry: NewEntry, findings: Findings, relevant: bool, rules: Rules) -> tuple[Reason, ...]:
    """Why, never empty: what speaks for the decision first, strongest first, then what spoke against it.

    Missing evidence leads: without it nothing else counts.
    """
    reasons = [
        Reason(f"missing:{kind.value}", _MISSING[kind], -10.0)
        for kind in Evidence
        if kind not in findings.wording.evidence
    ]
    alike = findings.wording.lookalike
    if alike is not None and alike.id != "roundup":
        reasons.append(Reason("look-alike", f"Against: {alike.says}", -10.0))
    if findings.wording.roundup:
        reasons.append(
            Reason("roundup", f'Against: a round-up of many stories ("{findings.wording.roundup}")', -10.0)
        )
    weighed = _weighed(entry, findings, rules)
    weighed.sort(key=lambda reason: ((reason.weight > 0) != relevant, -abs(reason.weight), reason.code))
    reasons.extend(weighed[: MOST_REASONS - len(reasons)])
    return tuple(reasons) or (Reason("nothing", "Against: no word of our subject in it", 0.0),)


def _weighed(entry: NewEntry, findings: Findings, rules: Rules) -> list[Reason]:
    evidence: dict[tuple[GroupKind, bool], list[tuple[float, str]]] = {}
    found = []
    for name, value in findings.features.items():
        weight = rules.relevance.weights.get(name, 0.0) * value
        hit = _hit(name, findings)
        if hit is not None and hit.group.kind in _HEADS and weight > 0:
            evidence.setdefault((hit.group.kind, hit.in_title), []).append((weight, hit.text))
        elif abs(weight) >= _LEAST_WEIGHT and (text := _text(name, weight, entry, findings)):
            found.append(Reason(name, text, round(weight, 2)))
    found.extend(_evidence(kind, in_title, proofs) for (kind, in_title), proofs in evidence.items())
    return found


def _hit(name: str, findings: Findings) -> Hit | None:
    place, _, rest = name.partition(":")
    return findings.wording.hits.get(rest) if place in ("title", "body") else None


def _evidence(kind: GroupKind, in_title: bool, proofs: Sequence[tuple[float, str]]) -> Reason:
    """One reason for all words of a kind, the most telling quoted."""
    total = sum(weight for weight, _ in proofs)
    quoted: list[str] = []
    for _, words in sorted(proofs, key=lambda proof: (-len(proof[1]), proof[1])):
        # "AI" says nothing more where "AI-generated tracks" is quoted already.
        if not any(words.casefold() in longer.casefold() for longer in quoted):
            quoted.append(words)
    shown = ", ".join(f'"{words}"' for words in quoted[:MOST_QUOTED])
    where = "title" if in_title else "text"
    return Reason(f"{where}:{kind.value}", f"{_HEADS[kind]}: {shown} in the {where}", round(total, 2))


def _text(name: str, weight: float, entry: NewEntry, findings: Findings) -> str:
    place, _, rest = name.partition(":")
    where = "in the title" if place.startswith("title") else "in the text"
    hit = _hit(name, findings)
    if hit is not None:
        return _signed(f'reads like {hit.group.says} ("{hit.text}" {where})', weight)
    if place in ("title-name", "body-name"):
        return _signed(f"names {_named(rest, findings, place == 'title-name')} {where}", weight)
    if place == "speaker":
        return _signed(f"it is the own voice of {entry.outlet.name}, {_ROLES[rest]}", weight)
    if place == "speaks":
        return _signed(f"{entry.outlet.name} itself speaks of {_FAMILIES[rest]}", weight)
    if place == "outlet":
        return _signed(f"{entry.outlet.name} {_GROUPS[rest]}", weight)
    if place == "title-lacks":
        return "" if Evidence(rest) not in findings.wording.evidence else _signed(_LACKS[rest], weight)
    if place == "made-act":
        return _signed("it is about the career of an act made with AI", weight)
    if place == "sides":
        return _signed(f"an AI firm and the music side stand in the title beside {_FAMILIES[rest]}", weight)
    if place == "story":
        return _signed(f"there is an AI firm, a music side and {_FAMILIES[rest]}", weight)
    if place == "pair":
        return _pair(rest, weight)
    return _signed(_OTHERS[name], weight) if name in _OTHERS else ""


def _named(part: str, findings: Findings, in_title: bool) -> str:
    mentions = findings.wording.title_names if in_title else findings.wording.body_names
    name = next(mention.text for mention in mentions if role(mention.entity) == part)
    return f"{name}, {_ROLES[part]},"


_OTHERS = {
    "shape:question": "the title is a question",
    "shape:quote-first": "the title begins with a quotation",
    "shape:quote": "the title quotes somebody",
    "title-has:all": "AI, music and a rule at stake are all in the title",
    "title:two-parties": "two parties are named in the title",
}


_ACTORS = {
    "ai": "AI",
    "ai-music-thing": "AI music",
    "ai-training": "AI training",
    "clone": "a cloned voice",
    "industry": "the music industry",
    "industry-word": "labels or publishers",
    "musician": "musicians",
    "service-word": "a music service",
}


def _pair(rest: str, weight: float) -> str:
    actor, _, family = rest.partition("+")
    who = _ACTORS.get(actor) or _ROLES[actor]
    return _signed(f"the title puts {who} beside {_FAMILIES[family]}", weight)


def _signed(text: str, weight: float) -> str:
    return f"{'For' if weight > 0 else 'Against'}: {text}"
