"""Stories are found by their words, whatever people type."""

import pytest

from bot.model import StoryView, Topic
from bot.store.news.stories import FEW
from tests.builders import NOON, a_story
from tests.store.memory import HOUR, Memory

TITLES = ("SoundCloud adds a clause", "Café society sues Suno", "Udio settles with a label")


@pytest.fixture
async def filled(memory: Memory) -> Memory:
    for n, title in enumerate(TITLES):
        at = NOON + n * HOUR
        entry_id = await memory.entry(title, summary=f"Summary {n} about unlicensed training.", seen_at=at)
        topic = Topic.LAWSUIT if n == 1 else Topic.TERMS_TRAINING
        times = {"opened_at": at, "last_entry_at": at, "turned_at": at}
        story = a_story(
            f"sstory{n}", title=title, topic=topic, lead_id=entry_id, platforms=(title.split()[0],), **times
        )
        await memory.cluster(entry_id, story)
    return memory


async def found(memory: Memory, text: str, **filters: object) -> list[str]:
    views = await memory.store.search_stories(text, **({"limit": 10} | filters))  # type: ignore[arg-type]
    return [titled(view) for view in views]


def titled(view: StoryView) -> str:
    return view.story.title


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("soundcloud clause", [TITLES[0]]),
        ("CAFE", [TITLES[1]]),
        ("sett lab", [TITLES[2]]),
        ("training", [TITLES[2], TITLES[1], TITLES[0]]),
        ("soundcloud suno", []),
        ("", [TITLES[2], TITLES[1], TITLES[0]]),
        ('"; DROP TABLE stories; --', []),
        ("clause OR suno NEAR/3 *", []),
        ("100% _ *", []),
        ("\x00\ud800clause", [TITLES[0]]),
    ],
)
async def test_words_find_stories_newest_first(filled: Memory, asked: str, titles: list[str]) -> None:
    assert await found(filled, asked) == titles


async def test_signs_alone_find_nothing(filled: Memory) -> None:
    assert await found(filled, "%%% ***") == []


async def test_a_search_can_be_narrowed_and_turned_page_by_page(filled: Memory) -> None:
    assert await found(filled, "training", topic=Topic.LAWSUIT) == [TITLES[1]]
    assert await found(filled, "training", platform="udio") == [TITLES[2]]
    assert await found(filled, "training", since=NOON + HOUR) == [TITLES[2], TITLES[1]]
    assert await found(filled, "training", limit=1, offset=1) == [TITLES[1]]


async def test_a_word_that_every_story_holds_finds_the_newest_all_the_same(
    filled: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert FEW > 2
    monkeypatch.setattr("bot.store.news.stories.FEW", 1)

    assert await found(filled, "training unlicensed", limit=2) == [TITLES[2], TITLES[1]]


async def test_hundreds_of_words_are_cut_and_not_an_error(filled: Memory) -> None:
    assert await found(filled, "training " * 500) == [TITLES[2], TITLES[1], TITLES[0]]
    assert await found(filled, " ".join(f"word{n}" for n in range(5000))) == []
