"""Says in plain words why a verdict came out so."""

from bot.logic.judge_features import Findings
from bot.logic.rules import Group, GroupKind, Rules
from bot.model import Evidence, NewEntry, Reason

MOST_REASONS = 8
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
_SHAPES = {
    "shape:question": "the title is a question",
    "shape:quote-first": "the title begins with a quotation",
    "shape:quote": "the title quotes somebody",
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
    "norm": "rules of admission or conduct",
    "state": "lawmaking",
    "plea": "a demand",
    "person": "voices and likeness",
    "money": "money or fraud",
}


def explain(entry: NewEntry, findings: Findings, rules: Rules) -> tuple[Reason, ...]:
    """Why, strongest first; never empty. Missing evidence comes first: without it nothing else counts."""
    reasons = [
        Reason(f"missing:{kind.value}", _MISSING[kind], -10.0)
        for kind in Evidence
        if kind not in findings.evidence
    ]
    if findings.roundup:
        reasons.append(
            Reason("roundup", f'Against: a round-up of many stories ("{findings.roundup}")', -10.0)
        )
    weighed = _weighed(entry, findings, rules)
    weighed.sort(key=lambda reason: (-abs(reason.weight), reason.code))
    reasons.extend(weighed[: MOST_REASONS - len(reasons)])
    return tuple(reasons) or (Reason("nothing", "Against: no word of our subject in it", 0.0),)


def _weighed(entry: NewEntry, findings: Findings, rules: Rules) -> list[Reason]:
    found = []
    for name, value in findings.features.items():
        weight = rules.relevance.weights.get(name, 0.0) * value
        if abs(weight) < _LEAST_WEIGHT:
            continue
        text = _text(name, weight, entry, findings)
        if text:
            found.append(Reason(name, text, round(weight, 2)))
    return found


def _text(name: str, weight: float, entry: NewEntry, findings: Findings) -> str:
    place, _, rest = name.partition(":")
    where = "in the title" if place.startswith("title") else "in the text"
    if place in ("title", "body") and rest in findings.hits:
        hit = findings.hits[rest]
        return _words(hit.group, hit.text, where, weight)
    if place in ("title-name", "body-name"):
        return _signed(f"names {_ROLES[rest]} {where}", weight)
    if place == "outlet":
        return _signed(f"{entry.outlet.name} {_GROUPS.get(rest, 'speaks for its own platform')}", weight)
    if place == "title-lacks":
        return _signed(_LACKS[rest], weight)
    if place == "sides":
        return _signed(f"an AI firm and the music side stand in the title beside {_FAMILIES[rest]}", weight)
    if place == "pair":
        return _pair(rest, weight)
    if name in _SHAPES:
        return _signed(_SHAPES[name], weight)
    return _signed(_OTHERS[name], weight) if name in _OTHERS else ""


_OTHERS = {
    "title-has:all": "AI, music and a rule at stake are all in the title",
    "has:all": "AI, music and a rule at stake are all there",
    "title:two-parties": "two parties are named in the title",
}


def _words(group: Group, text: str, where: str, weight: float) -> str:
    if group.kind is GroupKind.AGAINST:
        return f'Against: reads like {group.says} ("{text}" {where})'
    if group.kind in _HEADS and weight > 0:
        return f'{_HEADS[group.kind]}: "{text}" {where}'
    return _signed(f'"{text}" {where}', weight)


_ACTORS = {
    "ai": "AI",
    "ai-music-thing": "AI music",
    "ai-training": "AI training",
    "clone": "a cloned voice",
    "industry": "the music industry",
    "musician": "musicians",
}


def _pair(rest: str, weight: float) -> str:
    actor, _, family = rest.partition("+")
    who = _ACTORS.get(actor) or _ROLES[actor]
    return _signed(f"the title puts {who} beside {_FAMILIES[family]}", weight)


def _signed(text: str, weight: float) -> str:
    return f"{'For' if weight > 0 else 'Against'}: {text}"


__all__ = ["MOST_REASONS", "explain"]
