"""Verdicts on headlines of every kind: our subject in all its topics and languages, and what only looks like it."""

import sys
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.logic.judging.judge import OFF_THE_LINE, judge
from bot.logic.judging.words import BODY_CHARACTERS, asides_of, clean_title
from bot.model import NewEntry, Outlet, SourceGroup, Topic, Verdict
from tests.bench.judging import rules
from tests.builders import a_new_entry, an_outlet

RULES, BUILT_AGAIN = rules(), rules()
TRADE = RULES.outlet_for("Billboard", None)
TECH = RULES.outlet_for("The Verge", None)
GENERAL = RULES.outlet_for("The Valley Courier", None)


def verdict_on(title: str, outlet: Outlet = TRADE, **changes: object) -> Verdict:
    return judge(a_new_entry(title, **({"outlet": outlet} | changes)), RULES)


RELEVANT = {
    "SoundCloud changes its terms to allow AI training on uploads": Topic.TERMS_TRAINING,
    "Streaming service adds a clause that lets it train AI on your songs": Topic.TERMS_TRAINING,
    "Deezer gives artists a switch to opt out of AI training": Topic.OPT_OUT,
    "Warner Music tells AI firms to keep off its catalogue without permission": Topic.OPT_OUT,
    "Kobalt signs licensing deal with AI music firm Udio": Topic.LICENSING_DEAL,
    "Concord Music settles with Suno and licenses its songs": Topic.LICENSING_DEAL,
    "Publishers sue Suno over lyrics used in training": Topic.LAWSUIT,
    "Judge dismisses part of the labels' suit against Udio": Topic.LAWSUIT,
    "Senators bring back the NO FAKES Act with songwriters at their side": Topic.LEGISLATION,
    "Parliament votes on copyright bill that would make AI firms name the music they used": Topic.LEGISLATION,
    "Bandcamp bans music made wholly by AI": Topic.LABELLING_OR_BAN,
    "Qobuz will label AI-generated tracks from May": Topic.LABELLING_OR_BAN,
    "Singer finds AI clone of her voice on Spotify": Topic.VOICE_LIKENESS,
    "Late rapper's estate demands removal of song with his AI voice": Topic.VOICE_LIKENESS,
    "Man charged with streaming fraud using AI-generated songs": Topic.ROYALTIES_FRAUD,
    "Tidal will not pay royalties on AI tracks": Topic.ROYALTIES_FRAUD,
    "Musicians release silent album to protest against AI plans": Topic.CAMPAIGN,
    "Three hundred singers sign open letter on AI music": Topic.CAMPAIGN,
    "Recording Academy sets new rules for AI in Grammy entries": Topic.GUIDANCE,
    "Songwriter society publishes guidelines on registering works made partly with AI": Topic.GUIDANCE,
}


@pytest.mark.parametrize(("title", "topic"), RELEVANT.items(), ids=lambda value: str(value)[:50])
def test_our_subject_is_recognised_with_its_topic(title: str, topic: Topic) -> None:
    verdict = verdict_on(title)

    assert (verdict.relevant, verdict.topic) == (True, topic)


@pytest.mark.parametrize("outlet", [TRADE, TECH], ids=["trade", "tech"])
@pytest.mark.parametrize(
    "title",
    [
        "SoundCloud clarifies that it has never used uploads to train AI",
        "SoundCloud denies training AI on users' music after backlash",
        "SoundCloud responds to AI training concerns",
        "SoundCloud chief says wording of the AI clause was too broad",
        "Musicians pull songs from SoundCloud over AI clause",
    ],
)
def test_every_turn_of_a_quarrel_about_terms_is_recognised(title: str, outlet: Outlet) -> None:
    verdict = verdict_on(title, outlet)

    assert (verdict.sure, verdict.topic) == (True, Topic.TERMS_TRAINING)
    assert verdict.platforms == ("SoundCloud",)


LOOK_ALIKES = {
    "launch": "Suno launches new model with longer songs",
    "playlist feature": "Spotify adds an AI playlist feature for Premium listeners",
    "plug-in": "This free plug-in writes bass lines with AI",
    "gear": "New synth uses machine learning to shape its sound",
    "opinion": "Why I stopped worrying about AI in the studio",
    "interview": "Producer talks AI, family and his new album",
    "denial": "Guitarist says he never uses AI to write songs",
    "ai act": "AI band tops the viral chart and announces a debut album",
    "funding": "Suno raises $200m at a $2bn valuation",
    "earnings": "UMG earnings: revenue up 5%, AI on the agenda",
    "hire": "Udio hires former label manager as head of marketing",
    "shopping": "Black Friday: best deals on headphones with AI noise cancelling",
    "podcast": "Podcast: a composer on life with AI",
    "sponsored": "Sponsored: how AI can help your release plan",
    "weapons boycott": "Band leaves Spotify over the CEO's investment in AI weapons",
    "security": "Suno data breach exposes emails of 3m users",
    "apple intelligence": "Apple Intelligence comes to the Watch",
    "books": "Authors sue OpenAI over novels used in training",
    "images": "Visual artists sue maker of AI image generator",
    "film": "Actress's deepfake shown in an advert for insurance",
    "chips": "Export rules for AI chips tightened again",
    "no ai": "Label sues retailer over songs in adverts",
    "music bill without ai": "Bill to pay artists for radio play gets a hearing",
    "basketball": "Klay Thompson hits ten threes and thanks his AI coach",
    "band called Train": "Train announce summer tour",
    "tour": "Punk trio Crobot share new single from album Robot Years",
}


