"""Text from strangers, made inert for the place that it goes to.

Nothing that a feed says may ping, link, tag or format. Two steps: `clean` takes away what has no place in
one paragraph of text, the `inert_*` functions break what a platform would act on. A zero-width space breaks
a mention without changing how it reads; characters that mean formatting get a backslash, which is not shown.
"""

import re
import unicodedata
from urllib.parse import quote

_BREAK = "\u200b"
_JOINERS = "\u200c\u200d"
# Format characters that belong to a script rather than steer the display of others' text.
_SCRIPT_SIGNS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")
# "Zalgo" piles accents until they cover the lines above; living scripts use fewer.
_MOST_ACCENTS = 6

_AT = re.compile(r"[@＠](?=[\w\u00b7.-])")
_DISCORD_ANGLE = re.compile(r"<(?=[@#/:a-zA-Z])")
_TAG = re.compile(r"[#＃](?=[\w\u00b7\u30fb\u200c])")
_SHORTCODE = re.compile(r":(?=[A-Za-z0-9_]+:)")
_WEB_SCHEME = re.compile(r"https?:/{2,}", re.IGNORECASE)
_FORMATTING = re.compile(r"[\\*_~|`\[\]<>]")
_LINE_START = re.compile(r"^(\s*)([#+-])", re.MULTILINE)
_NUMBERED = re.compile(r"^(\s*\d+)([.)])", re.MULTILINE)

# What neither ends a link for Mastodon's extractor nor a masked link in Discord's Markdown.
_LINK_SAFE = "!*;:=+,.$/%#_~@&?-"
# Letters before it keep "@" from being a mention (Mastodon, `Account::MENTION_RE`).
_LIVE_AT = re.compile(r"(?<![=/\w])@")
_OPEN_END = re.compile(r"[^A-Za-z0-9=_#/&-]$")


def clean(text: str) -> str:
    """`text` as one paragraph: no control, bidirectional or hidden characters, single spaces, no heaps of accents.

    Joiners stay where scripts and emoji need them: between two characters that are not ASCII.
    """
    kept = " ".join(_thin_accents("".join(map(_keep, text))).split())
    # Last, because what stands beside a joiner is only now what will stay there.
    return " ".join(_without_lonely_joiners(kept).split())


def _keep(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    if category in ("Cs", "Co") or ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF:
        return ""
    return "" if category == "Cf" and char not in _SCRIPT_SIGNS and char not in _JOINERS else char


def _thin_accents(text: str) -> str:
    kept, run = [], 0
    for char in text:
        if char not in _JOINERS:  # a joiner that goes later must not have begun a new heap
            run = run + 1 if unicodedata.combining(char) else 0
        if run <= _MOST_ACCENTS:
            kept.append(char)
    return "".join(kept)


def _without_lonely_joiners(text: str) -> str:
    return "".join(
        char
        for at, char in enumerate(text)
        if char not in _JOINERS or _joins(text[at - 1 : at] + text[at + 1 : at + 2])
    )


def _joins(beside: str) -> bool:
    return len(beside) == 2 and not any(char.isascii() or char in _JOINERS for char in beside)


def inert_links(text: str) -> str:
    """Addresses in `text` without their scheme: readable, but neither platform makes a link of them."""
    while _WEB_SCHEME.search(text):
        # Repeated, because taking one away can leave another: "hthttps://tps://".
        text = _WEB_SCHEME.sub("", text)
    return re.sub(" {2,}", " ", text).strip(" ").replace("://", f":/{_BREAK}/")


def inert_mentions_discord(text: str) -> str:
    """No @everyone, @here, <@id>, <@&id>, <#id>, </command:id>, <t:..> or <:emoji:id> in `text` stays live.

    Beside `allowed_mentions`, which stops the ping: this stops the look of one, too.
    """
    return _DISCORD_ANGLE.sub("<" + _BREAK, _AT.sub(lambda m: m.group() + _BREAK, text))


def inert_mentions_mastodon(text: str) -> str:
    """No @name, @name@host, #tag or :emoji: in `text` stays live.

    Source: Mastodon, `Account::MENTION_RE`, `Tag::HASHTAG_RE`, `CustomEmoji::SCAN_RE`.
    """
    for pattern in (_AT, _TAG, _SHORTCODE):
        text = pattern.sub(lambda m: m.group() + _BREAK, text)
    return text


def inert_markdown(text: str) -> str:
    """`text` so that Discord shows it letter by letter: no bold, spoiler, code, heading, list, quote or masked link."""
    text = _FORMATTING.sub(lambda m: "\\" + m.group(), text)
    return _LINE_START.sub(r"\1\\\2", _NUMBERED.sub(r"\1\\\2", text))


def for_discord(text: str) -> str:
    """A stranger's text for an embed's title, description or field."""
    return inert_markdown(for_discord_plain(text))


def for_discord_plain(text: str) -> str:
    """A stranger's text for where Discord knows no Markdown: an embed's footer."""
    return inert_mentions_discord(inert_links(clean(text)))


def for_mastodon(text: str) -> str:
    """A stranger's text for a Mastodon status."""
    return inert_mentions_mastodon(inert_links(clean(text)))


def safe_link(url: str) -> str | None:
    """`url` in characters that both platforms take for one link to its last; None: not an http(s) address."""
    url = clean(url).replace(" ", "%20")
    if not re.match(r"https?://[^/?#\s]", url, re.IGNORECASE):
        return None
    scheme, rest = url.split("://", 1)
    slash = re.search(r"[/?#]", rest)
    at = slash.start() if slash else len(rest)
    host, path = rest[:at], rest[at:]
    if path[:1] in ("?", "#"):
        path = "/" + path
    path = _LIVE_AT.sub("%40", quote(path, safe=_LINK_SAFE))
    path = _OPEN_END.sub(lambda m: f"%{ord(m.group()):02X}", path)
    # A name before "@" in the host is a trick to look like another site; nothing of ours needs it.
    return f"{scheme.lower()}://{_ascii_host(host.rsplit('@', 1)[-1])}{path}"


def _ascii_host(host: str) -> str:
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return quote(host, safe=":.-")
