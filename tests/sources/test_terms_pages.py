"""The DocumentReader port on real HTTP: one look at a terms page, and what bad pages come to."""

import gzip
import hashlib
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import FailureKind, FetchError
from bot.logic.terms.watch.evidence import evidence
from bot.model import (
    Document,
    DocumentFailed,
    DocumentRead,
    DocumentReading,
    DocumentUnchanged,
    LastLook,
    Refusal,
    Validators,
)
from bot.ports import DocumentReader
from bot.sources.children import Children
from bot.sources.http import Fetcher
from bot.sources.reader import HttpReader, open_reader
from bot.sources.robots import Robots
from tests.sources.conftest import Site, body, redirect
from tests.sources.samples import USER_AGENT
from tests.sources.terms_samples import (
    CLAUSES,
    a_pdf,
    a_pdf_bomb,
    a_terms_page,
    soundcloud_like,
)

HTML = "text/html; charset=utf-8"
NEVER = LastLook()


def terms(content: bytes, status: int = 200, **headers: str):  # type: ignore[no-untyped-def]
    return body(content, status, **({"Content_Type": HTML} | headers))


def a_document(site: Site, path: str = "/terms", **changes: object) -> Document:
    values: dict[str, object] = {
        "id": "tonebarn-terms",
        "platform": "Tonebarn",
        "title": "Terms",
        "url": site.url(path),
    }
    return Document(**(values | changes))  # type: ignore[arg-type]


async def look(reader: HttpReader, site: Site, last: LastLook = NEVER, **changes: object) -> DocumentReading:
    return await reader.documents.document(a_document(site, **changes), last)  # type: ignore[arg-type]


def test_it_is_a_document_reader() -> None:
    reader: DocumentReader = open_reader(USER_AGENT).documents
    assert reader


async def test_a_look_brings_text_bytes_and_all_that_helps_the_next(site: Site, reader: HttpReader) -> None:
    page = a_terms_page()
    site.answers["/terms"] = terms(page, ETag='"1"', Cache_Control="max-age=600")

    reading = await look(reader, site, selector="#legal")

    assert isinstance(reading, DocumentRead)
    assert (reading.document_id, reading.url, reading.address) == ("tonebarn-terms", site.url("/terms"), None)
    assert (reading.body, reading.content_type) == (page, HTML)
    assert (reading.validators, reading.fresh_for) == (Validators('"1"', None), timedelta(minutes=10))
    assert reading.extracted is not None
    assert all(clause in reading.extracted.text for clause in CLAUSES)
    assert evidence(a_document(site, selector="#legal"), reading, LastLook()) is None


async def test_it_says_who_asks_and_for_which_language_and_asks_robots_txt_first(
    site: Site, reader: HttpReader
) -> None:
    site.answers["/terms"] = terms(a_terms_page())

    await look(reader, site, lang="fr")

    assert site.paths == ["/robots.txt", "/terms"]
    headers = site.requests[1].headers
    assert headers["User-Agent"] == USER_AGENT
    assert headers["Accept-Language"].startswith("fr")


async def test_304_and_the_same_bytes_are_unchanged(site: Site, reader: HttpReader) -> None:
    async def unchanged(request: web.Request) -> web.StreamResponse:
        assert request.headers["If-None-Match"] == '"1"'
        return web.Response(status=304)

    site.answers |= {"/terms": unchanged, "/same": terms(a_terms_page(), ETag='"2"')}
    known = LastLook(Validators('"1"', None), body_hash=hashlib.sha256(a_terms_page()).hexdigest())

    by_status = await look(reader, site, known)
    by_bytes = await look(reader, site, known, path="/same")

    assert isinstance(by_status, DocumentUnchanged)
    assert by_status.validators == Validators('"1"', None)
    assert isinstance(by_bytes, DocumentUnchanged)
    assert by_bytes.validators == Validators('"2"', None)


async def test_a_page_that_moved_is_reported_and_found_where_it_was_when_it_moves_back(
    site: Site, reader: HttpReader
) -> None:
    site.answers |= {"/terms": redirect("/new", 301), "/new": terms(a_terms_page())}
    moved = await look(reader, site)
    assert isinstance(moved, DocumentRead)
    assert (moved.url, moved.address) == (site.url("/new"), site.url("/new"))

    there = await look(reader, site, LastLook(address=moved.address))
    assert isinstance(there, DocumentRead)
    assert there.address == site.url("/new")

    site.answers |= {"/terms": terms(a_terms_page()), "/new": terms(b"", 404)}
    back = await look(reader, site, LastLook(Validators('"9"'), address=moved.address, body_hash="x"))
    assert isinstance(back, DocumentRead)
    assert back.address is None


async def test_a_page_for_now_elsewhere_keeps_its_address(site: Site, reader: HttpReader) -> None:
    site.answers |= {"/terms": redirect("/en/terms", 302), "/en/terms": terms(a_terms_page())}

    reading = await look(reader, site)

    assert isinstance(reading, DocumentRead)
    assert (reading.url, reading.address) == (site.url("/en/terms"), None)


async def test_text_can_be_made_again_of_kept_bytes(site: Site, reader: HttpReader) -> None:
    found = await reader.documents.extract(a_document(site), soundcloud_like(), HTML, site.url("/terms"))

    assert found.extractor == "page-data/1"
    assert site.requests == []
    with pytest.raises(FetchError):
        await reader.documents.extract(a_document(site), b"", HTML, site.url("/terms"))


