"""What the health page and the metrics tell: gathered by whoever runs the bot, only shown here."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

# Three beats of the slowest pace that a source is ever asked at would be days; a bot with more than a
# hundred sources that has read none of them for this long is cut off.
LONGEST_SILENCE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Facts:
    """The bot as it is now.

    now, started_at  aware UTC
    last_good_at     when any source was last read well; None: none yet
    database_error   why the memory does not answer; empty: it does
    discord_ready    None: no Discord account is set up
    counts           rows by noun and state, as Store.counts gives them
    flows            flow name -> why it is down; empty text: running
    sources          sources by health
    """

    now: datetime
    started_at: datetime
    version: str
    last_good_at: datetime | None = None
    database_error: str = ""
    discord_ready: bool | None = None
    mastodon_ready: bool | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    flows: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)


GatherFacts = Callable[[], Awaitable[Facts]]


def troubles(facts: Facts) -> list[str]:
    """Why the bot is not well, one sentence each; empty when it is."""
    found = []
    if facts.database_error:
        found.append(f"The database does not answer: {facts.database_error}")
    quiet_since = facts.last_good_at or facts.started_at
    if sum(facts.sources.values()) and facts.now - quiet_since > LONGEST_SILENCE:
        minutes = int((facts.now - quiet_since).total_seconds() // 60)
        found.append(f"No source could be read for {minutes} minutes. Is the network there?")
    if facts.discord_ready is False and facts.now - facts.started_at > timedelta(minutes=2):
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
        "outbox": {
            name.removeprefix("deliveries_"): n
            for name, n in facts.counts.items()
            if name.startswith("deliveries_")
        },
        "database": facts.database_error or "ok",
        "discord": _connection(facts.discord_ready),
        "mastodon": _connection(facts.mastodon_ready),
        "sources": dict(facts.sources),
        "flows": {name: why or "running" for name, why in facts.flows.items()},
    }


def _connection(ready: bool | None) -> str:
    return {None: "not set up", True: "connected", False: "not connected"}[ready]
