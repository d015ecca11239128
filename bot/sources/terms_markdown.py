"""HTML elements into text that keeps its lists, in Markdown-like lines that `logic.terms.read.blocks` reads. Runs in the child.

Only structure is written (headings, list marks, rows of tables, line breaks): emphasis and addresses of links come and go
between two looks and say nothing.
"""

import re
from collections.abc import Iterator
from typing import Any

from bot.logic.terms.read.dates import without_relative_dates

# What is not a part of a text. Buttons stay inside headings: folded sections have their headings there.
_DROPPED = frozenset(
    {
        "script", "style", "template", "noscript", "svg", "iframe", "canvas", "video", "audio", "object", "head",
        "nav", "footer", "aside", "dialog", "select", "textarea", "input", "-comment",
    }
)  # fmt: skip
_DROPPED_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu"})
# Whole names only: a section about consent must stay, a consent banner must not.
_NOISE = re.compile(
    r"(?:^|[\s_-])(?:cookie-?(?:banner|consent|notice|bar|popup|message)|consent-?(?:banner|manager|popup)|onetrust[\w-]*"
    r"|cookiebot|related-?(?:articles?|posts?|links)|recent-?(?:articles?|activity)|recently-?viewed[\w-]*"
    r"|article-?(?:relatives|votes?|vote|more-questions|return-to-top)|breadcrumbs?"
    r"|(?:share|social)-?(?:links|buttons|bar|icons)|language-?(?:selector|switcher|picker|selection)|skip-?links?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    {
        "p", "div", "section", "article", "main", "header", "address", "blockquote", "pre", "ul", "ol", "dl", "dt", "dd", "li",
        "table", "tbody", "thead", "tr", "td", "th", "caption", "figure", "figcaption", "form", "fieldset", "details",
        "summary", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "center", "body", "html",
    }
)  # fmt: skip
_HEADINGS = {f"h{n}": "#" * n for n in range(1, 7)}
# Cells that hold these make a table of the page's layout, not a row of facts.
_LAYOUT = "p, div, ul, ol, h1, h2, h3, h4, section, table"
_BREAK = "\x01"  # stands for <br> until the block is written; control characters cannot come from a page
_SPACES = re.compile(r"[ \t\r\n\f\v\xa0\u2000-\u200a\u202f\u3000]+")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_DEEPEST_INDENT = 8

# Lines that come and go while the terms stay.
_FLAPPING = re.compile(
    r"\s*(?:was this (?:article|page) helpful\??|\d[\d,.]* out of \d[\d,.]* found this helpful|have more questions\?.*"
    r"|submit a request|return to top|back to top|skip to (?:main )?content|print(?: this page)?|follow|share|copy link"
    r"|yes|no|views?:?\s*[\d.,]+\s*[km]?|javascript is disabled.*|you need to enable javascript.*)\s*",
    re.IGNORECASE,
)


def text_of(node: Any) -> str:
    """Text of one element of a selectolax tree, lists and headings kept. Never recursive: depth is the page's choice."""
    writer = _Writer()
    # (node, whether it is left now); children go on top of their parent's leaving.
    stack: list[tuple[Any, bool]] = [(node, False)]
    while stack:
        here, leaving = stack.pop()
        if leaving:
            writer.leave(here.tag)
            continue
        tag = here.tag
        if tag == "-text":
            writer.write(here.text_content or "")
            continue
        if tag is None or (here is not node and _is_dropped(here, tag, writer.in_heading)):
            continue
        writer.enter(tag, here)
        stack.append((here, True))
        stack.extend((child, False) for child in reversed(list(_children(here))))
    return settled(writer.done())


def settled(text: str) -> str:
    """Without what differs between two looks at the same terms: invisible letters, counters, "3 days ago", spare lines."""
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [line.rstrip() if not line.endswith("  ") else line.rstrip() + "  " for line in text.split("\n")]
    kept = (line for line in lines if not (len(line) <= 80 and _FLAPPING.fullmatch(line)))
    return re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", without_relative_dates("\n".join(kept))).strip()


