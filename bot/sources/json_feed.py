"""JSON Feed 1.0 and 1.1 out of bytes (https://www.jsonfeed.org/version/1.1/). Runs in the child."""

import json
from collections.abc import Iterable
from typing import Any

from bot.model import Feed, RawEntry
from bot.sources.dates import iso_date
from bot.sources.feeds import (
    NAME_CHARS,
    SUMMARY_CHARS,
    TITLE_CHARS,
    NotAFeedError,
    ends,
    hash_entries,
    names,
    short_id,
    web_link,
    without_repeats,
)
from bot.sources.markup import first_sentence, plain_line, plain_text, tidy

_VERSIONS = {"1": "json10", "1.0": "json10", "1.1": "json11"}
_BOM = b"\xef\xbb\xbf"


def is_json(body: bytes) -> bool:
    """Whether the first sign is a brace. UTF-16 is not tried: the standard asks for UTF-8."""
    return body[:512].removeprefix(_BOM).lstrip().startswith(b"{")


def parse_json_feed(body: bytes, address: str) -> Feed:
    """The feed in `body`. `address` completes relative links. Raises NotAFeedError."""
    head = _load(body)
    version = _version(head)
    title = plain_line(_text(head, "title"), max_chars=TITLE_CHARS)
    site = web_link(_text(head, "home_page_url"), address)
    items = head.get("items")
    raws = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
    entries = without_repeats(_entry(raw, head, site or address) for raw in ends(raws))
    return Feed(
        version=version,
        title=title,
        entries=entries,
        entries_hash=hash_entries(entries),
        site=site,
        lang=_text(head, "language")[:35].lower() or None,
    )


def _load(body: bytes) -> dict[str, Any]:
    try:
        head = json.loads(body.removeprefix(_BOM).decode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise NotAFeedError("the answer looks like JSON but cannot be read") from error
    if not isinstance(head, dict):
        raise NotAFeedError("the answer is JSON but not a feed")
    return head


def _version(head: dict[str, Any]) -> str:
    address = _text(head, "version")
    if "jsonfeed.org/version/" not in address:
        raise NotAFeedError("the answer is JSON but names no JSON Feed version")
    return _VERSIONS.get(address.rsplit("/", 1)[-1], "json11")


def _entry(raw: dict[str, Any], head: dict[str, Any], base: str) -> RawEntry:
    updated_at = iso_date(raw.get("date_modified"))
    summary = _summary(raw)
    return RawEntry(
        guid=_id(raw.get("id")),
        link=web_link(_text(raw, "url"), base) or web_link(_text(raw, "external_url"), base),
        title=plain_line(_text(raw, "title"), max_chars=TITLE_CHARS) or first_sentence(summary),
        summary=summary,
        published_at=iso_date(raw.get("date_published")) or updated_at,
        updated_at=updated_at,
        categories=names(_list(raw.get("tags"))),
        authors=_authors(raw) or _authors(head),
    )


def _text(raw: dict[str, Any], key: str) -> str:
    value = raw.get(key)
    return value if isinstance(value, str) else ""


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _id(value: object) -> str | None:
    """Numbers are allowed by the standard's text ("must be treated as a string")."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return short_id(str(value))


def _summary(raw: dict[str, Any]) -> str:
    text = tidy(_text(raw, "content_text")[:SUMMARY_CHARS])
    if text:
        return text
    markup = _text(raw, "content_html")
    return plain_text(markup, max_chars=SUMMARY_CHARS) or plain_text(
        _text(raw, "summary"), max_chars=SUMMARY_CHARS
    )


def _authors(raw: dict[str, Any]) -> tuple[str, ...]:
    """`authors` since 1.1, `author` before."""
    people: Iterable[object] = _list(raw.get("authors")) or [raw.get("author")]
    found = [one.get("name") for one in people if isinstance(one, dict)]
    return names(one[:NAME_CHARS] for one in found if isinstance(one, str))
