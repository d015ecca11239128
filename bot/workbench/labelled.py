"""Labelled lines: entries as JSON lines with what an editor says of each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.errors import RefusedError
from bot.logic.text.words import words
from bot.model import Entry, Topic
from bot.workbench.judge_lines import BadLineError, OutletIndex, read_entry, read_row
from bot.workbench.scoring import Gold

_MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """One line.

    number  of the line in its file, from 1
    group   lines of one event share it, so that none is learned from its echo
    stream  which stream it is of; empty: a labelled line of its own
    """

    number: int
    entry: Entry
    gold: Gold
    group: str
    stream: str = ""


def read_labelled(
    lines: Iterable[str], outlets: OutletIndex, now: datetime, *, is_stream: bool = False
) -> Iterator[LabelledLine]:
    """Labelled lines in order, blank ones left out.

    is_stream  lines of a stream, which say `label` and `stream`
    Raises RefusedError after the last line, naming the first few that cannot be read: all can be mended at once.
    """
    bad: list[str] = []
    count = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        count += 1
        try:
            yield _labelled(line, number, outlets, now, is_stream)
        except BadLineError as error:
            bad.append(f"line {number}: {error}")
    if bad:
        more = f"\n... and {len(bad) - _MOST_SHOWN} more." if len(bad) > _MOST_SHOWN else ""
        shown = "\n".join(bad[:_MOST_SHOWN])
        raise RefusedError(f"{len(bad)} of {count} lines cannot be read. Correct them:\n{shown}{more}")
    if not count:
        raise RefusedError("There is no labelled line in it. Make some with: smallprint label")


def _labelled(line: str, number: int, outlets: OutletIndex, now: datetime, is_stream: bool) -> LabelledLine:
    row = read_row(line)
    entry = replace(read_entry(row, number, outlets, now), categories=_names(row, "categories") or ())
    gold = _gold(row, "label" if is_stream else "relevance")
    stream = (_text(row, "stream") or "stream") if is_stream else ""
    if is_stream and entry.published_at is None:
        raise BadLineError('It has no "date", which a stream needs: alerts are counted by week.')
    group = gold.event or _text(row, "story") or " ".join(words(entry.title)) or str(number)
    return LabelledLine(number, entry, gold, group, stream)


def _gold(row: Mapping[str, object], key: str) -> Gold:
    relevant = row.get(key)
    if not isinstance(relevant, int) or relevant not in (0, 1):
        raise BadLineError(f'"{key}" must be 1 (our subject) or 0; it is {_shown(row, key)}.')
    doubt = row.get("doubt")
    if doubt is not None and not isinstance(doubt, bool):
        raise BadLineError(f'"doubt" must be true or false; it is {_shown(row, "doubt")}.')
    return Gold(
        relevant=bool(relevant),
        topic=_topic(row) if relevant else None,
        platforms=_names(row, "platforms"),
        event=_text(row, "event_id") or None,
        doubt=bool(doubt),
        why_not=_text(row, "neg_reason"),
    )


def _topic(row: Mapping[str, object]) -> Topic | None:
    name = _text(row, "topic")
    try:
        return Topic(name) if name else None
    except ValueError as error:
        raise BadLineError(f'"topic" must be one of {", ".join(Topic)}, or null; it is {name!r}.') from error


def _names(row: Mapping[str, object], key: str) -> tuple[str, ...] | None:
    value = row.get(key)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise BadLineError(f'"{key}" must be a list of texts, or null.')
    return tuple(value)


def _text(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise BadLineError(f'"{key}" must be text or null.')
    return value or ""


def _shown(row: Mapping[str, object], key: str) -> str:
    return repr(row[key])[:40] if key in row else "missing"
