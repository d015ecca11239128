"""The promise of the README: the sample fortnight gives exactly the posts that people should get."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.one_pass import run_once
from bot.demo.fortnight import LAST_PASS, DemoPart, Fortnight, load_fortnight
from bot.demo.run import days, open_demo, run_demo
from bot.flows.memory import Store
from bot.model import Delivery, MessageKind, StoryView

pytestmark = pytest.mark.long


async def _live(folder: Path, fortnight: Fortnight) -> tuple[list[Delivery], list[StoryView], int]:
    """Deliveries oldest first and stories after the whole fortnight, and what one more round of passes sent."""
    async with open_demo(folder, fortnight, lambda text: None) as demo:
        for day in days():
            for now in day:
                demo.clock.set(now)
                await run_once(demo.app, everything=True)
        deliveries, views = await _remembered(demo.app.store)
        again = 0
        for hours in (1, 30, 80):
            demo.clock.set(LAST_PASS + timedelta(hours=hours))
            again += (await run_once(demo.app, everything=True)).sent
        return deliveries, views, again


async def _remembered(store: Store) -> tuple[list[Delivery], list[StoryView]]:
    deliveries = sorted(await store.deliveries(limit=100), key=lambda each: each.id)
    return deliveries, list(await store.stories(limit=100))


def _part(fortnight: Fortnight, url: str) -> DemoPart:
    outlet, slug = url.split("/")[3:5]
    entry = fortnight.entry(outlet, slug)
    assert entry is not None, url
    return entry.part


async def test_the_fortnight_gives_one_post_for_the_story_and_one_for_each_turn(tmp_path: Path) -> None:
    fortnight = load_fortnight()

    deliveries, views, again = await _live(tmp_path, fortnight)

    told = [(each.message.n, each.message.kind) for each in deliveries]
    assert told == [(1, MessageKind.FIRST), (2, MessageKind.UPDATE), (3, MessageKind.UPDATE)]
    assert len({each.message.story_id for each in deliveries}) == 1
    assert again == 0, "the same feeds again give no post"
    causes = _causes(views, deliveries[0].message.story_id)
    assert [_part(fortnight, url) for url in causes] == [DemoPart.FIRST, DemoPart.STATEMENT, DemoPart.LETTER]


def _causes(views: list[StoryView], story_id: str) -> list[str]:
    """The addresses of the entries that made the story's editions."""
    view = next(view for view in views if view.story.id == story_id)
    urls = {judged.entry.id: judged.entry.url or "" for judged in view.entries}
    return [urls[edition.entry_id] for edition in view.editions]


async def test_repeats_join_the_story_and_lookalikes_join_nothing(tmp_path: Path) -> None:
    fortnight = load_fortnight()

    _, views, _ = await _live(tmp_path, fortnight)

    told = [view for view in views if any(edition.state == "published" for edition in view.editions)]
    assert len(told) == 1
    parts = [_part(fortnight, judged.entry.url or "") for judged in told[0].entries]
    assert not {DemoPart.LOOKALIKE, DemoPart.UNRELATED, DemoPart.OLD} & set(parts)
    assert parts.count(DemoPart.REPEAT) >= 10


async def test_the_first_post_has_the_clause_and_both_updates_have_the_other_side(tmp_path: Path) -> None:
    deliveries, _, _ = await _live(tmp_path, load_fortnight())

    first, statement, letter = (each.message for each in deliveries)
    assert "inform, train, develop, or serve as input to artificial intelligence" in first.quote
    assert (
        "never used artist content"
        in f"{statement.headline} {statement.what} {statement.other_side} {statement.quote}"
    )
    assert "consent" in f"{letter.what} {letter.other_side} {letter.to_do} {letter.quote}".lower()


async def test_a_first_run_on_old_feeds_posts_nothing(tmp_path: Path) -> None:
    async with open_demo(tmp_path, load_fortnight(), lambda text: None) as demo:
        demo.clock.set(LAST_PASS)
        passed = await run_once(demo.app, everything=True)

    assert passed.entries > 40
    assert passed.sent == 0


def test_the_demonstration_ends_by_itself_and_says_what_it_left_out(tmp_path: Path) -> None:
    said: list[str] = []

    code = run_demo(tmp_path, said.append)

    text = "".join(said)
    assert code == 0
    assert text.count("── Discord ") == 3
    assert text.count("── Mastodon ") == 3
    assert "What was left out, and why" in text
    assert (tmp_path / "data" / "smallprint.db").exists()
    assert str(tmp_path / "data" / "smallprint.db") in text


def test_the_sample_is_large_and_mixed_enough_to_mean_something() -> None:
    fortnight = load_fortnight()

    assert len(fortnight.outlets) >= 4
    assert len(fortnight.entries) >= 60
    assert {outlet.format for outlet in fortnight.outlets} == {"rss", "atom", "json"}
    assert sum(entry.part is DemoPart.LOOKALIKE for entry in fortnight.entries) >= 15
