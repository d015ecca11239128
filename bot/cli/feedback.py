"""smallprint eval, label, fit: how good judgement is, by the operator's own lights, and how to make it better."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.lines import lines_of
from bot.cli.opening import Prepared, out, prepare
from bot.errors import RefusedError
from bot.logic.text.plural import counted

if TYPE_CHECKING:
    from bot.app.knowledge import Knowledge
    from bot.logic.judging.rules import Rules
    from bot.workbench.eval import Evaluation, Mistake, StreamEvaluation
    from bot.workbench.intervals import Interval
    from bot.workbench.judge_lines import JudgeEntry, OutletIndex
    from bot.workbench.labelled import LabelledLine
    from bot.workbench.refit import Refitted
    from bot.workbench.scoring import Rates, Scoreboard

Labelled = Annotated[
    str,
    typer.Argument(
        metavar="LABELLED", help='Labelled JSON lines, as `smallprint label export` writes them; "-": stdin.'
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")]


def register(app: typer.Typer) -> None:
    app.command("eval")(evaluate)
    app.command("fit")(fit)


# ---------------------------------------------------------------- eval


def evaluate(
    labelled: Labelled,
    stream: Annotated[
        str | None,
        typer.Option(
            "--stream",
            metavar="FILE",
            help="Also count alerts in a stream (label, stream, date); .gz is fine.",
        ),
    ] = None,
    lists_from: Annotated[
        Path | None,
        typer.Option(
            "--lists-from",
            metavar="LEXICON",
            help="Judge by these word lists, with weights that never saw a line's event; a stream is then learned from.",
        ),
    ] = None,
    worst: Annotated[int, typer.Option(min=0, help="Mistakes shown of each kind.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Judge labelled lines and print the scoreboard and the worst mistakes with their reasons."""
    from bot.logic.stories.cluster import StoryIndex
    from bot.workbench.eval import evaluate as evaluate_lines

    prepared = prepare()
    knowledge, outlets = _knowledge(prepared, lists_from)
    index, rules = StoryIndex(), knowledge.rules
    lines = _labelled(labelled, outlets)
    judge = knowledge.judge if lists_from is None else _unseen_judge(lines, stream, rules, outlets)
    with out.progress("Judging") as show:
        found = evaluate_lines(
            lines,
            judge,
            lambda entry, verdict: index.place(entry, verdict, rules),
            lambda done: show(done, len(lines)),
        )
    streamed = None if stream is None or lists_from else _stream(stream, knowledge, outlets)
    mistakes = _first(found.mistakes, worst)
    stream_mistakes = _first(streamed.mistakes, worst) if streamed else []
    if as_json:
        out.json(_evaluation_as_json(found, streamed, mistakes, stream_mistakes))
        return
    _show_scoreboard(found)
    if streamed is not None:
        out.line()
        _show_streams(streamed)
    for title, told in (("Worst mistakes", mistakes), ("Worst mistakes in the stream", stream_mistakes)):
        if told:
            out.line(f"\n{title}")
            for mistake in told:
                _show_mistake(mistake)


def _unseen_judge(
    lines: "list[LabelledLine]", stream: str | None, rules: "Rules", outlets: "OutletIndex"
) -> "JudgeEntry":
    """Judges each of these lines by weights that never saw its event."""
    from bot.logic.judging.judge import judge
    from bot.workbench.refit import rules_never_seen

    with ExitStack() as opened:
        arriving = () if stream is None else opened.enter_context(_arriving(stream, outlets))
        show = opened.enter_context(out.progress("Fitting"))
        known = rules_never_seen(lines, rules, arriving, on_done=lambda done, total: show(done, total))
    return lambda entry: judge(entry, known[entry.id])


def _knowledge(prepared: Prepared, lists: Path | None = None) -> "tuple[Knowledge, OutletIndex]":
    from bot.app.knowledge import build_knowledge
    from bot.workbench.judge_lines import OutletIndex

    knowledge = build_knowledge(prepared.config, prepared.settings.weights, lists=lists)
    sources = (*prepared.config.sources, *prepared.config.off)
    return knowledge, OutletIndex(sources, knowledge.rules.outlet_for)


