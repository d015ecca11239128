"""What a page itself says about when it was last updated and from when it holds, in six languages."""

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
    "nov": 11, "dec": 12, "january": 1, "february": 2, "march": 3, "april": 4, "june": 6, "july": 7, "august": 8,
    "september": 9, "october": 10, "november": 11, "december": 12,
    "januar": 1, "jänner": 1, "februar": 2, "märz": 3, "maerz": 3, "mai": 5, "juni": 6, "juli": 7, "oktober": 10,
    "dezember": 12, "okt": 10, "dez": 12,
    "janvier": 1, "février": 2, "fevrier": 2, "mars": 3, "avril": 4, "juin": 6, "juillet": 7, "août": 8, "aout": 8,
    "septembre": 9, "octobre": 10, "novembre": 11, "décembre": 12, "decembre": 12,
    "enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8,
    "septiembre": 9, "setiembre": 9, "octubre": 10, "noviembre": 11, "diciembre": 12,
    "janeiro": 1, "fevereiro": 2, "março": 3, "marco": 3, "maio": 5, "junho": 6, "julho": 7, "setembro": 9,
    "outubro": 10, "novembro": 11, "dezembro": 12,
}  # fmt: skip
_NAME = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_DAY = r"(?P<{0}d>[0-3]?\d)(?:st|nd|rd|th|er|º|ª)?\.?"
_YEAR = r"(?P<{0}y>(?:19|20)\d\d)"
_FORMS = (
    rf"{_YEAR.format('a')}[-/.](?P<am>[01]?\d)[-/.](?P<ad>[0-3]?\d)(?!\d)",
    rf"{_YEAR.format('j')}\s?年\s?(?P<jm>[01]?\d)\s?月\s?(?P<jd>[0-3]?\d)\s?日",
    rf"(?P<nm>{_NAME})\b\.?\s+{_DAY.format('n')},?\s+{_YEAR.format('n')}",
    rf"{_DAY.format('w')}\s+(?:(?:of|de|d')\s*)?(?P<wm>{_NAME})\b\.?,?\s+(?:(?:de|del)\s+)?{_YEAR.format('w')}",
    rf"(?P<x1>[0-3]?\d)(?P<xs>[./-])(?P<x2>[0-3]?\d)(?P=xs){_YEAR.format('x')}",
)
_DATE = re.compile("|".join(_FORMS), re.IGNORECASE)
# Between label and date: "on Tuesday", ": ", "le", "as of". Anything longer belongs to another sentence.
_GAP = re.compile(r"[^.!?\n\d]{0,40}(?:\n\s*)?")

_UPDATED = re.compile(
    r"\b(?:last\s+(?:updated|modified|revised|changed|amended)|(?:date\s+of\s+)?last\s+(?:update|revision|modification)"
    r"|updated|modified(?=\s*:)|revised|revision\s+date|version\s+(?:of|dated)"
    r"|zuletzt\s+(?:aktualisiert|geändert)|letzte\s+(?:aktualisierung|änderung)|aktualisiert\s+am|stand(?=\s*:|\s+vom|\s+\d)"
    r"|dernière\s+(?:mise\s+à\s+jour|modification)|derniere\s+mise\s+a\s+jour|mise?s?\s+à\s+jour(?=\s*(?:le|:|du))"
    r"|última\s+(?:actualización|modificación|revisión)|actualizad[oa]s?(?=\s*(?:el|:))"
    r"|última\s+(?:atualização|modificação|revisão)|atualizad[oa]s?(?=\s*(?:em|:)))"
    r"|最終更新日?|最終改定日?|改定日|更新日",
    re.IGNORECASE,
)  # fmt: skip
_EFFECTIVE = re.compile(
    r"\b(?:effective(?:\s+(?:date|as\s+of|from|on|starting))?|(?:takes?|took|taking|come|comes|came|goes?)\s+(?:into\s+)?effect"
    r"|in\s+(?:force|effect)|enters?\s+into\s+force"
    r"|gültig\s+(?:ab|seit)|gilt\s+ab|in\s+kraft|wirksam\s+(?:ab|zum)|inkrafttreten"
    r"|date\s+d['’]entrée\s+en\s+vigueur|en\s+vigueur|date\s+d['’]effet|applicables?\s+(?:à\s+compter|à\s+partir|depuis)"
    r"|(?:fecha\s+de\s+)?entra(?:da)?\s+en\s+vigor|fecha\s+de\s+vigencia|vigentes?(?=\s*(?:desde|a\s+partir|:))"
    r"|(?:data\s+de\s+)?entra(?:da)?\s+em\s+vigor|em\s+vigor|data\s+de\s+vigência|vigência)"
    r"|施行日|発効日|効力発生日",
    re.IGNORECASE,
)  # fmt: skip

# Where such lines stand: above the text, or closing it.
HEAD_CHARS, TAIL_CHARS = 8_000, 3_000


def updated_on(text: str, lang: str = "en") -> date | None:
    """The day that the page gives as its last update; None: it names none that can be read for sure.

    lang  two letters; decides what 03/04/2025 means, which in English nobody can tell
    """
    return _beside(_UPDATED, _edges(text), lang)


