"""The files under config/: those that come with the program, and what is said about wrong ones."""

import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.logic.text.names import words_of
from bot.model import DocumentKind, Evidence, SourceGroup, Topic
from bot.settings import default_folder, load_config
from bot.settings.platforms import load_platforms
from bot.settings.sources import sources_in
from bot.settings.terms import DocumentRow, documents_in
from bot.settings.topics import load_topics

PATH = Path("config/sources.toml")
GOOD = """\
[[source]]
id = "gazette"
name = "Gazette"
feed = "https://gazette.example/feed"
group = "music-trade"
"""


def test_the_files_that_come_with_the_program_have_no_problem() -> None:
    config = load_config(default_folder())

    assert [str(problem) for problem in config.problems] == []
    assert len(config.sources) >= 120
    assert len(config.platforms) >= 80
    assert {label.topic for label in config.topics} == set(Topic)


# Names that the editorial line asks to know; ids of those that have an official site or an official text.
ASKED_FOR = """
spotify apple-music youtube youtube-music deezer tidal qobuz soundcloud bandcamp
amazon-music tiktok bytedance tencent-music iheartradio beatport audiomack twitch meta
instagram snapchat distrokid tunecore believe cd-baby symphonic routenote landr
bandlab splice merlin kobalt musixmatch audible-magic songtradr suno udio
klay elevenlabs stability stable-audio anthropic claude openai chatgpt sora
google lyria nvidia boomy endel moises vermillio musical-ai sureel
mureka minimax alibaba supertone hybe umg sony-music wmg bmg
concord abkco round-hill wixen jamendo koda gema stim sacem
prs socan ascap bmi komca jasrac apra cisac gesac
icmp ifpi riaa bpi impala a2im nmpa afm sag-aftra
recording-academy grammys ivors mac hac fairly-trained elvis-act no-fakes train-act
ai-act gpai-code uk-data-bill tdm ddex copyright-office
"""


def test_the_names_that_the_editorial_line_asks_for_are_known_with_their_official_site() -> None:
    asked_for = set(ASKED_FOR.split())
    known = {entity.id: entity for entity in load_config(default_folder()).platforms}

    assert len(asked_for) >= 80
    assert {name for name in asked_for if name not in known or not known[name].home} == set()


def test_every_home_is_a_safe_address_of_one_entity() -> None:
    homes = [entity.home for entity in load_config(default_folder()).platforms if entity.home]

    assert [home for home in homes if not home.startswith("https://")] == []
    assert len(homes) == len(set(homes))


def test_every_ambiguous_name_says_what_else_it_means_and_beside_which_words_it_counts() -> None:
    ambiguous = [entity for entity in load_config(default_folder()).platforms if entity.ambiguous]

    assert len(ambiguous) >= 45
    assert [entity.id for entity in ambiguous if not (entity.company and "counts" in entity.note)] == []


def test_no_spelling_belongs_to_two_entities() -> None:
    owners: dict[tuple[str, ...], set[str]] = {}
    for entity in load_config(default_folder()).platforms:
        for name in (entity.name, *entity.aliases):
            owners.setdefault(tuple(word.folded for word in words_of(name)), set()).add(entity.id)

    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_every_group_of_the_editorial_list_is_watched() -> None:
    groups = {source.group for source in load_config(default_folder()).sources}

    assert groups >= set(SourceGroup) - {SourceGroup.GENERAL}


def test_every_source_of_a_platform_is_a_primary_one() -> None:
    sources = load_config(default_folder()).sources

    assert [source.id for source in sources if source.platform and source.tier != 1] == []


def test_no_address_is_watched_twice() -> None:
    feeds = [source.feed for source in load_config(default_folder()).sources if source.feed]

    assert len(feeds) == len(set(feeds))


