"""The sample fortnight as values, and its feeds and pages as bytes. What it tells is in fortnight.toml."""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from enum import StrEnum
from html import escape
from importlib.resources import files
from xml.etree import ElementTree as Xml  # writes only: nothing foreign is parsed here

FIRST_PASS = datetime(2025, 5, 7, 6, 0, tzinfo=UTC)
LAST_PASS = datetime(2025, 5, 20, 18, 0, tzinfo=UTC)
# Feeds show their newest entries only, as real ones do, so old entries leave during the fortnight.
FEED_LENGTH = 8


class DemoPart(StrEnum):
    """What a sample entry is for; the expected posts follow from it."""

    OLD = "old"
    FIRST = "first"
    STATEMENT = "statement"
    LETTER = "letter"
    REPEAT = "repeat"
    LOOKALIKE = "lookalike"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class SampleOutlet:
    """An invented outlet. `format` is "rss", "atom" or "json"; the rest are keys of sources.toml."""

    id: str
    name: str
    group: str
    tier: int
    format: str
    needs: tuple[str, ...]
    platform: str | None = None


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """One invented entry. `body` is the article page's text; empty: the page repeats the summary."""

    outlet: str
    slug: str
    at: datetime
    part: DemoPart
    title: str
    summary: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Fortnight:
    """outlets  in file order; entries  by time"""

    outlets: tuple[SampleOutlet, ...]
    entries: tuple[SampleEntry, ...]

    def outlet(self, outlet_id: str) -> SampleOutlet | None:
        """None: no such outlet."""
        return next((each for each in self.outlets if each.id == outlet_id), None)

    def entry(self, outlet_id: str, slug: str) -> SampleEntry | None:
        """None: no such entry."""
        return next((e for e in self.entries if e.outlet == outlet_id and e.slug == slug), None)

    def shown(self, outlet_id: str, now: datetime) -> tuple[SampleEntry, ...]:
        """What an outlet's feed holds at `now`, newest first."""
        out = [e for e in self.entries if e.outlet == outlet_id and e.at <= now]
        return tuple(reversed(out[-FEED_LENGTH:]))


def load_fortnight() -> Fortnight:
    """The bundled fortnight."""
    rows = tomllib.loads(files("bot.demo").joinpath("fortnight.toml").read_text(encoding="utf-8"))
    outlets = tuple(SampleOutlet(**{**row, "needs": tuple(row["needs"])}) for row in rows["outlet"])
    entries = [SampleEntry(**{**row, "part": DemoPart(row["part"])}) for row in rows["entry"]]
    return Fortnight(outlets, tuple(sorted(entries, key=lambda entry: entry.at)))


def feed_bytes(outlet: SampleOutlet, entries: Sequence[SampleEntry], base: str) -> tuple[bytes, str]:
    """The outlet's feed document and its content type. `base` is the server's address without a slash."""
    write = {"rss": _rss, "atom": _atom, "json": _json_feed}[outlet.format]
    return write(outlet, entries, f"{base}/{outlet.id}")


def page_bytes(outlet: SampleOutlet, entry: SampleEntry) -> bytes:
    """The article page behind an entry: a small but ordinary HTML document."""
    paragraphs = [line.strip() for line in (entry.body or entry.summary).strip().splitlines()]
    text = "\n".join(f"<p>{escape(line, quote=False)}</p>" for line in paragraphs if line)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(entry.title)} | '
        f"{escape(outlet.name)}</title>"
        f'<meta property="article:published_time" content="{entry.at.isoformat()}"></head>\n'
        f"<body><nav><a href='/'>Home</a> <a href='/about'>About</a></nav>\n"
        f"<article><h1>{escape(entry.title)}</h1>\n{text}\n</article>\n"
        f"<footer>{escape(outlet.name)} is invented for a demonstration.</footer></body></html>\n"
    ).encode()


def _rss(outlet: SampleOutlet, entries: Sequence[SampleEntry], home: str) -> tuple[bytes, str]:
    root = Xml.Element("rss", version="2.0")
    channel = Xml.SubElement(root, "channel")
    _add(channel, "title", outlet.name)
    _add(channel, "link", f"{home}/")
    _add(channel, "description", "Invented for a demonstration.")
    for entry in entries:
        row = Xml.SubElement(channel, "item")
        _add(row, "title", entry.title)
        _add(row, "link", f"{home}/{entry.slug}")
        _add(row, "guid", f"{home}/{entry.slug}")
        _add(row, "pubDate", format_datetime(entry.at))
        # What a common blog engine appends, so that the demonstration shows it being cleaned away.
        _add(
            row,
            "description",
            f"<p>{escape(entry.summary)}</p><p>The post {escape(entry.title)} appeared first on {outlet.name}.</p>",
        )
    return Xml.tostring(root, encoding="utf-8", xml_declaration=True), "application/rss+xml"


def _atom(outlet: SampleOutlet, entries: Sequence[SampleEntry], home: str) -> tuple[bytes, str]:
    root = Xml.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    _add(root, "title", outlet.name)
    _add(root, "id", f"{home}/")
    Xml.SubElement(root, "link", href=f"{home}/")
    _add(root, "updated", (entries[0].at if entries else FIRST_PASS).isoformat())
    for entry in entries:
        row = Xml.SubElement(root, "entry")
        _add(row, "title", entry.title)
        _add(row, "id", f"tag:{outlet.id}.example,2025:{entry.slug}")
        Xml.SubElement(row, "link", rel="alternate", href=f"{home}/{entry.slug}")
        _add(row, "published", entry.at.isoformat())
        _add(row, "updated", entry.at.isoformat())
        _add(row, "summary", entry.summary)
    return Xml.tostring(root, encoding="utf-8", xml_declaration=True), "application/atom+xml"


def _json_feed(outlet: SampleOutlet, entries: Sequence[SampleEntry], home: str) -> tuple[bytes, str]:
    rows = [
        {
            "id": f"{home}/{entry.slug}",
            "url": f"{home}/{entry.slug}",
            "title": entry.title,
            "content_text": entry.summary,
            "date_published": entry.at.isoformat(),
        }
        for entry in entries
    ]
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{home}/",
        "items": rows,
    }
    return json.dumps(document, ensure_ascii=False).encode(), "application/feed+json"


def _add(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, name).text = text
