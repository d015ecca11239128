"""Whether an entry is one that its source has shown before, under another id."""

from bot.logic.text.words import canonical_url, fold
from bot.model import Entry, StoryView


def is_reissue(entry: Entry, view: StoryView) -> bool:
    """Whether the story that `entry` joins holds it already: the same source, the same headline or address.

    A site that changes its ids, or goes from http to https, publishes everything it has anew; nothing of that is
    somebody who "carries it too". Only within one story: some publishers give every morning's news one title.
    """
    known = (held.entry for held in view.entries if held.entry.source_id == entry.source_id)
    return any(
        held.id != entry.id and (_headline(held) == _headline(entry) or _is_one_address(held.url, entry.url))
        for held in known
    )


def _headline(entry: Entry) -> str:
    return " ".join(fold(entry.title).split())


def _is_one_address(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and _bare(one) == _bare(other)


def _bare(url: str) -> str:
    return canonical_url(url).partition("://")[2].removeprefix("www.").rstrip("/")