def test_the_example_settings_file_names_every_setting_that_is_no_secret() -> None:
    from bot.settings.environment import SECRETS, Settings

    text = (default_folder() / "settings.example.toml").read_text(encoding="utf-8")
    enabled = tomllib.loads("\n".join(line.removeprefix("# ") for line in text.splitlines() if " = " in line))

    assert set(enabled) == set(Settings.model_fields) - set(SECRETS) - {"config"}
    assert Settings(**enabled).parsers == 2


def test_a_table_becomes_a_source() -> None:
    text = GOOD + 'site = "https://gazette.example/"\npoll_minutes = 45\ntier = 1\nlang = "de"\nneeds = []\n'

    (source,) = sources_in(text, PATH, set()).sources

    assert source.poll_interval == timedelta(minutes=45)
    assert (source.tier, source.lang, source.needs) == (1, "de", frozenset())


@pytest.mark.parametrize(
    ("group", "needs"),
    [("music-trade", {Evidence.AI}), ("tech", set(Evidence)), ("general", set(Evidence))],
)
def test_what_a_source_must_prove_follows_from_its_group_unless_said(
    group: str, needs: set[Evidence]
) -> None:
    (source,) = sources_in(GOOD.replace("music-trade", group), PATH, set()).sources

    assert source.needs == needs


def test_a_page_without_a_feed_is_looked_at_every_few_hours_unless_said() -> None:
    page = GOOD.replace("feed =", "site =") + "links = '/news/[0-9]+'\n"

    (source,) = sources_in(page, PATH, set()).sources
    (often,) = sources_in(page + "poll_minutes = 60\n", PATH, set()).sources

    assert (source.feed, source.address, source.links) == (
        None,
        "https://gazette.example/feed",
        "/news/[0-9]+",
    )
    assert (source.poll_interval, often.poll_interval) == (timedelta(hours=4), timedelta(hours=1))


def test_a_source_that_is_switched_off_is_known_but_not_watched() -> None:
    listed = sources_in(GOOD + "enabled = false\n", PATH, set())

    assert listed.sources == ()
    assert [source.id for source in listed.off] == ["gazette"]


BAD_ROWS = {
    "no id": (GOOD.replace('id = "gazette"\n', ""), "line 7: 'id' is missing"),
    "odd id": (GOOD.replace('"gazette"', '"The Gazette"'), "key 'id': 'id' is not a usable id"),
    "bad address": (
        GOOD.replace("https://", ""),
        "line 10 (gazette), key 'feed': 'feed' is not a web address",
    ),
    "file address": (GOOD.replace("https:", "file:"), "is not a web address"),
    "port": (GOOD.replace(".example", ".example:99999"), "is not a web address"),
    "nowhere": (GOOD.replace('feed = "https://gazette.example/feed"\n', ""), "has neither feed nor site"),
    "unknown key": (GOOD + "intervall = 3\n", "there is no key 'intervall'"),
    "unknown group": (GOOD.replace("music-trade", "musictrade"), "'group' is not one of the choices"),
    "unknown need": (GOOD + 'needs = ["law"]\n', "'needs' is not one of the choices"),
    "tier": (GOOD + "tier = 4\n", "'tier' is not a tier"),
    "pace": (GOOD + "poll_minutes = 0\n", "'poll_minutes' is out of range"),
    "text for number": (GOOD + 'poll_minutes = "often"\n', "'poll_minutes' must be a whole number"),
    "platform": (GOOD + 'platform = "soundclod"\n', "no platform 'soundclod' (did you mean 'soundcloud'?)"),
    "pattern": (
        GOOD.replace("feed =", "site =") + 'links = "(blog"\n',
        "'links' is not a regular expression",
    ),
    "feed and pattern": (GOOD + 'links = "/blog/"\n', "has both feed and links"),
    "duplicate": (GOOD.replace("gazette", "herald"), "id 'herald' is taken on line 1"),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_bad_table_is_refused_alone_with_its_line_and_the_fix(name: str) -> None:
    bad, said = BAD_ROWS[name]
    herald = GOOD.replace("gazette", "herald")

    listed = sources_in(f"{herald}\n{bad}", PATH, {"soundcloud"})

    assert [source.id for source in listed.sources] == ["herald"]
    (problem,) = listed.problems
    assert said in str(problem)
    assert str(problem).startswith("config/sources.toml, line ")
    assert len(problem.fix) > 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[source]\n", "is not valid TOML"),
        ('[source]\nid = "x"\n', "Write [[source]], with double brackets"),
        (GOOD + '[[feed]]\nid = "x"\n', "has 'feed' outside of a [[source]] table"),
    ],
    ids=["syntax", "single table", "other table"],
)
def test_a_file_that_cannot_be_used_at_all_is_one_error(text: str, said: str) -> None:
    with pytest.raises(ConfigError) as refused:
        sources_in(text, PATH, set())

    assert said in str(refused.value)


