"""smallprint terms add, list, check, diff, history."""

import asyncio
import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.opening import Prepared, out, prepare
from bot.cli.review import change_as_json
from bot.errors import RefusedError
from bot.logic.text.plural import counted
from bot.model import ChangeState, DocumentFailed, DocumentKind, StoredChange

if TYPE_CHECKING:
    from bot.flows.terms.watch import WatchedDocument
    from bot.logic.terms.watch.differences import Difference

AsJson = Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")]
Which = Annotated[
    str, typer.Argument(metavar="PLATFORM", help="A platform's name or id, or a document's id.")
]
One = Annotated[
    str, typer.Argument(metavar="DOCUMENT", help="Id of a document; `smallprint terms list` shows it.")
]
KINDS = ", ".join(DocumentKind)
_SAID = {
    ChangeState.ALERTED: "people are told",
    ChangeState.SEEN_ONCE: "waits for a second look in an hour",
    ChangeState.RECORDED: "recorded",
    ChangeState.REVIEW: "waits for you: smallprint review",
    ChangeState.DROPPED: "gone at the second look; nobody was told",
    ChangeState.WITHDRAWN: "gone at the second look, and people had been told",
    ChangeState.DISMISSED: "dismissed",
}


def register(app: typer.Typer) -> None:
    """Adds the commands to `smallprint terms`."""
    for command in (add, check, diff, history):
        app.command()(command)
    app.command("list")(list_documents)


def add(
    platform: Annotated[str, typer.Argument(metavar="PLATFORM", help="Id in platforms.toml.")],
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="Of the page, in the language you read.")],
    title: Annotated[str, typer.Option(help="What the platform calls it.")] = "Terms of Use",
    document_id: Annotated[
        str | None, typer.Option("--id", help="Short and lasting; without: from platform and title.")
    ] = None,
    lang: Annotated[str, typer.Option(help="Two letters: the language it must be in.")] = "en",
    kind: Annotated[
        DocumentKind, typer.Option(metavar="KIND", help=f"What sort of page it is: {KINDS}.")
    ] = DocumentKind.TERMS,
    selector: Annotated[
        str | None, typer.Option(help="CSS selector of the text; without: the main text is looked for.")
    ] = None,
    unseen: Annotated[bool, typer.Option("--unseen", help="Take the address without looking.")] = False,
) -> None:
    """Look at a terms page and append it to terms.toml. Its first look posts nothing."""
    from bot.settings.edit import read_exactly, write_whole
    from bot.settings.terms import documents_in

    prepared = prepare()
    entity = next(
        (e for e in prepared.config.platforms if platform.casefold() in (e.id, e.name.casefold())), None
    )
    if entity is None:
        raise RefusedError(
            f"There is no platform {platform!r} in platforms.toml. Add a [[platform]] table first."
        )
    name = document_id or "-".join(
        "".join(c if c.isalnum() else " " for c in f"{entity.id} {title}".lower()).split()
    )
    rows = {
        "id": name,
        "platform": entity.id,
        "title": title,
        "url": address,
        "lang": lang,
        "kind": kind.value,
    }
    if selector:
        rows["selector"] = selector
    table = "[[document]]\n" + "".join(
        f"{k} = {json.dumps(v, ensure_ascii=False)}\n" for k, v in rows.items()
    )
    path = prepared.config.folder / "terms.toml"
    before = read_exactly(path) if path.exists() else ""
    after = before + ("\n" if before and not before.endswith("\n\n") else "") + table
    known, _ = documents_in(before, path, {e.id: e.name for e in prepared.config.platforms})
    found, problems = documents_in(after, path, {e.id: e.name for e in prepared.config.platforms})
    if len(found) != len(known) + 1:
        raise RefusedError("; ".join(str(problem) for problem in problems[-2:]) or f"{name} cannot be added.")
    if not unseen:
        _try(prepared, found[-1])
    write_whole(path, after)
    out.line(f"Added {name} ({address}) to {path}.")
    out.remark("A running bot takes it up after SIGHUP or a restart; the first look posts nothing.")


def _try(prepared: Prepared, document: Any) -> None:
    from bot.app.terms_commands import try_page

    read = asyncio.run(try_page(prepared.settings, document))
    if isinstance(read, DocumentFailed):
        raise RefusedError(f"{document.url}: {read.why}. Use --unseen to add it all the same.")
    assert read.extracted is not None
    text = read.extracted.text
    out.remark(
        f"Read {len(text)} characters ({read.extracted.extractor}), beginning: {' '.join(text.split())[:160]}"
    )


def list_documents(as_json: AsJson = False) -> None:
    """Show every watched page: how it is doing, when it was last read, what it says of its own age."""
    from bot.app.terms_commands import healths

    prepared = prepare()
    found = asyncio.run(healths(prepared.settings, prepared.config))
    if as_json:
        out.json(
            [
                {
                    "id": each.document.id,
                    "platform": each.document.platform,
                    "title": each.document.title,
                    "url": each.document.url,
                    "health": each.word,
                    "why": each.state.refused_why,
                    "stale": each.stale,
                    "version": each.state.version,
                    "last_good_look_at": each.state.good_at,
                    "next_look_at": each.state.next_look_at,
                    "page_says_updated_on": each.state.page_says_on,
                }
                for each in found
            ]
        )
        return
    rows = [
        (
            each.document.id,
            each.document.platform,
            each.word,
            each.state.version or "",
            f"{each.state.good_at:%Y-%m-%d %H:%M}" if each.state.good_at else "",
            each.state.page_says_on or "",
            each.stale or each.state.refused_why or each.document.trouble,
        )
        for each in found
    ]
    heads = ("document", "platform", "health", "version", "read", "page says", "remark")
    out.table(heads, rows, empty="No page is watched. smallprint terms add PLATFORM ADDRESS adds one.")


