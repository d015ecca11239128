"""Looking at watched documents from the command line, as the running bot would."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.app.clocks import SystemClock
from bot.app.open_reader import open_reader
from bot.app.open_store import has_memory, open_memory
from bot.errors import RefusedError
from bot.flows.terms.compare import read_lexicon
from bot.flows.terms.health import DocumentHealth, document_healths
from bot.flows.terms.watch import Watch, WatchedDocument, watch_terms
from bot.logic.terms.watch.evidence import evidence
from bot.model import Document, DocumentFailed, DocumentRead, DocumentState, LastLook, StoredChange, Version
from bot.settings import Config, Settings


def documents_named(config: Config, name: str) -> tuple[Document, ...]:
    """Documents of a platform (name or id) or the one with this id. Raises RefusedError when there is none."""
    wanted = name.strip().casefold()
    ids = {entity.name: entity.id for entity in config.platforms}
    found = tuple(
        each
        for each in config.documents
        if wanted in (each.id, each.platform.casefold(), ids.get(each.platform, ""))
    )
    if not found:
        raise RefusedError(f"No watched page belongs to {name!r}. `smallprint terms list` shows them all.")
    return found


async def look_now(settings: Settings, config: Config, ids: Iterable[str]) -> tuple[WatchedDocument, ...]:
    """Look at these documents now and remember it. Raises StoreError."""
    reader = open_reader(settings)
    try:
        async with open_memory(settings, create=True) as store:
            watch = Watch(
                documents=config.documents,
                platform_ids={entity.name: entity.id for entity in config.platforms},
                reader=reader.documents,
                store=store,
                clock=SystemClock(),
                lexicon=read_lexicon(),
            )
            return (await watch_terms(watch, only=ids)).looks
    finally:
        await reader.close()


async def try_page(settings: Settings, document: Document) -> DocumentRead | DocumentFailed:
    """What a page would bring, nothing remembered."""
    reader = open_reader(settings)
    try:
        reading = await reader.documents.document(document, LastLook())
    finally:
        await reader.close()
    if isinstance(reading, DocumentRead):
        return evidence(document, reading, LastLook()) or reading
    if isinstance(reading, DocumentFailed):
        return reading
    raise RefusedError(f"{document.url} answered that nothing has changed although nothing was known of it.")


async def healths(settings: Settings, config: Config) -> tuple[DocumentHealth, ...]:
    """How every watched document is doing; fresh states where there is no database yet."""
    if not has_memory(settings):
        return tuple(DocumentHealth(each, DocumentState(each.id), None, "") for each in config.documents)
    async with open_memory(settings) as store:
        return await document_healths(config.documents, store, SystemClock())


@dataclass(frozen=True, slots=True)
class TermsHistory:
    """One document's versions and changes, newest first."""

    document: Document
    versions: tuple[Version, ...]
    changes: tuple[StoredChange, ...]


async def histories(
    settings: Settings, documents: Iterable[Document], limit: int
) -> tuple[TermsHistory, ...]:
    """Raises StoreError."""
    async with open_memory(settings) as store:
        return tuple(
            [
                TermsHistory(
                    each,
                    tuple(await store.versions(each.id, limit=limit)),
                    tuple(await store.changes(document_id=each.id, limit=limit)),
                )
                for each in documents
            ]
        )


async def two_versions(
    settings: Settings, document: Document, older: int | None, newer: int | None
) -> tuple[tuple[Version, str], tuple[Version, str]]:
    """Two versions with their texts; without numbers the last two that were in force. Raises RefusedError."""
    async with open_memory(settings) as store:
        if older is None or newer is None:
            last = await store.versions(document.id, limit=2, settled=True)
            if newer is None and last:
                newer = last[0].n
            if older is None:
                older = next((each.n for each in last if newer is None or each.n < newer), None)
        found = []
        for n in (older, newer):
            version = None if n is None else await store.version(document.id, n)
            text = None if n is None else await store.version_text(document.id, n)
            if version is None or text is None:
                said = f"version {n}" if n is not None else "second version"
                raise RefusedError(
                    f"{document.id} has no {said} yet. `smallprint terms history {document.id}` lists what there is."
                )
            found.append((version, text.text))
        return found[0], found[1]
