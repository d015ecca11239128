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
        ("Singer removes AI duet after threat of lawsuit", Turn.TAKEDOWN),
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
        # An act, not its stem.
        ("Award body outlines new rules for AI songs", None),
        ("Union welcomes new ruling class of bedroom producers", Turn.REACTION),
        ("Wavelake scraps fees for small labels", Turn.REVERSAL),
        ("Mara Quill responds with an album of duets", None),
        ("Songmill settles in at number one", None),
        ("Tonebarn explains how to mix drums", None),
        ("How Tonebarn backtracked on AI", None),
        ("Is Songmill backing down?", None),
        # A "not" belongs to its own act.
        ("Alto Records will not settle with Songmill", Turn.REFUSAL),
        ("Alto Records sues Songmill and isn't looking to settle", Turn.REFUSAL),
        ("Alto Records rules out licensing deal with Songmill", Turn.REFUSAL),
        ("Songmill won't apologise for cloning voices", Turn.REFUSAL),
        ("Tonebarn refuses to scrap its AI clause", Turn.REFUSAL),
        ("Songmill says it will not appeal ruling", Turn.DENIAL),
        ("Judge declines to dismiss choir's suit", Turn.RULING),
        ("Court does not grant Songmill's motion", Turn.RULING),
        ("Tonebarn does not deny training on uploads", None),
        # The scene is not the news.
        ("After ruling, Songmill signs up first choir", None),
        ("Songmill raises prices amid settlement with Alto", None),
        ("Following backlash, Tonebarn walks back AI clause", Turn.REVERSAL),
        ("After judge denied its motion, Songmill appeals the decision", Turn.APPEAL),
        # What courts and parliaments do on the way.
        ("Songmill asks court to throw out choir's claims", Turn.MOTION),
        ("Choir files amended complaint against Songmill", Turn.AMENDED),
        ("Alto adds 40,000 recordings to Songmill lawsuit", Turn.AMENDED),
        ("Trial date set in Alto v. Songmill", Turn.HEARING),
        ("Judge schedules hearing in Songmill case", Turn.HEARING),
        ("Societies file amicus brief in Songmill case", Turn.MOTION),
        ("Songmill to appeal Hamburg verdict", Turn.APPEAL),
        ("Senate committee backs FAIR SONG Act", Turn.VOTE),
        ("FAIR SONG bill stalls", Turn.VOTE),
        ("AI duet pulled from streaming services", Turn.TAKEDOWN),
        ("Wavelake apologises for AI covers on artist pages", Turn.APOLOGY),
        ("Songwriters' guild condemns Tonebarn clause", Turn.REACTION),
        ("Musicians' union calls on Tonebarn to drop AI clause", Turn.REACTION),
        # In other languages.
        ("Tonebarn bestreitet KI-Training mit Uploads", Turn.DENIAL),
        ("Landgericht verurteilt Songmill", Turn.RULING),
        ("Songmill legt Berufung ein", Turn.APPEAL),
        ("Tonebarn streicht die KI-Klausel", Turn.REVERSAL),
        ("Alto und Songmill einigen sich", Turn.SETTLEMENT),
        ("Tonebarn fait marche arrière", Turn.REVERSAL),
        ("Tonebarn aclara su cláusula", Turn.CLARIFICATION),
        ("Wavelake se disculpa", Turn.APOLOGY),
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