@pytest.mark.parametrize("outlet", [TRADE, TECH], ids=["trade", "tech"])
@pytest.mark.parametrize("title", LOOK_ALIKES.values(), ids=LOOK_ALIKES)
def test_what_only_looks_like_our_subject_is_left_out(title: str, outlet: Outlet) -> None:
    verdict = verdict_on(title, outlet)

    assert (verdict.relevant, verdict.topic, verdict.sure) == (False, None, False)


@pytest.mark.parametrize(
    "title",
    [
        "From a lawsuit against Suno to Deezer's new tags… it's the weekly round-up",
        "Week in review: labels sue Udio, Bandcamp bans AI music and more",
        "Wochenrückblick: GEMA verklagt Suno, Deezer kennzeichnet KI-Musik",
    ],
)
def test_a_round_up_is_flagged_and_never_relevant(title: str) -> None:
    verdict = verdict_on(title, lang="de" if title.startswith("Wochen") else "en")

    assert (verdict.roundup, verdict.relevant) == (True, False)
    assert verdict.score <= OFF_THE_LINE
    assert "round-up of many stories" in verdict.reasons[0].text


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("GEMA verklagt KI-Firma Suno wegen Musik", Topic.LAWSUIT),
        ("GEMA und Suno schließen Lizenzvertrag über KI-Musik", Topic.LICENSING_DEAL),
        ("Gericht gibt Musikverlag gegen KI-Anbieter recht", Topic.LAWSUIT),
        ("SACEM s'oppose à l'entraînement de l'IA sur les chansons de ses membres", Topic.OPT_OUT),
        ("Deezer étiquette les morceaux générés par l'IA", Topic.LABELLING_OR_BAN),
        ("La SGAE demanda a una empresa de IA por usar canciones sin permiso", Topic.LAWSUIT),
        ("Spotify elimina miles de canciones creadas con IA", Topic.LABELLING_OR_BAN),
    ],
)
def test_german_french_and_spanish_headlines_are_understood(title: str, topic: Topic) -> None:
    verdict = verdict_on(title)

    assert (verdict.relevant, verdict.topic) == (True, topic)


@pytest.mark.parametrize(
    "title",
    ["GEMA feiert Jubiläum mit einem Konzert", "La SACEM ouvre un musée", "La SGAE elige presidenta"],
)
def test_other_news_of_the_same_societies_is_left_out(title: str) -> None:
    assert not verdict_on(title).relevant


def test_a_headline_without_any_ai_word_can_be_ours() -> None:
    assert verdict_on("Data bill opposed by famous singers finally passes", GENERAL).relevant
    assert verdict_on("GEMA sues Suno").relevant


def test_a_general_outlet_has_to_prove_music_and_a_music_outlet_does_not() -> None:
    title = "Copyright bill would let AI firms train without permission"

    assert verdict_on(title, TRADE).relevant
    assert not verdict_on(title, TECH).relevant
    assert "nothing about music" in verdict_on(title, TECH).reasons[0].text


def test_no_outlet_vouches_for_a_rule_at_stake() -> None:
    society = an_outlet("A society", group=SourceGroup.RIGHTS_ORG, needs=frozenset())

    verdict = verdict_on("Our members talk about AI and their songs", society)

    assert not verdict.relevant
    assert "no rule, right, deal or demand" in verdict.reasons[0].text


def test_words_that_the_outlet_does_not_vouch_for_can_stand_in_the_text() -> None:
    title = "Court rules against maker of AI chatbot"
    text = (
        "OpenAI used song lyrics in AI training without a licence, the court found; the music society GEMA had "
        "sued. Songwriters welcomed the ruling as a victory for copyright."
    )

    assert verdict_on(title, TECH, summary=text).relevant
    assert verdict_on(title, TECH, page_text=text).score == verdict_on(title, TECH, summary=text).score
    assert not verdict_on(title, TECH).relevant


