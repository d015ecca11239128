"""Whether a model's summary says only what its sources say.

Strict on purpose: a summary that is refused costs nothing, since the extractive one stands in for it; one that
is wrong costs the trust of everybody who reads it. Meaning that hangs on more than words and their order is not seen.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.logic.stories.acts import acts_in
from bot.logic.summaries.lines import content_stems
from bot.logic.summaries.model_question import Answer, Claim, Quoted, Shown, attributed
from bot.logic.summaries.selection import MOST_CHARACTERS, MOST_WORDS_AN_OUTLET
from bot.logic.text.figures import RELATIVE, VAGUE, Number, dates, months, numbers
from bot.logic.text.sentences import split
from bot.logic.text.words import fold, word_set, words

_FEWEST_QUOTED, _MOST_QUOTED, _LONGEST_QUOTATION = 5, 48, 300
_GROUNDED = (
    0.75  # of a claim's telling words stand in its source; the rest are the model's own connecting words
)
_SAME_SENTENCE = 0.6  # from here a source sentence is what the claim retells, and must agree in its "not"
_NEAR = 300  # characters around a quotation within which its speaker is named

_NEGATIONS = word_set(
    "not no never neither nor without cannot cant wont dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt"
    " shouldnt wouldnt couldnt denies denied deny refuses refused refuse rejects rejected reject fails failed nicht"
    " kein keine nie ohne pas jamais sans aucun aucune nunca sin ningun ninguna"
)
_OPENERS = word_set(
    "a an the in on at by for from of to as and but or if it its he she they their his her this that these those after before"
    " under while when where who which what with within without both each all some many most no not more than according"
    " however meanwhile since until during also only other another any artists musicians users der die das ein eine im am"
    " le la les un une dans el los las en une des du au"
)
_ROLES = word_set("ai ceo cfo coo us uk eu un mr mrs ms dr sir judge senator president")
_OUTSIDE = re.compile(
    r"https?:|www\.|://|[@#<>{}\[\]`*_|\\]|\b[\w-]{2,}\.(?:com|net|org|io|ai|example|co|me|xyz|info|app)\b",
    re.IGNORECASE,
)
_COMMANDS = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,30}\b(?:instruction|rule|prompt|above|previous)"
    r"|\b(?:system prompt|language model|as an ai|click here|visit our|subscribe|sign up|act now)\b",
    re.IGNORECASE,
)
_HYPE = re.compile(
    r"\b(?:quietly|shocking(?:ly)?|bombshell|slam(?:s|med)?|stunning|outrageous|game[- ]chang\w+|revolutionary"
    r"|groundbreaking|devastating|blasts?|blasted)\b|!",
    re.IGNORECASE,
)
_OWN_VOICE = re.compile(r"\b(?:I|I'm|we|We|our|Our|us|my|My)\b")
_QUOTED_PARTS = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|«\s?([^«»]+?)\s?»|„([^„“”]+)[“”]")
_PASSIVE = re.compile(r"\b\w+(?:ed|en|wn|ld) by (?:the |a |an )?[A-Z]")
_EVEN = str.maketrans(
    dict.fromkeys("‘’‚‛′`´", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"\xa0": " "}
)
_ALIKE = {"'": "['‘’‚‛′`´]", '"': '["“”„‟″«»]', "-": "[-‐‑‒–—―−]", " ": r"\s+"}


def faults(answer: Answer, shown: Sequence[Shown]) -> tuple[str, ...]:
    """What is wrong with an answer, as phrases for the operator; empty: it may be told.

    shown  the sources in the order in which the model was given them
    """
    found = list(_limits(answer, shown))
    for claim in answer.claims:
        found.extend(_claim(claim, shown[claim.source]))
    if answer.quoted is not None:
        found.extend(_quotation(answer.quoted, shown[answer.quoted.source]))
    return tuple(dict.fromkeys(found))


def _limits(answer: Answer, shown: Sequence[Shown]) -> Iterator[str]:
    length = len(" ".join(told.text for part in answer.parts for told in attributed(part, shown)))
    if length > MOST_CHARACTERS:
        yield f"it has {length} characters of {MOST_CHARACTERS}"
    spent = Counter[str]()
    for each in (*answer.claims, *((answer.quoted,) if answer.quoted else ())):
        spent[shown[each.source].entry.outlet.name] += len(each.text.split())
    for outlet, count in spent.items():
        if count > MOST_WORDS_AN_OUTLET:
            yield f"{count} words are from {outlet}, of {MOST_WORDS_AN_OUTLET}"


# ---------------------------------------------------------------- sentences


def _claim(claim: Claim, source: Shown) -> Iterator[str]:
    text = claim.text
    known = f"{source.title}\n{source.text}"
    if _OUTSIDE.search(text):
        yield "it has a link or markup"
    if _COMMANDS.search(text):
        yield "it repeats an instruction"
    if _HYPE.search(text):
        yield "it has a loud word"
    if not re.search(r"[.?][\"'”’»)]*$", text):
        yield "a sentence has no end"
    if _OWN_VOICE.search(_QUOTED_PARTS.sub(" ", text)):
        yield "it speaks as if it were the source"
    yield from _quoted_parts(text, known)
    yield from _figures(text, known)
    yield from _names(text, f"{known}\n{source.entry.outlet.name}")
    yield from _acts(text, known)


def _quoted_parts(text: str, known: str) -> Iterator[str]:
    plain = _even(known)
    for match in _QUOTED_PARTS.finditer(text):
        part = next(group for group in match.groups() if group is not None)
        if _even(part).strip(" ,.") not in plain:
            yield f"“{_short(part)}” does not stand in the source"
    if _QUOTED_PARTS.sub("", text).count('"') or re.search("[“”„«»]", _QUOTED_PARTS.sub("", text)):
        yield "a quotation is not closed"


def _figures(text: str, known: str) -> Iterator[str]:
    there = (*numbers(known), *(Number(str(date.year), "", "") for date in dates(known) if date.year))
    for number in numbers(text):
        if not any(other.supports(number) for other in there):
            yield f"the number {number.money}{number.value}{number.scale and ' ' + number.scale} is not in the source"
    days = dates(known)
    for date in dates(text):
        if not any(other.supports(date) for other in days):
            yield "a date is not in the source"
    if months(text) - months(known):
        yield "a month is not in the source"
    mine, theirs = set(words(text)), set(words(known))
    for word in sorted(mine & (VAGUE | RELATIVE) - theirs):
        yield f"“{word}” is not in the source"


def _names(text: str, known: str) -> Iterator[str]:
    """Every capitalised word stands in the source, and those that stand together stand together there."""
    listed = words(known)
    single, pairs = set(listed), set(pairwise(listed))
    small = {word for raw in re.findall(r"\b[a-z][\w'’-]*", known) for word in words(raw)}
    before: tuple[str, int] | None = None
    for start, end, is_first in _capitalised(text):
        parts = words(text[start:end])
        for word in parts:
            if word not in single and not (is_first and word in _OPENERS):
                yield f"the name “{text[start:end]}” is not in the source"
        if not parts or (is_first and (parts[0] in _OPENERS or parts[0] in small)):
            before = None
            continue
        if before is not None and text[before[1] : start] == " ":
            pair = (before[0], parts[0])
            is_name = not _ROLES & set(pair) and not any(part[0].isdigit() for part in pair)
            if is_name and pair not in pairs:
                yield f"the name “{pair[0]} {pair[1]}” is put together"
        before = (parts[-1], end)


def _capitalised(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, opens a sentence) of words with a capital or a digit in them."""
    opens = True
    for match in re.finditer(r"[^\W_]+(?:[.'’&-][^\W_]+)*", text):
        raw = match.group()
        # Plain numbers are compared as numbers: "20,000" and "20000" are the same.
        if not raw.isdigit() and any(letter.isupper() or letter.isdigit() for letter in raw):
            yield match.start(), match.end(), opens
        opens = bool(re.match(r"[.!?:][\"'”’»)]*\s", text[match.end() :]))


