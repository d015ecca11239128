"""The record in plain English words, for the site and the command line: one glance, never by colour alone."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.model.record import Position, Precision, RecordOrigin, RecordSubject, Standing


class Tone(StrEnum):
    """What a position means to an artist, for a colour beside the word."""

    PROTECTS = "protects"
    MIXED = "mixed"
    EXPOSES = "exposes"
    OPEN = "open"  # nothing said, or nothing known


LABELS = {
    RecordSubject.TRAINING: "Training on uploads",
    RecordSubject.LICENSING_ON: "Passing music on for AI",
    RecordSubject.OPTING_OUT: "Opting out",
    RecordSubject.AI_UPLOADS: "Music made with AI",
    RecordSubject.LABELS: "AI labels",
    RecordSubject.VOICE_LIKENESS: "Voice and likeness",
    RecordSubject.ROYALTIES: "Royalties and AI",
}

_GENERAL = {
    Position.ALLOWS: "allowed",
    Position.OPT_OUT: "allowed unless you opt out",
    Position.CONSENT: "only with consent",
    Position.FORBIDS: "forbidden",
    Position.LIMITS: "limited",
    Position.REQUIRES: "required",
    Position.MARKS: "marked by the platform",
    Position.OFFERS: "possible",
    Position.SILENT: "not mentioned",
    Position.UNKNOWN: "not known",
}

_WORDS = {
    (RecordSubject.TRAINING, Position.FORBIDS): "promises not to",
    (RecordSubject.OPTING_OUT, Position.OFFERS): "offered",
    (RecordSubject.OPTING_OUT, Position.FORBIDS): "not possible",
    (RecordSubject.OPTING_OUT, Position.SILENT): "no switch named",
    (RecordSubject.AI_UPLOADS, Position.ALLOWS): "taken",
    (RecordSubject.AI_UPLOADS, Position.FORBIDS): "refused",
    (RecordSubject.AI_UPLOADS, Position.LIMITS): "taken, with limits",
    (RecordSubject.LABELS, Position.REQUIRES): "must be declared",
    (RecordSubject.LABELS, Position.OFFERS): "may be declared",
    (RecordSubject.VOICE_LIKENESS, Position.OFFERS): "removal on request",
    (RecordSubject.ROYALTIES, Position.FORBIDS): "AI music is not paid",
    (RecordSubject.ROYALTIES, Position.LIMITS): "paid, with limits",
    (RecordSubject.ROYALTIES, Position.ALLOWS): "AI music is paid",
    (RecordSubject.ROYALTIES, Position.OFFERS): "artists share in it",
}

_TONES = {
    Position.ALLOWS: Tone.EXPOSES,
    Position.OPT_OUT: Tone.MIXED,
    Position.CONSENT: Tone.PROTECTS,
    Position.FORBIDS: Tone.PROTECTS,
    Position.LIMITS: Tone.MIXED,
    Position.REQUIRES: Tone.PROTECTS,
    Position.MARKS: Tone.PROTECTS,
    Position.OFFERS: Tone.MIXED,
    Position.SILENT: Tone.OPEN,
    Position.UNKNOWN: Tone.OPEN,
}

_OTHER_TONES = {
    # A platform that forbids others to take its catalogue protects itself first: the most frequent false hope.
    (RecordSubject.LICENSING_ON, Position.FORBIDS): Tone.MIXED,
    (RecordSubject.OPTING_OUT, Position.OFFERS): Tone.PROTECTS,
    (RecordSubject.OPTING_OUT, Position.FORBIDS): Tone.EXPOSES,
    (RecordSubject.AI_UPLOADS, Position.ALLOWS): Tone.MIXED,
    (RecordSubject.ROYALTIES, Position.ALLOWS): Tone.MIXED,
    (RecordSubject.ROYALTIES, Position.OFFERS): Tone.PROTECTS,
}


@dataclass(frozen=True, slots=True)
class Glance:
    """What one cell of "where they stand" shows."""

    word: str
    tone: Tone


def glance(subject: RecordSubject, position: Position) -> Glance:
    """The word and the tone of a position on a subject."""
    word = _WORDS.get((subject, position), _GENERAL[position])
    return Glance(word, _OTHER_TONES.get((subject, position), _TONES[position]))


def day(on: date, precision: Precision) -> str:
    """ "7 February 2024", or "February 2024" when the day is not known."""
    month = _MONTHS[on.month - 1]
    return f"{month} {on.year}" if precision is Precision.MONTH else f"{on.day} {month} {on.year}"


def since(standing: Standing) -> str:
    """Since when, in words; empty when nothing is known. What was only read once does not claim a date."""
    if standing.since is not None:
        return f"since {day(standing.since, standing.precision)}"
    if standing.seen_on is not None:
        return f"seen {day(standing.seen_on, Precision.DAY)}, since when is not known"
    return ""


def source(standing: Standing) -> str:
    """Where a standing comes from, in words; empty when nothing is known."""
    if standing.amended is not None:
        return f"corrected by {standing.amended.by}: {standing.amended.reason}"
    return {
        None: "",
        RecordOrigin.SEED: "from the history",
        RecordOrigin.TERMS: "seen by the terms watch",
        RecordOrigin.BASELINE: "first reading of the terms watch",
        RecordOrigin.NEWS: "from the news",
    }[standing.origin]


_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
