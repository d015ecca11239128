"""How long a text is to the platforms, and how to make it fit without hurting it.

Both counts are upper bounds: where the platform's own rule is finer than ours, we count more, never less,
so that a text that fits here is never refused there. (One thing is taken on trust: that a link's host ends in a
top-level domain that exists. Mastodon keeps a list; a name outside it is counted there as text.)
"""

import re
import unicodedata
from collections.abc import Callable, Iterator

Count = Callable[[str], int]

# Mastodon counts a link as this many characters whatever its length; a server may say otherwise.
# Source: Mastodon API documentation, V2 Instance, `configuration.statuses.characters_reserved_per_url`.
MASTODON_URL_CHARS = 23
ELLIPSIS = "…"

_ZWJ = "\u200d"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://\S*")
# The part of a link that Mastodon's extractor surely recognises: plain host names, plain paths, and a last
# character that it does not leave outside the link. What follows it is counted character by character.
_SURE_LINK = re.compile(
    r"https?://(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::[0-9]+)?(?![a-z0-9_@-])"
    r"(?:/(?:[a-z0-9!*;:=+,.$/%#\[\]_~@&-]*[a-z0-9=_#/-])?)?"
    r"(?:\?[a-z0-9!*;:&=+$/%#\[\]_.,~-]*[a-z0-9_&=#/-])?",
    re.IGNORECASE,
)
# Code points that every Unicode version since emoji sequences exist knows as pictographs; fewer than there are.
_PICTOGRAPHS = (
    (0x1F300, 0x1F3FA),
    (0x1F400, 0x1F53D),
    (0x1F546, 0x1F64F),
    (0x1F680, 0x1F6C5),
    (0x1F910, 0x1F93A),
    (0x1F947, 0x1F94C),
    (0x1F950, 0x1F96B),
    (0x1F980, 0x1F997),
    (0x1F9D0, 0x1F9E6),
)
_OLD_PICTOGRAPHS = frozenset("☀☁☎☺♀♂♟♾⚕⚖⚧✂✈✉❄❤➡⬛")


def discord_length(text: str) -> int:
    """How long Discord holds `text` to be, at most.

    Its server was said to count code points, its clients count UTF-16 units; the second is never less.
    Source: discord-api-docs issue 1315 (answer by Discord's staff, 2020).
    """
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def mastodon_length(text: str, url_chars: int = MASTODON_URL_CHARS) -> int:
    """How long Mastodon holds `text` to be, at most: user-perceived characters, each link `url_chars`.

    Mentions count in full here (Mastodon leaves their host out), because none of ours is live.
    Source: Mastodon, `StatusLengthValidator`.
    """
    total, end = 0, 0
    for link in _SCHEME.finditer(text):
        total += cluster_count(text[end : link.start()]) + _link_length(text, link, url_chars)
        end = link.end()
    return total + cluster_count(text[end:])


def _link_length(text: str, link: re.Match[str], url_chars: int) -> int:
    word = link.group()
    before = text[link.start() - 1] if link.start() else " "
    sure = _SURE_LINK.match(word) if before.isspace() else None
    rest = word[sure.end() :] if sure else word
    # What may or may not be a link to the server counts as both.
    return cluster_count(rest) + url_chars * (rest.count("://") + (1 if sure else 0))


def cluster_count(text: str) -> int:
    """How many user-perceived characters `text` has, at most."""
    return sum(1 for _ in clusters(text))


def clusters(text: str) -> Iterator[str]:
    """`text` in pieces that belong together: letters with their accents, emoji sequences, flags.

    A subset of Unicode's grapheme rules (UAX 29): what is not surely one piece stays apart.
    """
    piece = ""
    for char in text:
        if piece and _belongs(piece, char):
            piece += char
        else:
            if piece:
                yield piece
            piece = char
    if piece:
        yield piece


def _belongs(piece: str, char: str) -> bool:
    """Whether `char` surely continues the user-perceived character that `piece` began."""
    if unicodedata.category(piece[0]) in ("Cc", "Cf", "Zl", "Zp", "Cs"):
        return False
    if char == _ZWJ or 0x1F3FB <= ord(char) <= 0x1F3FF or unicodedata.category(char) in ("Mn", "Me"):
        return True
    if piece[-1] == _ZWJ:
        return _is_pictograph(char) and _pictograph_before_join(piece)
    return _is_regional(char) and len(piece) == 1 and _is_regional(piece)


def _pictograph_before_join(piece: str) -> bool:
    """Whether the join at the end of `piece` follows a pictograph, with nothing but extensions between."""
    for char in reversed(piece[:-1]):
        if _is_pictograph(char):
            return True
        if char == _ZWJ or not _belongs("a", char):
            return False
    return False


def _is_pictograph(char: str) -> bool:
    return char in _OLD_PICTOGRAPHS or any(low <= ord(char) <= high for low, high in _PICTOGRAPHS)


def _is_regional(char: str) -> bool:
    return 0x1F1E6 <= ord(char) <= 0x1F1FF


def shorten(text: str, limit: int, count: Count = len) -> str:
    """`text` if it counts at most `limit`, else its beginning up to a word, with "…"; "" if not even that fits.

    count  how the platform counts; adding to a text must never make it count less
    Links are kept whole or left out. A text without spaces is cut between user-perceived characters.
    """
    if count(text) <= limit:
        return text
    if limit < count(ELLIPSIS):
        return ""
    words = [word.end() for word in re.finditer(r"\S+", text)]
    end = _longest(text, words, limit, count)
    following = text[end:].split(maxsplit=1)
    if count(_cut(text, end)) * 2 < limit and following and "://" not in following[0]:
        # One endless word, or a language that writes without spaces.
        end = max(end, _longest(text, _cluster_ends(text), limit, count))
    return _cut(text, end)


def _longest(text: str, ends: list[int], limit: int, count: Count) -> int:
    """The last of `ends` (ascending) at which a cut with its ellipsis fits; 0 if none does."""
    low, high = 0, len(ends)
    while low < high:
        middle = (low + high) // 2
        if count(_cut(text, ends[middle])) <= limit:
            low = middle + 1
        else:
            high = middle
    return ends[low - 1] if low else 0


def _cut(text: str, end: int) -> str:
    return text[:end].rstrip(" \n\t,;:.–—-…([{«“‘") + ELLIPSIS


def _cluster_ends(text: str) -> list[int]:
    ends, at = [], 0
    for piece in clusters(text):
        at += len(piece)
        ends.append(at)
    return ends
