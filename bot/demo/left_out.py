"""What the sample fortnight did not post, and why: told from the memory, as `smallprint why` would."""

from collections.abc import Iterator, Sequence
from shutil import get_terminal_size

from bot.flows.memory import Store
from bot.model import JudgedEntry, StoryView

_WIDEST = 100


async def left_out(store: Store) -> str:
    """A plain list of entries that made no post, by reason."""
    entries = list(reversed(await store.entries(limit=1000)))
    views = await store.stories(limit=100)
    causes = {edition.entry_id for view in views for edition in view.editions if edition.state == "published"}
    rest = [judged for judged in entries if judged.entry.id not in causes]
    baseline = [judged for judged in rest if judged.entry.baseline]
    fresh = [judged for judged in rest if not judged.entry.baseline]
    joined = [judged for judged in fresh if judged.entry.story_id is not None]
    off = [judged for judged in fresh if judged.entry.story_id is None]
    lines = [f"{len(causes)} posts from {len(entries)} entries. What was left out, and why:"]
    lines += ["", f"{len(baseline)} were there on the first pass: kept, never posted"]
    lines += _titles(baseline)
    lines += ["", f"{len(joined)} tell a story that was told already: named as sources, no new post"]
    lines += _joined(joined, views)
    lines += ["", f"{len(off)} are not our subject"]
    lines += _judged(off)
    return "\n" + "\n".join(lines) + "\n"


def _titles(entries: Sequence[JudgedEntry]) -> Iterator[str]:
    for judged in entries:
        yield _cut(f"  {judged.entry.outlet.name}: {judged.entry.title}")


def _joined(entries: Sequence[JudgedEntry], views: Sequence[StoryView]) -> Iterator[str]:
    titles = {view.story.id: view.story.title for view in views}
    for story_id in dict.fromkeys(judged.entry.story_id for judged in entries):
        yield _cut(f"  {story_id}  {titles.get(story_id or '', '')}")
        for judged in entries:
            if judged.entry.story_id == story_id:
                yield _cut(f"    {judged.entry.outlet.name}: {judged.entry.title}")


def _judged(entries: Sequence[JudgedEntry]) -> Iterator[str]:
    for judged in entries:
        yield _cut(f"  {judged.entry.outlet.name}: {judged.entry.title}")
        yield _cut(f"    {judged.verdict.score:.2f}  {judged.verdict.reasons[0].text}")


def _cut(line: str) -> str:
    width = min(_WIDEST, get_terminal_size((_WIDEST, 24)).columns)
    return line if len(line) <= width else line[: width - 1].rstrip() + "…"
