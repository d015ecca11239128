"""What the health page and the metrics tell: gathered by whoever runs the bot, only shown here."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.flows.operator.health import Vitals
from bot.model import DeliveryState

CONNECTING = timedelta(minutes=2)
"""A gateway needs a moment after a start; until then it is not called missing."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The bot as it is now.

    now, started_at  aware UTC
    vitals           from the memory; None: it does not answer
    database_error   why not; empty: it does
    discord_ready    None: no Discord account is set up; likewise `mastodon_ready`
    flows            flow name -> why it is down; empty text: it runs
    crashes          flow or service name -> restarts since the start
    open_troubles    what the operator was told of and is not over
    """

    now: datetime
    started_at: datetime
    version: str
    vitals: Vitals | None = None
    database_error: str = ""
    discord_ready: bool | None = None
    mastodon_ready: bool | None = None
    flows: Mapping[str, str] = field(default_factory=dict)
    crashes: Mapping[str, int] = field(default_factory=dict)
    open_troubles: int = 0

    @property
    def last_good_at(self) -> datetime | None:
        """When a source was last read well; None: never, or the memory does not answer."""
        age = self.vitals.last_good_poll if self.vitals else None
        return None if age is None else self.now - age

    @property
    def rows(self) -> Mapping[str, int]:
        return self.vitals.rows if self.vitals else {}

    @property
    def sources(self) -> Mapping[str, int]:
        """Sources by health."""
        return {health.value: n for health, n in self.vitals.sources.items()} if self.vitals else {}


GatherFacts = Callable[[], Awaitable[Facts]]


def troubles(facts: Facts) -> list[str]:
    """Why the bot is not well, one sentence each; empty when it is."""
    found = []
    if facts.vitals is None:
        found.append(f"The database does not answer: {facts.database_error}")
    elif not facts.vitals.is_well:
        minutes = int((facts.now - (facts.last_good_at or facts.started_at)).total_seconds() // 60)
        found.append(f"No source could be read for {minutes} minutes. Is the network there?")
    if facts.discord_ready is False and facts.now - facts.started_at > CONNECTING:
        found.append("Discord is not connected.")
    found += [f"{name} is down: {why}" for name, why in facts.flows.items() if why]
    return found


def as_json(facts: Facts) -> dict[str, object]:
    """What /healthz answers."""
    wrong = troubles(facts)
    return {
        "ok": not wrong,
        "troubles": wrong,
        "version": facts.version,
        "now": facts.now.isoformat(),
        "started_at": facts.started_at.isoformat(),
        "last_successful_poll_at": facts.last_good_at.isoformat() if facts.last_good_at else None,
        "outbox": {state.value: facts.rows.get(f"deliveries_{state.value}", 0) for state in DeliveryState},
        "database": facts.database_error or "ok",
        "discord": _connection(facts.discord_ready),
        "mastodon": _connection(facts.mastodon_ready),
        "sources": dict(facts.sources),
        "documents": dict(facts.vitals.documents) if facts.vitals else {},
        "stale_documents": list(facts.vitals.stale_documents) if facts.vitals else [],
        "troubled_sources": list(facts.vitals.troubled) if facts.vitals else [],
        "flows": {name: why or "running" for name, why in facts.flows.items()},
    }


def _connection(ready: bool | None) -> str:
    return {None: "not set up", True: "connected", False: "not connected"}[ready]
