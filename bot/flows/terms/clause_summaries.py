"""Stories that the watch itself opened or joined, told from the stored clause change; the others as ever."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from bot.flows.news.memory import StoryMemory
from bot.flows.terms.memory import TermsMemory
from bot.logic.terms.watch.alert_entry import clause_summary, strongest_first
from bot.model import (
    CLAUSE_SOURCE,
    ChangeState,
    Document,
    Edition,
    Entity,
    Entry,
    Link,
    StoryView,
    Summary,
    Topic,
)
from bot.ports import Summariser

ABOUT_CLAUSES = frozenset({Topic.TERMS_TRAINING, Topic.OPT_OUT, Topic.LABELLING_OR_BAN})
CLAUSE_IS_NEWS = timedelta(days=60)
_MOST_RELATED = 2
_MOST_CHANGES = 50


class ClauseSummaryMemory(StoryMemory, TermsMemory, Protocol):
    """What telling reads."""


@dataclass(frozen=True)
class ClauseSummariser:
    """Implements bot.ports.Summariser in front of another one.

    documents, platforms  by id
    site  address of our own site, without the last slash; None: there is none
    """

    inner: Summariser
    store: ClauseSummaryMemory
    documents: Mapping[str, Document]
    platforms: Mapping[str, Entity]
    site: str | None

    async def summarise(self, view: StoryView, edition: Edition) -> Summary:
        cause = next((j.entry for j in view.entries if j.entry.id == edition.entry_id), None)
        if cause is not None and cause.source_id == CLAUSE_SOURCE:
            told = await self._of_clause(view, cause)
            if told is not None:
                return told
        summary = await self.inner.summarise(view, edition)
        return await self._with_clauses(view, summary)

    async def _of_clause(self, view: StoryView, entry: Entry) -> Summary | None:
        changes = await self.store.changes(
            limit=_MOST_CHANGES, entry_keys=[entry.key], states=[ChangeState.ALERTED]
        )
        if not changes:
            return None
        return clause_summary(
            entry.id,
            entry.title,
            changes,
            self.documents,
            self.platforms.get(entry.outlet.platform or ""),
            self.site,
            await self._related(view),
        )

    async def _related(self, view: StoryView) -> tuple[Link, ...]:
        """Reports of the same story, then other stories about the platform and its terms."""
        links: dict[str, Link] = {}
        for judged in view.entries:
            if judged.entry.source_id != CLAUSE_SOURCE and judged.entry.url:
                links.setdefault(judged.entry.url, Link(judged.entry.outlet.name, judged.entry.url))
        for platform in view.story.platforms[:1]:
            for other in await self.store.stories(limit=6, platform=platform):
                lead = next((j.entry for j in other.entries if j.entry.id == other.story.lead_id), None)
                is_ours = other.story.id != view.story.id and other.story.topic in ABOUT_CLAUSES
                if is_ours and lead is not None and lead.url and lead.source_id != CLAUSE_SOURCE:
                    links.setdefault(lead.url, Link(f"Earlier: {lead.outlet.name}", lead.url))
        return tuple(links.values())[:_MOST_RELATED]

    async def _with_clauses(self, view: StoryView, summary: Summary) -> Summary:
        """News about a clause that the watch has seen leads to its words."""
        if view.story.topic not in ABOUT_CLAUSES or not view.story.platforms:
            return summary
        changes = await self.store.changes(
            limit=_MOST_CHANGES,
            platform=view.story.platforms[0],
            states=[ChangeState.ALERTED],
            seen_since=view.story.opened_at - CLAUSE_IS_NEWS,
        )
        links = {link.url: link for link in summary.sources}
        for change in strongest_first(changes)[:1]:
            document = self.documents.get(change.document_id)
            if document is not None:
                links.setdefault(
                    document.url, Link(f"The words: {document.platform} {document.title}", document.url)
                )
        return replace(summary, sources=tuple(links.values()))
