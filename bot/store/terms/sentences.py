"""Sentences that documents were seen to hold, once for every wording."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import KnownSentence, Place, Stance, TermsSentence
from bot.store.codec import decode, encode
from bot.store.database import AnyRow, Database, Noun, chunked
from bot.store.dialects import insert_or_update
from bot.store.terms.tables import sentences

KEYS = ("document_id", "place", "hash")
# What the first look at a sentence wrote down stays.
FIRST = frozenset({"version", "first_seen_at", "before", "has_gone", "gone_at", "is_menu"})


class Sentences(Noun):
    """The part of bot.ports.TermsMemory that is about sentences."""

    async def sentences(
        self, document_id: str, *, of_ai: bool = False, there: bool = False
    ) -> Sequence[KnownSentence]:
        query = select(sentences).where(sentences.c.document_id == document_id)
        if of_ai:
            query = query.where(sentences.c.is_ai.is_(True))
        if there:
            query = query.where(sentences.c.gone_at.is_(None), sentences.c.settled.is_(True))
        query = query.order_by(sentences.c.first_seen_at, sentences.c.version, sentences.c.hash)
        async with self._database.reading() as connection:
            return [_sentence(row) for row in await connection.execute(query)]


async def write_sentences(
    database: Database, connection: AsyncConnection, known: Sequence[KnownSentence]
) -> None:
    """Insert them; one that is there already may only become settled, or be read anew."""
    settled = [each for each in known if each.settled]
    unsettled = [each for each in known if not each.settled]
    # What was settled once stays so, whatever a later look thinks.
    for rows, keep in ((unsettled, FIRST | {"settled"}), (settled, FIRST)):
        write = insert_or_update(database.name, sentences, *KEYS, keep=keep)
        first = {(each.place, sentence_hash(each.sentence)): each for each in reversed(rows)}
        for part in chunked(first.values(), 500):
            await connection.execute(write, [_values(each) for each in part])


async def mark_present(
    connection: AsyncConnection, document_id: str, present: frozenset[tuple[str, str]], at: datetime
) -> None:
    """Sentences of the text that the version in force lacks are gone from now on, others are there.

    present  (text, stem) of all that it holds
    """
    there = {_hash(text, stem) for text, stem in present}
    mine = (sentences.c.document_id == document_id, sentences.c.place == Place.TEXT.value)
    rows = (await connection.execute(select(sentences.c.hash, sentences.c.gone_at).where(*mine))).all()
    gone = [row.hash for row in rows if row.gone_at is None and row.hash not in there]
    back = [row.hash for row in rows if row.gone_at is not None and row.hash in there]
    for part in chunked(gone):
        of_these = update(sentences).where(*mine, sentences.c.hash.in_(part))
        await connection.execute(of_these.values(gone_at=at, has_gone=True))
    for part in chunked(back):
        await connection.execute(
            update(sentences).where(*mine, sentences.c.hash.in_(part)).values(gone_at=None)
        )


def sentence_hash(sentence: TermsSentence) -> str:
    """What a wording is known by in its document: text and list stem, letter by letter."""
    return _hash(sentence.text, sentence.stem)


def _hash(text: str, stem: str) -> str:
    return hashlib.sha256(f"{text}\n\n{stem}".encode("utf-8", "surrogatepass")).hexdigest()


def _values(known: KnownSentence) -> dict[str, Any]:
    return {
        "document_id": known.document_id,
        "place": known.place.value,
        "hash": sentence_hash(known.sentence),
        "text": known.sentence.text,
        "stem": known.sentence.stem,
        "is_menu": known.sentence.is_menu,
        "key": known.key,
        "before": known.before,
        "is_ai": known.is_ai,
        "stances": encode(known.stances),
        "version": known.version,
        "first_seen_at": known.first_seen_at,
        "gone_at": known.gone_at,
        "settled": known.settled,
        "has_gone": known.has_gone,
    }


def _sentence(row: AnyRow) -> KnownSentence:
    return KnownSentence(
        document_id=row.document_id,
        # Where it stood is a matter of one version; the quotation in that is found by its words.
        sentence=TermsSentence(row.text, 0, len(row.text), row.stem, row.is_menu),
        key=row.key,
        before=row.before,
        is_ai=row.is_ai,
        place=Place(row.place),
        version=row.version,
        first_seen_at=row.first_seen_at,
        stances=tuple(decode(Stance, each) for each in row.stances),
        gone_at=row.gone_at,
        settled=row.settled,
        has_gone=row.has_gone,
    )
