"""The `DocumentReader` that goes out to the web: one polite look at a terms page, and its text from a child."""

import hashlib

from bot.errors import FailureKind, FetchError
from bot.logic.terms.watch.evidence import told_of_wall, wall_in
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
from bot.sources.addresses import shown
from bot.sources.children import Children, DocumentError
from bot.sources.http import Answer, Fetcher
from bot.sources.robots import Robots

TERMS_ACCEPT = "text/html, application/xhtml+xml, application/pdf;q=0.9, text/plain;q=0.8, */*;q=0.1"
# What a page that moved answers with when it is not where it moved to.
_NOT_THERE = frozenset(
    {
        FailureKind.NOT_FOUND,
        FailureKind.GONE,
        FailureKind.UNREACHABLE,
        FailureKind.REDIRECT,
        FailureKind.PRIVATE,
    }
)


class TermsPages:
    """Implements `bot.ports.DocumentReader`. Owns nothing: whoever made the fetcher and the children closes them."""

    def __init__(self, fetcher: Fetcher, children: Children, robots: Robots) -> None:
        self._fetcher, self._children, self._robots = fetcher, children, robots

    async def document(self, document: Document, last: LastLook) -> DocumentReading:
        """One conditional look, robots.txt permitting; every failure is a `DocumentFailed`.

        A page that has moved is asked for at its new address, and where it was before when it is not there.
        """
        if last.address is None:
            return await self._look(document, document.url, last)
        reading = await self._look(document, last.address, last)
        if not isinstance(reading, DocumentFailed) or reading.kind not in _NOT_THERE:
            return reading
        # Other bytes at another address: what vouched for the new one says nothing about the old.
        before = await self._look(document, document.url, LastLook(chars=last.chars))
        return reading if isinstance(before, DocumentFailed) else before

    async def extract(self, document: Document, body: bytes, content_type: str, url: str) -> Extracted:
        """Text of bytes that were fetched earlier. Raises FetchError."""
        try:
            return await self._children.terms(document, body, content_type, url)
        except DocumentError as error:
            raise FetchError(shown(url), error.reason, kind=error.kind) from error

    async def _look(self, document: Document, address: str, last: LastLook) -> DocumentReading:
        try:
            answer = await self._fetcher.get(
                address,
                validators=last.validators,
                accept=TERMS_ACCEPT,
                permit=self._robots.check,
                lang=document.lang,
            )
        except FetchError as error:
            return _unreachable(document, error)
        now_at = answer.moved_to or (None if address == document.url else address)
        is_same = answer.status != 304 and hashlib.sha256(answer.body).hexdigest() == last.body_hash
        if answer.status == 304 or is_same:
            return DocumentUnchanged(
                document.id, answer.url, _confirmed(answer, last), answer.fresh_for, now_at
            )
        try:
            found = await self._children.terms(document, answer.body, answer.content_type, answer.url)
        except DocumentError as error:
            return _unreadable(document, answer, error)
        return DocumentRead(
            document.id,
            answer.url,
            answer.validators,
            answer.fresh_for,
            now_at,
            body=answer.body,
            content_type=answer.content_type,
            extracted=found,
        )


def _unreachable(document: Document, error: FetchError) -> DocumentFailed:
    refusal, why = Refusal.UNREACHABLE, error.reason
    if error.wall:
        refusal, why = Refusal.CHALLENGE, told_of_wall(error.wall)
    elif error.kind in (FailureKind.NOT_FOUND, FailureKind.GONE):
        why = f"{error.reason}; look for the page's new address and correct `url` in terms.toml"
    return DocumentFailed(document.id, refusal, why, error.kind, error.permanent, error.retry_after)


def _unreadable(document: Document, answer: Answer, error: DocumentError) -> DocumentFailed:
    """A wall's page often holds no text at all; then its bytes tell more than "no text"."""
    wall = wall_in(answer.body, None)
    if wall is not None:
        return DocumentFailed(document.id, Refusal.CHALLENGE, told_of_wall(wall), error.kind)
    return DocumentFailed(document.id, Refusal.UNREADABLE, error.reason, error.kind)


def _confirmed(answer: Answer, last: LastLook) -> Validators:
    """A 304 need not repeat what it confirms: validators it leaves out stay as they are."""
    if answer.status != 304:
        return answer.validators
    return Validators(
        answer.validators.etag or last.validators.etag,
        answer.validators.last_modified or last.validators.last_modified,
    )
