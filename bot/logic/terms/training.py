"""Whether a sentence is about training AI, who would do it, and whether it is allowed or denied."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.logic.terms.reading import Reading, Span


class Actor(StrEnum):
    PLATFORM = "platform"
    USER = "user"
    OTHERS = "others"


class ActKind(StrEnum):
    TRAIN = "train"  # train, fine-tune ... a model
    FEED = "feed"  # put content into a model or its data
    IMPROVE = "improve"  # develop or improve models


@dataclass(frozen=True, slots=True)
class Act:
    """An act of training.

    at       where the act is named
    actor    who would do it; None: the sentence does not say
    denied   a negation governs it
    """

    kind: ActKind
    at: Span
    actor: Actor | None
    denied: bool


_BETWEEN = re.compile(
    r"\b(?:for|in|into|with|as|to|by|of|dans|pour|avec|à|aux|des|de|d'|en|für|zum|zur|mit|als|in)\b"
)
_BUT = re.compile(r"\b(?:but|however|although|except that|mais|toutefois|aber|jedoch|sondern)\b")
_FROM = re.compile(r"\b(?:from|by using|via|de la part de|von)\s*$")
_REACH = 320


def training_act(reading: Reading) -> Act | None:
    """The act that says most: training before feeding before improving; None if there is none."""
    for kind, spans in (
        (ActKind.TRAIN, _trained(reading)),
        (ActKind.FEED, _fed(reading)),
        (ActKind.IMPROVE, _improved(reading)),
    ):
        acts = [_act(reading, kind, span) for span in spans]
        if acts:
            # "We may use it for search, but never to train": the denied one is what people must know.
            return next((act for act in acts if act.denied), acts[0])
    return None


def _trained(reading: Reading) -> Iterator[Span]:
    for start, end in reading.at("train"):
        if _trains_people(reading, start, end):
            continue
        target = reading.after(end, "ai", 130) or reading.after(end, "model", 100)
        named = reading.before(start, "ai", 45) or reading.before(start, "model", 45)
        if (target or named) and not _describes_a_model(reading, start, end, named):
            yield start, end


def _trains_people(reading: Reading, start: int, end: int) -> bool:
    """ "Trained reviewers", "our staff are trained"; a model between them takes the training back."""
    after = reading.after(end, "people", 30)
    if after and not reading.after(end, "ai", after[0] - end):
        return True
    before = reading.before(start, "people", 25)
    return bool(before) and not reading.after(end, "ai", 40) and not reading.after(end, "model", 40)


def _describes_a_model(reading: Reading, start: int, end: int, named: Span | None) -> bool:
    """ "Models trained to find spam" names a kind of model; "models are trained on your music" is an act."""
    return (
        named is not None
        and reading.text[start:end] == "trained"
        and start - named[1] <= 2
        and reading.after(end, "yours", 80) is None
    )


def _fed(reading: Reading) -> Iterator[Span]:
    for start, end in reading.at("feed"):
        target = reading.after(end, "ai", 90)
        if target is None:
            continue
        between = reading.text[end : target[0]]
        # "Use AI tools to" is using a tool; "use content in AI tools" is feeding it.
        if ";" in between or not _BETWEEN.search(between):
            continue
        if reading.after(target[1], "system", 30) or reading.after(end, "system", max(0, target[0] - end)):
            yield start, end
        elif len(between) <= 12 and reading.has("yours"):
            yield start, end
        elif reading.text[start:end] in ("input", "inputs", "dataset", "datasets") and len(between) < 30:
            yield start, end
        elif reading.after(target[1], "feed", 12):
            yield start, end


def _improved(reading: Reading) -> Iterator[Span]:
    for start, end in reading.at("improve"):
        target = reading.after(end, "ai", 70)
        if target and (
            reading.after(target[1], "system", 20) or "our" in reading.text[end : target[0]].split()
        ):
            yield start, end
        elif (model := reading.after(end, "model", 30)) and "our" in reading.text[end : model[0]].split():
            yield start, end


def _act(reading: Reading, kind: ActKind, at: Span) -> Act:
    denial = _denial(reading, at)
    actor = _actor(reading, denial[0] if denial else at[0], at[0])
    if denial and _passes_on(reading, denial, at):
        actor = Actor.OTHERS
    return Act(kind, at, actor, denial is not None)


def _denial(reading: Reading, at: Span) -> Span | None:
    """The negation that governs the act: before it, in the same part of the sentence, or right behind it."""
    for found in reversed(reading.at("not")):
        if found[1] <= at[0] and at[0] - found[1] <= _REACH:
            return None if _BUT.search(reading.text, found[1], at[0]) else found
    # German: "trainieren wir keine Modelle"; English: "training ... is not permitted".
    behind = reading.after(at[1], "not", 25)
    return behind if behind and reading.text[behind[0] :].startswith(("kein", "nicht")) else None


def _passes_on(reading: Reading, denial: Span, at: Span) -> bool:
    """ "We do not grant you the right", "we do not allow anyone to": the denied act is somebody else's."""
    given = reading.after(denial[1], "pass_on", 20)
    if given is None or given[0] > at[0]:
        return False
    # "Access does not grant any training right": whose, is not said, but not the platform's.
    if reading.text[given[0] : given[1]].startswith("grant"):
        return True
    return any(0 <= span[0] - given[1] <= 12 for span in reading.at("user"))


def _actor(reading: Reading, upto: int, act_at: int) -> Actor | None:
    """Who stands last before the negation or the act; else who stands first between the two."""
    actors = sorted(_actors(reading))
    earlier = [actor for start, actor in actors if start < upto]
    if earlier:
        return earlier[-1]
    return next((actor for start, actor in actors if start < act_at), None)


def _actors(reading: Reading) -> Iterator[tuple[int, Actor]]:
    owned = (*reading.at("yours"), *reading.at("house"))
    for name, actor in (("platform", Actor.PLATFORM), ("user", Actor.USER), ("others", Actor.OTHERS)):
        for start, end in reading.at(name):
            if any(a <= start and end <= b for a, b in owned):
                continue
            if actor is not Actor.PLATFORM and _FROM.search(reading.text, 0, start):
                continue
            if actor is Actor.OTHERS and reading.text[end : end + 1].isalpha():
                continue
            yield start, actor
