"""Which entry leads a story, and which outlets carry it on their own account."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.logic.stories.lead import brings_its_own, lead_first, owes_to_others, voices
from bot.model import Entry, JudgedEntry, Outlet, SourceGroup
from tests.builders import NOON
from tests.logic.stories_cast import news, verdict

HOUR = timedelta(hours=1)


def told(*entries: Entry) -> list[JudgedEntry]:
    return [JudgedEntry(entry, verdict()) for entry in entries]


ORIGINAL = news("Tonebarn’s terms allow AI training", "Harbour Gazette", at=NOON, number=2)


def after(text: str, outlet: str = "Signal Daily", *, tier: int = 2) -> Entry:
    return news("Tonebarn users object to AI clause", outlet, at=NOON + HOUR, number=1, text=text, tier=tier)


@pytest.mark.parametrize(
    "text",
    [
        "Tech site Harbour Gazette reported on the clause earlier on Thursday.",
        "The clause, first reported by Harbour Gazette, is a year old.",
        "According to the Harbour Gazette, the clause is a year old.",
        "The clause is a year old, Harbour Gazette reports.",
        "The clause is a year old (via Harbour Gazette).",
        "Laut Harbour Gazette steht die Klausel seit einem Jahr dort.",
        "Selon Harbour Gazette, la clause date d’un an.",
        "Según Harbour Gazette, la cláusula tiene un año.",
    ],
)
def test_an_entry_that_credits_another_outlet_does_not_lead_whatever_its_tier(text: str) -> None:
    held = told(after(text, tier=1), ORIGINAL)
    assert owes_to_others(held[0].entry, held)
    assert lead_first(held)[0].entry.outlet.name == "Harbour Gazette"


def test_a_credit_counts_only_for_an_outlet_of_the_story_that_was_not_later() -> None:
    early = replace(
        after("Quay Post reported on another clause; Harbour Gazette reported in March."),
        published_at=NOON - HOUR,
    )
    held = told(early, ORIGINAL)
    assert not owes_to_others(early, held)
    assert lead_first(held)[0].entry is early


def test_naming_an_outlet_is_not_yet_a_credit() -> None:
    entry = after("Readers of Harbour Gazette were among those who found the clause.")
    assert not owes_to_others(entry, told(entry, ORIGINAL))


def test_a_primary_source_leads_though_it_is_later_and_names_who_reported() -> None:
    own = replace(
        after("As Harbour Gazette reported, we changed our terms.", "Tonebarn"),
        outlet=Outlet("Tonebarn", SourceGroup.PLATFORM, platform="tonebarn"),
    )
    held = told(ORIGINAL, own)
    assert lead_first(held)[0].entry is own
    assert brings_its_own(own, held)


def test_an_echo_and_a_rewrite_are_no_second_voice_but_a_report_with_its_own_text_is() -> None:
    echo = after("The clause is a year old, Harbour Gazette reports.")
    rewrite = after("The clause is a year old.", tier=3)
    own = after(
        "Musicians protest. Fair Tones asks for a talk. A vote follows. Harbour Gazette reported earlier."
    )
    assert voices(told(ORIGINAL, echo)) == {"Harbour Gazette"}
    assert voices(told(ORIGINAL, rewrite)) == {"Harbour Gazette"}
    assert voices(told(ORIGINAL, own)) == {"Harbour Gazette", "Signal Daily"}


def test_a_story_that_only_a_rewrite_site_carries_has_one_voice() -> None:
    assert voices(told(after("The clause is a year old.", tier=3))) == {"Signal Daily"}
