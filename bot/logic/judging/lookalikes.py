"""Headlines that look like our subject and are not: each kind a rule with a name, which overrules every weight.

A rule says what such a headline is about (`when`), and what makes it ours all the same (`unless`): news of a hire is
off the line, news of a hire in a headline about a licence is not for this rule to judge.
"""

import re
from dataclasses import dataclass

from bot.logic.text.words import fold

# The patterns compare every pair of words that they look for: on what is no headline but a page put into a title, time
# grew with the square of its length (8,000 characters took a fifth of a second, 2,000 a seventieth).
LONGEST_HEADLINE = 500


@dataclass(frozen=True, slots=True)
class LookAlike:
    """One kind.

    id     its name, as editors call it
    says   what such a headline is, for the reason shown to people
    """

    id: str
    says: str
    when: re.Pattern[str]
    unless: re.Pattern[str]


def lookalike(title: str) -> LookAlike | None:
    """The first kind that a headline is of; None: none."""
    plain = fold(title[:LONGEST_HEADLINE])
    return next((each for each in KINDS if each.when.search(plain) and not each.unless.search(plain)), None)


# Acts that make a headline ours, whatever else stands in it.
_ACTS = (
    r"su(?:es?|ed|ing)\b|lawsuit|\bsuit\b|court|judge|ruling|settle|licen[cs]|terms|clause|opt[- ]?(?:in|"
    r"out)|consent"
    r"|polic(?:y|ies)|\bban(?:s|ned)?\b|remov|takes? down|pulls?\b|pulled|block|label(?:s|led|"
    r"ing) (?:of )?ai|tags?\b|tagg"
    r"|disclos|detect|eligib|ineligib|exclu[ds]|disqualif|fraud|royalt|bill\b|\bact\b|law\b|regulat|"
    r"open letter|petition"
    r"|copyright|scrap(?:ed|ing)|trained on|train(?:s|ing)? (?:its |their )?(?:ai|models?)|dataset"
)


def _kind(name: str, says: str, when: str, unless: str = _ACTS) -> LookAlike:
    return LookAlike(name, says, re.compile(when), re.compile(unless))


_AI_ACT = (
    r"\b(?:ai|a\.i\.|virtual|ai[- ](?:generated|made|created|powered))[- ](?:\w+ ){0,2}(?:artists?|"
    r"singers?|acts?|bands?|rappers?|stars?|idols?"
    r"|avatars?|performers?|vocalists?|duos?|groups?|musicians?)\b"
)
_CAREER = (
    r"\b(?:charts?\b|charting|charted|tops\b|topped|no\.? ?1|number one|debuts?\b|billboard|hot 100|"
    r"signs?\b|signed\b|record deal"
    r"|(?:million|monthly) (?:streams|listeners|plays)|listeners|tours?\b|festival|residency|interview|"
    r"first single|new single|new album|goes viral)"
)

