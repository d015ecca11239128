"""Intervals: wider where fewer events speak, and never outside what the lines can show."""

import pytest

from bot.model import Topic
from bot.workbench.intervals import intervals
from bot.workbench.scoring import Gold, Scored
from tests.builders import a_verdict

SUIT, DEAL = Topic.LAWSUIT, Topic.LICENSING_DEAL


def reported(event: str | None, found: bool, topic: Topic = SUIT, told: Topic = SUIT) -> Scored:
    verdict = a_verdict(found, topic=told, platforms=("Suno",)) if found else a_verdict(False)
    return Scored(Gold(True, topic, ("Suno",), event), verdict, None)


def test_nothing_labelled_has_no_interval() -> None:
    assert intervals([]) == {}


def test_what_is_always_right_has_no_width() -> None:
    within = intervals([reported(f"e{n}", True) for n in range(20)])

    assert {(each.low, each.high) for each in within.values()} == {(1.0, 1.0)}


def test_ten_reports_of_one_event_are_worth_less_than_ten_events() -> None:
    apart = [reported(f"e{n}", n % 4 > 0) for n in range(40)]
    together = [reported(f"e{n // 10}", n >= 10) for n in range(40)]

    one, other = intervals(apart)["relevance: recall"], intervals(together)["relevance: recall"]

    assert one.low <= 0.75 <= one.high
    assert other.high - other.low > one.high - one.low


def test_lines_without_an_event_are_drawn_one_by_one() -> None:
    within = intervals([reported(None, n % 2 == 0) for n in range(40)])

    assert 0 < within["relevance: recall"].low < 0.5 < within["relevance: recall"].high < 1
    assert within["events caught"].high == 0, "no event is known, so none is caught"


def test_the_same_lines_give_the_same_intervals() -> None:
    lines = [reported(f"e{n}", n % 3 > 0, DEAL if n % 2 else SUIT) for n in range(30)]

    assert intervals(lines) == intervals(lines)


@pytest.mark.parametrize("told", [SUIT, DEAL])
def test_figures_of_topics_agree_with_the_scoreboards(told: Topic) -> None:
    lines = [reported(f"e{n}", True, DEAL, told) for n in range(5)]

    within = intervals(lines)["topics: macro F1"]

    assert within.low == within.high == float(told is DEAL)
