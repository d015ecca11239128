"""What one sentence lets somebody do: the stances it takes, each with how sure that is.

Actor, act, negation, material and condition are found by group of words (lexicon), not by remembered phrases.
"""

import re

from bot.logic.terms.read.conditions import condition
from bot.logic.terms.read.lexicon import Lexicon
from bot.logic.terms.read.reading import Reading, Span
from bot.logic.terms.read.training import Act, ActKind, Actor, gives, is_dataset, training_act
from bot.logic.terms.read.uses import uses
from bot.logic.terms.read.wording import say
from bot.model import Stance, StanceKind, TermsSentence

SURE = 0.7
"""From here on a reading is trusted to alert people; below, an operator looks first."""

_NO_AI_TAG = re.compile(r"\bno[ -]?(?:image)?ai\b")
_TO_WHOM = re.compile(r"\b(?:to|with) whom\b|\bauxquels\b|\bdenen\b")
# "We cannot guarantee that your music will not be used": no promise, and no grant either.
_DISCLAIMS = re.compile(
    r"\b(?:no|not|cannot|can't|don't|never)\s+(?:\w+\s+)?(?:guarantee|warrant|ensure|promise|assur|control)"
    r"|keine gewähr|ne garanti"
)
_DISCLAIMED_LOSS = 0.35
# "Only if you opt in" promises not to otherwise.
_ONLY_IF = re.compile(
    r"\b(?:only|nur|uniquement|seulement)\b[^.;]{0,120}\b(?:if you|with your|where you|after you|once you|wenn sie|wenn du"
    r"|mit ihrer|mit deiner|avec votre|si vous)\b"
)
_WAS = re.compile(r"\b(?:was|were|been|is|are|wurde|wurden|été)\s+$")
# "Patterns in data used to train these models" tells how models work.
_DESCRIBES = re.compile(r"\b(?:data|information|material|content) (?:that (?:is|was|were) )?used to $")
_IS_NOT_USED = re.compile(r"\b(?:(?:is|are) (?:not|never)|will (?:not|never) be) (?:\w+ly )?used\b")
_UNCLEAR = 0.25
_TOOL_PERHAPS = 0.4
_MENU_LOSS = 0.4
Scored = tuple[StanceKind, float]


def speaks_of_ai(sentence: TermsSentence, lexicon: Lexicon) -> bool:
    """Whether reading it can give a stance: AI, things made by it, or the training of models. Cheap."""
    return _is_candidate(Reading(sentence.text, sentence.stem, lexicon))


def _is_candidate(reading: Reading) -> bool:
    if any(reading.has_own(name) for name in ("ai", "synthetic", "made")):
        return True
    if reading.has("ai") and reading.has_own("feed"):
        return True
    return reading.has("model") and (
        reading.has_own("train") or (reading.has_own("improve") and reading.has_own("yours"))
    )


def stances(sentence: TermsSentence, lexicon: Lexicon, context: str = "") -> tuple[Stance, ...]:
    """Every stance of the sentence, surest first; empty when it has nothing to do with AI.

    context  the sentence before it: "You can switch this use off" leans on it. "" if there is none
    """
    reading = Reading(sentence.text, sentence.stem, lexicon)
    scored = _scored(reading, lexicon, context)
    if sentence.is_menu:
        scored = [(kind, score - _MENU_LOSS) for kind, score in scored]
    limits = condition(reading)
    best: dict[StanceKind, float] = {}
    for kind, score in scored:
        best[kind] = max(best.get(kind, 0.0), score)
    found = [
        Stance(kind, round(min(max(score, 0.05), 0.99), 2), limits, say(kind, limits))
        for kind, score in best.items()
    ]
    return tuple(sorted(found, key=lambda stance: -stance.confidence))


def _scored(reading: Reading, lexicon: Lexicon, context: str) -> list[Scored]:
    if not _is_candidate(reading):
        return _leaning(reading, lexicon, context)
    act = training_act(reading)
    scored = _of_training(reading, act) if act else (_mining(reading) or _licensed_out(reading))
    if _HEADS.match(reading.text, reading.own):
        scored = [(kind, score - _MENU_LOSS) for kind, score in scored]
    if act is not None and _exit_leads(reading, act):
        scored = [
            (kind, score - _EXIT_SPEAKS if kind is StanceKind.GRANTS_TRAINING else score)
            for kind, score in scored
        ]
    if _DISCLAIMS.search(reading.text):
        scored = [(kind, score - _DISCLAIMED_LOSS) for kind, score in scored]
    scored += _switch(reading, act)
    scored += uses(reading, act)
    # The tools are what is left to think of when nothing else fits.
    told = [each for each in scored if each[0] is not StanceKind.AI_FEATURE_TERMS or each[1] > _TOOL_PERHAPS]
    return told or scored or [(StanceKind.AI_FEATURE_TERMS, _UNCLEAR)]


