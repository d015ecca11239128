"""Logs: one line per event, on stderr, and never a secret in it."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import MASK, Masker, set_up_logs

TOKEN = 'fake-"token"-with-ü'
# Has the shape of a Discord token and is none.
SHAPED = "MTAwMDAwMDAwMDAwMDAwMDAw.Gfake0.faketokenfaketokenfaketokenfaketoken01"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_pipe_gets_one_json_object_a_line() -> None:
    stream = io.StringIO()
    set_up_logs(stream=stream)

    structlog.get_logger("bot.flows").bind(source="gazette").info("source_collected", entries=12, new=3)

    (line,) = lines(stream)
    assert line["event"] == "source_collected"
    assert (line["source"], line["entries"], line["new"], line["level"]) == ("gazette", 12, 3, "info")
    assert str(line["timestamp"]).endswith("Z")


def test_a_terminal_gets_lines_for_people() -> None:
    stream = Terminal()
    set_up_logs(stream=stream)

    structlog.get_logger().warning("source_failed", reason="timeout")

    assert "source_failed" in stream.getvalue()
    assert not stream.getvalue().startswith("{")


def test_the_level_is_kept() -> None:
    stream = io.StringIO()
    set_up_logs(stream=stream, level="warning")

    structlog.get_logger().info("quiet")
    logging.getLogger("anything").info("quiet")

    assert stream.getvalue() == ""


def test_libraries_write_through_the_same_door() -> None:
    stream = io.StringIO()
    set_up_logs(stream=stream)

    logging.getLogger("discord.state").warning("lost %s", "connection")

    (line,) = lines(stream)
    assert (line["event"], line["logger"], line["level"]) == ("lost connection", "discord.state", "warning")


@pytest.mark.parametrize("level", ["info", "warning"])
def test_discords_library_does_not_tell_of_each_connection(level: str) -> None:
    stream = io.StringIO()
    set_up_logs(level=level, stream=stream)

    logging.getLogger("discord.gateway").info("Shard ID 0 has connected")
    logging.getLogger("discord.http").info("a request")

    assert lines(stream) == []


def test_the_databases_every_step_is_not_told_even_at_debug() -> None:
    stream = io.StringIO()
    set_up_logs(level="debug", stream=stream)

    logging.getLogger("aiosqlite").debug("executing a statement")

    assert lines(stream) == []


def test_chatty_libraries_are_quiet_unless_debug_is_asked() -> None:
    stream = io.StringIO()
    set_up_logs(stream=stream, level="info")

    logging.getLogger("sqlalchemy.engine.Engine").info("SELECT 1")
    logging.getLogger("discord.gateway").info("payload")

    assert "SELECT" not in stream.getvalue()


@pytest.mark.parametrize("style", ["json", "pretty"])
def test_a_secret_is_hidden_wherever_it_is_logged(style: str) -> None:
    stream = io.StringIO()
    set_up_logs(stream=stream, style=style, secrets=[TOKEN], level="debug")  # type: ignore[arg-type]
    log = structlog.get_logger()

    log.info(f"event {TOKEN}", field=TOKEN, nested={"list": [TOKEN, (TOKEN,)]}, **{TOKEN: 1})
    logging.getLogger("aiohttp.client").warning("header %s", {"Authorization": TOKEN})
    try:
        int(TOKEN)  # its error repeats the text
    except ValueError:
        log.exception("failed")
        logging.getLogger("discord").exception("failed too")

    written = stream.getvalue()
    assert MASK in written
    for form in (TOKEN, json.dumps(TOKEN)[1:-1], json.dumps(TOKEN, ensure_ascii=False)[1:-1]):
        assert form not in written
    if style == "json":
        assert len(lines(stream)) == 4


@pytest.mark.parametrize(
    ("text", "hidden", "kept"),
    [
        (f"logging in with {SHAPED} now", SHAPED, "now"),
        ("POST https://discord.com/api/webhooks/123/fake-hook_Secret", "fake-hook_Secret", "webhooks/123/"),
        ("https://discord.com/api/v10/webhooks/123/fake-hook", "fake-hook", "v10"),
        ("Authorization: Bearer fakefakefakefake", "fakefakefakefake", "Bearer"),
        ("'Authorization': 'Bot fake.fake.fakefake'", "fake.fake.fakefake", "Bot"),
        ("https://user:fake-pass@feeds.example/rss", "fake-pass", "feeds.example/rss"),
        ("https://fake-key@feeds.example/rss", "fake-key", "feeds.example/rss"),
        ("postgresql+asyncpg://bot:fake-pass@db/x", "fake-pass", "@db/x"),
        ("https://feeds.example/rss?a=1&token=fake-tok&b=2", "fake-tok", "&b=2"),
        ("https://feeds.example/rss?API_KEY=fake-key", "fake-key", "feeds.example"),
        ('{"url": "https://x.example/?key=fake-key", "n": 1}', "fake-key", '", "n": 1}'),
    ],
)
def test_what_looks_like_a_secret_is_hidden_and_the_rest_stays(text: str, hidden: str, kept: str) -> None:
    masked = Masker()(text)

    assert hidden not in masked
    assert kept in masked
    assert MASK in masked


@pytest.mark.parametrize(
    "text",
    [
        "https://gazette.example/2025/05/story?page=2",
        "The Bot posted 3 stories",
        "write to desk@gazette.example",
        "tokens and keys are words too",
        "story sabcdefghij, edition 1",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert Masker(["fake-token", "abc"])(text) == text


def test_a_secret_inside_a_longer_one_leaves_no_rest() -> None:
    assert Masker(["fake-token", "fake-token-long"])("x fake-token-long y") == f"x {MASK} y"
