"""From claims and corrections to where a platform stands on each subject today, and where it stood before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise

from bot.model.record import (
    Amendment,
    Claim,
    EarlierStanding,
    Position,
    Precision,
    RecordOrigin,
    RecordSubject,
    Standing,
)

MOST_EXPOSING_FIRST = (
    Position.ALLOWS,
    Position.OPT_OUT,
    Position.LIMITS,
    Position.CONSENT,
    Position.REQUIRES,
    Position.FORBIDS,
    Position.MARKS,
    Position.OFFERS,
    Position.SILENT,
    Position.UNKNOWN,
)
"""When one text says several things of a subject, artists must hear first what costs them most."""


# On one day a new sentence counts for more than that an old one is gone, and a way out for more than what it is a way
# out of; else what costs artists most holds.
_SAME_DAY = (
    Position.UNKNOWN,
    Position.SILENT,
    Position.OFFERS,
    Position.MARKS,
    Position.FORBIDS,
    Position.REQUIRES,
    Position.CONSENT,
    Position.LIMITS,
    Position.ALLOWS,
    Position.OPT_OUT,
)


@dataclass(frozen=True, slots=True)
class Held:
    """A claim with the event that it comes from. `amended`: the correction that put it in the place of another."""

    claim: Claim
    since: date
    precision: Precision
    origin: RecordOrigin | None
    key: str
    url: str
    document_id: str | None = None
    version: int | None = None
    amended: Amendment | None = None


def standings_of(held: Iterable[Held], amendments: Sequence[Amendment], today: date) -> tuple[Standing, ...]:
    """One per subject, in the order of RecordSubject.

    held        claims in force or coming, in the order of writing
    amendments  corrections of this platform, in the order of writing
    """
    by_subject: defaultdict[RecordSubject, list[Held]] = defaultdict(list)
    for each in held:
        by_subject[each.claim.subject].append(each)
    corrections: defaultdict[RecordSubject, list[Amendment]] = defaultdict(list)
    for amendment in amendments:
        corrections[amendment.claim.subject].append(amendment)
    return tuple(
        _standing(subject, by_subject[subject], corrections[subject], today) for subject in RecordSubject
    )


def _standing(
    subject: RecordSubject, held: Sequence[Held], amendments: Sequence[Amendment], today: date
) -> Standing:
    corrected, struck = _corrected(held, amendments)
    in_force = [each for each in corrected if each.since <= today]
    dated = sorted(
        (each for each in in_force if each.origin is not RecordOrigin.BASELINE),
        key=lambda each: (each.since, each.version or 0, _SAME_DAY.index(each.claim.position)),
    )
    first_read = sorted(
        (each for each in in_force if each.origin is RecordOrigin.BASELINE),
        key=lambda each: (MOST_EXPOSING_FIRST.index(each.claim.position), each.since),
    )
    if dated:
        return _dated(subject, dated, first_read, struck)
    if first_read:
        return _first_read(subject, first_read, struck)
    return Standing(subject, Claim(subject, Position.UNKNOWN), earlier=tuple(struck))


def _corrected(
    held: Sequence[Held], amendments: Sequence[Amendment]
) -> tuple[list[Held], list[EarlierStanding]]:
    """Claims with the corrections put in, and what was struck out for them, newest correction first."""
    now, struck = list(held), list[EarlierStanding]()
    for amendment in amendments:
        wrong = [each for each in now if each.key in amendment.corrects]
        shown = next((each for key in amendment.corrects for each in wrong if each.key == key), None)
        struck = [*(_struck(each, amendment) for each in wrong), *struck]
        now = [each for each in now if each.key not in amendment.corrects]
        now.append(_put_right(amendment, shown))
    return now, struck


def _struck(wrong: Held, amendment: Amendment) -> EarlierStanding:
    return EarlierStanding(
        wrong.claim, wrong.since, wrong.precision, until=None, url=wrong.url, reason=amendment.reason
    )


def _put_right(amendment: Amendment, wrong: Held | None) -> Held:
    """The amendment as a claim. It keeps the key of what it corrects, so that it can be corrected again."""
    if wrong is None:
        return Held(
            claim=amendment.claim,
            since=amendment.since or amendment.at.date(),
            precision=Precision.DAY,
            origin=None,
            key=amendment_key(amendment),
            url=amendment.url,
            amended=amendment,
        )
    # What the watch read first has no date of its own; with a date from the operator it has.
    dated = amendment.since is not None or wrong.origin is not RecordOrigin.BASELINE
    return replace(
        wrong,
        claim=amendment.claim,
        since=amendment.since or wrong.since,
        precision=Precision.DAY if amendment.since else wrong.precision,
        origin=None if dated else wrong.origin,
        url=amendment.url or wrong.url,
        amended=amendment,
    )


def amendment_key(amendment: Amendment) -> str:
    """What a later correction names when it corrects this one, where the record had nothing before."""
    return f"amendment:{amendment.id}"


def _dated(
    subject: RecordSubject,
    dated: Sequence[Held],
    first_read: Sequence[Held],
    struck: Sequence[EarlierStanding],
) -> Standing:
    runs = [list(run) for _, run in groupby(dated, key=lambda each: each.claim.position)]
    run = runs[-1]
    shown = _best_told(run)
    confirmed = next((each for each in first_read if each.claim.position is shown.claim.position), None)
    if not shown.claim.words and confirmed is not None:
        words = replace(shown.claim, words=confirmed.claim.words)
        shown = replace(shown, claim=words, document_id=confirmed.document_id, version=confirmed.version)
    past = [
        EarlierStanding(
            _best_told(before).claim,
            before[0].since,
            before[0].precision,
            until=after[0].since,
            url=_best_told(before).url,
        )
        for before, after in pairwise(runs)
        # What another claim of the same day outweighs never was where they stood.
        if before[0].since < after[0].since
    ]
    return Standing(
        subject=subject,
        claim=shown.claim,
        since=run[0].since,
        precision=run[0].precision,
        origin=shown.origin,
        event_keys=_keys([shown, *run]),
        url=shown.url,
        document_id=shown.document_id,
        version=shown.version,
        amended=next((each.amended for each in reversed(run) if each.amended), None),
        earlier=(*struck, *reversed(past)),
    )


def _best_told(run: Sequence[Held]) -> Held:
    """Of claims that say the same, the newest that has the words of a text; else the newest."""
    return next((each for each in reversed(run) if each.claim.words), run[-1])


def _keys(held: Iterable[Held]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.key for each in held))


def _first_read(
    subject: RecordSubject, first_read: Sequence[Held], struck: Sequence[EarlierStanding]
) -> Standing:
    held = first_read[0]
    return Standing(
        subject=subject,
        claim=held.claim,
        seen_on=held.since,
        origin=held.origin,
        event_keys=_keys(first_read),
        url=held.url,
        document_id=held.document_id,
        version=held.version,
        amended=held.amended,
        earlier=tuple(struck),
    )
