"""Answers as Discord writes them."""

import json
from typing import Any

from aiohttp import web

from tests.fake_discord.world import Json, Refusal


def reply(payload: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """JSON. discord.py reads a body as JSON only if the type is exactly this, without a charset."""
    sent = {"Content-Type": "application/json"} | (headers or {})
    return web.Response(body=json.dumps(payload).encode(), status=status, headers=sent)


def refused(refusal: Refusal) -> web.Response:
    body: Json = {"message": refusal.message, "code": refusal.code}
    if refusal.errors:
        body["errors"] = refusal.errors
    return reply(body, status=refusal.status)