def _labelled(file: str, outlets: "OutletIndex") -> "list[LabelledLine]":
    from bot.app.clocks import SystemClock
    from bot.workbench.labelled import read_labelled

    with _named(file), lines_of(file) as lines:
        return list(read_labelled(lines, outlets, SystemClock().now()))


@contextmanager
def _arriving(file: str, outlets: "OutletIndex") -> "Iterator[Iterator[LabelledLine]]":
    """A stream's lines, one at a time."""
    from bot.app.clocks import SystemClock
    from bot.workbench.labelled import read_labelled

    with _named(file), lines_of(file) as lines:
        yield read_labelled(lines, outlets, SystemClock().now(), is_stream=True)


def _stream(file: str, knowledge: "Knowledge", outlets: "OutletIndex") -> "StreamEvaluation":
    from bot.workbench.eval import evaluate_stream

    with _arriving(file, outlets) as read, out.progress("Judging the stream") as show:
        # How long it is nobody knows before its end.
        return evaluate_stream(
            read, knowledge.judge, lambda done: show(done, 0, f"{done} lines") if done % 1000 == 0 else None
        )


@contextmanager
def _named(file: str) -> Iterator[None]:
    """Refusals say which of the files they are about."""
    try:
        yield
    except RefusedError as error:
        if file in str(error):
            raise
        raise RefusedError(f"{'standard input' if file == '-' else file}: {error}") from error


def _first(mistakes: "tuple[Mistake, ...]", most: int) -> "list[Mistake]":
    """The worst `most` of each kind."""
    shown: dict[str, list[Mistake]] = {}
    for mistake in mistakes:
        held = shown.setdefault(mistake.kind, [])
        if len(held) < most:
            held.append(mistake)
    return [mistake for held in shown.values() for mistake in held]


def _show_scoreboard(found: "Evaluation") -> None:
    out.line(f"{counted(found.lines, 'labelled line')}, {found.doubted} of them in doubt")
    pairs = zip(_rows(found.everything), _rows(found.sure), strict=True)
    rows = [
        (name, _figure(everything), _figure(sure), _interval(found.within.get(name)))
        for (name, everything), (_, sure) in pairs
    ]
    out.table(("figure", "all", "sure", "95 of 100 draws of events"), rows, empty="")
    out.line()
    topics = sorted({*found.everything.topics, *found.sure.topics})
    missed, boards = found.sure.missed, (found.everything, found.sure)
    out.table(
        ("topic", "F1 all", "F1 sure", "missed sure"),
        [(t, *(_figure(b.topics.get(t)) for b in boards), missed.get(t, 0)) for t in topics],
        empty="No relevant line with a topic was found.",
    )
    if found.sure.false_alerts:
        told = ", ".join(f"{why} {count}" for why, count in found.sure.false_alerts.items())
        out.line(f"\nFalse alerts, sure lines: {told}")


def _rows(board: "Scoreboard") -> list[tuple[str, float]]:
    named: list[tuple[str, Rates]] = [
        ("relevance", board.relevance),
        ("platforms", board.platforms),
        ("stories, B-cubed", board.stories),
    ]
    rates = [
        (f"{name}: {what}", value)
        for name, each in named
        for what, value in (("precision", each.precision), ("recall", each.recall), ("F1", each.f1))
    ]
    return [
        *rates[:3],
        ("topics: macro F1", board.topic_f1),
        ("topics: macro F1, either of two", board.topic_f1_two),
        *rates[3:],
        ("events caught", board.events),
        ("events of several lines caught", board.shared_events),
    ]


def _interval(within: "Interval | None") -> str:
    return "" if within is None else f"{within.low:.3f} to {within.high:.3f}"


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _show_streams(streamed: "StreamEvaluation") -> None:
    rows = [
        (name, row.lines, row.caught, row.missed, row.false_alerts, f"{row.false_alerts_a_week:.2f}")
        for name, row in streamed.streams.items()
    ]
    out.table(("stream", "lines", "caught", "missed", "false alerts", "false a week"), rows, empty="")
    caught = sum(row.caught for row in streamed.streams.values())
    ours = caught + sum(row.missed for row in streamed.streams.values())
    out.line(f"caught in all: {caught} of {ours} ({_figure(caught / max(1, ours))})")


