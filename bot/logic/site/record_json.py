"""The record as plain dicts, for `--json`, the site's API and its feeds. Keys are a promise: add, never rename.

A record: `platform`, `standings` (one per subject), `company_statements`, `open_questions`, `timeline`, `amendments`;
all but `standings` newest first. Dates are "2024-02-07"; `precision` says "month" when the day is not known.
A missing value is null, a text that is not there "".
"""

from datetime import date
from typing import Any

from bot.logic.record.words import LABELS, glance
from bot.model.record import (
    Amendment,
    Claim,
    CompanyStatement,
    EarlierStanding,
    OpenQuestion,
    PlatformRecord,
    RecordRevision,
    Standing,
    TimelineItem,
)

Plain = dict[str, Any]


def record_json(record: PlatformRecord) -> Plain:
    """All of a platform's record."""
    return {
        "platform": record.platform,
        "standings": [standing_json(standing) for standing in record.standings],
        "company_statements": [_statement(each) for each in record.said],
        "open_questions": [_question(each) for each in record.questions],
        "timeline": [item_json(item) for item in record.timeline],
        "amendments": [_amendment(each) for each in record.amendments],
    }


def glance_json(record: PlatformRecord) -> Plain:
    """One row of "where they stand": `standings` maps a subject to its position, word, tone and date."""
    return {
        "platform": record.platform,
        "standings": {
            standing.subject.value: _short(standing) | {"since": _date(standing.since)}
            for standing in record.standings
        },
        "events": len(record.timeline),
        "open_questions": len(record.questions),
    }


def standing_json(standing: Standing) -> Plain:
    """`since` null: since when is not known; `seen_on`: the first reading of the watch."""
    return {
        "subject": standing.subject.value,
        "label": LABELS[standing.subject],
        **_short(standing),
        **_claim(standing.claim),
        "since": _date(standing.since),
        "precision": standing.precision.value,
        "seen_on": _date(standing.seen_on),
        "origin": standing.origin.value if standing.origin else None,
        "source": standing.url,
        "document": standing.document_id,
        "version": standing.version,
        "events": list(standing.event_keys),
        "amended": _amendment(standing.amended) if standing.amended else None,
        "earlier": [_earlier(each) for each in standing.earlier],
    }


def item_json(item: TimelineItem) -> Plain:
    """One event; `earlier` holds its former wordings, newest first."""
    event = item.event
    return {
        "key": event.key,
        "origin": event.origin.value,
        "date": _date(event.happened_on),
        "precision": event.precision.value,
        "platforms": list(event.platforms),
        "topic": event.topic.value if event.topic else None,
        "sentence": event.sentence,
        "source": event.url,
        "said": event.said,
        "other_side": event.other_side,
        "open_question": event.open_question,
        "answers": list(event.answers),
        "story": event.story_id,
        "document": event.document_id,
        "version": event.version,
        "claims": [_claim(claim) | {"subject": claim.subject.value} for claim in event.claims],
        "withdrawn": item.withdrawn,
        "reason": item.reason,
        "earlier": [_revision(each) for each in item.earlier],
    }


def _short(standing: Standing) -> Plain:
    seen = glance(standing.subject, standing.position)
    return {"position": standing.position.value, "word": seen.word, "tone": seen.tone.value}


def _claim(claim: Claim) -> Plain:
    return {"position": claim.position.value, "words": claim.words, "limits": claim.limits}


def _earlier(earlier: EarlierStanding) -> Plain:
    return {
        **_claim(earlier.claim),
        "word": glance(earlier.claim.subject, earlier.claim.position).word,
        "since": _date(earlier.since),
        "precision": earlier.precision.value,
        "until": _date(earlier.until),
        "source": earlier.url,
        "corrected_because": earlier.reason,
    }


def _revision(revision: RecordRevision) -> Plain:
    return {
        "n": revision.n,
        "sentence": revision.event.sentence,
        "date": _date(revision.event.happened_on),
        "source": revision.event.url,
        "written_at": revision.written_at.isoformat(),
        "written_by": revision.written_by,
        "reason": revision.reason,
        "withdrawn": revision.withdrawn,
    }


def _amendment(amendment: Amendment) -> Plain:
    return {
        "id": amendment.id,
        "platform": amendment.platform,
        "subject": amendment.claim.subject.value,
        "before": _claim(amendment.before) if amendment.before else None,
        "after": _claim(amendment.claim),
        "since": _date(amendment.since),
        "corrects": list(amendment.corrects),
        "reason": amendment.reason,
        "by": amendment.by,
        "at": amendment.at.isoformat(),
        "source": amendment.url,
    }


def _statement(said: CompanyStatement) -> Plain:
    return {
        "date": _date(said.said_on),
        "precision": said.precision.value,
        "text": said.text,
        "speaker": said.speaker,
        "other_side": said.other_side,
        "source": said.url,
        "event": said.event_key,
        "story": said.story_id,
    }


def _question(question: OpenQuestion) -> Plain:
    return {
        "date": _date(question.asked_on),
        "precision": question.precision.value,
        "text": question.text,
        "source": question.url,
        "event": question.event_key,
        "story": question.story_id,
    }


def _date(on: date | None) -> str | None:
    return on.isoformat() if on else None
