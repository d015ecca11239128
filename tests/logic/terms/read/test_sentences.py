"""split: a legal text into sentences with spans, stems and menus told apart."""

from hypothesis import given
from hypothesis import strategies as st

from bot.logic.terms.read.sentences import split
from tests.logic.terms.reader import PAGE, texts


def stems(text: str) -> dict[str, str]:
    return {sentence.text: sentence.stem for sentence in split(text)}


def test_spans_count_the_characters_of_the_file_as_it_is() -> None:
    text = "# Terms\r\n\r\nOne thing.  Another\r\nthing!\n\n*   A third"

    for sentence in split(text):
        assert text[sentence.start : sentence.end] == sentence.text
    assert texts(text) == ["Terms", "One thing.", "Another\r\nthing!", "A third"]


def test_abbreviations_and_section_numbers_end_no_sentence() -> None:
    assert (
        len(texts("Uses (e.g. Training, i.e. Learning) under art. L. 122-5-3 and Nr. 7 are reserved.")) == 1
    )
    assert len(texts("Werke, z. B. Musik, sind nach § 44b Abs. 2 UrhG vorbehalten.")) == 1
    assert len(texts("Contact Tonebarn Inc. Legal, c/o A. Smith.")) == 1


def test_an_ordinary_word_before_a_full_stop_ends_one() -> None:
    assert texts("We protect your art. You can tag it.") == ["We protect your art.", "You can tag it."]
    assert texts("This is Plan B. The next is Plan C.") == ["This is Plan B.", "The next is Plan C."]


def test_line_breaks_inside_a_sentence_do_not_cut_it() -> None:
    assert len(texts("We will not use or\n\nreproduce your music to train\nmodels.")) == 1
    assert len(texts("We will not use your words from an AI\n\nFeature to train our models.")) == 1
    assert len(texts("We may use the recordings that you upload to train\nMachine learning models.")) == 1


def test_headings_paragraphs_and_cells_are_kept_apart() -> None:
    assert texts("## Licence\nYou grant us rights\n\nPayments\n\nWe pay monthly") == [
        "Licence",
        "You grant us rights",
        "Payments",
        "We pay monthly",
    ]
    assert texts(
        "| Why we use it and for what | Your data |\n| --- | --- |\n| To improve AI<br>• and search | Name |"
    ) == [
        "Why we use it and for what",
        "Your data",
        "To improve AI",
        "and search",
        "Name",
    ]


def test_links_and_emphasis_stay_in_the_text_of_a_sentence() -> None:
    assert texts("**See [our terms](https://tonebarn.example/a.b). They bind you.**") == [
        "**See [our terms](https://tonebarn.example/a.b).",
        "They bind you.**",
    ]


def test_list_entries_keep_the_line_above_their_list() -> None:
    found = stems("You must not:\n\n*   send spam;\n*   train AI.\n\nWe pay monthly.")

    assert found == {
        "You must not:": "",
        "send spam;": "You must not:",
        "train AI.": "You must not:",
        "We pay monthly.": "",
    }


def test_entries_without_marks_after_a_colon_are_entries_too() -> None:
    found = stems("No recording may:\n\nbe stolen\n\nbe made by machines\n\nOther rules apply.")

    assert found["be stolen"] == found["be made by machines"] == "No recording may:"
    assert found["Other rules apply."] == ""


def test_nested_lists_keep_both_lines() -> None:
    found = stems(
        "You must not:\n\n*   use recordings:\n    1.  to train AI\n    2.  to annoy\n*   send spam"
    )

    assert found["to train AI"] == "You must not: use recordings:"
    assert found["send spam"] == "You must not:"


def test_a_sentence_that_points_below_is_a_stem_though_it_ends() -> None:
    assert stems("The following is forbidden.\n\n- AI music")["AI music"] == "The following is forbidden."
    assert stems("We like music.\n\n- AI music")["AI music"] == ""


def test_menus_headings_and_bare_links_are_told_apart() -> None:
    text = (
        "[AI Services](https://x.example/ai)\n\n# Training AI on music\n\nAI Tools\n\nWe train AI on music."
    )

    assert [sentence.is_menu for sentence in split(text)] == [True, True, True, False]


def test_a_short_entry_of_a_list_is_no_menu() -> None:
    (_, entry) = split("We do not allow:\n\n* AI music")

    assert not entry.is_menu


def test_an_ordinary_page_has_no_empty_sentence() -> None:
    assert all(sentence.text.strip() == sentence.text and sentence.text for sentence in split(PAGE))


MARKS = st.text(alphabet=st.sampled_from("aZ .!?:;,\n\r\t*-#|>()[]<br>1äß“”\xa0"), max_size=300)


@given(st.one_of(st.text(max_size=300), MARKS))
def test_spans_slice_to_the_text_and_never_overlap(text: str) -> None:
    last = 0
    for sentence in split(text):
        assert text[sentence.start : sentence.end] == sentence.text
        assert last <= sentence.start < sentence.end
        last = sentence.end
