"""Addresses, words, headlines and keys made comparable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logic.text.words import canonical_url, clean_title, entry_key, fold, stem, strip_markup, words
from bot.model import RawEntry
from tests.builders import NOON


@pytest.mark.parametrize(
    ("given_url", "plain"),
    [
        ("HTTPS://News.Example:443/a?utm_source=x&id=4&fbclid=1#top", "https://news.example/a?id=4"),
        ("http://news.example:80/story/?src=rss", "http://news.example/story/"),
        ("https://news.example/story/amp/", "https://news.example/story/"),
        ("https://news.example/story?amp=1&outputType=amp", "https://news.example/story"),
        ("https://news.example?source=rss", "https://news.example/"),
        ("https://news.example:8443/a", "https://news.example:8443/a"),
        ("https://news.example/a?source=band&p=%C3%A9", "https://news.example/a?source=band&p=%C3%A9"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        (" mailto:desk@news.example ", "mailto:desk@news.example"),
        ("http://news.example:notaport/a", "http://news.example:notaport/a"),
        ("http://[broken/a", "http://[broken/a"),
    ],
)
def test_an_address_loses_only_what_tracks_the_reader(given_url: str, plain: str) -> None:
    assert canonical_url(given_url) == plain


_URLS = st.from_regex(
    r"https?://[A-Za-z]{1,8}\.example(:[0-9]{1,4})?(/(amp|[a-z%&]{0,5}))*/?(\?([a-z_]{0,6}(=[a-z0-9]{0,3})?&?){0,4})?(#[a-z]*)?",
    fullmatch=True,
)


@given(_URLS | st.text(max_size=60))
def test_a_canonical_address_stays_as_it_is(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


def test_words_forget_case_accents_quotes_and_dots() -> None:
    assert words("Björn’s U.S. label – 50,000 “AI-made” songs, 1.5 days") == (
        "bjorn", "us", "label", "50000", "ai", "made", "songs", "1.5", "days",
    )  # fmt: skip


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "family",
    [("licensing", "licensed", "licences", "license"), ("tag", "tags", "tagging"), ("settles", "settlement")],
)
def test_forms_of_one_word_share_a_stem(family: tuple[str, ...]) -> None:
    assert len({stem(word) for word in family}) == 1


@pytest.mark.parametrize(
    ("title", "outlet", "clean"),
    [
        ("Choir sues model maker - Harbour Gazette", "Harbour Gazette", "Choir sues model maker"),
        (
            "Choir sues model maker | Business | The Harbour Gazette",
            "Harbour Gazette",
            "Choir sues model maker",
        ),
        (
            "Choir sues model maker — for the second time",
            "Gazette",
            "Choir sues model maker — for the second time",
        ),
        ("A deal &amp;amp; a <b>fight</b>&#8217;s end [&hellip;]", "", "A deal & a fight’s end"),
        ("A New Rule For Choirs", "", "A New Rule For Choirs"),
        ("JUDGE HALTS AI CHOIR IN THE UK", "", "Judge Halts AI Choir In The UK"),
        ("SUNO", "", "SUNO"),
        ("Gazette - Gazette", "Gazette", "Gazette"),
        ("  Two\n lines\u200b ", "", "Two lines"),
        ("", "Gazette", ""),
    ],
)
def test_a_headline_is_shown_without_what_the_feed_put_around_it(title: str, outlet: str, clean: str) -> None:
    assert clean_title(title, outlet) == clean


@given(st.text(max_size=60), st.text(max_size=12))
def test_a_clean_headline_stays_as_it_is_and_is_never_emptied(title: str, outlet: str) -> None:
    clean = clean_title(title, outlet)
    assert clean or not strip_markup(title)
    assert clean_title(clean, outlet) == clean


def raw(
    guid: str | None = "g1", link: str | None = "https://a.example/x?utm_medium=rss", title: str = "T"
) -> RawEntry:
    return RawEntry(guid=guid, link=link, title=title, published_at=NOON)


def test_an_entry_is_known_by_its_guid_then_its_link_then_its_title_and_date() -> None:
    assert entry_key(raw(), frozenset()) == "g1"
    assert entry_key(raw(guid=None), frozenset()) == "https://a.example/x"
    hashed = entry_key(raw(guid=" ", link=None), frozenset())
    assert hashed.startswith("hash:")
    assert hashed != entry_key(raw(guid=None, link=None, title="U"), frozenset())


def test_a_guid_that_a_document_repeats_is_told_apart_by_the_link() -> None:
    repeated = frozenset({"g1"})
    assert entry_key(raw(), repeated) == "g1 https://a.example/x"
    assert entry_key(raw(link=None), repeated) != entry_key(raw(link=None, title="U"), repeated)


def test_an_endless_guid_is_kept_short() -> None:
    assert len(entry_key(raw(guid="x" * 5000), frozenset())) < 100
