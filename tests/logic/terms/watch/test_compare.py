"""compare: what a new version says that no earlier one did, and what it no longer says."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.logic.terms.read.sentences import split
from bot.logic.terms.watch.compare import compare_with
from bot.logic.terms.watch.memory import Memory
from bot.model import Direction, StanceKind
from tests.logic.terms.reader import PAGE, changes, lexicon, urgent, with_clause

GRANT = "You explicitly agree that your recordings may be used to train artificial intelligence technologies."
PROMISE = "We will not use your recordings to train generative AI models without your explicit consent."
SWITCH = "You can opt out of AI training in your account settings."
HOUSE = "You may not use the Service to train AI models."

GRANTS, PROMISES = StanceKind.GRANTS_TRAINING, StanceKind.PROMISES_NO_TRAINING


def test_a_new_grant_is_urgent_and_its_span_is_its_quotation() -> None:
    after = with_clause(GRANT)

    (change,) = changes(PAGE, after)

    assert (change.stance.kind, change.direction, change.urgent) == (GRANTS, Direction.ADDED, True)
    assert change.span is not None
    assert after[slice(*change.span)] == change.quote == GRANT
    assert change.replaced is None


def test_spans_count_the_file_with_its_own_line_ends() -> None:
    after = with_clause(GRANT).replace("\n", "\r\n")

    (change,) = changes(PAGE, after)

    assert change.span is not None
    assert after[slice(*change.span)] == GRANT


def test_a_rule_for_others_is_told_but_not_urgent() -> None:
    (change,) = changes(PAGE, with_clause(HOUSE))

    assert (change.stance.kind, change.urgent) == (StanceKind.FORBIDS_SCRAPING, False)


def test_two_grants_in_one_change_are_both_there_in_the_order_of_the_text() -> None:
    found = changes(PAGE, with_clause(f"{GRANT} {SWITCH}"))

    assert [change.stance.kind for change in found] == [GRANTS, StanceKind.REQUIRES_OPT_OUT]


@pytest.mark.parametrize("clause", [GRANT, PROMISE, SWITCH, HOUSE])
def test_a_version_against_itself_says_nothing(clause: str) -> None:
    page = with_clause(clause)

    assert changes(page, page) == ()


REWRAPPED = {
    "moved": lambda page: page.replace(GRANT, "") + f"\n\n{GRANT}",
    "wrapped": lambda page: page.replace("may be used to", "may be\nused to"),
    "marked up": lambda page: page.replace(
        "your recordings may", "**your [recordings](https://x.example)** may"
    ),
    "made an entry of a list": lambda page: page.replace(GRANT, f"*   {GRANT}"),
    "capitals": lambda page: page.replace("You explicitly", "YOU EXPLICITLY"),
    "spaced": lambda page: page.replace(" ", "  "),
    "joined with its neighbour": lambda page: page.replace(f"{GRANT}\n\n", f"{GRANT} "),
}


@pytest.mark.parametrize("how", REWRAPPED)
def test_a_sentence_that_was_only_extracted_anew_is_not_new(how: str) -> None:
    page = with_clause(GRANT)

    assert changes(page, REWRAPPED[how](page)) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We don’t train AI on your music.", "We don't train AI on your music."),
        ("As of 3 May 2024 we don't train AI on your music.", "As of 9 June 2025 we don't train AI on your music."),
        ("As noted in Section 14(a), we do not use your songs for AI training.",
         "As noted in Section 15(a), we do not use your songs for AI training."),
        ("Except while you have deactivated the Toggle, you grant us the right to train our AI on your recordings.",
         "Except while you have turned off the Toggle, you grant us the right to train our AI on your recordings."),
        ("Tonebarn does not use your recordings to train generative AI models.",
         "Melodome does not use your recordings to train generative AI models."),
    ],
    ids=["apostrophe", "date", "section number", "another word for it", "renamed platform"],
)  # fmt: skip
def test_another_wording_of_the_same_stance_alerts_nobody(old: str, new: str) -> None:
    assert urgent(with_clause(old), with_clause(new)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("We use what you post to train our machine learning models.",
         "We use what you post to train our machine learning models, regardless of when you posted it."),
        ("We may use public information to train our language models.",
         "We may use public information to train our AI models, Cloud AI products and language models."),
    ],
    ids=["reaches back", "more kinds of AI"],
)  # fmt: skip
def test_a_grant_that_reaches_further_is_news_though_the_rest_stays(old: str, new: str) -> None:
    (change,) = changes(with_clause(old), with_clause(new))

    assert (change.stance.kind, change.direction, change.urgent) == (GRANTS, Direction.REPLACED, True)
    assert change.replaced == old


def test_a_promise_that_loses_its_not_is_a_grant_in_its_place() -> None:
    old = "Tonebarn will not use the recordings that you upload to train artificial intelligence models."
    new = old.replace("will not", "will")

    (change, *others) = [c for c in changes(with_clause(old), with_clause(new)) if c.urgent]

    assert (change.stance.kind, change.direction, change.replaced) == (GRANTS, Direction.REPLACED, old)
    assert not others


def test_a_licence_that_gains_ai_shows_the_wording_it_had() -> None:
    old = "You grant us a worldwide, royalty-free licence to host, store, copy and stream your recordings."
    new = old.replace("copy and stream", "copy, stream and use for the training of AI models")

    (change,) = changes(PAGE, PAGE.replace(old, new))

    assert (change.stance.kind, change.direction, change.replaced) == (GRANTS, Direction.REPLACED, old)


def test_a_promise_in_the_place_of_a_grant_is_one_replacement() -> None:
    gone, come = sorted(changes(with_clause(GRANT), with_clause(PROMISE)), key=lambda c: c.span is not None)

    assert (gone.stance.kind, gone.direction, gone.span) == (
        StanceKind.GRANT_REMOVED,
        Direction.REMOVED,
        None,
    )
    assert gone.quote == GRANT
    assert (come.stance.kind, come.direction, come.replaced) == (PROMISES, Direction.REPLACED, GRANT)
    assert gone.urgent
    assert come.urgent


def test_a_promise_that_disappears_is_told() -> None:
    (change,) = changes(with_clause(PROMISE), PAGE)

    assert (change.stance.kind, change.direction, change.urgent) == (PROMISES, Direction.REMOVED, True)
    assert "gone" in change.stance.plain


def test_a_grant_said_twice_and_then_once_is_not_gone() -> None:
    twice = with_clause(f"{GRANT}\n\nWe may train AI on all that you upload.")

    assert changes(twice, with_clause(GRANT)) == ()


def test_half_a_page_takes_nothing_back() -> None:
    whole = with_clause(GRANT)

    assert changes(whole, whole[: len(whole) // 3]) == ()


def test_what_returns_was_never_away_for_those_who_remember() -> None:
    with_grant, reworded = with_clause(GRANT), with_clause(GRANT.replace("explicitly agree", "agree"))

    assert urgent(PAGE, with_grant) == [GRANTS]
    assert urgent(PAGE, with_grant, with_grant) == []
    assert urgent(PAGE, reworded, with_grant) == []


def test_a_page_that_flaps_takes_a_grant_back_once() -> None:
    with_grant = with_clause(GRANT)

    assert urgent(with_grant, PAGE) == [StanceKind.GRANT_REMOVED]
    assert urgent(with_grant, PAGE, with_grant, PAGE) == []


def test_a_memory_is_taught_by_each_comparison() -> None:
    memory = Memory(lexicon().hints_at_ai)
    with_grant = with_clause(GRANT)

    compare_with(memory, PAGE, with_grant, lexicon())
    compare_with(memory, with_grant, PAGE, lexicon())

    assert compare_with(memory, PAGE, with_grant, lexicon()) == ()


def test_a_page_that_had_failed_to_load_brings_nothing_new() -> None:
    page = with_clause(
        GRANT, PAGE + "\n\n".join(f"Rule {n} is about something else." for n in "abcdefghij" * 5)
    )

    assert urgent("Tonebarn\n\nSomething went wrong.", page) == []


def test_a_page_in_another_language_repeats_what_it_said() -> None:
    english = with_clause(PROMISE)
    french = "\n\n".join(
        [
            "# Conditions d'utilisation",
            "Bienvenue. Ces conditions s'appliquent dès que vous ouvrez un compte.",
            "Nous n'utiliserons jamais vos enregistrements pour entraîner une intelligence artificielle.",
            *(f"L'article {name} explique les règles et à qui s'adresser pour en savoir plus." for name in
              ("hébergement", "paiement", "livraison", "billetterie", "remboursement", "concours", "médiation")),
        ]
    )  # fmt: skip

    assert urgent(english, french) == []
    assert urgent(PAGE, french) == [PROMISES]


def test_menus_and_navigation_alert_nobody() -> None:
    menu = "[Video SDK](https://x.example/sdk) [AI Training](https://x.example/ai)\n\n# We train AI\n\n"

    assert urgent(PAGE, menu + PAGE) == []


def test_a_bullet_is_read_with_the_line_above_its_list() -> None:
    before = "No recording may:\n\n*   be stolen\n*   be spam\n\n" + PAGE
    after = before.replace("*   be spam", "*   be spam\n*   be generated wholly by artificial intelligence")

    (change,) = changes(before, after)

    assert (change.stance.kind, change.urgent) == (StanceKind.BANS_AI_UPLOADS, True)
    assert change.stem == "No recording may:"


def test_a_list_run_into_one_paragraph_is_not_new() -> None:
    entries = ("feed it to AI as training data", "use it to develop AI models", "sell access to it")
    page = with_clause("You must not:\n\n" + "\n".join(f"*   {entry};" for entry in entries))
    joined = (
        page.replace(":\n\n*   feed", ": (a) feed")
        .replace(";\n*   use", "; (b) use")
        .replace(";\n*   sell", "; (c) sell")
    )

    assert joined != page
    assert urgent(page, joined) == []


def test_a_promise_run_into_its_heading_is_not_new() -> None:
    page = with_clause(f"## Artificial intelligence\n\n{PROMISE}")

    assert urgent(page, page.replace("## Artificial intelligence\n\n", "Artificial intelligence - ")) == []


def test_an_alert_does_not_depend_on_a_word_for_ai() -> None:
    clause = "Tonebarn may use your recordings to train models that generate sound."

    assert urgent(PAGE, with_clause(clause)) == [GRANTS]


LINES = st.lists(
    st.sampled_from([GRANT, PROMISE, SWITCH, HOUSE, "You must not:", "*   train AI", "# AI", "", "We pay monthly."]),
    max_size=12,
).map("\n".join)  # fmt: skip


@given(LINES, LINES, LINES)
@settings(deadline=None)
def test_whatever_changes_spans_slice_to_quotations(before: str, after: str, seen: str) -> None:
    for change in changes(before, after, seen):
        if change.span is None:
            assert change.direction is Direction.REMOVED
            assert change.quote in before
        else:
            assert after[slice(*change.span)] == change.quote
            assert change.quote not in [sentence.text for sentence in split(seen)]


@given(st.text(max_size=300), st.text(max_size=300))
@settings(deadline=None)
def test_comparing_never_fails_and_a_text_with_itself_is_nothing(one: str, other: str) -> None:
    changes(one, other)

    assert changes(one, one) == ()


def test_scripts_run_together_without_a_full_stop_are_read_to_an_end() -> None:
    heap = "AI model train (a) we not " * 8_000

    assert isinstance(changes(PAGE, PAGE + heap), tuple)
