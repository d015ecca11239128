"""config/history.toml: the first pages of the record, and what is said about wrong rows."""

from datetime import date
from pathlib import Path

import pytest

from bot.model.record import Position, Precision, RecordSubject
from bot.settings import default_folder, load_config
from bot.settings.history import History, history_in

PATH = Path("config/history.toml")
NAMES = ("SoundCloud", "Udio")
GOOD = """\
[[event]]
id = "udio-2031-terms"
date = "2031-02-07"
platforms = ["Udio"]
topic = "terms-training"
sentence = "The terms change."
source = "https://gazette.example/terms"
"""


def shipped() -> History:
    return load_config(default_folder()).history


def test_the_history_that_comes_with_the_program_is_long_dated_and_sourced() -> None:
    history = shipped()

    assert history.problems == ()
    assert len(history.events) >= 125
    assert len({event.key for event in history.events}) == len(history.events)
    assert [event.key for event in history.events if not event.url.startswith("https://")] == []
    days = [event.happened_on for event in history.events]
    assert min(days).year <= 2023
    assert [day for day in days if day > date(2026, 9, 30)] == []


def test_the_history_says_where_many_platforms_stand_on_every_subject() -> None:
    claims = [(event, claim) for event in shipped().events for claim in event.claims]

    assert {claim.subject for _, claim in claims} == set(RecordSubject)
    assert len({claim.platform or event.platforms[0] for event, claim in claims}) >= 35
    assert Position.UNKNOWN not in {claim.position for _, claim in claims}


def test_only_the_clause_of_the_founding_story_is_quoted() -> None:
    quoted = {event.key for event in shipped().events for claim in event.claims if claim.words}

    assert quoted == {"seed:soundcloud-2024-terms"}


def test_every_sentence_is_one_short_sentence() -> None:
    sentences = [event.sentence for event in shipped().events]

    assert [each for each in sentences if not each.endswith(".") or len(each) > 220] == []
    assert len(set(sentences)) == len(sentences)


def test_a_row_becomes_an_event() -> None:
    text = GOOD + (
        'claims = [{ subject = "training", position = "allows", words = "may train", since = "2031-03-01" }]\n'
        'open = "What of older songs?"\n'
    )

    (event,) = history_in(text, PATH, NAMES).events

    assert (event.key, event.happened_on, event.precision) == (
        "seed:udio-2031-terms",
        date(2031, 2, 7),
        Precision.DAY,
    )
    assert (event.claims[0].words, event.claims[0].since) == ("may train", date(2031, 3, 1))
    assert event.open_question == "What of older songs?"


def test_a_month_is_kept_as_a_month() -> None:
    (event,) = history_in(GOOD.replace("2031-02-07", "2031-02"), PATH, NAMES).events

    assert (event.happened_on, event.precision) == (date(2031, 2, 1), Precision.MONTH)


BAD_ROWS = {
    "date": (GOOD.replace("2031-02-07", "2031-02-30"), "key 'date': 'date' is not a date"),
    "english date": (GOOD.replace("2031-02-07", "7 February 2031"), "'date' is not a date"),
    "id": (GOOD.replace("udio-2031-terms", "Udio 2031"), "'id' is not a usable id"),
    "platform": (GOOD.replace('"Udio"', '"Udeo"'), "no platform named 'Udeo' (did you mean 'Udio'?)"),
    "nobody": (GOOD.replace('["Udio"]', "[]"), "'platforms'"),
    "topic": (GOOD.replace("terms-training", "terms"), "'topic' is not one of the choices"),
    "source": (GOOD.replace("https:", "javascript:"), "'source' is not a web address"),
    "unknown key": (GOOD + 'sentense = "x"\n', "there is no key 'sentense' (did you mean 'sentence'?)"),
    "position": (
        GOOD + 'claims = [{ subject = "training", position = "maybe" }]\n',
        "'claims' is not one of the choices",
    ),
    "claim day": (
        GOOD + 'claims = [{ subject = "training", position = "allows", since = "soon" }]\n',
        "'claims' is no day",
    ),
    "claim platform": (
        GOOD + 'claims = [{ subject = "training", position = "allows", platform = "Nobody" }]\n',
        "no platform named 'Nobody'",
    ),
    "answers nothing": (GOOD + 'answers = ["other"]\n', "no row 'other' has an open question"),
    "answers what asks nothing": (
        GOOD + 'answers = ["kept-row"]\n',
        "no row 'kept-row' has an open question",
    ),
    "twice": (GOOD.replace("udio-2031-terms", "kept-row"), "id 'kept-row' is taken on line 1"),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_bad_row_is_refused_alone_with_its_line_and_the_fix(name: str) -> None:
    bad, said = BAD_ROWS[name]
    kept = GOOD.replace("udio-2031-terms", "kept-row")

    history = history_in(f"{kept}\n{bad}", PATH, NAMES)

    assert [event.key for event in history.events] == ["seed:kept-row"]
    (problem,) = history.problems
    assert said in str(problem)
    assert str(problem).startswith("config/history.toml, line ")
    assert len(problem.fix) > 10


def test_what_the_record_holds_of_a_bad_row_is_to_be_kept() -> None:
    history = history_in(GOOD.replace("2031-02-07", "?"), PATH, NAMES)

    assert history.kept == {"seed:udio-2031-terms"}


def test_a_folder_without_a_history_uses_the_one_that_came_with_the_program(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text("", encoding="utf-8")

    assert load_config(tmp_path).history.events == shipped().events
