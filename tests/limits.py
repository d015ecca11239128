"""The platforms' limits, checked the way the platforms check them: every embed and status made in a test goes through here.

Counts on purpose with other code than the bot's: `regex` for user-perceived characters, the link pattern of
Mastodon.py (a port of Mastodon's own) for links.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

import regex
from mastodon._url_regex import url_regex

_STEERING = frozenset({"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"})
_TAG_LINE = re.compile(r"#\w+( #\w+){0,3}")
_LIVE_MENTION = re.compile(r"(?<![=/\w])@[a-z0-9_]", re.IGNORECASE)
# Times that every reader sees by their own clock: the only such sign that is ours.
_WHEN = re.compile(r"<t:\d{1,12}:[DfR]>")
_DISCORD_LIVE = re.compile(r"@everyone|@here|<(?:@[!&]?|#|/|t:|a?:|id:)", re.IGNORECASE)


def check_embed(embed: Mapping[str, Any], *, may_mention: bool = False) -> None:
    """Raises AssertionError for what Discord refuses: see "Embed Limits" of its documentation.

    may_mention  our own words may name a channel, a person or "@everyone", which pings nobody inside an embed
    """
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
        assert may_mention or not _DISCORD_LIVE.search(_WHEN.sub("", text)), (
            f"{where} holds a live mention: {text!r}"
        )
    assert sum(_units(text) for text, _ in texts.values()) <= 6000
    assert any(text.strip() for text, _ in texts.values()), "an empty embed"
    if (url := embed.get("url")) is not None:
        assert re.fullmatch(r"https?://[!-~]+", url), url
        assert len(url) < 2048
    assert 0 <= embed.get("color", 0) <= 0xFFFFFF


def check_embeds(embeds: Sequence[Mapping[str, Any]], *, may_mention: bool = False) -> None:
    """Raises AssertionError for what Discord refuses of the embeds of one message, taken together."""
    assert len(embeds) <= 10, f"{len(embeds)} embeds"
    for embed in embeds:
        check_embed(embed, may_mention=may_mention)
    total = sum(_embed_units(embed) for embed in embeds)
    assert total <= 6000, f"{total} characters in all embeds"


def _embed_units(embed: Mapping[str, Any]) -> int:
    texts = [embed.get("title", ""), embed.get("description", "")]
    texts += [embed.get("footer", {}).get("text", ""), embed.get("author", {}).get("name", "")]
    texts += [text for field in embed.get("fields", ()) for text in (field["name"], field["value"])]
    return sum(_units(text or "") for text in texts)


def check_components(rows: Sequence[Mapping[str, Any]]) -> None:
    """Raises AssertionError for what Discord refuses as buttons and menus: see "Component Reference"."""
    assert len(rows) <= 5, f"{len(rows)} rows"
    ids: list[str] = []
    for row in rows:
        assert row["type"] == 1, "a component outside a row"
        inside = row["components"]
        assert 1 <= len(inside) <= 5, f"{len(inside)} components in a row"
        assert len(inside) == 1 or all(each["type"] == 2 for each in inside), "a menu shares its row"
        for each in inside:
            _check_component(each)
            ids += [each["custom_id"]] if each.get("custom_id") else []
    assert len(ids) == len(set(ids)), f"two components with one id: {ids}"


def _check_component(component: Mapping[str, Any]) -> None:
    kind, custom_id = component["type"], component.get("custom_id")
    assert custom_id is None or 1 <= len(custom_id) <= 100, custom_id
    if kind == 2:
        label = component.get("label") or ""
        assert label.strip() or component.get("emoji"), "a button without a word"
        assert _units(label) <= 80, label
        _check_characters("label", label)
        is_link = component["style"] == 5
        assert is_link == (component.get("url") is not None), component
        assert is_link != (custom_id is not None), component
        assert not is_link or len(component["url"]) <= 512, component["url"]
    elif kind == 4:
        assert 1 <= _units(component["label"]) <= 45, component["label"]
        assert _units(component.get("value") or "") <= (component.get("max_length") or 4000)
        assert _units(component.get("placeholder") or "") <= 100
    else:
        assert _units(component.get("placeholder") or "") <= 150
        assert len(component.get("options") or ()) <= 25
        for option in component.get("options") or ():
            assert 1 <= _units(option["label"]) <= 100, option
            assert 1 <= len(option["value"]) <= 100, option
            assert _units(option.get("description") or "") <= 100, option


def check_modal(modal: Mapping[str, Any]) -> None:
    """Raises AssertionError for what Discord refuses as a form."""
    assert 1 <= _units(modal["title"]) <= 45, modal["title"]
    assert 1 <= len(modal["custom_id"]) <= 100
    assert 1 <= len(modal["components"]) <= 5
    for row in modal["components"]:
        for component in row.get("components") or [row["component"]]:
            if component["type"] == 4 and row["type"] == 18:
                component = {"label": row["label"], **component}
            _check_component(component)


def check_discord_message(body: Mapping[str, Any]) -> None:
    """Raises AssertionError for what Discord refuses in a message or an answer, whoever made it."""
    content = body.get("content") or ""
    assert _units(content) <= 2000, f"content: {_units(content)}"
    _check_characters("content", content)
    check_embeds(body.get("embeds") or (), may_mention=True)
    check_components(body.get("components") or ())
    assert content.strip() or body.get("embeds") or body.get("components") or body.get("attachments"), "empty"


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
    # ".example" is not a top-level domain, so that Mastodon would count it in full; in tests it stands for real ones.
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
