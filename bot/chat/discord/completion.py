"""Choices offered while a person types: from memory, at most 25, each at most 100 characters."""

from collections.abc import Sequence

from discord import app_commands

from bot.chat.discord.replies import CHOICE_LIMIT

# Source: Discord developer docs, "Application Commands", autocomplete.
MOST_CHOICES = 25


def split_names(typed: str | None) -> list[str]:
    """Names separated by commas, without empty ones and repeats."""
    names = [name.strip() for name in (typed or "").split(",")]
    return list(dict.fromkeys(name for name in names if name))


def name_choices(typed: str, names: Sequence[str], *, several: bool) -> list[app_commands.Choice[str]]:
    """Names that continue what was typed; with `several`, what stands before the last comma is kept."""
    kept, _, last = typed.rpartition(",") if several else ("", "", typed)
    before = split_names(kept)
    taken = {name.casefold() for name in before}
    fitting = [name for name in matching(last, names) if name.casefold() not in taken]
    texts = [", ".join([*before, name]) for name in fitting]
    return [app_commands.Choice(name=text, value=text) for text in texts if len(text) <= CHOICE_LIMIT][
        :MOST_CHOICES
    ]


def matching(typed: str, names: Sequence[str]) -> list[str]:
    """Names that begin with what was typed, then names with a word that does, then those that hold it anywhere."""
    wanted = typed.strip().casefold()

    def rank(name: str) -> int:
        folded = name.casefold()
        if folded.startswith(wanted):
            return 0
        return 1 if any(word.startswith(wanted) for word in folded.split()) else 2

    found = [name for name in names if wanted in name.casefold()]
    return sorted(found, key=lambda name: (rank(name), name.casefold()))
