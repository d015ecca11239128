"""How the terms watch is doing: which pages cannot be trusted to be what they say, and what waits for the operator."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.flows.terms.memory import TermsMemory
from bot.logic.terms.watch.evidence import why_stale
from bot.logic.text.plural import counted
from bot.model import ChangeState, Document, DocumentState, Version
from bot.ports import Clock

# An operator who was told of it has had time to look.
_WITHDRAWN_FOR = timedelta(days=7)
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class DocumentHealth:
    """One watched document as it is doing.

    version  the version in force; None: none yet
    stale    why our text may be out of date, with what to do; empty: it is not
    """

    document: Document
    state: DocumentState
    version: Version | None
    stale: str

    @property
    def word(self) -> str:
        """ "new", "ok", or why the last look was no evidence."""
        if self.state.refusal is not None:
            return self.state.refusal.value
        return "new" if self.state.good_at is None else "ok"


async def document_healths(
    documents: Sequence[Document], store: TermsMemory, clock: Clock
) -> tuple[DocumentHealth, ...]:
    """Every document in its order. Raises StoreError."""
    states = await store.document_states([each.id for each in documents])
    found: list[DocumentHealth] = []
    for document in documents:
        state = states[document.id]
        version = None if state.version is None else await store.version(document.id, state.version)
        stale = why_stale(
            updated_on=state.page_says_on,
            known_updated_on=state.text_says_on,
            text_seen_at=version.first_seen_at if version else None,
            read_at=state.good_at or state.first_refused_at,
            now=clock.now(),
        )
        found.append(DocumentHealth(document, state, version, stale))
    return tuple(found)


def counts_by_health(healths: Sequence[DocumentHealth]) -> Mapping[str, int]:
    """Word of health -> documents."""
    return Counter(each.word for each in healths)


async def document_troubles(
    documents: Sequence[Document], store: TermsMemory, clock: Clock
) -> Mapping[str, str]:
    """What the operator should hear of: key -> what happened, to what, what to do. Empty: nothing."""
    found: dict[str, str] = {}
    for health in await document_healths(documents, store, clock):
        if health.stale:
            why = f" The last look: {health.state.refused_why}." if health.state.refused_why else ""
            name = f"{health.document.platform} {health.document.title} ({health.document.id})"
            found[f"document:{health.document.id}"] = f"{name}: {health.stale}.{why}"
    since = clock.now() - _WITHDRAWN_FOR
    for change in await store.changes(limit=_MOST, states=[ChangeState.WITHDRAWN]):
        if change.ended_at is not None and change.ended_at >= since:
            found[f"withdrawn:{change.id}"] = (
                f"{change.platform}: people were told of a clause in {change.document_id} that the second look did not "
                f"show: “{change.change.quote[:120]}”. Look at the page, and correct the story if it is gone."
            )
    waiting = await store.changes(limit=_MOST, states=[ChangeState.REVIEW])
    if waiting:
        sentences = counted(len(waiting), "sentence")
        found["review"] = (
            f"{sentences} on AI in watched terms could not be read for sure. See: smallprint review"
        )
    return found
