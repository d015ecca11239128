"""The `Reader` that goes out to the web: fetch, compare, parse in a child, and a Reading for whatever happened."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.errors import FailureKind, FetchError
from bot.model import (
    Failed,
    Feed,
    FeedRead,
    Fetched,
    NothingNew,
    Page,
    Reading,
    Source,
    SourceKind,
    SourceState,
    Validators,
)
from bot.sources.addresses import shown
from bot.sources.children import Children, DocumentError
from bot.sources.http import FEED_ACCEPT, PAGE_ACCEPT, Answer, Fetcher
from bot.sources.robots import Robots
from bot.sources.terms_pages import TermsPages

# Where publishing programs put their feeds (WordPress, Ghost, Hugo, Jekyll, Squarespace), likeliest first.
COMMON_PATHS = (
    "feed",
    "rss",
    "feed.xml",
    "rss.xml",
    "atom.xml",
    "index.xml",
    "feed.json",
    "blog/feed",
    "?format=rss",
)
MAX_FOUND = 5

NOT_THERE = frozenset(
    {
        FailureKind.NOT_FOUND,
        FailureKind.GONE,
        FailureKind.NOT_A_FEED,
        FailureKind.UNREACHABLE,
        FailureKind.REDIRECT,
        FailureKind.PRIVATE,
    }
)
"""What a feed that moved answers with when it is not where it moved to. A server that has trouble is left alone."""


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that was found behind an address. `entries`: how many it holds now."""

    url: str
    title: str
    entries: int
    feed: Feed


async def _parse_feed(children: Children, source: Source, answer: Answer) -> Feed:
    return await children.feed(answer.body, answer.content_type, answer.url)


async def _parse_listing(children: Children, source: Source, answer: Answer) -> Feed:
    return await children.listing(answer.body, answer.content_type, answer.url, source.links)


@dataclass(frozen=True, slots=True)
class _Way:
    """How sources of one kind are looked at.

    asks_robots  a feed is published to be fetched by programs; of a page that has to be asked
    parse        the answer as a feed, in a child process; raises DocumentError
    """

    accept: str
    asks_robots: bool
    parse: Callable[[Children, Source, Answer], Awaitable[Feed]]


_WAYS: Mapping[SourceKind, _Way] = {
    SourceKind.FEED: _Way(FEED_ACCEPT, asks_robots=False, parse=_parse_feed),
    SourceKind.PAGE: _Way(PAGE_ACCEPT, asks_robots=True, parse=_parse_listing),
}


