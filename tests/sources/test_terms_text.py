"""Text out of the bytes of terms pages, in all the shapes that they come in."""

import json
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.logic.terms.read.sentences import split
from bot.model import Extracted
from bot.sources.feeds import NotAFeedError
from bot.sources.terms_text import NoTermsError, read_terms
from tests.sources.terms_samples import (
    BODY,
    CLAUSES,
    ENTRIES,
    STEM,
    a_pdf,
    a_terms_page,
    an_app_shell,
    next_like,
    portable_text,
    rich_text,
    soundcloud_like,
)

HERE = "https://tonebarn.example/terms"


def read(
    body: bytes, selector: str | None = None, content_type: str = "text/html; charset=utf-8", lang: str = "en"
) -> Extracted:
    return read_terms(body, content_type, HERE, selector, lang)


def stems(text: str) -> dict[str, str]:
    return {sentence.text: sentence.stem for sentence in split(text)}


# ---------------------------------------------------------------- which way


def test_the_declared_place_is_read_and_nothing_else() -> None:
    found = read(a_terms_page(around="<p>Listen to our charts of the week, they are the best.</p>"), "#legal")

    assert found.extractor == "selector/1"
    assert all(clause in found.text for clause in CLAUSES)
    assert "charts" not in found.text.lower()
    assert "Charts of the week" in found.whole_text
    assert "made with love" in found.whole_text.lower()


@pytest.mark.parametrize("selector", [None, "#moved", "div[[["])
def test_without_a_place_or_without_that_place_the_main_text_is_found(selector: str | None) -> None:
    found = read(a_terms_page(), selector)

    assert found.extractor == "main/1"
    assert all(clause in found.text for clause in CLAUSES)
    assert "Charts of the week" not in found.text


def test_data_that_says_it_is_the_pages_text_comes_before_everything() -> None:
    found = read(soundcloud_like(), "#app")

    assert (found.extractor, found.title) == ("page-data/1", "Terms of Use")
    assert all(clause in found.text for clause in CLAUSES)
    assert stems(found.text)[ENTRIES[0]] == STEM


DATA = {
    "html": {"body": BODY * 3},
    "html in parts": {
        "sections": [
            {"title": "1", "text": BODY},
            {"title": "2", "text": BODY.replace("Tonebarn", "Barntone")},
            {"title": "3", "text": "<p>Short.</p>" * 9},
        ]
    },
    "contentful": {"content": rich_text()},
    "portable text": {"content": portable_text()},
    "markdown": {"text": "\n\n".join([*CLAUSES * 5, STEM, *(f"* {entry}" for entry in ENTRIES)])},
}  # fmt: skip


@pytest.mark.parametrize("shape", DATA)
def test_an_app_shell_is_read_from_its_data_with_its_lists(shape: str) -> None:
    found = read(next_like(DATA[shape]))

    assert found.extractor == "data/1"
    assert all(clause in found.text for clause in CLAUSES)
    assert stems(found.text)[ENTRIES[0]] == STEM


def test_parts_of_a_list_in_the_data_are_one_text_in_their_order() -> None:
    found = read(next_like(DATA["html in parts"]))

    assert found.text.index("Tonebarn") < found.text.index("Barntone") < found.text.index("Short.")


@pytest.mark.parametrize(
    "script",
    [
        f"<script type='application/ld+json'>{json.dumps({'@type': 'Article', 'articleBody': ' '.join(CLAUSES * 5)})}</script>",
        f"<script>window.__STATE__ = JSON.parse({json.dumps(json.dumps({'page': BODY * 3}))});</script>",
        f"<script>var a = 1; self.page = {json.dumps({'body': BODY * 3})}; boot();</script>",
        f"<script type='module'>const x = [1, 2; const y = {json.dumps([BODY * 3])};</script>",
    ],
)
def test_data_is_found_in_every_usual_wrapping(script: str) -> None:
    found = read(an_app_shell(script))

    # The main text may be found in JSON-LD too.
    assert found.extractor == ("main/1" if "ld+json" in script else "data/1")
    assert CLAUSES[4] in found.text


def test_elements_with_text_win_over_data_that_repeats_it() -> None:
    script = f"<script type='application/json'>{json.dumps({'body': BODY * 9})}</script>"

    assert read(a_terms_page(BODY * 3, around=script), "#legal").extractor == "selector/1"
    assert read(a_terms_page(BODY * 3, around=script)).extractor == "main/1"


def test_style_sheets_codes_and_short_notices_in_the_data_are_no_text() -> None:
    noise = {"css": ".a{color:red} " * 500, "key": "QUJD" * 2_000, "notice": "We updated our terms. " * 3}

    assert "color" not in read(next_like(noise)).text


def test_a_json_answer_is_read_as_data() -> None:
    body = json.dumps({"article": {"title": "Acceptable use", "body": BODY * 3}}).encode()

    assert CLAUSES[4] in read(body, content_type="application/json").text


