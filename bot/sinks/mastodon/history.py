"""Recognising one of our own posts among an account's recent statuses.

A story's later posts may carry the same link, and a server shows text as HTML of its own making. So a post is
recognised by two things together: the story's link, and its words, letter for letter but for what servers change.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from html.parser import HTMLParser
from itertools import takewhile
from typing import Any
from urllib.parse import unquote, urlsplit

from bot.logic.messages.mastodon_labels import PostLabels
from bot.logic.text.inert import for_mastodon, safe_link
from bot.model import Message

_LINKS_AND_TAGS = re.compile(r"https?://\S+|#\w+")


class _Reader(HTMLParser):
    """Collects the words outside links and the addresses inside them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.links: list[str] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._depth += 1
            self.links += [value for name, value in attrs if name == "href" and value]
        elif tag in ("br", "p"):
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._depth = max(0, self._depth - 1)

    def handle_data(self, data: str) -> None:
        if not self._depth:
            self.words.append(data)
            self.links += re.findall(r"https?://\S+", data)


class _Text(HTMLParser):
    """Collects all words, those of links too."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("br", "p"):
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def is_ours(status: Any, message: Message, renderings: Iterable[str], labels: PostLabels) -> bool:
    """Whether `status` (as Mastodon.py gives it) is a post of this message.

    renderings  the texts that it may have been posted with: the server's limits may have been read differently
    """
    reader = _Reader()
    reader.feed(str(status.get("content") or ""))
    reader.close()
    card = status.get("card")
    links = [*reader.links, str(card.get("url") or "")] if isinstance(card, dict) else reader.links
    # A digest has no link of its own: that of its first story is there in any case.
    wanted = safe_link(message.items[0].url if message.items else message.url)
    if wanted is not None and _plain_link(wanted) not in map(_plain_link, links):
        return False
    theirs, head = _letters("".join(reader.words)), _letters(for_mastodon(labels.headline(message)))
    return any(_is_same(theirs, _letters(text), head) for text in renderings)


def plain_text(content: str) -> str:
    """HTML of a status or profile as text; paragraphs and breaks become spaces."""
    reader = _Text()
    reader.feed(content)
    reader.close()
    return " ".join("".join(reader.words).split())


def posted_at(status: Any) -> datetime | None:
    """When it was posted, by the server's clock; None if it does not say."""
    at = status.get("created_at")
    return at if isinstance(at, datetime) and at.tzinfo else None


def _is_same(theirs: str, ours: str, head: str) -> bool:
    """Equal, or equal as far as the headline and half of the shorter text: one may be a shorter rendering."""
    if theirs == ours:
        return True
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(theirs, ours, strict=False)))
    return shared >= len(head) > 0 and shared * 2 >= min(len(theirs), len(ours))


def _letters(text: str) -> str:
    """The letters and digits, without links and tags: what no server changes."""
    return "".join(c for c in _LINKS_AND_TAGS.sub(" ", text).casefold() if c.isalnum())


def _plain_link(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.lower().removeprefix("www.")
    return unquote(host + parts.path.rstrip("/") + ("?" + parts.query if parts.query else ""))
