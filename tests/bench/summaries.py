"""A sheet of summaries of real entries beside their sources, for a person to read and to count what is wrong.

    python -m tests.bench.summaries --out FILE    write the sheet; FILE must lie outside the project

Twenty editions of labelled stories that several entries tell, ten labelled entries alone, ten entries of the replayed
feeds; the same forty every time. Prints how many say no more than "X reports this.", of these and of all labelled
stories. Needs the shared data beside the project, or SMALLPRINT_SHARED.
"""

import argparse
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser

from bot.logic.judging.judge import judge
from bot.logic.judging.rules import Rules
from bot.logic.stories.cluster import StoryIndex
from bot.logic.stories.editions import plan_clustering
from bot.logic.stories.fingerprint import fingerprint
from bot.logic.summaries.summarise import entries_to_tell, summarise
from bot.model import Edition, Entry, JudgedEntry, Outlet, SourceGroup, StoryView, Summary, Verdict
from tests.bench import judging
from tests.bench.clustering import gold_verdict, stored
from tests.shared import PROJECT, find_shared

STORIES, ALONE, REPLAYED = 20, 10, 10
SERIES = {"ars": "Ars Technica", "techcrunch": "TechCrunch", "wired": "WIRED"}
_SHOWN_TEXT = 2_500  # characters of a source


@dataclass
class Book:
    """Stories as the store would hold them, entries placed one after the other."""

    known: Rules
    index: StoryIndex = field(default_factory=StoryIndex)
    views: dict[str, StoryView] = field(default_factory=dict)

    def take(self, entry: Entry, verdict: Verdict) -> None:
        placed = self.index.place(entry, verdict, self.known)
        if placed.story_id is None or placed.placement is None:
            return
        judged, view = JudgedEntry(entry, verdict), self.views.get(placed.story_id)
        found = fingerprint(entry, verdict, self.known)
        plan = plan_clustering(judged, found, placed.placement, None, view, entry.happened_at)
        editions = {e.n: e for e in (*(view.editions if view else ()), *plan.editions)}
        entries = (*(view.entries if view else ()), judged)
        self.views[plan.story.id] = StoryView(
            plan.story, entries, tuple(editions[n] for n in sorted(editions))
        )


def labelled(known: Rules) -> list[tuple[Entry, Verdict]]:
    """The relevant labelled items in order of date, with the verdict of a perfect judge."""
    path = _found("editorial/dev.jsonl")
    lines = sorted(
        (line for line in judging.read(path) if line["relevance"] == 1), key=lambda line: line["date"]
    )
    return [(stored(line, known, number), gold_verdict(line)) for number, line in enumerate(lines, 1)]


def replayed(known: Rules) -> list[tuple[Entry, Verdict]]:
    """Every entry of the replayed feeds once, in order of capture, with our own verdict."""
    held: dict[str, Entry] = {}
    for row in json.loads(_found("feeds/replay/replay.json").read_text()):
        document = feedparser.parse(_found(f"feeds/replay/{row['file']}").read_bytes())
        for item in document.entries:
            link = item.get("link", "")
            if link not in held:
                held[link] = _replayed(item, row, len(held) + 1)
    return [(entry, judge(entry, known)) for entry in held.values()]


def _replayed(item: Mapping[str, Any], row: Mapping[str, str], number: int) -> Entry:
    body = item.get("content") or [{}]
    at = datetime.fromisoformat(row["captured"])
    return Entry(
        source_id=row["series"],
        key=item.get("link", ""),
        title=item.get("title", ""),
        url=item.get("link"),
        summary=max(item.get("summary", ""), body[0].get("value", ""), key=len),
        outlet=Outlet(SERIES[row["series"]], SourceGroup.TECH),
        published_at=at,
        seen_at=at,
        id=number,
    )


