"""Invented platforms, labels and laws, and the shortest way to put entries about them into stories."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.logic.stories.cluster import Placed, StoryIndex
from bot.logic.text.names import Matcher
from bot.model import Entity, EntityKind, Entry, SourceGroup, Topic, Verdict
from tests.builders import NOON, a_verdict, an_entry, an_outlet

ENTITIES = tuple(
    Entity(id=name.lower().replace(" ", "-"), name=name, kind=kind, aliases=aliases)
    for name, kind, aliases in (
        ("Tonebarn", EntityKind.SERVICE, ()),
        ("Wavelake", EntityKind.SERVICE, ()),
        ("Songmill", EntityKind.AI_FIRM, ("Songmill Labs",)),
        ("Tunely", EntityKind.AI_FIRM, ()),
        ("Alto Records", EntityKind.LABEL, ("Alto",)),
        ("Basso Music", EntityKind.LABEL, ("Basso",)),
        ("CHORA", EntityKind.SOCIETY, ()),
        ("FAIR SONG Act", EntityKind.LAW, ("FAIR SONG",)),
    )
)


@dataclass(frozen=True)
class Cast:
    """What a fingerprint needs of the rules."""

    matcher: Matcher = field(default_factory=lambda: Matcher(ENTITIES))
    entities: Mapping[str, Entity] = field(default_factory=lambda: {e.id: e for e in ENTITIES})


CAST = Cast()


@dataclass
class Desk:
    """Takes entries in arrival order and says which story each one went to."""

    index: StoryIndex = field(default_factory=StoryIndex)
    count: int = 0

    def take(
        self, title: str, outlet: str = "Gazette", *, days: float = 0, text: str = "", topic: Topic = Topic.LAWSUIT,
        about: tuple[str, ...] = (), roundup: bool = False, relevant: bool = True,
    ) -> Placed:  # fmt: skip
        self.count += 1
        entry = news(title, outlet, at=NOON + timedelta(days=days), text=text, number=self.count)
        return self.index.place(entry, verdict(topic, about, roundup=roundup, relevant=relevant), CAST)


def news(
    title: str, outlet: str = "Gazette", *, at: datetime = NOON, text: str = "", number: int = 1,
    group: SourceGroup = SourceGroup.MUSIC_TRADE, tier: int = 2, page: str | None = None,
) -> Entry:  # fmt: skip
    source = outlet.lower().replace(" ", "-")
    return an_entry(
        title, id=number, source_id=source, key=f"{source}:{title}", url=f"https://{source}.example/{number}", summary=text,
        outlet=an_outlet(outlet, group=group, tier=tier), published_at=at, seen_at=at, page_text=page,
    )  # fmt: skip


def verdict(
    topic: Topic = Topic.LAWSUIT,
    about: tuple[str, ...] = (),
    *,
    roundup: bool = False,
    relevant: bool = True,
    sure: bool = True,
) -> Verdict:
    return a_verdict(
        relevant=relevant, topic=topic if relevant else None, platforms=about, roundup=roundup, sure=sure
    )
