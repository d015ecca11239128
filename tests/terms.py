"""Builders for the terms watch, about an invented platform."""

from datetime import timedelta

from bot.logic.terms.read.wording import key, text_hash
from bot.model import (
    CLAUSE_SOURCE,
    ChangeState,
    ClauseChange,
    Direction,
    Document,
    DocumentState,
    KnownSentence,
    NewEntry,
    NewVersion,
    Place,
    Stance,
    StanceKind,
    StoredChange,
    TermsSentence,
    Verdict,
    Version,
    WatchedLook,
)
from tests.builders import NOON, a_new_entry, a_verdict

TEXT = "We host your songs.\n\nWe may train AI on your songs."


def a_document(document_id: str = "tonebarn-terms", **changes: object) -> Document:
    values: dict[str, object] = {
        "id": document_id,
        "platform": "Tonebarn",
        "title": "Terms of Use",
        "url": f"https://tonebarn.example/{document_id}",
    }
    return Document(**(values | changes))  # type: ignore[arg-type]


def a_version(n: int = 1, **changes: object) -> Version:
    values: dict[str, object] = {
        "document_id": "tonebarn-terms",
        "n": n,
        "url": "https://tonebarn.example/terms",
        "content_type": "text/html",
        "etag": None,
        "last_modified": None,
        "body_hash": "ab" * 32,
        "body_bytes": 12,
        "text_hash": text_hash(TEXT),
        "chars": len(TEXT),
        "extractor": "selector/1",
        "first_seen_at": NOON,
        "last_seen_at": NOON,
        "is_baseline": n == 1,
    }
    return Version(**(values | changes))  # type: ignore[arg-type]


def known(text: str, **changes: object) -> KnownSentence:
    values: dict[str, object] = {
        "document_id": "tonebarn-terms",
        "sentence": TermsSentence(text, 0, len(text)),
        "key": key(text),
        "before": "",
        "is_ai": False,
        "place": Place.TEXT,
        "version": 1,
        "first_seen_at": NOON,
    }
    return KnownSentence(**(values | changes))  # type: ignore[arg-type]


def known_as(*sentences: KnownSentence) -> frozenset[tuple[str, str]]:
    return frozenset((each.sentence.text, each.sentence.stem) for each in sentences)


def a_stance(kind: StanceKind = StanceKind.GRANTS_TRAINING, **changes: object) -> Stance:
    values: dict[str, object] = {"kind": kind, "confidence": 0.9, "condition": "", "plain": "It may."}
    return Stance(**(values | changes))  # type: ignore[arg-type]


def a_change(quote: str = "We may train AI on your songs.", **changes: object) -> ClauseChange:
    values: dict[str, object] = {
        "stance": a_stance(),
        "direction": Direction.ADDED,
        "quote": quote,
        "span": (21, 21 + len(quote)),
        "replaced": None,
        "stem": "",
        "urgent": True,
    }
    return ClauseChange(**(values | changes))  # type: ignore[arg-type]


def a_stored_change(quote: str = "We may train AI on your songs.", **changes: object) -> StoredChange:
    values: dict[str, object] = {
        "id": 0,
        "document_id": "tonebarn-terms",
        "platform": "Tonebarn",
        "version": 2,
        "before": 1,
        "change": a_change(quote),
        "place": Place.TEXT,
        "plain": "Tonebarn may use what you give it to train AI.",
        "state": ChangeState.SEEN_ONCE,
        "first_seen_at": NOON,
    }
    return StoredChange(**(values | changes))  # type: ignore[arg-type]


def a_clause_entry(entry_key: str = "clause") -> tuple[NewEntry, Verdict]:
    entry = a_new_entry("Tonebarn may train AI", source_id=CLAUSE_SOURCE, key=entry_key, page_text="We may.")
    return entry, a_verdict(platforms=("Tonebarn",))


def a_look(**changes: object) -> WatchedLook:
    """A first look: one version, its two sentences."""
    values: dict[str, object] = {
        "state": DocumentState(
            "tonebarn-terms", url="https://tonebarn.example/terms", looked_at=NOON, latest=1
        ),
        "at": NOON,
        "new_version": NewVersion(a_version(), b"<p>We host.</p>", TEXT, f"Menu\n\n{TEXT}"),
        "sentences": (known("We host your songs."), known("We may train AI on your songs.", is_ai=True)),
    }
    return WatchedLook(**(values | changes))  # type: ignore[arg-type]


HOUR = timedelta(hours=1)