def test_a_folder_that_only_lists_sources_uses_the_platforms_that_came_with_the_program(
    tmp_path: Path,
) -> None:
    (tmp_path / "sources.toml").write_text(GOOD, encoding="utf-8")

    config = load_config(tmp_path)

    assert [source.id for source in config.sources] == ["gazette"]
    assert len(config.platforms) >= 80


def test_a_folder_without_sources_says_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="smallprint init"):
        load_config(tmp_path)


def test_a_bad_platform_is_left_out_and_named(tmp_path: Path) -> None:
    file = tmp_path / "platforms.toml"
    file.write_text(
        '[[platform]]\nid = "udio"\nname = "Udio"\nkind = "ai-firm"\n'
        '[[platform]]\nid = "app"\nname = "App"\nkind = "gadget"\n'
        '[[platform]]\nid = "part"\nname = "Part"\nkind = "tool"\npart_of = "udeo"\n'
        '[[platform]]\nid = "udio"\nname = "Udio again"\nkind = "ai-firm"\n',
        encoding="utf-8",
    )

    entities, problems = load_platforms(file)

    assert [entity.id for entity in entities] == ["udio"]
    told = "\n".join(str(problem) for problem in problems)
    assert "line 5 (app), key 'kind'" in told or "line 8 (app), key 'kind'" in told
    assert "there is no platform 'udeo' (did you mean 'udio'?)" in told
    assert "id 'udio' is taken on line 1" in told


def test_a_missing_topic_is_an_error_since_a_story_needs_its_word(tmp_path: Path) -> None:
    text = (default_folder() / "topics.toml").read_text(encoding="utf-8")
    file = tmp_path / "topics.toml"
    file.write_text(text.replace('id = "lawsuit"', 'id = "law-suit"'), encoding="utf-8")

    with pytest.raises(ConfigError) as refused:
        load_topics(file)

    assert "has no usable table for lawsuit" in str(refused.value)
    assert "key 'id'" in str(refused.value)


# ---------------------------------------------------------------- terms.toml

TERMS = Path("config/terms.toml")
PAGE = """\
[[document]]
id = "tonebarn-terms"
platform = "tonebarn"
title = "Terms of Use"
url = "https://tonebarn.example/terms"
"""
KNOWN = {"tonebarn": "Tonebarn", "soundcloud": "SoundCloud"}

# Those that the research asks to begin with: the ones that our users are on, and the ones that hardly any archive keeps.
WATCHED_FIRST = """
SoundCloud Bandcamp Spotify Apple_Music Amazon_Music YouTube Deezer TikTok Instagram Discord Twitch Suno Udio
ElevenLabs Tidal Mixcloud Audiomack DistroKid TuneCore CD_Baby Patreon Vimeo
"""


def test_enough_terms_pages_come_with_the_program_and_none_is_without_proof_of_being_the_right_one() -> None:
    documents = load_config(default_folder()).documents
    platforms = {document.platform for document in documents}

    assert len(documents) >= 40
    assert len(platforms) >= 25
    missing = {name.replace("_", " ") for name in WATCHED_FIRST.split()} - platforms
    assert missing == set()
    assert [d.id for d in documents if not (d.contains or d.title_contains)] == []
    assert [d.id for d in documents if not 2 <= d.looks_a_day <= 4 or not d.url.startswith("https://")] == []


