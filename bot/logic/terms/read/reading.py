"""One sentence folded for reading, and where the words of each group stand in it."""

import re

from bot.logic.terms.read.blocks import plain
from bot.logic.terms.read.lexicon import Lexicon
from bot.logic.text.words import word_set

Span = tuple[int, int]

_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-", "\xa0": " "}
)
# Capitals tell "AI" from "aim" and a host name (music.ai) from both.
# Kana and kanji are letters to a pattern but part no words: there "AI" stands between them without spaces.
_LATIN = r"A-Za-z0-9_À-ÿ"
_AI = re.compile(rf"(?<![{_LATIN}.@/])(?:A\.I\.|AI|KI|IA|A\.I)(?!\.?[{_LATIN}])(?!\.(?:com|org|net|io)\b)")
_UNSPACED_AI = re.compile(
    r"(?<=[\u3040-\u9fff])artificial intelligence|artificial intelligence(?=[\u3040-\u9fff])"
)
_AI_SAID_TWICE = re.compile(
    r"artificial intelligence\s*\((?:\"?artificial intelligence\"?|künstliche intelligenz)\)"
)
_NAME = r"[A-Z][\w&]*(?:[ -][A-Z][\w&]*){0,3}"
_NAME_ACTS = re.compile(
    rf"(?<![\w'-])({_NAME})(?: and (?:its|our) [Aa]ffiliates)?(?= (?:also |hereby |expressly )?"
    r"(?:will|won't|may|might|does|doesn't|do|don't|can|cannot|can't|shall|agrees|uses|never|undertakes|promises|commits|"
    r"restricts|is allowed|has|trains|shares|licenses|s'engage|s'oppose|n'utilise|utilise|peut|ne|wird|darf|nutzt|verwendet|"
    r"trainiert)\b)"
)
_NAME_OWNS = re.compile(
    rf"(?<![\w'-]){_NAME}'s (?=(?:or third|artificial|generative|machine|language|models?|algorithms?|access|use)\b)"
)
_NO_NAME = word_set(
    "you your user users customer customers client clients member members the this that these those it they he she any"
    " no content contents output outputs input inputs music songs tracks uploads data information materials material"
    " developer developers creator creators artist artists third party parties licensee licensees visitors visitor"
    " recipients partners partner we our anyone nobody some all each every such please if when where as under for in by"
    " works recordings audio models pins posts files nothing personal service services site platform end subscriber"
    " subscribers robots crawlers others other people generative artificial machine what which who there le la les"
    " l'utilisateur utilisateur utilisateurs vous nous il elle ce cette abonné membre der die das sie du ihr er es wir"
    " niemand nutzer kunden kunde mitglieder ihre deine unsere inhalte musik daten personen dritte agreement license"
    " section policy terms unacceptable acceptable prohibited permitted allowed restricted certain following commercial"
    " personal fair purposes owner owners affiliates company and or intelligenz intelligence lernen ki algorithmen modelle netze"
)
# Phrases that hold a negation and deny nothing.
_NO_DENIAL = re.compile(
    r"whether or not|but (?:is |are )?not limited to|not limited to|without limitation|not only|not just|no later than"
    r"|no longer than|not (?:be )?(?:considered|deemed|regarded)"
    r"|\b(?:if|where|when|unless|until)\b[^,;:]{0,60}?\b(?:not|don't|doesn't|haven't|isn't)\b(?!\s+(?:give |actively )?consent)"
    r"|(?:who|which|that) (?:do not|don't) (?:want|wish)"
    r"|no (?:warrant\w+|representations?)|no matter|not necessarily"
    r"|(?:wenn|sofern|falls|soweit|solange) (?:sie|du|ihr) [^,]{0,60}nicht|(?:si|à moins que) vous ne[^,]{0,60}(?:pas|,)"
    r"|nicht nur|non seulement|no sólo|no solo|não só|não apenas|non solo|niet alleen|inte bara|ない限り"
    # What does not stand in the way, needs no consent, costs nothing or cannot be taken back is no denial of the act.
    r"|\b(?:nothing|not|no|n'|ne|non|nicht|inte|niet|não|nada)\b[^.;:]{0,60}?(?:prevent|preclud|exclu[trs]|hinder"
    r"|impe[dç]|vieta|empêch|verhinder|ausgeschlossen|entgegen)\w*(?: pas)?"
    r"|ne fait pas obstacle|does not (?:stand in the way|remove)|there is (?:currently |at present )?no (?:setting|way|option)"
    r"|(?:may|can) ?not (?:revoke|withdraw|object|claim)|under no (?:duty|obligation)"
    r"|\bnot (?:be )?(?:entitled|obliged|required)\b"
    r"|\bno (?:\w+ )?(?:compensation|remuneration|payment|royalt\w*|duty|obligation|fee|further|additional|separate)\b"
    r"|anspruch auf (?:vergütung|entgelt)[^.;]{0,40}nicht|kein\w* (?:anspruch|vergütung|entgelt|gesonderte)"
    r"|sin que ello|sin (?:derecho|remuneración|compensación|contraprestación)"
    r"|non è (?:necessari\w+|richiest\w+|dovut\w+)"
    r"|senza (?:alcun )?(?:compenso|corrispettivo)|sem (?:direito|remuneração|compensação|que isso)"
    r"|対価[^。]{0,20}(?:ない|ません)"
    r"|geen (?:vergoeding|recht op)|ingen (?:ersättning|rätt till)|aucune? (?:rémunération|compensation|contrepartie)"
    # "Not more than we need" is a measure and no denial.
    r"|\b(?:not|never|don't|doesn't|no|won't|nicht|nie)\b[^.;:]{0,60}?\b(?:more|mehr)\b(?=[^.;:]{0,80}\b(?:than|als)\b)"
    r"|\b(?:ne|n'\w+|non|no|não|nunca|mai|jamais|jamás)\b[^.;:]{0,60}?\b(?:plus|más|mais|più)\b"
    r"(?=[^.;:]{0,80}\b(?:que|de lo|do que|di quanto|del)\b)"
    r"|\b(?:niet|nooit|inte|aldrig)\b[^.;:]{0,60}?\b(?:meer|mer|fler)\b(?=[^.;:]{0,80}\b(?:dan|än)\b)"
    # Portuguese "no" is "in the".
    r"|\bno (?=(?:desenvolv|trein|âmbit|context|us[oa]\b|site|serviç|nosso|seu|perfil|cas[oa]\b|momento|futuro|process"
    r"|aprimor|aperfei)\w*)"
)


