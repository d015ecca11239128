"""Watched pages that a test writes, in the place of the network; everything behind them is real."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.flows.terms.compare import read_lexicon
from bot.flows.terms.watch import Watch, Watched, watch_terms
from bot.model import (
    Document,
    DocumentFailed,
    DocumentRead,
    DocumentReading,
    DocumentUnchanged,
    Extracted,
    LastLook,
    Refusal,
    Validators,
)
from bot.store import SqlStore
from tests.fakes import FakeClock

FILL = """# Terms of Use

These terms are an agreement between you and Tonebarn. By using the service you agree to this agreement.

## Your content

You keep all rights in the content that you upload. You grant Tonebarn a worldwide license to host, store, copy and \
stream your recordings so that listeners can hear them. You must own or control the copyright of what you upload.

## Liability and law

Tonebarn gives no warranty and its liability is limited as far as the law permits. The governing law is that of Ireland \
and the jurisdiction is that of its courts. We may terminate your account when you violate these terms.
"""


def page(*clauses: str) -> str:
    """Terms of an invented platform with these clauses at their end."""
    return "\n\n".join((FILL, *clauses))


@dataclass
class WrittenPages:
    """Implements bot.ports.DocumentReader: what each document's page says at present, or why it cannot be read.

    extractor  another one than before makes texts anew by `again`
    """

    texts: dict[str, str] = field(default_factory=dict)
    outside: dict[str, str] = field(default_factory=dict)
    failing: dict[str, DocumentFailed] = field(default_factory=dict)
    extractor: str = "selector/1"
    updated_on: date | None = None
    effective_on: date | None = None
    asked: list[str] = field(default_factory=list)

    async def document(self, document: Document, last: LastLook) -> DocumentReading:
        self.asked.append(document.id)
        if document.id in self.failing:
            return self.failing[document.id]
        body = (self.texts[document.id] + self.outside.get(document.id, "")).encode()
        same = hashlib.sha256(body).hexdigest() == last.body_hash
        if same and self.extractor == "selector/1":
            return DocumentUnchanged(document.id, document.url, Validators())
        found = await self.extract(document, self.texts[document.id].encode(), "text/html", document.url)
        whole = found.text + self.outside.get(document.id, "")
        return DocumentRead(
            document.id,
            document.url,
            Validators(),
            body=body,
            content_type="text/html",
            extracted=Extracted(
                found.text, whole, found.title, found.extractor, self.updated_on, self.effective_on
            ),
        )

    async def extract(self, document: Document, body: bytes, content_type: str, url: str) -> Extracted:
        text = body.decode()
        if self.extractor != "selector/1":
            # Another way to find text: lists and paragraphs come out cut elsewhere.
            text = text.replace("\n\n", " ")
        return Extracted(text, text, "Terms of Use", self.extractor)

    def breaks(self, document_id: str, refusal: Refusal = Refusal.UNREACHABLE) -> None:
        self.failing[document_id] = DocumentFailed(document_id, refusal, "it did not answer (503)")


@dataclass
class Room:
    """A watch over written pages with a real store."""

    store: SqlStore
    clock: FakeClock
    pages: WrittenPages
    documents: Sequence[Document]

    @property
    def watch(self) -> Watch:
        return Watch(
            self.documents, {"Tonebarn": "tonebarn"}, self.pages, self.store, self.clock, read_lexicon()
        )

    async def look(self, text: str | None = None, *, after: timedelta = timedelta(0)) -> Watched:
        """Time passes, the first document says this, and what is due is looked at."""
        if text is not None:
            self.pages.texts[self.documents[0].id] = text
        self.clock.move(after)
        return await watch_terms(self.watch)

    async def entries(self) -> list[str]:
        """Titles of what came into the street, oldest first."""
        return [judged.entry.title for judged in await self.store.unclustered(99)]
