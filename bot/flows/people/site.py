"""What the site shows: gathered from the memory for one page at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.flows.memory import Store
from bot.flows.people.calendar_file import calendar_of
from bot.flows.people.record import record_of, records
from bot.logic.site.feeds import Told
from bot.model import (
    ChangeState,
    Document,
    DocumentState,
    EditionState,
    Entity,
    Message,
    Source,
    SourceState,
    StoredChange,
    StoryView,
    Topic,
    TopicLabel,
    Version,
    VersionText,
)
from bot.model.record import PlatformRecord
from bot.ports import Clock

PAGE = 20
VERSIONS_SHOWN = 200
CHANGES_SHOWN = 100
SHOWN_STATES = frozenset({ChangeState.ALERTED, ChangeState.RECORDED, ChangeState.WITHDRAWN})
"""What stands on the site: not what waits for a second look or for an operator, who may find nothing in it."""


@dataclass(frozen=True)
class SiteDesk:
    """Everything that the site works with; made anew when the config is.

    site_url   public address without a slash at the end; None: not known, links are relative
    contact    who runs this copy; empty: not said
    is_static  pages are written to files: nothing that needs an answer to a question is shown
    """

    store: Store
    clock: Clock
    entities: Sequence[Entity]
    topics: Mapping[Topic, TopicLabel]
    sources: Sequence[Source]
    documents: Sequence[Document]
    version: str
    site_url: str | None = None
    contact: str = ""
    is_static: bool = False

    @property
    def platforms(self) -> dict[str, str]:
        """Platform name -> id in addresses."""
        return {entity.name: entity.id for entity in self.entities if entity.reported}

    def platform_named(self, platform_id: str) -> Entity | None:
        """None: there is none such."""
        return next((e for e in self.entities if e.id == platform_id and e.reported), None)

    def document(self, document_id: str) -> Document | None:
        return next((each for each in self.documents if each.id == document_id), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list of stories is narrowed to; `page` counts from 1."""

    words: str = ""
    platform: str | None = None
    topic: Topic | None = None
    since: datetime | None = None
    page: int = 1
    size: int = PAGE


@dataclass(frozen=True, slots=True)
class StoryList:
    """One page of stories that were told or are sure enough to be, newest turn first.

    told  story id -> what was told of it last; stories of which nothing was told are left out
    """

    asked: Asked
    stories: tuple[StoryView, ...]
    has_more: bool
    told: Mapping[str, Message] = field(default_factory=dict)


async def list_stories(desk: SiteDesk, asked: Asked) -> StoryList:
    """One page of stories, by words and filters."""
    found = await desk.store.search_stories(
        asked.words,
        limit=asked.size + 1,
        offset=(asked.page - 1) * asked.size,
        platform=asked.platform,
        topic=asked.topic,
        since=asked.since,
    )
    shown = tuple(found[: asked.size])
    told = await desk.store.newest_messages([view.story.id for view in shown])
    return StoryList(asked, shown, len(found) > asked.size, told)


@dataclass(frozen=True, slots=True)
class Telling:
    """One edition as it was told; `message` None: it was not, or not yet."""

    n: int
    state: EditionState
    made_at: datetime
    message: Message | None


@dataclass(frozen=True, slots=True)
class StoryPage:
    view: StoryView
    tellings: tuple[Telling, ...]
    changes: tuple[StoredChange, ...] = ()


async def one_story(desk: SiteDesk, story_id: str) -> StoryPage | None:
    """A story with every telling, newest first; None: there is none such."""
    view = await desk.store.story(story_id)
    if view is None:
        return None
    told = await desk.store.messages_of(story_id)
    tellings = [Telling(e.n, e.state, e.made_at, told.get(e.n)) for e in reversed(view.editions)]
    keys = [each.entry.key for each in view.entries]
    changes = await desk.store.changes(limit=20, entry_keys=keys, states=SHOWN_STATES)
    return StoryPage(view, tuple(tellings), tuple(changes))