WALL = b"<html><head><title></title></head><body><script>_cf_chl_opt={}</script></body></html>"
LOCKED = a_pdf("x", password="fake-password")
BOMB = gzip.compress(b" " * 2**24)
REFUSED = {
    "not found": (terms(b"gone", 404), Refusal.UNREACHABLE, FailureKind.NOT_FOUND),
    "gone": (terms(b"gone", 410), Refusal.UNREACHABLE, FailureKind.GONE),
    "not let in": (terms(b"no", 403), Refusal.UNREACHABLE, FailureKind.REFUSED),
    "wall by header": (terms(b"no", 403, cf_mitigated="challenge"), Refusal.CHALLENGE, FailureKind.REFUSED),
    "datadome by header": (terms(b"no", 403, X_DataDome="protected"), Refusal.CHALLENGE, FailureKind.REFUSED),
    "trouble": (terms(b"no", 500, X_Iinfo="1"), Refusal.UNREACHABLE, FailureKind.SERVER),
    "wall without text": (terms(WALL), Refusal.CHALLENGE, FailureKind.OTHER),
    "no text": (terms(b"<html><body><div id=app></div></body></html>"), Refusal.UNREADABLE, FailureKind.OTHER),
    "empty": (terms(b""), Refusal.UNREADABLE, FailureKind.OTHER),
    "picture": (terms(b"\x89PNG", Content_Type="image/png"), Refusal.UNREADABLE, FailureKind.OTHER),
    "locked pdf": (terms(LOCKED, Content_Type="application/pdf"), Refusal.UNREADABLE, FailureKind.OTHER),
    "loop": (redirect("/terms"), Refusal.UNREACHABLE, FailureKind.REDIRECT),
    "into the house": (redirect("http://10.0.0.1/terms"), Refusal.UNREACHABLE, FailureKind.PRIVATE),
    "too large": (terms(b"<p>x" * 2**19), Refusal.UNREACHABLE, FailureKind.TOO_LARGE),
    "packed bomb": (terms(BOMB, Content_Encoding="gzip"), Refusal.UNREACHABLE, FailureKind.TOO_LARGE),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
async def test_a_page_that_cannot_be_read_is_a_value_with_its_refusal(
    name: str, site: Site, reader: HttpReader
) -> None:
    answer, refusal, kind = REFUSED[name]
    site.answers["/terms"] = answer

    reading = await look(reader, site)

    assert isinstance(reading, DocumentFailed)
    assert (reading.refusal, reading.kind) == (refusal, kind)
    assert reading.why
    assert reading.permanent is (kind is FailureKind.GONE)


async def test_a_server_that_asks_us_to_wait_is_obeyed(site: Site, reader: HttpReader) -> None:
    site.answers["/terms"] = terms(b"", 429, Retry_After="90")

    reading = await look(reader, site)

    assert isinstance(reading, DocumentFailed)
    assert reading.retry_after == timedelta(seconds=90)


async def test_robots_txt_is_obeyed(site: Site, reader: HttpReader) -> None:
    site.answers |= {"/robots.txt": body(b"User-agent: *\nDisallow: /terms"), "/terms": terms(a_terms_page())}

    reading = await look(reader, site)

    assert isinstance(reading, DocumentFailed)
    assert reading.kind is FailureKind.REFUSED
    assert "/terms" not in site.paths


# ---------------------------------------------------------------- made to hurt

HOSTILE = {
    "open elements": b"<div>" * 2_000_000,
    "open lists": b"<ul><li>a" * 1_000_000,
    "many attributes": b"<p " + b" ".join(b"a%d=1" % n for n in range(900_000)) + b">terms",
    "many breaks": b"<br>" * 2_500_000,
    "deep data": b"<script type=application/json>" + b"[" * 9_000_000,
    "one word": b"<p>" + b"x" * 9_500_000,
}


@pytest.fixture
async def strict() -> AsyncIterator[HttpReader]:
    """The limits that the program runs with, but the time to load: that is the machine's."""
    fetcher = Fetcher(USER_AGENT, allow_private=["127.0.0.1"])
    children = Children(
        size=1, startup_limit=timedelta(minutes=2), page_limit=timedelta(seconds=2), patience=30
    )
    reader = HttpReader(fetcher, children, Robots(fetcher, "Smallprint"))
    yield reader
    await reader.close()


async def test_ten_megabytes_made_to_hurt_cost_one_child_and_the_next_page_is_read(
    site: Site, strict: HttpReader
) -> None:
    for name, content in HOSTILE.items():
        site.answers["/terms"] = terms(content)
        reading = await look(strict, site)
        is_harmless = (
            isinstance(reading, DocumentRead) and evidence(a_document(site), reading, LastLook()) is not None
        )
        assert is_harmless or isinstance(reading, DocumentFailed), name

    site.answers["/terms"] = terms(a_terms_page())
    assert isinstance(await look(strict, site), DocumentRead)


async def test_a_pdf_bomb_is_refused_and_the_next_page_is_read(site: Site, strict: HttpReader) -> None:
    site.answers |= {
        "/bomb": terms(a_pdf_bomb(), Content_Type="application/pdf"),
        "/terms": terms(a_terms_page()),
    }

    bomb = await look(strict, site, path="/bomb")

    assert isinstance(bomb, DocumentFailed)
    assert bomb.refusal is Refusal.UNREADABLE
    assert isinstance(await look(strict, site), DocumentRead)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"<html><p>", b"%PDF-1.5\n", b"<script>a = {", b"\x1f\x8b"]),
    st.sampled_from([HTML, "application/pdf", "application/json", "text/plain", "x"]),
)
async def test_no_bytes_come_out_as_anything_but_text_or_a_fetch_error(
    reader: HttpReader, content: bytes, start: bytes, content_type: str
) -> None:
    document = Document(
        "tonebarn-terms", "Tonebarn", "Terms", "https://tonebarn.example/terms", selector="#legal"
    )
    try:
        found = await reader.documents.extract(document, start + content, content_type, document.url)
    except FetchError:
        return
    assert found.text
