"""No mention, tag, link or formatting from a stranger's text survives, and the words do."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.logic.text.inert import (
    clean,
    for_discord,
    for_discord_plain,
    for_mastodon,
    inert_markdown,
    inert_mentions_discord,
    safe_link,
)

LIVE_DISCORD = re.compile(r"@everyone|@here|<(?:@[!&]?|#|/|t:|a?:|id:)\w?", re.IGNORECASE)
# Mastodon's own patterns (Account::MENTION_RE, Tag::HASHTAG_RE, CustomEmoji::SCAN_RE), in Python.
LIVE_MENTION = re.compile(r"(?<![=/\w])@[a-z0-9_]+", re.IGNORECASE)
LIVE_TAG = re.compile(r"(?<![=/)\w])#\w")
LIVE_EMOJI = re.compile(r"(?<![a-z0-9]):[a-zA-Z0-9_]{2,}:(?![a-z0-9])")
LINK = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)

HOSTILE = st.lists(
    st.sampled_from(
        ["@", "everyone", "here", "name", "<", ">", "<@", "<@&", "<#", "</", "<t:", ":R>", "<a:x:", "123", "#", "##",
         "＠", "＃", ":", "cat:", "*", "**", "_", "~~", "||", "`", "```", "[a]", "(b)", "https://", "http:", "//", "hthttp://tp",
         "ipfs://", "evil.example/x", "\\", "\n", " ", "\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\u00ad", "1.", "- ",
         "-# ", "> ", ">>> ", "é", "日", "\ud800", "\x00", "\u0301"]
    ),
    max_size=20,
).map("".join)  # fmt: skip
ANY = HOSTILE | st.text(max_size=60)


def shown(markdown: str) -> str:
    """What Discord shows of text in which every sign is escaped; fails if one is not."""
    plain, rest = [], markdown
    while rest:
        if rest[0] == "\\" and len(rest) > 1:
            plain.append(rest[1])
            rest = rest[2:]
            continue
        assert rest[0] not in "\\*_~|`[]<>", f"live {rest[0]!r} in {markdown!r}"
        plain.append(rest[0])
        rest = rest[1:]
    return "".join(plain)


@settings(deadline=None)
@given(ANY)
def test_nothing_live_reaches_discord(text: str) -> None:
    inert = for_discord(text)

    assert not LIVE_DISCORD.search(inert)
    assert not LIVE_DISCORD.search(shown(inert))
    assert not LINK.search(inert.replace("\\", ""))
    assert not re.match(r"\s*(#|-|\+|\d+[.)])", inert)
    assert not LIVE_DISCORD.search(for_discord_plain(text))


@settings(deadline=None)
@given(ANY)
def test_nothing_live_reaches_mastodon(text: str) -> None:
    inert = for_mastodon(text)

    for pattern in (LIVE_MENTION, LIVE_TAG, LIVE_EMOJI, LINK):
        assert not pattern.search(inert), pattern.pattern


@settings(deadline=None)
@given(ANY)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert for_mastodon(for_mastodon(text)) == for_mastodon(text)
    assert for_discord_plain(for_discord_plain(text)) == for_discord_plain(text)


@settings(deadline=None)
@given(ANY)
def test_escaping_markdown_loses_no_letter(text: str) -> None:
    assert shown(inert_markdown(text)) == text


@settings(deadline=None)
@given(ANY)
def test_cleaned_text_can_be_sent_as_utf_8_in_one_line(text: str) -> None:
    assert "\n" not in clean(text)
    clean(text).encode("utf-8")


@pytest.mark.parametrize(
    "text",
    ["@everyone", "@here", "<@123456>", "<@!123456>", "<@&123456>", "<#123456>", "</subscribe:12>", "<t:1700000000:R>",
     "<:cat:123>", "<a:cat:123>", "<id:customize>", "@every\u200bone", "@\u202eeveryone"],
)  # fmt: skip
def test_no_form_of_discord_mention_stays_live(text: str) -> None:
    assert not LIVE_DISCORD.search(inert_mentions_discord(clean(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Heading", r"\# Heading"),
        ("-# small", r"\-# small"),
        ("1. first", r"1\. first"),
        ("> quoted", r"\> quoted"),
        ("||spoiler||", r"\|\|spoiler\|\|"),
        ("[free](https://evil.example)", r"\[free\](evil.example)"),
        ("rock & roll, 100% - yes", "rock & roll, 100% - yes"),
    ],
)
def test_formatting_is_shown_letter_by_letter(text: str, expected: str) -> None:
    assert for_discord(text) == expected


def test_ordinary_text_passes_through_as_it_is() -> None:
    text = "“Wir haben nie trainiert”, sagt SoundCloud – et c’est tout. 音楽 👨\u200d👩\u200d👧 می\u200cخواهم"

    assert for_discord(text) == for_mastodon(text) == text


def test_heaps_of_accents_are_thinned() -> None:
    assert clean("Z" + "\u0301" * 50) == "Z" + "\u0301" * 6


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://gazette.example/a_(b)?c=1#d", "https://gazette.example/a_%28b%29?c=1#d"),
        ("https://gazette.example/a b", "https://gazette.example/a%20b"),
        ("HTTPS://gazette.example/ä", "https://gazette.example/%C3%A4"),
        ("https://bücher.example/x", "https://xn--bcher-kva.example/x"),
        ("https://gazette.example/end.", "https://gazette.example/end%2E"),
        ("https://gazette.example?x=1", "https://gazette.example/?x=1"),
        ("https://trusted.example@evil.example/", "https://evil.example/"),
        ("https://site.example/@artist/1", "https://site.example/@artist/1"),
        ("https://site.example/x?-@artist", "https://site.example/x?-%40artist"),
        ("https://b\u00fc" + "x" * 70 + ".example/x", "https://b%C3%BC" + "x" * 70 + ".example/x"),
        ("javascript:alert(1)", None),
        ("ftp://gazette.example/x", None),
        ("", None),
    ],
)
def test_a_link_is_made_safe_to_the_last_character_or_refused(url: str, expected: str | None) -> None:
    assert safe_link(url) == expected


@settings(deadline=None)
@given(st.text(max_size=60))
def test_a_safe_link_stays_one_word_and_mentions_nobody(path: str) -> None:
    link = safe_link("https://gazette.example/" + path)

    assert link is not None
    assert re.fullmatch(r"[!-~]+", link)
    assert not set(link) & set("()<>[]\"'`|\\{}^")
    assert not LIVE_MENTION.search(link)
