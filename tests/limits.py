"""The platforms' limits, checked the way the platforms check them: every embed and status made in a test goes through here.

Counts on purpose with other code than the bot's: `regex` for user-perceived characters, the link pattern of
Mastodon.py (a port of Mastodon's own) for links.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import regex
from mastodon._url_regex import url_regex

_STEERING = frozenset({"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"})
_TAG_LINE = re.compile(r"#\w+( #\w+){0,3}")
_LIVE_MENTION = re.compile(r"(?<![=/\w])@[a-z0-9_]", re.IGNORECASE)
_DISCORD_LIVE = re.compile(r"@everyone|@here|<(?:@[!&]?|#|/|t:|a?:|id:)", re.IGNORECASE)


def check_embed(embed: Mapping[str, Any]) -> None:
    """Raises AssertionError for what Discord refuses: see "Embed Limits" of its documentation."""
    texts = {
        "title": (embed.get("title", ""), 256),
        "description": (embed.get("description", ""), 4096),
        "footer": (embed.get("footer", {}).get("text", ""), 2048),
        "author": (embed.get("author", {}).get("name", ""), 256),
    }
    fields = embed.get("fields", ())
    assert len(fields) <= 25, f"{len(fields)} fields"
    for at, field in enumerate(fields):
        texts[f"field {at} name"], texts[f"field {at} value"] = (field["name"], 256), (field["value"], 1024)
        assert field["name"].strip(), f"field {at} has no name"
        assert field["value"].strip(), f"field {at} has no value"
    for where, (text, limit) in texts.items():
        assert _units(text) <= limit, f"{where}: {_units(text)} of {limit}"
        _check_characters(where, text)
        assert not _DISCORD_LIVE.search(text), f"{where} holds a live mention: {text!r}"
    assert sum(_units(text) for text, _ in texts.values()) <= 6000
    assert any(text.strip() for text, _ in texts.values()), "an empty embed"
    if (url := embed.get("url")) is not None:
        assert re.fullmatch(r"https?://[!-~]+", url), url
        assert len(url) < 2048
    assert 0 <= embed.get("color", 0) <= 0xFFFFFF


def check_content(text: str) -> None:
    """Raises AssertionError for what Discord refuses as a message's `content`, or what is more than role mentions."""
    assert _units(text) <= 2000
    assert re.fullmatch(r"(<@&\d+>( <@&\d+>)*)?", text), text


def check_status(text: str, max_chars: int = 500, url_chars: int = 23) -> None:
    """Raises AssertionError for what Mastodon refuses, and for a status that is not laid out as ours are."""
    length = status_length(text, url_chars)
    assert length <= max_chars, f"{length} of {max_chars}: {text!r}"
    assert text.strip() == text
    assert text
    _check_characters("status", text.replace("\n", " "))
    paragraphs = text.split("\n\n")
    links = re.findall(r"https?://\S+", text)
    if links:
        assert paragraphs[0] == links[0], "the link comes first, alone"
        assert len(links) == 1, f"more than one link: {links}"
    body, tags = paragraphs[1 if links else 0 :], []
    if body and _TAG_LINE.fullmatch(body[-1]):
        tags = body.pop().split()
    assert not re.search(r"#\w", "\n".join(body)), f"a tag outside the last line: {text!r}"
    assert len(tags) <= 4
    assert not any(_LIVE_MENTION.search(part) for part in paragraphs), f"a live mention: {text!r}"
    assert "\n" not in "".join(body)


def check_digest(text: str, max_chars: int = 500, url_chars: int = 23) -> None:
    """Raises AssertionError for what Mastodon refuses, and for a digest that is not laid out as ours are."""
    assert status_length(text, url_chars) <= max_chars, (
        f"{status_length(text, url_chars)} of {max_chars}: {text!r}"
    )
    assert text.strip() == text
    assert text
    _check_characters("digest", text.replace("\n", " "))
    body = text.split("\n\n")
    if _TAG_LINE.fullmatch(body[-1]):
        body.pop()
    assert not re.search(r"(?<![\w/])#\w", "\n".join(body)), f"a tag outside the last line: {text!r}"
    assert not any(_LIVE_MENTION.search(part) for part in body), f"a live mention: {text!r}"
    for part in body:
        lines = part.split("\n")
        assert len(lines) == 1 or re.fullmatch(r"https?://\S+", lines[-1]), (
            f"no link under a headline: {part!r}"
        )
        assert len(lines) <= 2, f"a paragraph of many lines: {part!r}"


def check_answer(text: str, to: str, max_chars: int = 500) -> None:
    """Raises AssertionError for what Mastodon refuses as an answer, or what names anybody but whom it is for."""
    assert status_length(text) <= max_chars
    assert text.startswith(f"@{to} ")
    rest = text.removeprefix(f"@{to} ")
    assert rest.strip() == rest
    assert rest
    _check_characters("answer", rest)
    assert not _LIVE_MENTION.search(rest), f"a live mention: {rest!r}"
    assert not re.search(r"(?<![\w/])#\w", rest), f"a tag: {rest!r}"


def status_length(text: str, url_chars: int = 23) -> int:
    """What Mastodon counts, by another way than the bot's."""
    # ".example" is no top-level domain, so that Mastodon would count it in full; in tests it stands for real ones.
    real = re.sub(r"(https?://[a-z0-9.-]+)\.example(?=[/:?\s]|$)", r"\1.com", text)
    counted = url_regex.sub(lambda m: m.group(2) + "x" * url_chars, real)
    return len(regex.findall(r"\X", counted))


def _units(text: str) -> int:
    """UTF-16 code units: what Discord's clients count, and never less than its server does."""
    return len(text.encode("utf-16-le")) // 2


def _check_characters(where: str, text: str) -> None:
    for char in text.replace("\n", ""):
        assert unicodedata.category(char) not in ("Cc", "Cs"), f"{where} holds {char!r}: {text!r}"
        assert unicodedata.bidirectional(char) not in _STEERING, f"{where} holds {char!r}: {text!r}"
