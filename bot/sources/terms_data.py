"""Text that a page carries as data for its own scripts: hydration JSON. Runs in the child.

Many terms pages are app shells whose text stands in the first answer, only not in elements. What is looked through is
bounded in size, depth and number, whatever a page holds.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from bot.sources.terms_markdown import settled, text_of

LEAST_CHARS = 1_500  # less is a teaser or a notice, not the terms
LEAST_PIECE = 60
MOST_SCRIPTS = 60
MOST_NODES = 200_000
MOST_CHARS = 1_000_000

_JSON_TYPES = ("application/json", "application/ld+json")
# `window.__NAME__ = {`, `self.__data = [`, and JSON that is written as a string for JSON.parse.
_ASSIGNED = re.compile(r"=\s*(?=[\[{])")
_PARSED = re.compile(r"JSON\.parse\(\s*(?=\")")
_STARTS_EACH = 8
_IS_HTML = re.compile(r"<(?:p|li|br|h[1-6]|div|ul|ol)\b", re.IGNORECASE)
_DECODER = json.JSONDecoder()


class Scripts:
    """All that the page's scripts hold as JSON, in page order."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._values = list(_values(tree))

    def known(self) -> tuple[str, str]:
        """(text, title) where the page's data says itself which part is the page's text; empty: nowhere.

        SoundCloud: [{"hydratable": "staticPageContent", "data": {"title": ..., "body": "<html>"}}, ...]
        """
        for value in self._values:
            for row in value if isinstance(value, list) else ():
                if isinstance(row, dict) and row.get("hydratable") == "staticPageContent":
                    data = row.get("data")
                    if not isinstance(data, dict) or not isinstance(data.get("body"), str):
                        continue
                    title = data.get("title")
                    return _rendered(data["body"]), title if isinstance(title, str) else ""
        return "", ""

    def longest(self) -> str:
        """The longest prose among the data, empty when none is long enough to be terms."""
        return longest_prose(self._values)


def longest_prose(values: list[Any]) -> str:
    """Prose that stands in one place of the data, or in the same place of a list's entries, joined in order."""
    groups: dict[tuple[int, str], list[str]] = defaultdict(list)
    for n, value in enumerate(values):
        for place, text in _prose(value):
            groups[n, place].append(text)
    texts = ["\n\n".join(dict.fromkeys(pieces)) for pieces in groups.values()]
    best = max(texts, key=len, default="")
    return best[:MOST_CHARS] if len(best) >= LEAST_CHARS else ""


def _values(tree: LexborHTMLParser) -> Iterator[Any]:
    for script in tree.css("script")[:MOST_SCRIPTS]:
        content = script.text() or ""
        if len(content) < LEAST_PIECE:
            continue
        kind = ((script.attributes or {}).get("type") or "").lower()
        if kind in _JSON_TYPES:
            yield from _read(content)
        elif not kind or "javascript" in kind or kind == "module":
            yield from _in_script(content)


def _read(text: str) -> Iterator[Any]:
    try:
        yield json.loads(text)
    except (ValueError, RecursionError):
        return


def _in_script(content: str) -> Iterator[Any]:
    starts = 0
    at = 0
    while starts < _STARTS_EACH:
        found = min(
            (m for m in (_ASSIGNED.search(content, at), _PARSED.search(content, at)) if m),
            key=lambda m: m.start(),
            default=None,
        )
        if found is None:
            return
        starts += 1
        at = found.end()
        try:
            value, end = _DECODER.raw_decode(content, found.end())
        except (ValueError, RecursionError):
            continue
        at = end
        if isinstance(value, str):
            yield from _read(value)
        elif isinstance(value, (dict, list)) and value:
            yield value


def _prose(value: Any) -> Iterator[tuple[str, str]]:
    """(place, text) of everything in the data that reads like text; places of list entries are one place."""
    stack: list[tuple[str, Any]] = [("", value)]
    nodes = 0
    while stack and nodes < MOST_NODES:
        place, here = stack.pop()
        nodes += 1
        if isinstance(here, str):
            if text := _as_prose(here):
                yield place, text
        elif isinstance(here, dict):
            if here.get("nodeType") == "document":
                yield place, settled("\n\n".join(_contentful(here)))
            else:
                stack.extend((f"{place}.{key}", inner) for key, inner in reversed(here.items()))
        elif isinstance(here, list):
            if any(isinstance(one, dict) and one.get("_type") == "block" for one in here[:5]):
                yield place, settled(_portable(here))
            else:
                stack.extend((f"{place}[]", inner) for inner in reversed(here))


def _as_prose(text: str) -> str:
    """Text of a string that is HTML or paragraphs; empty: it is something else."""
    if len(text) < LEAST_PIECE:
        return ""
    if _IS_HTML.search(text[:2_000]):
        return _rendered(text)
    # An address, a style sheet or base64 has hardly any spaces.
    return settled(text[:MOST_CHARS]) if text.count(" ") * 25 > len(text) and "{" not in text[:200] else ""


def _rendered(html: str) -> str:
    body = LexborHTMLParser(html[: 4 * MOST_CHARS]).body
    return text_of(body) if body is not None else ""


# ---------------------------------------------------------------- two content systems that store trees

_DEEPEST = 40


def _contentful(node: dict[str, Any], mark: str = "", depth: int = 0) -> Iterator[str]:
    """Blocks of a Contentful rich text: {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": ...}]}."""
    kind, content = str(node.get("nodeType")), node.get("content")
    if depth > _DEEPEST or not isinstance(content, list):
        return
    if kind == "paragraph" or kind.startswith("heading-"):
        level = kind.removeprefix("heading-")
        lead = "#" * int(level) + " " if level in "123456" and len(level) == 1 else mark
        yield lead + "".join(_values_below(node, 0)).strip()
        return
    for n, inner in enumerate(content, start=1):
        if isinstance(inner, dict):
            indent = " " * (len(mark) - len(mark.lstrip()) + 4) if mark else ""
            inner_mark = {"unordered-list": f"{indent}- ", "ordered-list": f"{indent}{n}. "}.get(kind, mark)
            yield from _contentful(inner, inner_mark, depth + 1)


def _values_below(node: dict[str, Any], depth: int) -> Iterator[str]:
    if isinstance(node.get("value"), str):
        yield node["value"]
    content = node.get("content")
    if depth < _DEEPEST and isinstance(content, list):
        for inner in content:
            if isinstance(inner, dict):
                yield from _values_below(inner, depth + 1)


def _portable(blocks: list[Any]) -> str:
    """Sanity's Portable Text: [{"_type": "block", "style": "h2", "listItem": "bullet", "level": 1, "children": [...]}]."""
    lines = []
    for block in blocks:
        if not isinstance(block, dict) or not isinstance(block.get("children"), list):
            continue
        said = "".join(
            child["text"]
            for child in block["children"]
            if isinstance(child, dict) and isinstance(child.get("text"), str)
        ).strip()
        style, level = str(block.get("style") or ""), block.get("level")
        indent = "    " * (min(level, 8) - 1) if isinstance(level, int) and level > 0 else ""
        if block.get("listItem"):
            lines.append(f"{indent}- {said}")
        elif len(style) == 2 and style[0] == "h" and style[1] in "123456":
            lines.append(f"\n{'#' * int(style[1])} {said}\n")
        else:
            lines.append(f"\n{said}\n")
    return "\n".join(lines)
