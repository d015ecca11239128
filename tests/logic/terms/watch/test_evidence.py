"""What counts as evidence of what terms say, and what only as trouble for the operator."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logic.terms.watch.evidence import evidence, wall_in, why_stale
from bot.model import DocumentKind, DocumentRead, LastLook, Refusal, Validators
from tests.logic.terms.pages import ENGLISH, IN, a_document, a_look

FRESH = LastLook()
HOME = (
    "Make the music that you hear in your head. Start for free, share with friends, and listen to the charts. "
    * 6
)


def refusal(document: object, look: object, last: LastLook = FRESH) -> tuple[Refusal, str] | None:
    found = evidence(document, look, last)  # type: ignore[arg-type]
    return None if found is None else (found.refusal, found.why)


@pytest.mark.parametrize("lang", IN)
def test_terms_in_each_language_are_evidence(lang: str) -> None:
    assert refusal(a_document(lang=lang), a_look(IN[lang])) is None


def test_a_look_without_text_is_unreadable() -> None:
    bare = DocumentRead("tonebarn-terms", "https://tonebarn.example/terms", Validators())

    for look in (bare, a_look("  \n")):
        found = evidence(a_document(), look, FRESH)
        assert found is not None
        assert (found.document_id, found.refusal) == ("tonebarn-terms", Refusal.UNREADABLE)


# ---------------------------------------------------------------- size


@pytest.mark.parametrize(("chars", "is_evidence"), [(1_000, True), (400, True), (399, False), (100, False)])
def test_under_four_tenths_of_the_last_size_is_no_evidence(chars: int, is_evidence: bool) -> None:
    text = (ENGLISH * 3)[:chars]
    document = a_document(kind=DocumentKind.HELP)

    found = refusal(document, a_look(text), LastLook(chars=1_000))

    assert (found is None) is is_evidence
    if found is not None:
        assert found[0] is Refusal.SHRUNK
        assert f"`expected_chars = {chars}`" in found[1]


def test_at_the_first_look_the_expected_size_counts() -> None:
    found = refusal(a_document(expected_chars=60_000), a_look())

    assert found is not None
    assert found[0] is Refusal.SHRUNK


def test_an_operator_confirms_that_a_page_has_become_short_by_its_expected_size() -> None:
    confirmed = a_document(expected_chars=len(ENGLISH))

    assert refusal(confirmed, a_look(), LastLook(chars=70_000)) is None


def test_a_page_that_grew_is_evidence() -> None:
    assert refusal(a_document(expected_chars=500), a_look(ENGLISH * 9), LastLook(chars=500)) is None


# ---------------------------------------------------------------- language


def test_a_page_that_switched_its_language_is_no_evidence() -> None:
    found = refusal(a_document(lang="fr"), a_look(IN["en"]))

    assert found is not None
    assert found[0] is Refusal.LANGUAGE
    assert "English now, not in French" in found[1]


# ---------------------------------------------------------------- bot walls

WALLS = {
    "cloudflare title": a_look("Verify you are human", title="Just a moment..."),
    "cloudflare mark": a_look("One more step", body=b"<script>window._cf_chl_opt={}</script>", title="tonebarn"),
    "datadome": a_look("Please wait", body=b"<script src='https://ct.captcha-delivery.com/c.js'>", title=""),
    "imperva": a_look("Request unsuccessful. Incapsula incident ID: 1-2", body=b"Incapsula incident ID: 1-2", title=""),
    "human": a_look("Press and hold", body=b"<div id='px-captcha'>", title="Access to this page has been denied"),
    "aws": a_look("Loading", body=b"window.gokuProps = {}", title=""),
    "akamai": a_look("You have no permission", body=b"errors.edgesuite.net/18.2", title="Access Denied"),
    "amazon": a_look("Enter the characters you see below. Sorry, we just need to make sure", title="Amazon"),
    "search engine": a_look("Our systems have detected unusual traffic from your network", title="Sorry"),
}  # fmt: skip


@pytest.mark.parametrize("name", WALLS)
def test_a_bot_wall_is_told_and_never_taken_for_the_terms(name: str) -> None:
    found = refusal(a_document(), WALLS[name])

    assert found is not None
    assert found[0] is Refusal.CHALLENGE
    assert "not got round" in found[1]


def test_a_wall_without_any_text_is_known_by_its_bytes() -> None:
    assert wall_in(b"<html><script>_cf_chl_opt={}</script>", None) == "Cloudflare"
    assert wall_in(b"<noscript>Enable JavaScript and cookies to continue</noscript>", None) == "a bot wall"
    assert wall_in(b"<html><div id=app></div>", None) is None


def test_the_scripts_of_a_wall_in_an_ordinary_page_prove_nothing() -> None:
    scripts = b"<script src='/cdn-cgi/challenge-platform/scripts/jsd/a.js'></script><script>kpsdk; _Incapsula_Resource</script>"

    assert refusal(a_document(), a_look(body=scripts)) is None
    assert refusal(a_document(), a_look(ENGLISH * 9, body=scripts)) is None


def test_terms_that_speak_of_robots_are_evidence() -> None:
    text = (
        ENGLISH * 8 + "You confirm that you are not a robot and cause no unusual traffic from your network."
    )

    assert refusal(a_document(), a_look(text)) is None
    assert refusal(a_document(), a_look(ENGLISH * 8, title="Access Denied policy | Tonebarn")) is None


# ---------------------------------------------------------------- another page


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://tonebarn.example/", "home page"),
        ("https://www.tonebarn.example", "home page"),
        ("https://tonebarn.example/login?next=/terms", "login"),
        ("https://tonebarn.example/en/sign-in", "login"),
        ("https://id.tonebarn.example/auth/start", "login"),
    ],
)
def test_an_address_that_leads_elsewhere_is_another_page(url: str, said: str) -> None:
    found = refusal(a_document(), a_look(url=url))

    assert found is not None
    assert found[0] is Refusal.TITLE
    assert said in found[1]


@pytest.mark.parametrize(
    "url", ["https://tonebarn.example/en/terms", "https://legal.example/tonebarn", "https://[bad"]
)
def test_a_page_that_moved_is_evidence_all_the_same(url: str) -> None:
    assert refusal(a_document(), a_look(url=url)) is None


def test_terms_on_the_root_of_their_own_host_are_evidence() -> None:
    document = a_document(url="https://terms.tonebarn.example/")

    assert refusal(document, a_look(url="https://terms.tonebarn.example/")) is None


def test_a_home_page_in_the_place_of_a_policy_holds_no_words_of_terms() -> None:
    for kind in (DocumentKind.TERMS, DocumentKind.POLICY):
        found = refusal(a_document(kind=kind), a_look(HOME, title="Tonebarn"))
        assert found is not None
        assert found[0] is Refusal.NO_VOCABULARY


def test_words_that_the_text_must_hold_decide_whatever_their_case_and_quotes() -> None:
    document = a_document(contains=("TONEBARN", "between  you and"))
    assert refusal(document, a_look()) is None

    found = refusal(a_document(contains=("Tonebarn", "Artist's share")), a_look())
    assert found is not None
    assert found[0] is Refusal.NO_VOCABULARY
    assert "Artist's share" in found[1]
    assert (
        refusal(a_document(contains=("Artist's share",)), a_look(ENGLISH + "The artist’s share is 70 %."))
        is None
    )


def test_words_that_the_title_must_hold_decide() -> None:
    document = a_document(title_contains=("terms of use",))
    assert refusal(document, a_look(title="Tonebarn | Terms of Use")) is None

    for title in ("Tonebarn: make music", ""):
        found = refusal(document, a_look(title=title))
        assert found is not None
        assert found[0] is Refusal.TITLE


def test_a_missing_selector_is_no_evidence_although_text_was_found() -> None:
    document = a_document(selector="#legal")
    assert refusal(document, a_look(extractor="selector/1")) is None
    assert refusal(document, a_look(extractor="page-data/1")) is None
    assert refusal(document, a_look(extractor="pdf/1")) is None

    for extractor in ("main/1", "data/1", "plain/1"):
        found = refusal(document, a_look(extractor=extractor))
        assert found is not None
        assert found[0] is Refusal.SELECTOR
        assert "'#legal'" in found[1]


@given(st.text(max_size=500), st.text(max_size=40), st.binary(max_size=200), st.text(max_size=40))
def test_no_page_trips_the_decision(text: str, title: str, body: bytes, path: str) -> None:
    look = a_look(text, title=title, body=body, url=f"https://tonebarn.example/{path}")

    found = evidence(
        a_document(contains=("x",), title_contains=("y",), selector="main"), look, LastLook(chars=99)
    )

    assert found is None or found.why


# ---------------------------------------------------------------- out of date

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
MARCH, APRIL = date(2026, 3, 10), date(2026, 4, 10)


def stale(**changes: object) -> str:
    values: dict[str, object] = {
        "updated_on": None,
        "known_updated_on": None,
        "text_seen_at": datetime(2026, 1, 5, tzinfo=UTC),
        "read_at": NOW,
        "now": NOW,
    }
    return why_stale(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(("hours", "is_stale"), [(0, False), (47, False), (48, True), (500, True)])
def test_a_page_not_readable_for_two_days_alarms(hours: int, is_stale: bool) -> None:
    said = stale(read_at=NOW - timedelta(hours=hours))

    assert bool(said) is is_stale
    assert ("not been readable for" in said) is is_stale


def test_a_page_never_asked_for_does_not_alarm() -> None:
    assert stale(read_at=None, text_seen_at=None) == ""


@pytest.mark.parametrize(
    ("updated_on", "known", "is_stale"),
    [
        (MARCH, date(2026, 1, 5), True),  # the page moved on, our text did not
        (MARCH, MARCH, False),
        (date(2025, 6, 1), MARCH, False),  # an older date is not a newer text
        (MARCH, None, True),  # our text, first seen in January, had no date
        (date(2026, 1, 6), None, False),  # the day that we first saw it, somewhere on earth
        (APRIL, date(2026, 1, 5), False),  # announced for later
        (None, date(2026, 1, 5), False),
    ],
)
def test_a_newer_date_on_the_page_than_our_text_has_alarms(
    updated_on: date | None, known: date | None, is_stale: bool
) -> None:
    said = stale(updated_on=updated_on, known_updated_on=known)

    assert bool(said) is is_stale
    assert (MARCH.isoformat() in said) is is_stale


def test_without_any_text_yet_no_date_is_newer() -> None:
    assert stale(updated_on=MARCH, text_seen_at=None) == ""
