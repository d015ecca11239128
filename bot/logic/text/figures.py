"""Numbers and dates in a text, made comparable: "$1.5bn" and "1.5 billion dollars", "9 May" and "May 9th"."""

import re
from dataclasses import dataclass
from itertools import chain

from bot.logic.text.words import fold, word_set

# ---------------------------------------------------------------- numbers

_SCALES = {
    name: scale
    for scale, names in {
        "thousand": "thousand k tausend mille mil",
        "million": "million millions m mn mio millionen millones millon",
        "billion": "billion billions bn milliarde milliarden mrd milliard milliards",
        "trillion": "trillion trillions tn",
        "%": "% percent pct prozent",
    }.items()
    for name in names.split()
}
_WRITTEN = {
    name: value
    for value, names in {
        "2": "two zwei deux dos",
        "3": "three drei trois tres",
        "4": "four vier quatre cuatro",
        "5": "five funf cinq cinco",
        "6": "six sechs",
        "7": "seven sieben sept siete",
        "8": "eight acht huit ocho",
        "9": "nine neun neuf nueve",
        "10": "ten zehn dix diez",
        "11": "eleven elf onze",
        "12": "twelve zwolf douze doce",
        "13": "thirteen",
        "14": "fourteen",
        "15": "fifteen",
        "16": "sixteen",
        "17": "seventeen",
        "18": "eighteen",
        "19": "nineteen",
        "20": "twenty zwanzig vingt veinte",
        "30": "thirty",
        "40": "forty",
        "50": "fifty",
        "60": "sixty",
        "70": "seventy",
        "80": "eighty",
        "90": "ninety",
        "100": "hundred hundert cent cien",
    }.items()
    for name in names.split()
}
# Amounts that have no figure: a text may use them only where its source does.
VAGUE = word_set(
    "dozen dozens hundreds thousands half halves double doubled doubles twice triple tripled thirds quarter quarters"
    " quarterly tenfold twofold first second third fourth fifth tenth majority minority most everyone nobody all none"
    " halbe dutzend hunderte tausende doppelt halfte moitie douzaine centaines milliers doble mitad docena cientos"
)
_MONEY = {"$": "$", "€": "€", "£": "£", "¥": "¥", "usd": "$", "eur": "€", "gbp": "£", "us$": "$"}
_MONEY_AFTER = {
    "dollar": "$", "dollars": "$", "euro": "€", "euros": "€", "pound": "£", "pounds": "£", "yen": "¥", "usd": "$",
    "eur": "€", "gbp": "£",
}  # fmt: skip
_VALUE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)*"
_SCALE = "|".join(re.escape(name) for name in sorted(_SCALES, key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?P<money>us\$|[$€£¥]|\b(?:usd|eur|gbp)(?=\s?\d))?\s?"
    rf"(?:(?<![\d.,])(?P<value>{_VALUE})|\b(?P<word>{'|'.join(_WRITTEN)})\b)"
    rf"(?:[\s-]?(?P<scale>per cent|{_SCALE})(?!\w))?"
    rf"(?:\s(?P<after>{'|'.join(_MONEY_AFTER)})\b)?"
)


@dataclass(frozen=True, slots=True)
class Number:
    """One number as it stands: value in plain digits, scale ("million", "%", ...) and currency, empty if not given."""

    value: str
    scale: str
    money: str

    def supports(self, other: "Number") -> bool:
        """Whether a text with this number may be retold with the other: currency may be left out, nothing changed."""
        return (self.value, self.scale) == (other.value, other.scale) and other.money in ("", self.money)


def numbers(text: str) -> tuple[Number, ...]:
    """Every number in order, words up to twenty, tens and hundred included; "one" is no number here.

    Dates are left out: the 12 of "12 March" counts no songs.
    """
    found = []
    for match in _NUMBER.finditer(_without_dates(fold(text))):
        value = match["value"]
        plain = _WRITTEN[match["word"]] if value is None else _plain_value(value)
        scale = "%" if match["scale"] == "per cent" else _SCALES.get(match["scale"] or "", "")
        money = _MONEY.get(match["money"] or "") or _MONEY_AFTER.get(match["after"] or "", "")
        found.append(Number(plain, scale, money))
    return tuple(found)


def _plain_value(value: str) -> str:
    """Without thousands separators; "50.000" is taken as English, which a text and its source share."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", value):
        value = value.replace(",", "")
    return value.lstrip("0") or "0"


# ---------------------------------------------------------------- dates

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero",
            "february feb februar fevrier febrero",
            "march mar marz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug aout agosto",
            "september sep sept septembre septiembre",
            "october oct oktober octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember decembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = (
    re.compile(
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?(?P<m>{_MONTH})\b\.?(?:,?\s(?:de\s)?(?P<y>\d{{4}})\b)?"
    ),
    re.compile(rf"\b(?P<m>{_MONTH})\b\.?\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d)(?:,?\s(?P<y>\d{{4}})\b)?"),
    re.compile(rf"\b(?P<m>{_MONTH})\b\.?,?\s(?:of\s|de\s)?(?P<y>\d{{4}})\b"),
)
_ISO = re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})\b")
# A text may say "yesterday", "Monday" or "in weeks" only where its source does.
RELATIVE = word_set(
    "today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday week weeks month months"
    " year years day days hour hours decade decades overnight summer autumn winter heute gestern morgen montag dienstag"
    " mittwoch donnerstag freitag samstag sonntag woche wochen monat monate jahr jahre hier aujourd'hui demain semaine"
    " semaines mois annee annees ayer hoy semana semanas mes meses ano anos"
)


@dataclass(frozen=True, slots=True)
class Date:
    """A day or month as a text gives it; `day` or `year` None: not given."""

    month: int
    day: int | None
    year: int | None

    def supports(self, other: "Date") -> bool:
        """Whether a text with this date may be retold with the other: parts may be left out, none added."""
        return self.month == other.month and other.day in (None, self.day) and other.year in (None, self.year)


def dates(text: str) -> tuple[Date, ...]:
    """Every date with a month and a day or year, in no order; bare months are words like others."""
    folded = " ".join(fold(text).split())
    found = [
        Date(_MONTHS[match["m"]], _whole(match, "d"), _whole(match, "y"))
        for match in chain.from_iterable(pattern.finditer(folded) for pattern in _DATES)
    ]
    found += [Date(int(match["m"]), int(match["d"]), int(match["y"])) for match in _ISO.finditer(folded)]
    return tuple(dict.fromkeys(found))


def _without_dates(folded: str) -> str:
    plain = " ".join(folded.split())
    for pattern in (*_DATES, _ISO):
        plain = pattern.sub(" ", plain)
    return plain


def _whole(match: re.Match[str], name: str) -> int | None:
    held = match.groupdict().get(name)
    return None if held is None else int(held)


def months(text: str) -> frozenset[int]:
    """Months that are named, bare ones included; "may" only where it is capitalised and so no verb."""
    words = re.findall(r"[^\W\d_]+", text)
    named = {fold(word) for word in words if fold(word) != "may" or word[0].isupper()}
    # Three letters may be a word of any kind ("mar", "dec"); in a date they are found by `dates`.
    return frozenset(
        _MONTHS[word] for word in named if word in ("may", "mai") or (len(word) > 3 and word in _MONTHS)
    )
