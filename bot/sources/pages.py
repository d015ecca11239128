"""The main text of an article page, and the feeds that a site's page names. Runs in the child."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import trafilatura
from lxml import etree, html

from bot.model import Page
from bot.sources.dates import iso_date
from bot.sources.feeds import NAME_CHARS, TITLE_CHARS, NotAFeedError, charset_of, web_link
from bot.sources.markup import plain_line, tidy

PAGE_CHARS = 200_000
MAX_FEED_LINKS = 20

_META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_PAGE_TYPES = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "text/xml",
        "application/xml",
        "application/octet-stream",
    }
)
_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"}
)
# Some sites name their feed so; the bare types are also used for oEmbed and other things.
_MAYBE_FEED_TYPES = frozenset({"application/xml", "text/xml", "application/json"})
_FEED_PATH = re.compile(
    r"(?:^|[/._-])(?:feeds?|rss2?|atom|index\.xml|feed\.json)(?:$|[/._?-])", re.IGNORECASE
)
_CONSENT = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|ccpa|onetrust|didomi|cmp|usercentrics)(?:$|[\s_-])", re.IGNORECASE
)
_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//meta[@name='date' or @name='pubdate' or @name='publish-date' or @name='dc.date' or @name='DC.date.issued']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//article//time/@datetime",
)


class NoTextError(NotAFeedError):
    """A page without a main text: a login wall, a script, a gallery."""


def read_page(body: bytes, content_type: str, address: str) -> Page:
    """Title, main text and date of a page. Raises NoTextError."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind and kind not in _PAGE_TYPES:
        raise NoTextError(f"it is not a web page but {kind[:50]}")
    tree = tree_of(decode_html(body, content_type))
    if tree is None:
        raise NoTextError("the page is empty")
    published_at = _published_at(tree)
    _drop_consent(tree)
    found = trafilatura.bare_extraction(
        tree,
        url=address,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    main_text = tidy(getattr(found, "text", None) or "")
    if not any(map(str.isalnum, main_text)):
        raise NoTextError("no article text was found on the page")
    return Page(
        url=address,
        title=plain_line(getattr(found, "title", None) or "", max_chars=TITLE_CHARS),
        text=main_text[:PAGE_CHARS],
        published_at=published_at or iso_date(getattr(found, "date", None)),
    )


def _drop_consent(tree: Any) -> None:
    """Takes consent boards out, which are longer than a short article; never what holds the article itself."""
    for element in list(tree.iter("div", "section", "aside", "dialog", "form")):
        marked = f"{element.get('id') or ''} {element.get('class') or ''}"[:500]
        if _CONSENT.search(marked) and not any(True for _ in element.iter("article", "main", "h1")):
            element.drop_tree()


def feed_links(body: bytes, content_type: str, address: str) -> list[str]:
    """Addresses of feeds that the page names, best first: declared ones, then links that look like feeds."""
    tree = tree_of(decode_html(body, content_type))
    if tree is None:
        return []
    base = web_link(next(iter(tree.xpath("//base/@href")), ""), address) or address
    found: dict[str, None] = {}
    for href in (*_declared(tree), *_linked(tree)):
        if (link := web_link(str(href), base)) is not None:
            found.setdefault(link)
    return list(found)[:MAX_FEED_LINKS]


def decode_html(body: bytes, content_type: str) -> str:
    """Text of a page by the order of the HTML standard: byte order mark, header, meta element, then a guess."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    named = [charset_of(content_type)]
    if (meta := _META_CHARSET.search(body[:4096])) is not None:
        named.append(meta.group(1).decode("ascii", "ignore"))
    for encoding in (*named, "utf-8"):
        if (text := _decoded(body, encoding, "strict")) is not None:
            return text
    # Broken in every encoding: a letter lost here and there, never the page.
    return _decoded(body, named[0], "replace") or body.decode("windows-1252", "replace")


def _decoded(body: bytes, encoding: str, errors: str) -> str | None:
    """None: no such encoding, or these bytes are not in it."""
    # The standard reads "latin-1" as windows-1252, because that is what such pages contain.
    encoding = "windows-1252" if encoding in ("iso-8859-1", "latin-1", "us-ascii") else encoding
    try:
        return body.decode(encoding, errors) if encoding else None
    except (LookupError, UnicodeError):
        return None


def tree_of(text: str) -> Any:
    """A page's elements; None: nothing in it. lxml keeps at most its own depth; a declared encoding would contradict the text."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1).replace("\x00", "")
    try:
        tree = html.fromstring(
            text, parser=html.HTMLParser(no_network=True, remove_comments=True, huge_tree=False)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return tree


def _declared(tree: Any) -> Iterator[str]:
    rows = [
        (
            str(link.get("rel") or "").lower().split(),
            str(link.get("type") or "").split(";")[0].strip().lower(),
            link,
        )
        for link in tree.iter("link")
        if link.get("href")
    ]
    alternates = [(kind, link) for rel, kind, link in rows if "alternate" in rel or "feed" in rel]
    # A comments feed is declared beside the real one and never first choice.
    alternates.sort(key=lambda row: _is_comments(row[1]))
    yield from (link.get("href") for kind, link in alternates if kind in _FEED_TYPES)
    yield from (
        link.get("href")
        for kind, link in alternates
        if kind in _MAYBE_FEED_TYPES and _FEED_PATH.search(link.get("href"))
    )


def _is_comments(link: Any) -> bool:
    return "comment" in (str(link.get("title") or "") + str(link.get("href") or "")).lower()[:NAME_CHARS]


def _linked(tree: Any) -> Iterator[str]:
    for anchor in tree.iter("a"):
        href = anchor.get("href")
        if href and len(href) < 500 and _FEED_PATH.search(href):
            yield href


def _published_at(tree: Any) -> datetime | None:
    for path in _DATES:
        for value in tree.xpath(path)[:3]:
            if (date := iso_date(str(value))) is not None:
                return date
    for script in tree.xpath("//script[@type='application/ld+json']/text()")[:10]:
        if (date := iso_date(_json_date(str(script)))) is not None:
            return date
    return None


def _json_date(script: str) -> str | None:
    try:
        rows: Any = json.loads(script)
    except (ValueError, RecursionError):
        return None
    if isinstance(rows, dict):
        rows = rows.get("@graph", [rows])
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and isinstance(row.get("datePublished"), str):
            return str(row["datePublished"])
    return None
