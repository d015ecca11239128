"""Builders that are valid by default: a test names only what matters to it."""

from datetime import UTC, datetime, timedelta

from bot.model import (
    Destination,
    Edition,
    EditionKind,
    EditionState,
    Entry,
    Evidence,
    Fingerprint,
    JudgedEntry,
    Link,
    Message,
    MessageKind,
    NewEntry,
    NewSubscription,
    Outlet,
    Reason,
    SinkKind,
    Source,
    SourceGroup,
    Story,
    StoryView,
    Topic,
    Turn,
    Urgency,
    Verdict,
)

NOON = datetime(2025, 5, 9, 12, 0, tzinfo=UTC)


def a_source(source_id: str = "gazette", **changes: object) -> Source:
    """A music-trade source with a feed on an invented address."""
    values: dict[str, object] = {
        "id": source_id,
        "name": source_id.title(),
        "feed": f"https://{source_id}.example/feed",
        "site": f"https://{source_id}.example/",
        "group": SourceGroup.MUSIC_TRADE,
        "needs": frozenset({Evidence.AI}),
    }
    return Source(**(values | changes))  # type: ignore[arg-type]


def an_outlet(name: str = "Gazette", **changes: object) -> Outlet:
    values: dict[str, object] = {
        "name": name,
        "group": SourceGroup.MUSIC_TRADE,
        "needs": frozenset({Evidence.AI}),
    }
    return Outlet(**(values | changes))  # type: ignore[arg-type]


def a_new_entry(title: str = "Platform adds AI-training clause to its terms", **changes: object) -> NewEntry:
    values: dict[str, object] = {
        "source_id": "gazette",
        "key": f"key:{title}",
        "title": title,
        "url": f"https://gazette.example/{abs(hash(title)) % 10**8}",
        "summary": "",
        "outlet": an_outlet(),
        "published_at": NOON,
        "seen_at": NOON,
    }
    return NewEntry(**(values | changes))  # type: ignore[arg-type]


def an_entry(title: str = "Platform adds AI-training clause to its terms", **changes: object) -> Entry:
    values: dict[str, object] = {
        "id": 1,
        "source_id": "gazette",
        "key": f"key:{title}",
        "title": title,
        "url": "https://gazette.example/clause",
        "summary": "",
        "outlet": an_outlet(),
        "published_at": NOON,
        "seen_at": NOON,
    }
    return Entry(**(values | changes))  # type: ignore[arg-type]


def a_verdict(relevant: bool = True, **changes: object) -> Verdict:
    values: dict[str, object] = {
        "relevant": relevant,
        "score": 0.95 if relevant else 0.02,
        "sure": relevant,
        "topic": Topic.TERMS_TRAINING if relevant else None,
        "platforms": ("SoundCloud",) if relevant else (),
        "reasons": (Reason("test", "a reason made for a test", 1.0),),
    }
    return Verdict(**(values | changes))  # type: ignore[arg-type]


def a_judged_entry(
    title: str = "Platform adds AI-training clause to its terms", **changes: object
) -> JudgedEntry:
    return JudgedEntry(an_entry(title, **changes), a_verdict())


def a_fingerprint(**changes: object) -> Fingerprint:
    values: dict[str, object] = {
        "keys": ("actor:soundcloud", "word:clause"),
        "actors": ("soundcloud",),
        "act": "change-terms",
        "objects": (),
        "words": {"clause": 1.0, "train": 0.5},
        "topic": Topic.TERMS_TRAINING,
        "happened_at": NOON,
    }
    return Fingerprint(**(values | changes))  # type: ignore[arg-type]


def a_story(story_id: str = "sabcdefghij", **changes: object) -> Story:
    values: dict[str, object] = {
        "id": story_id,
        "title": "Platform adds AI-training clause to its terms",
        "topic": Topic.TERMS_TRAINING,
        "platforms": ("SoundCloud",),
        "lead_id": 1,
        "opened_at": NOON,
        "last_entry_at": NOON,
        "turned_at": NOON,
        "score": 0.95,
    }
    return Story(**(values | changes))  # type: ignore[arg-type]


def an_edition(story_id: str = "sabcdefghij", n: int = 1, **changes: object) -> Edition:
    values: dict[str, object] = {
        "story_id": story_id,
        "n": n,
        "kind": EditionKind.FIRST if n == 1 else EditionKind.UPDATE,
        "state": EditionState.READY,
        "turn": None if n == 1 else Turn.CLARIFICATION,
        "entry_id": n,
        "made_at": NOON + timedelta(hours=n),
    }
    return Edition(**(values | changes))  # type: ignore[arg-type]


def a_view(*entries: JudgedEntry, editions: tuple[Edition, ...] = ()) -> StoryView:
    held = entries or (a_judged_entry(),)
    return StoryView(a_story(lead_id=held[0].entry.id), held, editions or (an_edition(),))


def a_message(headline: str = "Platform adds AI-training clause to its terms", **changes: object) -> Message:
    values: dict[str, object] = {
        "story_id": "sabcdefghij",
        "n": 1,
        "mark": "sabcdefghij-1",
        "kind": MessageKind.FIRST,
        "turn": None,
        "headline": headline,
        "url": "https://gazette.example/clause",
        "what": "Gazette reports that the terms now allow training.",
        "quote": "may be used to inform, train or develop",
        "speaker": "",
        "other_side": "",
        "to_do": "",
        "sources": (Link("Gazette", "https://gazette.example/clause"),),
        "topic": Topic.TERMS_TRAINING,
        "topic_label": "Terms and training",
        "colour": 0x4455AA,
        "platforms": ("SoundCloud",),
        "tags": ("MusicAI", "SoundCloud"),
        "lang": "en",
        "happened_at": NOON,
    }
    return Message(**(values | changes))  # type: ignore[arg-type]


def a_new_subscription(address: str = "1001", **changes: object) -> NewSubscription:
    values: dict[str, object] = {
        "sink": SinkKind.DISCORD,
        "address": address,
        "destination_name": "#ai-policy",
        "server": "500",
        "platforms": frozenset(),
        "topics": frozenset(),
        "urgency": Urgency.NOW,
        "role": None,
        "asked_by": "42",
    }
    return NewSubscription(**(values | changes))  # type: ignore[arg-type]


def a_destination(destination_id: int = 1, **changes: object) -> Destination:
    values: dict[str, object] = {
        "id": destination_id,
        "sink": SinkKind.DISCORD,
        "address": "1001",
        "name": "#ai-policy",
        "server": "500",
        "created_at": NOON,
    }
    return Destination(**(values | changes))  # type: ignore[arg-type]
