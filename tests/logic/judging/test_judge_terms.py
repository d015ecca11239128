"""What services say and do about AI in their own terms: the entries that matter most, and what only sounds like them.

All headlines are invented, and none is among those that the weights were fitted on (bot/data/examples.toml).
"""

import tomllib

import pytest

from bot.logic.judging.judge import judge
from bot.model import NewEntry, Outlet, SourceGroup, Topic, Verdict
from tests.bench.judging import rules
from tests.builders import a_new_entry, an_outlet
from tests.shared import PROJECT

RULES = rules()
TRADE = RULES.outlet_for("Music Business Worldwide", None)
CONSUMER = RULES.outlet_for("NME", None)
TECH = RULES.outlet_for("The Verge", None)
GENERAL = RULES.outlet_for("The Valley Courier", None)


def verdict_on(title: str, summary: str, outlet: Outlet) -> Verdict:
    return judge(a_new_entry(title, summary=summary, outlet=outlet), RULES)


def own_voice(platform: str) -> Outlet:
    return an_outlet(f"{platform} blog", group=SourceGroup.PLATFORM, platform=platform)


OWN_VOICE = [
    (
        "soundcloud",
        "A letter to our community: we are changing our terms on AI",
        "Training needs your consent.",
    ),
    (
        "soundcloud",
        "Our terms and AI: what we are changing and why",
        "No upload will train a generative model.",
    ),
    ("bandcamp", "Updated acceptable use policy: no training of AI on music here", "It applies from today."),
    (
        "distrokid",
        "We hear you on AI",
        "The new clause about training models on your songs is gone from our terms.",
    ),
    (
        "tunecore",
        "A correction to our terms",
        "The sentence about AI should not have been there. Your songs train nothing.",
    ),
    (
        "cd-baby",
        "Our promise about AI training",
        "We will never hand your recordings to model makers without your yes.",
    ),
    (
        "audiomack",
        "Statement on AI and creators' uploads",
        "We do not train AI on your music, and our terms now rule it out.",
    ),
    ("bandlab", "Why we rewrote the AI part of our terms", "The old text was too broad. We apologise."),
    (
        "spotify",
        "How we protect your music from AI training",
        "Our terms prohibit scraping, and we block it.",
    ),
]


@pytest.mark.parametrize(("platform", "title", "summary"), OWN_VOICE, ids=lambda text: text[:40])
def test_a_platform_that_speaks_of_ai_in_its_own_terms_is_heard(
    platform: str, title: str, summary: str
) -> None:
    verdict = verdict_on(title, summary, own_voice(platform))

    assert (verdict.relevant, verdict.topic) == (True, Topic.TERMS_TRAINING)
    assert verdict.platforms[:1] == (RULES.entities[platform].name,)


OTHER_CHANGES = [
    ("deezer", "From today you can see which songs were made by AI", "We tag them.", Topic.LABELLING_OR_BAN),
    (
        "bandcamp",
        "Keeping this place human",
        "Music made wholly by AI is not allowed here.",
        Topic.LABELLING_OR_BAN,
    ),
    ("soundcloud", "New setting: opt out of AI training", "Choose for each of your tracks.", Topic.OPT_OUT),
    (
        "youtube",
        "A switch for musicians",
        "You can now opt in to training by AI companies, or not.",
        Topic.OPT_OUT,
    ),
]


@pytest.mark.parametrize(
    ("platform", "title", "summary", "topic"), OTHER_CHANGES, ids=lambda text: str(text)[:40]
)
def test_a_platform_that_sets_another_rule_on_ai_is_heard(
    platform: str, title: str, summary: str, topic: Topic
) -> None:
    verdict = verdict_on(title, summary, own_voice(platform))

    assert (verdict.relevant, verdict.topic) == (True, topic)


PRESS = [
    ("SoundCloud CEO says AI terms were “too broad”, vows to change them", "The letter follows complaints."),
    ("SoundCloud backtracks on AI terms and promises opt-in", "Its chief says the clause was too broad."),
    ("SoundCloud walks back AI clause after artists' anger", "Artists must opt in, the platform promises."),
    (
        "SoundCloud apologises to musicians over AI wording",
        "The sentence will be struck from its terms of use.",
    ),
    ("SoundCloud to rewrite terms after outcry over AI training", "A new text is due this month."),
    (
        "Amuse drops AI licence from artist agreement",
        "The distributor had asked for the right to train models.",
    ),
    ("RouteNote says AI clause in its contract was a mistake", "Artists' songs were never shared, it says."),
    (
        "CD Baby promises artists a vote before any AI training",
        "The distributor was asked about its new terms.",
    ),
    ("Bandcamp forbids AI training in new policy", "Scraping of songs is ruled out as well."),
    ("TuneCore defends AI clause in its terms", "The distributor says the line lets it fight fraud."),
    (
        "Spotify updates terms: third parties may not train AI on its music",
        "The user agreement takes effect soon.",
    ),
    ("TikTok admits it trained music AI on users' songs", "A spokesman says the practice ended in spring."),
    (
        "Landr faces questions over AI training on members' tracks",
        "The company points to its fair trade scheme.",
    ),
    ("Distributor denies feeding artists' songs to AI", "The clause is about search, it says."),
    (
        "Streaming service pledges never to train AI on independent artists' uploads",
        "The pledge is in its terms.",
    ),
    ("Music platform scraps AI clause hours after it was found", "Uploaders had called for a boycott."),
]


