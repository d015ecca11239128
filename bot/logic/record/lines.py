"""A platform's record as lines of plain English, for the terminal."""

from collections.abc import Iterator

from bot.logic.record.words import LABELS, day, glance, since, source
from bot.model.record import EarlierStanding, PlatformRecord, Position, Precision, Standing, TimelineItem

INDENT = "    "


def record_lines(record: PlatformRecord) -> Iterator[str]:
    """All of it: standings, what the company said, open questions, timeline newest first."""
    yield f"{record.platform}: where they stand"
    yield ""
    for standing in record.standings:
        yield from _standing_lines(standing)
    if record.said:
        yield ""
        yield "What the company said"
        for said in record.said:
            speaker = f"{said.speaker}: " if said.speaker else ""
            yield f"  {day(said.said_on, said.precision)}  {speaker}{said.text}"
            if said.other_side:
                yield f"{INDENT}The other side: {said.other_side}"
    if record.questions:
        yield ""
        yield "Open questions"
        for question in record.questions:
            yield f"  {day(question.asked_on, question.precision)}  {question.text}"
    if record.timeline:
        yield ""
        yield "Timeline"
        for item in record.timeline:
            yield from _item_lines(item)


def _standing_lines(standing: Standing) -> Iterator[str]:
    claim = standing.claim
    told = [glance(standing.subject, standing.position).word, since(standing)]
    yield f"  {LABELS[standing.subject]}: {', '.join(part for part in told if part)}"
    if claim.words:
        yield f"{INDENT}“{claim.words}”"
    if claim.limits:
        yield f"{INDENT}{claim.limits}"
    if standing.position is not Position.UNKNOWN:
        yield f"{INDENT}{' '.join(part for part in (standing.url, f'({source(standing)})') if part)}"
    for earlier in standing.earlier:
        yield f"{INDENT}{_earlier_line(earlier)}"


def _earlier_line(earlier: EarlierStanding) -> str:
    word = glance(earlier.claim.subject, earlier.claim.position).word
    began = f" from {day(earlier.since, earlier.precision)}" if earlier.since else ""
    if earlier.until is None:
        return f"the record said before: {word}{began} (corrected: {earlier.reason})"
    ended = f" until {day(earlier.until, Precision.DAY)}"
    quoted = f": “{earlier.claim.words}”" if earlier.claim.words else ""
    return f"before: {word}{began}{ended}{quoted}"


def _item_lines(item: TimelineItem) -> Iterator[str]:
    event = item.event
    back = f"[taken back: {item.reason}] " if item.withdrawn else ""
    yield f"  {day(event.happened_on, event.precision)}  {back}{event.sentence}"
    if event.url:
        yield f"{INDENT}{event.url}"
    for former in item.earlier:
        if former.event.sentence != event.sentence:
            yield f"{INDENT}said before: {former.event.sentence}"
