"""What goes through the pipe to a child and back: frames of JSON and bytes, never pickles.

The child reads what strangers wrote; JSON can carry a wrong value out of it, but no code.
"""

import json
import struct
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.model import Extracted, Feed, Page, RawEntry

LENGTH = struct.Struct(">I")
READY = b"ready"


class Job(StrEnum):
    FEED = "feed"
    PAGE = "page"
    LINKS = "links"
    LISTING = "listing"  # a page that lists news, as a feed
    TERMS = "terms"
    WARM = "warm"  # load what pages need, so that the first page is not charged for it


class Outcome(StrEnum):
    DONE = "done"
    REFUSED = "refused"  # read, and it is not what was hoped for
    FAILED = "failed"  # the parser gave up


def frame(content: bytes) -> bytes:
    return LENGTH.pack(len(content)) + content


def pack_request(
    job: Job,
    content_type: str,
    address: str,
    cpu: timedelta,
    wall: timedelta,
    options: Mapping[str, str | None] | None = None,
) -> bytes:
    """What to do with the body that follows, in how much processor time and real time.

    options  what the job needs to know besides
    """
    head = {
        "job": job,
        "content_type": content_type,
        "address": address,
        "cpu_seconds": cpu.total_seconds(),
        "wall_seconds": wall.total_seconds(),
        "options": dict(options or {}),
    }
    return json.dumps(head).encode()


def pack_answer(outcome: Outcome, value: Any) -> bytes:
    # Lone surrogates survive JSON's \u escapes; UTF-8 would refuse them.
    return json.dumps([outcome, value], separators=(",", ":")).encode("ascii")


def unpack_answer(content: bytes) -> tuple[Outcome, Any]:
    outcome, value = json.loads(content)
    return Outcome(outcome), value


def feed_to_json(feed: Feed) -> dict[str, Any]:
    return {
        "version": feed.version,
        "title": feed.title,
        "hash": feed.entries_hash,
        "site": feed.site,
        "lang": feed.lang,
        "ttl": feed.ttl.total_seconds() if feed.ttl else None,
        "entries": [_entry_to_json(entry) for entry in feed.entries],
    }


def feed_from_json(value: dict[str, Any]) -> Feed:
    return Feed(
        version=value["version"],
        title=value["title"],
        entries=tuple(_entry_from_json(row) for row in value["entries"]),
        entries_hash=value["hash"],
        site=value["site"],
        lang=value["lang"],
        ttl=timedelta(seconds=value["ttl"]) if value["ttl"] else None,
    )


def page_to_json(page: Page) -> dict[str, Any]:
    return {"url": page.url, "title": page.title, "text": page.text, "at": _time_to_json(page.published_at)}


def page_from_json(value: dict[str, Any]) -> Page:
    return Page(value["url"], value["title"], value["text"], _time_from_json(value["at"]))


def terms_to_json(found: Extracted) -> list[Any]:
    days = (day.isoformat() if day else None for day in (found.updated_on, found.effective_on))
    return [found.text, found.whole_text, found.title, found.extractor, *days]


def terms_from_json(row: list[Any]) -> Extracted:
    text, whole_text, title, extractor, *days = row
    updated_on, effective_on = (date.fromisoformat(day) if day else None for day in days)
    return Extracted(text, whole_text, title, extractor, updated_on, effective_on)


def _entry_to_json(entry: RawEntry) -> list[Any]:
    return [
        entry.guid,
        entry.link,
        entry.title,
        entry.summary,
        _time_to_json(entry.published_at),
        _time_to_json(entry.updated_at),
        entry.categories,
        entry.authors,
        entry.outlet,
    ]


def _entry_from_json(row: list[Any]) -> RawEntry:
    guid, link, title, summary, published_at, updated_at, categories, authors, outlet = row
    return RawEntry(
        guid=guid,
        link=link,
        title=title,
        summary=summary,
        published_at=_time_from_json(published_at),
        updated_at=_time_from_json(updated_at),
        categories=tuple(categories),
        authors=tuple(authors),
        outlet=outlet,
    )


def _time_to_json(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _time_from_json(at: str | None) -> datetime | None:
    return datetime.fromisoformat(at) if at else None
