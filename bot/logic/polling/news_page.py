"""A page that lists news, as if it were a feed: its links to articles are entries. For newsrooms that publish no feed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

from bot.logic.text.words import canonical_url
from bot.model import RawEntry

MOST_ENTRIES = 300
TITLE_CHARS = 300
SHORTEST_TITLE = 12

# Links beside an article's headline that lead there too.
_CALLS = re.compile(
    r"(?:read|learn|find out|see|view|show|load) (?:more|all|article|story|post|the \w+).*|more|continue reading.*|weiter\w*"
    r"|mehr.*|lire.*|en savoir plus.*|leer más.*|ver más.*|leia mais.*|saiba mais.*|続きを読む|もっと見る",
    re.IGNORECASE,
)
# What lists link to besides articles.
_NO_ARTICLE = re.compile(
    r"/(?:tags?|topics?|categor(?:y|ies)|authors?|page|search|about|contact|privacy|terms|legal|login|signup|careers|jobs|"
    r"press-kit|subscribe|newsletter)(?:[-/]|$)|\.(?:pdf|zip|jpe?g|png|gif|svg|webp|mp[34]|css|js|xml)$",
    re.IGNORECASE,
)
_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/-]|$)")


@dataclass(frozen=True, slots=True)
class PageLink:
    """One link of a page. `text`: its heading or words, one line, may be empty; `dated_at`: the date beside it."""

    url: str
    text: str
    dated_at: datetime | None = None


def entries_of(links: Iterable[PageLink], page: str, pattern: str | None) -> tuple[RawEntry, ...]:
    """The articles that a page links to, each once, in page order (newest first, as such pages are).

    pattern  regular expression that an article's address holds; None: told by its shape
    Raises re.error for a pattern that is none.
    """
    wanted = re.compile(pattern) if pattern else None
    found: dict[str, PageLink] = {}
    for link in links:
        if not (wanted.search(link.url) if wanted else looks_like_an_article(link.url, page)):
            continue
        known = found.get(key := canonical_url(link.url))
        if known is None and len(found) == MOST_ENTRIES:
            break
        found[key] = link if known is None else _joined(known, link)
    return tuple(_entry(link) for link in found.values())


def looks_like_an_article(url: str, page: str) -> bool:
    """Whether an address is on the page's site, below it, and named like an article: a slug of words, or a date."""
    try:
        here, there = urlsplit(page), urlsplit(url)
        own, host = _bare(here.hostname or ""), _bare(there.hostname or "")
    except ValueError:
        return False
    path = there.path.rstrip("/")
    above = here.path.rstrip("/")
    if (host != own and not host.endswith(f".{own}")) or path == above or not path:
        return False
    if above and not path.startswith(f"{above}/") and not _IN_PATH.search(path):
        return False
    if _NO_ARTICLE.search(path):
        return False
    words = [word for word in re.split(r"[-_]", path.rsplit("/", 1)[-1]) if word]
    return len(words) >= 3 or _IN_PATH.search(f"{path}/") is not None or bool(above and len(words) == 2)


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")


def _joined(one: PageLink, other: PageLink) -> PageLink:
    """Picture, headline and "Read more" of one article are three links: the headline's words count."""
    text = max((one.text, other.text), key=lambda said: 0 if _CALLS.fullmatch(said) else len(said))
    return PageLink(one.url, text, one.dated_at or other.dated_at)


def _entry(link: PageLink) -> RawEntry:
    title = " ".join(link.text.split())
    if len(title) < SHORTEST_TITLE or _CALLS.fullmatch(title):
        title = _said_by(link.url) or title
    return RawEntry(
        guid=None, link=link.url, title=title[:TITLE_CHARS], published_at=link.dated_at or _dated(link.url)
    )


def _said_by(url: str) -> str:
    """A title out of an address, for lists that show pictures only: "/blog/how-we-pay-artists"."""
    slug = unquote(urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1])
    words = [word for word in re.split(r"[-_\s]+", slug) if word and not word.isdigit()]
    return " ".join(words).capitalize()


def _dated(url: str) -> datetime | None:
    """The day in an address; one that names only the month is no day."""
    match = _IN_PATH.search(urlsplit(url).path + "/")
    if match is None or match.group(3) is None:
        return None
    try:
        return datetime(int(match.group(1)), int(match.group(2)), int(match.group(3)), tzinfo=UTC)
    except ValueError:
        return None
