"""A feed document out of bytes. Pure, but never called in the event loop: see `bot.sources.child`.

feedparser reads RSS 0.9x to 2.0, RDF and Atom; JSON Feed, which it has not, is in `bot.sources.json_feed`.
"""

import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from html import unescape
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

import feedparser

from bot.model import Feed, RawEntry
from bot.sources.dates import feed_date
from bot.sources.markup import first_sentence, plain_line, plain_text, tidy
from bot.sources.repair import repaired

SUMMARY_CHARS = 20_000
TITLE_CHARS = 1_000
NAME_CHARS = 200
MAX_NAMES = 50
LINK_CHARS = 4_096
GUID_CHARS = 1_000
MAX_ENTRIES = 5_000  # the longest feed of the corpus, a podcast, has 730
MAX_UNPACKED_BYTES = 10 * 2**20
LONGEST_TTL = timedelta(days=7)

Entries = TypeVar("Entries")

_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding=", re.IGNORECASE)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


class NotAFeedError(ValueError):
    """The bytes are no feed; the message says what they look like."""


def parse_feed(body: bytes, content_type: str, address: str) -> Feed:
    """The feed in `body`.

    content_type  as the server sent it, may be empty
    address       where it was found; relative links are completed with it
    Raises NotAFeedError: a body is a feed only if it has a version (research: `bozo` says nothing either way).
    """
    body = _unpacked(body)
    if not body.strip():
        raise NotAFeedError("the answer was empty")
    body = repaired(body, charset_of(content_type))
    # Header values for bytes only: feedparser would open a text that looks like an address or a file name.
    parsed = feedparser.parse(
        io.BytesIO(body),
        response_headers={"content-type": _honest_content_type(body, content_type)},
        # We strip all markup and complete links ourselves; these two passes would double the time.
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    version = parsed.get("version")
    if not version:
        raise NotAFeedError(f"the answer is not a feed but {looks_like(body)}")
    head = parsed.get("feed") or {}
    title = plain_line(_text(head, "title"), max_chars=TITLE_CHARS)
    site = web_link(_text(head, "link"), address)
    is_atom = version.startswith("atom")
    raws = ends(parsed.get("entries", ()))
    entries = without_repeats(_entry(raw, title, site or address, is_atom=is_atom) for raw in raws)
    return Feed(
        version=version,
        title=title,
        entries=entries,
        entries_hash=hash_entries(entries),
        site=site,
        lang=_text(head, "language")[:35].strip().lower() or None,
        ttl=_ttl(head),
    )


def looks_like(body: bytes) -> str:
    """Words for a person about a body that is not a feed."""
    start = body[:2000].lstrip().lower()
    if b"<html" in start or start.startswith(b"<!doctype html"):
        found = re.search(rb"<title[^<>]*>([^<]{1,200})", body[:20_000], re.IGNORECASE)
        named = plain_line(found.group(1).decode("utf-8", "replace"), max_chars=80) if found else ""
        return f"a web page titled “{named}”" if named else "a web page"
    if start.startswith((b"<?xml", b"<")):
        return "some other XML"
    return "something else"


def _unpacked(body: bytes) -> bytes:
    """Some servers store feeds packed and forget to say so."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(body)) as packed:
            unpacked = packed.read(MAX_UNPACKED_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        return body
    if len(unpacked) > MAX_UNPACKED_BYTES:
        raise NotAFeedError("the answer unpacks to more than 10 MiB")
    return unpacked


def _honest_content_type(body: bytes, content_type: str) -> str:
    """What feedparser is told: the header's charset only where the document itself shows none.

    Servers add `charset=iso-8859-1` or none to `text/xml` for everything they send; feedparser believes
    them over the document, as an old standard says, and "ordenó" becomes "ordenÃ³".
    """
    charset = charset_of(content_type)
    if not charset or body.startswith(_BOMS) or _DECLARED.match(body[:300]):
        return "application/xml"
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return f"application/xml; charset={charset}"
    return "application/xml"


def charset_of(content_type: str) -> str:
    """The charset named in a Content-Type header; empty: none."""
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", content_type, re.IGNORECASE)
    return found.group(1).lower() if found else ""


def _entry(raw: Any, feed_title: str, base: str, *, is_atom: bool) -> RawEntry:
    outlet = plain_line(_text(dict.get(raw, "source") or {}, "title"), max_chars=NAME_CHARS)
    updated_at = _date(raw, "updated")
    published_at = _date(raw, "published") or _date(raw, "created")
    summary = _summary(raw)
    return RawEntry(
        guid=short_id(_text(raw, "id")),
        link=_link(raw, base),
        # Profiles (Mastodon, Bluesky, micro.blog) give posts no title: their first sentence is the headline.
        title=_title(raw, is_atom=is_atom) or first_sentence(summary),
        summary=summary,
        # Atom asks for `updated` only; RSS 1.0 has dc:date, which feedparser files there too.
        published_at=published_at or updated_at,
        updated_at=updated_at,
        categories=names(tag.get("term") or tag.get("label") for tag in dict.get(raw, "tags") or ()),
        authors=_authors(raw),
        outlet=outlet if outlet and outlet != feed_title else None,
    )


def _text(raw: Any, key: str) -> str:
    # dict.get: feedparser's own lookup answers for missing keys with other keys' values.
    value = dict.get(raw, key) if isinstance(raw, dict) else None
    return value if isinstance(value, str) else ""


def _title(raw: Any, *, is_atom: bool) -> str:
    title = _text(raw, "title")
    detail = dict.get(raw, "title_detail") or {}
    # Atom's plain text holds tags as words ("the <audio> element"); where one is also closed, markup was meant.
    if is_atom and detail.get("type") == "text/plain" and "<" in title and "</" not in title:
        return " ".join(tidy(unescape(title[: TITLE_CHARS * 2])).split())[:TITLE_CHARS]
    return plain_line(title, max_chars=TITLE_CHARS)


def _link(raw: Any, base: str) -> str | None:
    """The entry's own address. feedparser may put an Atom id there when there is only an enclosure."""
    # FeedBurner counts clicks at an address of its own, which is gone where the service was ended.
    if original := web_link(_text(raw, "feedburner_origlink"), ""):
        return original
    own = _text(raw, "link")
    # feedparser takes a guid for the link when there is none; "4711" is then no relative address.
    if (link := web_link(own, base if own != _text(raw, "id") else "")) is not None:
        return link
    others = (one for one in dict.get(raw, "links") or () if one.get("rel") in ("alternate", None, ""))
    return next((link for one in others if (link := web_link(_text(one, "href"), base))), None)


def _summary(raw: Any) -> str:
    """The fullest text that the entry brings: a teaser and a full text often stand side by side."""
    texts = [one.get("value") or "" for one in dict.get(raw, "content") or ()]
    texts.append(_text(raw, "summary"))
    for text in sorted((text for text in texts if text), key=len, reverse=True):
        if plain := plain_text(text, max_chars=SUMMARY_CHARS):
            return plain
    return ""


def _authors(raw: Any) -> tuple[str, ...]:
    found = names(one.get("name") for one in dict.get(raw, "authors") or ())
    return found or names([_text(raw, "author")])


def _date(raw: Any, name: str) -> datetime | None:
    return feed_date(_text(raw, name).strip(), dict.get(raw, f"{name}_parsed"))


def _ttl(head: Any) -> timedelta | None:
    minutes = _text(head, "ttl").strip()
    if minutes.isascii() and minutes.isdigit() and int(minutes[:9]) > 0:
        return min(timedelta(minutes=int(minutes[:9])), LONGEST_TTL)
    period = _PERIODS.get(_text(head, "sy_updateperiod").strip().lower())
    if period is None:
        return None
    often = _text(head, "sy_updatefrequency").strip()
    times = int(often[:6]) if often.isascii() and often.isdigit() else 1
    return min(max(period / max(times, 1), timedelta(minutes=1)), LONGEST_TTL)


# ---------------------------------------------------------------- shared with json_feed


def web_link(link: str, base: str) -> str | None:
    """A complete http(s) address; None for anything else (`javascript:`, `tag:`, `mailto:`, too long)."""
    link = (
        re.sub(r"[\x00-\x20\x7f-\x9f]+", "", link)
        if not link.isprintable()
        else link.strip().replace(" ", "%20")
    )
    if not link or len(link) > LINK_CHARS:
        return None
    try:
        if not urlsplit(link).netloc and link.lower().startswith(("http:", "https:")):
            return None  # "https://" alone; joining would make the base of it
        whole = urljoin(base, link)
        parts = urlsplit(whole)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        return None
    return whole if is_web else None


def short_id(guid: str) -> str | None:
    """The publisher's id; a monstrous one is told by its digest, so that it stays the same and distinct."""
    guid = guid.strip()
    if len(guid) > GUID_CHARS:
        return "sha256:" + hashlib.sha256(guid.encode("utf-8", "surrogatepass")).hexdigest()
    return guid or None


def ends(entries: Sequence[Entries]) -> Sequence[Entries]:
    """The entries of a document; of too many the first and the last, since some feeds begin with their oldest.

    Fifty thousand fit into ten megabytes, and would keep everybody else's news waiting for an hour.
    """
    if len(entries) <= MAX_ENTRIES:
        return entries
    half = MAX_ENTRIES // 2
    return [*entries[:half], *entries[-half:]]


def names(found: Iterable[object]) -> tuple[str, ...]:
    """Plain names in order, each once."""
    plain = (plain_line(one, max_chars=NAME_CHARS) for one in found if isinstance(one, str))
    return tuple(dict.fromkeys(one for one in plain if one))[:MAX_NAMES]


def without_repeats(entries: Iterable[RawEntry]) -> tuple[RawEntry, ...]:
    """Exact repeats once: feedparser doubles the items of illegally nested RSS.

    Two entries that only share a guid both stay (Tweakers does that); an entry that has neither guid nor link
    is a repeat only when its text is the same as well.
    """
    seen: dict[tuple[object, ...], RawEntry] = {}
    for entry in entries:
        if entry.guid or entry.link:
            seen.setdefault((entry.guid, entry.link, entry.title), entry)
        else:
            seen.setdefault((entry.title, entry.summary, entry.published_at), entry)
    return tuple(seen.values())


def hash_entries(entries: Iterable[RawEntry]) -> str:
    """Equal for the same ids, titles and links in any order: some feeds shuffle, most re-date their head."""
    lines = sorted(f"{entry.guid}\x1f{entry.link}\x1f{entry.title}" for entry in entries)
    return hashlib.sha256("\x1e".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
