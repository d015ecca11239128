"""The words that limit a stance: "without your consent", "unless you opt out"."""

import re

from bot.logic.terms.read.reading import Reading

_STOP = re.compile(r"[;:!?]|[.](?:\s|$)|,\s(?!(?:which|and|or|express)\b)|\)\s")
_LONGEST = 160
_NO_LIMIT = re.compile(
    r"whether or not|whether or|regardless of whether|whether manually|without limit|subject to these terms"
)


def condition(reading: Reading) -> str:
    """The first limit in the sentence itself, folded; "" when it names none. Up to 160 characters, cut at a word."""
    for start, _ in reading.at("condition"):
        if start < reading.own or _NO_LIMIT.match(reading.text, start):
            continue
        stop = _STOP.search(reading.text, start + 3)
        end = stop.start() if stop else len(reading.text)
        said = reading.text[start:end].strip(" .,)\"'")
        if len(said) > _LONGEST:
            said = said[:_LONGEST].rsplit(" ", 1)[0] + " …"
        return said
    return ""
