"""health: whether the bot does its work, as facts for /healthz and /metrics."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.flows.memory import Store
from bot.flows.terms.health import counts_by_health, document_healths
from bot.logic.operator.alerts import troubled
from bot.model import Document, Health, Source, SourceKind
from bot.ports import Clock

WELL_WITHIN = timedelta(hours=3)
"""With any source polled at least every six hours and many every half hour, longer silence means we are broken."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """How the bot is doing.

    last_good_poll  age of the last successful poll of any source; None: there was none yet
    is_well         polls succeed, or nothing is there to poll, or no first poll could be made yet
    sources         how many are in each state of health
    troubled        ids of sources that the operator should look at
    rows            as Store.counts
    documents       how many watched pages are in each state ("ok", "new", or why the last look was no evidence)
    stale_documents ids of those whose text may be out of date
    """

    last_good_poll: timedelta | None
    is_well: bool
    sources: Mapping[Health, int]
    troubled: tuple[str, ...]
    rows: Mapping[str, int]
    documents: Mapping[str, int] = field(default_factory=dict)
    stale_documents: tuple[str, ...] = ()


async def vitals(
    store: Store,
    clock: Clock,
    sources: Sequence[Source],
    started_at: datetime,
    documents: Sequence[Document] = (),
) -> Vitals:
    """The facts of now. A database that cannot be read raises StoreError: not well either."""
    polled = list(sources)
    # Pages are looked at every few hours: they alone do not tell within the hour that polling stands still.
    has_feeds = any(source.kind is SourceKind.FEED for source in sources)
    states = await store.source_states([source.id for source in polled])
    rows = await store.counts()
    watched = await document_healths(documents, store, clock)
    now = clock.now()
    good = [state.good_at for state in states.values() if state.good_at is not None]
    age = now - max(good) if good else None
    # A start gets as long as a gap would: the first pass over slow sources takes its time.
    since = min(now - started_at, age) if age is not None else now - started_at
    return Vitals(
        last_good_poll=age,
        is_well=not has_feeds or since <= WELL_WITHIN,
        sources=Counter(state.health for state in states.values()),
        troubled=tuple(source.id for source in troubled(polled, states)),
        rows=rows,
        documents=counts_by_health(watched),
        stale_documents=tuple(each.document.id for each in watched if each.stale),
    )
