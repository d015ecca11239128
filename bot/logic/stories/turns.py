"""Later turns of a story: denial, clarification, correction, reversal, ruling, settlement, new text, effect date."""

import re

from bot.logic.text.words import fold
from bot.model import Turn

# Read from the top, on folded text. The headline is believed at once; a lead only where it says so plainly.
_TITLE: tuple[tuple[Turn, str], ...] = (
    (
        Turn.CORRECTION,
        r"^(?:correction|corrected|retraction)\b|\bcorrects? (?:the record|itself|its (?:\w+ )?(?:report|story|article))"
        r"|\bretract(?:s|ed)? (?:\w+ ){0,3}(?:report|story|article)\b|\bwe (?:got|were) wrong"
        r"|^(?:berichtigung|korrektur|richtigstellung|rectificatif|correctif|correccion|rectificacion|fe de erratas)\b",
    ),
    (
        Turn.REVERSAL,
        r"backtrack|back-?pedal|u-turn|revers(?:es|ed|al|ing)\b(?! engineer)|walks? back|walked back|backs? down"
        r"|climbs? down|scraps?\b|abandon"
        r"|rolls? back|(?:withdraws?|retract(?:s|ed)?) (?:\w+ ){0,3}(?:clause|terms|policy|plan)"
        r"|drops? (?:\w+ ){0,3}(?:clause|terms"
        r"|plan|preference|policy)"
        r"|\b(?:changing|rewriting|revising|amending) (?:our|its|their) (?:\w+ ){0,2}(?:terms|clause|policy|wording)\b(?! to\b)"
        r"|(?:will|to|promises? to|pledges? to|vows? to) (?:change|rewrite|revise|amend|update|remove"
        r"|fix) (?:\w+ ){0,4}(?:terms|clause|wording|policy)"
        r"|(?:change[sd]?|rewrites?|revises?|updates?) (?:\w+ ){0,4}(?:terms|policy|clause)\b.{0,40}\b(?:after"
        r"|following)\b.{0,20}\b(?:backlash|outcry|criticism|protest)"
        r"|(?:remov|pull|takes? down|delet|open|allow|restor|reinstat|paus|halt|suspend)\w*\b.{0,60}"
        r"(?:\b(?:after|following)\b.{0,60}\b(?:backlash|outcry|criticism|threats?|protests?)|\bto avoid\b.{0,20}\blawsuit)"
        r"|rudert zuruck|macht .*ruckzieher|fait marche arriere|da marcha atras",
    ),
    (
        Turn.NEW_TEXT,
        r"(?:publish|post|release)(?:es|ed|s)? (?:\w+ ){0,3}(?:new|revised|updated|amended"
        r"|changed) (?:\w+ ){0,2}(?:terms|policy|clause|text|wording)"
        r"|(?:new|revised|updated|amended|changed) terms\b.{0,30}\b(?:live|public|published|online|out now)"
        r"|amended (?:complaint|lawsuit|suit)",
    ),
    (
        Turn.DENIAL,
        r"\bden(?:y|ies|ied|ying|ial)\b(?! (?:motion|bid|request|sony|umg|universal|warner))|\brefut"
        r"|\brejects (?:claim|accus|allegation|report)|\binsists\b"
        r"|(?:says?|said|claims?|maintains?) (?:it |they |he |she )?(?:has |have |had )?(?:never|not|doesnt"
        r"|does not|didnt|isnt|wont|will not|is not)\b"
        r"|\bhas never\b.{0,30}\b(?:train|used)|\bnever (?:used|trained)\b|\bdoes ?n.?t train\b|dementiert"
        r"|bestreitet|dement\b|niega",
    ),
    (
        Turn.CLARIFICATION,
        r"clarif|\bexplains?\b|responds?\b|responded|reply\b|replies|\banswers? (?:to )?(?:critic|concern"
        r"|question|backlash|outcry)|breaks silence|sets? the record straight"
        r"|addresses (?:concern|backlash|critic)|in a statement|statement on|reagiert|stellt klar|nimmt stellung"
        r"|repond|aclara",
    ),
    (
        Turn.SETTLEMENT,
        r"settl(?:e|es|ed|ement)\b|drops? (?:its |the |their |\w+ )?(?:\w+ )?(?:law)?suit"
        r"|withdraws? (?:its )?(?:law)?suit|end (?:their |its )?(?:legal )?(?:dispute|battle|fight)",
    ),
    (
        Turn.RULING,
        r"(?:judge|court|jury|tribunal|gericht)\b.{0,40}\b(?:rul|find|found|dismiss|den[iy]|grant|order|reject"
        r"|refus|approv|side|vacat|stop|block|clear|allow|throw|toss)"
        r"|\brul(?:es|ed|ing)\b|\bverdict\b|held liable|found liable|pleads? guilty|sentenced|convicted"
        r"|\bloses?\b.{0,40}\b(?:case|suit|lawsuit|ruling)"
        r"|\bwins?\b.{0,40}\b(?:case|suit|lawsuit|ruling)|urteil",
    ),
    (
        Turn.EFFECT_DATE,
        r"takes? effect|comes? into (?:force|effect)|goes? into effect|now (?:in force|law|enforceable)|in effect"
        r"|enters? into force|tritt in kraft|signed into law|finally passes|passes into law",
    ),
)
_LEAD: tuple[tuple[Turn, str], ...] = (
    (Turn.CORRECTION, r"^(?:correction|an earlier version)\b"),
    (
        Turn.REVERSAL,
        r"\bopen letter\b.{0,120}\b(?:change|new terms|rewrite|revise|update)|(?:will|would) (?:change|rewrite"
        r"|revise|amend|replace) (?:its |the |their )?(?:terms|clause|wording|policy)"
        r"|backtrack|walk(?:s|ed|ing) back|u-turn",
    ),
    (
        Turn.DENIAL,
        r"(?:has denied|denied on|denies)|(?:said|says|stated) (?:on \w+ )?(?:that )?(?:it|the company"
        r"|the platform|the service) (?:has |had )?never\b",
    ),
    (Turn.CLARIFICATION, r"has clarified|(?:issued|released|published) a statement"),
)
_TITLE_PATTERNS = tuple((turn, re.compile(pattern)) for turn, pattern in _TITLE)
_LEAD_PATTERNS = tuple((turn, re.compile(pattern)) for turn, pattern in _LEAD)
_LEAD_CHARACTERS = 320

# Turns of one kind tell the same thing: after a denial, its repetition as a "clarification" is no news.
KINDS: tuple[frozenset[Turn], ...] = (
    frozenset({Turn.DENIAL, Turn.CLARIFICATION}),
    frozenset({Turn.REVERSAL, Turn.NEW_TEXT}),
    frozenset({Turn.RULING}),
    frozenset({Turn.SETTLEMENT}),
    frozenset({Turn.CORRECTION}),
    frozenset({Turn.EFFECT_DATE}),
)


def turn_of(title: str, lead: str = "") -> Turn | None:
    """The turn that these words announce; None: none. Whether it is news is for the story to say."""
    plain = fold(title)
    for turn, pattern in _TITLE_PATTERNS:
        if pattern.search(plain):
            return turn
    plain_lead = fold(lead[:_LEAD_CHARACTERS])
    for turn, pattern in _LEAD_PATTERNS:
        if pattern.search(plain_lead):
            return turn
    return None


def same_kind(one: Turn, other: Turn) -> bool:
    """Whether two turns tell the same thing in other words."""
    return any(one in kind and other in kind for kind in KINDS)
