"""Later turns of a story as acts: who does what to what, and whether it is denied.

A headline is read clause by clause. What only sets the scene ("after a ruling", "amid backlash") announces nothing,
and the first act of a main clause speaks for it. A "not" belongs to the act that it stands before: "is not looking to
settle" is a refusal and no settlement, "judge declines to dismiss" is a ruling still.
"""

import re
from collections.abc import Iterator
from itertools import chain

from bot.logic.stories.turn_rules import COURT, RULES, TurnRule
from bot.logic.text.words import fold
from bot.model import Turn

_LEAD_CHARACTERS = 320

# A title that begins so takes back a report, whatever else it says.
_CORRECTION = re.compile(
    r"^(?:correction|corrected|retraction|berichtigung|korrektur|richtigstellung|rectificatif|correctif|correccion"
    r"|rectificacion|fe de erratas)\b|\bcorrects? (?:the record|itself|its (?:\w+ )?(?:report|story|article))"
    r"|\bretract(?:s|ed)? (?:\w+ ){0,3}(?:report|story|article)\b|\bwe (?:got|were) wrong"
)

_LEAD: tuple[tuple[Turn, re.Pattern[str]], ...] = (
    (Turn.CORRECTION, re.compile(r"^(?:correction|an earlier version)\b")),
    (
        Turn.REVERSAL,
        re.compile(
            r"\bopen letter\b.{0,120}\b(?:change|new terms|rewrite|revise|update)|(?:will|would) (?:change|rewrite"
            r"|revise|amend|replace) (?:its |the |their )?(?:terms|clause|wording|policy)"
            r"|backtrack|walk(?:s|ed|ing) back|u-turn"
        ),
    ),
    (
        Turn.DENIAL,
        re.compile(
            r"(?:has denied|denied on|denies)|(?:said|says|stated) (?:on \w+ )?(?:that )?(?:it|the company"
            r"|the platform|the service) (?:has |had )?never\b"
        ),
    ),
    (Turn.CLARIFICATION, re.compile(r"has clarified|(?:issued|released|published) a statement")),
)

# An act stands in one clause; a comma parts clauses where another act follows.
_CLAUSE = re.compile(r"[;:!?\"]|\s[-|]\s|,\s|\.\s|\bas\b(?= \w+ (?:deal|union|label|artist)s?\b)")
_SCENE = re.compile(
    r"^(?:after|following|amid|despite|since|before|while|when|as|hours after|days after|weeks after|months after|in wake of"
    r"|nach|trotz|wegen|apres|malgre|tras|how|why|what|should|could|would|can|will|is|are)\b"
)
_THEN_SCENE = re.compile(
    r"\b(?:after|following|amid|despite|in (?:the )?wake of|ahead of|because of|nach|trotz|apres|malgre|tras)\b"
)
_NOT = re.compile(
    r"\b(?:not|never|no|nor|neither|without|cannot|unlikely|hardly|refus\w+ to|declin\w+ to|rul\w+ out|fail\w* to"
    r"|stop\w* short of|rather than|instead of|far from|yet to|no plans? to|against"
    r"|nicht|keine?n?|nie|ne|pas|jamais|nunca|sin)\b|n't\b"
)
_WORDS_BEFORE = 5

# Turns of one kind tell the same thing: after a denial, its repetition as a "clarification" is no news.
KINDS: tuple[frozenset[Turn], ...] = (
    frozenset({Turn.DENIAL, Turn.CLARIFICATION}),
    frozenset({Turn.REVERSAL, Turn.NEW_TEXT}),
    frozenset({Turn.VOTE, Turn.EFFECT_DATE}),
    *(
        frozenset({turn})
        for turn in Turn
        if turn
        not in (Turn.DENIAL, Turn.CLARIFICATION, Turn.REVERSAL, Turn.NEW_TEXT, Turn.VOTE, Turn.EFFECT_DATE)
    ),
)

# What somebody does to the very matter that a story tells. It says so little by itself that it may follow a story at any
# distance, and never opens one where there is one to answer.
ANSWERS = frozenset(
    {
        Turn.DENIAL,
        Turn.CLARIFICATION,
        Turn.CORRECTION,
        Turn.REVERSAL,
        Turn.APOLOGY,
        Turn.REFUSAL,
        Turn.REACTION,
    }
)
PROCEDURAL = frozenset({Turn.MOTION, Turn.HEARING, Turn.APPEAL, Turn.AMENDED, Turn.RULING, Turn.SETTLEMENT})


def turn_of(title: str, lead: str = "") -> Turn | None:
    """The turn that these words announce; None: none. Whether it is news is for the story to say."""
    plain = fold(title)
    if _CORRECTION.search(plain):
        return Turn.CORRECTION
    return _of_title(plain) or _of_lead(lead)


def _of_title(plain: str) -> Turn | None:
    for clause in _main_clauses(plain):
        found = _first_act(clause)
        if found is not None:
            return found
    return None


def _of_lead(lead: str) -> Turn | None:
    plain = fold(lead[:_LEAD_CHARACTERS])
    return next((turn for turn, pattern in _LEAD if pattern.search(plain)), None)


def _main_clauses(plain: str) -> Iterator[str]:
    """Clauses that report an act, without what only sets their scene."""
    for clause in _CLAUSE.split(plain):
        if _SCENE.match(clause.strip()):
            continue
        scene = _THEN_SCENE.search(clause)
        yield clause[: scene.start()] if scene else clause


def _first_act(clause: str) -> Turn | None:
    """What the first act of the clause tells; a negated act that tells nothing lets the next one speak."""
    for _, _, rule, start in sorted(chain.from_iterable(_acts(clause)), key=lambda act: act[:2]):
        told = rule.denied if _is_negated(clause, start, rule) else rule.turn
        if told is not None:
            return told
    return None


def _acts(clause: str) -> Iterator[Iterator[tuple[int, int, TurnRule, int]]]:
    for rank, rule in enumerate(RULES):
        found = rule.pattern.search(clause)
        if found and _has_its_doer(rule, clause, found.start()):
            yield iter([(found.start(), rank, rule, found.start())])


def _has_its_doer(rule: TurnRule, clause: str, at: int) -> bool:
    if rule.by is None:
        return rule.turn is not Turn.DENIAL or not re.search(COURT, clause[:at])
    return bool(rule.by.search(clause[:at]))


def _is_negated(clause: str, at: int, rule: TurnRule) -> bool:
    if rule.turn in (Turn.REFUSAL, Turn.CLARIFICATION) and rule.denied is None:
        return False
    before = " ".join(clause[:at].split()[-_WORDS_BEFORE:])
    return bool(_NOT.search(before))


def same_kind(one: Turn, other: Turn) -> bool:
    """Whether two turns tell the same thing in other words."""
    return any(one in kind and other in kind for kind in KINDS)
