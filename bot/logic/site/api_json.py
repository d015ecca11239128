"""What the site's API answers, as plain dicts. Keys are a promise: add, never rename.

Times are ISO 8601 in UTC, dates "2024-02-07"; what is not known is null, a text that is not there "".
`url` leads to our own page (a path when the site does not know its public address), `source` to who says so.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from bot.logic.text import links
from bot.logic.text.inert import safe_link
from bot.model import (
    Document,
    DocumentState,
    Message,
    Source,
    SourceState,
    StoredChange,
    StoryView,
    TopicLabel,
    Version,
    VersionText,
)

Plain = dict[str, Any]


def story_json(view: StoryView, site_url: str | None) -> Plain:
    """One story in a list."""
    story = view.story
    return {
        "id": story.id,
        "title": story.title,
        "url": _url(site_url, links.story_path(story.id)),
        "topic": story.topic.value,
        "platforms": list(story.platforms),
        "opened_at": _time(story.opened_at),
        "turned_at": _time(story.turned_at),
        "outlets": list(dict.fromkeys(judged.entry.outlet.name for judged in view.entries)),
        "editions": len(view.editions),
    }


def whole_story_json(
    view: StoryView,
    told: Iterable[tuple[int, Message | None]],
    changes: Sequence[StoredChange],
    site_url: str | None,
) -> Plain:
    """One story with every telling, newest first, its sources and why it was told."""
    return {
        **story_json(view, site_url),
        "tellings": [_telling(n, message) for n, message in told if message is not None],
        "sources": [
            {
                "title": judged.entry.title,
                "source": safe_link(judged.entry.url) if judged.entry.url else None,
                "outlet": judged.entry.outlet.name,
                "published_at": _time(judged.entry.happened_at),
                "score": round(judged.verdict.score, 3),
                "reasons": [reason.text for reason in judged.verdict.reasons],
            }
            for judged in view.entries
        ],
        "changes": [change_json(each, site_url) for each in changes],
    }


def _telling(n: int, message: Message) -> Plain:
    return {
        "n": n,
        "kind": message.kind.value,
        "turn": message.turn.value if message.turn else None,
        "revision": message.revision,
        "headline": message.headline,
        "source": safe_link(message.url),
        "what": message.what,
        "quote": message.quote,
        "speaker": message.speaker,
        "replaced": message.replaced,
        "other_side": message.other_side,
        "open_question": message.open_question,
        "to_do": message.to_do,
        "facts": list(message.facts),
        "correction": message.correction,
        "developing": message.developing,
        "happened_at": _time(message.happened_at),
        "deadline": _time(message.deadline.at) if message.deadline else None,
    }


def topic_json(label: TopicLabel, site_url: str | None) -> Plain:
    return {
        "id": label.topic.value,
        "label": label.label,
        "description": label.description,
        "url": _url(site_url, links.topic_path(label.topic.value)),
    }


def document_json(document: Document, state: DocumentState, site_url: str | None) -> Plain:
    """A watched text; `refused_because` tells why the last look was no evidence, "" when it was."""
    return {
        "id": document.id,
        "platform": document.platform,
        "title": document.title,
        "kind": document.kind.value,
        "lang": document.lang,
        "url": _url(site_url, links.document_path(document.id)),
        "source": document.url,
        "last_looked_at": _time(state.looked_at),
        "last_good_at": _time(state.good_at),
        "refused_because": state.refused_why if state.refusal else "",
        "version": state.version,
    }


def version_json(version: Version, site_url: str | None) -> Plain:
    return {
        "n": version.n,
        "url": _url(site_url, links.version_path(version.document_id, version.n)),
        "first_seen_at": _time(version.first_seen_at),
        "last_seen_at": _time(version.last_seen_at),
        "settled_at": _time(version.settled_at),
        "is_first_reading": version.is_baseline,
        "characters": version.chars,
        "text_sha256": version.text_hash,
        "body_sha256": version.body_hash,
        "page_updated_on": _date(version.updated_on),
        "effective_on": _date(version.effective_on),
    }


def version_text_json(document: Document, version: Version, text: VersionText, site_url: str | None) -> Plain:
    return {"document": document.id, **version_json(version, site_url), "text": text.text}


def change_json(change: StoredChange, site_url: str | None) -> Plain:
    """A clause that came, went or took another's place. `confirmed_at` null: seen once so far."""
    held = change.change
    return {
        "id": change.id,
        "platform": change.platform,
        "document": change.document_id,
        "version": change.version,
        "before_version": change.before,
        "url": _change_url(change, site_url),
        "stance": change.kind.value,
        "direction": change.direction.value,
        "plain": change.plain,
        "quote": held.quote,
        "stem": held.stem,
        "replaced": held.replaced,
        "confidence": held.stance.confidence,
        "urgent": held.urgent,
        "state": change.state.value,
        "first_seen_at": _time(change.first_seen_at),
        "confirmed_at": _time(change.confirmed_at),
        "effective_on": _date(change.effective_on),
    }


def source_json(source: Source, state: SourceState) -> Plain:
    return {
        "id": source.id,
        "name": source.name,
        "site": source.site,
        "group": source.group.value,
        "health": state.health.value,
        "last_looked_at": _time(state.polled_at),
        "last_good_at": _time(state.good_at),
        "last_news_at": _time(state.new_entry_at),
    }


def _change_url(change: StoredChange, site_url: str | None) -> str:
    if change.before is None:
        return _url(site_url, links.version_path(change.document_id, change.version))
    return _url(site_url, links.diff_path(change.document_id, change.before, change.version))


def _url(site_url: str | None, path: str) -> str:
    return links.absolute(site_url, path) or path


def _time(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _date(on: date | None) -> str | None:
    return on.isoformat() if on else None
