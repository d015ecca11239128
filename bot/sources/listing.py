"""Links of a page that lists news, and the feed that they make. Runs in the child: the pattern meets hostile addresses."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.logic.polling.news_page import PageLink, entries_of
from bot.model import Feed
from bot.sources.dates import iso_date
from bot.sources.feeds import TITLE_CHARS, NotAFeedError, hash_entries, web_link
from bot.sources.pages import decode_html, tree_of

MOST_LINKS = 5_000
LISTING_VERSION = "page"
# How far above a link its card may begin.
_CARD_DEPTH = 4
_NO_CARD = frozenset({"html", "body", "main", "ul", "ol", "table", "tbody"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5")


class NoListError(NotAFeedError):
    """A page that links to no article: it was rebuilt, needs a browser, or the pattern is wrong."""


def read_listing(body: bytes, content_type: str, address: str, pattern: str | None) -> Feed:
    """The page's articles as a feed. Raises NoListError."""
    tree = tree_of(decode_html(body, content_type))
    if tree is None:
        raise NoListError("the page is empty")
    try:
        entries = entries_of(_links(tree, address), address, pattern)
    except re.error as error:
        raise NoListError(f"`links` in sources.toml is not a regular expression ({error})") from error
    if not entries:
        raise NoListError(
            "the page links to no article that can be told; it may need a browser, or `links` is wrong"
        )
    title = " ".join(str(tree.findtext(".//title") or "").split())[:TITLE_CHARS]
    return Feed(LISTING_VERSION, title, entries, hash_entries(entries), site=address)


def _links(tree: Any, address: str) -> Iterator[PageLink]:
    base = web_link(next(iter(tree.xpath("//base/@href")), ""), address) or address
    for n, anchor in enumerate(tree.iter("a")):
        if n == MOST_LINKS:
            return
        url = web_link(str(anchor.get("href") or ""), base)
        if url is not None and not str(anchor.get("href")).startswith("#"):
            yield PageLink(url.partition("#")[0], _words(anchor), _date_beside(anchor))


def _words(anchor: Any) -> str:
    """The headline inside a link around a whole card, else the link's own words or label."""
    heading = next(anchor.iter(*_HEADINGS), None)
    text = " ".join("".join((anchor if heading is None else heading).itertext()).split())
    return (text or " ".join(str(anchor.get("aria-label") or anchor.get("title") or "").split()))[:1_000]


def _date_beside(anchor: Any) -> datetime | None:
    """The one date of the card that the link stands in; a list's many dates belong to others."""
    place = anchor
    for _ in range(_CARD_DEPTH):
        headings = [one for _, one in zip(range(2), place.iter(*_HEADINGS), strict=False)]
        if place.tag in _NO_CARD or len(headings) > 1:
            return None
        times = [time for _, time in zip(range(2), place.iter("time"), strict=False)]
        if len(times) == 1:
            return iso_date(str(times[0].get("datetime") or ""))
        place = place.getparent()
        if times or place is None:
            return None
    return None