def _acts(text: str, known: str) -> Iterator[str]:
    if missing := set(acts_in(text)) - set(acts_in(known)):
        yield f"no source says that somebody did this: {', '.join(sorted(missing))}"
    stems, theirs = content_stems(text), content_stems(known)
    if len(stems & theirs) < _GROUNDED * len(stems):
        strange = ", ".join(sorted(stems - theirs)[:4])
        yield f"too many of its words are not the source's ({strange})"
    for sentence in split(text):
        yield from _turned_round(sentence, known)


def _turned_round(sentence: str, known: str) -> Iterator[str]:
    """A "not" that came or went on the way from the source's sentence."""
    stems = content_stems(sentence)
    denies = _denies(sentence)
    if denies and not _denies(known):
        yield "it denies what no source denies"
        return
    nearest = max(split(known), key=lambda other: len(stems & content_stems(other)), default="")
    theirs = content_stems(nearest)
    if not stems or len(stems & theirs) < _SAME_SENTENCE * len(stems):
        return
    mine, denied = _denied(sentence), _denied(nearest)
    elsewhere = {stem for other in split(known) for stem in _denied(other)}
    if (denied & stems) - mine or (mine & theirs) - elsewhere:
        yield "it turns a sentence of the source into its opposite"
    if _changes_sides(sentence, nearest):
        yield "it tells otherwise who did what to whom"


