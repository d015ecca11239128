"""Later editions: both sides, what stays open, what to do; each outlet introduced once; corrections of our own."""

from dataclasses import replace
from datetime import timedelta

from bot.logic.summaries.quotations import quotations, whose_text
from bot.logic.summaries.summarise import summarise
from bot.model import EditionKind, Outlet, SourceGroup, Summary, Topic, Turn
from tests.builders import NOON
from tests.logic.stories_cast import news
from tests.logic.tonebarn import CLAUSE, ECHO, FIRST, edition, view

DAY = timedelta(days=1)
ANSWER = news(
    "Tonebarn says it has never trained AI on uploads",
    "Pier Review",
    at=NOON + DAY,
    number=3,
    text=(
        "In a statement, Tonebarn denies training on uploads and says the wording was meant for recommendations. "
        "Its terms still say the same."
    ),
    page="\n".join(
        (
            "Tonebarn has answered the musicians who found an AI clause in its terms of use, which has been there "
            "for more than a year without anybody being told about it in particular.",
            "In a statement on Friday the company said that it had never used what artists upload to train AI.",
            "The company points to a “no AI” tag that artists can set on their uploads.",
            "The terms as they stand do not rule out the training of generative models in future.",
        )
    ),
)
E1, E2 = edition(1, FIRST), edition(2, ANSWER, Turn.DENIAL)


def all_text(summary: Summary) -> str:
    told = (*summary.what, *summary.other_side, *summary.open_question, *summary.to_do)
    return " ".join(s.text for s in told)


def test_the_update_for_a_statement_says_what_stays_open_and_what_artists_can_do() -> None:
    summary = summarise(view(FIRST, ECHO, ANSWER, editions=(E1, E2)), E2)

    assert summary.what[0].text == (
        "Pier Review reports: In a statement, Tonebarn denies training on uploads and says the wording was meant "
        "for recommendations."
    )
    assert summary.other_side == ()
    assert [s.text for s in summary.open_question] == [
        "Pier Review: The terms as they stand do not rule out the training of generative models in future."
    ]
    assert [s.text for s in summary.to_do] == [
        "The company points to a “no AI” tag that artists can set on their uploads."
    ]


def test_an_outlet_is_introduced_once_in_a_message_and_named_again_for_what_stays_open() -> None:
    summary = summarise(view(FIRST, ECHO, ANSWER, editions=(E1, E2)), E2)
    assert all_text(summary).count("Pier Review reports: ") == 1
    assert all_text(summary).count("Pier Review") == 2


def test_where_two_outlets_speak_a_further_part_says_whose_words_it_begins_with() -> None:
    second = news(
        "Tonebarn’s AI clause angers musicians",
        "Quay Post",
        number=2,
        text="Composer Ada Holm has asked whether generative models of Tonebarn are included.",
    )
    first = replace(
        FIRST,
        page_text=None,
        summary=f"The terms of Tonebarn say that songs “{CLAUSE}”. Tonebarn added this in February of last year.",
    )
    summary = summarise(view(first, second), edition(1, first))
    text = all_text(summary)
    assert text.count("Harbour Gazette reports: ") <= 1
    assert summary.open_question[0].text.startswith("Quay Post: Composer Ada Holm has asked")


def test_a_letter_that_arrives_first_leads_its_edition_and_tells_what_will_change() -> None:
    letter = replace(
        news(
            "A letter to our artists on the terms",
            "Tonebarn",
            at=NOON + 5 * DAY,
            number=4,
            page="\n".join(
                (
                    "Under the new wording Tonebarn will not use uploads to train generative AI without consent.",
                    "Consent will be given by opt-in.",
                    "The changed terms will be published in the coming weeks.",
                )
            ),
        ),
        outlet=Outlet("Tonebarn", SourceGroup.PLATFORM, platform="tonebarn"),
    )
    report = news("Tonebarn backtracks on AI terms", "Quay Post", at=NOON + 6 * DAY, number=5, text="Short.")
    third = edition(3, letter, Turn.REVERSAL)
    summary = summarise(view(FIRST, ANSWER, letter, report, editions=(E1, E2, third)), third)

    assert summary.url == letter.url
    assert summary.what[0].text.startswith(
        "Tonebarn says: Under the new wording Tonebarn will not use uploads"
    )
    assert [s.text for s in summary.to_do] == ["Consent will be given by opt-in."]
    assert [link.name for link in summary.sources][:2] == ["Tonebarn", "Quay Post"]


def test_a_late_repeat_of_the_statement_is_not_told_in_the_update_for_the_letter() -> None:
    letter = news(
        "Tonebarn backtracks on AI terms",
        at=NOON + 5 * DAY,
        number=4,
        text="Tonebarn will change its AI terms soon.",
    )
    repeat = news(
        "Tonebarn denies AI training on uploads", "Quay Post", at=NOON + 5 * DAY, number=5,
        text="Tonebarn denies AI training on what its musicians upload, its spokesperson says.",
    )  # fmt: skip
    third = edition(3, letter, Turn.REVERSAL)
    summary = summarise(view(FIRST, ANSWER, letter, repeat, editions=(E1, E2, third)), third)
    assert {s.entry_id for s in (*summary.what, *summary.other_side, *summary.to_do)} == {4}


def test_a_clause_is_given_to_the_platform_only_where_its_entry_says_so() -> None:
    def whose(title: str, text: str, *parties: str) -> str:
        return whose_text(quotations(news(title, text=text), Topic.TERMS_TRAINING)[0], parties)

    clause = "“may be used to train AI models of any sort”"
    both = ("Tonebarn", "Wavelake")
    assert (
        whose("Tonebarn’s AI terms", f"The terms say that songs {clause}.", "Tonebarn") == "Tonebarn’s terms"
    )
    assert whose("AI at Tonebarn", f"Its privacy policy says that songs {clause}.", "Tonebarn") == (
        "Tonebarn’s privacy policy"
    )
    assert whose("Tonebarn under fire", f"Wavelake’s terms say that songs {clause}.", "Tonebarn") == ""
    assert whose("Tonebarn and Wavelake", f"The terms say that songs {clause}.", *both) == ""
    assert whose("AI terms", f"The terms say that songs {clause}.", "Tonebarn") == ""


def test_a_story_repeated_only_by_rewrites_is_still_developing() -> None:
    copy = replace(ECHO, outlet=Outlet("Mirror", tier=3))
    assert summarise(view(FIRST, copy), E1).developing
    assert not summarise(view(FIRST, ECHO), E1).developing


def test_a_correction_says_what_was_wrong_and_what_is_right_within_the_limit() -> None:
    wrong = news("Tonebarn licenses its whole catalogue to Songmill", "Harbour Gazette", number=1)
    right = news(
        "CORRECTION: Tonebarn has licensed nothing to Songmill",
        "Harbour Gazette",
        at=NOON + DAY,
        number=2,
        text="Tonebarn has licensed nothing to Songmill, contrary to what this paper wrote. "
        + "Talks go on. " * 40,
    )
    second = edition(2, right, Turn.CORRECTION, EditionKind.CORRECTION)
    summary = summarise(view(wrong, right, editions=(edition(1, wrong), second)), second)

    assert summary.headline == "Tonebarn has licensed nothing to Songmill"
    assert [s.text for s in summary.what][:2] == [
        "Told here before, from Harbour Gazette: “Tonebarn licenses its whole catalogue to Songmill”.",
        "Harbour Gazette reports: Tonebarn has licensed nothing to Songmill, contrary to what this paper wrote.",
    ]
    assert len(all_text(summary)) <= 350
