"""robots.txt, for article pages. Feeds are published to be fetched by programs and are not asked about."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from weakref import WeakValueDictionary

from protego import Protego
from yarl import URL

from bot.errors import FailureKind, FetchError
from bot.sources.addresses import shown
from bot.sources.http import Fetcher

MAX_BYTES = 500 * 1024  # RFC 9309 asks crawlers to read at least this much
KEPT_SECONDS = 24 * 3600.0  # RFC 9309: no longer than a day
KEPT_SITES = 500

# Failures that say nothing about the rules: RFC 9309 counts them as "disallowed for now".
_NOT_NOW = frozenset(
    {
        FailureKind.SERVER,
        FailureKind.TIMEOUT,
        FailureKind.UNREACHABLE,
        FailureKind.RATE_LIMITED,
        FailureKind.TOO_LARGE,
    }
)


class Robots:
    """Asks each site once a day.

    product  our name as it stands in robots.txt, without version
    seconds  a clock for the cache; counts up, any start
    """

    def __init__(
        self, fetcher: Fetcher, product: str, *, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._fetcher, self._product, self._seconds = fetcher, product, seconds
        self._rules: OrderedDict[str, tuple[float, Protego]] = OrderedDict()
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def check(self, url: str) -> None:
        """Returns if the page may be fetched. Raises FetchError: REFUSED, or why the rules cannot be known now."""
        rules = await self._rules_for(url)
        if not rules.can_fetch(url, self._product):
            raise FetchError(
                shown(url),
                "the site's robots.txt asks programs not to read this page",
                kind=FailureKind.REFUSED,
            )

    async def _rules_for(self, url: str) -> Protego:
        site = str(URL(url).origin())
        # Several pages of one site are wanted at once: the first asks, the others wait for what it learns.
        lock = self._asking.setdefault(site, asyncio.Lock())
        async with lock:
            return await self._known_or_asked(site)

    async def _known_or_asked(self, site: str) -> Protego:
        found = self._rules.get(site)
        if found is not None and self._seconds() - found[0] < KEPT_SECONDS:
            self._rules.move_to_end(site)
            return found[1]
        rules = Protego.parse(await self._text(site))
        self._rules[site] = (self._seconds(), rules)
        self._rules.move_to_end(site)
        if len(self._rules) > KEPT_SITES:
            self._rules.popitem(last=False)
        return rules

    async def _text(self, site: str) -> str:
        """Empty (all allowed) where there are no rules, which a 4xx says too."""
        try:
            answer = await self._fetcher.get(
                f"{site}/robots.txt", accept="text/plain, */*;q=0.1", max_bytes=MAX_BYTES
            )
        except FetchError as error:
            if error.kind in _NOT_NOW:
                raise
            return ""
        return answer.body.decode("utf-8", "replace").removeprefix("\ufeff")
