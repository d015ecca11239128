"""What somebody who writes to the bot wants: a verb and filters, out of free words, typos and six languages."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from bot.logic.mail.words import FILLERS, TOPICS, URGENCIES, VERBS, Verb
from bot.model import Entity, Topic, Urgency

# These count wherever they stand: in German the verb comes last.
_STRONG = frozenset({Verb.SUBSCRIBE, Verb.UNSUBSCRIBE, Verb.SUBSCRIPTIONS})
_MOST_CHARS = 600
_CLOSE = 0.82
_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_MENTION = re.compile(r"(?<![\w@])@[\w.-]+(?:@[\w.-]+)?")
# Runs of one kind of writing: "SoundCloudの訴訟" is two words without a space between.
_RUN = re.compile(r"(?P<word>[0-9a-z]+)|(?P<other>[^\W_]+)")


@dataclass(frozen=True, slots=True)
class Ask:
    """What was understood.

    verb      None: nothing that we know
    lang      of the words, as a folder of bot/words; None: they do not tell
    number    as in "unsubscribe 2"; None: none was given
    url       the first address in the text; None: none
    unknown   words that could have been a platform or topic and are none
    is_first  the verb is the first word, as when somebody really speaks to us
    """

    verb: Verb | None = None
    lang: str | None = None
    platforms: frozenset[str] = frozenset()
    topics: frozenset[Topic] = frozenset()
    urgency: Urgency = Urgency.NOW
    number: int | None = None
    url: str | None = None
    unknown: tuple[str, ...] = ()
    is_first: bool = False

    @property
    def is_narrow(self) -> bool:
        """Whether it names a platform or a topic."""
        return bool(self.platforms or self.topics)


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What one word or phrase can stand for; several of these may hold at once."""

    verbs: tuple[tuple[Verb, str], ...] = ()
    topics: frozenset[Topic] = frozenset()
    platform: str | None = None
    urgency: Urgency | None = None
    is_filler: bool = False

    def __or__(self, other: "_Meaning") -> "_Meaning":
        return _Meaning(
            self.verbs + other.verbs,
            self.topics | other.topics,
            self.platform or other.platform,
            self.urgency or other.urgency,
            self.is_filler and other.is_filler,
        )


_Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """Every phrase that means something. Built once from the config by `build_vocabulary`."""

    phrases: Mapping[_Phrase, _Meaning]

    @cached_property
    def longest(self) -> int:
        return max(map(len, self.phrases))

    @cached_property
    def single_words(self) -> Sequence[str]:
        """What a mistyped word may have been meant to be."""
        return [
            phrase[0]
            for phrase, meaning in self.phrases.items()
            if len(phrase) == 1 and len(phrase[0]) > 3 and not meaning.is_filler
        ]


def build_vocabulary(platforms: Iterable[Entity]) -> Vocabulary:
    """The words of six languages, and the platforms as platforms.toml names them."""
    phrases: dict[_Phrase, _Meaning] = {}

    def add(text: str, meaning: _Meaning) -> None:
        phrase = _phrase(text)
        if phrase:
            phrases[phrase] = phrases[phrase] | meaning if phrase in phrases else meaning

    for word in FILLERS:
        add(word, _Meaning(is_filler=True))
    for verb, by_language in VERBS.items():
        for lang, texts in by_language.items():
            for text in texts.split("|"):
                add(text, _Meaning(verbs=((verb, lang),)))
    for topic, texts in TOPICS.items():
        for text in (*texts.split("|"), topic.value):
            add(text, _Meaning(topics=frozenset({topic})))
    for urgency, texts in URGENCIES.items():
        for text in texts.split("|"):
            add(text, _Meaning(urgency=urgency))
    for entity in platforms:
        if entity.reported:
            for text in (entity.name, *entity.aliases):
                # A name that is a filler too ("Us") is a name only where nothing else fits: left out.
                if not (known := phrases.get(_phrase(text))) or not known.is_filler:
                    add(text, _Meaning(platform=entity.name))
    return Vocabulary(phrases)