# "How we use information to improve our AI": what a section is about, and no rule.
_HEADS = re.compile(
    r"(?:how|what|why|when|where|which|comment|pourquoi|wie|warum|cómo|como|come|hoe|hur)\b[^.?!]*$"
    r"|(?:more information|further information|details|information|learn more|weitere informationen|plus d'informations)\b"
    r"[^.]*\b(?:policy|page|faq|section|sections|notice|center|centre)\b"
)
_EXIT_SPEAKS = 0.3
# "If you live in Europe you have the right to object to our use": the sentence is about the way out.
_EXIT_WORDS = re.compile(
    r"^\W*(?:to (?:stop|opt|object|exclude|prevent)|you (?:can|may|have)|if you (?:do not|don't|live|would|wish|prefer)"
    r"|any \w+ may|members? (?:can|may)|users? (?:can|may)"
    r"|sie können|du kannst|vous pouvez|si vous|puede|puedes|você pode|puoi|può|u kunt"
    r"|je kunt|du kan|お客様は)"
)


def _exit_leads(reading: Reading, act: Act) -> bool:
    """Whether the sentence tells the way out rather than the grant that it is a way out of."""
    if not reading.has("opt_out"):
        return False
    if _EXIT_WORDS.match(reading.text, reading.own):
        return True
    return act.actor is not Actor.PLATFORM and not reading.has("agree")


def _licensed_out(reading: Reading) -> list[Scored]:
    """ "We may license your catalogue to AI developers": what they do with it goes without saying."""
    for start, end in reading.at("others"):
        if "intelligence" not in reading.text[start:end] or reading.has("not") or reading.has("forbid"):
            continue
        given = reading.before(start, "pass_on", 120)
        if (
            given
            and reading.after(given[1], "yours", start - given[1])
            and reading.before(given[0], "platform", 40)
        ):
            return [(StanceKind.THIRD_PARTY_LICENSING, 0.75)]
    return []


def _of_training(reading: Reading, act: Act) -> list[Scored]:
    base = {ActKind.TRAIN: 0.1, ActKind.FEED: 0.0, ActKind.IMPROVE: 0.0}[act.kind]
    yours = 0.15 if gives(reading) else 0.0
    if act.denied or reading.has("forbid"):
        return [_denied(reading, act, base + yours)]
    if act.actor is not Actor.USER and _ONLY_IF.search(reading.text):
        return [(StanceKind.PROMISES_NO_TRAINING, 0.6 + base + yours)]
    if reading.has("scrape") and not reading.has("agree") and act.actor is not Actor.PLATFORM:
        return [(StanceKind.FORBIDS_SCRAPING, 0.6)]
    if _others_train(reading, act):
        return [(StanceKind.THIRD_PARTY_LICENSING, 0.6 + base + yours)]
    return _granted(reading, act, base)


def _denied(reading: Reading, act: Act, extra: float) -> Scored:
    if reading.has("deals") and reading.has("others"):
        return StanceKind.THIRD_PARTY_LICENSING, 0.6 + extra
    if _RESERVES.search(reading.text):
        return StanceKind.FORBIDS_SCRAPING, 0.65 + extra
    by_platform = act.denied and act.actor is Actor.PLATFORM
    passive = (
        act.denied
        and act.actor is None
        and (gives(reading) or _IS_NOT_USED.search(reading.text))
        and not reading.has("house")
        and "should" not in reading.text.split()
    )
    passed_on = act.actor is Actor.OTHERS and reading.has("yours") and not reading.has("house")
    if by_platform or passive or passed_on or _keeps_others_off(reading, act):
        return StanceKind.PROMISES_NO_TRAINING, 0.6 + extra
    return StanceKind.FORBIDS_SCRAPING, 0.65 + extra


# A reservation of rights is said to everybody else.
_RESERVES = re.compile(
    r"\breserv\w*\b.{0,40}\b(?:rights|droits|derechos|direitos|diritti)\b|vorbehalt|förbehåll|voorbehoud"
    r"|\bno (?:third party|person|one|user)\b"
)


def _keeps_others_off(reading: Reading, act: Act) -> bool:
    """ "We prohibit our suppliers from training on your content"."""
    barred = next(iter(reading.at("forbid")), None)
    if barred is None or act.denied or not reading.has("yours") or reading.has("house"):
        return False
    return (
        reading.before(barred[0], "platform", 20) is not None
        and reading.after(barred[1], "others", 40) is not None
    )


def _others_train(reading: Reading, act: Act) -> bool:
    """Whether somebody who gets it from the platform trains on it."""
    if act.actor is Actor.OTHERS:
        return "our" not in reading.text[act.at[1] : act.at[1] + 40].split()
    if _TO_WHOM.search(reading.text, 0, act.at[0]) and reading.before(act.at[0], "others", 200):
        return True
    given = reading.before(act.at[0], "pass_on", 160)
    if given is None or not reading.has("yours"):
        return False
    getter = reading.after(given[1], "others", 90)
    return getter is not None and getter[0] < act.at[0]