KINDS: tuple[LookAlike, ...] = (
    _kind(
        "weapons-boycott",
        "a boycott over weapons or military money",
        r"\b(?:weapons?|weaponry|helsing|military|drones?|defen[cs]e (?:tech|firm|start|company|investment)|"
        r"warfare|arms (?:maker|firm))\b",
        r"trained on|voice clon|licen[cs]ing deal",
    ),
    _kind(
        "user-data-breach",
        "a breach of users' data",
        r"\b(?:breach\w*|hack(?:s|ed|ers)?|leak(?:s|ed)?|phishing|ransomware|expos(?:es|ed))\b.*\b(?:users?|"
        r"customers?|accounts?|emails?|passwords?|subscribers?"
        r"|personal (?:data|information)|listeners)\b"
        r"|\b(?:users?|customers?|accounts?|emails?|passwords?|subscribers?|personal (?:data|"
        r"information))\b.*\b(?:breach\w*|hack(?:ed|ers)|leak(?:s|ed)|exposed)\b",
        r"train|scrap|dataset|source code|models?\b",
    ),
    _kind(
        "hiring",
        "a hire, a departure or lay-offs",
        r"\b(?:hires?|hired|hiring|recruits?|poach(?:es|ed)|appoint(?:s|ed|ment)?|promot(?:es|ed|ion)|"
        r"steps? down|stepping down|departs?|layoffs?|lays off"
        r"|job cuts|names? (?:\w+ ){1,4}as (?!its\b|their\b|an? )|joins? (?:\w+ ){0,4}as (?!its\b|their\b)|"
        r"taps (?:\w+ ){1,4}(?:as|to lead)|named (?:\w+ ){0,3}(?:chief|head|president|director|ceo|vp))\b",
    ),
    _kind(
        "ai-act-charting-or-signing",
        "an AI act that charts, signs or performs",
        rf"{_AI_ACT}.*{_CAREER}|{_CAREER}.*{_AI_ACT}",
        rf"{_ACTS}|transparen|disclosure|label(?:s|led|ling)\b",
    ),
    _kind(
        "artist-removes-own-music",
        "an artist who takes their own music away",
        r"\b(?:pulls?|removes?|withdraws?|takes|yanks?|pulling|removing|wipes?) (?:down )?(?:all )?(?:her|his|"
        r"their|its|my|our) (?:\w+ ){0,3}(?:music|songs?|catalog\w*|albums?|discography|back catalogue)\b"
        r"(?! .*\b(?:ai|a\.i\.)\b)",
        r"\bai\b|a\.i\.|artificial|train|clone|deepfake|generative|scrap",
    ),
    _kind(
        "funding",
        "funding, a sale or a forecast",
        r"\b(?:raises?|raised|secures?|closes|lands|bags) (?:\w+ ){0,3}[$€£]|[$€£] ?\d[\d.,]* ?(?:m|mn|bn|b|k|"
        r"million|billion)?\b.{0,30}\b(?:round|funding|investment|valuation|seed|series)"
        r"|\b(?:funding|seed|investment) round|\bseries [a-e]\b|\bvaluation\b|\bvalued at\b|\bipo\b|"
        r"\bstake in\b|\bto acquire\b|\bacquir(?:es|ed)\b|\bacquisition of\b|\bmarket to (?:reach|hit)\b",
        rf"{_ACTS}|deal with|deals with|partners? with",
    ),
    _kind(
        "podcast",
        "a podcast, a panel or a course",
        r"\b(?:podcasts?|episode \d+|ep\.? ?\d+\b|webinar|masterclass|panel discussion|live event|fireside chat)\b",
        r"\b(?:sues?|lawsuit|court|settle)",
    ),
    _kind(
        "sponsored",
        "a sponsored post",
        r"\b(?:sponsored|advertorial|partner content|paid (?:content|post)|brought to you by|presented by|"
        r"promoted post)\b",
        r"(?!)",
    ),
    _kind(
        "column-name",
        "a column, not a report",
        r"^(?:opinion|op-?ed|comment|commentary|column|editorial|essay|viewpoint|perspective|guest (?:post|"
        r"column|essay)|letters?|review|interview|q ?& ?a|ai watch"
        r"|the (?:big )?(?:interview|read|debate)|listen|watch|long read|kommentar|meinung|tribune|chronique|"
        r"opinion|columna)\b ?(?::|\||-|from|with)",
        r"(?!)",
    ),
    _kind(
        "roundup",
        "a round-up of several stories",
        r"^from .{6,120} to .{4,160}$|\b(?:news|week(?:ly)?|daily|morning|monthly) (?:round-?up|recap|"
        r"briefing|digest|brief|wrap|bites|in review)\b|\bround-?up\b"
        r"|\bthe week in\b|\bthis week(?:'s)? (?:in|top|news|biggest)\b|^(?:[^;]{12,90};){2,}|^(?:[^|"
        r"]{12,90}\|){2,}|\b(?:and|plus) (?:\w+ )?more (?:news|stories)\b"
        r"|\btop (?:\d+|ten|five) (?:stories|headlines)|\bin brief\b|\bheadlines (?:of|from) the\b",
        r"(?!)",
    ),
    _kind(
        "place-or-person-crime",
        "a crime of persons, or an accident",
        r"\b(?:arrest\w*|murder\w*|shot (?:dead|at)|shooting|stabb\w+|assault\w*|rape|sex(?:ual)? (?:abuse|"
        r"assault|trafficking)|dui|drug (?:charge|possession)|stalk\w+"
        r"|kidnap\w*|homicide|manslaughter|crash(?:es|ed)?|killed (?:by|in)|train (?:station|on (?:the|long)|"
        r"line|crash|derail\w*|hits?))\b",
        r"\bai\b|a\.i\.|artificial intelligence|deepfake|fraud|royalt",
    ),
)
