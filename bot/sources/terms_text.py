"""The text of a terms page out of its bytes, in the surest way that the page allows. Runs in the child."""

import json
import re
from typing import Any

import inscriptis
import trafilatura
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from bot.logic.terms.read.dates import effective_on, updated_on
from bot.model import Extracted
from bot.sources.feeds import TITLE_CHARS, NotAFeedError
from bot.sources.markup import plain_line
from bot.sources.pages import decode_html, tree_of
from bot.sources.terms_data import LEAST_CHARS, MOST_CHARS, Scripts, longest_prose
from bot.sources.terms_markdown import settled, text_of
from bot.sources.terms_pdf import UnreadablePdfError, read_pdf

VERSION = 1
"""Of all ways together. Raised when any of them gives another text for the same bytes."""

# A place that holds less than this is waiting for a script to fill it.
LEAST_SELECTED = 500
MOST_PLACES = 5_000

_MAIL = re.compile(
    r"<(a|span)\b[^<>]{0,300}\bdata-cfemail=[\"']?([0-9a-f]{6,400})\b[^<>]{0,300}>[^<]{0,200}</\1>",
    re.IGNORECASE,
)
_NOT_TEXT = ("image/", "video/", "audio/", "font/", "application/zip", "application/gzip")


class NoTermsError(NotAFeedError):
    """Bytes of which no text could be made."""


def read_terms(body: bytes, content_type: str, address: str, selector: str | None, lang: str) -> Extracted:
    """Text, title and dates of a page.

    selector  CSS; where it is missing the text is looked for without it, and `extractor` says so
    Ways in order: data that names itself as the page's text, the selector, other data where the elements hold
    (nearly) nothing, the main text. Raises NoTermsError.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if b"%PDF-" in body[:1024]:
        return _of_pdf(body, lang)
    if kind.startswith(_NOT_TEXT) or kind == "application/pdf":
        raise NoTermsError(f"it is not a page with text but {kind[:50]}")
    markup = decode_html(body, content_type)
    if kind == "application/json" or (kind.endswith("+json")):
        return _extracted(longest_prose(_json(markup)), "", "", "data", lang)
    if kind in ("text/plain", "text/markdown"):
        return _extracted(settled(markup[:MOST_CHARS]), "", "", "plain", lang)
    # Signs that steer terminals say nothing, and trafilatura cannot take them.
    return _of_html(_MAIL.sub(_address, _CONTROL.sub(" ", markup)), address, selector, lang)


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def _of_html(markup: str, address: str, selector: str | None, lang: str) -> Extracted:
    tree = LexborHTMLParser(markup)
    scripts = Scripts(tree)
    title = _title(tree)
    whole = _whole(markup)
    text, own_title = scripts.known()
    if len(text) >= LEAST_SELECTED:
        return _extracted(text, whole, own_title or title, "page-data", lang)
    chosen, way = _selected(tree, selector), "selector"
    if not chosen:
        chosen, way = _main_text(markup, address), "main"
    # Asked last although data is the page's own: what people see is what binds them, and data repeats itself.
    if len(chosen) < LEAST_SELECTED or (way == "main" and len(chosen) < LEAST_CHARS):
        data = scripts.longest()
        if len(data) > 2 * len(chosen):
            chosen, way = data, "data"
    return _extracted(chosen, whole, title, way, lang)


def _selected(tree: LexborHTMLParser, selector: str | None) -> str:
    """Text of every place that the selector names, in page order, a place inside another left out."""
    if selector is None:
        return ""
    try:
        places = tree.css(selector)[:MOST_PLACES]
    except SelectolaxError:
        return ""
    inside = {place.mem_id for place in places}
    outermost = [place for place in places if not _has_parent_in(place, inside)]
    return "\n\n".join(text for place in outermost if (text := text_of(place)))[:MOST_CHARS]


def _has_parent_in(node: Any, places: set[int]) -> bool:
    above = node.parent
    # Depth is the page's choice; nobody nests a text so deep.
    for _ in range(500):
        if above is None:
            return False
        if above.mem_id in places:
            return True
        above = above.parent
    return False


def _main_text(markup: str, address: str) -> str:
    tree = tree_of(markup)
    if tree is None:
        return ""
    try:
        found = trafilatura.extract(
            tree,
            url=address,
            output_format="markdown",
            include_comments=False,
            include_tables=True,
            include_links=False,
            include_images=False,
            favor_recall=True,
        )
    except ValueError:
        # The same signs written as character references ("&#31;").
        return ""
    return settled(_EMPHASIS.sub(r"\2", found or ""))[:MOST_CHARS]


# Bold and italics come and go; a line's own bullet is one asterisk and a space, which this leaves alone.
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?=\S)([^*_\n]{1,2000}?)(?<=\S)\1")


def _whole(markup: str) -> str:
    """Everything on the page that is text. Falls back to our own reading: one page must not be without its safety net."""
    tree = tree_of(markup)
    if tree is None:
        return ""
    try:
        text = inscriptis.Inscriptis(tree).get_text()
    except (RecursionError, ValueError, AttributeError, TypeError, IndexError, KeyError):
        body = LexborHTMLParser(markup).body
        return text_of(body)[:MOST_CHARS] if body is not None else ""
    return settled(text[: 2 * MOST_CHARS])[:MOST_CHARS]


def _title(tree: LexborHTMLParser) -> str:
    for selector in ("title", "h1"):
        found = tree.css_first(selector)
        if found is not None and (title := _line(found.text())):
            return title
        if selector == "title":
            named = tree.css_first("meta[property='og:title']")
            if named is not None and (title := _line(named.attributes.get("content") or "")):
                return title
    return ""


def _line(text: str) -> str:
    return " ".join(text.split())[:TITLE_CHARS]


def _address(match: re.Match[str]) -> str:
    """A mail address that Cloudflare wrote in another key on every look: the first byte is the key of the others."""
    try:
        coded = bytes.fromhex(match.group(2))
    except ValueError:
        return "[e-mail]"
    plain = bytes(byte ^ coded[0] for byte in coded[1:]).decode("utf-8", "replace")
    return plain if "@" in plain and not set("<>&\"'") & set(plain) else "[e-mail]"


def _of_pdf(body: bytes, lang: str) -> Extracted:
    try:
        text, title = read_pdf(body)
    except UnreadablePdfError as error:
        raise NoTermsError(str(error)) from error
    return _extracted(text, text, plain_line(title, max_chars=TITLE_CHARS), "pdf", lang)


def _json(text: str) -> list[Any]:
    try:
        return [json.loads(text)]
    except (ValueError, RecursionError):
        return []


def _extracted(text: str, whole: str, title: str, way: str, lang: str) -> Extracted:
    if not any(map(str.isalpha, text)):
        raise NoTermsError("no text was found on the page; it may need a browser, which Smallprint is not")
    return Extracted(
        text=text,
        whole_text=whole or text,
        title=title[:TITLE_CHARS],
        extractor=f"{way}/{VERSION}",
        updated_on=updated_on(text, lang) or updated_on(whole, lang),
        effective_on=effective_on(text, lang),
    )