def _show_mistake(mistake: "Mistake") -> None:
    doubt = ", in doubt" if mistake.doubt else ""
    out.line(
        f"- {mistake.kind}{doubt}, line {mistake.line}: {mistake.title or '(no title)'} | {mistake.outlet}"
    )
    out.line(f"    {mistake.said}")
    for reason in mistake.reasons:
        out.line(f"    {reason}")


def _evaluation_as_json(
    found: "Evaluation",
    streamed: "StreamEvaluation | None",
    mistakes: "list[Mistake]",
    stream_mistakes: "list[Mistake]",
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "lines": found.lines,
        "doubted": found.doubted,
        "all": asdict(found.everything),
        "sure": asdict(found.sure),
        "within": {name: asdict(interval) for name, interval in found.within.items()},
        "mistakes": [asdict(each) for each in mistakes],
    }
    if streamed is not None:
        told["stream"] = {
            name: asdict(row) | asdict(row.rates) | {"false_alerts_a_week": row.false_alerts_a_week}
            for name, row in streamed.streams.items()
        }
        told["stream_mistakes"] = [asdict(each) for each in stream_mistakes]
    return told


# ---------------------------------------------------------------- fit


def fit(
    labelled: Labelled,
    stream: Annotated[
        str | None,
        typer.Option(
            "--stream", metavar="FILE", help="Learn from a stream too (label, stream, date); .gz is fine."
        ),
    ] = None,
    to: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where the weights go.")] = Path(
        "weights.json"
    ),
    afresh: Annotated[
        bool,
        typer.Option("--afresh", help="Do not start from the weights in force; for thousands of lines."),
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over the file.")] = False,
) -> None:
    """Learn the weights of judgement anew from labelled lines; say what they reach on lines never seen."""
    from bot.app.clocks import SystemClock
    from bot.workbench.refit import refit, with_origin

    prepared = prepare()
    check_free(to, force)
    knowledge, outlets = _knowledge(prepared)
    lines = _labelled(labelled, outlets)
    out.remark(f"{counted(len(lines), 'labelled line')}; this takes a while for thousands.")
    with ExitStack() as opened:
        arriving = () if stream is None else opened.enter_context(_arriving(stream, outlets))
        show = opened.enter_context(out.progress("Fitting"))
        found = refit(
            lines, knowledge.rules, arriving, afresh=afresh, on_done=lambda done, total: show(done, total)
        )
    command = _command("fit", labelled, stream, afresh)
    table = with_origin(found, Path(labelled).name, command, SystemClock().now())
    _show_refitted(found)
    write_whole(to, json.dumps(table, indent=1, ensure_ascii=False) + "\n")
    out.remark(f"Written to {to}. To judge with it, set SMALLPRINT_WEIGHTS={to} and start again.")


def _command(name: str, labelled: str, stream: str | None, afresh: bool) -> str:
    """What was typed, without the folders of this machine."""
    parts = ["smallprint", name, Path(labelled).name]
    if stream is not None:
        parts += ["--stream", Path(stream).name]
    return " ".join([*parts, "--afresh"] if afresh else parts)


def _show_refitted(found: "Refitted") -> None:
    out.line(
        f"{found.lines} labelled lines; learned from {found.learned} that weights decide about; figures are of sure lines"
    )
    held, present = found.held_out, found.present
    rows = [
        (name, _figure(new), _figure(old))
        for (name, new), (_, old) in zip(_rows(held), _rows(present), strict=True)
        if not name.startswith(("stories", "events"))
    ]
    out.table(("figure", "new, on lines never seen", "in force"), rows, empty="")
    out.line(f"relevance F1 by fold, worst first: {' '.join(_figure(f1) for f1 in found.by_fold)}")
    if held.relevance.f1 < present.relevance.f1:
        out.remark(
            "The new weights do worse than those in force, or those in force have seen these lines already. "
            "Keep the old ones unless you know better."
        )


# ---------------------------------------------------------------- files


def check_free(path: Path, force: bool) -> None:
    """Raises RefusedError for a folder, and for a file that is there unless `force`."""
    if path.is_dir():
        raise RefusedError(f"{path} is a folder. Name a file.")
    if path.exists() and not force:
        raise RefusedError(f"{path} is there already. Name another file, or use --force to write over it.")


def write_whole(path: Path, text: str) -> None:
    """The file whole or not at all: half of one must never be read. Raises RefusedError."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        raise RefusedError(f"{path} cannot be written ({error.strerror}). Name another file.") from error
