"""watch_terms: watched pages are looked at when due; what they say is kept, compared, and told when it matters."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.errors import FailureKind, FetchError
from bot.flows.faults import keep_fault_inside
from bot.flows.finish import finish_before_stopping
from bot.flows.terms.memory import TermsMemory
from bot.logic.terms.read.lexicon import Lexicon
from bot.logic.terms.read.opening import sentences_of
from bot.logic.terms.read.wording import text_hash
from bot.logic.terms.watch.evidence import evidence
from bot.logic.terms.watch.folding import ONE_EVENT_WITHIN
from bot.logic.terms.watch.watching import Remembered, Sight, pace, plan_look
from bot.model import (
    ChangeState,
    Document,
    DocumentFailed,
    DocumentRead,
    DocumentReading,
    DocumentState,
    DocumentUnchanged,
    Extracted,
    LastLook,
    Refusal,
    StoredChange,
    VersionText,
    WatchedLook,
)
from bot.ports import Clock, DocumentReader

log = structlog.get_logger()

_ALL = 100_000
_FIRST_RETRY = timedelta(hours=1)
_LONGEST_RETRY = timedelta(days=1)


@dataclass(frozen=True)
class Watch:
    """What watching works with. Make one a process and keep it: its lock lets one look at a time decide.

    platform_ids  name -> id, as in platforms.toml
    """

    documents: Sequence[Document]
    platform_ids: Mapping[str, str]
    reader: DocumentReader
    store: TermsMemory
    clock: Clock
    lexicon: Lexicon
    # One event on many pages is one alert: each look must see what the one before it told.
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    concurrency: int = 8


@dataclass(frozen=True, slots=True)
class WatchedDocument:
    """One document's outcome.

    refused    why the page was no evidence; None: it was
    first      it was the first good look
    look       what was written of it; None: the page was as before, or refused
    remarks    sentences for the operator
    """

    document: Document
    state: DocumentState
    refused: DocumentFailed | None = None
    first: bool = False
    look: WatchedLook | None = None
    remarks: tuple[str, ...] = ()

    @property
    def alerted(self) -> tuple[StoredChange, ...]:
        """Changes that people are newly told of, or are told of with another one."""
        moved = self.look.changes if self.look else ()
        return tuple(c for c in moved if c.state is ChangeState.ALERTED)


@dataclass(frozen=True, slots=True)
class Watched:
    """One pass. `again_at`: when the next document falls due; None: none is watched."""

    looks: tuple[WatchedDocument, ...] = ()
    again_at: datetime | None = None

    @property
    def entries(self) -> int:
        """Events that came into the street."""
        return sum(each.look is not None and each.look.entry is not None for each in self.looks)


OnWatched = Callable[[WatchedDocument], Awaitable[None]]


async def _tell_nobody(watched: WatchedDocument) -> None:
    """Where nobody watches the progress."""


async def watch_terms(
    watch: Watch,
    *,
    everything: bool = False,
    only: Iterable[str] | None = None,
    on_look: OnWatched = _tell_nobody,
) -> Watched:
    """Look at each document that is due (`everything`, or those of `only`: at once) and remember what is new.

    A look is written whole or not at all, so a crash costs a repeat of the look. One page's fault stops no other.
    Raises StoreError.
    """
    documents = watch.documents
    states = await watch.store.document_states([each.id for each in documents])
    states = {each.id: _as_configured(each, states[each.id]) for each in documents}
    now = watch.clock.now()
    wanted = None if only is None else frozenset(only)
    due = [
        each
        for each in documents
        if (wanted is None and (everything or _is_due(states[each.id], now)))
        or (wanted is not None and each.id in wanted)
    ]
    gate = asyncio.Semaphore(watch.concurrency)
    looks: list[WatchedDocument] = []

    async def look_at(document: Document) -> None:
        done = await _look_at(watch, document, states[document.id], gate)
        looks.append(done)
        _log(done)
        await on_look(done)

    try:
        async with asyncio.TaskGroup() as group:
            for document in due:
                group.create_task(look_at(document))
    except ExceptionGroup as faults:
        raise faults.exceptions[0] from faults
    states |= {each.document.id: each.state for each in looks}
    nexts = [states[each.id].next_look_at or now for each in documents]
    return Watched(tuple(looks), min(nexts, default=None))


def _as_configured(document: Document, state: DocumentState) -> DocumentState:
    """A document whose address was corrected is asked afresh; what it said before stays known."""
    if state.url in (None, document.url):
        return state
    return replace(state, url=document.url, last=LastLook(chars=state.last.chars), next_look_at=None)


def _is_due(state: DocumentState, now: datetime) -> bool:
    # A clock that ran ahead and was put back must not hold a page up.
    is_ahead = state.looked_at is not None and state.looked_at > now
    return state.next_look_at is None or state.next_look_at <= now or is_ahead


# ---------------------------------------------------------------- one document


async def _look_at(
    watch: Watch, document: Document, state: DocumentState, gate: asyncio.Semaphore
) -> WatchedDocument:
    async with gate:
        reading = await keep_fault_inside(
            watch.reader.document(document, state.last), "document_tripped", document=document.id
        )
    reading = reading or _fault(document)
    async with watch.lock:
        done = await keep_fault_inside(
            finish_before_stopping(_decide(watch, document, state, reading)),
            "watching_tripped",
            document=document.id,
        )
        if done is None:
            done = await finish_before_stopping(_refused(watch, document, state, _fault(document)))
        return done


def _fault(document: Document) -> DocumentFailed:
    why = "looking at it tripped over a fault of ours; see the log"
    return DocumentFailed(document.id, Refusal.UNREADABLE, why, FailureKind.OTHER)


async def _decide(
    watch: Watch, document: Document, state: DocumentState, reading: DocumentReading
) -> WatchedDocument:
    if isinstance(reading, DocumentFailed):
        return await _refused(watch, document, state, reading)
    if isinstance(reading, DocumentRead):
        refusal = await asyncio.to_thread(evidence, document, reading, state.last)
        if refusal is not None:
            return await _refused(watch, document, state, refusal, found=reading.extracted)
        assert reading.extracted is not None
        sight = _sight(reading, reading.extracted, watch.clock.now())
    else:
        seen = await _unchanged(watch, document, state, reading)
        if isinstance(seen, WatchedDocument):
            return seen
        sight = seen
    return await _compared(watch, document, state, sight)


async def _refused(
    watch: Watch,
    document: Document,
    state: DocumentState,
    failed: DocumentFailed,
    found: Extracted | None = None,
) -> WatchedDocument:
    """No evidence: the document's health, and nothing else."""
    now = watch.clock.now()
    failures = state.failures + 1
    wait = min(_FIRST_RETRY * 2 ** min(failures - 1, 8), max(pace(document), _FIRST_RETRY))
    if failed.permanent:
        wait = _LONGEST_RETRY
    if failed.retry_after is not None:
        wait = min(max(wait, failed.retry_after), 7 * _LONGEST_RETRY)
    says = [day for day in (state.page_says_on, found.updated_on if found else None) if day]
    after = replace(
        state,
        url=document.url,
        looked_at=now,
        refusal=failed.refusal,
        refused_why=failed.why,
        first_refused_at=state.first_refused_at or now,
        failures=failures,
        next_look_at=now + wait,
        page_says_on=max(says, default=None),
    )
    await watch.store.save_document_states([after])
    return WatchedDocument(document, after, failed)