def _changes_sides(sentence: str, source: str) -> bool:
    """Whether the first two names come the other way round, unless one of the two sentences is passive.

    "UMG sued Suno" and "Suno was sued by UMG" agree; "Suno sued UMG" agrees with neither.
    """
    listed = words(source)
    names = [parts[0] for start, end, _ in _capitalised(sentence) if (parts := words(sentence[start:end]))]
    shared = [name for name in dict.fromkeys(names) if name in listed and name not in _OPENERS | _ROLES]
    if len(shared) < 2:
        return False
    swapped = listed.index(shared[0]) > listed.index(shared[1])
    is_other_voice = bool(_PASSIVE.search(sentence)) != bool(_PASSIVE.search(source))
    return swapped != is_other_voice


def _denied(sentence: str) -> set[str]:
    """Stems that a "not" stands before: the next two telling words of its clause. Others may be told without it."""
    found: set[str] = set()
    for part in re.split(r"[,;:“”\"]|\b(?:and|but|that|which|who)\b", sentence):
        after = 0
        for word in re.findall(r"[\w'’-]+", part):
            if _denies(word):
                after = 2
            elif after and (stems := content_stems(word)):
                found |= stems
                after -= 1
    return found


def _denies(text: str) -> bool:
    return not _NEGATIONS.isdisjoint(words(text)) or "n't" in fold(text)


# ---------------------------------------------------------------- the quotation


def _quotation(quoted: Quoted, source: Shown) -> Iterator[str]:
    count = len(quoted.text.split())
    if not _FEWEST_QUOTED <= count <= _MOST_QUOTED or len(quoted.text) > _LONGEST_QUOTATION:
        yield f"the quotation has {count} words"
    if _OUTSIDE.search(quoted.text) or _COMMANDS.search(quoted.text):
        yield "the quotation has a link, markup or an instruction"
    place = find_quotation(quoted.text, source.text)
    if place is None:
        yield "the quotation does not stand in the source"
        return
    start, end = place
    if not _is_between_marks(source.text, start, end):
        yield "nobody is quoted with these words"
    # "We will not use your content to train": what stands before the quoted words may turn them round.
    if _denies(re.split(r"[.!?“„«\"]", source.text[max(0, start - 120) : start])[-1]):
        yield "the quotation leaves out a “not”"
    around = source.text[max(0, start - _NEAR) : end + _NEAR]
    if quoted.speaker and not _is_named_near(quoted.speaker, around):
        yield f"{_short(quoted.speaker)} is not named beside the quotation"


def find_quotation(quoted: str, text: str) -> tuple[int, int] | None:
    """Where the words stand in the text, letter by letter but for white space and the form of quotes and dashes."""
    wanted = _even(quoted).strip(" ,")
    if not wanted:
        return None
    pattern = "".join(_ALIKE.get(letter, re.escape(letter)) for letter in wanted)
    match = re.search(rf"(?<!\w){pattern}(?!\w)", text)
    return match.span() if match else None


def _even(text: str) -> str:
    return " ".join(text.translate(_EVEN).split())


def _is_between_marks(text: str, start: int, end: int) -> bool:
    for line in re.finditer(r"[^\n]+", text):
        for match in _QUOTED_PARTS.finditer(line.group()):
            if line.start() + match.start() < start and end < line.start() + match.end():
                return True
    return False


def _is_named_near(speaker: str, around: str) -> bool:
    mine, there = words(speaker), words(around)
    return bool(mine) and any(there[i : i + len(mine)] == mine for i in range(len(there)))


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
