"""What is mended in a feed's bytes before a parser guesses at it. Linear, and bytes without fault stay as they are."""

import re
from html.entities import html5

_NAMES_UTF8 = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']utf-?8[\"']", re.IGNORECASE)
_NAMES_ANY = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding\s*=", re.IGNORECASE)
_AMPERSAND = re.compile(rb"&(?:([A-Za-z][A-Za-z0-9]{0,30});|#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};)?")
_CDATA, _CDATA_END = b"<![CDATA[", b"]]>"
_HEAD_BYTES = 2_000
# Two addresses of one format; feedparser knows the later one only.
_RSS_090 = (b"http://channel.netscape.com/rdf/simple/0.9/", b"http://my.netscape.com/rdf/simple/0.9/")


def repaired(body: bytes, charset: str) -> bytes:
    """The document with single broken bytes replaced and stray ampersands escaped.

    charset  as the Content-Type header names it, lower case; empty: none
    """
    body = _whole_letters(body, charset)
    if b"\x00" in body[:4] or b"\x1b" in body:
        return body  # UTF-16 or ISO-2022-JP: there an ampersand's byte is half a letter
    return _old_namespace(_without_stray_ampersands(body))


def _whole_letters(body: bytes, charset: str) -> bytes:
    """A letter lost here and there, never the document: one cut byte made feedparser read all of it as windows-1252."""
    head = body[:_HEAD_BYTES]
    is_utf8 = _NAMES_UTF8.match(head) or (not _NAMES_ANY.match(head) and charset in ("", "utf-8", "utf8"))
    if not is_utf8 or body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "surrogateescape")
    else:
        return body
    lost = sum("\udc80" <= sign <= "\udcff" for sign in text)
    read = sum(sign > "\x7f" for sign in text) - lost
    # More broken than whole: it is in another encoding than it says, and feedparser's guess is the better one.
    return body.decode("utf-8", "replace").encode() if read >= lost else body


def _without_stray_ampersands(body: bytes) -> bytes:
    """`R&B` and `?id=7&lang=en` as people write them; what stands in CDATA is text already."""
    parts: list[bytes] = []
    at = 0
    while (start := body.find(_CDATA, at)) >= 0:
        end = body.find(_CDATA_END, start)
        if end < 0:
            break
        parts += (_AMPERSAND.sub(_escaped, body[at:start]), body[start:end])
        at = end
    parts.append(_AMPERSAND.sub(_escaped, body[at:]))
    return b"".join(parts)


def _escaped(found: re.Match[bytes]) -> bytes:
    said, name = found.group(), found.group(1)
    is_reference = len(said) > 1 and (name is None or f"{name.decode('ascii')};" in html5)
    return said if is_reference else b"&amp;" + said[1:]


def _old_namespace(body: bytes) -> bytes:
    known, wanted = _RSS_090
    head = body[:_HEAD_BYTES]
    return head.replace(known, wanted) + body[_HEAD_BYTES:] if known in head else body
