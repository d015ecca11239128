"""Which of a story's entries leads: primary source before report, original before rewrite, earlier before later."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.logic.text.sentences import sentences
from bot.model import Entry, JudgedEntry, SourceGroup

REWRITE_TIER = 3
_READ = 5_000  # characters: who is owed the news is said early
_ECHO_SENTENCES = 2

_VERB = (
    r"(?:reports|reported|reveals|revealed|writes|wrote|noted|notes|spotted|noticed|found|broke|uncovered|obtained"
    r"|berichtet|berichtete|schreibt|rapporte|révèle|écrit|informa|informó|publicó)"
)
_BEFORE = (
    r"(?:according to|reported (?:earlier )?(?:by|in|on)|reports? (?:by|from|in)|(?:revealed|spotted|noticed|obtained"
    r"|published|broken|seen|uncovered) (?:first )?(?:by|in|on)|via|h/?t(?: to)?|source:|told|interview with"
    r"|laut|nach (?:einem Bericht|Angaben)(?: von| des| der)?|selon|d’après|d'après|según)"
)
_THE = r"(?:(?:the|The|das|die|le|la|el) )?(?:[\w-]+ ){0,3}?"


def lead_first(entries: Iterable[JudgedEntry]) -> list[JudgedEntry]:
    """A story's entries, the one that leads in front.

    A platform or society in its own cause, then who reported, then who owes the news to another of these outlets,
    then sites that rewrite; of equals the earlier one.
    """
    held = list(entries)
    return sorted(held, key=lambda judged: _rank(judged, held))


def _rank(judged: JudgedEntry, story: Sequence[JudgedEntry]) -> tuple[int, bool, datetime, int, int]:
    entry = judged.entry
    owes = not is_primary(entry) and owes_to_others(entry, story)
    return _outlet_rank(entry), owes, entry.happened_at, entry.outlet.tier, entry.id


def _outlet_rank(entry: Entry) -> int:
    if entry.outlet.tier >= REWRITE_TIER:
        return 2
    return 0 if is_primary(entry) else 1


def is_primary(entry: Entry) -> bool:
    """A platform's or society's own newsroom, not a reporter."""
    return entry.outlet.platform is not None or entry.outlet.group in (
        SourceGroup.PLATFORM,
        SourceGroup.RIGHTS_ORG,
    )


def owes_to_others(entry: Entry, story: Iterable[JudgedEntry]) -> bool:
    """Whether its text credits another outlet of the story that was not later: "Gazette reported on Monday"."""
    text = _text(entry)
    return any(_credits(text, name) for name in _earlier_outlets(entry, story))


def brings_its_own(entry: Entry, story: Iterable[JudgedEntry]) -> bool:
    """Whether it is a second voice: not a rewrite site, and not an echo that opens with whose news it repeats."""
    if is_primary(entry):
        return True
    if entry.outlet.tier >= REWRITE_TIER:
        return False
    opening = " ".join((entry.title, *_told(entry)[:_ECHO_SENTENCES]))
    return not any(_credits(opening, name) for name in _earlier_outlets(entry, story))


def voices(entries: Iterable[JudgedEntry]) -> frozenset[str]:
    """Names of the outlets that carry the story on their own account; never empty if there are entries."""
    held = list(entries)
    own = frozenset(j.entry.outlet.name for j in held if brings_its_own(j.entry, held))
    return own or frozenset(j.entry.outlet.name for j in lead_first(held)[:1])


def _earlier_outlets(entry: Entry, story: Iterable[JudgedEntry]) -> frozenset[str]:
    names = {
        judged.entry.outlet.name
        for judged in story
        if judged.entry.id != entry.id and judged.entry.happened_at <= entry.happened_at
    }
    return frozenset(names - {entry.outlet.name})


def _told(entry: Entry) -> tuple[str, ...]:
    return sentences((entry.page_text or entry.summary)[:_READ])


def _text(entry: Entry) -> str:
    return " ".join((entry.title, entry.summary[:_READ], *_told(entry)))


def _credits(text: str, name: str) -> bool:
    if name not in text:
        return False
    who = rf"(?<!\w){re.escape(name)}(?!\w)"
    said_so = rf"{who}(?:,? \w+ly|,? (?:first|earlier|has|had|also|exclusively)){{0,2}} {_VERB}\b"
    return bool(re.search(said_so, text) or re.search(rf"\b(?i:{_BEFORE}) {_THE}{who}", text))
