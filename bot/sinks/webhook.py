"""Posts notices for the operator to a webhook: Discord's, Slack's, Mattermost's, or one of their own."""

import asyncio
import json

import aiohttp

from bot.errors import SinkError, SinkScope
from bot.logic.messages.terminal import render_plain
from bot.model import Message, Receipt, Shipment, SinkKind

POST_SECONDS = 15.0
# Discord's `content` takes no more; Slack and Mattermost take longer texts.
TEXT_LIMIT = 1900


class WebhookSink:
    """One JSON object a notice: `content` (Discord) and `text` (Slack, Mattermost) hold the same words, `key` tells
    repeats apart. A webhook cannot be read back: what is unclear after a crash is posted again under the same `key`.

    url  is a secret: who knows it can post there; it appears in no error
    """

    kind = SinkKind.WEBHOOK

    def __init__(self, url: str, *, user_agent: str, post_seconds: float = POST_SECONDS) -> None:
        self._url, self._user_agent, self._post_seconds = url, user_agent, post_seconds

    def is_ready(self) -> bool:
        return True

    async def send(self, shipment: Shipment) -> Receipt:
        """Raises SinkError."""
        await self.tell(shipment.delivery.message)
        return Receipt(shipment.delivery.key)

    async def tell(self, message: Message) -> None:
        """Post a message past any outbox. Raises SinkError."""
        text = render_plain(message, width=10_000)[:TEXT_LIMIT]
        body = json.dumps(
            {"content": text, "text": text, "key": message.mark, "allowed_mentions": {"parse": []}}
        )
        headers = {"Content-Type": "application/json", "User-Agent": self._user_agent}
        try:
            async with (
                asyncio.timeout(self._post_seconds),
                aiohttp.ClientSession(headers=headers) as session,
                session.post(self._url, data=body, allow_redirects=False) as answer,
            ):
                status = answer.status
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise SinkError(
                f"The operator's webhook cannot be reached ({type(error).__name__}).", scope=SinkScope.SINK
            ) from error
        if status >= 300:
            raise SinkError(
                f"The operator's webhook answered {status}.",
                permanent=status in (401, 403, 404, 410),
                scope=SinkScope.DESTINATION if status in (401, 403, 404, 410) else SinkScope.SINK,
                fix="Correct SMALLPRINT_OPERATOR_WEBHOOK.",
            )

    async def find(self, shipment: Shipment) -> Receipt | None:
        """Nothing can be read back: it is posted again."""
        return None

    async def edit(self, shipment: Shipment) -> None:
        """A notice is never edited."""

    async def close(self) -> None: ...
