"""What the operator hears of: each trouble once when it begins and once when it ends, all of one moment together."""

import hashlib
from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.logic.messages.compose import mark
from bot.logic.text.plural import counted
from bot.model import Message, MessageKind, Topic, Trouble

QUIET_AFTER_END = timedelta(hours=6)
"""What begins again sooner than this after its end is not told again: a page that flaps would ring all day."""
NOTICE_IDS = "n"
"""What ids of notices begin with; stories' begin with "s"."""
MOST_LINES = 10
COLOUR = 0xB3541E


@dataclass(frozen=True, slots=True)
class TroublePlan:
    """What changes and what is told. `changed` are rows to write; the others are sentences, may be empty."""

    changed: tuple[Trouble, ...]
    began: tuple[str, ...]
    ended: tuple[str, ...]


def plan_troubles(present: Mapping[str, str], held: Sequence[Trouble], now: datetime) -> TroublePlan:
    """Compare what is wrong now with what was remembered.

    present  key -> sentence, as it is now
    held     every remembered trouble, ended ones too
    """
    known = {trouble.key: trouble for trouble in held}
    changed, began, ended = [], [], []
    for key, text in present.items():
        old = known.get(key)
        if old is not None and old.cleared_at is None:
            continue
        if old is not None and old.cleared_at is not None and now - old.cleared_at < QUIET_AFTER_END:
            changed.append(replace(old, text=text, cleared_at=None))
            continue
        changed.append(Trouble(key, text, began_at=now, told_at=now))
        began.append(text)
    for trouble in held:
        if trouble.cleared_at is None and trouble.key not in present:
            changed.append(replace(trouble, cleared_at=now))
            ended.append(trouble.text)
    return TroublePlan(tuple(changed), tuple(began), tuple(ended))


def trouble_notice(plan: TroublePlan, now: datetime) -> Message | None:
    """One message for all that began or ended; None: there is nothing to tell."""
    lines = [f"• {text}" for text in plan.began] + [f"✓ Over: {text}" for text in plan.ended]
    if not lines:
        return None
    news = f"Smallprint: {counted(len(plan.began), 'new trouble')}"
    headline = news if plan.began else "Smallprint is well again"
    shown = lines[:MOST_LINES]
    if len(lines) > len(shown):
        shown.append(f"• and {len(lines) - len(shown)} more: smallprint check")
    return notice(headline, "\n".join(shown), now)


@dataclass(frozen=True, slots=True)
class Week:
    """A week's work, counted. `held_back`: editions that waited in vain, or were skipped by who approves."""

    stories: int
    posts: int
    held_back: int
    feedback: int
    suggestions: int
    alerts: int = 0


def weekly_notice(week: Week, troubles: Sequence[Trouble], sources: int, now: datetime) -> Message:
    """The line that says every week what was done and how the bot is."""
    open_ones = [trouble for trouble in troubles if trouble.cleared_at is None]
    parts = [
        counted(week.stories, "story", "stories"),
        counted(week.posts, "post"),
        f"{week.held_back} held back",
        f"{week.feedback} “not relevant”",
        counted(week.suggestions, "suggestion"),
    ]
    if open_ones:
        health = f"{counted(len(open_ones), 'trouble')} open: " + "; ".join(
            trouble.text for trouble in open_ones[:3]
        )
    else:
        health = f"all well, {counted(sources, 'source')} watched"
    return notice("Smallprint: the week", f"{' · '.join(parts)}. Health: {health}.", now)


def notice(headline: str, text: str, now: datetime) -> Message:
    """A message from the bot itself. The same words at the same time are the same notice."""
    identity = f"{headline}\0{text}\0{now.isoformat()}".encode()
    digest = b32encode(hashlib.blake2b(identity, digest_size=13).digest()).decode().lower()
    story_id = NOTICE_IDS + digest[:10]
    return Message(
        story_id=story_id,
        n=1,
        mark=mark(story_id, 1),
        kind=MessageKind.NOTICE,
        turn=None,
        headline=headline,
        url="",
        what=text,
        quote="",
        speaker="",
        other_side="",
        to_do="",
        sources=(),
        topic=Topic.GUIDANCE,
        topic_label="",
        colour=COLOUR,
        platforms=(),
        tags=(),
        lang="en",
        happened_at=now,
    )


def week_key(now: datetime) -> str:
    """Which week a weekly line belongs to: it is due from Monday 09:00 UTC."""
    year, week, _ = (now - timedelta(hours=9)).isocalendar()
    return f"{year}-W{week:02}"


def disk_trouble(free_bytes: int, total_bytes: int, where: str) -> str:
    """A sentence when the disk that holds the memory is nearly full; empty: it is not."""
    if free_bytes >= min(MIN_FREE_BYTES, total_bytes // 20):
        return ""
    return (
        f"The disk with {where} is nearly full: {free_bytes // 2**20} MiB left. Make room before the database can no "
        "longer be written."
    )


MIN_FREE_BYTES = 500 * 2**20
