"""Text made comparable: addresses, words, headlines, and the key an entry is known by."""

import hashlib
import html
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

from bot.model import RawEntry

# ---------------------------------------------------------------- addresses

_TRACKING_PREFIXES = ("utm_", "mc_", "pk_", "mtm_", "hsa_", "at_", "ns_", "ito_", "icid", "itid")
_TRACKING_NAMES = frozenset(
    {
        "_ga", "_gl", "amp", "campaign_id", "cmp", "cmpid", "dclid", "ef_id", "fbclid", "feedname", "feedtype",
        "gad_source", "gclid", "gclsrc", "guccounter", "igshid", "mbid", "mkt_tok", "msclkid", "ncid", "ocid", "ref",
        "ref_src", "rss", "smid", "smtyp", "spm", "sr_share", "src", "traffic_source", "twclid", "via", "xtor",
        "yclid",
    }
)  # fmt: skip
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical_url(url: str) -> str:
    """The address without what only tracks the reader: for comparing, and still good for reading.

    Lower-case scheme and host, no default port, no fragment, no tracking parameters, no AMP form. The scheme is
    kept (an http-only site must stay readable). Idempotent. What is not http(s) comes back stripped of spaces only.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not parts.hostname:
        return url
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname.lower().rstrip(".")
    if port is not None and port != _DEFAULT_PORTS[scheme]:
        host = f"{host}:{port}"
    return urlunsplit((scheme, host, _plain_path(parts.path), _plain_query(parts.query), ""))


def _plain_path(path: str) -> str:
    while (bare := path.rstrip("/")).endswith("/amp"):
        path = bare.removesuffix("amp")
    return path or "/"


def _plain_query(query: str) -> str:
    # Split by hand: decoding and encoding again changes addresses that publishers wrote oddly.
    return "&".join(pair for pair in query.split("&") if pair and not _is_tracking(pair))


def _is_tracking(pair: str) -> bool:
    name, _, value = pair.partition("=")
    name = name.lower()
    return (
        name.startswith(_TRACKING_PREFIXES)
        or name in _TRACKING_NAMES
        or (name in ("source", "outputtype", "output") and value.lower() in ("rss", "amp", "feed"))
    )


# ---------------------------------------------------------------- words

_QUOTES = str.maketrans(
    dict.fromkeys("‘’‚‛′`´", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
    | {"…": "...", "\xa0": " "}
)
_WORD = re.compile(r"[^\W_]+(?:[.,'][^\W_]+)*")
_DIGITS = re.compile(r"\d+(?:,\d{3})+|\d+(?:\.\d+)?")


def fold(text: str) -> str:
    """Caseless, accents off, quotes and dashes unified: for comparing, never for showing."""
    # Twice: folding case makes new compositions, and decomposing brings new capitals to light.
    decomposed = unicodedata.normalize(
        "NFKD", unicodedata.normalize("NFKD", text.translate(_QUOTES)).casefold()
    )
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_QUOTES)


def word_set(text: str) -> frozenset[str]:
    """A set written as one line of words: how tables of words are kept readable."""
    return frozenset(text.split())


def words(text: str) -> tuple[str, ...]:
    """Folded words in order. "Label's" is "label", "U.S." is "us", "50,000" is "50000"; hyphens part words."""
    return tuple(_plain_word(match.group()) for match in _WORD.finditer(fold(text)))


def _plain_word(word: str) -> str:
    if word[0].isdigit():
        return word.replace(",", "") if _DIGITS.match(word) else word
    return word.removesuffix("'s").replace("'", "").replace(".", "").replace(",", "")


_ENDINGS = (
    "isations", "izations", "isation", "ization", "ements", "ations", "ement", "ation", "ingly", "ments", "ities",
    "ment", "ings", "ions", "ing", "ies", "ied", "ers", "ors", "ion", "ity", "ed", "es", "er", "or", "ly", "s", "e",
)  # fmt: skip


def stem(word: str) -> str:
    """The word without its ending, roughly: "licensing", "licensed" and "licences" come near each other.

    For likeness only; words of up to four letters and numbers are left as they are.
    """
    if len(word) <= 4 or word[0].isdigit():
        return word.removesuffix("s") if len(word) == 4 and not word.endswith("ss") else word
    word = word.replace("licenc", "licens")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls" else word


# ---------------------------------------------------------------- headlines

_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|cite|em|i|mark|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES = re.compile(r"\s+")
_TITLE_DEBRIS = re.compile(
    r"(?:\s*\[(?:…|\.\.\.|&hellip;|updated?|video|watch|listen)\]|\s*\((?:updated?|video|watch|listen)\)"
    r"|\s*(?:…|\.\.\.)?\s*(?:continue reading|read more)\W*)$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s+(?:[-–—|:»•·]|::|\|\|)\s+")
_ACRONYMS = word_set(
    "ai abkco afm ascap bbc bmg bmi bpi cd ceo cisac ddex dj edm eu fbi gema gesac hybe icmp ifpi impala ip llm mp3 nme"
    " nmpa npr nvidia prs riaa sacem sag aftra sme socan stim suisa tdm tos uk umg un us usa wmg xl"
)


_LONGEST_TITLE = 1_000  # characters, markup included; some feeds put the whole text there


def strip_markup(text: str) -> str:
    """Entities decoded, tags and invisible characters gone, white space single."""
    last = None
    while text != last:  # publishers encode twice, and tags hide in what is decoded
        last = text
        text = _TAG.sub(" ", _INLINE_TAG.sub("", html.unescape(text)))
        text = _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()
    return text


def clean_title(title: str, outlet: str = "") -> str:
    """A headline as a person would write it: without the outlet's name, markup and feed debris.

    Title Case is left alone; a headline in capitals is set in Title Case. Never empty unless `title` is.
    """
    text = strip_markup(title[:_LONGEST_TITLE])
    while (shorter := _without_outlet(_TITLE_DEBRIS.sub("", text).strip(), outlet)) != text and shorter:
        text = shorter
    return _calm(text)


def _without_outlet(text: str, outlet: str) -> str:
    separators = list(_SEPARATOR.finditer(text))
    if not separators:
        return text
    last = separators[-1]
    head, tail = text[: last.start()], text[last.end() :]
    if outlet and _same_name(tail, outlet):
        return head
    # A bar is only used for the outlet and its sections; a dash or colon may belong to the sentence.
    if "|" in last.group() and len(tail.split()) <= 4 and len(head.split()) >= 4:
        return head
    return text


def _same_name(one: str, other: str) -> bool:
    plain_one, plain_other = (
        "".join(w for w in words(name) if w not in ("the", "com")) for name in (one, other)
    )
    return bool(plain_one) and plain_one == plain_other


def _calm(text: str) -> str:
    letters = [c for c in text if c.isalpha()]
    if len(text.split()) < 4 or not letters or not all(c.isupper() for c in letters):
        return text
    return " ".join(_calm_word(word) for word in text.split(" "))


def _calm_word(word: str) -> str:
    if any(part in _ACRONYMS for part in re.split(r"\W+", word.lower())):
        return word
    lowered = word.lower()
    return re.sub(r"^\W*[^\W\d_]", lambda first: first.group().upper(), lowered)


# ---------------------------------------------------------------- identity

_LONGEST_KEY = 400


def entry_title(raw: RawEntry) -> str:
    """The title as far as it tells entries of one link apart."""
    return _SPACES.sub(" ", raw.title).strip()


def entry_key(raw: RawEntry, repeated_guids: Iterable[str], *, by_title: bool = False) -> str:
    """What an entry is known by within its source: guid, else link, else a hash of title and date.

    repeated_guids  guids that stand more than once in this document: there, guid and link together are the key.
    by_title        other entries of this document share the link: the title is part of the key.
    Source: measurements of real feeds; some publishers give one guid to every entry.
    """
    guid = (raw.guid or "").strip()
    link = canonical_url(raw.link) if raw.link else ""
    key = guid or link or _hash_of(raw)
    if guid and guid in frozenset(repeated_guids):
        key = f"{guid} {link or _hash_of(raw)}"
    if by_title:
        digest = hashlib.sha256(entry_title(raw).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        key = f"{key} title:{digest}"
    if len(key) > _LONGEST_KEY:
        key = "sha256:" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
    return key


def _hash_of(raw: RawEntry) -> str:
    date = raw.published_at.isoformat() if raw.published_at else ""
    text = f"{_SPACES.sub(' ', raw.title).strip()}\n{date}"
    return "hash:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
