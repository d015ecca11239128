"""Builders for what the record is made of, valid by default."""

from datetime import date

from bot.model import Topic
from bot.model.record import (
    Amendment,
    Claim,
    Position,
    RecordEvent,
    RecordOrigin,
    RecordRevision,
    RecordSubject,
)
from tests.builders import NOON


def a_record_event(key: str = "seed:soundcloud-clause", **changes: object) -> RecordEvent:
    values: dict[str, object] = {
        "key": key,
        "origin": RecordOrigin.SEED,
        "happened_on": date(2024, 2, 7),
        "platforms": ("SoundCloud",),
        "topic": Topic.TERMS_TRAINING,
        "sentence": "The terms gain a clause on training.",
        "url": "https://soundcloud.example/terms",
    }
    return RecordEvent(**(values | changes))  # type: ignore[arg-type]


def a_revision(event: RecordEvent | None = None, n: int = 1, **changes: object) -> RecordRevision:
    values: dict[str, object] = {"written_at": NOON, "written_by": "history.toml"}
    return RecordRevision(event or a_record_event(), n, **(values | changes))  # type: ignore[arg-type]


def an_amendment(platform: str = "SoundCloud", **changes: object) -> Amendment:
    values: dict[str, object] = {
        "platform": platform,
        "claim": Claim(RecordSubject.TRAINING, Position.CONSENT),
        "reason": "The consent clause was overlooked",
        "by": "ada",
        "at": NOON,
    }
    return Amendment(**(values | changes))  # type: ignore[arg-type]