def _sight(read: DocumentRead, found: Extracted, at: datetime) -> Sight:
    return Sight(
        at=at,
        url=read.url,
        content_type=read.content_type,
        validators=read.validators,
        address=read.address,
        body=read.body,
        body_hash=hashlib.sha256(read.body).hexdigest(),
        text=found.text,
        whole_text=found.whole_text,
        extractor=found.extractor,
        updated_on=found.updated_on,
        effective_on=found.effective_on,
    )


async def _unchanged(
    watch: Watch, document: Document, state: DocumentState, reading: DocumentUnchanged
) -> WatchedDocument | Sight:
    """The page is as at the last look: nothing to do, unless that look still waits for a second one."""
    now = watch.clock.now()
    if state.latest is None or state.latest == state.version:
        wait = max(pace(document), min(reading.fresh_for or timedelta(0), _LONGEST_RETRY))
        after = replace(
            state,
            url=document.url,
            last=replace(state.last, validators=reading.validators, address=reading.address),
            looked_at=now,
            good_at=now,
            refusal=None,
            refused_why="",
            first_refused_at=None,
            failures=0,
            next_look_at=now + wait,
        )
        # Seen again, which the site shows as "last checked".
        await watch.store.save_look(WatchedLook(state=after, at=now, seen=state.latest))
        return WatchedDocument(document, after)
    held = await watch.store.version(document.id, state.latest)
    text = await watch.store.version_text(document.id, state.latest)
    if held is None or text is None:
        return await _refused(watch, document, replace(state, last=LastLook()), _fault(document))
    return Sight(
        at=now,
        url=held.url,
        content_type=held.content_type,
        validators=reading.validators,
        address=reading.address,
        body=b"",
        body_hash=state.last.body_hash or held.body_hash,
        text=text.text,
        whole_text=text.whole_text,
        extractor=text.extractor,
        updated_on=held.updated_on,
        effective_on=held.effective_on,
    )


