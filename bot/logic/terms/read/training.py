"""Whether a sentence is about training AI, who would do it, and whether it is allowed or denied."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.logic.terms.read.reading import Reading, Span


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
    r"\b(?:for|in|into|with|as|to|by|of|dans|pour|avec|à|aux|des|de|d'|en|für|zum|zur|mit|als|in|para|por|con|na|no|do|da"
    r"|per|nel\w*|di|dell\w*|all\w*|voor|van|om|för|till|av|i)\b|[にのへ]"
)
_BUT = re.compile(r"\b(?:but|however|although|except that|mais|toutefois|aber|jedoch|sondern)\b")
_FROM = re.compile(r"\b(?:from|those of|interests of|by using|via|de la part de|von)\s*$")
_REACH = 320
# How far behind its act a negation may stand; a bare "nicht" close by only, else it is another verb's.
_BEHIND, _RIGHT_BEHIND = 70, 25
_NEAR_ONLY = re.compile(r"kein|nicht|niet")
_BREAK = re.compile(r"[.;:。；]")


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
        named = max(reading.before(start, "ai", 45) or (0, 0), reading.before(start, "model", 45) or (0, 0))
        if (target or named[1]) and not _describes_a_model(reading, start, end, named):
            yield start, end


def _trains_people(reading: Reading, start: int, end: int) -> bool:
    """ "Trained reviewers", "our staff receive training on AI"; who train models are no pupils."""
    if _LESSONS.match(reading.text, end):
        return True
    after = reading.after(end, "people", 30)
    if after and not reading.after(end, "ai", after[0] - end):
        return True
    taught = reading.before(start, "people", 25)
    return taught is not None and reading.text[start:end] not in ("train", "trains")


_LESSONS = re.compile(r"\s+(?:videos?|tutorials?|webinars?|lessons?|courses?|workshops?)\b")
_ON = re.compile(r"\s+(?:[\w-]+\s+){0,2}(?:on|with|using|from|auf|mit|an|sur|avec)\b")


def _describes_a_model(reading: Reading, start: int, end: int, named: Span) -> bool:
    """ "Models trained to find spam" names a kind of model; "models trained on your music" is an act."""
    if reading.text[start:end] != "trained" or start - named[1] > 2:
        return False
    return not (_ON.match(reading.text, end) and reading.after(end, "yours", 80))


def _fed(reading: Reading) -> Iterator[Span]:
    return (span for span in reading.at("feed") if _feeds(reading, span))


def _feeds(reading: Reading, at: Span) -> bool:
    """ "Use content in AI tools" feeds them; "use AI tools to" is using a tool."""
    start, end = at
    if is_dataset(reading, at) and reading.before(start, "ai", 4):
        return True
    target = _ai_after(reading, end, 90)
    if target is None:
        return _is_purpose_in_front(reading, start)
    between = reading.text[end : target[0]]
    if _PROVIDES.search(between) or _AS_A_TOOL.fullmatch(between):
        return False
    if _CREATED.search(reading.text, max(0, start - 14), start):
        return False
    if is_dataset(reading, at) and len(between) < _OF_A_DATASET:
        return True
    if reading.text[start:end].startswith(("input", "purpose", "fin")) and len(between) < 25:
        return True
    if not _BETWEEN.search(between):
        return False
    near_a_system = reading.after(target[1], "system", 30) or reading.after(end, "system", target[0] - end)
    into = _INTO.search(between) and gives(reading)
    return bool(near_a_system or into or reading.after(target[1], "feed", 12))


def _is_purpose_in_front(reading: Reading, at: int) -> bool:
    """German and Dutch put the verb last: "zum maschinellen Lernen herangezogen"."""
    named = reading.before(at, "ai", 30)
    return (
        named is not None
        and bool(_FOR.search(reading.text, max(0, named[0] - 8), named[0]))
        and gives(reading)
    )


_FOR = re.compile(r"\b(?:zum|zur|für|voor|ten behoeve van)\s*$")
_OF_A_DATASET = 80


# "Our content" is the platform's; "works on the service" are not.
_IS_CONTENT = re.compile(
    r"content|material|data|output|api|inhalt|contenu|contenid|conteúd|contenut|inhoud|innehåll|コンテンツ|fichiers|any|all"
)


def gives(reading: Reading) -> bool:
    """Whether the sentence is about what artists give: said to be theirs, or works that are not the platform's."""
    if reading.has("yours"):
        return True
    if reading.has("made") or any(_IS_CONTENT.search(reading.text, *span) for span in reading.at("house")):
        return False
    # A "model release" is a form that a model signs.
    return any(not reading.text.startswith("releas", start) for start, _ in reading.at("upload"))


