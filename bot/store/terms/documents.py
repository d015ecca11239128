"""What is remembered of watching terms pages: states of documents, their versions, and the looks that bring them."""

from collections.abc import Collection as Some
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, desc, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.logic.terms.read.wording import text_hash
from bot.model import (
    CLAUSE_SOURCE,
    DocumentState,
    KnownSentence,
    LastLook,
    NewVersion,
    Refusal,
    SourceState,
    Validators,
    Version,
    VersionText,
    WatchedLook,
)
from bot.store.database import AnyRow, Database, chunked
from bot.store.dialects import insert_or_update, insert_unless_known
from bot.store.news.sources import source_values, write_entries
from bot.store.news.tables import sources
from bot.store.terms.clause_changes import ClauseChanges, write_changes
from bot.store.terms.sentences import Sentences, mark_present, write_sentences
from bot.store.terms.tables import documents, version_texts, versions

STATES = select(documents).where(documents.c.id.in_(bindparam("ids", expanding=True)))
OF_DOCUMENT = versions.c.document_id == bindparam("document")
TEXTS = (
    select(version_texts)
    .where(version_texts.c.document_id == bindparam("document"), version_texts.c.n == bindparam("number"))
    .order_by(desc(version_texts.c.made_at), version_texts.c.extractor)
    .limit(1)
)
# A page that flaps may have one text in two versions, once bytes are read anew: the older one counts.
HAS_TEXT = (
    select(version_texts.c.n)
    .where(
        version_texts.c.document_id == bindparam("document"), version_texts.c.text_hash == bindparam("hash")
    )
    .order_by(version_texts.c.n)
    .limit(1)
)
BODY = select(versions.c.body).where(OF_DOCUMENT, versions.c.n == bindparam("number"))
# Everything but the bytes: they are asked for by themselves.
VERSION = tuple(column for column in versions.columns if column.name != "body")
SAME = ("url", "looked_at", "good_at", "refused_why", "first_refused_at", "failures", "next_look_at")
SAME_TOO = ("version", "latest", "page_says_on", "text_says_on")


class Terms(ClauseChanges, Sentences):
    """Implements bot.ports.TermsMemory."""

    async def document_states(self, document_ids: Some[str]) -> Mapping[str, DocumentState]:
        states = {document_id: DocumentState(document_id) for document_id in document_ids}
        async with self._database.reading() as connection:
            for ids in chunked(states):
                for row in await connection.execute(STATES, {"ids": ids}):
                    states[row.id] = _state(row)
        return states

    async def save_document_states(self, states: Sequence[DocumentState]) -> None:
        if states:
            async with self._database.writing() as connection:
                await _write_states(self._database, connection, states)

    async def save_look(self, look: WatchedLook) -> None:
        document_id = look.state.document_id
        async with self._database.writing() as connection:
            await _write_states(self._database, connection, [look.state])
            if look.new_version is not None:
                await _write_version(self._database, connection, look.new_version)
            if look.seen is not None:
                await _touch(connection, document_id, look.seen, look.at)
            if look.settled is not None:
                await _settle(connection, document_id, look.settled, look.at)
            await write_sentences(self._database, connection, look.sentences)
            if look.present is not None:
                await mark_present(connection, document_id, look.present, look.at)
            await write_changes(self._database, connection, look.changes)
            if look.entry is not None:
                await _write_clause_source(self._database, connection)
                await write_entries(self._database, connection, [look.entry])

    async def save_extraction(self, text: VersionText, known: Sequence[KnownSentence], at: datetime) -> None:
        async with self._database.writing() as connection:
            row = _text_values(text, text_hash(text.text), at)
            keys = ("document_id", "n", "extractor")
            await connection.execute(insert_unless_known(self._database.name, version_texts, *keys), row)
            await write_sentences(self._database, connection, known)

    async def versions(
        self, document_id: str, *, limit: int, settled: bool | None = None
    ) -> Sequence[Version]:
        query = select(*VERSION).where(versions.c.document_id == document_id)
        if settled is not None:
            query = query.where(
                versions.c.settled_at.is_not(None) if settled else versions.c.settled_at.is_(None)
            )
        async with self._database.reading() as connection:
            rows = await connection.execute(query.order_by(desc(versions.c.n)).limit(limit))
            return [_version(row) for row in rows]

    async def version(self, document_id: str, n: int) -> Version | None:
        query = select(*VERSION).where(versions.c.document_id == document_id, versions.c.n == n)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
            return None if row is None else _version(row)

    async def version_text(self, document_id: str, n: int) -> VersionText | None:
        async with self._database.reading() as connection:
            asked = {"document": document_id, "number": n}
            row = (await connection.execute(TEXTS, asked)).one_or_none()
            if row is None:
                return None
            return VersionText(document_id, n, row.extractor, row.text, row.whole_text)

    async def version_body(self, document_id: str, n: int) -> bytes | None:
        async with self._database.reading() as connection:
            body: bytes | None = await connection.scalar(BODY, {"document": document_id, "number": n})
            return body

    async def version_of_text(self, document_id: str, text_hash: str) -> int | None:
        async with self._database.reading() as connection:
            asked = {"document": document_id, "hash": text_hash}
            found: int | None = await connection.scalar(HAS_TEXT, asked)
            return found


