"""Column types: what Python values look like in the database, the same in SQLite and PostgreSQL.

Every text that comes from outside passes through `Words` or `Json`, since PostgreSQL refuses a NUL character
and no database takes half a surrogate pair; both occur in hostile JSON feeds.
"""

import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

# SQLite counts up by itself only in a column of exactly the type INTEGER.
RowId = BigInteger().with_variant(Integer, "sqlite")

# Compared by code point on both databases, so that words with one beginning stand together in an index.
ByCodePoint = Text().with_variant(Text(collation="C"), "postgresql")


def storable(text: str) -> str:
    """The text without what databases refuse: NUL is dropped, half a surrogate pair becomes U+FFFD."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        # Through UTF-16, where two halves that belong together become the one character that they mean.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC. Raises ValueError for a time without a zone: nobody could say when that was."""
    if moment.tzinfo is None:
        raise ValueError(f"times must say their zone, {moment!r} does not")
    return moment.astimezone(UTC)


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC time. SQLite keeps it as text that sorts by time, PostgreSQL as timestamptz."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = in_utc(value)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Duration(TypeDecorator[timedelta]):
    """A length of time, exact: whole microseconds."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: timedelta | None, dialect: Dialect) -> int | None:
        return None if value is None else value // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> timedelta | None:
        return None if value is None else timedelta(microseconds=value)


class Words(TypeDecorator[str]):
    """Text from outside, made storable on its way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return value


class PackedBytes(TypeDecorator[bytes]):
    """Bytes from outside, packed (zstd): a page takes a seventh of its size."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else zstd.compress(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> bytes | None:
        return None if value is None else zstd.decompress(value)


class PackedWords(TypeDecorator[str]):
    """Long text from outside, packed (zstd). What Python cannot write as UTF-8 becomes U+FFFD."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else zstd.compress(storable(value).encode("utf-8"))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else zstd.decompress(value).decode("utf-8")


class Json(TypeDecorator[Any]):
    """Plain lists, dicts, strings and numbers as JSON text.

    Text and not PostgreSQL's own JSON types: nothing looks inside, and floats and order come back exactly.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else to_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class NameSet(TypeDecorator[frozenset[str]]):
    """A set of strings as a sorted JSON list, so that equal sets are equal text and can be part of a unique key."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> str | None:
        return None if value is None else to_json(sorted(str(name) for name in value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[str] | None:
        return None if value is None else frozenset(json.loads(value))


def to_json(value: object) -> str:
    """JSON text that every database takes. Raises ValueError for NaN and infinity, which JSON has no word for."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # json.dumps writes NUL as an escape, which is harmless in text columns; only surrogates must go.
    return storable(text)