def is_dataset(reading: Reading, at: Span) -> bool:
    """Whether the word that feeds is a set of data, which has no other use."""
    return reading.text[slice(*at)].startswith(_DATASETS)


_DATASETS = (
    "dataset", "data set", "jeu", "conjunto", "insiem", "datens", "datamängd", "データセット", "bases de dados", "corpus",
)  # fmt: skip
# Another part of the sentence, or what content is used for is running the tool.
_PROVIDES = re.compile(
    r"[;:]|\b(?:provid|generat|offer|deliver|power|respond|enabl|display|fournir|fournit|bereitzustell|anzubiet)\w*\b"
)
# "Your use of our AI features", "created using AI".
_AS_A_TOOL = re.compile(r"\s*(?:of\s+)?(?:our|its|the|these|any|such|this|certain)?\s*")
_CREATED = re.compile(r"\b(?:created|generated|made|produced|composed|written)\s+$")
_INTO = re.compile(
    r"\b(?:for|in|into|with|dans|pour|avec|für|mit|para|en|na|no|per|nel\w*|voor|in|för|i)\s*$|[にへ]\s*$"
)


def _ai_after(reading: Reading, at: int, within: int) -> Span | None:
    """The first words for AI after a place, taken together: "machine learning and artificial intelligence"."""
    first = reading.after(at, "ai", within)
    if first is None:
        return None
    start, end = first
    for span in reading.at("ai"):
        if end < span[0] <= end + 6:
            end = span[1]
    return start, end


def _improved(reading: Reading) -> Iterator[Span]:
    return (span for span in reading.at("improve") if _improves(reading, *span))


def _improves(reading: Reading, start: int, end: int) -> bool:
    named = reading.before(start, "ai", 30)
    if named and _TO.match(reading.text, named[1], start) and reading.before(named[0], "platform", 12):
        return True
    if named and _ITS.fullmatch(reading.text, named[1], start) and gives(reading):
        return True
    target = _ai_after(reading, end, 70)
    if target is not None:
        between = reading.text[end : target[0]]
        # "Improving search by using AI" improves search.
        aims_at_ai = not _BY_MEANS_OF.search(between)
        if aims_at_ai and (reading.after(target[1], "system", 20) or "our" in between.split()):
            return True
        if aims_at_ai and len(between) <= 24 and gives(reading) and not _MAKES.match(reading.text, target[1]):
            return True
    model = reading.after(end, "model", 30)
    return model is not None and _is_ours(reading, reading.text[end : model[0]])


_ITS = re.compile(r"\s*の\s*")  # Japanese: "AI's development"
_TO = re.compile(r"[\w\s-]*\bzu\s+$")  # German: "um unsere KI zu verbessern"
_BY_MEANS_OF = re.compile(r"\b(?:uses?|using|through|by|with|utilis\w+|à l'aide|mithilfe|durch)\b")
# "Develop AI-generated artwork" makes works, not models.
_MAKES = re.compile(r"[\s-]*(?:generated|made|created|powered|enabled|assisted|content|output)")


def _is_ours(reading: Reading, between: str) -> bool:
    """Whether a model is the platform's: said so, or by a licence for machine learning."""
    return "our" in between.split() or (
        reading.has("ai") and (reading.has("agree") or reading.has("license"))
    )