def check(platform: Which) -> None:
    """Look at a platform's pages now, remember it, and say in words what was found."""
    from bot.app.terms_commands import documents_named, look_now

    prepared = prepare()
    documents = documents_named(prepared.config, platform)
    looks = asyncio.run(look_now(prepared.settings, prepared.config, [each.id for each in documents]))
    for each in looks:
        out.line(f"{each.document.platform} {each.document.title} ({each.document.id}): {_found(each)}")
        for change in each.look.changes if each.look else ():
            _show(change)
    if all(each.refused is not None for each in looks):
        raise typer.Exit(1)


def _found(done: "WatchedDocument") -> str:
    if done.refused is not None:
        return f"no evidence, {done.refused.why}."
    if done.look is None:
        return "as before."
    changes = len(done.look.changes)
    if done.first:
        return f"first look, kept. {counted(changes, 'stance')} on AI in the record; nothing is posted."
    if done.look.new_version is not None:
        return f"new wording, version {done.look.new_version.version.n}; {counted(changes, 'clause')} on AI changed."
    return f"a wording that was seen before; {counted(changes, 'clause')} on AI moved."


def _show(change: StoredChange) -> None:
    out.line(f"  {change.plain} [{_SAID[change.state]}]")
    stem = f"{change.change.stem} " if change.change.stem else ""
    out.line(f"    “{stem}{change.change.quote}”")
    if change.change.replaced:
        from bot.logic.terms.read.wording import word_diff

        out.line(f"    before: {_marked(word_diff(change.change.replaced, change.change.quote))}")


def _marked(words: tuple[tuple[str, str], ...]) -> str:
    """[-gone-] and {+new+}, as diff programs write it."""
    signs = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(signs[how].format(text) for how, text in words)


def diff(
    document: One,
    older: Annotated[
        int | None, typer.Option("--from", help="The older version; without: the one before.")
    ] = None,
    newer: Annotated[
        int | None, typer.Option("--to", help="The newer one; without: the one in force.")
    ] = None,
) -> None:
    """Show what differs between two versions, sentence by sentence: [-gone-] and {+new+} words."""
    from bot.app.terms_commands import documents_named, two_versions
    from bot.logic.terms.watch.differences import differences

    prepared = prepare()
    (found, *_) = documents_named(prepared.config, document)
    before, after = asyncio.run(two_versions(prepared.settings, found, older, newer))
    for sign, (version, _text) in (("---", before), ("+++", after)):
        out.line(f"{sign} {found.id} version {version.n}, seen {version.first_seen_at:%Y-%m-%d %H:%M} UTC")
    found_any = False
    for each in differences(before[1], after[1]):
        found_any = True
        out.line(_difference(each))
    if not found_any:
        out.remark("No sentence differs; only markup, spacing or dates do.")


def _difference(each: "Difference") -> str:
    if each.words:
        return f"~ {_marked(each.words)}"
    if each.new is not None:
        return f"+ {each.new.text}"
    assert each.old is not None
    return f"- {each.old.text}"


def history(
    platform: Which,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many of each at most.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Show the versions of a platform's pages and every clause on AI that came or went, newest first."""
    from bot.app.terms_commands import documents_named, histories

    prepared = prepare()
    documents = documents_named(prepared.config, platform)
    found = asyncio.run(histories(prepared.settings, documents, limit))
    if as_json:
        out.json(
            [
                {
                    "document": each.document.id,
                    "versions": [
                        {
                            "n": v.n,
                            "first_seen_at": v.first_seen_at,
                            "last_seen_at": v.last_seen_at,
                            "times_seen": v.times_seen,
                            "in_force_from": v.settled_at,
                            "updated_on": v.updated_on,
                            "effective_on": v.effective_on,
                            "chars": v.chars,
                            "sha256": v.text_hash,
                            "extractor": v.extractor,
                        }
                        for v in each.versions
                    ],
                    "changes": [change_as_json(change) for change in each.changes],
                }
                for each in found
            ]
        )
        return
    for each in found:
        out.line(f"{each.document.platform} {each.document.title} ({each.document.id})")
        if not each.versions:
            out.line("  never read yet")
        for v in each.versions:
            never = "" if v.settled_at else ", never taken as in force"
            dated = f", dated {v.updated_on}" if v.updated_on else ""
            out.line(
                f"  version {v.n}: {v.first_seen_at:%Y-%m-%d} to {v.last_seen_at:%Y-%m-%d}, "
                f"{v.chars} characters{dated}{never}"
            )
        for change in each.changes:
            begin = "at first" if change.is_baseline else f"{change.first_seen_at:%Y-%m-%d}"
            out.line(f"  {begin}, {change.direction.value}: {change.plain} [{_SAID[change.state]}]")
            out.line(f"    “{change.change.quote}”")
