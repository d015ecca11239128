"""Whether a look at a page is evidence of what its terms say. What is not is told to the operator and never alerts.

Pages flip: a bot wall, a login, the home page, half a page, another language. Taken for the terms they would first
"remove" every clause and then "add" it again.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from bot.logic.terms.read.languages import language_of
from bot.logic.text.words import word_set
from bot.model import Document, DocumentFailed, DocumentKind, DocumentRead, Extracted, LastLook, Refusal

SMALLEST_SHARE = 0.4  # of the last size; a page that really lost more is confirmed by the operator
STALE_AFTER = timedelta(hours=48)
# Several clocks: the page's day may not have begun where we are.
DAY_OF_GRACE = timedelta(days=1)

# A wall's own page is short. Its scripts stand in ordinary pages too, so that alone they prove nothing.
WALL_CHARS = 3_000
_WALL_TITLES = (
    ("just a moment", "Cloudflare"),
    ("attention required! | cloudflare", "Cloudflare"),
    ("checking your browser", "a bot wall"),
    ("pardon our interruption", "Imperva"),
    ("access denied", "a bot wall"),
    ("access to this page has been denied", "HUMAN"),
    ("robot check", "a bot wall"),
    ("human verification", "a bot wall"),
    ("are you a robot", "a bot wall"),
    ("security check", "a bot wall"),
    ("please verify you are human", "a bot wall"),
)
_WALL_MARKS = (
    (b"_cf_chl_opt", "Cloudflare"),
    (b"cf-challenge", "Cloudflare"),
    (b"cf-turnstile", "Cloudflare"),
    (b"captcha-delivery.com", "DataDome"),
    (b"_incapsula_resource", "Imperva"),
    (b"incapsula incident id", "Imperva"),
    (b"px-captcha", "HUMAN"),
    (b"perimeterx", "HUMAN"),
    (b"awswafintegration", "AWS"),
    (b"gokuprops", "AWS"),
    (b"akamai/sec", "Akamai"),
    (b"errors.edgesuite.net", "Akamai"),
    (b"kpsdk", "Kasada"),
    (b"/_guard/", "a bot wall"),
)
_WALL_WORDS = re.compile(
    r"enable javascript and cookies to continue|verify (?:that )?you are (?:a )?human|unusual traffic from your"
    r"|not a robot|checking (?:if the site connection is secure|your browser)|enter the characters you see"
    r"|performance & security by cloudflare|complete the (?:security check|captcha)|pardon our interruption",
    re.IGNORECASE,
)
_WALL_HEAD_BYTES = 200_000

# What contracts are made of; a home page or a gallery holds hardly any of it.
_VOCABULARY = {
    "en": word_set(
        "terms agreement agree license licence licensed rights liability warranty warranties terminate termination"
        " governing law jurisdiction indemnify prohibited copyright content consent policy shall must may violate"
        " infringe infringement royalty-free sublicense account obligations"
    ),
    "de": word_set(
        "bedingungen nutzungsbedingungen vertrag vereinbarung lizenz rechte haftung gewährleistung kündigung recht"
        " gerichtsstand verboten urheberrecht inhalte zustimmung richtlinie darf dürfen muss müssen verletzen konto"
    ),
    "fr": word_set(
        "conditions contrat accord licence droits responsabilité garantie résiliation droit juridiction interdit"
        " interdite propriété contenu contenus consentement politique utilisateur doit peut compte obligations données"
    ),
    "es": word_set(
        "términos condiciones acuerdo contrato licencia derechos responsabilidad garantía rescisión ley jurisdicción"
        " prohibido propiedad contenido consentimiento política usuario debe puede cuenta obligaciones datos"
    ),
    "pt": word_set(
        "termos condições acordo contrato licença direitos responsabilidade garantia rescisão lei jurisdição proibido"
        " propriedade conteúdo consentimento política usuário utilizador deve pode conta obrigações dados"
    ),
    "ja": word_set(
        "規約 契約 同意 許諾 ライセンス 権利 責任 保証 終了 準拠法 管轄 禁止 著作権 利用者 コンテンツ ポリシー"
    ),
}  # fmt: skip
_NEEDED = {DocumentKind.TERMS: 5, DocumentKind.POLICY: 2, DocumentKind.HELP: 1}
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LOGIN = re.compile(
    r"(?:^|/)(?:log-?in|sign-?in|signup|sign-up|auth|sso|captcha|challenge|consent)(?:$|/|\.)"
)
# These two ways of finding text do not hang on a selector.
_ANYHOW = ("page-data/", "pdf/")
_LANGUAGES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese", "it": "Italian",
              "nl": "Dutch", "ja": "Japanese"}  # fmt: skip


def evidence(document: Document, read: DocumentRead, last: LastLook) -> DocumentFailed | None:
    """None: the text may be compared. Else why not: the most telling reason, as one sentence and what to do."""
    found = read.extracted
    if found is None or not found.text.strip():
        return _refused(document, Refusal.UNREADABLE, "no text was found on the page")
    if (wall := wall_in(read.body, found)) is not None:
        return _refused(document, Refusal.CHALLENGE, told_of_wall(wall))
    checks: tuple[tuple[Refusal, str], ...] = (
        (Refusal.TITLE, _elsewhere(document, read.url)),
        (Refusal.SELECTOR, _without_selector(document, found)),
        (Refusal.LANGUAGE, _other_language(document, found)),
        (Refusal.TITLE, _other_title(document, found)),
        (Refusal.NO_VOCABULARY, _lacking(document, found)),
        (Refusal.NO_VOCABULARY, _no_terms(document, found)),
        (Refusal.SHRUNK, _shrunk(document, found, last)),
    )
    for refusal, why in checks:
        if why:
            return _refused(document, refusal, why)
    return None


def why_stale(
    *,
    updated_on: date | None,
    known_updated_on: date | None,
    text_seen_at: datetime | None,
    read_at: datetime | None,
    now: datetime,
) -> str:
    """What the operator should be told when our text may be out of date; empty: it is not.

    updated_on        what the page gives as its last update now; None: it says none
    known_updated_on  what it gave when the text that we hold was first seen; None: it said none
    text_seen_at      when that text was first seen; None: no text yet
    read_at           when the page was last read well, or first asked for; None: never asked
    """
    if read_at is not None and now - read_at >= STALE_AFTER:
        days = (now - read_at).days
        return f"it has not been readable for {days} days; look at it in a browser, then at its table in terms.toml"
    if updated_on is None or text_seen_at is None or updated_on > (now + DAY_OF_GRACE).date():
        return ""
    known = known_updated_on if known_updated_on is not None else (text_seen_at + DAY_OF_GRACE).date()
    if updated_on <= known:
        return ""
    return (
        f"the page says that it was updated on {updated_on.isoformat()}, but its text has been the same since"
        f" {text_seen_at.date().isoformat()}; the text may stand elsewhere on the page now: check its selector"
    )


def wall_in(body: bytes, found: Extracted | None) -> str | None:
    """Whose bot wall the page is; None: it is none.

    found  None: no text could be made of it, which makes a wall likelier
    """
    title = (found.title if found else "").strip().lower()
    short = found is None or len(found.text) < WALL_CHARS
    for words, whose in _WALL_TITLES:
        if title.startswith(words) and (short or whose == "Cloudflare"):
            return whose
    if not short:
        return None
    head = body[:_WALL_HEAD_BYTES].lower()
    for mark, whose in _WALL_MARKS:
        if mark in head and (found is None or not _vocabulary_in(found.text, "en", 5)):
            return whose
    said = found.whole_text[:WALL_CHARS] if found else head.decode("utf-8", "ignore")
    return "a bot wall" if _WALL_WORDS.search(said) else None


def told_of_wall(whose: str) -> str:
    wall = whose if whose.startswith("a ") else f"a bot wall ({whose})"
    return (
        f"{wall} stands before the page; it is not got round. Ask the site to let Smallprint in, or set"
        " `enabled = false`"
    )


def _refused(document: Document, refusal: Refusal, why: str) -> DocumentFailed:
    return DocumentFailed(document.id, refusal, why)


def _elsewhere(document: Document, url: str) -> str:
    """A page that was taken down often leads to the home page, one behind a login to the login."""
    try:
        asked, came = urlsplit(document.url).path.rstrip("/"), urlsplit(url).path.rstrip("/").lower()
    except ValueError:
        return ""
    if asked and not came:
        return "the address leads to the home page now; look for the page's new address"
    if _LOGIN.search(came) and not _LOGIN.search(asked.lower()):
        return "the address leads to a login now; look for an address that anybody can read"
    return ""


def _without_selector(document: Document, found: Extracted) -> str:
    if document.selector is None or found.extractor.startswith(("selector/", *_ANYHOW)):
        return ""
    return f"the page has no text at {document.selector!r} any more; look at the page and correct `selector` in terms.toml"


def _other_language(document: Document, found: Extracted) -> str:
    seen = language_of(found.text, document.lang)
    if seen == document.lang:
        return ""
    names = _LANGUAGES.get(seen, "another language"), _LANGUAGES.get(document.lang, document.lang)
    return f"the page is in {names[0]} now, not in {names[1]}; name an address that fixes the language"


def _other_title(document: Document, found: Extracted) -> str:
    missing = _missing(document.title_contains, found.title)
    if not missing:
        return ""
    return f"the page is titled {found.title[:80]!r}, without {missing!r}: another page; look for the right address"


def _lacking(document: Document, found: Extracted) -> str:
    missing = _missing(document.contains, found.text)
    if not missing:
        return ""
    return f"the text does not hold {missing!r}: another page, or `contains` in terms.toml is wrong"


def _missing(wanted: Iterable[str], text: str) -> str:
    """The first of the wanted words that the text lacks; empty: none."""
    folded = _folded(text)
    return next((words for words in wanted if _folded(words) not in folded), "")


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


def _no_terms(document: Document, found: Extracted) -> str:
    needed = _NEEDED[document.kind]
    if document.lang not in _VOCABULARY or _vocabulary_in(found.text, document.lang, needed):
        return ""
    return "the text holds hardly any word that terms are made of: another page; look for the right address"


def _vocabulary_in(text: str, lang: str, needed: int) -> bool:
    words = _VOCABULARY.get(lang, ())
    if lang == "ja":
        return sum(word in text for word in words) >= min(needed, 3)
    return len(set(_WORD.findall(text[:200_000].lower())) & set(words)) >= needed


def _shrunk(document: Document, found: Extracted, last: LastLook) -> str:
    """The size that the operator names may lower the bar: that is how a page that really is shorter is confirmed."""
    sizes = [size for size in (last.chars, document.expected_chars) if size]
    chars = len(found.text)
    if not sizes or chars >= SMALLEST_SHARE * min(sizes):
        return ""
    return (
        f"the text has {chars} characters, under {SMALLEST_SHARE:.0%} of the {min(sizes)} that it had or should have;"
        f" if the page really is so short now, write `expected_chars = {max(chars, 100)}` in terms.toml"
    )
