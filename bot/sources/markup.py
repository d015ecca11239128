"""Plain text out of the HTML that feeds put into titles and summaries. Runs in the child.

Every pass is linear in the length of its input, so that a hostile summary costs no more than a long one.
"""

import re
from html import unescape

# Elements whose content is not prose.
_HIDDEN = ("script", "style", "template", "noscript", "head", "svg", "iframe")
_HIDDEN_START = re.compile(r"<(?:(!--)|(!\[CDATA\[)|(" + "|".join(_HIDDEN) + r")\b[^<>]*>)", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|div|br|hr|li|ul|ol|dl|dt|dd|h[1-6]|blockquote|pre|table|tr|td|th|section|article|figure"
    r"|figcaption|header|footer|aside|main|nav)\b[^<>]*>",
    re.IGNORECASE,
)
# A name must follow the bracket at once, so that "5 < 6" and "a <3 b" stay text.
# A quoted value may hold brackets; the counts keep an unclosed quote from being searched for again and again.
_TAG = re.compile(
    r"""</?[A-Za-z](?:[^<>"']+|"[^"]{0,500}"|'[^']{0,500}'){0,64}+>|</?[A-Za-z][^<>]*>|<[!?][^<>]*>"""
)
_UNFINISHED_TAG = re.compile(r"</?[A-Za-z][^<>]*$")
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
# Control characters and the marks that turn text around; tabs and line ends are spaces and stay.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")

# Markup is several times longer than its text; what lies beyond cannot reach the text limit but costs time.
_MARKUP_PER_TEXT = 10


def plain_line(markup: str, *, max_chars: int) -> str:
    """One line of plain text: a title, name or category."""
    return " ".join(plain_text(markup, max_chars=max_chars * 2).split())[:max_chars]


_SENTENCE_END = re.compile(r"[.!?…](?=[\s\"”»)])|[。！？]|\n")
_HEADLINE_CHARS = 300


def first_sentence(text: str) -> str:
    """The first sentence of a plain text, for what has no headline of its own; cut at a word when it is long."""
    start = text[: _HEADLINE_CHARS + 1]
    # "Dr. Who" and "U.S." end no sentence that tells anything.
    ends = (found.end() for found in _SENTENCE_END.finditer(start) if found.end() > 25)
    end = next(ends, len(start))
    if end <= _HEADLINE_CHARS:
        return " ".join(start[:end].split())
    return " ".join(start[:_HEADLINE_CHARS].rpartition(" ")[0].split()) + "…"


def plain_text(markup: str, *, max_chars: int) -> str:
    """Plain text with paragraphs on lines of their own; entities unescaped, those escaped twice too."""
    markup = markup[: max_chars * _MARKUP_PER_TEXT]
    if "<" in markup:
        markup = _without_tags(markup)
    if "&" in markup:
        # Once more after unescaping: WordPress plug-ins and RSS titles often escape an escaped text, and
        # what was escaped may itself be markup. A bracket that is not a tag ("5 < 6") is left alone.
        markup = unescape(markup)
        if "<" in markup:
            markup = _without_tags(markup)
        if _ENTITY.search(markup):
            markup = unescape(markup)
    return tidy(markup)[:max_chars].rstrip()


def _without_tags(markup: str) -> str:
    shown = _without_hidden(markup)
    return _UNFINISHED_TAG.sub("", _TAG.sub("", _BLOCK.sub("\n", shown)))


def _without_hidden(markup: str) -> str:
    """Leaves out comments, scripts and styles; one that is never closed hides the rest, as in a browser."""
    lowered = markup.lower()
    if len(lowered) != len(markup):  # some letters change length in lower case; positions must agree
        lowered = markup
    kept: list[str] = []
    at = 0
    while (start := _HIDDEN_START.search(markup, at)) is not None:
        kept.append(markup[at : start.start()])
        at = start.end()
        if start.group().endswith("/>"):  # XHTML's empty <iframe/> has no end to look for
            continue
        close, inner = _closing_of(start)
        end = lowered.find(close, start.end())
        if inner and end >= 0:
            kept.append(markup[start.end() : end])
        if end < 0:
            return "".join(kept)
        at = end + len(close)
        if not close.endswith(">"):
            at = max(markup.find(">", at) + 1, at)
    kept.append(markup[at:])
    return "".join(kept)


def _closing_of(start: re.Match[str]) -> tuple[str, bool]:
    """What ends the hidden part, and whether its inside is text after all (CDATA)."""
    if start.group(1):
        return "-->", False
    if start.group(2):
        return "]]>", True
    return f"</{start.group(3).lower()}", False


def tidy(text: str) -> str:
    """Without control characters and needless space; lines stay."""
    return _LINES.sub("\n", _SPACES.sub(" ", _CONTROL.sub("", text.replace("\r", "\n")))).strip()
