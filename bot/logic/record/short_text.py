"""A platform's record as a short text for chat, in the language of whoever asks; what platforms said stays as it is."""

from collections.abc import Callable, Iterator
from datetime import date

from bot.logic.text.inert import safe_link
from bot.logic.text.lengths import shorten
from bot.model.record import PlatformRecord, Position, Precision, Standing
from bot.ports import Say

LONGEST_QUOTE = 220
LATEST = 3

Inert = Callable[[str], str]


def record_plain(record: PlatformRecord, limit: int, say: Say, inert: Inert = str) -> str:
    """Where they stand, then what the company said, open questions and the newest events, as far as there is room.

    limit  characters, at most; whole lines are left out from the end, the first is cut if need be
    say    phrases of bot.words in the reader's language
    inert  makes a stranger's text harmless where it goes (bot.logic.text.inert)
    One line for each known subject; of an unknown platform a sentence that says so.
    """
    if record.is_empty:
        return shorten(say("record-unknown", platform=inert(record.platform)), limit)
    text = ""
    for line in _lines(record, say, inert):
        longer = f"{text}\n{line}" if text else shorten(line, limit)
        if len(longer) > limit:
            break
        text = longer
    return text


def _lines(record: PlatformRecord, say: Say, inert: Inert) -> Iterator[str]:
    yield say("record-title", platform=inert(record.platform))
    known = [each for each in record.standings if each.position is not Position.UNKNOWN]
    for standing in known:
        yield from _standing(standing, say, inert)
    if record.said:
        newest = record.said[0]
        yield ""
        yield say("record-said", platform=inert(record.platform))
        yield f"{_day(newest.said_on, newest.precision)}: {inert(shorten(newest.text, LONGEST_QUOTE))}"
        if newest.other_side:
            yield f"↔ {inert(shorten(newest.other_side, LONGEST_QUOTE))}"
    if record.questions:
        yield ""
        yield say("record-questions")
        for question in record.questions[:LATEST]:
            yield f"? {inert(shorten(question.text, LONGEST_QUOTE))}"
    if record.timeline:
        yield ""
        yield say("record-latest")
        for item in [each for each in record.timeline if not each.withdrawn][:LATEST]:
            event = item.event
            link = safe_link(event.url)
            told = (
                f"{_day(event.happened_on, event.precision)}: {inert(shorten(event.sentence, LONGEST_QUOTE))}"
            )
            yield f"{told} {link}" if link else told


def _standing(standing: Standing, say: Say, inert: Inert) -> Iterator[str]:
    subject = say(f"record-subject-{standing.subject.value}")
    position = say(f"record-position-{standing.position.value}")
    yield f"• {subject}: {position}{_when(standing, say)}"
    claim = standing.claim
    if claim.words:
        yield f"  “{inert(shorten(claim.words, LONGEST_QUOTE))}”"
    if claim.limits:
        yield f"  {inert(shorten(claim.limits, LONGEST_QUOTE))}"
    if standing.amended is not None:
        yield f"  {say('record-corrected', reason=inert(shorten(standing.amended.reason, LONGEST_QUOTE)))}"


def _when(standing: Standing, say: Say) -> str:
    if standing.since is not None:
        return f" ({say('record-since', date=_day(standing.since, standing.precision))})"
    if standing.seen_on is not None:
        return f" ({say('record-seen', date=standing.seen_on.isoformat())})"
    return ""


def _day(on: date, precision: Precision) -> str:
    """A month is all that is known of some."""
    return on.isoformat()[:7] if precision is Precision.MONTH else on.isoformat()