def test_plain_text_is_taken_as_it_is() -> None:
    found = read("\n\n".join(CLAUSES).encode(), content_type="text/plain; charset=utf-8")

    assert (found.extractor, found.text) == ("plain/1", "\n\n".join(CLAUSES))


# ---------------------------------------------------------------- structure


def test_lists_keep_their_marks_their_depth_and_their_stem() -> None:
    html = (
        f"<p>{STEM}</p><ol start=3><li>first thing;<ul><li>inner one;</li><li>inner two;</li></ul></li>"
        "<li><p>second thing,</p><p>told at length;</p></li></ol><ol type=a><li>by letter.</li></ol>"
    )

    assert read(a_terms_page(html), "#legal").text == (
        f"{STEM}\n\n3. first thing;\n    - inner one;\n    - inner two;\n4. second thing,\n\n    told at length;\na) by letter."
    )


def test_headings_breaks_and_rows_are_told_apart() -> None:
    html = (
        "<h2><button>1. Your <em>content</em></button></h2><div>One line<br>next line<br><br>new paragraph</div>"
        "<table><tr><th>What</th><th>Share</th></tr><tr><td>Songs</td><td>70 %</td></tr></table>"
        "<table><tr><td><p>Laid out</p><p>by table</p></td></tr></table><pre>as\nwritten</pre><button>Accept</button>"
    )

    assert read(a_terms_page(html), "#legal").text == (
        "# 1. Your content\n\nOne line  \nnext line\n\nnew paragraph\n\nWhat | Share\n\nSongs | 70 %"
        "\n\nLaid out\n\nby table\n\nas  \nwritten"
    ).replace("# 1", "## 1")


def test_several_places_are_joined_and_a_place_inside_another_counts_once() -> None:
    html = "<section class=part>One. <div class=part>Two.</div></section><section class=part>Three.</section>"

    assert read(a_terms_page(html), ".part").text == "One.\n\nTwo.\n\nThree."


# ---------------------------------------------------------------- what flaps

FLAPPING = {
    "how long ago": ("<p>Updated yesterday</p>", "<p>Updated 2 days ago</p>"),
    "related articles": (
        "<div class='related-articles'><p>How to sell.</p></div>",
        "<div class='related-articles'><p>How to buy.</p></div>",
    ),
    "cookie banner": ("<div id='onetrust-banner-sdk'>We use cookies. Really.</div>", ""),
    "breadcrumbs": ("<ol class='breadcrumbs'><li>Help</li></ol>", "<ol class='breadcrumbs'><li>Help centre</li></ol>"),
    "votes": ("<p>12 out of 34 found this helpful</p>", "<p>13 out of 35 found this helpful</p>"),
    "emphasis": ("<p>Songs are <b>yours</b>.</p>", "<p>Songs are yours.</p>"),
    "link target": ("<p>Read <a href='/a?session=1'>this</a> too.</p>", "<p>Read <a href='/a?session=2'>this</a> too.</p>"),
    "white space": ("<p>Songs\n  are\u00a0yours.\u200b</p>", "<p>Songs are yours.</p>"),
}  # fmt: skip


@pytest.mark.parametrize("what", FLAPPING)
@pytest.mark.parametrize("selector", ["#legal", None])
def test_what_comes_and_goes_is_not_in_the_text(what: str, selector: str | None) -> None:
    one, other = (read(a_terms_page(BODY + part), selector) for part in FLAPPING[what])

    assert one.text == other.text


def test_a_mail_address_that_is_coded_anew_on_every_look_stays_the_same() -> None:
    def coded(key: int) -> str:
        return bytes([key, *(byte ^ key for byte in b"legal@tonebarn.example")]).hex()

    pages = (
        f"{BODY}<p>Write to <a href='/protected' data-cfemail='{coded(key)}'>[hidden]</a>.</p>"
        for key in (19, 200)
    )
    texts = {read(a_terms_page(page), "#legal").text for page in pages}

    (text,) = texts
    assert text.endswith("Write to legal@tonebarn.example.")


@pytest.mark.parametrize("code", ["abc", "zz" * 9, "00" + b"<script>@".hex(), "00" + b"no address".hex()])
def test_what_is_no_coded_address_leaves_no_markup_behind(code: str) -> None:
    text = read(a_terms_page(f"{BODY}<p>Write <a data-cfemail='{code}'>[hidden]</a>.</p>"), "#legal").text

    assert text.endswith(("Write [e-mail].", "Write [hidden]."))


def test_a_clause_outside_the_declared_place_is_in_the_whole_text() -> None:
    clause = "We may train models on everything that you upload."

    found = read(a_terms_page(around=f"<aside>{clause}</aside>"), "#legal")

    assert clause not in found.text
    assert clause in found.whole_text


def test_a_section_about_consent_or_cookies_stays() -> None:
    html = f"{BODY}<section id='consent' class='cookies'><p>Consent to cookies is asked for.</p></section>"

    assert "Consent to cookies" in read(a_terms_page(html), "#legal").text


