"""One look at a watched document: what came of it, before anything is compared or remembered."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from bot.errors import FailureKind
from bot.model.sources import Validators


class Refusal(StrEnum):
    """Why a page is no evidence of what the terms say: a health entry, never an alert."""

    UNREACHABLE = "unreachable"  # no answer, or not 200
    SHRUNK = "shrunk"  # under 40 % of the last size
    LANGUAGE = "language"
    CHALLENGE = "challenge"  # a bot wall's page; it is not got round
    NO_VOCABULARY = "no-vocabulary"  # no words that terms are made of, or not those that terms.toml asks for
    TITLE = "title"  # another page
    SELECTOR = "selector"  # the place where the text stood is missing
    UNREADABLE = "unreadable"  # no text could be made of the bytes


@dataclass(frozen=True, slots=True)
class Extracted:
    """Text made of a page's bytes.

    text        what is compared
    whole_text  the whole page's text, menus and all: only looked through for AI sentences that `text` lacks
    title       the page's own title; empty: it has none
    extractor   which way the text was found, with its version ("selector/1"); another one is no change of the terms.
                Ways: page-data, selector, data, main, pdf, plain
    updated_on  the page's own "last updated"; None: it says none
    effective_on when the text itself says that it takes effect; None: it does not say
    """

    text: str
    whole_text: str
    title: str
    extractor: str
    updated_on: date | None = None
    effective_on: date | None = None


@dataclass(frozen=True, slots=True)
class DocumentLook:
    """One look at a document's address.

    url        where the answer came from, after redirects
    fresh_for  how long the server says it stays as it is; None: it does not say
    address    where to ask next time: the new address after permanent redirects; None: as configured
    """

    document_id: str
    url: str
    validators: Validators
    fresh_for: timedelta | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentRead(DocumentLook):
    """A page with text that may be evidence; whether it is, `bot.logic.terms.watch.evidence` decides.

    body  the bytes as they came, decompressed
    """

    body: bytes = b""
    content_type: str = ""
    extracted: Extracted | None = None


@dataclass(frozen=True, slots=True)
class DocumentUnchanged(DocumentLook):
    """304, or the same bytes as last time."""


@dataclass(frozen=True, slots=True)
class DocumentFailed:
    """The page could not be read. `why` is for the operator and says what to do where something can be done."""

    document_id: str
    refusal: Refusal
    why: str
    kind: FailureKind | None = None
    permanent: bool = False
    retry_after: timedelta | None = None


DocumentReading = DocumentRead | DocumentUnchanged | DocumentFailed


@dataclass(frozen=True, slots=True)
class LastLook:
    """What the next look at a document needs to know of the last good one. A fresh value: there was none.

    address    where the page is now, after permanent redirects; None: as configured
    body_hash  SHA-256 of the last bytes, hex; None: none yet
    chars      length of the last good text; None: none yet
    """

    validators: Validators = field(default_factory=Validators)
    address: str | None = None
    body_hash: str | None = None
    chars: int | None = None
