"""judge_lines: items as JSON lines become verdicts as JSON lines, in the same order, without a database.

Streams: one line is held at a time. Memory grows only with the stories among them.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from bot.errors import BotError, RefusedError
from bot.logic.stories.cluster import Placed
from bot.logic.text.words import fold
from bot.model import Entry, Outlet, Reason, Source, Verdict

OutletFor = Callable[[str, str | None], Outlet]
JudgeEntry = Callable[[Entry], Verdict]
Place = Callable[[Entry, Verdict], Placed]
OnBadLine = Callable[[str], None]


class BadLineError(BotError):
    """A line is not an item. The message says what is wrong with it."""


class OutletIndex:
    """Which outlet a line is about: the source of that name, or of that address, else whatever `otherwise` says."""

    def __init__(self, sources: Sequence[Source], otherwise: OutletFor) -> None:
        self._otherwise = otherwise
        self._by_name: dict[str, Outlet] = {}
        self._by_host: dict[str, list[tuple[str, Outlet]]] = {}
        for source in sources:
            self._by_name.setdefault(fold(source.name), source.outlet)
            host, path = _host_and_path(source.site or source.feed)
            if host:
                self._by_host.setdefault(host, []).append((path, source.outlet))
        self._found: dict[tuple[str, str], Outlet] = {}

    def find(self, name: str, url: str | None) -> Outlet:
        """Remembers what it found: a stream names the same few outlets over and over."""
        host, path = _host_and_path(url)
        # Where several sources share a host, or one has only a part of it, the rest of the address decides.
        key = (name, f"{host}{path}" if self._is_divided(host) else host)
        found = self._found.get(key)
        if found is None:
            found = self._by_name.get(fold(name)) or self._at(host, path) or self._otherwise(name, url)
            # A stream of endless new names must not fill the memory.
            if len(self._found) < 10_000:
                self._found[key] = found
        return found

    def _is_divided(self, host: str) -> bool:
        return any(path for path, _ in self._by_host.get(host, ()))

    def _at(self, host: str, path: str) -> Outlet | None:
        """The source whose own part of the host has the address, or the only one that has all of it.

        A paper's music pages say nothing about its other pages: those are no music feed of ours.
        """
        here = self._by_host.get(host, [])
        parts = [(part, outlet) for part, outlet in here if part and f"{path}/".startswith(f"{part}/")]
        if parts:
            return max(parts, key=lambda found: len(found[0]))[1]
        return here[0][1] if len(here) == 1 and not here[0][0] else None


def _host_and_path(url: str | None) -> tuple[str, str]:
    """Host without "www." and path without its last slash; both empty for no address that can be read."""
    try:
        parts = urlsplit(url or "")
        return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")
    except ValueError:
        return "", ""


@dataclass(frozen=True)
class LineJudge:
    """What judging lines works with.

    place    into which story a relevant entry goes; called in the order of the lines
    now      stands in for a date that a line does not give
    explain  all reasons with their weights instead of the first three, and what `weigh` answers
    weigh    how the score came about, as a JSON object
    """

    judge: JudgeEntry
    place: Place
    outlets: OutletIndex
    now: datetime
    explain: bool = False
    weigh: Callable[[Entry], Mapping[str, object]] = lambda _: {}


def judge_lines(
    lines: Iterable[str], judge: LineJudge, *, keep_going: bool = False, on_bad: OnBadLine | None = None
) -> Iterator[dict[str, object]]:
    """One verdict for each line that is not blank, ready for json.dumps.

    keep_going  a line that cannot be read gives {"line": n, "error": ...} in its place, and `on_bad` is told
    Raises RefusedError that names the line, unless `keep_going`.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = read_entry(read_row(line), number, judge.outlets, judge.now)
        except BadLineError as error:
            said = f"line {number}: {error}"
            if not keep_going:
                raise RefusedError(
                    f"{said} Correct the line, or use --keep-going to judge the others."
                ) from error
            if on_bad is not None:
                on_bad(said)
            yield {"line": number, "error": str(error)}
            continue
        yield _verdict(entry, judge)


def _verdict(entry: Entry, judge: LineJudge) -> dict[str, object]:
    verdict = judge.judge(entry)
    story = judge.place(entry, verdict).story_id if verdict.relevant else None
    told: dict[str, object] = {
        "relevant": verdict.relevant,
        "score": verdict.score,
        "topic": verdict.topic.value if verdict.topic else None,
        "topics": [topic.value for topic in verdict.topics],
        "platforms": list(verdict.platforms),
        "story": story,
    }
    if judge.explain:
        return told | {
            "sure": verdict.sure,
            "roundup": verdict.roundup,
            "outlet": {
                "name": entry.outlet.name,
                "group": entry.outlet.group.value,
                "tier": entry.outlet.tier,
            },
            "reasons": [_reason(reason) for reason in verdict.reasons],
            "weighed": judge.weigh(entry),
        }
    return told | {"reasons": [reason.text for reason in verdict.reasons[:3]]}


def _reason(reason: Reason) -> dict[str, object]:
    return {"code": reason.code, "text": reason.text, "weight": reason.weight}


def read_entry(row: Mapping[str, object], number: int, outlets: OutletIndex, now: datetime) -> Entry:
    """A line's object as an entry; other fields are passed over. Raises BadLineError with a sentence.

    row     title, text (or summary, if that is all there is), url, outlet, date, lang
    number  of the line, which becomes the entry's id
    now     stands in for a date that it does not give
    """
    title = _text(row, "title")
    text = _text(row, "text") or _text(row, "summary")
    if not title and not text:
        raise BadLineError('It has neither "title" nor "text".')
    url = _text(row, "url") or None
    published_at = _date(_text(row, "date"))
    return Entry(
        id=number,
        source_id="line",
        key=f"{number}:{url or title}",
        title=title,
        url=url,
        summary=text,
        outlet=outlets.find(_text(row, "outlet"), url),
        published_at=published_at,
        seen_at=published_at or now,
        lang=_text(row, "lang") or "en",
    )


def read_row(line: str) -> Mapping[str, object]:
    """The line's JSON object. Raises BadLineError."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLineError(f"It is not JSON ({_short(error)}).") from error
    if not isinstance(row, dict):
        raise BadLineError('It is JSON but not an object like {"title": "...", "url": "..."}.')
    return row


def _short(error: Exception) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else "too deeply nested"


def _text(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadLineError(f'"{key}" must be text or null.')
    return value


def _date(text: str) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadLineError(
            f'"date" must look like 2025-05-09 or 2025-05-09T12:00:00Z; it is {text!r}.'
        ) from error