def _granted(reading: Reading, act: Act, base: float) -> list[Scored]:
    score = 0.45 + base
    agreed = reading.has("agree") or reading.has("license")
    if agreed or act.actor is Actor.PLATFORM:
        score += 0.25
    elif act.actor is Actor.USER:
        # What users may do with the platform's models is no grant of theirs.
        return [(StanceKind.AI_FEATURE_TERMS, _TOOL_PERHAPS)]
    if not agreed and _tells_how_it_was_made(reading, act):
        score -= 0.25
    elif gives(reading):
        score += 0.2 if agreed or act.actor is Actor.PLATFORM else 0.25
    if reading.after(act.at[1], "platform", 130):
        score += 0.15
    if act.kind is not ActKind.TRAIN and gives(reading) and _is_about_models(reading, act):
        return [(StanceKind.GRANTS_TRAINING, score + 0.05)]
    if act.kind is ActKind.IMPROVE and act.actor is Actor.PLATFORM and _improves_models(reading, act):
        return [(StanceKind.GRANTS_TRAINING, max(score, SURE))]
    if act.kind is not ActKind.TRAIN:
        score -= 0.1
        # "Improve our models" may be statistics.
        score -= 0.0 if reading.has("ai") else 0.3
    return [(StanceKind.GRANTS_TRAINING, score)]


def _tells_how_it_was_made(reading: Reading, act: Act) -> bool:
    """ "Our AI was trained on licensed music": not on anything that is given here."""
    start = act.at[0]
    if _DESCRIBES.search(reading.text, max(0, start - 40), start):
        return True
    return not reading.has("yours") and bool(_WAS.search(reading.text, max(0, start - 12), start))


# "Develop generative AI", "improve our AI models"; their features and tools are another matter.
_JOINED = r"\W{0,3}(?:and|und|et|y|e|en|och|generative[rsn]?|ai)?\W{0,3}"
_MODELS = r"(?:models?|model[ol]s?|modell\w*|systems?|sistem\w*|syst[eè]me?n?s?|technolog\w*|algorithm\w*|モデル|システム)?"
_TOOLS = (
    r"[- ]?(?:\w+ )?(?:feature|tool|product|service|assistant|funktion|werkzeug|outil|herramient|strument|ferrament"
    r"|functie|verktyg|generated|powered|based)"
)
_MODELS_THEMSELVES = re.compile(rf"{_JOINED}{_MODELS}\W{{0,2}}(?!{_TOOLS})")
_BARELY, _PURPOSE = 40, 60


def _is_about_models(reading: Reading, act: Act) -> bool:
    """Whether what is fed, developed or improved is AI itself and not a tool made with it."""
    if act.kind is ActKind.IMPROVE:
        return _is_made_better(reading, act.at)
    improved = (span for span in reading.at("improve") if 0 <= span[0] - act.at[1] <= _PURPOSE)
    return is_dataset(reading, act.at) or any(_is_made_better(reading, span) for span in improved)


# Who develops models speaks of what they are developed from.
_FROM_DATA = re.compile(
    r"\b(?:data|information|content|daten|inhalte|données|contenus|datos|contenido|dados|dati|gegevens|uppgifter)\b"
)


def _improves_models(reading: Reading, act: Act) -> bool:
    ahead = reading.after(act.at[1], "ai", _BARELY)
    if ahead is None or not _FROM_DATA.search(reading.text):
        return False
    return reading.after(ahead[1], "model", 4) is not None and _is_made_better(reading, act.at)


def _is_made_better(reading: Reading, at: Span) -> bool:
    """Whether AI itself stands right behind the word of improving, or right before it."""
    ahead = reading.after(at[1], "ai", _BARELY)
    if ahead is None:
        return reading.before(at[0], "ai", 4) is not None
    is_means = "use" in reading.text[at[1] : ahead[0]].split()
    return not is_means and bool(_MODELS_THEMSELVES.match(reading.text, ahead[1]))


def _mining(reading: Reading) -> list[Scored]:
    """Text and data mining is an act of its own; in terms it is spoken of to reserve it."""
    if not (
        reading.has("scrape")
        and any(
            "mining" in reading.text[a:b] or "fouille" in reading.text[a:b] for a, b in reading.at("scrape")
        )
    ):
        return []
    return [(StanceKind.FORBIDS_SCRAPING, 0.8 if reading.has("forbid") or reading.has("not") else 0.45)]


def _switch(reading: Reading, act: Act | None) -> list[Scored]:
    """A switch that the artist must find."""
    if not reading.has("opt_out"):
        return []
    if act is None:
        named = _NO_AI_TAG.search(reading.text) and (reading.has("yours") or reading.has("label"))
        return [(StanceKind.REQUIRES_OPT_OUT, 0.7 if named else 0.45)]
    if act.denied and act.actor is Actor.USER:
        return [(StanceKind.REQUIRES_OPT_OUT, 0.55)]
    return [(StanceKind.REQUIRES_OPT_OUT, 0.85)]


def _leaning(reading: Reading, lexicon: Lexicon, context: str) -> list[Scored]:
    """ "You can opt out of this use": about AI only through the sentence before."""
    if not (context and reading.has("opt_out") and reading.has("this_use")):
        return []
    return [(StanceKind.REQUIRES_OPT_OUT, 0.75)] if training_act(Reading(context, "", lexicon)) else []
