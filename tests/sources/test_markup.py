"""Plain text out of feed HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.markup import plain_line, plain_text


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("Plain title", "Plain title"),
        ("AT&amp;T sues", "AT&T sues"),
        ("AT&amp;amp;T sues", "AT&T sues"),
        ("Artists&#8217; rights", "Artists’ rights"),
        ("Artists&amp;#8217; rights", "Artists’ rights"),
        ("Tom & Jerry & co.", "Tom & Jerry & co."),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("I <3 music", "I <3 music"),
        ("<i>Nature</i> on <b>AI</b>", "Nature on AI"),
        ("&lt;b&gt;Label&lt;/b&gt; sues", "Label sues"),
        ("<script>alert('x')</script>Title", "Title"),
        ("&lt;script&gt;alert('x')&lt;/script&gt;Title", "Title"),
        ("<style>p{}</style>Title<!-- hidden -->", "Title"),
        ("Before <iframe src='https://a.example/' /> after", "Before after"),
        ("<SCRIPT>x</SCRIPT >Title<header>!</header>", "Title !"),
        ("<![CDATA[Label sues]]> maker", "Label sues maker"),
        ("One\n  two\ttwo&nbsp;three", "One two two three"),
        ("Title<br/>second line", "Title second line"),
        ("zero\u202ewidth\x00\x07", "zerowidth"),
        ("@everyone [x](javascript:alert(1))", "@everyone [x](javascript:alert(1))"),
        ("<a href='https://a.example/?b<c'>link</a>", "link"),
        ("<a title='one > two' href=x>link</a>", "link"),
        ("unfinished <a href='http", "unfinished"),
        ("<!-- never closed", ""),
        ("", ""),
    ],
)
def test_titles_lose_their_markup_and_nothing_else(markup: str, expected: str) -> None:
    assert plain_line(markup, max_chars=300) == expected


def test_paragraphs_stand_on_lines_of_their_own() -> None:
    markup = "<p>First.</p><p>Second,<br>broken.</p><ul><li>one</li><li>two</li></ul>"

    assert plain_text(markup, max_chars=300) == "First.\nSecond,\nbroken.\none\ntwo"


def test_the_limit_counts_text_not_markup() -> None:
    assert plain_text("<b>" * 10 + "abcdef", max_chars=3) == ""  # beyond ten times the limit nothing is read
    assert plain_text("<b>abc</b>def", max_chars=4) == "abcd"


@given(st.text(alphabet=st.sampled_from("<>&;!-/ abpscript#8217\n\x00'\""), max_size=300))
def test_any_text_is_stripped_without_raising_and_within_the_limit(markup: str) -> None:
    text = plain_text(markup, max_chars=50)

    assert len(text) <= 50
    assert "\x00" not in text
    assert "<script" not in text.lower() or "&" in markup


def test_unfinished_markup_of_every_kind_costs_linear_time() -> None:
    # Quadratic passes would take hours here, so that no clock is needed to tell the difference.
    for start in ("<!--", "<script", "<![CDATA[", '<a "', "<a '\"", '"<a"', "<a ", "&lt;", "<", "&", "&#"):
        assert len(plain_text(start * 500_000, max_chars=500_000)) <= 500_000
