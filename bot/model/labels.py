"""What an operator says about an entry, so that judgement can be measured and fitted on it."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.entries import JudgedEntry, Topic


@dataclass(frozen=True, slots=True)
class Label:
    """One operator's answer about one entry; a later answer takes its place.

    topic        None when it is not relevant, or when nobody could say
    doubt        the operator could have decided the other way
    labelled_by  who answered, in their own words: a name or "operator"
    """

    entry_id: int
    relevant: bool
    topic: Topic | None
    doubt: bool
    labelled_by: str
    labelled_at: datetime


@dataclass(frozen=True, slots=True)
class LabelledEntry:
    """A label with the entry that it is about."""

    judged: JudgedEntry
    label: Label
