"""Which words announce a later turn."""

import pytest

from bot.logic.stories.turns import same_kind, turn_of
from bot.model import Turn


@pytest.mark.parametrize(
    ("title", "turn"),
    [
        ("Tonebarn denies training AI on uploads", Turn.DENIAL),
        ("Tonebarn says it has never trained AI on artists' music", Turn.DENIAL),
        ("Tonebarn clarifies AI clause in its terms", Turn.CLARIFICATION),
        ("Tonebarn responds to AI concerns", Turn.CLARIFICATION),
        ("Tonebarn backtracks on AI terms", Turn.REVERSAL),
        ("After outcry, Tonebarn to rewrite its AI clause", Turn.REVERSAL),
        ("Singer removes AI duet after threat of lawsuit", Turn.REVERSAL),
        ("Judge dismisses choir's suit against Songmill", Turn.RULING),
        ("Songmill loses copyright case in Hamburg", Turn.RULING),
        ("Alto Records settles with Songmill", Turn.SETTLEMENT),
        ("Jam drops its lawsuit against Songmill", Turn.SETTLEMENT),
        ("FAIR SONG Act takes effect in July", Turn.EFFECT_DATE),
        ("Tonebarn publishes revised terms", Turn.NEW_TEXT),
        ("Correction: Songmill did not license the catalogue", Turn.CORRECTION),
        ("Gazette retracts its report on Songmill", Turn.CORRECTION),
        ("Berichtigung: Songmill hat nichts lizenziert", Turn.CORRECTION),
        ("Tonebarn retracts its AI clause", Turn.REVERSAL),
        ("Wavelake pays corrected royalties for AI covers", None),
        ("Tonebarn rudert zurück", Turn.REVERSAL),
        ("Tonebarn adds AI clause to its terms", None),
        ("Choir sues Songmill", None),
        ("Wavelake labels AI songs", None),
    ],
)
def test_a_headline_announces_its_turn(title: str, turn: Turn | None) -> None:
    assert turn_of(title) is turn


def test_a_lead_is_believed_only_where_it_says_so_plainly() -> None:
    assert turn_of("The AI clause", "Tonebarn said it has never used uploads to train AI.") is Turn.DENIAL
    assert turn_of("The AI clause", "Wavelake has responded to the flood by tagging songs.") is None


def test_a_denial_and_a_clarification_tell_the_same_thing_and_a_ruling_another() -> None:
    assert same_kind(Turn.DENIAL, Turn.CLARIFICATION)
    assert not same_kind(Turn.DENIAL, Turn.RULING)