class HttpReader:
    """Implements `bot.ports.Reader`. Owns its fetcher and its children."""

    def __init__(self, fetcher: Fetcher, children: Children, robots: Robots) -> None:
        self._fetcher, self._children, self._robots = fetcher, children, robots
        self.documents = TermsPages(fetcher, children, robots)
        """The way in for terms pages, over the same connections and children; closed with this reader."""

    async def read(self, source: Source, state: SourceState) -> Reading:
        """One look at a source's feed, or at the page that stands for one; every failure is a `Failed`.

        A feed that has moved is asked for at its new address, and where it was before when it is not there: sites
        move back, and a redirect that somebody made by mistake must not be believed for ever.
        """
        if state.address is None:
            return await self._look(source, source.address, state)
        reading = await self._look(source, state.address, state)
        if not isinstance(reading, Failed) or reading.kind not in NOT_THERE:
            return reading
        before = await self._look(source, source.address, replace(state, validators=Validators()))
        return reading if isinstance(before, Failed) else before

    async def _look(self, source: Source, address: str, state: SourceState) -> Reading:
        way = _WAYS[source.kind]
        try:
            answer = await self._fetcher.get(
                address,
                validators=state.validators,
                accept=way.accept,
                permit=self._robots.check if way.asks_robots else None,
            )
            if answer.status == 304:
                return NothingNew(_unchanged(answer, state, address))
            fetched = _fetched(answer, address)
            if fetched.body_hash == state.body_hash:
                return NothingNew(fetched)
            feed = await way.parse(self._children, source, answer)
        except FetchError as error:
            return Failed(error.kind, error.reason, error.status, error.permanent, error.retry_after)
        except DocumentError as error:
            return Failed(error.kind, error.reason, answer.status)
        if fetched.fresh_for is None:
            fetched = replace(fetched, fresh_for=feed.ttl)
        if feed.entries_hash == state.entries_hash:
            return NothingNew(fetched)
        return FeedRead(fetched, feed)

    async def page(self, url: str) -> Page:
        """The main text behind an address, robots.txt permitting. Raises FetchError."""
        answer = await self._fetcher.get(url, accept=PAGE_ACCEPT, permit=self._robots.check)
        try:
            return await self._children.page(answer.body, answer.content_type, answer.url)
        except DocumentError as error:
            raise FetchError(shown(url), error.reason, kind=error.kind, status=answer.status) from error

    async def find_feeds(self, address: str) -> tuple[FoundFeed, ...]:
        """The feeds behind an address, which may be a feed's or a site's; best first, at most five.

        Empty: the site answers but has no feed that can be found. Raises FetchError if it does not answer.
        """
        answer = await self._first_answer(address.strip())
        if (feed := await self._feed_in(answer)) is not None:
            return (_found(answer, feed),)
        found = await self._first_feeds(await self._named_on(answer), enough=MAX_FOUND)
        if not found:
            guesses = [str(URL(answer.url).join(URL(path))) for path in _guesses(answer.url)]
            found = await self._first_feeds(guesses, enough=1)
        return found

    async def close(self) -> None:
        """End connections and child processes."""
        await self._fetcher.close()
        await self._children.close()

    async def _first_answer(self, address: str) -> Answer:
        """People type addresses without the beginning; a site without https is still a site."""
        if "://" in address:
            return await self._fetcher.get(address)
        try:
            return await self._fetcher.get(f"https://{address}")
        except FetchError as error:
            if error.kind is not FailureKind.UNREACHABLE:
                raise
            return await self._fetcher.get(f"http://{address}")

    async def _named_on(self, answer: Answer) -> tuple[str, ...]:
        try:
            return await self._children.feed_links(answer.body, answer.content_type, answer.url)
        except DocumentError:
            return ()

    async def _first_feeds(self, addresses: Sequence[str], *, enough: int) -> tuple[FoundFeed, ...]:
        """One after the other: these all go to one site, most of them in vain."""
        found: dict[str, FoundFeed] = {}
        for address in addresses:
            try:
                answer = await self._fetcher.get(address)
            except FetchError:
                continue
            if answer.url not in found and (feed := await self._feed_in(answer)) is not None:
                found[answer.url] = _found(answer, feed)
            if len(found) >= enough:
                break
        return tuple(found.values())

    async def _feed_in(self, answer: Answer) -> Feed | None:
        try:
            return await self._children.feed(answer.body, answer.content_type, answer.url)
        except DocumentError:
            return None


def open_reader(
    user_agent: str,
    allow_private: Sequence[str] = (),
    *,
    product: str = "Smallprint",
    per_host: int = 1,
    per_private_host: int = 20,
    connections: int = 20,
    children: int = 2,
    time_limit: timedelta = timedelta(seconds=20),
    parse_limit: timedelta = timedelta(seconds=2),
    resolver: AbstractResolver | None = None,
) -> HttpReader:
    """A reader from plain values. Opens nothing until it is used; `close` it in the loop that used it.

    user_agent     honest and contactable: "Smallprint/0.1 (+https://…; mailto:…)"
    allow_private  hosts, addresses and ranges that may be fetched although they are private
    product        our name as sites write it into robots.txt
    """
    fetcher = Fetcher(
        user_agent,
        allow_private=allow_private,
        per_host=per_host,
        per_private_host=per_private_host,
        connections=connections,
        time_limit=time_limit,
        resolver=resolver,
    )
    return HttpReader(fetcher, Children(size=children, parse_limit=parse_limit), Robots(fetcher, product))


def _fetched(answer: Answer, asked: str) -> Fetched:
    return Fetched(
        validators=answer.validators,
        body_hash=hashlib.sha256(answer.body).hexdigest(),
        moved_to=answer.moved_to,
        fresh_for=answer.fresh_for,
        seconds=answer.seconds,
        asked=asked,
    )


def _unchanged(answer: Answer, state: SourceState, asked: str) -> Fetched:
    """A 304 need not repeat what it confirms: validators it leaves out stay as they are."""
    return Fetched(
        validators=Validators(
            answer.validators.etag or state.validators.etag,
            answer.validators.last_modified or state.validators.last_modified,
        ),
        body_hash=state.body_hash,
        moved_to=answer.moved_to,
        fresh_for=answer.fresh_for,
        seconds=answer.seconds,
        asked=asked,
    )


def _found(answer: Answer, feed: Feed) -> FoundFeed:
    return FoundFeed(answer.url, feed.title, len(feed.entries), feed)


def _guesses(address: str) -> tuple[str, ...]:
    """Beside the page that was named first, then at the root of the site."""
    path = URL(address).path.rstrip("/")
    here = tuple(f"{path}/{one}" if not one.startswith("?") else f"{path}{one}" for one in COMMON_PATHS[:3])
    root = tuple(f"/{one}" for one in COMMON_PATHS)
    return tuple(dict.fromkeys((*here, *root)))
