"""smallprint judge, why."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from bot.cli.lines import lines_of
from bot.cli.opening import out, prepare, prepare_settings
from bot.logic.text.plural import counted
from bot.model import Explanation


def register(app: typer.Typer) -> None:
    app.command()(judge)
    app.command()(why)


def judge(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help='JSON lines (title, url, outlet, date, text or summary); "-": stdin.'
        ),
    ],
    explain: Annotated[
        bool,
        typer.Option("--explain", help="All reasons with their weights, and every feature that was weighed."),
    ] = False,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Judge on after a line that cannot be read.")
    ] = False,
) -> None:
    """Judge items given as JSON lines; one JSON line each comes out, in the same order."""
    from bot.app.clocks import SystemClock
    from bot.app.knowledge import build_knowledge
    from bot.logic.stories.cluster import StoryIndex
    from bot.workbench.judge_lines import LineJudge, OutletIndex, judge_lines
    from bot.workbench.weighing import explain_score

    prepared = prepare()
    knowledge = build_knowledge(prepared.config, prepared.settings.weights)
    index, rules = StoryIndex(), knowledge.rules
    line_judge = LineJudge(
        judge=knowledge.judge,
        place=lambda entry, verdict: index.place(entry, verdict, rules),
        outlets=OutletIndex((*prepared.config.sources, *prepared.config.off), rules.outlet_for),
        now=SystemClock().now(),
        explain=explain,
        weigh=lambda entry: explain_score(entry, rules),
    )
    bad = 0

    def on_bad(said: str) -> None:
        nonlocal bad
        bad += 1
        out.remark(said)

    with lines_of(file) as lines:
        for told in judge_lines(lines, line_judge, keep_going=keep_going, on_bad=on_bad):
            out.line(json.dumps(told, ensure_ascii=False))
    if bad:
        out.remark(f"{counted(bad, 'line')} could not be read.")
        raise typer.Exit(1)


def why(
    url: Annotated[str, typer.Argument(metavar="URL", help="Address of an article.")],
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")] = False,
) -> None:
    """Everything known about an entry: the verdict with its reasons, its story, where it was posted."""
    found = asyncio.run(_explain(url))
    if as_json:
        out.json([_as_json(each) for each in found])
        return
    for each in found:
        for line in _told(each):
            out.line(line)


async def _explain(url: str) -> Sequence[Explanation]:
    from bot.app.open_store import open_memory
    from bot.flows.news.explain import explain

    async with open_memory(prepare_settings()) as store:
        return await explain(store, url)


def _told(each: Explanation) -> Iterator[str]:
    entry, verdict = each.judged.entry, each.judged.verdict
    yield entry.title or "(no title)"
    yield f"  {entry.url}"
    yield f"  from {entry.source_id} ({entry.outlet.name}), seen {entry.seen_at:%Y-%m-%d %H:%M} UTC"
    if entry.baseline:
        yield "  It was there on the source's first pass: kept, never posted."
    subject = "on our subject" if verdict.relevant else "not our subject"
    sure = ", sure" if verdict.sure else ""
    topic = f", {verdict.topic.value}" if verdict.topic else ""
    yield f"  Verdict: {subject} (score {verdict.score:.2f}{sure}{topic})"
    for reason in verdict.reasons:
        yield f"    - {reason.text}"
    yield from _story_told(each)
    for delivery in each.deliveries:
        where = f"{delivery.destination.name} ({delivery.destination.sink.value})"
        state = (
            f"{delivery.state.value} {delivery.done_at:%Y-%m-%d %H:%M}"
            if delivery.done_at
            else delivery.state.value
        )
        yield f"  Edition {delivery.message.n} for {where}: {state} {delivery.remote_url or delivery.last_error}".rstrip()


def _story_told(each: Explanation) -> Iterator[str]:
    if each.story is None:
        yield "  Story: none"
        return
    story = each.story.story
    yield f"  Story: {story.id}, {story.title}"
    if each.placement is not None:
        for reason in each.placement.reasons:
            yield f"    - {reason.text}"
    for edition in each.story.editions:
        turn = f" ({edition.turn.value})" if edition.turn else ""
        yield f"    edition {edition.n}: {edition.kind.value}{turn}, {edition.state.value}"
        for reason in edition.reasons:
            yield f"      - {reason.text}"


def _as_json(each: Explanation) -> dict[str, Any]:
    entry, verdict = each.judged.entry, each.judged.verdict
    return {
        "entry": {
            "id": entry.id,
            "source": entry.source_id,
            "outlet": entry.outlet.name,
            "title": entry.title,
            "url": entry.url,
            "published_at": entry.published_at,
            "seen_at": entry.seen_at,
            "first_pass": entry.baseline,
        },
        "verdict": {
            "relevant": verdict.relevant,
            "sure": verdict.sure,
            "score": verdict.score,
            "topic": verdict.topic,
            "platforms": list(verdict.platforms),
            "reasons": [reason.text for reason in verdict.reasons],
        },
        "story": {
            "id": each.story.story.id,
            "title": each.story.story.title,
            "placed_because": [r.text for r in each.placement.reasons] if each.placement else [],
            "editions": [
                {
                    "n": e.n,
                    "kind": e.kind,
                    "state": e.state,
                    "turn": e.turn,
                    "reasons": [r.text for r in e.reasons],
                }
                for e in each.story.editions
            ],
        }
        if each.story
        else None,
        "deliveries": [
            {
                "id": d.id,
                "edition": d.message.n,
                "sink": d.destination.sink,
                "destination": d.destination.name,
                "state": d.state,
                "done_at": d.done_at,
                "url": d.remote_url,
                "error": d.last_error,
            }
            for d in each.deliveries
        ],
    }