def test_sure_is_a_higher_line_than_relevant() -> None:
    titles = [*RELEVANT, "Minister hears musicians on AI", "Society looks at AI payments for musicians"]
    verdicts = [verdict_on(title, outlet) for title in titles for outlet in (TRADE, TECH, GENERAL)]

    assert RULES.lines.relevant < RULES.lines.sure
    assert all(verdict.relevant for verdict in verdicts if verdict.sure)
    assert any(verdict.sure for verdict in verdicts)
    assert any(verdict.relevant and not verdict.sure for verdict in verdicts)


@pytest.mark.parametrize(
    ("title", "wants"),
    [
        ("Suno says AI songs came from YouTube", True),
        ("Garden gnomes return to fashion this summer", False),
        ("Spotify reports record quarter", False),
        ("Universal Music sues Udio over AI training on songs", False),
        ("Suno hires new head of AI music", False),
    ],
    ids=["near the line", "far from it", "no AI", "on it anyway", "a look-alike"],
)
def test_a_page_is_wanted_for_what_is_near_the_line_and_names_a_firm_or_service(
    title: str, wants: bool
) -> None:
    assert verdict_on(title).wants_page is wants


# ---------------------------------------------------------------- platforms


@pytest.mark.parametrize(
    ("title", "text", "platforms"),
    [
        ("Universal Music sues Udio over songs", "", ("Udio", "UMG")),
        ("Universal and Merlin license songs to Klay for AI remixes", "", ("Klay", "UMG", "Merlin")),
        ("Major labels sue Suno over AI training", "", ("Suno", "UMG", "Sony Music", "WMG")),
        ("Suno held liable by court for AI songs", "GEMA had brought the case in Munich.", ("Suno", "GEMA")),
        ("After Suno's court defeat, Deezer tags AI songs", "", ("Deezer",)),
        ("AI music bill backed by singers passes", "Spotify and RIAA praised the bill.", ()),
        ("AI rules for songs from Lucian Grainge's memo", "", ("UMG",)),
        ("Labels claim Suno ripped songs in amended AI suit", "", ("Suno", "UMG", "Sony Music", "WMG")),
        ("Rapper sues Suno over songs used in AI training", "Labels had sued before.", ("Suno",)),
        ("Music publishers sue Anthropic over lyrics", "", ("Anthropic", "UMG", "Concord", "ABKCO")),
        ("Concord says Anthropic infringed lyrics in AI suit", "", ("Anthropic", "Concord")),
        ("German court finds that Suno infringed songs", "", ("Suno", "GEMA")),
        ("German collecting society licenses songs to AI firms", "", ("GEMA",)),
        ("Deezer tags AI songs, German listeners see them first", "", ("Deezer",)),
        ("Spanish collecting society sues Udio over AI training", "", ("Udio", "SGAE")),
        ("Dutch rights society licenses songs to an AI music firm", "", ("Buma/Stemra",)),
        ("Canadian performing rights society urges musicians to say no to AI", "", ("SOCAN",)),
        ("Kobalt licenses songs to Suno rival ElevenLabs for AI music", "", ("ElevenLabs", "Kobalt")),
        ("Singers sign open letter against AI music", "GEMA wrote it. Spotify is silent.", ("GEMA",)),
        ("Grammy-winning songwriter sues Udio over AI training", "", ("Udio",)),
        ("Recording Academy sets AI rule: Grammy entries need human authors", "", ("Recording Academy",)),
        ("AI music rules: what Symphonic and TuneCore distribute", "", ("Symphonic", "TuneCore")),
        ("Cloned singer removed after AI voice complaint", "Spotify took the songs down.", ("Spotify",)),
    ],
)
def test_platforms_are_the_one_acted_on_then_the_parties(
    title: str, text: str, platforms: tuple[str, ...]
) -> None:
    assert verdict_on(title, summary=text).platforms == platforms


def test_a_platforms_own_blog_is_about_that_platform() -> None:
    blog = an_outlet("SoundCloud blog", group=SourceGroup.PLATFORM, platform="soundcloud", needs=frozenset())

    verdict = verdict_on("How our terms treat AI training on your tracks: you can opt out", blog)

    assert verdict.platforms == ("SoundCloud",)


def test_a_platform_that_the_table_does_not_know_is_not_named() -> None:
    blog = an_outlet("Blog", group=SourceGroup.PLATFORM, platform="gone-from-the-table", needs=frozenset())

    assert verdict_on("New AI training clause in our terms for tracks", blog).platforms == ()


# ---------------------------------------------------------------- reasons


def test_reasons_say_in_words_what_was_found_and_where() -> None:
    verdict = verdict_on("Publishers sue Suno over lyrics used in training")
    texts = [reason.text for reason in verdict.reasons]

    assert any(text.startswith("A rule at stake:") and '"sue"' in text for text in texts)
    assert any("names Suno, a maker of AI music, in the title" in text for text in texts)
    assert texts[-1].startswith("Topic lawsuit:")