async def glance_table(desk: SiteDesk) -> list[PlatformRecord]:
    """Every platform of which something is known, by name."""
    names = sorted(desk.platforms, key=str.casefold)
    return [each for each in await records(desk.store, desk.clock, names) if not each.is_empty]


@dataclass(frozen=True, slots=True)
class PlatformPage:
    entity: Entity
    record: PlatformRecord
    stories: tuple[StoryView, ...]
    documents: tuple[tuple[Document, DocumentState], ...]
    changes: tuple[StoredChange, ...]


async def one_platform(desk: SiteDesk, entity: Entity) -> PlatformPage:
    """A platform with its record, newest stories and watched documents."""
    record = await record_of(desk.store, desk.clock, entity.name)
    stories = await desk.store.stories(limit=PAGE, platform=entity.name)
    documents = [each for each in desk.documents if each.platform == entity.name]
    states = await desk.store.document_states([each.id for each in documents])
    changes = await desk.store.changes(limit=CHANGES_SHOWN, platform=entity.name, states=SHOWN_STATES)
    return PlatformPage(
        entity,
        record,
        tuple(stories),
        tuple((each, states[each.id]) for each in documents),
        tuple(changes),
    )


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A watched document; versions newest first."""

    document: Document
    state: DocumentState
    versions: tuple[Version, ...]
    changes: tuple[StoredChange, ...] = ()


async def one_document(desk: SiteDesk, document: Document) -> DocumentPage:
    states = await desk.store.document_states([document.id])
    versions = await desk.store.versions(document.id, limit=VERSIONS_SHOWN)
    changes = await desk.store.changes(limit=CHANGES_SHOWN, document_id=document.id, states=SHOWN_STATES)
    return DocumentPage(document, states[document.id], tuple(versions), tuple(changes))


async def all_documents(desk: SiteDesk) -> list[tuple[Document, DocumentState]]:
    """Every watched document, by platform and title."""
    states = await desk.store.document_states([each.id for each in desk.documents])
    ordered = sorted(desk.documents, key=lambda each: (each.platform.casefold(), each.title.casefold()))
    return [(each, states[each.id]) for each in ordered]


@dataclass(frozen=True, slots=True)
class VersionPage:
    document: Document
    version: Version
    text: VersionText


async def one_version(desk: SiteDesk, document: Document, n: int) -> VersionPage | None:
    """None: there is no such version."""
    version = await desk.store.version(document.id, n)
    text = await desk.store.version_text(document.id, n)
    return None if version is None or text is None else VersionPage(document, version, text)


async def recent_changes(desk: SiteDesk, limit: int, platform: str | None = None) -> Sequence[StoredChange]:
    """Clause changes that stand on the site, newest first; of one platform, or of all."""
    return await desk.store.changes(limit=limit, platform=platform, states=SHOWN_STATES)


async def source_health(desk: SiteDesk) -> list[tuple[Source, SourceState]]:
    """Every source in the order of sources.toml."""
    states = await desk.store.source_states([each.id for each in desk.sources])
    return [(each, states[each.id]) for each in desk.sources]


WHEN: Mapping[str, timedelta] = {
    "today": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
}


def with_page(asked: Asked, page: int) -> Asked:
    return replace(asked, page=page)


async def told_stories(desk: SiteDesk, asked: Asked) -> list[Told]:
    """One page of stories with the newest telling of each, and when that was last corrected."""
    found = await list_stories(desk, asked)
    corrected = await desk.store.corrected_at([view.story.id for view in found.stories])
    return [Told(view, found.told.get(view.story.id), corrected.get(view.story.id)) for view in found.stories]


async def newest_ids(desk: SiteDesk, limit: int) -> Sequence[tuple[str, datetime]]:
    """Ids of the newest stories and when each last turned."""
    return await desk.store.story_ids(limit)


async def calendar(desk: SiteDesk, story_id: str) -> bytes | None:
    """The deadlines that a story names, as a calendar file; None: it names none, or there is no such story."""
    return await calendar_of(desk.store, desk.clock, story_id, desk.site_url)
