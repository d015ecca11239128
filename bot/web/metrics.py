"""The facts as Prometheus metrics, made anew for each scrape so that nothing has to be counted twice."""

from collections.abc import Iterator, Mapping

from prometheus_client import CollectorRegistry, PlatformCollector, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from bot.web.facts import Facts, troubles

CONTENT_TYPE = CONTENT_TYPE_LATEST


class _FactsCollector(Collector):
    def __init__(self, facts: Facts) -> None:
        self._facts = facts

    def collect(self) -> Iterator[Metric]:
        facts = self._facts
        yield InfoMetricFamily("smallprint", "What runs here.", value={"version": facts.version})
        yield _gauge("healthy", "1 while /healthz answers 200.", not troubles(facts))
        yield _gauge("database_up", "1 while the database answers.", facts.vitals is not None)
        if facts.last_good_at:
            at = facts.last_good_at.timestamp()
            yield _gauge("last_successful_poll_timestamp_seconds", "When a source was last read well.", at)
        for name, ready in (("discord", facts.discord_ready), ("mastodon", facts.mastodon_ready)):
            if ready is not None:
                yield _gauge(f"{name}_connected", f"1 while {name.title()} can be posted to.", ready)
        yield self._labelled("rows", "Rows in the database by noun and state.", "noun", facts.rows)
        yield self._labelled("sources", "Sources by health.", "health", facts.sources)
        yield _gauge(
            "troubles", "Troubles that are open now, as the operator is told of them.", facts.open_troubles
        )
        documents = facts.vitals.documents if facts.vitals else {}
        yield self._labelled("documents", "Watched terms pages by health.", "health", documents)
        stale = len(facts.vitals.stale_documents) if facts.vitals else 0
        yield _gauge("stale_documents", "Watched terms pages whose text may be out of date.", stale)
        running = {name: int(not why) for name, why in facts.flows.items()}
        yield self._labelled("restarts", "Restarts after a crash since the start.", "name", facts.crashes)
        yield self._labelled("flow_running", "1 while the flow is on its beat.", "flow", running)

    @staticmethod
    def _labelled(name: str, text: str, label: str, values: Mapping[str, int]) -> GaugeMetricFamily:
        family = GaugeMetricFamily(f"smallprint_{name}", text, labels=[label])
        for key, value in values.items():
            family.add_metric([key], float(value))
        return family


def _gauge(name: str, text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"smallprint_{name}", text, value=float(value))


def exposition(facts: Facts) -> bytes:
    """The page that Prometheus scrapes."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    PlatformCollector(registry=registry)
    registry.register(_FactsCollector(facts))
    return generate_latest(registry)