def read_ask(text: str, vocabulary: Vocabulary, *, written_in: str | None = None, own: str = "en") -> Ask:
    """What the text asks for.

    text        plain, mentions of the bot may stand in it
    written_in  the language that the sender's client says
    own         the account's language, taken where the words fit several
    """
    text = text[:_MOST_CHARS]
    urls = _URL.findall(text)
    words = _words(_MENTION.sub(" ", _URL.sub(" ", text)))
    found = list(_meanings(words, vocabulary))
    at = _place_of_verb(found)
    rest = [meaning for n, (_, meaning) in enumerate(found) if n != at and meaning]
    told = found[at][1] if at is not None else None
    verbs = told.verbs if told else ()
    verb = _verb(verbs)
    platforms = frozenset(meaning.platform for meaning in rest if meaning.platform)
    topics = frozenset(topic for meaning in rest for topic in meaning.topics)
    if verb is Verb.STOP and (platforms or topics):
        # "stop suno" ends Suno, not everything.
        verb = Verb.UNSUBSCRIBE
    numbers = [int(word) for word in words if word.isdecimal() and len(word) < 6]
    meant = [n for n, (_, meaning) in enumerate(found) if meaning is None or not meaning.is_filler]
    return Ask(
        verb=verb,
        lang=_language(verbs, verb, written_in, own),
        platforms=platforms,
        topics=topics,
        urgency=next((meaning.urgency for meaning in rest if meaning.urgency), Urgency.NOW),
        number=numbers[0] if numbers else None,
        url=urls[0].rstrip(".,;:!?)]}»”\"'") if urls else None,
        unknown=tuple(word for word, meaning in found if meaning is None),
        is_first=at is not None and bool(meant) and meant[0] == at,
    )


# ---------------------------------------------------------------- words


def _fold(text: str) -> str:
    """Small letters without accents; what makes a Japanese sound another one stays."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in apart if not "\u0300" <= c <= "\u036f"))


def _words(text: str) -> list[str]:
    """Words in Latin letters and figures whole; other writing letter by letter."""
    words: list[str] = []
    for run in _RUN.finditer(_fold(text)):
        words += [run["word"]] if run["word"] else _parted(run["other"])
    return words


def _parted(run: str) -> list[str]:
    parts: list[str] = []
    for char in run:
        if char.isascii() and parts and parts[-1].isascii():
            parts[-1] += char
        elif "\u3040" <= char <= "\u9fff" or not parts or "\u3040" <= parts[-1][0] <= "\u9fff":
            parts.append(char)
        else:
            parts[-1] += char
    return parts


def _phrase(text: str) -> _Phrase:
    return tuple(_words(text))


def _meanings(words: Sequence[str], vocabulary: Vocabulary) -> Iterator[tuple[str, _Meaning | None]]:
    """The phrases in the text, the longest first at each place; None: a word that means nothing to us."""
    at = 0
    while at < len(words):
        for length in range(min(vocabulary.longest, len(words) - at), 0, -1):
            meaning = vocabulary.phrases.get(tuple(words[at : at + length]))
            if meaning is not None:
                yield " ".join(words[at : at + length]), meaning
                at += length
                break
        else:
            word = words[at]
            at += 1
            close = _mistyped(word, vocabulary)
            if close is not None:
                yield word, close
            elif len(word) > 2 and not word.isdecimal():
                yield word, None


def _mistyped(word: str, vocabulary: Vocabulary) -> _Meaning | None:
    if len(word) < 4:
        return None
    # Hardly anybody mistypes a word's first letter; without this, any text would hold a command.
    alike = [known for known in vocabulary.single_words if known[0] == word[0]]
    close = get_close_matches(word, alike, n=1, cutoff=_CLOSE)
    return vocabulary.phrases[(close[0],)] if close else None


# ---------------------------------------------------------------- verbs


def _place_of_verb(found: Sequence[tuple[str, _Meaning | None]]) -> int | None:
    ranked = []
    for n, (_, meaning) in enumerate(found):
        verb = _verb(meaning.verbs) if meaning else None
        if verb is not None:
            rank = 0 if verb in _STRONG else 2 if verb is Verb.HELP else 1
            ranked.append((rank, n))
    return min(ranked)[1] if ranked else None


def _verb(verbs: Sequence[tuple[Verb, str]]) -> Verb | None:
    """Of a word that stands for several in different languages, the first in the order of the table."""
    return verbs[0][0] if verbs else None


def _language(
    verbs: Sequence[tuple[Verb, str]], verb: Verb | None, written_in: str | None, own: str
) -> str | None:
    langs = [lang for each, lang in verbs if each is verbs[0][0]] if verbs else []
    said = _known_language(written_in)
    if not langs:
        return said
    for wanted in (said, own, "en"):
        if wanted in langs:
            return wanted
    return langs[0]


def _known_language(code: str | None) -> str | None:
    """The folder of bot/words for a language code; None: none of the six."""
    plain = (code or "").replace("_", "-").split("-")[0].lower()
    return {"pt": "pt-BR"}.get(plain, plain) if plain in ("en", "de", "fr", "es", "pt", "ja") else None
