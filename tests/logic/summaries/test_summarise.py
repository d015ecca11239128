"""What a reader gets: attributed, exact, short, and only what a source says."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.logic.summaries.lines import tidy
from bot.logic.summaries.quotations import quotations
from bot.logic.summaries.sentence_kinds import is_answer, is_to_do
from bot.logic.summaries.summarise import summarise
from bot.model import EditionKind, Entry, Outlet, SourceGroup, StoryView, Summary, Topic, Turn
from tests.logic.stories_cast import news
from tests.logic.tonebarn import CLAUSE, ECHO, FIRST, LETTER, REPEAT, STATEMENT, edition, view

E1 = edition(1, FIRST)
E2 = edition(2, STATEMENT, Turn.DENIAL)
E3 = edition(3, LETTER, Turn.REVERSAL)


def whole_text(summary: Summary) -> str:
    told = (*summary.what, *summary.other_side, *summary.open_question, *summary.to_do)
    return " ".join(s.text for s in told)


def check_promises(summary: Summary, held: StoryView) -> None:
    """The promises that hold for every summary of whatever sources."""
    told = (*summary.what, *summary.other_side, *summary.open_question, *summary.to_do)
    entries = {j.entry.id: j.entry for j in held.entries}
    assert len(" ".join(s.text for s in told)) <= 350
    spent = Counter[str]()
    for sentence in told:
        entry = entries[sentence.entry_id]
        name = entry.outlet.name
        bare = re.sub(rf"^{re.escape(name)}(?: reports| says| adds)?: ", "", sentence.text)
        spent[name] += len(bare.split())
    if summary.quotation:
        entry = entries[summary.quotation.entry_id]
        assert " ".join(summary.quotation.text.split()) in " ".join(
            (entry.page_text or entry.summary).split()
        )
        spent[entry.outlet.name] += len(summary.quotation.text.split())
    assert all(count <= 60 for count in spent.values())


def test_a_first_report_is_told_with_its_clause_in_quotation_marks() -> None:
    summary = summarise(view(FIRST), E1)

    assert summary.headline == "Tonebarn’s terms let it train AI on what artists upload"
    assert summary.what[0].text.startswith(
        "Harbour Gazette reports: Tonebarn, the audio platform, added a clause"
    )
    assert summary.quotation is not None
    assert CLAUSE in summary.quotation.text
    assert summary.quotation.speaker == "Tonebarn’s terms"
    assert [s.text for s in summary.other_side] == ["Tonebarn did not respond to a request for comment."]
    assert summary.developing
    check_promises(summary, view(FIRST))


def test_a_second_outlet_adds_its_name_and_ends_the_developing_mark() -> None:
    held = view(FIRST, ECHO)
    summary = summarise(held, E1)

    assert [link.name for link in summary.sources] == ["Harbour Gazette", "Signal Daily"]
    assert not summary.developing
    assert {s.entry_id for s in summary.what} <= {1, 2}
    check_promises(summary, held)


def test_an_update_says_first_what_is_new_and_what_stays_open() -> None:
    held = view(FIRST, ECHO, STATEMENT, editions=(E1, E2))
    summary = summarise(held, E2)

    assert (summary.headline, summary.url) == (STATEMENT.title, STATEMENT.url)
    assert summary.what[0].text == (
        "Pier Review reports: Tonebarn denied on Friday that it has trained AI models on the music of its users."
    )
    assert summary.quotation is not None
    assert summary.quotation.speaker == "Tonebarn spokesperson Mia Lund"
    assert summary.quotation.text.startswith("We have never used artist content")
    assert [s.text for s in summary.open_question] == [
        "Pier Review: Ada Holm, who runs the group Fair Tones, said that the terms still do not rule out training "
        "generative models in future."
    ]
    assert [link.name for link in summary.sources] == ["Pier Review", "Harbour Gazette", "Signal Daily"]
    check_promises(summary, held)


def test_a_later_update_says_by_when_and_takes_more_from_who_repeats_it() -> None:
    held = view(FIRST, ECHO, STATEMENT, LETTER, REPEAT, editions=(E1, E2, E3))
    summary = summarise(held, E3)

    assert "open letter" in summary.what[0].text
    assert "The new terms take effect on 1 July." in [s.text for s in summary.what]
    assert summary.to_do == ()
    assert (
        summary.open_question[0].text == "Quay Post: Critics said other kinds of training stay unmentioned."
    )
    assert summary.quotation is not None
    assert summary.quotation.speaker == "Oda Berg"
    check_promises(summary, held)


def test_a_first_edition_told_late_leaves_the_later_turns_to_their_own_editions() -> None:
    held = view(FIRST, ECHO, STATEMENT, LETTER, editions=(E1, E2, E3))
    summary = summarise(held, E1)
    assert {s.entry_id for s in (*summary.what, *summary.other_side, *summary.to_do)} <= {1, 2}


def test_a_headline_alone_is_attributed_and_nothing_is_added() -> None:
    entry = news("Tonebarn adds an AI clause", "Harbour Gazette")
    summary = summarise(view(entry), edition(1, entry))
    assert [s.text for s in summary.what] == ["Harbour Gazette reports this."]
    assert (summary.quotation, summary.other_side, summary.to_do) == (None, (), ())


def test_a_german_source_is_attributed_in_german() -> None:
    entry = replace(
        news(
            "Gericht verurteilt Songmill",
            text="Das Landgericht hat Songmill wegen Liedtexten verurteilt. Mehr folgt.",
        ),
        lang="de",
    )
    assert summarise(view(entry), edition(1, entry)).what[0].text == (
        "Gazette berichtet: Das Landgericht hat Songmill wegen Liedtexten verurteilt."
    )
    bare = replace(entry, summary="")
    assert summarise(view(bare), edition(1, bare)).what[0].text == "Gazette berichtet darüber."


def test_a_society_that_says_we_is_quoted_and_not_paraphrased() -> None:
    own = replace(
        news(
            "On our AI tariff",
            "CHORA",
            text="We ask AI firms for a licence before they train on our songs. CHORA has members.",
        ),
        outlet=Outlet("CHORA", SourceGroup.RIGHTS_ORG),
    )
    summary = summarise(view(own), edition(1, own))
    assert (
        summary.what[0].text == "CHORA says: “We ask AI firms for a licence before they train on our songs.”"
    )


def test_of_two_headlines_the_second_is_told_as_its_outlet_puts_it() -> None:
    one = news("Tonebarn adds an AI clause", "Harbour Gazette", number=1)
    other = news("Musicians furious over training rules at audio platform", "Signal Daily", number=2)
    summary = summarise(view(one, other), edition(1, one))
    assert summary.what[1].text == "Signal Daily: “Musicians furious over training rules at audio platform”."


def test_a_platform_speaks_for_itself_and_is_not_said_to_report() -> None:
    own = replace(
        news(
            "New tags on Tonebarn",
            "Tonebarn",
            text="Tonebarn will tag songs made by AI alone from 1 May. Tags show on each page. More soon.",
        ),
        outlet=Outlet("Tonebarn", SourceGroup.PLATFORM, platform="tonebarn"),
    )
    assert summarise(view(own), edition(1, own)).what[0].text.startswith("Tonebarn says: Tonebarn will tag")


def test_a_first_paragraph_is_never_copied_whole() -> None:
    text = "Tonebarn bars training of AI models on its songs. Tonebarn wrote to forty AI firms about the ban on training."
    entry = news("Tonebarn writes to AI firms", text=text)
    told = whole_text(summarise(view(entry), edition(1, entry)))
    assert "bars training" in told or "forty AI firms" in told
    assert not ("bars training" in told and "forty AI firms" in told)


def test_what_can_be_done_is_worth_more_than_what_the_headline_says_already() -> None:
    entry = news(
        "Tonebarn settles AI suit for $9 million",
        text="Tonebarn pays $9 million to settle the AI suit. Artists must file claims by 2 July.",
    )
    summary = summarise(view(entry), edition(1, entry))
    assert summary.to_do[0].text == "Gazette reports: Artists must file claims by 2 July."


def test_a_page_that_begins_with_its_own_headline_is_not_told_by_it_again() -> None:
    title = "Tonebarn changes its terms to train AI on music"
    clause = (
        "Tonebarn, the audio platform, added a clause on artificial intelligence in February, users noticed."
    )
    entry = news(f"{title} | Gazette", page=f"{title}\n{title.upper()}.\n{clause}")
    told = [s.text for s in summarise(view(entry), edition(1, entry)).what]
    assert told == [f"Gazette reports: {clause}"]


def test_a_second_outlet_that_only_confirms_is_left_out_and_one_that_adds_says_so() -> None:
    adds = "Labels that hold separate agreements with Tonebarn are exempt, lawyer Ada Holm wrote."
    first, same, more = (
        news("Tonebarn’s AI clause", name, number=number, text=text)
        for number, name, text in (
            (1, "Harbour Gazette", "Tonebarn added a clause on AI training to its terms on 12 May."),
            (2, "Quay Post", "In May the Tonebarn terms gained a clause on the training of AI."),
            (3, "Pier Review", adds),
        )
    )
    alone = summarise(view(first, same), edition(1, first)).what
    told = summarise(view(first, same, more), edition(1, first)).what
    assert len(alone) == 1
    assert [s.text for s in told[1:]] == [f"Pier Review adds: {adds}"]


def test_a_sentence_that_leans_on_an_untold_one_is_left_out() -> None:
    text = "Is it fair? He said that Tonebarn trains AI on songs. Tonebarn’s terms, she wrote, allow AI training on songs."
    entry = news("Tonebarn AI terms under fire", text=text)
    assert [s.text for s in summarise(view(entry), edition(1, entry)).what] == ["Gazette reports this."]


def test_a_society_with_a_question_or_a_quote_in_we_is_left_alone() -> None:
    outlet = Outlet("CHORA", SourceGroup.RIGHTS_ORG)
    for text in (
        "Do we need a licence for AI training on songs?",
        "We call it “fair” to ask for a licence for AI training.",
    ):
        own = replace(news("On our AI tariff", "CHORA", text=text), outlet=outlet)
        assert summarise(view(own), edition(1, own)).what[0].text == "CHORA says this."


def test_a_correction_is_told_from_the_entry_that_corrects() -> None:
    entry = news(
        "Correction: Tonebarn did not license its catalogue",
        number=2,
        text="Tonebarn has licensed nothing to AI firms, the paper writes now. It had named another service.",
    )
    told = edition(2, entry, Turn.CORRECTION, EditionKind.CORRECTION)
    summary = summarise(view(FIRST, entry, editions=(E1, told)), told)
    assert summary.headline == "Tonebarn did not license its catalogue"
    assert [s.text for s in summary.what] == [
        "Told here before, from Harbour Gazette: “Tonebarn’s terms let it train AI on what artists upload”.",
        "Gazette reports: Tonebarn has licensed nothing to AI firms, the paper writes now.",
    ]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("However, Tonebarn quietly changed its terms of use in May.", "Tonebarn changed its terms of use in May."),
        ("LONDON (AP) — Tonebarn has changed its terms of use again", "Tonebarn has changed its terms of use again."),
        ("Tonebarn “quietly” tested the new AI feature in May .", "Tonebarn “quietly” tested the new AI feature in May."),
        ("Is Tonebarn allowed to train AI on the songs of its users?", ""),
        ("We at the Gazette think that Tonebarn should change its terms.", ""),
        ("Find out how Tonebarn trains AI on the songs of its users.", ""),
        ("Tonebarn was quick to say that the clause was only about…", ""),
        ("Tonebarn “never asked artists whether it may train on songs.", ""),
        ("Too short to tell.", ""),
        ("A page about songs The court found that Tonebarn broke the law.", ""),
    ],
)  # fmt: skip
def test_a_sentence_is_tidied_or_refused(sentence: str, told: str) -> None:
    assert tidy(sentence) == told


def test_a_long_sentence_loses_a_last_side_clause_but_never_a_condition() -> None:
    head = (
        "Tonebarn has added a clause to its terms that lets it use uploads for artificial intelligence "
        + "and more " * 15
    )
    assert tidy(
        head
        + "in all countries, with the first notices sent out to a small number of users in May of last year."
    ).endswith("in all countries.")
    assert (
        tidy(
            head
            + "in all countries, which is allowed only if the artist has agreed to it beforehand in writing, says X."
        )
        == ""
    )


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "“We will never train on your songs without consent,” said Tonebarn boss Oda Berg.",
            "Tonebarn boss Oda Berg",
        ),
        ("Ada Holm, a composer, said: “Nobody asked us for permission to train on it.”", "Ada Holm"),
        ("“Nobody asked us for permission to train on it,” the union wrote.", "The union"),
        ("According to Oda Berg, “no song will be used to train a model”.", "Oda Berg"),
        ("The new terms say that songs “may be used to train models of the service”.", ""),
    ],
)
def test_exact_words_come_with_who_said_them(text: str, speaker: str) -> None:
    found = quotations(news("T", text=text), Topic.TERMS_TRAINING)
    assert [said.speaker for said in found] == [speaker]


def test_a_surname_gets_its_first_name_where_the_text_has_it() -> None:
    text = (
        "Oda Berg runs Tonebarn.\n“No song will be used to train our models,” Berg said.\n"
        "“Nor any voice of an artist, ever,” Lund added."
    )
    found = quotations(news("T", text=text), Topic.TERMS_TRAINING)
    assert {said.speaker for said in found} == {"Oda Berg", "Lund"}


@pytest.mark.parametrize(
    "text",
    [
        "He said: “Nobody asked us for permission to train on it.”",
        "Fans spoke of “a black day for every songwriter in this country” and more.",
        "The album “Songs of the Quiet Sea” is out.",
        "“We will never train on your…” said Oda Berg.",
        "word " * 400 + "“We will never train on your songs,” said Oda Berg.",
    ],
)
def test_words_whose_speaker_is_not_known_are_not_quoted(text: str) -> None:
    assert quotations(news("T", text=text), Topic.TERMS_TRAINING) == ()


def test_answers_and_things_to_do_are_told_from_other_sentences() -> None:
    assert is_answer("Songmill declined to comment on the suit.")
    assert is_answer("Songmill hasn’t responded to the claims.")
    assert not is_answer("Songmill settled the dispute with Alto.")
    assert is_to_do("Artists can opt out in the settings until May.")
    assert not is_to_do("The law takes effect on 1 July.")
    assert not is_to_do("Artists are angry about the clause.")


_PIECES = st.sampled_from(
    [
        *(entry.page_text or "" for entry in (FIRST, STATEMENT, LETTER)),
        "“We will train on AI songs for ever and ever,” said Oda Berg. ",
        "Tonebarn trains AI models on songs. ",
        "Artists can opt out by 1 May. ",
        "He left. ",
        "word " * 70,
        *("“", "”", "\n", " ", ". ", "[…]", "\x00<b>"),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_PIECES, max_size=5), min_size=1, max_size=4))
def test_whatever_the_sources_hold_the_promises_are_kept(texts: list[list[str]]) -> None:
    entries: list[Entry] = [
        news(f"Tonebarn story {n}", f"Outlet {n % 2}", number=n, text="".join(pieces))
        for n, pieces in enumerate(texts, 1)
    ]
    held = view(*entries)
    check_promises(summarise(held, edition(1, entries[0])), held)
