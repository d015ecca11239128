"""smallprint label, label export: the operator's own answers."""

import asyncio
import json
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.feedback import check_free
from bot.cli.opening import out, prepare, prepare_settings
from bot.cli.readers import write_lines
from bot.logic.text.plural import counted

if TYPE_CHECKING:
    from bot.cli.opening import Prepared
    from bot.logic.judging.rules import Rules
    from bot.model import Entry, LabelledEntry, Topic
    from bot.workbench.label import Labelling

_TEXT_SHOWN = 500
_ASK = "y/n, topic, skip, undo, quit, help"

app = typer.Typer(help="Say of undecided entries whether they are our subject; export what was said.")


@app.callback(invoke_without_command=True)
def label(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Entries in this session.")] = 50,
    by: Annotated[str, typer.Option(help="Your name, kept with your answers.")] = "operator",
    doubted: Annotated[
        bool,
        typer.Option("--feedback", help="Only what readers called off the subject, of most readers first."),
    ] = False,
) -> None:
    """Show undecided entries one by one, the least certain first, and record your answers."""
    if context.invoked_subcommand is not None:
        return
    given = asyncio.run(_session(prepare(), limit, by, doubted))
    out.remark(f"{counted(given, 'answer')} recorded. Export them with: smallprint label export FILE")


@app.command()
def export(
    file: Annotated[str, typer.Argument(metavar="FILE", help='Where to write JSON lines; "-": stdout.')],
    force: Annotated[bool, typer.Option("--force", help="Write over the file.")] = False,
) -> None:
    """Write everything labelled so far as JSON lines, as `smallprint eval` and `smallprint fit` read them."""
    from bot.workbench.label import exported

    if file != "-":
        check_free(Path(file), force)
    write_lines(file, [json.dumps(row, ensure_ascii=False) for row in exported(asyncio.run(_labelled()))])


async def _labelled() -> "Sequence[LabelledEntry]":
    from bot.app.open_store import open_memory

    async with open_memory(prepare_settings()) as store:
        return await store.labelled()


async def _session(prepared: "Prepared", limit: int, by: str, doubted: bool) -> int:
    """How many answers were given and not taken back."""
    from bot.app.clocks import SystemClock
    from bot.app.knowledge import build_knowledge
    from bot.app.open_store import open_memory
    from bot.workbench.feedback import open_doubted
    from bot.workbench.label import open_labelling

    rules = build_knowledge(prepared.config, prepared.settings.weights).rules
    async with open_memory(prepared.settings) as store:
        if doubted:
            session = await open_doubted(store, SystemClock(), _suggesting(rules), by, limit=limit)
        else:
            session = await open_labelling(
                store, SystemClock(), _suggesting(rules), by, line=rules.lines.relevant, limit=limit
            )
        if session.present is None:
            nothing = "There is no undecided entry. Let the bot collect some first: smallprint once"
            out.remark("Readers doubt nothing that you have not labelled." if doubted else nothing)
            return 0
        await _ask_through(session)
        return len(session.given)


def _suggesting(rules: "Rules") -> "Callable[[Entry], Topic]":
    from bot.logic.judging.features import examine
    from bot.logic.judging.topic import choose_topic

    return lambda entry: choose_topic(examine(entry, rules), rules)


async def _ask_through(session: "Labelling") -> None:
    """Until everything was shown, or the operator has had enough."""
    from bot.workbench.label import Step, parse_answer

    shown = -1
    while session.present is not None:
        if shown != session.place:
            shown = session.place
            _show(session)
        typed = _ask()
        said = parse_answer(typed)
        if said is Step.QUIT:
            return
        if said is Step.SKIP:
            session.skip()
        elif said is Step.UNDO:
            if not await session.undo():
                out.line("There is nothing to take back.")
        elif said is None:
            _help()
        else:
            label = await session.answer(said)
            topic = f", {label.topic}" if label.topic else ""
            out.line(
                f"  {'our subject' if label.relevant else 'not ours'}{topic}{', in doubt' * label.doubt}"
            )


def _ask() -> str:
    """What the operator types; the end of the input is "quit"."""
    # Blocks the loop, where nothing else runs. asyncio's own handler would only note Ctrl-C and go on reading.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        answer: str = typer.prompt(_ASK, default="", show_default=False)
    except typer.Abort:
        return "quit"
    finally:
        signal.signal(signal.SIGINT, before)
    return answer


def _show(session: "Labelling") -> None:
    judged = session.present
    assert judged is not None
    entry, verdict = judged.entry, judged.verdict
    out.line(f"\n{session.place + 1} of {len(session.queue)}  {entry.title or '(no title)'}")
    out.line(f"  {entry.outlet.name}, {entry.happened_at:%Y-%m-%d}  {entry.url or ''}".rstrip())
    text = " ".join((entry.page_text or entry.summary).split())
    if text:
        out.line(f"  {text[:_TEXT_SHOWN]}{'…' if len(text) > _TEXT_SHOWN else ''}")
    subject = "on our subject" if verdict.relevant else "not our subject"
    out.line(f"  Verdict: {subject}, score {verdict.score:.2f}; topic if it is ours: {session.suggested}")
    for reason in verdict.reasons:
        weight = f" ({reason.weight:+.1f})" if reason.weight else ""
        out.line(f"    - {reason.text}{weight}")


def _help() -> None:
    from bot.workbench.label import TOPICS

    out.line("  y: our subject, with the topic shown   n: not ours   a ? behind an answer: you are in doubt")
    out.line("  s: skip   u: back, and take the last answer back   q: quit (Ctrl-D too)")
    out.line(
        "  another topic by number or name: "
        + "  ".join(f"{number} {topic}" for number, topic in enumerate(TOPICS, 1))
    )
