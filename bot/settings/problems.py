"""What is wrong in a file that an operator wrote, said so that it can be mended."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from bot.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend. `where` names file, line and key; `fix` says what to write instead."""

    where: str
    problem: str
    fix: str

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}. {self.fix}"

    def as_error(self) -> ConfigError:
        return ConfigError(self.where, self.problem, self.fix)


def meant(word: str, known: Iterable[str]) -> str:
    """' (did you mean ...?)' when something known is spelt alike, else nothing."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.7)
    return f" (did you mean {close[0]!r}?)" if close else ""


# pydantic's words are for programmers; these are for the person who wrote the file.
PLAIN = {
    "missing": "is missing",
    "string_type": "must be text in quotation marks",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "tuple_type": 'must be a list such as ["one", "two"]',
    "list_type": 'must be a list such as ["one", "two"]',
    "set_type": 'must be a list such as ["one", "two"]',
    "frozen_set_type": 'must be a list such as ["one", "two"]',
    "string_too_short": "must not be empty",
    "path_type": "must be a path in quotation marks",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One complaint of pydantic, in plain words. `key` is empty when it is about the whole row."""

    key: str
    problem: str
    fix: str


def faults(error: ValidationError, known: Sequence[str], *, secret: Sequence[str] = ()) -> list[Fault]:
    """Every complaint in plain words. Values of `secret` keys are never repeated."""
    found = []
    for detail in error.errors(include_url=False):
        # An error inside a list carries the position as well; the key is what a person looks for.
        key = str(detail["loc"][0]) if detail["loc"] else ""
        kind, message = detail["type"], detail["msg"]
        if kind == "extra_forbidden":
            hint = meant(key, known)
            found.append(Fault(key, f"there is no key {key!r}{hint}", f"Keys are: {', '.join(known)}."))
        elif kind == "missing":
            found.append(Fault(key, f"{key!r} is missing", f"Add a line `{key} = ...`."))
        else:
            found.append(_bad_value(key, kind, message, detail.get("input"), key in secret))
    return found


def _bad_value(key: str, kind: str, message: str, value: object, is_secret: bool) -> Fault:
    # Our own validators raise "what is wrong. What to do."; pydantic puts "Value error, " before it.
    said = message.removeprefix("Value error, ")
    problem, _, fix = said.partition(". ")
    if kind in ("enum", "literal_error"):
        problem, fix = "is not one of the choices", f"Write {message.removeprefix('Input should be ')}."
    elif kind in PLAIN:
        problem = PLAIN[kind]
    problem = problem.replace("Input should be ", "must be ")
    if not key:
        # About several keys at once: it names them itself.
        return Fault(key, _lower(problem), fix)
    shown = "" if is_secret else f" (it is {value!r})"
    return Fault(key, f"{key!r} {_lower(problem)}{shown}", fix or "Correct the value.")


def _lower(text: str) -> str:
    # A name in capitals stays one.
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
