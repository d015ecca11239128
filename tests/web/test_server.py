"""The health page and the metrics, over real HTTP."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from bot.errors import ConfigError
from bot.flows.operator.health import Vitals
from bot.model import Health
from bot.web import Facts, open_site
from tests.builders import NOON

VITALS = Vitals(
    last_good_poll=timedelta(minutes=1),
    is_well=True,
    sources={Health.OK: 120, Health.FAILING: 2},
    troubled=("gazette",),
    rows={"entries": 40, "deliveries_due": 2, "deliveries_sent": 7},
)
WELL = Facts(
    now=NOON,
    started_at=NOON - timedelta(hours=5),
    version="1.2.3",
    vitals=VITALS,
    discord_ready=True,
    flows={"collect": "", "deliver": ""},
    crashes={"collect": 1},
)


@asynccontextmanager
async def asked(facts: Facts, path: str) -> AsyncIterator[aiohttp.ClientResponse]:
    async def gather() -> Facts:
        return facts

    async with (
        open_site("127.0.0.1", 0, gather) as port,
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        yield answer


async def test_a_bot_that_is_well_answers_200_with_its_facts() -> None:
    async with asked(WELL, "/healthz") as answer:
        told = await answer.json()

    assert answer.status == 200
    assert told["ok"] is True
    assert told["outbox"] == {"held": 0, "due": 2, "sending": 0, "sent": 7, "abandoned": 0, "unclear": 0}
    assert told["last_successful_poll_at"] == "2025-05-09T11:59:00+00:00"
    assert (told["database"], told["discord"], told["mastodon"]) == ("ok", "connected", "not set up")
    assert told["troubled_sources"] == ["gazette"]
    assert told["flows"] == {"collect": "running", "deliver": "running"}


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (replace(WELL, vitals=None, database_error="disk full"), "The database does not answer: disk full"),
        (
            replace(WELL, vitals=replace(VITALS, is_well=False, last_good_poll=timedelta(hours=3))),
            "No source could be read for 180 minutes",
        ),
        (
            replace(WELL, vitals=replace(VITALS, is_well=False, last_good_poll=None)),
            "No source could be read for 300 minutes",
        ),
        (replace(WELL, discord_ready=False), "Discord is not connected."),
        (replace(WELL, flows={"collect": "crashed 4 times"}), "collect is down: crashed 4 times"),
    ],
    ids=["database", "quiet for long", "never read", "discord", "flow"],
)
async def test_a_bot_in_trouble_answers_503_and_says_why(facts: Facts, said: str) -> None:
    async with asked(facts, "/healthz") as answer:
        told = await answer.json()

    assert answer.status == 503
    assert said in "\n".join(told["troubles"])


async def test_a_bot_that_just_started_is_given_time_to_connect() -> None:
    young = replace(WELL, started_at=NOON - timedelta(minutes=1), discord_ready=False)

    async with asked(young, "/healthz") as answer:
        assert answer.status == 200


async def test_prometheus_gets_the_same_facts() -> None:
    async with asked(WELL, "/metrics") as answer:
        text = await answer.text()

    assert answer.status == 200
    assert answer.headers["Content-Type"].startswith("text/plain")
    for line in (
        "smallprint_healthy 1.0",
        'smallprint_rows{noun="deliveries_due"} 2.0',
        'smallprint_sources{health="ok"} 120.0',
        'smallprint_flow_running{flow="collect"} 1.0',
        "smallprint_discord_connected 1.0",
        'smallprint_restarts{name="collect"} 1.0',
        'smallprint_info{version="1.2.3"} 1.0',
        "smallprint_last_successful_poll_timestamp_seconds 1.74679194e+09",
    ):
        assert line in text
    assert "smallprint_mastodon_connected" not in text
    assert "process_cpu_seconds_total" in text


async def test_a_port_that_is_taken_is_refused_in_a_sentence() -> None:
    async def gather() -> Facts:
        return WELL

    async with open_site("127.0.0.1", 0, gather) as port:
        with pytest.raises(ConfigError, match="Choose another port"):
            async with open_site("127.0.0.1", port, gather):
                pass


def test_the_facts_are_plain_json() -> None:
    from bot.web.facts import as_json

    assert json.loads(json.dumps(as_json(WELL)))["version"] == "1.2.3"
