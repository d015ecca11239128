"""The flows as the runner beats them."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import structlog

from bot.app.building import App
from bot.app.operators import build_watchman
from bot.flows.delivery import publish as publishing
from bot.flows.delivery.amend import amend
from bot.flows.delivery.deliver import deliver
from bot.flows.delivery.digest import digest
from bot.flows.delivery.remind import remind
from bot.flows.news import cluster as clustering
from bot.flows.news.collect import collect
from bot.flows.operator.operators import watch_over
from bot.flows.operator.tidy import tidy
from bot.flows.people.approve import release
from bot.flows.people.servers import clean_up
from bot.flows.terms.watch import watch_terms
from bot.runner import Beat, Ran

log = structlog.get_logger()

# Each flow knows when it has something to do next; these are for when it does not, and for what nobody announces.
COLLECT_EVERY = timedelta(minutes=10)
CLUSTER_EVERY = timedelta(minutes=5)
PUBLISH_EVERY = timedelta(minutes=5)
DIGEST_EVERY = timedelta(minutes=5)
WATCH_EVERY = timedelta(minutes=10)
REMIND_EVERY = timedelta(minutes=10)
DELIVER_EVERY = timedelta(minutes=1)
AMEND_EVERY = timedelta(minutes=1)
TIDY_EVERY = timedelta(hours=1)
WATCH_OVER_EVERY = timedelta(minutes=5)


def _no_troubles() -> Mapping[str, str]:
    return {}


class Flows:
    """One pass of each flow over the whole app, told in the runner's words."""

    def __init__(self, app: App, flow_troubles: Callable[[], Mapping[str, str]] = _no_troubles) -> None:
        self._app = app
        self._watchman = build_watchman(app, flow_troubles)
        self._told: set[str] = set()

    def beats(self) -> tuple[Beat, ...]:
        """In the order in which data travels."""
        return (
            Beat("collect", self.collect, COLLECT_EVERY, wakes=("cluster",)),
            Beat("watch_terms", self.watch_terms, WATCH_EVERY, wakes=("cluster",)),
            Beat("cluster", self.cluster, CLUSTER_EVERY, wakes=("publish",)),
            Beat("publish", self.publish, PUBLISH_EVERY, wakes=("digest", "deliver")),
            Beat("digest", self.digest, DIGEST_EVERY, wakes=("deliver",)),
            Beat("remind", self.remind, REMIND_EVERY, wakes=("deliver",)),
            Beat("deliver", self.deliver, DELIVER_EVERY, wakes=("amend",)),
            Beat("amend", self.amend, AMEND_EVERY),
            Beat("tidy", self.tidy, TIDY_EVERY),
            Beat("watch_over", self.watch_over, WATCH_OVER_EVERY, wakes=("deliver",)),
        )

    async def collect(self) -> Ran:
        app = self._app
        collected = await collect(
            app.config.sources,
            app.reader,
            app.store,
            app.clock,
            app.knowledge.judge,
            concurrency=app.settings.concurrency,
        )
        return Ran(made=collected.entries > 0, again_at=collected.again_at)

    async def watch_terms(self) -> Ran:
        watched = await watch_terms(self._app.watch)
        return Ran(made=watched.entries > 0, again_at=watched.again_at)

    async def cluster(self) -> Ran:
        done = await clustering.cluster_entries(self._app.clusterer)
        return Ran(made=done.editions > 0, more=done.seen >= clustering.BATCH)

    async def publish(self) -> Ran:
        done = await publishing.publish(self._app.publisher)
        # With nothing to deliver the digests still have to know when they fall due.
        return Ran(made=done.editions > 0, more=done.editions >= publishing.BATCH)

    async def digest(self) -> Ran:
        store, clock = self._app.store, self._app.clock
        # Before: what is let go may be for a digest.
        released = await release(store, clock)
        done = await digest(store, clock, site_url=self._app.settings.site_url)
        times = [at for at in (done.again_at, await store.next_release_at()) if at is not None]
        return Ran(made=done.messages > 0 or released > 0, again_at=min(times, default=None))

    async def remind(self) -> Ran:
        done = await remind(self._app.store, self._app.clock)
        return Ran(made=done.deliveries > 0)

    async def deliver(self) -> Ran:
        delivered = await deliver(self._app.office)
        return Ran(again_at=delivered.again_at)

    async def amend(self) -> Ran:
        amended = await amend(self._app.office)
        return Ran(again_at=amended.again_at)

    async def tidy(self) -> Ran:
        app = self._app
        await tidy(app.store, app.clock, backups=app.settings.backups, told=self._told)
        if app.accounts.discord is not None:
            # First what is mended, so that nothing is let go of that works again.
            await app.accounts.discord.mend()
            await clean_up(app.store, app.clock.now())
        return Ran()

    async def watch_over(self) -> Ran:
        return Ran(made=await watch_over(self._watchman) > 0)
