"""stances: what one sentence lets somebody do. English, French and German, all invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logic.terms.read.stance import SURE, speaks_of_ai, stances
from bot.model import URGENT_STANCES, StanceKind
from tests.logic.terms.clauses import FOR_THE_RECORD, NOT_URGENT, REVIEWED_FIRST, URGENT
from tests.logic.terms.reader import a_sentence, kinds, lexicon, read


def urgent_kinds(text: str, stem: str = "") -> set[StanceKind]:
    return kinds(text, stem, at_least=SURE) & URGENT_STANCES


@pytest.mark.parametrize(("kind", "stem", "text"), URGENT, ids=[f"{k.value}: {t[:60]}" for k, _, t in URGENT])
def test_an_urgent_stance_is_read_with_confidence(kind: StanceKind, stem: str, text: str) -> None:
    found = urgent_kinds(text, stem)

    assert kind in found
    # What has a switch may be named with it; nothing else may be claimed as surely.
    assert found <= {kind, StanceKind.REQUIRES_OPT_OUT} or kind is StanceKind.REQUIRES_OPT_OUT


@pytest.mark.parametrize(
    ("kind", "stem", "text"), FOR_THE_RECORD, ids=[f"{k.value}: {t[:60]}" for k, _, t in FOR_THE_RECORD]
)
def test_other_stances_go_to_the_record_and_alert_nobody(kind: StanceKind, stem: str, text: str) -> None:
    assert kind in kinds(text, stem, at_least=0.4)
    assert not urgent_kinds(text, stem)


@pytest.mark.parametrize("text", NOT_URGENT)
def test_talk_of_models_training_and_ai_that_gives_nobody_a_right_alerts_nobody(text: str) -> None:
    assert not urgent_kinds(text)


@pytest.mark.parametrize("text", REVIEWED_FIRST)
def test_a_grant_in_vague_words_is_kept_for_review(text: str) -> None:
    found = read(text)

    assert found[0].kind is StanceKind.GRANTS_TRAINING
    assert found[0].confidence < SURE


def test_a_negation_turns_a_grant_into_a_promise() -> None:
    assert StanceKind.GRANTS_TRAINING in kinds("We will use your songs to train AI models.")
    assert StanceKind.PROMISES_NO_TRAINING in kinds("We will not use your songs to train AI models.")


def test_who_is_forbidden_decides_whom_it_protects() -> None:
    assert kinds("You will not use the Service to train AI models.") == {StanceKind.FORBIDS_SCRAPING}
    assert kinds("We will not use your recordings to train AI models.") == {StanceKind.PROMISES_NO_TRAINING}


def test_a_promise_keeps_the_condition_it_was_made_under() -> None:
    (promise,) = read("We will not train generative AI on your voice without your express consent.")

    assert promise.condition == "without your express consent"
    assert "without your express consent" in promise.plain


def test_the_line_above_a_list_decides_what_its_entry_means() -> None:
    entry = "be created wholly by artificial intelligence"

    assert StanceKind.BANS_AI_UPLOADS in kinds(entry, "No content may:")
    assert StanceKind.BANS_AI_UPLOADS not in kinds(entry, "Recordings may:")


def test_an_entry_deep_in_a_long_sentence_is_read_with_its_head() -> None:
    filler = "; ".join(
        f"({letter}) {'do something to the API that nobody wants done ' * 2}" for letter in "abcdefgh"
    )
    text = (
        f"You shall not and shall not attempt to: {filler}; or (k) use the API to train a foundation model."
    )

    assert kinds(text) == {StanceKind.FORBIDS_SCRAPING}


def test_models_that_generate_sound_need_no_word_for_ai() -> None:
    text = "Tonebarn will not use any artist's music to train models to generate sound recordings."

    assert kinds(text) == {StanceKind.PROMISES_NO_TRAINING}


def test_a_sentence_about_this_use_leans_on_the_one_before() -> None:
    before = "We may use your uploads to train AI models."
    text = "You can opt out of this use in your settings."

    assert [s.kind for s in read(text, context=before)] == [StanceKind.REQUIRES_OPT_OUT]
    assert read(text, context="We send a newsletter every month.") == ()


def test_protection_by_separate_agreements_only_means_that_others_may_get_the_rest() -> None:
    text = (
        "Neither Tonebarn nor any third party may use recordings delivered under separate agreements for training "
        "artificial intelligence without authorization of the rights holders."
    )

    assert StanceKind.THIRD_PARTY_LICENSING in kinds(text)


def test_what_nobody_can_guarantee_is_no_promise() -> None:
    assert StanceKind.PROMISES_NO_TRAINING not in kinds(
        "We do not guarantee that your files are not used to train AI."
    )


def test_menu_entries_and_headings_are_never_sure() -> None:
    heading = a_sentence("We train AI on your music", is_menu=True)

    assert all(stance.confidence < SURE for stance in stances(heading, lexicon()))


@pytest.mark.parametrize(
    "text", ["Write to help@music.ai or see suno.ai/terms.", "We aim to create a fair service."]
)
def test_ai_is_told_by_its_capitals(text: str) -> None:
    assert read(text) == ()


def test_plain_words_say_may_and_not_does() -> None:
    (grant,) = read("You agree that we may use your recordings to train artificial intelligence.")

    assert grant.plain == "The platform may use what you give it to train AI."


def test_an_unclear_sentence_on_ai_is_kept_with_little_confidence() -> None:
    (unclear,) = read("Artificial intelligence unlocks creativity.")

    assert unclear.confidence < 0.5
    assert speaks_of_ai(a_sentence("Artificial intelligence unlocks creativity."), lexicon())
    assert not speaks_of_ai(a_sentence("Music unlocks creativity."), lexicon())


@given(st.text(max_size=400), st.text(max_size=80), st.text(max_size=80))
def test_reading_never_fails(text: str, stem: str, context: str) -> None:
    for stance in stances(a_sentence(text, stem), lexicon(), context):
        assert 0 < stance.confidence <= 1


WORDS = st.sampled_from(
    [
        *(
            "we",
            "you",
            "our",
            "your",
            "may",
            "not",
            "will",
            "train",
            "AI",
            "models",
            "content",
            "without consent",
        ),
        *(
            "third parties",
            "unless",
            "opt out",
            ":",
            ";",
            "(a)",
            "(b)",
            ".",
            ",",
            "upload",
            "generated by",
            "no",
        ),
        *(
            "nicht",
            "wir",
            "Ihre",
            "Musik",
            "KI",
            "trainieren",
            "nous",
            "ne",
            "vos",
            "contenus",
            "entraîner",
            "l'IA",
        ),
    ]
)


@given(st.lists(WORDS, max_size=120).map(" ".join))
def test_heaps_of_the_words_that_matter_are_read_without_fail(text: str) -> None:
    for stance in stances(a_sentence(text), lexicon()):
        assert stance.plain.endswith(".")