def effective_on(text: str, lang: str = "en") -> date | None:
    """The day from which the text says that it holds; None: it names none."""
    return _beside(_EFFECTIVE, _edges(text), lang)


def _edges(text: str) -> tuple[str, ...]:
    if len(text) <= HEAD_CHARS + TAIL_CHARS:
        return (text,)
    return text[:HEAD_CHARS], text[-TAIL_CHARS:]


def _beside(label: re.Pattern[str], parts: tuple[str, ...], lang: str) -> date | None:
    """The first readable date that follows the label."""
    for part in parts:
        for found in label.finditer(part):
            gap = _GAP.match(part, found.end())
            assert gap is not None
            for at in range(found.end(), gap.end() + 1):
                match = _DATE.match(part, at)
                # A number that goes on to the left is another number: "version 12025-01-02".
                if match and not (at and part[at - 1].isdigit()):
                    day = _day(match, lang)
                    if day is not None:
                        return day
                    break
    return None


def _day(match: re.Match[str], lang: str) -> date | None:
    for year, month, day in _readings(match, lang):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


def _readings(match: re.Match[str], lang: str) -> Iterator[tuple[int, int, int]]:
    part = match.groupdict()
    for form in "aj":
        if part[f"{form}y"]:
            yield int(part[f"{form}y"]), int(part[f"{form}m"]), int(part[f"{form}d"])
    for form in "nw":
        if part[f"{form}y"]:
            yield int(part[f"{form}y"]), _MONTHS[part[f"{form}m"].lower()], int(part[f"{form}d"])
    if part["xy"]:
        year, first, second = int(part["xy"]), int(part["x1"]), int(part["x2"])
        if lang != "en" or part["xs"] == "." or first > 12:
            yield year, second, first
        elif second > 12 or first == second:
            yield year, first, second


# "Updated yesterday", "Last updated 3 days ago": true today, another line tomorrow, and no change of the terms.
_RELATIVE = re.compile(
    r"\s*(?:[*+-]\s+)?(?:last\s+)?(?:updated|modified|edited|published|posted|reviewed|aktualisiert|mis\s+à\s+jour|actualizado|atualizado)?"
    r"[:\s]*(?:(?:over|about|almost|more\s+than|less\s+than|il\s+y\s+a|vor|hace|há)\s+)?"
    r"(?:(?:yesterday|today|just\s+now|gestern|heute|hier|ayer|hoy|ontem|hoje|昨日|今日)"
    r"|(?:an?|one|\d{1,4}|einem|einer|un|une|una|uma|um)\s*"
    r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|tag(?:en)?|wochen?|monat(?:en)?|jahr(?:en)?|jours?|semaines?"
    r"|mois|ans?|años?|días?|meses|mes|mês|anos?|dias?|日|週間|か月|ヶ月|年)\s*(?:ago|atrás|前)?)\s*[.·]?\s*",
    re.IGNORECASE,
)  # fmt: skip
_TAIL_RELATIVE = re.compile(
    r"[ \t]*[·|•-]?[ \t]*\b(?:last\s+)?(?:updated|modified|edited)[:\s]+(?:(?:over|about|almost)\s+)?"
    r"(?:yesterday|today|just\s+now|(?:an?|\d{1,4})\s+(?:second|minute|hour|day|week|month|year)s?\s+ago)[ \t]*\.?$",
    re.IGNORECASE,
)


def without_relative_dates(text: str) -> str:
    """The text without lines that only say how long ago something was."""
    kept = []
    for line in text.split("\n"):
        if len(line) <= 60 and _RELATIVE.fullmatch(line):
            continue
        kept.append(_TAIL_RELATIVE.sub("", line) if len(line) <= 200 else line)
    return "\n".join(kept)


_YEARLESS = re.compile(
    rf"(?P<nm>{_NAME})\b\.?\s+{_DAY.format('n')}(?!\d)(?!,?\s+(?:19|20)\d\d)"
    rf"|(?<!\d){_DAY.format('w')}\s+(?:(?:of|de|d')\s*)?(?P<wm>{_NAME})\b(?!\.?,?\s+(?:(?:de|del)\s+)?(?:19|20)\d\d)"
    r"|(?<!\d)(?P<jm>[01]?\d)\s?月\s?(?P<jd>[0-3]?\d)\s?日",
    re.IGNORECASE,
)


def dates_in(text: str, lang: str, near: date) -> Iterator[tuple[int, int, date]]:
    """Every date that a text names, with where it begins and ends, in order.

    near  a day without a year is the next such day from here on
    """
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, int, date]] = []
    for match in _DATE.finditer(text):
        if match.start() and text[match.start() - 1].isdigit():
            continue
        taken.append(match.span())
        day = _day(match, lang)
        if day is not None:
            found.append((*match.span(), day))
    for match in _YEARLESS.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        day = _next_such_day(match, near)
        if day is not None:
            found.append((*match.span(), day))
    yield from sorted(found)


def _next_such_day(match: re.Match[str], near: date) -> date | None:
    part = match.groupdict()
    form = next(each for each in "nwj" if part[f"{each}m"])
    name, number = part[f"{form}m"], int(part[f"{form}d"])
    month = int(name) if form == "j" else _MONTHS[name.lower()]
    for year in (near.year, near.year + 1):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day >= near:
            return day
    return None
