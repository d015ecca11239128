"""Unpacks an answer's body as it arrives, within a limit, and knows whether it came to its end.

aiohttp's own unpacking takes a gzip, br or zstd stream that was cut off for a whole one, when the length that the
server declared is that of the cut stream. The ETag that came with it would then hide the missing entries for good.
"""

import re
import sys
import zlib
from collections.abc import Callable
from typing import Protocol

import brotli  # type: ignore[import-untyped]  # it brings no types

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

GZIP_WINDOW, ZLIB_WINDOW, RAW_WINDOW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS
# Source: RFC 1950, section 2.2: the lower half of the first byte is 8 where there is a zlib header.
ZLIB_METHOD = 8
# What a further stream in the same body begins with; anything else there is padding, which some servers add.
# Source: RFC 1952, section 2.3.1; RFC 8878, sections 3.1.1 and 3.1.2.
FURTHER = {"gzip": b"\x1f", "x-gzip": b"\x1f", "zstd": bytes([0x28, *range(0x50, 0x60)])}


class PackedBadlyError(Exception):
    """The body is not packed as its Content-Encoding says, or has no end."""


class TooMuchError(Exception):
    """More came out than allowed."""


class _Stream(Protocol):
    """One packed stream. `unused`: what came after its end."""

    unused: bytes

    def feed(self, packed: bytes, most: int) -> bytes:
        """What `packed` holds, hardly more than `most` bytes of it; empty input goes on where that stopped."""

    def is_done(self) -> bool: ...


class _Zlib:
    def __init__(self, window: int) -> None:
        self._stream, self.unused = zlib.decompressobj(window), b""

    def feed(self, packed: bytes, most: int) -> bytes:
        content = self._stream.decompress(self._stream.unconsumed_tail + packed, most)
        self.unused = self._stream.unused_data
        return content

    def is_done(self) -> bool:
        return self._stream.eof


class _Zstd:
    def __init__(self) -> None:
        self._stream, self.unused = zstd.ZstdDecompressor(), b""

    def feed(self, packed: bytes, most: int) -> bytes:
        content = self._stream.decompress(packed, most)
        self.unused = self._stream.unused_data
        return content

    def is_done(self) -> bool:
        return self._stream.eof


class _Brotli:
    unused = b""  # br knows no second stream; what follows the end is refused by the library

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def feed(self, packed: bytes, most: int) -> bytes:
        return bytes(self._stream.process(packed, output_buffer_limit=most))

    def is_done(self) -> bool:
        return bool(self._stream.is_finished())


def _deflate(first: bytes) -> _Stream:
    # Some servers leave the header away, against RFC 9110, section 8.4.1.2.
    return _Zlib(ZLIB_WINDOW if first[0] & 0x0F == ZLIB_METHOD else RAW_WINDOW)


STREAMS: dict[str, Callable[[bytes], _Stream]] = {
    "gzip": lambda first: _Zlib(GZIP_WINDOW),
    "x-gzip": lambda first: _Zlib(GZIP_WINDOW),
    "deflate": _deflate,
    "br": lambda first: _Brotli(),
    "zstd": lambda first: _Zstd(),
}


_MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}
_SNIFFED = 16  # a packed body of so many printable signs is one in a million
_TEXT = re.compile(rb"(?:\xef\xbb\xbf)?[\t\r\n -~]*+$")


def _true_encoding(declared: str, first: bytes) -> str:
    """How a body is packed, by its first bytes: servers pack twice, or name a packing and then do not pack."""
    for magic, name in _MAGIC.items():
        if first.startswith(magic):
            return name
    return "" if first and _TEXT.match(first) else declared


class Unpacker:
    """One body: `feed` each chunk, then `finish`.

    encoding   as in Content-Encoding; one that is not known ("utf-8" is met) leaves the body as it is
    max_bytes  of content in all
    """

    def __init__(self, encoding: str, max_bytes: int) -> None:
        layers = [name.strip().lower() for name in encoding.split(",")]
        self._declared, self._under = layers[-1], ",".join(layers[:-1])
        self._make: Callable[[bytes], _Stream] | None = None
        self._further = b""
        self._first: bytes | None = b""
        self._stream: _Stream | None = None
        self._streams = 0
        self._max_bytes = max_bytes
        self._chunks: list[bytes] = []
        self._size = 0

    def feed(self, packed: bytes) -> None:
        """Raises TooMuchError, PackedBadlyError."""
        if self._first is not None:
            self._first += packed
            if len(self._first) < _SNIFFED:
                return
            packed = self._begin(self._first)
        self._unpack_all(packed)

    def _begin(self, first: bytes) -> bytes:
        name = _true_encoding(self._declared, first[:_SNIFFED])
        self._make, self._further, self._first = STREAMS.get(name), FURTHER.get(name, b""), None
        return first

    def _unpack_all(self, packed: bytes) -> None:
        if self._make is None:
            self._keep(packed)
            return
        try:
            while packed:
                if self._stream is None:
                    if self._streams and packed[0] not in self._further:
                        return
                    self._stream, self._streams = self._make(packed), self._streams + 1
                packed = self._unpack(self._stream, packed)
        except (zlib.error, brotli.error, zstd.ZstdError) as error:
            raise PackedBadlyError from error

    def finish(self) -> bytes:
        """All of it. Raises PackedBadlyError when the packed stream did not reach its end."""
        if self._first is not None:
            self._unpack_all(self._begin(self._first))
        if self._stream is not None:
            raise PackedBadlyError
        content = b"".join(self._chunks)
        if not self._under:
            return content
        under = Unpacker(self._under, self._max_bytes)
        under.feed(content)
        return under.finish()

    def _unpack(self, stream: _Stream, packed: bytes) -> bytes:
        """Everything that comes out of `packed`; what belongs to a next stream (gzip and zstd may have several)."""
        while content := stream.feed(packed, self._max_bytes + 1 - self._size):
            self._keep(content)
            packed = b""
            if stream.is_done():
                break
        if not stream.is_done():
            return b""
        self._stream = None
        return stream.unused

    def _keep(self, content: bytes) -> None:
        self._size += len(content)
        if self._size > self._max_bytes:
            raise TooMuchError
        self._chunks.append(content)
