"""Numbers before nouns."""


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 entry", "2 entries": the number and the noun that goes with it. `many` empty: `one` with an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
