"""What history.toml adds to the record: new rows, changed rows with the former wording kept, rows taken out."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from bot.model.record import RecordEvent, RecordRevision

WRITER = "history.toml"
"""Who wrote a revision that came from the file; an operator's own corrections name the operator."""


def plan_history(
    events: Iterable[RecordEvent],
    known: Sequence[RecordRevision],
    now: datetime,
    kept: Collection[str] = (),
) -> list[RecordRevision]:
    """Revisions to write, so that the record says what the file says; none when nothing changed.

    known  every revision of events that came from the file, in the order of writing
    kept   keys of rows with a mistake in them: they are neither changed nor taken back
    What an operator withdrew stays withdrawn until its row changes.
    """
    wordings: dict[str, list[RecordRevision]] = {}
    for revision in known:
        wordings.setdefault(revision.event.key, []).append(revision)
    planned = []
    listed = set()
    for event in events:
        listed.add(event.key)
        held = wordings.get(event.key, [])
        if (reason := _why(event, held)) is not None:
            planned.append(RecordRevision(event, _next(held), now, WRITER, reason))
    for key, held in wordings.items():
        newest = held[-1]
        if key not in listed and key not in kept and not newest.withdrawn:
            planned.append(
                RecordRevision(
                    newest.event, _next(held), now, WRITER, "Its row was taken out of history.toml", True
                )
            )
    return planned


def _why(event: RecordEvent, held: Sequence[RecordRevision]) -> str | None:
    """Why another revision is needed; "" for the first, None: none is."""
    if not held:
        return ""
    from_file = [revision for revision in held if revision.written_by == WRITER]
    if from_file[-1].withdrawn:
        return "Its row was put back into history.toml"
    return None if from_file[-1].event == event else "Its row in history.toml was changed"


def _next(held: Sequence[RecordRevision]) -> int:
    return max((revision.n for revision in held), default=0) + 1
