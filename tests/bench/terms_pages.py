"""What a full check of 60 terms pages costs, from loopback HTTP to the comparison with the last version.

    python -m tests.bench terms_pages

Every page is fetched, made text of in a child, checked as evidence and compared with its version before, which differs in
bytes and in one sentence. 60,000 characters each: 36 by a declared place, 12 by their main text, 8 from page data, 4 PDF.
Processor time of this process and its children, the small server inside it included, children started from nothing.
"""

import asyncio
from dataclasses import dataclass

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.flows.terms.compare import read_lexicon
from bot.logic.terms.read.lexicon import Lexicon
from bot.logic.terms.watch.compare import compare
from bot.logic.terms.watch.evidence import evidence
from bot.model import Document, DocumentRead, LastLook
from bot.sources.reader import HttpReader, open_reader
from tests.bench.report import begin, figure
from tests.bench.usage import usage_of
from tests.sources.samples import USER_AGENT
from tests.sources.terms_samples import CLAUSES, ENTRIES, STEM, a_pdf, a_terms_page, soundcloud_like

PAGES = 60
PARAGRAPHS = 110
MOST_SECONDS = 10.0
CHANGED = "From now on we may train generative models on the songs that you upload to the service."


@dataclass(frozen=True, slots=True)
class Check:
    documents: tuple[Document, ...]
    texts: dict[str, str]
    alerts: int


def paragraphs(n: int, *, is_changed: bool) -> list[str]:
    said = [f"Section {k} of page {n}. {' '.join(CLAUSES)}" for k in range(PARAGRAPHS)]
    if is_changed:
        said[PARAGRAPHS // 2] += f" {CHANGED}"
    return said


def page(n: int, *, is_changed: bool) -> tuple[bytes, str, str | None]:
    """(bytes, content type, selector) of the n-th page."""
    said = paragraphs(n, is_changed=is_changed)
    entries = "".join(f"<li>{entry}</li>" for entry in ENTRIES)
    markup = (
        "".join(f"<h2>{k}. Part</h2><p>{text}</p>" for k, text in enumerate(said))
        + f"<p>{STEM}</p><ul>{entries}</ul>"
    )
    if n % 15 == 14:
        lines = [f"{word}." for text in said for word in text.split(". ")]
        sheets = ["\n".join(lines[at : at + 40]) for at in range(0, len(lines), 40)]
        return a_pdf(*sheets), "application/pdf", None
    if n % 15 in (12, 13):
        return soundcloud_like(markup), "text/html", None
    around = "<p>Charts of the week and much else that is shown beside the text.</p>" * 20
    return a_terms_page(markup, around=around), "text/html", "#legal" if n % 15 < 9 else None


async def check(
    reader: HttpReader, base: str, lexicon: Lexicon, before: dict[str, str], *, is_changed: bool
) -> Check:
    documents = tuple(
        Document(
            f"page-{n}",
            "Tonebarn",
            "Terms",
            f"{base}/{int(is_changed)}/{n}",
            selector=page(n, is_changed=False)[2],
        )
        for n in range(PAGES)
    )
    readings = await asyncio.gather(
        *(reader.documents.document(document, LastLook()) for document in documents)
    )
    texts, alerts = {}, 0
    for document, reading in zip(documents, readings, strict=True):
        if not isinstance(reading, DocumentRead) or reading.extracted is None:
            raise SystemExit(f"{document.id} was not read: {reading}")
        if (refused := evidence(document, reading, LastLook())) is not None:
            raise SystemExit(f"{document.id} was refused: {refused.why}")
        texts[document.id] = reading.extracted.text
        if document.id in before:
            alerts += any(
                change.urgent for change in compare(before[document.id], reading.extracted.text, lexicon)
            )
    return Check(documents, texts, alerts)


async def measure() -> None:
    begin("60 terms pages checked end to end")
    bodies = {(changed, n): page(n, is_changed=bool(changed)) for changed in (0, 1) for n in range(PAGES)}

    async def answer(request: web.Request) -> web.Response:
        key = int(request.match_info["changed"]), int(request.match_info["n"])
        content, kind, _ = bodies[key]
        return web.Response(body=content, content_type=kind)

    app = web.Application()
    app.router.add_get("/{changed}/{n}", answer)
    lexicon = read_lexicon()
    reader = open_reader(USER_AGENT, ["127.0.0.1"])
    async with TestServer(app) as server:
        base = str(server.make_url("/")).rstrip("/")
        began = usage_of().seconds
        first = await check(reader, base, lexicon, {}, is_changed=False)
        between = usage_of().seconds
        second = await check(reader, base, lexicon, first.texts, is_changed=True)
        ended, used = usage_of().seconds, usage_of()
        await reader.close()
    chars = sum(map(len, second.texts.values())) / PAGES
    cold, warm = between - began, ended - between
    kept = max(cold, warm) < MOST_SECONDS
    part = "terms_pages"
    figure("pages, characters each", f"{PAGES}, {chars:,.0f}", part=part)
    figure(
        "first looks, children started",
        f"{cold:.2f} s of processor time",
        part=part,
        bar="< 10 s",
        kept=cold < MOST_SECONDS,
    )
    figure("changed pages, compared", f"{warm:.2f} s of processor time", part=part, bar="< 10 s", kept=kept)
    found = second.alerts
    figure("changes found", f"{found} of {PAGES}", part=part, bar=f"{PAGES}", kept=found == PAGES)
    figure("memory of all children", f"{used.children_mb:.0f} MB", part=part)


if __name__ == "__main__":
    asyncio.run(measure())
