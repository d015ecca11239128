"""Who stands on which side of a suit or a deal, as a headline names them, whether or not platforms.toml knows them.

Two suits on one day differ by who sues or by who is sued, two deals of one firm by the partner. The names that tell
them apart are often new, so a side is read from the grammar of the headline and not from a table of names.
"""

import re
from collections.abc import Iterator

from bot.logic.text.words import fold, word_set

BY, ON = "by", "on"

# What somebody does to somebody; the first group with the doer in front, the second with the doer behind.
_DONE_TO = (
    r"sues?|sued|suing|accuses?|verklagt|klagt gegen|poursuit|attaque|demanda a",
    r"takes legal action against|takes? (?=[\w ]{1,40} to court)",
    r"files? (?:\w+ ){0,4}(?:suit|lawsuit|complaint|claim) against",
    r"(?:signs?|inks?|strikes?|reaches|announces|agrees?|lands|closes) (?:\w+[- ]){0,5}(?:deals?|agreement|pact) with",
    r"licen[cs]es (?:\w+ ){0,4}to|partners? with|partnering with|teams up with|joins forces with|settles? with",
)
_DONE_BY = (
    r"(?:is |are |was |were |gets |being )?sued by",
    r"(?:faces|facing|hit with|slapped with) (?:\w+ ){0,4}(?:suit|lawsuit|complaint) (?:from|by)",
)


def _any_of(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)


_DEEDS = ((_any_of(_DONE_BY), True), (_any_of(_DONE_TO), False))
_END = re.compile(
    r"[,;:!?|(\"“”]|\s[-–—]\s|\b(?:over|for|in|on|after|alleging|as|amid|claiming|at|to|that|which|who|wegen|pour|por"
    r"|under|and says|but|while|saying|following|because)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Z0-9][\w&.'’!+-]*(?: [A-Z0-9&][\w&.'’!+-]*)*")
_PARTED = re.compile(r"\s*(?:,|\band\b|&|\bund\b|\bet\b|\by\b)\s*")

# Capitals of headlines that name nobody in particular.
_GENERAL = word_set(
    "ai a an the music musical artificial intelligence generator generators startup start-up startups start-"
    " ups company companies firm firms platform platforms app maker makers developer giant giants tech label"
    " labels record records major majors group publisher publishers songwriter songwriters composers composer"
    " artist artists musician musicians singer singers union unions society societies services service"
    " streaming distributor distributors rights holders creators estate band producer producers new two three"
    " four five dozens hundreds class action lawsuit copyright indie independent german french british us uk eu"
    " swedish danish japanese first big its their his her another more also now exclusive breaking update"
    " report song songs generated voice cloning tool"
)


def sides(title: str) -> tuple[tuple[str, str], ...]:
    """(side, name) of everybody whom the headline names on a side: `by` who acts, `on` whom; folded, in order.

    Empty where no act with two sides is found, or one side is nobody in particular ("labels sue AI start-ups").
    """
    for pattern, turned in _DEEDS:
        found = pattern.search(title)
        if not found:
            continue
        before, after = _last_part(title[: found.start()]), _first_part(title[found.end() :])
        acting, acted = (after, before) if turned else (before, after)
        return tuple(dict.fromkeys([*((BY, n) for n in _names(acting)), *((ON, n) for n in _names(acted))]))
    return ()


def _last_part(text: str) -> str:
    """From the last break of the sentence on; commas stay, since they list."""
    return re.split(r"[;:!?|(\"“”]|\s[-–—]\s", text)[-1]


def _first_part(text: str) -> str:
    end = _END.search(text)
    return text[: end.start()] if end else text


def _names(text: str) -> Iterator[str]:
    for part in _PARTED.split(text):
        for found in _NAME.finditer(part):
            words = [word for word in fold(found.group()).split() if word.strip("'s") not in _GENERAL]
            name = "-".join(word.removesuffix("'s") for word in words)
            if len(name) > 1:
                yield name