def _children(node: Any) -> Iterator[Any]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _is_dropped(node: Any, tag: str, in_heading: bool) -> bool:
    if tag in _DROPPED:
        return True
    if tag == "button":
        return not in_heading
    if tag in ("body", "html", "main", "article"):
        return False
    attributes = node.attributes
    if not attributes:
        return False
    if (attributes.get("role") or "").lower() in _DROPPED_ROLES:
        return True
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return len(names) > 1 and _NOISE.search(names[:500]) is not None


class _List:
    """One open list; `n` counts its entries."""

    def __init__(self, kind: str, start: int) -> None:
        self.kind, self.n = kind, start

    def mark(self) -> str:
        if self.kind == "-":
            return "- "
        self.n += 1
        number = self.n - 1
        if self.kind == "a" and 1 <= number <= 26:
            return f"{chr(96 + number)}) "
        return f"{number}. "


class _Writer:
    def __init__(self) -> None:
        self._lines: list[str] = []
        self._said: list[str] = []
        self._lists: list[_List] = []
        self._marker = ""  # of the list entry that has no text yet
        self._heading = ""
        self._rows = 0  # open tables whose rows are written as one line
        self._tables: list[bool] = []
        self._pre = 0
        self._last_was_entry = False

    @property
    def in_heading(self) -> bool:
        return bool(self._heading)

    def write(self, text: str) -> None:
        if self._pre:
            text = text.replace("\n", _BREAK)
        self._said.append(text)

    def enter(self, tag: str, node: Any) -> None:
        if tag == "br":
            self._said.append(_BREAK)
            return
        if tag not in _BLOCKS:
            return
        if self._rows and tag in ("td", "th"):
            self._said.append(" | " if "".join(self._said).strip() else "")
            return
        if self._rows and tag not in ("tr", "table", "tbody", "thead"):
            self._said.append(" ")
            return
        self._flush()
        if tag in _HEADINGS:
            self._heading = _HEADINGS[tag]
        elif tag in ("ul", "ol"):
            self._lists.append(_opened(tag, node))
        elif tag == "li":
            self._marker = self._lists[-1].mark() if self._lists else "- "
        elif tag == "table":
            is_rows = not any(cell.css_first(_LAYOUT) is not None for cell in node.css("td, th")[:200])
            self._tables.append(is_rows)
            self._rows += is_rows
        elif tag == "pre":
            self._pre += 1

    def leave(self, tag: str) -> None:
        if tag not in _BLOCKS or (tag in ("td", "th") and self._rows):
            return
        if self._rows and tag not in ("tr", "table", "tbody", "thead"):
            self._said.append(" ")
            return
        self._flush()
        if tag in _HEADINGS:
            self._heading = ""
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._marker = ""
        elif tag == "table" and self._tables:
            self._rows -= self._tables.pop()
        elif tag == "pre":
            self._pre -= 1

    def done(self) -> str:
        self._flush()
        return "\n".join(self._lines)

    def _flush(self) -> None:
        """Write what was said since the last block began as one block."""
        if not self._said:
            return
        lines = [_SPACES.sub(" ", line).strip() for line in "".join(self._said).split(_BREAK)]
        self._said = []
        if not any(lines):
            return
        depth = min(len(self._lists), _DEEPEST_INDENT)
        indent = "    " * (depth - 1) if depth else ""
        is_entry = bool(self._marker)
        if self._lines and not (is_entry and self._last_was_entry):
            self._lines.append("")
        start = f"{indent}{self._marker}" if is_entry else f"{indent}    " if depth else ""
        if self._heading and not is_entry:
            start = f"{self._heading} "
        self._lines += _laid_out(lines, start, f"{indent}    " if depth else "")
        self._last_was_entry, self._marker = is_entry or (self._last_was_entry and bool(depth)), ""


def _opened(tag: str, node: Any) -> _List:
    if tag == "ul":
        return _List("-", 1)
    attributes = node.attributes
    start = attributes.get("start") or "1"
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
    return _List("a" if attributes.get("type") == "a" else "1", first)


def _laid_out(lines: list[str], start: str, after: str) -> Iterator[str]:
    """Lines of one block: one break is a hard line end, two make a paragraph."""
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    for n, line in enumerate(lines):
        if not line:
            if lines[n - 1]:
                yield ""
            continue
        is_hard = n + 1 < len(lines) and bool(lines[n + 1])
        yield f"{start if n == 0 else after}{line}{'  ' if is_hard else ''}"