@pytest.mark.parametrize("outlet", [TRADE, CONSUMER, TECH], ids=["trade", "consumer", "tech"])
@pytest.mark.parametrize(("title", "summary"), PRESS, ids=lambda text: text[:40])
def test_reports_of_what_a_service_does_to_its_terms_are_ours(
    title: str, summary: str, outlet: Outlet
) -> None:
    verdict = verdict_on(title, summary, outlet)

    assert verdict.relevant
    assert verdict.topic in (Topic.TERMS_TRAINING, Topic.OPT_OUT)


def test_a_report_in_a_paper_about_everything_is_ours_too() -> None:
    verdict = verdict_on(
        "SoundCloud reverses course on AI training of artists' music", "Terms change.", GENERAL
    )

    assert (verdict.relevant, verdict.topic) == (True, Topic.TERMS_TRAINING)


AI_ACTS = [
    ("AI-made singer Luma Vale signs a seven-figure deal", "Her makers hum the melodies themselves."),
    ("AI-generated popstar signs record deal worth millions", "The label expects a tour of avatars."),
    ("AI artist inks publishing pact", "The woman behind the act writes every lyric."),
    ("Hit-making AI band signs with management company", "The single has eight million plays."),
    ("Xania Monet's creator lands a label deal", "The AI singer will release an album in spring."),
    ("AI country singer tops digital songs chart", "It sold three thousand downloads."),
    ("Virtual AI idol sells out arena", "The hologram sang for ninety minutes."),
    ("Who is behind the AI artist with a million listeners?", "We found a teacher from Leeds."),
]


@pytest.mark.parametrize("outlet", [TRADE, CONSUMER, TECH], ids=["trade", "consumer", "tech"])
@pytest.mark.parametrize(("title", "summary"), AI_ACTS, ids=lambda text: text[:40])
def test_an_act_made_with_ai_that_signs_or_charts_is_none_of_ours(
    title: str, summary: str, outlet: Outlet
) -> None:
    assert not verdict_on(title, summary, outlet).relevant


LOOK_ALIKES = [
    ("Cloud drive changes terms, says files are not used to train AI", "Lawyers had warned their clients."),
    ("Photo site apologises for AI training clause", "Portraits will be left out of it."),
    ("Email provider walks back AI terms", "Messages will not train its assistant."),
    ("SoundCloud rolls out AI mastering to all plans", "It works on tracks of up to ten minutes."),
    ("Spotify changes the terms of its student discount", "The service will check each year."),
    ("Tidal's new privacy policy explains what it does with listening data", "Adverts are not personalised."),
    ("SoundCloud CEO on AI, festivals and the year ahead", "We met him in Amsterdam."),
    ("In terms of features, this AI music app wins our test", "Five generators were compared."),
    ("BandLab and guitar maker agree deal on amp models", "Machine learning copies the sound of tubes."),
    ("Opinion: the terms we click away are not the problem with AI music", "It is boredom."),
    ("Deezer promises better recommendations with AI", "The service trains its engine on what you skip."),
    ("Singer apologises for AI video", "The clip for her new single was taken down."),
    ("Rapper backtracks on remarks about AI beats", "He uses them after all, he says."),
    ("Label boss vows to double revenue with AI", "He spoke to investors in New York."),
]


@pytest.mark.parametrize("outlet", [TRADE, TECH], ids=["trade", "tech"])
@pytest.mark.parametrize(("title", "summary"), LOOK_ALIKES, ids=lambda text: text[:40])
def test_what_only_sounds_like_new_terms_on_ai_is_left_out(title: str, summary: str, outlet: Outlet) -> None:
    assert not verdict_on(title, summary, outlet).relevant


OWN_LOOK_ALIKES = [
    ("soundcloud", "Uploads are now twice as fast", "A new pipeline is on for everyone."),
    ("soundcloud", "Our terms of use have a new look", "Same rules, better type."),
    ("spotify", "Meet the AI DJ in your language", "It speaks Danish from today."),
    ("deezer", "A letter from our CEO: the year in music", "Thank you for listening."),
    ("bandlab", "Five AI tools every producer should try", "All of them are in your studio already."),
    ("tunecore", "An update to our prices", "Plans cost a little more from June."),
    ("youtube", "New ways to make Shorts with AI", "Generate a backdrop or a beat."),
]


@pytest.mark.parametrize(("platform", "title", "summary"), OWN_LOOK_ALIKES, ids=lambda text: text[:40])
def test_a_platform_that_speaks_of_other_things_is_not_repeated(
    platform: str, title: str, summary: str
) -> None:
    assert not verdict_on(title, summary, own_voice(platform)).relevant


def test_no_headline_of_these_tests_is_among_the_examples_fitted_on() -> None:
    table = tomllib.loads((PROJECT / "bot/data/examples.toml").read_text())
    fitted = {title.casefold() for block in table["example"] for title, _ in block["lines"]}
    tested = {title for title, _ in (*PRESS, *AI_ACTS, *LOOK_ALIKES)}
    tested |= {line[1] for line in (*OWN_VOICE, *OTHER_CHANGES, *OWN_LOOK_ALIKES)}

    assert not fitted & {title.casefold() for title in tested}


def test_the_most_telling_words_of_a_letter_are_shown_as_its_reason() -> None:
    entry: NewEntry = a_new_entry(
        "A letter from our founder: we are changing our terms on AI", outlet=own_voice("soundcloud")
    )

    texts = " ".join(reason.text for reason in judge(entry, RULES).reasons)

    assert '"changing our terms"' in texts
    assert "opinion" not in texts
