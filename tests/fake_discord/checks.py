"""Discord's limits on what it is sent; over them it refuses with 50035 and names the field.

Sources: Discord developer docs, "Create Message", "Embed Limits", "Start Thread in Forum", "Application Commands".
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests import limits
from tests.fake_discord.world import Json, Refusal

beyond_limits: list[str] = []
"""What the fake took and the validator of limits (tests.limits) would not have: looked at when a test ends."""

EMBED_LIMITS = {"title": 256, "description": 4096}
EMBED_TOTAL = 6000


def invalid(field: str, why: str) -> Refusal:
    wrong = {field: {"_errors": [{"code": "BASE_TYPE_BAD_LENGTH", "message": why}]}}
    return Refusal(400, 50035, "Invalid Form Body", wrong)


def at_most(field: str, value: Any, limit: int) -> int:
    """Length in characters as Discord counts them (UTF-16 code units would be stricter; it counts code points)."""
    length = len(value or "")
    if length > limit:
        raise invalid(field, f"Must be {limit} or fewer in length.")
    return length


def check_message(body: Json) -> None:
    """Refuse what Discord refuses in a message body."""
    at_most("content", body.get("content"), 2000)
    at_most("nonce", str(body.get("nonce") or ""), 25)
    embeds = body.get("embeds") or []
    at_most("embeds", embeds, 10)
    total = sum(check_embed(f"embeds.{n}", embed) for n, embed in enumerate(embeds))
    if total > EMBED_TOTAL:
        raise invalid("embeds", f"Embed size exceeds maximum size of {EMBED_TOTAL}")
    if not body.get("content") and not embeds and not body.get("components"):
        raise Refusal(400, 50006, "Cannot send an empty message")
    check_mentions(body.get("allowed_mentions") or {})
    _validate(limits.check_discord_message, body)


def check_modal(body: Json) -> None:
    _validate(limits.check_modal, body)


def _validate(check: Callable[[Json], None], body: Json) -> None:
    try:
        check(body)
    except AssertionError as beyond:
        beyond_limits.append(str(beyond) or repr(body)[:500])


def check_mentions(allowed: Json) -> None:
    for kind in ("roles", "users"):
        if kind in (allowed.get("parse") or []) and allowed.get(kind):
            raise invalid(
                "allowed_mentions", f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            )
        at_most(f"allowed_mentions.{kind}", allowed.get(kind), 100)


def check_embed(where: str, embed: Json) -> int:
    """Characters that count towards the total of 6,000."""
    total = sum(at_most(f"{where}.{name}", embed.get(name), limit) for name, limit in EMBED_LIMITS.items())
    fields = embed.get("fields") or []
    at_most(f"{where}.fields", fields, 25)
    for n, field in enumerate(fields):
        if not (field.get("name") or "").strip() or not (field.get("value") or "").strip():
            raise invalid(f"{where}.fields.{n}", "This field is required")
        total += at_most(f"{where}.fields.{n}.name", field["name"], 256)
        total += at_most(f"{where}.fields.{n}.value", field["value"], 1024)
    total += at_most(f"{where}.footer.text", (embed.get("footer") or {}).get("text"), 2048)
    total += at_most(f"{where}.author.name", (embed.get("author") or {}).get("name"), 256)
    url = embed.get("url")
    if url is not None and (not re.match(r"https?://[^\s/]+", url) or len(url) > 2048):
        raise invalid(f"{where}.url", "Not a well formed URL.")
    if not 0 <= (embed.get("color") or 0) <= 0xFFFFFF:
        raise invalid(f"{where}.color", "int value should be less than or equal to 16777215.")
    if embed.get("timestamp"):
        try:
            datetime.fromisoformat(embed["timestamp"])
        except ValueError as error:
            raise invalid(f"{where}.timestamp", "Could not parse. Should be ISO8601.") from error
    return total


def check_choices(choices: list[Json]) -> None:
    at_most("choices", choices, 25)
    for choice in choices:
        if not 1 <= len(choice["name"]) <= 100 or len(str(choice["value"])) > 100:
            raise invalid("choices", "Must be between 1 and 100 in length.")


def check_command(command: Json) -> None:
    if not re.fullmatch(r"[-_\w]{1,32}", command["name"]) or command["name"] != command["name"].lower():
        raise invalid("name", "Command name is invalid")
    if not 1 <= len(command.get("description") or "") <= 100:
        raise invalid("description", "Must be between 1 and 100 in length.")
    options = command.get("options") or []
    at_most("options", options, 25)
    for option in options:
        if not 1 <= len(option.get("description") or "") <= 100:
            raise invalid(f"options.{option['name']}", "Must be between 1 and 100 in length.")
        check_choices(option.get("choices") or [])
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        raise invalid("options", "Required options must be placed before non-required options")
