"""How often a remote service may be asked, and when it is left alone."""

from datetime import timedelta

import pytest

from bot.logic.summaries.model_budget import Allowance, dump_allowance, load_allowance
from tests.builders import NOON

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def failed(times: int, start: Allowance | None = None) -> Allowance:
    allowance = start or Allowance()
    for _ in range(times):
        allowance = allowance.after_failure(NOON)
    return allowance


def test_a_day_has_its_budget_and_the_next_day_a_new_one() -> None:
    spent = Allowance().after_asking(NOON).after_asking(NOON)

    assert Allowance().why_not(NOON, 2) == ""
    assert "2 questions to the model are used up" in spent.why_not(NOON, 2)
    assert spent.why_not(NOON + DAY, 2) == ""
    assert spent.after_asking(NOON + DAY).asked == 1


def test_no_budget_means_no_question() -> None:
    assert Allowance().why_not(NOON, 0) != ""


def test_two_failures_are_borne_the_third_begins_a_rest_of_a_quarter_hour() -> None:
    assert failed(2).why_not(NOON, 9) == ""
    assert "left alone until 12:15 UTC" in failed(3).why_not(NOON, 9)
    assert failed(3).why_not(NOON + 15 * MINUTE, 9) == ""


def test_rests_double_up_to_six_hours() -> None:
    rests = [failed(times).rests_until for times in range(3, 12)]

    waits = [until - NOON for until in rests if until is not None]
    assert waits == [min(15 * MINUTE * 2**n, 6 * HOUR) for n in range(9)]
    assert failed(5_000).rests_until == NOON + 6 * HOUR


def test_one_answer_ends_the_trouble() -> None:
    well = failed(7).after_answer()

    assert well.why_not(NOON, 9) == ""
    assert failed(2, well).why_not(NOON, 9) == ""


def test_it_comes_back_from_its_line() -> None:
    for allowance in (Allowance(), failed(4).after_asking(NOON)):
        assert load_allowance(dump_allowance(allowance)) == allowance


@pytest.mark.parametrize(
    "text", [None, "", "no json", "[]", '{"strange": 1}', '{"rests_until": "soon"}', "3"]
)
def test_a_line_that_cannot_be_read_starts_afresh(text: str | None) -> None:
    assert load_allowance(text) == Allowance()
