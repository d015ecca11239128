"""What is done in a headline: one word for the act, and how acts go together.

The tables are read from the top: the first act found names the headline, so the telling ones stand first.
"""

import re

from bot.logic.text.words import fold, word_set

# Folded text; "\b" at the front of every alternative. Trade headlines in English, German, French and Spanish.
_ACTS: tuple[tuple[str, str], ...] = (
    (
        "settle",
        r"settl|drops? (?:its |the |their |\w+ )?(?:\w+ )?(?:law)?suit|withdraws? (?:its )?(?:law)?suit|vergleich"
        r"|einigung",
    ),
    ("plead", r"plead|pled |convict|sentenc|indict|charged|arrest"),
    (
        "rule",
        r"rul(?:es|ed|ing)\b|verdict|held liable|judges?\b|loses?\b|lost\b|wins?\b|court (?:find|found|order|den"
        r"|dismiss|approv|side|stop)"
        r"|dismiss|vacat|urteil|gericht|tribunal|jugement|sentencia|liable|injunction",
    ),
    (
        "plea",
        r"(?:asks?|urges?|tells?) (?:the |a )?(?:court|judge)|seeks? to|motion\b|argues?\b|answer to|admits?",
    ),
    (
        "sue",
        r"sue\b|sues\b|sued\b|suing\b|lawsuits?\b|class[- ]actions?|complaint|litigation|legal action|copyright claims"
        r"|infringement|klag|verklag|plainte|poursui|demanda\b|demandan?\b|allege|accus|legal threat"
        r"|cease[- ]and[- ]desist",
    ),
    (
        "license",
        r"licens|licenc|deal\b|deals\b|partner|agreement|pact\b|inks?\b|strikes?\b|joins? forces|signs? (?:on|with)"
        r"|lizenz|accord\b|acuerdo",
    ),
    (
        "bill",
        r"acts?\b|bills?\b|senat|law\b|laws\b|legislat|parliament|government|congress|consultation|lawmakers?|minister"
        r"|gesetz|loi\b|ley\b|regulat",
    ),
    (
        "letter",
        r"letter|petition|statement|silent album|silent track|protest|campaign|calls? (?:on|for)|urges?\b|demands?\b"
        r"|coalition|manifesto",
    ),
    (
        "ban",
        r"bans?\b|banned|banning|bars?\b|barred|blocks?\b|blocked|remov|ejects?\b|purg|rejects?\b|prohibit|crack"
        r"|takes? down|pulls?\b|pulled"
        r"|won.?t (?:pay|monetize)|verbiet|interdit|prohib",
    ),
    (
        "label",
        r"label(?:s|ling|ing|led)?\b(?! (?:music|group|executive|head))|tags?\b|tagg|badge|flag|watermark|disclos"
        r"|transparen|credits\b|kennzeich",
    ),
    ("count", r"\d[\d.,]*\s?(?:%|per ?cent|k\b)|daily\b|uploads?\b|flood|survey|study"),
    ("detect", r"detect|identif|attribut|fingerprint"),
    (
        "clone",
        r"clon|deepfake|voice|likeness|imperson|impost|stimme|voix|fake\b|soundalike|sound-alike|resurrect",
    ),
    ("opt", r"opt[- ]?(?:out|in|ed|ing)|consent|permission"),
    (
        "terms",
        r"terms\b|polic(?:y|ies)|clause|privacy|guidelines?|principles|rules\b|charter|agb\b|nutzungsbedingungen",
    ),
    ("train", r"train|dataset|data set|scrap|stream-?ripp"),
)
_PATTERNS = tuple((act, re.compile(rf"\b(?:{pattern})")) for act, pattern in _ACTS)

_FAMILIES = (
    word_set("sue rule plea plead settle"),
    word_set("settle license"),
    word_set("label ban detect count terms"),
    word_set("terms opt train"),
    word_set("bill letter"),
    word_set("clone ban sue letter"),
)


def acts_in(text: str) -> tuple[str, ...]:
    """Every act named in the text, most telling first; may be empty."""
    plain = fold(text)
    return tuple(act for act, pattern in _PATTERNS if pattern.search(plain))


def act_likeness(one: str, other: str) -> float:
    """1 the same act, 0 acts that have nothing to do with each other; unknown acts stand between."""
    if not one or not other:
        return 0.4
    if one == other:
        return 1.0
    return 0.5 if any(one in family and other in family for family in _FAMILIES) else 0.0