async def _write_states(
    database: Database, connection: AsyncConnection, states: Sequence[DocumentState]
) -> None:
    # In one order, so that two processes on PostgreSQL cannot wait for each other in a circle.
    rows = sorted((_state_values(state) for state in states), key=lambda row: str(row["id"]))
    await connection.execute(insert_or_update(database.name, documents, "id"), rows)


async def _write_version(database: Database, connection: AsyncConnection, new: NewVersion) -> None:
    version = new.version
    row = {column.name: getattr(version, column.name) for column in VERSION} | {"body": new.body}
    await connection.execute(insert_unless_known(database.name, versions, "document_id", "n"), row)
    text = VersionText(version.document_id, version.n, version.extractor, new.text, new.whole_text)
    values = _text_values(text, version.text_hash, version.first_seen_at)
    await connection.execute(
        insert_unless_known(database.name, version_texts, "document_id", "n", "extractor"), values
    )


async def _touch(connection: AsyncConnection, document_id: str, n: int, at: datetime) -> None:
    # The same look written twice counts once.
    await connection.execute(
        update(versions)
        .where(versions.c.document_id == document_id, versions.c.n == n, versions.c.last_seen_at < at)
        .values(last_seen_at=at, times_seen=versions.c.times_seen + 1)
    )


async def _settle(connection: AsyncConnection, document_id: str, n: int, at: datetime) -> None:
    await connection.execute(
        update(versions)
        .where(versions.c.document_id == document_id, versions.c.n == n, versions.c.settled_at.is_(None))
        .values(settled_at=at)
    )


async def _write_clause_source(database: Database, connection: AsyncConnection) -> None:
    row = source_values(SourceState(CLAUSE_SOURCE))
    await connection.execute(insert_unless_known(database.name, sources, "id"), row)


def _text_values(text: VersionText, digest: str, at: datetime) -> dict[str, Any]:
    return {
        "document_id": text.document_id,
        "n": text.n,
        "extractor": text.extractor,
        "text_hash": digest,
        "text": text.text,
        "whole_text": text.whole_text,
        "made_at": at,
    }


def _state_values(state: DocumentState) -> dict[str, Any]:
    return {
        "id": state.document_id,
        "etag": state.last.validators.etag,
        "last_modified": state.last.validators.last_modified,
        "address": state.last.address,
        "body_hash": state.last.body_hash,
        "chars": state.last.chars,
        "refusal": state.refusal and state.refusal.value,
        **{name: getattr(state, name) for name in (*SAME, *SAME_TOO)},
    }


def _state(row: AnyRow) -> DocumentState:
    return DocumentState(
        document_id=row.id,
        last=LastLook(Validators(row.etag, row.last_modified), row.address, row.body_hash, row.chars),
        refusal=Refusal(row.refusal) if row.refusal else None,
        **{name: getattr(row, name) for name in (*SAME, *SAME_TOO)},
    )


def _version(row: AnyRow) -> Version:
    return Version(**{column.name: getattr(row, column.name) for column in VERSION})