def chosen(known: Rules) -> Iterator[tuple[StoryView, Edition]]:
    """The forty editions of the sheet."""
    items = labelled(known)
    book = Book(known)
    for entry, verdict in items:
        book.take(entry, verdict)
    chance = random.Random(3)
    several = [
        (view, edition)
        for view in book.views.values()
        for edition in view.editions
        if len(view.entries) > 1 and any(j.entry.summary for j in entries_to_tell(view, edition))
    ]
    yield from chance.sample(several, STORIES)
    alone = [(entry, verdict) for entry, verdict in items if entry.summary]
    feeds = sorted(replayed(known), key=lambda pair: -pair[1].score)[:REPLAYED]
    for entry, verdict in (*chance.sample(alone, ALONE), *feeds):
        topical = verdict if verdict.topic else replace(items[0][1], platforms=verdict.platforms)
        single = Book(known)
        single.take(entry, topical)
        for view in single.views.values():
            yield view, view.editions[0]


def is_bare(summary: Summary) -> bool:
    """Whether nothing is told but whose headline it is."""
    return (
        len(summary.what) == 1
        and len(summary.what[0].text.split()) < 8
        and not (summary.other_side or summary.open_question or summary.to_do)
    )


def shown(number: int, view: StoryView, edition: Edition, summary: Summary) -> str:
    """One numbered part of the sheet: what a reader gets, then what the sources say."""
    kind = f"{edition.kind}{f' ({edition.turn})' if edition.turn else ''}"
    lines = [f"## {number}. {summary.headline}", f"{kind}{' · developing' if summary.developing else ''}", ""]
    parts = (
        ("WHAT", summary.what),
        ("OTHER SIDE", summary.other_side),
        ("STILL OPEN", summary.open_question),
        ("TO DO", summary.to_do),
    )
    lines += [f"{name}: {' '.join(s.text for s in told)}" for name, told in parts if told]
    if summary.quotation:
        lines.append(
            f"QUOTE: “{summary.quotation.text}” — {summary.quotation.speaker or '(the text itself)'}"
        )
    lines += [f"SOURCES: {', '.join(link.name for link in summary.sources)}", ""]
    for judged in entries_to_tell(view, edition):
        entry = judged.entry
        lines.append(f"> {entry.outlet.name}, {entry.happened_at:%Y-%m-%d}: {entry.title}")
        lines.append(f"> {(entry.page_text or entry.summary)[:_SHOWN_TEXT]}\n")
    return "\n".join(lines)


def bare_share(views: Sequence[StoryView]) -> tuple[int, int]:
    """Editions with no more than whose headline it is, and all, where a source has any text."""
    held = [(view, e) for view in views for e in view.editions]
    with_text = [(v, e) for v, e in held if any(len(j.entry.summary) > 80 for j in entries_to_tell(v, e))]
    return sum(is_bare(summarise(v, e)) for v, e in with_text), len(with_text)


def _found(relative: str) -> Path:
    path = find_shared(relative)
    if path is None:
        raise SystemExit(
            f"needs the shared data ({relative}): set SMALLPRINT_SHARED to the folder that holds it"
        )
    return path


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, required=True, help="where to write the sheet")
    out: Path = options.parse_args().out.resolve()
    if out.is_relative_to(PROJECT):
        raise SystemExit(f"{out} lies inside the project: captured text stays outside it")
    known = judging.rules()
    told = [(view, edition, summarise(view, edition)) for view, edition in chosen(known)]
    out.write_text("\n\n".join(shown(n, *each) for n, each in enumerate(told, 1)), encoding="utf-8")
    print(
        f"{len(told)} summaries in {out}; {sum(is_bare(s) for _, _, s in told)} say only whose headline it is"
    )
    book = Book(known)
    for entry, verdict in labelled(known):
        book.take(entry, verdict)
    bare, everything = bare_share(list(book.views.values()))
    print(f"labelled stories with text: {bare} of {everything} editions say only whose headline it is")


if __name__ == "__main__":
    main()