def _act(reading: Reading, kind: ActKind, at: Span) -> Act:
    denial = _denial(reading, at)
    actor = _actor(reading, denial[0] if denial else at[0], at[0])
    if denial and _passes_on(reading, denial, at):
        actor = Actor.OTHERS
    return Act(kind, at, actor, denial is not None)


def _denial(reading: Reading, at: Span) -> Span | None:
    """The negation that governs the act: before it, in the same part of the sentence, or right behind it."""
    for found in reversed(reading.at("not")):
        if found[0] < at[0] and at[0] - found[1] <= _REACH:
            return None if _BUT.search(reading.text, found[1], at[0]) else found
    # German: "trainieren wir keine Modelle", "haben das Training eingestellt"; Japanese negates at the end.
    behind = reading.after(at[1], "not_behind", _BEHIND)
    if behind is None or _BREAK.search(reading.text, at[1], behind[0]):
        return None
    is_near = behind[0] - at[1] <= _RIGHT_BEHIND or not _NEAR_ONLY.match(reading.text, behind[0])
    return behind if is_near else None


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
    earlier = [(actor, bool(_OWNS.match(reading.text, start))) for start, actor in actors if start < upto]
    # "Developers using our API must not": the API is ours, the act is theirs.
    doers = [actor for actor, is_owner in earlier if not is_owner]
    if doers or earlier:
        return (doers or [actor for actor, _ in earlier])[-1]
    return next((actor for start, actor in actors if start < act_at), None)


_OWNS = re.compile(
    r"(?:our|unser\w*|notre|nos|nuestr\w+|noss[oa]s?|nostr[aoie]|onze|vårt?|våra)\b"
    r"(?! (?:models?|ai|artificial|generative|systems?|affiliates|partners))"
)
# "The messages you send", "how members use it": whose they are, not who acts.
_GIVES = re.compile(
    r"\s+(?:send|share|use|upload|post|provide|create|submit|give|make|made|listen|interact|store|enter|type|record|generate"
    r"|choose|select|publish|mark|keep|own|hold|have|deliver|supply|entrust|distribute|release|designate|teilen|hochladen|bereitstellen|nutzen|partagez|publiez|fournissez|envoyez|utilisez|créez)\b"
)
_ACTS_ALONE = re.compile(r"(?:^|[,;:.(]|\b(?:if|when|and|or|unless|while|by|si|wenn|und|et))\s*$")
# "Customer support", "member data": a thing and nobody who acts.
_THEIRS = re.compile(
    r"[ -](?:support|service|care|data|info|information|content|accounts?|uploads?|experience)\b"
)
_OF = re.compile(r"\b(?:der|des|von|de|du)\s+$")
_JOINTLY = re.compile(r"\b(?:us|we|affiliates|uns|wir|nous) (?:and|und|et) (?:our|its|unsere|nos|their)?\s*$")


def _actors(reading: Reading) -> Iterator[tuple[int, Actor]]:
    # "Artificial intelligence developers" are others, though developers are users.
    owned = (
        *reading.at("yours"),
        *reading.at("house"),
        *(s for s in reading.at("others") if s[1] - s[0] > 12),
    )
    for name, actor in (("platform", Actor.PLATFORM), ("user", Actor.USER), ("others", Actor.OTHERS)):
        for start, end in reading.at(name):
            if any(
                a <= start and end <= b and (actor is not Actor.OTHERS or (a, b) != (start, end))
                for a, b in owned
            ):
                continue
            if actor is Actor.PLATFORM or _acts(reading.text, start, end, actor):
                yield start, actor


def _acts(text: str, start: int, end: int, actor: Actor) -> bool:
    head = text[max(0, start - 30) : start]
    if _FROM.search(head):
        return False
    if actor is Actor.OTHERS:
        return not _JOINTLY.search(head)
    if _OF.search(head) or _THEIRS.match(text, end):
        return False
    return not (_GIVES.match(text, end) and not _ACTS_ALONE.search(head))
