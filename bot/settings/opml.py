"""OPML, the list format that feed readers exchange."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from bot.errors import RefusedError
from bot.model import Source

MAX_BYTES = 5 * 2**20


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of an OPML file. `site` None: none given."""

    name: str
    feed: str
    site: str | None


def read_opml(document: bytes) -> list[Outline]:
    """Every feed in the file, in order, each address once. Raises RefusedError when it is not OPML."""
    if len(document) > MAX_BYTES:
        raise RefusedError(f"The file is larger than {MAX_BYTES // 2**20} MiB. Is it an OPML file?")
    found: dict[str, Outline] = {}
    seen_root: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        seen_root.append(tag.lower())
        lowered = {key.lower(): value.strip() for key, value in attributes.items()}
        feed = lowered.get("xmlurl", "")
        if tag.lower() == "outline" and feed:
            name = lowered.get("title") or lowered.get("text") or feed
            found.setdefault(feed, Outline(name, feed, lowered.get("htmlurl") or None))

    def refuse(*_: object) -> None:
        # Entities are how an XML file of a few lines becomes gigabytes; no reader writes any.
        raise RefusedError("The file declares XML entities, which I do not read. Export it again.")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(document, True)
    except expat.ExpatError as error:
        where = f"line {error.lineno}"
        raise RefusedError(f"The file is not OPML: {expat.ErrorString(error.code)} at {where}.") from error
    if not seen_root or seen_root[0] != "opml":
        raise RefusedError("The file is XML but not OPML. Feed readers export OPML under that name.")
    return list(found.values())


def write_opml(sources: Sequence[Source]) -> str:
    """Sources with a feed as OPML 2.0, grouped as in sources.toml."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">']
    lines += ["<head><title>Smallprint sources</title></head>", "<body>"]
    groups = dict.fromkeys(source.group for source in sources if source.feed)
    for group in groups:
        lines.append(f"  <outline text={quoteattr(group.value)}>")
        for source in sources:
            if source.feed and source.group is group:
                site = f" htmlUrl={quoteattr(source.site)}" if source.site else ""
                name = quoteattr(source.name)
                feed = quoteattr(source.feed)
                lines.append(f'    <outline type="rss" text={name} title={name} xmlUrl={feed}{site}/>')
        lines.append("  </outline>")
    return "\n".join([*lines, "</body>", "</opml>", ""])
