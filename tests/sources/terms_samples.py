"""Invented terms pages in the shapes that real ones have: elements, page data, content systems, PDF."""

import io
import json
import zlib

import pypdf
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

CLAUSES = (
    "These terms are an agreement between you and Tonebarn, and by using the service you accept all of them.",
    "You keep every right in the content that you upload, and you give us the licence that we need to stream it.",
    "Our liability is limited to what the governing law of this agreement asks for, and no warranty is given.",
    "We may terminate your account if you violate this agreement, and you may close it on any day that you like.",
    "We will not let anybody train a model on your songs unless you have said yes to it in your settings.",
)
STEM = "You must not do any of these things with what others have uploaded here:"
ENTRIES = ("train a model on it without the consent of its maker;", "copy it to another service in any way.")

BODY = (
    "<h1>Terms of Use</h1><p>Last updated: May 7, 2025</p><p>Effective date: 1 June 2025</p>"
    f"<p>{CLAUSES[0]}</p><h2>2. Content</h2><p>{CLAUSES[1]} {CLAUSES[2]}</p><p>{CLAUSES[3]}</p>"
    f"<p>{STEM}</p><ul><li>{ENTRIES[0]}</li><li><p>{ENTRIES[1]}</p></li></ul><p>{CLAUSES[4]}</p>"
)


def a_terms_page(body: str = BODY, *, title: str = "Terms of Use - Tonebarn", around: str = "") -> bytes:
    """The text in `#legal`, between a menu and a footer; `around` stands beside it."""
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title></head><body>"
        "<nav><ul><li><a href='/'>Home</a></li><li><a href='/charts'>Charts of the week</a></li></ul></nav>"
        f"<main><div id='legal'>{body}</div>{around}</main>"
        "<footer>Made with love in a barn</footer></body></html>"
    ).encode()


def an_app_shell(script: str, title: str = "Tonebarn") -> bytes:
    return (
        f"<!doctype html><html><head><title>{title}</title></head><body><div id='app'>Loading</div>"
        f"<noscript>Please switch on JavaScript</noscript>{script}</body></html>"
    ).encode()


def soundcloud_like(body: str = BODY * 3) -> bytes:
    rows = [
        {"hydratable": "anonymousId", "data": "1"},
        {"hydratable": "staticPageContent", "data": {"title": "Terms of Use", "body": body}},
    ]
    return an_app_shell(f"<script>window.__barn_hydration = {json.dumps(rows)};</script>")


def next_like(page: object) -> bytes:
    data = json.dumps({"props": {"pageProps": {"menu": ["Home", "Charts"], "page": page}}})
    return an_app_shell(f"<script id='__NEXT_DATA__' type='application/json'>{data}</script>")


def rich_text(times: int = 4) -> dict[str, object]:
    """As Contentful stores it."""

    def said(text: str) -> dict[str, object]:
        return {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": text}]}

    entries = [{"nodeType": "list-item", "content": [said(entry)]} for entry in ENTRIES]
    heading = {"nodeType": "heading-2", "content": [{"nodeType": "text", "value": "2. Content"}]}
    content = [
        heading,
        *map(said, CLAUSES * times),
        said(STEM),
        {"nodeType": "unordered-list", "content": entries},
    ]
    return {"nodeType": "document", "content": content}


def portable_text(times: int = 4) -> list[dict[str, object]]:
    """As Sanity stores it."""

    def block(text: str, **more: object) -> dict[str, object]:
        return {"_type": "block", "style": "normal", "children": [{"_type": "span", "text": text}]} | more

    entries = [block(entry, listItem="bullet", level=1) for entry in ENTRIES]
    return [block("2. Content", style="h2"), *map(block, CLAUSES * times), block(STEM), *entries]


def a_pdf(*pages: str, title: str = "Terms of Use", password: str = "", packed: bytes | None = None) -> bytes:
    """A PDF with one line of text a line; `packed` replaces the last page's content by a packed stream."""
    writer = pypdf.PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for text in pages:
        page = writer.add_blank_page(600, 800)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        lines = "".join(f"({line}) Tj 0 -14 Td " for line in text.split("\n"))
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 11 Tf 50 750 Td {lines}ET".encode("latin-1"))
        if packed is not None:
            stream.set_data(packed)
            stream[NameObject("/Filter")] = NameObject("/FlateDecode")
        page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({"/Title": title})
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def a_pdf_bomb(size: int = 200 * 2**20) -> bytes:
    """Half a megabyte that unpacks to `size` bytes of drawing commands."""
    squeezer = zlib.compressobj(9)
    chunk = b"(a) Tj " * 10_000
    packed = b"".join(squeezer.compress(chunk) for _ in range(size // len(chunk))) + squeezer.flush()
    return a_pdf("x", packed=packed)
