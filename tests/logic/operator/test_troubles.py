"""Each trouble is told when it begins and when it ends, and not in between."""

from datetime import timedelta

from bot.logic.operator.troubles import (
    QUIET_AFTER_END,
    Week,
    disk_trouble,
    notice,
    plan_troubles,
    trouble_notice,
    week_key,
    weekly_notice,
)
from bot.model import MessageKind, Trouble
from tests.builders import NOON

DOWN = "Gazette (gazette) cannot be read. Check the address."


def held(**changes: object) -> Trouble:
    values: dict[str, object] = {"key": "source:gazette", "text": DOWN, "began_at": NOON, "told_at": NOON}
    return Trouble(**(values | changes))  # type: ignore[arg-type]


def test_a_new_trouble_is_told_and_remembered() -> None:
    plan = plan_troubles({"source:gazette": DOWN}, [], NOON)

    assert plan.began == (DOWN,)
    assert plan.changed == (held(),)


def test_what_goes_on_is_not_told_again_even_in_other_words() -> None:
    plan = plan_troubles({"source:gazette": f"{DOWN} Tried 9 times."}, [held()], NOON + timedelta(days=3))

    assert (plan.changed, plan.began, plan.ended) == ((), (), ())


def test_the_end_is_told_once() -> None:
    later = NOON + timedelta(hours=1)
    plan = plan_troubles({}, [held()], later)

    assert plan.ended == (DOWN,)
    assert plan.changed == (held(cleared_at=later),)
    assert plan_troubles({}, plan.changed, later).ended == ()


def test_what_flaps_is_told_once_and_what_comes_back_after_long_is_told_anew() -> None:
    over = held(cleared_at=NOON)
    soon, late = NOON + QUIET_AFTER_END / 2, NOON + QUIET_AFTER_END

    assert plan_troubles({"source:gazette": DOWN}, [over], soon).began == ()
    assert plan_troubles({"source:gazette": DOWN}, [over], soon).changed == (held(),)
    assert plan_troubles({"source:gazette": DOWN}, [over], late).began == (DOWN,)


def test_many_troubles_of_one_moment_are_one_message() -> None:
    plan = plan_troubles({f"source:{n}": f"Source {n} is down." for n in range(14)}, [], NOON)
    message = trouble_notice(plan, NOON)

    assert message is not None
    assert message.kind is MessageKind.NOTICE
    assert message.headline == "Smallprint: 14 new troubles"
    assert message.what.count("•") == 11
    assert "and 4 more" in message.what


def test_only_ends_say_that_all_is_well_again() -> None:
    message = trouble_notice(plan_troubles({}, [held()], NOON), NOON)

    assert message is not None
    assert message.headline == "Smallprint is well again"
    assert message.what == f"✓ Over: {DOWN}"


def test_nothing_new_is_no_message() -> None:
    assert trouble_notice(plan_troubles({}, [], NOON), NOON) is None


def test_the_same_notice_twice_is_one() -> None:
    assert notice("A", "b", NOON) == notice("A", "b", NOON)
    assert notice("A", "b", NOON).story_id != notice("A", "c", NOON).story_id
    assert notice("A", "b", NOON).story_id.startswith("n")


def test_the_weekly_line_counts_and_names_open_troubles() -> None:
    week = Week(stories=5, posts=1, held_back=2, feedback=3, suggestions=1)

    well = weekly_notice(week, [held(cleared_at=NOON)], 150, NOON)
    ill = weekly_notice(week, [held()], 150, NOON)

    assert well.what == (
        "5 stories · 1 post · 2 held back · 3 “not relevant” · 1 suggestion. Health: all well, 150 sources watched."
    )
    assert f"1 trouble open: {DOWN}" in ill.what


def test_a_week_begins_on_monday_morning() -> None:
    monday = NOON + timedelta(days=3)  # 12 May 2025

    assert week_key(monday.replace(hour=8, minute=59)) == "2025-W19"
    assert week_key(monday.replace(hour=9)) == "2025-W20"


def test_a_disk_is_nearly_full_under_half_a_gibibyte_or_a_twentieth_of_a_small_one() -> None:
    gibibyte = 2**30

    assert "511 MiB left" not in disk_trouble(511 * 2**20, 100 * gibibyte, "the database")
    assert "400 MiB left" in disk_trouble(400 * 2**20, 100 * gibibyte, "the database")
    assert disk_trouble(100 * 2**20, gibibyte, "the database") == ""
    assert disk_trouble(40 * 2**20, gibibyte, "the database") != ""
