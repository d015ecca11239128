"""Small edits of a clause that take something from artists: each is noticed, and what is told the same day is sure."""

import pytest

from bot.model import Direction, StanceKind
from tests.logic.terms.reader import changes

AROUND = (
    "These terms apply to everybody who has an account. You must be sixteen to open one. {} "
    "We answer letters within two weeks. The law of Utland applies."
)
PROMISE = "We will not use your songs to train AI."
GRANT = "We may use your songs to train AI."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PROMISE, "We will not use songs of paying members to train AI."),
        (PROMISE, "We will not use your songs to train AI models of others."),
        (PROMISE, "At present we do not currently use your songs to train AI."),
        (GRANT, "We may use your songs, stems and vocals to train AI."),
        (GRANT, "We may use your songs to train AI in perpetuity and without payment."),
        ("We may use your songs to train AI unless you opt out.", GRANT),
        ("We use your songs to train AI only if you opt in.", "We use your songs to train AI unless you opt out."),
        ("Music made by AI may not be uploaded.", "Music made wholly by AI may not be uploaded."),
        ("Du kannst dem KI-Training mit deinen Songs widersprechen.", "Wir nutzen deine Songs zum KI-Training."),
    ],
)  # fmt: skip
def test_a_clause_that_was_narrowed_or_widened_is_noticed(before: str, after: str) -> None:
    assert changes(AROUND.format(before), AROUND.format(after))


@pytest.mark.parametrize(
    ("gone", "kind"),
    [
        (PROMISE, StanceKind.PROMISES_NO_TRAINING),
        ("You can opt out of AI training in your settings.", StanceKind.REQUIRES_OPT_OUT),
        ("Music made by AI may not be uploaded.", StanceKind.BANS_AI_UPLOADS),
    ],
)
def test_a_promise_a_way_out_or_a_ban_that_went_is_noticed(gone: str, kind: StanceKind) -> None:
    (change,) = changes(AROUND.format(gone), AROUND.format(""))

    assert (change.stance.kind, change.direction) == (kind, Direction.REMOVED)


def test_a_missing_part_of_the_page_is_no_promise_taken_back() -> None:
    part = "Uploads stay yours. " + PROMISE + " Ask us anything about it."
    page = " ".join(
        f"Section {n} says how an account is opened, kept and closed in case {n}." for n in range(30)
    )

    assert changes(f"{page} {part}", page) == ()


def test_dates_and_markup_make_no_new_clause() -> None:
    assert changes(AROUND.format("As of 1 May, " + GRANT), AROUND.format("As of **2 June**, " + GRANT)) == ()


def test_a_version_that_brings_a_grant_is_not_told_as_a_promise() -> None:
    after = AROUND.format(
        "We may use your lyrics to train AI. We will not use your private messages to train AI."
    )

    urgent = {change.stance.kind for change in changes(AROUND.format(""), after) if change.urgent}

    assert urgent == {StanceKind.GRANTS_TRAINING}
