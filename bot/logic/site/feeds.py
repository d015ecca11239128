"""Our own feeds: Atom 1.0 and JSON Feed 1.1, so that other bots and readers can build on us.

Sources: RFC 4287; https://www.jsonfeed.org/version/1.1/.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any
from xml.etree import ElementTree

from bot.logic.text import links
from bot.logic.text.inert import clean, safe_link
from bot.model import Message, StoryView, TopicLabel

ATOM = "http://www.w3.org/2005/Atom"
# What XML 1.0 has no way to write. Source: XML 1.0, section 2.2, Char.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FALLBACK_ADDRESS = "http://localhost"
"""Feeds want whole addresses; a site that does not know its own gives this one."""


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """What a feed says of itself. Paths are on our site; `updated_at` is that of its newest story."""

    title: str
    path: str
    page_path: str
    site_url: str | None
    updated_at: datetime

    def url(self, path: str) -> str:
        return links.absolute(self.site_url or FALLBACK_ADDRESS, path)


@dataclass(frozen=True, slots=True)
class Told:
    """A story as a feed carries it.

    message       its newest telling; None: it was not told
    corrected_at  when what was told of it was last corrected; None: never
    """

    view: StoryView
    message: Message | None
    corrected_at: datetime | None = None

    @property
    def updated_at(self) -> datetime:
        """Readers show an entry again when this is later: a turn, or a correction, which nobody may miss."""
        story = self.view.story
        return max(at for at in (story.opened_at, story.turned_at, self.corrected_at) if at is not None)


def atom(facts: FeedFacts, stories: Sequence[Told], labels: Mapping[Any, TopicLabel]) -> bytes:
    """The feed as Atom, newest first."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "en"})
    _add(feed, "title", facts.title)
    _add(feed, "id", facts.url(facts.path))
    _add(feed, "updated", facts.updated_at.isoformat())
    _add(feed, "link", rel="self", type="application/atom+xml", href=facts.url(facts.path))
    _add(feed, "link", rel="alternate", type="text/html", href=facts.url(facts.page_path))
    _add(_add(feed, "author"), "name", "Smallprint")
    for told in stories:
        _entry(feed, facts, told, labels)
    body: bytes = ElementTree.tostring(feed, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body


def _entry(feed: ElementTree.Element, facts: FeedFacts, told: Told, labels: Mapping[Any, TopicLabel]) -> None:
    view, message = told.view, told.message
    story, entry = view.story, _add(feed, "entry")
    address = facts.url(links.story_path(story.id))
    _add(entry, "title", headline_of(view, message))
    _add(entry, "id", address)
    _add(entry, "published", story.opened_at.isoformat())
    _add(entry, "updated", told.updated_at.isoformat())
    _add(entry, "link", rel="alternate", type="text/html", href=address)
    source = safe_link(message.url) if message else None
    if source:
        _add(entry, "link", rel="via", href=source)
    label = labels.get(story.topic)
    _add(entry, "category", term=story.topic.value, label=label.label if label else story.topic.value)
    for name in story.platforms:
        _add(entry, "category", term=name)
    _add(entry, "content", content_html(view, message), type="html")


def json_feed(facts: FeedFacts, stories: Sequence[Told], labels: Mapping[Any, TopicLabel]) -> dict[str, Any]:
    """The same as JSON Feed."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": facts.title,
        "home_page_url": facts.url(facts.page_path),
        "feed_url": facts.url(facts.path),
        "language": "en",
        "authors": [{"name": "Smallprint"}],
        "items": [_item(facts, told, labels) for told in stories],
    }


def _item(facts: FeedFacts, told: Told, labels: Mapping[Any, TopicLabel]) -> dict[str, Any]:
    view, message = told.view, told.message
    story, address = view.story, facts.url(links.story_path(view.story.id))
    label, source = labels.get(story.topic), safe_link(message.url) if message else None
    return {
        "id": address,
        "url": address,
        **({"external_url": source} if source else {}),
        "title": headline_of(view, message),
        "content_html": content_html(view, message),
        "date_published": story.opened_at.isoformat(),
        "date_modified": told.updated_at.isoformat(),
        "tags": [label.label if label else story.topic.value, *story.platforms],
    }


def headline_of(view: StoryView, message: Message | None) -> str:
    return clean(message.headline if message and message.headline else view.story.title) or view.story.id


def content_html(view: StoryView, message: Message | None) -> str:
    """What happened, the words, both sides, and who says so; every text of others escaped."""
    parts = []
    if message is not None:
        if message.correction:
            parts.append(f"<p><strong>Corrected:</strong> {_html(message.correction)}</p>")
        if message.what:
            parts.append(f"<p>{_html(message.what)}</p>")
        if message.quote:
            by = f"<br>— {_html(message.speaker)}" if message.speaker else ""
            parts.append(f"<blockquote>{_html(message.quote)}{by}</blockquote>")
        if message.replaced:
            parts.append(f"<p>Before: {_html(message.replaced)}</p>")
        for name, text in (
            ("The other side", message.other_side),
            ("Still open", message.open_question),
            ("What you can do", message.to_do),
        ):
            if text:
                parts.append(f"<p><strong>{name}:</strong> {_html(text)}</p>")
        parts += [f"<p>{_html(fact)}</p>" for fact in message.facts]
    sources = []
    for judged in view.entries[:10]:
        url, name = safe_link(judged.entry.url) if judged.entry.url else None, _html(judged.entry.outlet.name)
        sources.append(f'<a href="{escape(url)}">{name}</a>' if url else name)
    parts.append(f"<p>Sources: {', '.join(dict.fromkeys(sources))}</p>")
    return "".join(parts)


def _html(text: str) -> str:
    return escape(clean(text))


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    made = ElementTree.SubElement(
        parent, f"{{{ATOM}}}{name}", {key: _NOT_XML.sub("", value) for key, value in attributes.items()}
    )
    if text:
        made.text = _NOT_XML.sub("", text)
    return made
