"""Decides whether an entry is our subject, how sure that is, and what it is about.

Three kinds of evidence, AI, music and a rule at stake, are each needed. A small linear model over named features
weighs what else was found; its weights are data (weights.json) and its largest terms are the reasons shown.
"""

from bot.logic.judging.features import Findings, examine
from bot.logic.judging.platforms import choose_platforms
from bot.logic.judging.reasons import explain
from bot.logic.judging.rules import Rules
from bot.logic.judging.topic import choose_topic, explain_topic, second_topic
from bot.logic.judging.words import role
from bot.model import Evidence, NewEntry, Verdict

# What an entry can reach at most without one of the three kinds of evidence, as a round-up, or as a look-alike.
OFF_THE_LINE = 0.05
# From here a teaser that names somebody of our field may belong to a story that only its page tells. Under two
# pages a week more on 29,500 entries as they arrived over 781 days.
NEAR_THE_LINE = 0.2
_CARRY_OR_MAKE_MUSIC = frozenset({"service", "music-ai-firm", "ai-firm"})


def judge(entry: NewEntry, rules: Rules) -> Verdict:
    """The verdict on one entry; the same for the same entry, whatever its text."""
    findings = examine(entry, rules)
    score = score_of(findings, rules)
    relevant = score >= rules.lines.relevant
    topic = choose_topic(findings, rules) if relevant else None
    reasons = explain(entry, findings, relevant, rules)
    if topic is not None:
        reasons = (*reasons, explain_topic(findings, topic, rules))
    return Verdict(
        relevant=relevant,
        score=round(score, 4),
        sure=score >= rules.lines.sure,
        topic=topic,
        platforms=choose_platforms(entry, findings, topic, rules),
        reasons=reasons,
        roundup=bool(findings.wording.roundup),
        also_topic=second_topic(findings, topic, rules) if topic is not None else None,
        wants_page=not relevant and wants_page(findings, rules),
    )


def wants_page(findings: Findings, rules: Rules) -> bool:
    """Whether what a teaser leaves below the line may be lifted by the article: near it but for a missing proof.

    Of music or of a rule only: an article that first speaks of AI further down is about something else.
    """
    wording = findings.wording
    named = {role(mention.entity) for mention in (*wording.title_names, *wording.body_names)}
    return (
        not (wording.roundup or wording.lookalike)
        and Evidence.AI in wording.evidence
        and not named.isdisjoint(_CARRY_OR_MAKE_MUSIC)
        and rules.relevance.probability(findings.features) >= NEAR_THE_LINE
    )


def score_of(findings: Findings, rules: Rules) -> float:
    """0 to 1: how likely an editor would call it a story of ours."""
    chance = rules.relevance.probability(findings.features)
    wording = findings.wording
    if wording.roundup or wording.lookalike or len(wording.evidence) < len(Evidence):
        return min(chance, OFF_THE_LINE)
    return chance
