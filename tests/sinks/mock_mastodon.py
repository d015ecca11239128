"""Handling `mastodon_mock`, the well-behaved peer: its switchboard, and what its accounts posted."""

import urllib.request
from json import dumps
from typing import Any

from mastodon_mock.testing import MockServer


def control(mock: MockServer, what: str, document: dict[str, object]) -> None:
    """One request to the mock's own switchboard."""
    request = urllib.request.Request(
        f"{mock.base_url}/api/v1/_mock/{what}",
        data=dumps(document).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        assert 200 <= answer.status < 300


def reset(mock: MockServer) -> MockServer:
    """As good as new. (Its own `reset` needs a package that we do not.)"""
    control(mock, "reset", {})
    return mock


def statuses(mock: MockServer, account: str = "alice") -> list[Any]:
    """What the account has posted, oldest first."""
    client = mock.client(account)
    return list(reversed(client.account_statuses(client.me())))
