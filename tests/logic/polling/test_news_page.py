"""Links of a page that lists news, as entries."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logic.polling.news_page import MOST_ENTRIES, PageLink, entries_of, looks_like_an_article

PAGE = "https://barn.example/news"
ARTICLE = "https://barn.example/news/how-we-pay-artists"


@pytest.mark.parametrize(
    "url",
    [
        ARTICLE,
        f"{ARTICLE}/",
        "https://www.barn.example/news/how-we-pay-artists",
        "https://blog.barn.example/news/how-we-pay-artists",
        "https://barn.example/news/new-look",
        "https://barn.example/2025/05/09/look",
    ],
)
def test_a_slug_of_words_or_a_date_below_the_page_is_an_article(url: str) -> None:
    assert looks_like_an_article(url, PAGE)


@pytest.mark.parametrize(
    "url",
    [
        PAGE,
        f"{PAGE}/",
        "https://barn.example/",
        "https://barn.example/how-we-pay-artists",
        "https://elsewhere.example/news/how-we-pay-artists",
        "https://notbarn.example/news/how-we-pay-artists",
        "https://barn.example/news/tag/how-we-pay-artists",
        "https://barn.example/news/page/2",
        "https://barn.example/news/how-we-pay-artists.pdf",
        "https://barn.example/news/login",
        "https://[barn",
    ],
)
def test_menus_pages_of_lists_files_and_other_sites_are_none(url: str) -> None:
    assert not looks_like_an_article(url, PAGE)


def test_three_links_to_one_article_are_one_entry_by_its_headline() -> None:
    links = [
        PageLink(ARTICLE, ""),
        PageLink(ARTICLE, "How we pay artists", datetime(2025, 5, 9, tzinfo=UTC)),
        PageLink(ARTICLE, "Read more about this long story of ours"),
    ]

    (entry,) = entries_of(links, PAGE, None)

    assert (entry.title, entry.link, entry.guid) == ("How we pay artists", ARTICLE, None)
    assert entry.published_at == datetime(2025, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "Read more", "Mehr erfahren", "続きを読む", "Go"])
def test_a_picture_or_a_call_takes_its_title_from_the_address(text: str) -> None:
    (entry,) = entries_of([PageLink(ARTICLE, text)], PAGE, None)

    assert entry.title == "How we pay artists"


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2025/05/09/look", 9),
        ("2025-05-09-look", 9),
        ("2025/05/look-of-the-barn", None),
        ("2025/02/31/look", None),
    ],
)
def test_an_address_may_say_the_day(path: str, day: int | None) -> None:
    (entry,) = entries_of([PageLink(f"https://barn.example/news/{path}", "A new look for us")], PAGE, None)

    assert (entry.published_at.day if entry.published_at else None) == day


def test_a_pattern_decides_alone_where_there_is_one() -> None:
    links = [
        PageLink(ARTICLE, "How we pay artists"),
        PageLink("https://elsewhere.example/x/7", "Told elsewhere"),
    ]

    assert [entry.title for entry in entries_of(links, PAGE, r"/x/\d$")] == ["Told elsewhere"]


def test_a_page_of_ten_thousand_links_gives_the_first_few_hundred() -> None:
    links = [PageLink(f"{PAGE}/story-number-{n}", f"Story number {n}") for n in range(10_000)]

    entries = entries_of(links, PAGE, None)

    assert len(entries) == MOST_ENTRIES
    assert entries[0].title == "Story number 0"


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=40)), max_size=8))
def test_no_link_trips_it(rows: list[tuple[str, str]]) -> None:
    links = [PageLink(f"https://barn.example/news/{path}", text) for path, text in rows]

    for entry in entries_of(links, PAGE, None):
        assert entry.link is not None
        assert len(entry.title) <= 300
