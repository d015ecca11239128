"""Whether a remote service may be asked now: so many questions a day, and none while it is down."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta

FAILURES_TO_OPEN = 3
FIRST_REST = timedelta(minutes=15)
LONGEST_REST = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is remembered between questions.

    day       the UTC day that `asked` counts for ("2025-05-09"); empty: nothing was ever asked
    failures  in a row
    rests     how often in a row the service was left alone; 0 after an answer
    rests_until  aware UTC; None: it is not left alone
    """

    day: str = ""
    asked: int = 0
    failures: int = 0
    rests: int = 0
    rests_until: datetime | None = None

    def why_not(self, now: datetime, a_day: int) -> str:
        """A sentence on why nothing may be asked now; empty: it may."""
        if self.rests_until is not None and now < self.rests_until:
            return f"the model failed {self.failures} times in a row and is left alone until {self.rests_until:%H:%M} UTC"
        if (self.asked if self.day == _day(now) else 0) >= a_day:
            return f"the day's {a_day} questions to the model are used up"
        return ""

    def after_asking(self, now: datetime) -> "Allowance":
        """Counted before the question is sent, so that a crash never makes the day's budget larger."""
        day = _day(now)
        return replace(self, day=day, asked=self.asked + 1 if self.day == day else 1)

    def after_answer(self) -> "Allowance":
        """Any answer that can be read: the service is well."""
        return replace(self, failures=0, rests=0, rests_until=None)

    def after_failure(self, now: datetime) -> "Allowance":
        """From the third failure in a row the service is left alone: 15 minutes, doubling to 6 hours.

        After a rest one question is let through; when that fails too, the next rest begins at once.
        """
        failures = self.failures + 1
        if failures < FAILURES_TO_OPEN:
            return replace(self, failures=failures)
        # Capped before the power: a service dead for months must not overflow timedelta.
        rest = min(FIRST_REST * 2 ** min(self.rests, 10), LONGEST_REST)
        return replace(self, failures=failures, rests=self.rests + 1, rests_until=now + rest)


def _day(now: datetime) -> str:
    return now.astimezone(UTC).date().isoformat()


def dump_allowance(allowance: Allowance) -> str:
    """As one line of JSON."""
    until = allowance.rests_until
    return json.dumps(asdict(allowance) | {"rests_until": until.isoformat() if until else None})


def load_allowance(text: str | None) -> Allowance:
    """From its line; a line that cannot be read counts as nothing remembered."""
    try:
        held = json.loads(text or "{}")
        until = held.pop("rests_until", None)
        return Allowance(**held, rests_until=datetime.fromisoformat(until) if until else None)
    except (ValueError, TypeError, AttributeError):
        # Written by another version: starting afresh costs at most one day's budget.
        return Allowance()