def test_a_terms_table_becomes_a_document_of_the_platform_by_its_name() -> None:
    more = 'lang = "fr"\nkind = "help"\nselector = "main"\ncontains = ["art"]\nexpected_chars = 9000\n'

    ((document,), problems) = documents_in(PAGE + more, TERMS, KNOWN)

    assert problems == ()
    assert (document.platform, document.lang, document.kind) == ("Tonebarn", "fr", DocumentKind.HELP)
    assert (document.selector, document.contains, document.expected_chars) == ("main", ("art",), 9000)
    assert document.looks_a_day == 3


def test_a_terms_page_that_is_switched_off_is_not_watched() -> None:
    assert documents_in(PAGE + "enabled = false\n", TERMS, KNOWN) == ((), ())


BAD_PAGES = {
    "no title": (PAGE.replace('title = "Terms of Use"\n', ""), "line 7 (tonebarn-terms): 'title' is missing"),
    "odd id": (PAGE.replace("tonebarn-terms", "Tone Barn"), "key 'id': 'id' is not a usable id"),
    "bad address": (
        PAGE.replace("https://", ""),
        "line 11 (tonebarn-terms), key 'url': 'url' is not a web address",
    ),
    "unknown key": (PAGE + 'selectr = "main"\n', "there is no key 'selectr' (did you mean 'selector'?)"),
    "selector": (PAGE + 'selector = "div[[["\n', "'selector' is not a CSS selector"),
    "kind": (PAGE + 'kind = "newsroom"\n', "'kind' is not one of the choices"),
    "language": (PAGE + 'lang = "english"\n', "'lang' is not a language"),
    "pace": (PAGE + "looks_a_day = 24\n", "'looks_a_day' is out of range"),
    "size": (PAGE + "expected_chars = 5\n", "'expected_chars' is out of range"),
    "empty words": (PAGE + 'contains = [" "]\n', "'contains' holds an empty text"),
    "words as text": (PAGE + 'contains = "art"\n', "'contains' must be a list"),
    "platform": (
        PAGE.replace('"tonebarn"', '"soundclod"'),
        "no platform 'soundclod' (did you mean 'soundcloud'?)",
    ),
    "taken id": (PAGE.replace("tonebarn-terms", "herald-terms"), "id 'herald-terms' is taken on line 1"),
    "taken page": (PAGE.replace("example/terms", "example/herald"), "this page is watched already on line 1"),
}


@pytest.mark.parametrize("name", BAD_PAGES)
def test_a_bad_terms_table_is_refused_alone_with_its_line_and_the_fix(name: str) -> None:
    bad, said = BAD_PAGES[name]
    herald = PAGE.replace("tonebarn-terms", "herald-terms").replace("example/terms", "example/herald")

    documents, problems = documents_in(f"{herald}\n{bad}", TERMS, KNOWN)

    assert [document.id for document in documents] == ["herald-terms"]
    (problem,) = problems
    assert said in str(problem)
    assert str(problem).startswith("config/terms.toml, line ")
    assert len(problem.fix) > 10


def test_a_folder_without_terms_watches_none(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(GOOD, encoding="utf-8")

    assert load_config(tmp_path).documents == ()


def test_a_wrong_terms_table_is_among_the_problems_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "terms.toml").write_text(PAGE, encoding="utf-8")

    config = load_config(tmp_path)

    assert config.documents == ()
    assert ["there is no platform 'tonebarn'" in str(problem) for problem in config.problems] == [True]


def test_a_language_whose_clauses_cannot_be_read_is_refused_with_those_that_can() -> None:
    with pytest.raises(ValueError, match="Watch the page in one of de, en, es, fr, it, ja, nl, pt, sv"):
        DocumentRow(
            id="tonebarn-terms",
            platform="Tonebarn",
            title="Terms",
            url="https://tonebarn.example/t",
            lang="ko",
        )
