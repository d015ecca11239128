"""Text of terms that are PDF files. Runs in the child, whose limits on time and memory end a bomb."""

import io
import re
from collections import Counter

import pypdf
from pypdf.errors import PyPdfError

from bot.sources.terms_markdown import settled

MOST_PAGES = 300
MOST_CHARS = 1_000_000

_PAGE_NUMBER = re.compile(
    r"\s*(?:page|seite|página)?\s*\d{1,4}\s*(?:(?:/|of|von|sur|de)\s*\d{1,4})?\s*", re.IGNORECASE
)
_BULLET = re.compile(r"^(\s*)[\u2022\u25cf\u25aa\uf0b7\u25e6·]\s*")
_HYPHEN = re.compile(r"(\w)[\u00ad‐-]\n(?=[a-zäöüéè])")


class UnreadablePdfError(Exception):
    """Not a PDF, locked, or without any text (scanned pages)."""


def read_pdf(body: bytes) -> tuple[str, str]:
    """(text, title). Raises UnreadablePdfError; whatever else pypdf trips over, the child's edge turns into an answer."""
    try:
        reader = pypdf.PdfReader(io.BytesIO(body), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadablePdfError("the PDF is locked with a password")
        pages: list[list[str]] = []
        chars = 0
        for number in range(min(len(reader.pages), MOST_PAGES)):
            text = reader.pages[number].extract_text() or ""
            chars += len(text)
            if chars > MOST_CHARS:
                break
            pages.append(text.split("\n"))
        title = reader.metadata.title if reader.metadata else None
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
    ) as error:
        # pypdf meets broken files with whatever its code trips over.
        raise UnreadablePdfError("it is not a PDF that can be read") from error
    text = settled(_joined(pages))
    if not any(map(str.isalpha, text)):
        raise UnreadablePdfError("the PDF holds no text, perhaps only pictures of pages")
    return text, title if isinstance(title, str) else ""


def _joined(pages: list[list[str]]) -> str:
    """Pages one after the other, without page numbers and the lines that head or close every page."""
    often = Counter(line.strip() for lines in pages for line in {*lines[:2], *lines[-2:]} if line.strip())
    repeated = {line for line, times in often.items() if len(pages) >= 3 and times * 2 > len(pages)}
    kept = [
        _BULLET.sub(r"\1- ", line)
        for lines in pages
        for line in lines
        if line.strip() not in repeated and not (line.strip() and _PAGE_NUMBER.fullmatch(line))
    ]
    # A word that was parted at the end of a line is one word.
    return _HYPHEN.sub(r"\1", "\n".join(kept))
