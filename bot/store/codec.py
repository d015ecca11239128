"""Nouns to JSON and back, exactly. The one place that knows how a noun is written inside a JSON column.

Written by the fields' own types, so a noun that gains a field needs no line here. Rows outlive programs:
a field that an older row lacks takes its default, a field that only a newer program knows is passed over.
"""

import dataclasses
import json
from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from bot.errors import StoreError
from bot.store.columns import in_utc, to_json

Noun = TypeVar("Noun")
Decoder = Callable[[Any], Any]


def dump(noun: object) -> str:
    """A dataclass as JSON text."""
    return to_json(encode(noun))


def load(kind: type[Noun], text: str) -> Noun:
    """The dataclass back from its text. Raises StoreError when the text is not one of these."""
    return decode(kind, json.loads(text))


def encode(value: object) -> Any:
    """A noun, or a tuple of nouns, as plain lists, dicts, strings and numbers. Sets come out sorted."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: encode(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return in_utc(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: encode(held) for key, held in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(encode(held) for held in value)
    if isinstance(value, (tuple, list)):
        return [encode(held) for held in value]
    return value


def decode(kind: type[Noun], plain: Any) -> Noun:
    """A noun from what `encode` made of it. Raises StoreError when it does not fit the noun."""
    try:
        noun: Noun = _decoder(cast(Hashable, kind))(plain)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(
            f"The database holds a {kind.__name__.lower()} that this version of Smallprint cannot read ({error}). "
            "Run the newest version, or restore a backup."
        ) from error
    return noun


@cache
def _decoder(kind: Any) -> Decoder:
    """How to read one type; worked out once per type, since `due` reads many messages."""
    origin = get_origin(kind)
    if origin is not None:
        return _container_decoder(kind, origin)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_decoder(kind)
    if kind is datetime:
        return lambda plain: in_utc(datetime.fromisoformat(plain))
    if kind is date:
        return date.fromisoformat
    if kind is float:
        return float
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return lambda plain: plain


def _container_decoder(kind: Any, origin: Any) -> Decoder:
    inside = get_args(kind)
    if origin is UnionType:
        held = _decoder(next(part for part in inside if part is not NoneType))
        return lambda plain: None if plain is None else held(plain)
    if origin is tuple:
        member = _decoder(inside[0])
        return lambda plain: tuple(member(each) for each in plain)
    if origin is frozenset:
        member = _decoder(inside[0])
        return lambda plain: frozenset(member(each) for each in plain)
    member = _decoder(inside[1])
    return lambda plain: {key: member(each) for key, each in plain.items()}


def _dataclass_decoder(kind: type) -> Decoder:
    hints = get_type_hints(kind)
    fields = [(field.name, _decoder(hints[field.name])) for field in dataclasses.fields(kind)]

    def read(plain: dict[str, Any]) -> Any:
        return kind(**{name: decoder(plain[name]) for name, decoder in fields if name in plain})

    return read
