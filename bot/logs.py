"""Log set-up: pretty on a terminal, JSON lines otherwise, always to stderr, secrets masked in every line.

The libraries' own logging (discord.py, aiohttp, alembic, sqlalchemy) goes through the same door.
"""

import json
import logging
import re
import sys
from collections.abc import Iterable
from typing import Literal, TextIO

import structlog
from structlog.typing import Processor

MASK = "[hidden]"

# Shapes that are secret whoever prints them. Quotes and backslashes end each, so that JSON stays JSON.
SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    # Discord bot token: base64 of the id, of a time, and a signature. Source: Discord developer docs, "Authentication".
    (re.compile(r"\b[MNO][\w-]{22,27}\.[\w-]{5,7}\.[\w-]{27,45}\b"), MASK),
    (re.compile(r"(/api/(?:v\d+/)?webhooks/\d+/)[\w-]+"), rf"\1{MASK}"),
    (re.compile(r"\b((?:Bearer|Bot|Basic)\s+)[\w.~+/=-]{8,}"), rf"\1{MASK}"),
    (re.compile(r"(://)[^\s/@\"'\\]+@"), rf"\1{MASK}@"),
    (
        re.compile(
            r"([?&](?:access_token|auth|api_?key|client_secret|code|key|password|secret|sig|signature|token)=)"
            r"[^&\s\"'\\#<>]+",
            re.IGNORECASE,
        ),
        rf"\1{MASK}",
    ),
)

# Shorter ones would blank out ordinary words; no real token is that short.
SHORTEST_SECRET = 6


class Masker:
    """Hides secrets by value and by shape."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        forms = {form for secret in secrets if len(secret) >= SHORTEST_SECRET for form in _forms(secret)}
        # Longest first, so that a secret inside another one does not leave the rest of it behind.
        self._values = sorted(forms, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        for value in self._values:
            text = text.replace(value, MASK)
        for pattern, replacement in SHAPES:
            text = pattern.sub(replacement, text)
        return text


def _forms(secret: str) -> set[str]:
    """The secret as it stands in plain text, in JSON and in a repr."""
    return {
        secret,
        json.dumps(secret)[1:-1],
        json.dumps(secret, ensure_ascii=False)[1:-1],
        repr(secret)[1:-1],
    }


class _MaskedFormatter(structlog.stdlib.ProcessorFormatter):
    """Masks the finished line: whatever was logged, in a field, an exception or a library's own words."""

    def __init__(self, masker: Masker, processors: list[Processor], before: list[Processor]) -> None:
        super().__init__(processors=processors, foreign_pre_chain=before)
        self._masker = masker

    def format(self, record: logging.LogRecord) -> str:
        return self._masker(super().format(record))


def set_up_logs(
    *,
    level: str = "info",
    style: Literal["auto", "pretty", "json"] = "auto",
    secrets: Iterable[str] = (),
    stream: TextIO | None = None,
) -> Masker:
    """From now on everything that logs writes masked lines to `stream` (stderr). The masker is for other output."""
    stream = stream or sys.stderr
    masker = Masker(secrets)
    pretty = style == "pretty" or (style == "auto" and stream.isatty())
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="%H:%M:%S" if pretty else "iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *before,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_MaskedFormatter(masker, _renderers(pretty, stream), before))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    _quiet_libraries(level)
    return masker


def _renderers(pretty: bool, stream: TextIO) -> list[Processor]:
    strip = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if pretty:
        plain = structlog.dev.plain_traceback
        console = structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=plain)
        return [strip, console]
    return [
        strip,
        structlog.processors.format_exc_info,
        structlog.processors.EventRenamer("event"),
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
    ]


def _quiet_libraries(level: str) -> None:
    """Libraries that tell a line per request say it only when the operator asked for debug."""
    asked = level.lower() == "debug"
    chatty = ("discord", "aiohttp.access", "alembic", "sqlalchemy.engine", "urllib3", "mastodon", "asyncio")
    for name in chatty:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(logging.NOTSET if asked else logging.WARNING)
    # Warns at every start that it cannot speak, which nobody asked it to.
    logging.getLogger("discord.client").setLevel(logging.NOTSET if asked else logging.ERROR)
    # discord.py logs whole payloads at debug, message bodies among them.
    for name in ("discord.gateway", "discord.http"):
        logging.getLogger(name).setLevel(logging.INFO if asked else logging.NOTSET)
    # A dozen lines for each statement, even at debug.
    logging.getLogger("aiosqlite").setLevel(logging.WARNING)
