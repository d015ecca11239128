"""How a score came about, to the last feature: what `judge` weighs, added up for whoever wants to check it."""

from collections.abc import Mapping

from bot.logic.judging.features import examine
from bot.logic.judging.judge import score_of
from bot.logic.judging.rules import Rules
from bot.model import NewEntry


def explain_score(entry: NewEntry, rules: Rules) -> Mapping[str, object]:
    """The parts of an entry's score, ready for json.dumps.

    bias      what every entry starts from
    features  name -> what it added (weight times value), strongest first; those that weigh nothing left out
    total     their sum with the bias; the logistic function of it is `chance`
    score     `chance`, unless a kind of evidence is missing or it is a round-up: then at most 0.05
    line      from which score on an entry is our subject; `sure_line` from which one outlet's word is enough
    """
    findings = examine(entry, rules)
    model = rules.relevance
    parts = {
        name: round(model.weights[name] * value, 3)
        for name, value in findings.features.items()
        if model.weights.get(name, 0.0) * value
    }
    return {
        "bias": round(model.bias, 3),
        "features": dict(sorted(parts.items(), key=lambda part: (-abs(part[1]), part[0]))),
        "total": round(model.total(findings.features), 3),
        "chance": round(model.probability(findings.features), 4),
        "score": round(score_of(findings, rules), 4),
        "line": rules.lines.relevant,
        "sure_line": rules.lines.sure,
    }
