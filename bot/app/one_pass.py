"""One pass down the whole street: collect, cluster, publish, deliver."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.app.building import App
from bot.app.mail import read_mail
from bot.flows.delivery.amend import amend
from bot.flows.delivery.deliver import deliver
from bot.flows.delivery.digest import digest
from bot.flows.delivery.publish import publish
from bot.flows.delivery.remind import remind
from bot.flows.news.cluster import cluster_entries
from bot.flows.news.collect import Look, Looked, collect, due_sources
from bot.flows.people.approve import release
from bot.flows.terms.watch import WatchedDocument, watch_terms

OnProgress = Callable[[int, int, str], None]


@dataclass
class Passed:
    """What one pass did.

    entries        new ones; `relevant`: of those, on our subject and to be told
    first_looks    sources that were read for the first time
    first_entries  of `entries`, from those: kept, not told
    kept           of `entries`, all that are kept and not told: those, old ones, none of the newest of a flood
    kept_relevant  of those kept, on our subject
    failed         source id -> why it could not be read
    answered       messages of people
    pages          watched terms pages that were looked at; `clauses`: events in them that are told
    refused        document id -> why its page was no evidence
    waiting        deliveries that are still due or unclear, whose sink is set up
    is_heard       somebody has subscribed to something
    """

    polled: int = 0
    entries: int = 0
    relevant: int = 0
    first_looks: int = 0
    first_entries: int = 0
    kept: int = 0
    kept_relevant: int = 0
    opened: int = 0
    joined: int = 0
    editions: int = 0
    sent: int = 0
    answered: int = 0
    waiting: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    pages: int = 0
    clauses: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    alerts: tuple[str, ...] = ()
    is_heard: bool = True


def _quiet(done: int, total: int, what: str) -> None:
    """Where nobody watches."""


async def run_once(app: App, *, everything: bool = False) -> Passed:
    """Look at what is due (`everything`: at every source), tell what is new, deliver what is due.

    Safe to run again after a crash. Raises StoreError.
    """
    passed = await read_sources(app, everything=everything)
    await tell_news(app, passed)
    return passed


async def read_sources(app: App, *, everything: bool = False, on_progress: OnProgress = _quiet) -> Passed:
    """The first half of a pass: look at sources and remember what is new."""
    passed = Passed()
    await _collect(app, passed, everything, on_progress)
    await _watch(app, passed, everything, on_progress)
    return passed


async def tell_news(app: App, passed: Passed) -> None:
    """The second half: answer who wrote, cluster, publish, deliver. Adds to what the first half did."""
    # First: whoever subscribes by message hears of what this pass tells.
    passed.answered = await read_mail(app.accounts.mail)
    await _cluster(app, passed)
    await _publish(app, passed)
    await release(app.store, app.clock)
    await digest(app.store, app.clock, site_url=app.settings.site_url)
    await remind(app.store, app.clock)
    delivered = await deliver(app.office)
    await amend(app.office)
    passed.sent = delivered.sent + delivered.found
    passed.waiting = await _waiting(app)
    passed.is_heard = bool(await app.store.subscriptions())


async def _collect(app: App, passed: Passed, everything: bool, on_progress: OnProgress) -> None:
    total = await _due(app, everything)
    on_progress(0, total, "")

    async def on_look(looked: Looked) -> None:
        passed.polled += 1
        passed.kept += looked.kept
        passed.kept_relevant += looked.kept_relevant
        if looked.look is Look.FIRST:
            passed.first_looks += 1
            passed.first_entries += looked.entries
        if looked.reason:
            passed.failed[looked.source.id] = looked.reason
        on_progress(passed.polled, max(total, passed.polled), looked.source.name)

    collected = await collect(
        app.config.sources,
        app.reader,
        app.store,
        app.clock,
        app.knowledge.judge,
        everything=everything,
        concurrency=app.settings.concurrency,
        on_look=on_look,
    )
    passed.entries, passed.relevant, passed.alerts = collected.entries, collected.relevant, collected.alerts


async def _watch(app: App, passed: Passed, everything: bool, on_progress: OnProgress) -> None:
    total = len(app.config.documents)

    async def on_look(watched: WatchedDocument) -> None:
        passed.pages += 1
        if watched.refused is not None:
            passed.refused[watched.document.id] = watched.refused.why
        on_progress(passed.pages, total, f"{watched.document.platform} {watched.document.title}")

    watched = await watch_terms(app.watch, everything=everything, on_look=on_look)
    passed.clauses = watched.entries
    passed.alerts = (*passed.alerts, *(remark for each in watched.looks for remark in each.remarks))


async def _due(app: App, everything: bool) -> int:
    if everything:
        return len(app.config.sources)
    states = await app.store.source_states([source.id for source in app.config.sources])
    return len(due_sources(app.config.sources, states, app.clock.now()))


async def _cluster(app: App, passed: Passed) -> None:
    while (done := await cluster_entries(app.clusterer)).seen:
        passed.opened += done.opened
        passed.joined += done.joined


async def _publish(app: App, passed: Passed) -> None:
    while (done := await publish(app.publisher)).editions:
        passed.editions += done.editions


async def _waiting(app: App) -> int:
    rows = await app.store.counts()
    return rows.get("deliveries_due", 0) + rows.get("deliveries_unclear", 0)
