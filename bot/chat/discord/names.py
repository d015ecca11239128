"""Names that people type: platforms, topics, words, time zones, times. Each raises a RefusalError in their language."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches

from bot.chat.discord.completion import split_names
from bot.chat.discord.desk import Desk
from bot.chat.discord.refusal import RefusalError
from bot.logic.text.clock_words import minute_of_day, quiet_hours, zone_named, zones_like
from bot.model import Topic

# What a subscription can hold. Longer ones are mistakes, and would not fit into an answer.
MOST_WORDS, LONGEST_WORD = 20, 60


def platforms_named(typed: str | None, desk: Desk) -> frozenset[str]:
    known = {name.casefold(): name for name in desk.platforms}
    return frozenset(_known(name, known, "unknown-platform") for name in split_names(typed))


def topics_named(typed: str | None, desk: Desk, lang: str) -> frozenset[Topic]:
    names = desk.typed_topics(lang)
    known = {name.casefold(): name for name in names}
    return frozenset(names[_known(name, known, "unknown-topic")] for name in split_names(typed))


def words_named(typed: str | None) -> frozenset[str]:
    words = split_names(typed)
    if len(words) > MOST_WORDS or any(len(word) > LONGEST_WORD for word in words):
        raise RefusalError("too-many-words", most=MOST_WORDS, longest=LONGEST_WORD)
    return frozenset(words)


def zone_meant(typed: str | None, zones: Collection[str]) -> str | None:
    """None: nothing was typed."""
    if not typed or not typed.strip():
        return None
    zone = zone_named(typed, zones)
    if zone is None:
        near = zones_like(typed, zones, 3) or get_close_matches(typed, zones, n=3, cutoff=0.5)
        raise RefusalError(
            "unknown-zone", typed=typed[:60], near=", ".join(near) or "Europe/Berlin, America/New_York"
        )
    return zone


def minute_meant(typed: str | None) -> int | None:
    """None: nothing was typed."""
    if not typed or not typed.strip():
        return None
    minute = minute_of_day(typed)
    if minute is None:
        raise RefusalError("unknown-time", typed=typed[:60])
    return minute


def quiet_meant(typed: str | None) -> tuple[int, int] | None:
    """None: nothing was typed, or a sign that there are to be none ("-", "0", "off")."""
    if not typed or typed.strip().casefold() in ("", "-", "–", "0", "off", "none"):
        return None
    span = quiet_hours(typed)
    if span is None:
        raise RefusalError("unknown-quiet", typed=typed[:60])
    return span


def _known(name: str, known: Mapping[str, str], key: str) -> str:
    folded = name.casefold()
    if folded in known:
        return known[folded]
    near = [known[match] for match in get_close_matches(folded, known, n=3, cutoff=0.6)]
    raise RefusalError(key, typed=name[:100], near=", ".join(near), found=len(near))
