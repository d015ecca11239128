"""What a digest tells, and in which order."""

from datetime import timedelta

import pytest

from bot.logic.routing.digest import MOST_ITEMS, plan_digest, weight
from bot.logic.routing.digest_clauses import clause_items, last_weekly
from bot.model import (
    Deadline,
    DigestKind,
    GatheredItem,
    Link,
    Message,
    MessageKind,
    StanceKind,
    Timing,
    Topic,
    Turn,
    Urgency,
)
from tests.builders import NOON, a_destination, a_message
from tests.logic.routing.test_filter import a_wish
from tests.terms import a_change, a_stance, a_stored_change

DAY = timedelta(days=1)


def an_item(message: Message | None = None, **changes: object) -> GatheredItem:
    values: dict[str, object] = {
        "destination": a_destination(),
        "kind": DigestKind.DAILY,
        "due_at": NOON,
        "score": 0.9,
        "message": message or a_message(),
    }
    return GatheredItem(**(values | changes))  # type: ignore[arg-type]


def a_story(name: str, n: int = 1, **changes: object) -> Message:
    return a_message(name, story_id=name, n=n, **changes)


def test_the_weightier_story_stands_first() -> None:
    outlets = tuple(Link(str(n), "") for n in range(4))
    soon = Deadline(NOON + DAY, "effect", "", 1)
    items = [
        an_item(a_story("plain")),
        an_item(a_story("ruling", 2, kind=MessageKind.UPDATE, turn=Turn.RULING)),
        an_item(a_story("carried", sources=outlets)),
        an_item(a_story("soon", deadline=soon)),
        an_item(a_story("past", deadline=Deadline(NOON - DAY, "effect", "", 1)), score=0.5),
    ]

    message = plan_digest(items, NOON).message

    assert message is not None
    assert [each.headline for each in message.items] == ["soon", "carried", "ruling", "plain", "past"]
    assert [each.weight for each in message.items] == [1.4, 1.3, 1.3, 1.0, 0.6]


def test_of_two_editions_of_a_story_the_newer_is_told_and_both_are_used_up() -> None:
    items = [an_item(a_story("a", 1)), an_item(a_story("a", 2)), an_item(a_story("b"))]

    plan = plan_digest(items, NOON)

    assert plan.message is not None
    assert sorted((each.story_id, each.n) for each in plan.message.items) == [("a", 2), ("b", 1)]
    assert set(plan.told) == {("a", 1), ("a", 2), ("b", 1)}


def test_two_editions_of_the_only_story_go_out_as_the_newer_itself() -> None:
    plan = plan_digest([an_item(a_story("a", 1)), an_item(a_story("a", 2))], NOON)

    assert (plan.message, plan.told, plan.drop) == (None, (("a", 2),), (("a", 1),))
    assert plan.delivery is not None


def test_a_digest_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        plan_digest([], NOON)


def test_a_digest_has_an_end() -> None:
    message = plan_digest([an_item(a_story(f"s{n}")) for n in range(MOST_ITEMS + 9)], NOON).message

    assert message is not None
    assert len(message.items) == MOST_ITEMS


def test_the_same_digest_has_the_same_id_and_another_one_another() -> None:
    items = [an_item(a_story("a")), an_item(a_story("b"))]
    late = [*items, an_item(a_story("c"))]

    ids = [
        plan.message.story_id
        for plan in (plan_digest(i, NOON) for i in (items, items[::-1], late))
        if plan.message
    ]

    assert ids[0] == ids[1] != ids[2]


def test_the_weight_of_many_outlets_ends() -> None:
    assert weight(an_item(a_message(sources=(Link("x", ""),) * 50)), NOON) == 1.4


# ---------------------------------------------------------------- clause changes


def test_a_change_is_told_to_those_who_want_its_platform_topic_and_words() -> None:
    change = a_stored_change(confirmed_at=NOON, change=a_change("We may train."))
    opt_out = a_change(stance=a_stance(StanceKind.REQUIRES_OPT_OUT))
    since, until = NOON - DAY, NOON

    def told(**changes: object) -> int:
        return len(clause_items([change], [a_wish(**changes)], since, until))

    assert told() == 1
    assert told(platforms=frozenset({"tonebarn"})) == 1
    assert told(platforms=frozenset({"Deezer"})) == 0
    assert told(topics=frozenset({Topic.TERMS_TRAINING})) == 1
    assert told(topics=frozenset({Topic.LAWSUIT})) == 0
    assert told(include=frozenset({"train"})) == 1
    assert told(exclude=frozenset({"train"})) == 0
    [item] = clause_items(
        [a_stored_change(confirmed_at=NOON, change=opt_out)], [a_wish()], since, until, "https://bot.example/"
    )
    assert (item.topic, item.url) == (Topic.OPT_OUT, "https://bot.example/documents/tonebarn-terms/2")


def test_a_change_of_another_week_or_seen_once_is_not_told() -> None:
    changes = [
        a_stored_change(confirmed_at=NOON - DAY),
        a_stored_change(confirmed_at=NOON + DAY),
        a_stored_change(),
    ]

    assert clause_items(changes, [a_wish()], NOON - DAY, NOON) == ()


@pytest.mark.parametrize(
    ("hours", "expected"), [(0, "2025-05-05"), (68, "2025-05-05"), (69, "2025-05-12"), (75, "2025-05-12")]
)
def test_the_last_weekly_digest_is_the_latest_that_is_not_ahead(hours: int, expected: str) -> None:
    wish = a_wish(urgency=Urgency.WEEKLY, timing=Timing(minute=9 * 60, weekday=0))

    at = last_weekly(wish, NOON + timedelta(hours=hours), None)

    assert f"{at:%Y-%m-%d %H:%M}" == f"{expected} 09:00"