# ---------------------------------------------------------------- title and dates


def test_title_and_dates_are_the_pages_own() -> None:
    found = read(a_terms_page(), "#legal")

    assert found.title == "Terms of Use - Tonebarn"
    assert (found.updated_on, found.effective_on) == (date(2025, 5, 7), date(2025, 6, 1))


def test_a_title_is_looked_for_where_pages_put_it() -> None:
    page = a_terms_page(title="")

    assert read(page).title == "Terms of Use"
    assert (
        read(page.replace(b"<head>", b"<head><meta property='og:title' content='Barn rules'>")).title
        == "Barn rules"
    )


def test_a_date_beside_the_declared_place_counts_too() -> None:
    page = a_terms_page(
        "".join(f"<p>{clause}</p>" for clause in CLAUSES), around="<p>Last updated: May 8, 2025</p>"
    )

    assert read(page, "#legal").updated_on == date(2025, 5, 8)


# ---------------------------------------------------------------- PDF


def test_a_pdf_is_read_without_page_numbers_and_running_heads() -> None:
    pages = [
        f"Tonebarn Artist Agreement\n{clause}\n\225 an entry with a mark\nPage {n} of 5"
        for n, clause in enumerate(CLAUSES, 1)
    ]

    found = read(a_pdf(*pages), content_type="application/pdf")

    assert (found.extractor, found.title) == ("pdf/1", "Terms of Use")
    assert all(clause in found.text for clause in CLAUSES)
    assert "Artist Agreement" not in found.text
    assert "Page 2" not in found.text


def test_a_pdf_is_known_by_its_bytes_whatever_it_is_called() -> None:
    assert read(a_pdf("\n".join(CLAUSES)), content_type="text/html").extractor == "pdf/1"


def test_a_word_parted_at_the_end_of_a_line_is_whole() -> None:
    assert "agreement with you" in read(a_pdf("This is an agree-\nment with you.")).text


@pytest.mark.parametrize(
    "body",
    [a_pdf("secret", password="fake-password"), a_pdf(""), b"%PDF-1.7 broken", b"%PDF-1.7\n" + b"[<<" * 1_000],
    ids=["locked", "empty", "broken", "nested"],
)  # fmt: skip
def test_a_pdf_without_readable_text_is_refused(body: bytes) -> None:
    with pytest.raises(NoTermsError):
        read(body, content_type="application/pdf")


# ---------------------------------------------------------------- nothing there


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "text/html"),
        (b"   ", "text/html"),
        (b"<html><script>login()</script></html>", "text/html"),
        (b"\x89PNG\r\n", "image/png"),
        (b"nothing of the kind", "application/pdf"),
        (b"{}", "application/json"),
        (b"{broken", "application/json"),
        (b"\x00\x01\x02", "text/html"),
    ],
)
def test_a_page_without_text_is_refused(body: bytes, content_type: str) -> None:
    with pytest.raises(NoTermsError):
        read(body, content_type=content_type)


TAGS = st.sampled_from(
    ["<p>", "</p>", "<ul>", "<li>", "</li>", "</ul>", "<ol start=x>", "<table>", "<tr>", "<td>", "</table>", "<br>",
     "<h2>", "</h2>", "<pre>", "</pre>", "<script>", "</script>", "<!--", "-->", "<button>", "</div>", "&nbsp;", "&#0;",
     "<div id=legal class=related-articles>", "<a data-cfemail='1'>", "<script type='application/json'>{\"a\": [", "]}</script>",
     "<noscript>", "<template>", "<svg>", "</body>", "{", "%PDF-"]
)  # fmt: skip
SOUP = st.lists(st.one_of(TAGS, st.text(max_size=12)), max_size=60).map("".join)


@settings(max_examples=150)
@example("<p><div id=legal class=related-articles>0\x1f", None, "text/html")
@example("<p>One word&#31; and more&#0;.</p>", None, "text/html")
@given(
    SOUP,
    st.sampled_from(["#legal", "p", None]),
    st.sampled_from(["text/html", "application/json", "text/plain", "", "application/pdf"]),
)
def test_no_soup_of_tags_raises_anything_but_a_refusal(
    soup: str, selector: str | None, content_type: str
) -> None:
    try:
        found = read_terms(soup.encode("utf-8", "replace"), content_type, HERE, selector, "en")
    except NotAFeedError:
        return
    assert any(map(str.isalpha, found.text))
    assert not set("\x00\x01\u200b") & set(found.text)


@settings(max_examples=100)
@given(st.binary(max_size=300), st.sampled_from([b"", b"%PDF-1.4\n", b"<html><body>", b"\xff\xfe"]))
def test_no_bytes_raise_anything_but_a_refusal(body: bytes, start: bytes) -> None:
    try:
        found = read_terms(start + body, "text/html", HERE, None, "en")
    except NotAFeedError:
        return
    assert found.text