async def _compared(watch: Watch, document: Document, state: DocumentState, sight: Sight) -> WatchedDocument:
    known = await _remembered(watch, document, state, sight)
    # A long page takes some milliseconds, which Discord's heartbeat need not wait for.
    look = await asyncio.to_thread(plan_look, document, state, sight, known, watch.lexicon)
    await watch.store.save_look(look)
    remarks = tuple(
        f"{document.platform} {document.title}: a clause that people were told of was not there at the second look"
        f" and may be gone: “{change.change.quote[:160]}” (smallprint terms history {document.id})"
        for change in look.changes
        if change.state is ChangeState.WITHDRAWN
    )
    return WatchedDocument(document, look.state, None, state.version is None, look, remarks)


async def _remembered(watch: Watch, document: Document, state: DocumentState, sight: Sight) -> Remembered:
    store = watch.store
    n = await store.version_of_text(document.id, text_hash(sight.text))
    newest = await store.versions(document.id, limit=1)
    before = None if state.version is None else await _before(watch, document, state.version, sight)
    return Remembered(
        platform_id=watch.platform_ids.get(document.platform, document.platform.lower()),
        before=before,
        seen_as=None if n is None else await store.version(document.id, n),
        newest=newest[0].n if newest else 0,
        sentences=tuple(await store.sentences(document.id)),
        changes=tuple(await store.changes(document_id=document.id, limit=_ALL)),
        alerts=tuple(
            await store.changes(
                limit=_ALL, states=[ChangeState.ALERTED], seen_since=sight.at - ONE_EVENT_WITHIN
            )
        ),
    )


async def _before(watch: Watch, document: Document, n: int, sight: Sight) -> str | None:
    """The text of the version in force; read anew from its bytes when text is found another way by now."""
    held = await watch.store.version_text(document.id, n)
    if held is None:
        return None
    if held.extractor == sight.extractor or held.text == sight.text:
        return held.text
    version = await watch.store.version(document.id, n)
    body = await watch.store.version_body(document.id, n)
    if version is None or not body:
        return held.text
    try:
        found = await watch.reader.extract(document, body, version.content_type, version.url)
    except FetchError as error:
        log.info("not_extracted_anew", document=document.id, version=n, reason=error.reason)
        return held.text
    if found.extractor == held.extractor:
        return held.text
    now = watch.clock.now()
    text = VersionText(document.id, n, found.extractor, found.text, found.whole_text)
    known = await asyncio.to_thread(sentences_of, document.id, found.text, n, now, watch.lexicon)
    await watch.store.save_extraction(text, known, now)
    log.info("extracted_anew", document=document.id, version=n, extractor=found.extractor)
    return found.text


def _log(done: WatchedDocument) -> None:
    bound = log.bind(document=done.document.id)
    if done.refused is not None:
        bound.info("document_refused", refusal=done.refused.refusal.value, why=done.refused.why)
        return
    for remark in done.remarks:
        bound.warning("terms_withdrawn", remark=remark)
    if done.look is not None:
        moved = [f"{c.kind.value}:{c.state.value}" for c in done.look.changes]
        bound.info("document_watched", version=done.state.latest, first=done.first, changes=len(moved))
        if not done.first and moved:
            bound.info("clauses_moved", changes=moved)