def test_a_left_out_entry_says_what_spoke_against_it_first() -> None:
    verdict = verdict_on("AI music app launches beta and Universal signs on as partner with free plugin")

    assert verdict.reasons[0].text.startswith("Against:")
    assert any('reads like gear or plug-ins ("plugin' in reason.text for reason in verdict.reasons)


@pytest.mark.parametrize("title", [*RELEVANT, *LOOK_ALIKES.values(), "", "Weather"])
def test_every_verdict_has_readable_reasons_in_order(title: str) -> None:
    verdict = verdict_on(title, TECH)
    weighed = [r for r in verdict.reasons if r.weight and not r.code.startswith(("missing", "roundup"))]
    agreeing = [abs(r.weight) for r in weighed if (r.weight > 0) == verdict.relevant]

    assert verdict.reasons
    assert agreeing == sorted(agreeing, reverse=True)
    starts = ("AI: ", "Music: ", "A rule at stake: ", "For: ", "Against: ", "Topic ")
    assert all(reason.text.startswith(starts) for reason in verdict.reasons)
    # Names of features are for weights.json, not for people.
    assert not any(code in r.text for r in verdict.reasons for code in ("title:", "pair:", "ai-firm", "_"))


# ---------------------------------------------------------------- titles


@pytest.mark.parametrize(
    ("title", "outlet", "cleaned"),
    [
        ("Song banned - Billboard", "Billboard", "Song banned"),
        ("Song banned | billboard", "Billboard", "Song banned"),
        ("The story of Billboard", "Billboard", "The story of Billboard"),
        ("Song banned", "", "Song banned"),
        ("  Song banned ", "Billboard", "Song banned"),
    ],
)
def test_the_outlets_name_is_cut_from_the_end_of_a_title(title: str, outlet: str, cleaned: str) -> None:
    assert clean_title(title, outlet) == cleaned


def test_background_in_a_title_is_told_from_the_news() -> None:
    title = "Amid lawsuits over training, Suno will watermark AI songs"

    assert [title[low:high] for low, high in asides_of(title)] == ["Amid lawsuits over training"]
    assert verdict_on(title).topic is Topic.LABELLING_OR_BAN
    assert asides_of("As expected from the court all day long") == ()


def test_what_wordpress_puts_under_a_summary_counts_for_nothing() -> None:
    title, text = "Court rules on AI training", "Novelists had sued."
    debris = " The post Court rules on AI training appeared first on Music and Songs Weekly."

    assert verdict_on(title, TECH, summary=text + debris).score == verdict_on(title, TECH, summary=text).score


# ---------------------------------------------------------------- any text


_TEXT = st.text(max_size=200) | st.lists(
    st.sampled_from(
        ["AI", "Suno", "sues", "=AI", "#", "_", "*", "“", "Klay", "A.I.", "\x00", "ﬁ", "İ", "From to week"]
    ),
    max_size=30,
).map(" ".join)


@given(title=_TEXT, summary=_TEXT, outlet=st.sampled_from([TRADE, TECH, GENERAL]), lang=st.text(max_size=3))
@settings(max_examples=200, deadline=None)
def test_any_text_gets_a_whole_and_repeatable_verdict(
    title: str, summary: str, outlet: Outlet, lang: str
) -> None:
    entry = a_new_entry(title, summary=summary, outlet=outlet, lang=lang, categories=(title,))

    verdict = judge(entry, RULES)

    assert verdict == judge(entry, BUILT_AGAIN)
    assert 0.0 <= verdict.score <= 1.0
    assert (verdict.topic is None) is not verdict.relevant
    assert verdict.reasons
    assert verdict.relevant or not verdict.sure


def _lines_run(entry: NewEntry) -> int:
    """Lines that judging runs: a cost that no busy machine can change."""
    count = 0

    def trace(*_: object) -> object:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        judge(entry, RULES)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "words",
    ["Universal Music sues Suno over AI training. ", "a, b; c… “d” ", "amid after as ", "x" * 50],
    ids=["news", "marks", "asides", "no space"],
)
def test_a_very_long_text_costs_no_more_than_the_part_that_is_weighed(words: str) -> None:
    long = words * (100_000 // len(words))
    enough: Mapping[str, str] = {"title": long[:400], "summary": long[:BODY_CHARACTERS]}

    cost = _lines_run(a_new_entry(long, summary=long, page_text=long, outlet=TRADE))

    assert cost <= 1.2 * _lines_run(a_new_entry(enough["title"], summary=enough["summary"], outlet=TRADE))
