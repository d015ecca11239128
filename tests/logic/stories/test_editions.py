"""When a story is told: first editions, waiting, silence, updates."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.logic.stories.editions import plan_clustering
from bot.model import (
    Candidate,
    Clustering,
    EditionKind,
    EditionState,
    Entry,
    JudgedEntry,
    Outlet,
    Placement,
    Reason,
    SourceGroup,
    Story,
    StoryView,
    Topic,
    Turn,
)
from tests.builders import NOON, a_fingerprint
from tests.logic.stories_cast import news, verdict

HOUR = timedelta(hours=1)
OPENS = Placement(None, None, 0.0, (Reason("new-story", "nothing like it"),))


class Book:
    """Applies one plan after the other, as the store would."""

    def __init__(self) -> None:
        self.view: StoryView | None = None

    def take(
        self, entry: Entry, *, turn: Turn | None = None, sure: bool = True, now: datetime | None = None
    ) -> Clustering:
        judged = JudgedEntry(entry, verdict(Topic.TERMS_TRAINING, ("Tonebarn",), sure=sure))
        joins = self.view is not None
        placement = Placement(self.view.story.id, turn, 0.9, ()) if self.view else OPENS
        candidate = Candidate(self.view.story, (), (), ()) if self.view else None
        plan = plan_clustering(judged, a_fingerprint(), placement, candidate, self.view, now or entry.seen_at)
        entries = (*(self.view.entries if self.view else ()), judged)
        editions = {e.n: e for e in (*(self.view.editions if self.view else ()), *plan.editions)}
        self.view = StoryView(plan.story, entries, tuple(editions[n] for n in sorted(editions)))
        assert joins or plan.editions
        return plan

    @property
    def story(self) -> Story:
        assert self.view is not None
        return self.view.story

    @property
    def states(self) -> list[tuple[int, EditionState]]:
        assert self.view is not None
        return [(e.n, e.state) for e in self.view.editions]

    def published(self) -> None:
        assert self.view is not None
        told = tuple(replace(e, state=EditionState.PUBLISHED) for e in self.view.editions)
        self.view = replace(self.view, editions=told)


def report(outlet: str = "Gazette", *, hours: float = 0, number: int = 1, **changes: object) -> Entry:
    group = changes.pop("group", SourceGroup.MUSIC_TRADE)
    tier = changes.pop("tier", 2)
    entry = news(
        "Tonebarn adds AI clause", outlet, at=NOON + hours * HOUR, number=number,
        group=SourceGroup(str(group)), tier=int(str(tier)),
    )  # fmt: skip
    return replace(entry, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("group", "sure", "state"),
    [
        (SourceGroup.GENERAL, True, EditionState.READY),
        (SourceGroup.GENERAL, False, EditionState.HELD),
        (SourceGroup.TECH, False, EditionState.HELD),
        (SourceGroup.MUSIC_TRADE, False, EditionState.READY),
        (SourceGroup.MUSIC_CONSUMER, False, EditionState.READY),
        (SourceGroup.RIGHTS_ORG, False, EditionState.READY),
    ],
)
def test_a_first_report_is_told_if_it_is_sure_or_the_outlet_knows_the_trade(
    group: SourceGroup, sure: bool, state: EditionState
) -> None:
    book = Book()
    book.take(report(group=group), sure=sure)
    assert book.states == [(1, state)]


def test_a_platform_speaks_for_itself_whatever_its_group() -> None:
    book = Book()
    own = replace(report(), outlet=Outlet("Tonebarn", SourceGroup.TECH, platform="tonebarn"))
    book.take(own, sure=False)
    assert book.states == [(1, EditionState.READY)]


def test_a_rewrite_site_alone_waits() -> None:
    book = Book()
    book.take(report(tier=3), sure=False)
    assert book.states == [(1, EditionState.HELD)]


def test_a_held_story_is_told_once_when_a_second_outlet_joins_even_with_a_turn() -> None:
    book = Book()
    book.take(report(group=SourceGroup.GENERAL), sure=False)
    book.take(report("Signal", hours=1, number=2, group=SourceGroup.GENERAL), sure=False, turn=Turn.DENIAL)
    assert book.states == [(1, EditionState.READY)]
    assert book.view is not None
    assert book.view.editions[0].reasons[-1].code == "second-outlet"


def test_the_same_outlet_again_does_not_release_a_held_story_unless_it_is_sure() -> None:
    book = Book()
    book.take(report(group=SourceGroup.GENERAL), sure=False)
    book.take(report(hours=1, number=2, group=SourceGroup.GENERAL), sure=False)
    assert book.states == [(1, EditionState.HELD)]
    book.take(report(hours=2, number=3, group=SourceGroup.GENERAL), sure=True)
    assert book.states == [(1, EditionState.READY)]


def test_neither_a_rewrite_nor_an_echo_releases_a_held_story_but_a_report_of_its_own_does() -> None:
    book = Book()
    general = {"group": SourceGroup.GENERAL}
    book.take(report(**general), sure=False)
    book.take(report("Mirror", hours=1, number=2, tier=3), sure=False)
    book.take(report("Echo", hours=2, number=3, summary="A clause is there, Gazette reports."), sure=False)
    assert book.states == [(1, EditionState.HELD)]
    book.take(report("Signal", hours=3, number=4, summary="Musicians found a clause."), sure=False)
    assert book.states == [(1, EditionState.READY)]


def test_a_correction_is_told_only_if_something_was_told_and_releases_nothing() -> None:
    held = Book()
    held.take(report(group=SourceGroup.GENERAL), sure=False)
    held.take(report("Signal", hours=1, number=2), turn=Turn.CORRECTION)
    assert held.states == [(1, EditionState.HELD)]

    silent = Book()
    silent.take(report(baseline=True))
    silent.take(report("Signal", hours=1, number=2), turn=Turn.CORRECTION)
    assert silent.states == [(1, EditionState.SILENT)]


def test_an_edition_not_told_yet_is_caused_by_the_entry_nearest_to_the_source() -> None:
    book = Book()
    book.take(report("Signal", hours=2, number=1))
    book.take(report("Gazette", hours=0, number=2))
    assert book.view is not None
    assert [(e.n, e.entry_id) for e in book.view.editions] == [(1, 2)]

    book.published()
    changes = "Tonebarn backtracks on AI terms"
    book.take(report("Signal", hours=30, number=3, title=changes), turn=Turn.REVERSAL)
    own = replace(
        report("Tonebarn", hours=31, number=4, title="We are changing our terms"),
        outlet=Outlet("Tonebarn", platform="tonebarn"),
    )
    book.take(own)
    assert [(e.n, e.entry_id) for e in book.view.editions] == [(1, 2), (2, 4)]


def test_a_letter_after_the_report_of_it_makes_no_second_edition() -> None:
    book = Book()
    book.take(report())
    book.take(
        report("Signal", hours=30, number=2, title="Tonebarn backtracks on AI terms"), turn=Turn.REVERSAL
    )
    book.published()
    own = replace(
        report("Tonebarn", hours=31, number=3, title="We are changing our terms"),
        outlet=Outlet("Tonebarn", platform="tonebarn"),
    )
    assert book.take(own, turn=Turn.REVERSAL).editions == ()
    assert book.story.lead_id == 3


def test_what_was_there_on_a_first_pass_is_silent_and_so_are_its_old_repeats() -> None:
    book = Book()
    book.take(report(baseline=True))
    book.take(report("Signal", hours=30, number=2))
    assert book.states == [(1, EditionState.SILENT)]


def test_a_silent_story_of_today_is_told_when_somebody_new_carries_it() -> None:
    book = Book()
    book.take(report(baseline=True))
    book.take(report("Signal", hours=5, number=2, baseline=True))
    assert book.states == [(1, EditionState.SILENT)]
    book.take(report("Quay", hours=6, number=3))
    assert book.states == [(1, EditionState.READY)]


def test_a_turn_of_a_silent_story_is_told() -> None:
    book = Book()
    book.take(report(baseline=True))
    book.take(report("Signal", hours=30, number=2), turn=Turn.REVERSAL)
    assert book.states == [(1, EditionState.SILENT), (2, EditionState.READY)]


def test_an_entry_from_a_first_pass_makes_no_update() -> None:
    book = Book()
    book.take(report())
    book.take(report("Signal", hours=30, number=2, baseline=True), turn=Turn.DENIAL)
    assert book.states == [(1, EditionState.READY)]


def test_old_news_published_again_is_not_told() -> None:
    book = Book()
    book.take(report(), now=NOON + timedelta(days=8))
    assert book.states == [(1, EditionState.SILENT)]
    book.published()
    book.take(report("Signal", number=2), turn=Turn.DENIAL, now=NOON + timedelta(days=8))
    assert len(book.states) == 1


@pytest.mark.parametrize(
    ("turn", "kind"), [(Turn.DENIAL, EditionKind.UPDATE), (Turn.CORRECTION, EditionKind.CORRECTION)]
)
def test_a_turn_makes_the_next_edition(turn: Turn, kind: EditionKind) -> None:
    book = Book()
    book.take(report())
    book.published()
    plan = book.take(report("Signal", hours=20, number=2), turn=turn)
    assert [(e.n, e.kind, e.turn, e.entry_id) for e in plan.editions] == [(2, kind, turn, 2)]
    assert plan.story.turned_at == NOON + 20 * HOUR


def test_one_turn_is_told_once_a_week_and_repeats_add_only_sources() -> None:
    book = Book()
    book.take(report())
    book.published()
    book.take(report("Signal", hours=20, number=2), turn=Turn.DENIAL)
    assert book.take(report("Quay", hours=30, number=3), turn=Turn.DENIAL).editions == ()
    assert book.take(report("Pier", hours=31, number=4)).editions == ()
    assert book.story.turned_at == NOON + 20 * HOUR
    assert book.story.last_entry_at == NOON + 31 * HOUR
    assert len(book.take(report("Cove", hours=20 + 24 * 9, number=5), turn=Turn.DENIAL).editions) == 1


def test_the_lead_is_the_primary_source_then_the_earlier_report_and_never_the_rewrite() -> None:
    book = Book()
    book.take(report("Mirror", tier=3))
    book.take(report("Signal", hours=2, number=2, group=SourceGroup.TECH))
    assert book.story.lead_id == 2
    book.take(report("Gazette", hours=1, number=3))
    assert book.story.lead_id == 3
    book.take(report("Pier", hours=3, number=4, tier=1))
    assert book.story.lead_id == 3
    own = replace(report("Tonebarn", hours=4, number=5), outlet=Outlet("Tonebarn", platform="tonebarn"))
    book.take(own)
    assert book.story.lead_id == 5


def test_an_entry_without_a_topic_has_no_place_in_a_story() -> None:
    judged = JudgedEntry(report(), verdict(relevant=False))
    with pytest.raises(ValueError, match="no topic"):
        plan_clustering(judged, a_fingerprint(), OPENS, None, None, NOON)
