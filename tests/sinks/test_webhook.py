"""Notices on a webhook: the words where Discord, Slack and Mattermost look for them, and no secret in an error."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.errors import SinkError, SinkScope
from bot.logic.operator.troubles import notice
from bot.sinks.webhook import WebhookSink
from tests.builders import NOON


@dataclass
class Hook:
    status: int = 204
    bodies: list[dict[str, object]] = field(default_factory=list)
    url: str = ""

    async def post(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.json())
        return web.Response(status=self.status)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    held = Hook()
    app = web.Application()
    app.router.add_post("/hooks/not-a-real-secret", held.post)
    async with TestServer(app) as server:
        held.url = str(server.make_url("/hooks/not-a-real-secret"))
        yield held


async def test_a_notice_is_one_object_that_three_kinds_of_webhook_read(hook: Hook) -> None:
    message = notice("Smallprint: 1 new trouble", "• Gazette is down. @everyone look", NOON)

    await WebhookSink(hook.url, user_agent="Smallprint/test").tell(message)

    [body] = hook.bodies
    assert body["content"] == body["text"]
    assert "Gazette is down" in str(body["text"])
    assert body["key"] == message.mark
    assert body["allowed_mentions"] == {"parse": []}


@pytest.mark.parametrize(
    ("status", "permanent"), [(404, True), (403, True), (500, False), (429, False), (302, False)]
)
async def test_a_refusal_says_what_to_do_and_keeps_the_address_secret(
    hook: Hook, status: int, permanent: bool
) -> None:
    hook.status = status

    with pytest.raises(SinkError) as caught:
        await WebhookSink(hook.url, user_agent="Smallprint/test").tell(notice("A", "b", NOON))

    assert caught.value.permanent is permanent
    assert "SMALLPRINT_OPERATOR_WEBHOOK" in str(caught.value)
    assert "not-a-real-secret" not in str(caught.value)


async def test_nobody_there_is_no_crash() -> None:
    with pytest.raises(SinkError) as caught:
        await WebhookSink("http://127.0.0.1:1/hooks/x", user_agent="Smallprint/test").tell(
            notice("A", "b", NOON)
        )

    assert caught.value.scope is SinkScope.SINK