# "You shall not: (a) ...; (b) ...": in small letters, as folded text is.
_ENTRY = re.compile(r"(?<=[\s:;,])(?=\((?:[a-z]|[ivx]{1,5}|\d{1,2})\)\s)")
_LONG = 450
# Menus and scripts run together are no sentences: only what stands near "AI" is read.
_ENDLESS = 3_000
_NEAR = 300


class Reading:
    """A sentence after the stem it hangs on, in small letters, capitals' meaning put into words.

    text  what the spans count in
    own   where the sentence itself begins; 0 without a stem
    """

    def __init__(self, sentence: str, stem: str, lexicon: Lexicon) -> None:
        # The colon keeps stem and entry apart without closing a sentence.
        head = f"{fold(stem)} " if stem else ""
        self.text = head + _focus(fold(sentence), lexicon)
        self.own = len(head)
        self._lexicon = lexicon
        self._found: dict[str, tuple[Span, ...]] = {}

    def at(self, name: str) -> tuple[Span, ...]:
        """Where words of the group stand, in order."""
        found = self._found.get(name)
        if found is None:
            found = tuple(match.span() for match in self._lexicon.pattern(name).finditer(self.text))
            self._found[name] = found
        return found

    def has(self, name: str) -> bool:
        return bool(self.at(name))

    def has_own(self, name: str) -> bool:
        """Whether it stands in the sentence itself, not only in its stem."""
        return any(start >= self.own for start, _ in self.at(name))

    def after(self, at: int, name: str, within: int) -> Span | None:
        """The first of the group that begins up to `within` characters after `at`."""
        return next((span for span in self.at(name) if 0 <= span[0] - at <= within), None)

    def before(self, at: int, name: str, within: int) -> Span | None:
        """The last of the group that ends up to `within` characters before `at`."""
        return next((span for span in reversed(self.at(name)) if 0 <= at - span[1] <= within), None)


def _focus(said: str, lexicon: Lexicon) -> str:
    """A long sentence with a list inside, cut down to its head and the entries that speak of AI.

    Else the negation would be pages away from the act, and words of other entries would be read into it.
    """
    if len(said) <= _LONG:
        return said
    if len(said) > _ENDLESS:
        said = _around_ai(said, lexicon)
    head, *entries = _ENTRY.split(said)
    if len(entries) < 2:
        return said
    kept = [entry for entry in entries if lexicon.pattern("ai").search(entry)]
    return head + "".join(kept) if kept else said


def _around_ai(said: str, lexicon: Lexicon) -> str:
    kept: list[str] = []
    at = 0
    for match in lexicon.pattern("ai").finditer(said):
        start, end = max(at, match.start() - _NEAR), match.end() + _NEAR
        if end > at and len(kept) * _NEAR < _ENDLESS:
            kept.append(said[start:end])
            at = end
    return " ... ".join(kept) or said[:_ENDLESS]


def fold(text: str) -> str:
    """Plain, small letters; "AI" spelt out, a platform's name before its verb turned into "we"."""
    # First "AI": in "by AI will be" it is not a platform's name.
    said = _AI.sub("artificial intelligence", plain(text).translate(_QUOTES))
    said = _UNSPACED_AI.sub(" artificial intelligence ", said)
    said = _NAME_OWNS.sub("our ", _NAME_ACTS.sub(_as_we, said)).lower()
    said = _AI_SAID_TWICE.sub("artificial intelligence", said).replace(", however,", " ")
    return _NO_DENIAL.sub(lambda match: " " * len(match.group()), said)


def _as_we(match: re.Match[str]) -> str:
    words = match.group(1).lower().split()
    # Legal texts give their defined terms capitals too.
    return match.group() if any(word in _NO_NAME for word in words) else "we"
