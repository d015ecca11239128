"""Documents made to hurt a parser (shapes measured in the research on feeds), at sizes that decide cheaply."""

import gzip
from collections.abc import Callable

from tests.sources.samples import an_item, an_rss

Build = Callable[[], bytes]


def many_attributes(count: int = 100_000) -> bytes:
    """Quadratic in feedparser's strict parser: over a minute at this size."""
    attributes = " ".join(f"a{n}='1'" for n in range(count))
    return an_rss(f"<item {attributes}><title>x</title></item>")


def many_namespaces(count: int = 50_000) -> bytes:
    prefixes = "".join(f"<x{n}:y xmlns:x{n}='urn:{n}'/>" for n in range(count))
    return an_rss(f"<item><title>x</title>{prefixes}</item>")


def billion_laughs() -> bytes:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{levels}]>'
        "<rss version='2.0'><channel><title>t</title><item><title>&l9;</title><guid>1</guid></item></channel></rss>"
    ).encode()


def quadratic_blow_up() -> bytes:
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>'
        f"<rss version='2.0'><channel><title>t</title><item><title>{'&a;' * 20_000}</title></item></channel></rss>"
    ).encode()


def external_entity() -> bytes:
    return (
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        b"<rss version='2.0'><channel><title>&x;</title><item><title>&x;</title><guid>1</guid></item></channel></rss>"
    )


def deep_nesting(depth: int = 50_000) -> bytes:
    return an_rss(f"<item><title>x</title><guid>1</guid>{'<a>' * depth}{'</a>' * depth}</item>")


def deep_escaped_divs(depth: int = 50_000) -> bytes:
    markup = "&lt;div&gt;" * depth
    return an_rss(an_item(inside=f"<description>{markup}</description>"))


def many_empty_items(count: int = 50_000) -> bytes:
    return an_rss("<item/>" * count)


def only_ampersands(size: int = 200_000) -> bytes:
    return an_rss(an_item(inside=f"<description>{'&' * size}</description>"))


def only_brackets(size: int = 200_000) -> bytes:
    return an_rss(an_item(inside=f"<description>{'< ' * size}</description>"))


def open_comments(count: int = 100_000) -> bytes:
    """A naive tag stripper scans to the end for each of these."""
    return an_rss(an_item(inside=f"<description>{'&lt;!--' * count}</description>"))


def long_title(size: int = 5 * 2**20) -> bytes:
    return an_rss(an_item("x" * size))


def long_dates() -> bytes:
    return an_rss(*(an_item(guid=str(n), inside=f"<pubDate>{'9' * 2_000}</pubDate>") for n in range(200)))


def nul_bytes() -> bytes:
    return an_rss(an_item("before\x00after"))


def bad_utf8() -> bytes:
    return an_rss(an_item("BAD")).replace(b"BAD", b"caf\xe9 \xff\xfe")


def open_cdata() -> bytes:
    return an_rss(an_item(), "<item><title><![CDATA[never closed").removesuffix(b"</channel></rss>")


def packed_bomb(size: int = 64 * 2**20) -> bytes:
    """Gzip that the server did not declare: the fetcher sees only the packed bytes."""
    return gzip.compress(b" " * size)


def deep_json(depth: int = 200_000) -> bytes:
    return b'{"version":"https://jsonfeed.org/version/1.1","items":' + b"[" * depth


def wide_json(count: int = 1_500_000) -> bytes:
    """Five megabytes that become over a hundred in memory."""
    return b'{"version":"https://jsonfeed.org/version/1.1","items":[' + b"[]," * count + b"[]]}"


SURVIVED: dict[str, Build] = {
    "billion laughs": billion_laughs,
    "quadratic blow-up": quadratic_blow_up,
    "external entity": external_entity,
    "deep nesting": deep_nesting,
    "deep escaped divs": deep_escaped_divs,
    "many empty items": many_empty_items,
    "only ampersands": only_ampersands,
    "only brackets": only_brackets,
    "open comments": open_comments,
    "long title": long_title,
    "long dates": long_dates,
    "NUL bytes": nul_bytes,
    "bad UTF-8": bad_utf8,
    "open CDATA": open_cdata,
    "packed bomb": packed_bomb,
    "deep JSON": deep_json,
}
"""Read or refused by the child itself, within the ordinary limits."""

ENDLESS: dict[str, Build] = {"many attributes": many_attributes, "many namespaces": many_namespaces}
"""Take over a minute; only a kill ends them."""
