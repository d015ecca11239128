"""Entries about one event become one story; near twins stay apart."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.logic.stories.cluster import cluster, story_id
from bot.logic.stories.fingerprint import MOST_KEYS, fingerprint
from bot.model import Candidate, Outlet, Topic, Turn
from tests.builders import NOON, a_fingerprint, a_story, an_entry
from tests.logic.stories_cast import CAST, Desk, news, verdict

TERMS = {"topic": Topic.TERMS_TRAINING, "about": ("Tonebarn",)}


def the_clause_story(desk: Desk) -> list[tuple[str | None, Turn | None]]:
    """First report, repeats, statement, repeats, letter, repeats: the shape of the story this bot was made for."""
    told = (
        ("Tonebarn added a clause that lets it train AI on artists' uploads", "Harbour Gazette", 0.0,
         "The terms of Tonebarn say since February that uploads may train artificial intelligence, users found this week."),
        ("Tonebarn's terms now allow AI training on your uploads", "Signal Daily", 0.2,
         "Musicians noticed that Tonebarn changed its terms to allow training AI on uploads."),
        ("Artists alarmed over Tonebarn AI training clause in terms", "Pier Review", 0.6,
         "A clause in the terms of Tonebarn about AI training alarms artists."),
        ("Tonebarn says it has never trained AI on artists' uploads", "Signal Daily", 1.0,
         "Tonebarn issued a statement about the clause in its terms on AI training."),
        ("Tonebarn denies training AI with artists' music after terms backlash", "Pier Review", 1.3,
         "The platform said that the clause in its terms was about recommendations."),
        ("Tonebarn clarifies AI clause in its terms", "Quay Post", 1.9, "Tonebarn says it does not train AI on uploads."),
        ("Tonebarn backtracks on AI training terms after outcry", "Harbour Gazette", 5.1,
         "In an open letter the chief executive of Tonebarn announces new terms that bar training AI without consent."),
        ("Tonebarn boss promises to change AI terms in open letter", "Quay Post", 5.4,
         "Tonebarn will change the AI clause of its terms, its chief executive writes."),
    )  # fmt: skip
    placed = [desk.take(title, outlet, days=days, text=text, **TERMS) for title, outlet, days, text in told]
    return [(p.story_id, p.placement.turn if p.placement else None) for p in placed]


def test_a_whole_saga_is_one_story_with_one_turn_each_for_the_statement_and_the_letter() -> None:
    places = the_clause_story(Desk())

    assert len({story for story, _ in places}) == 1
    turns = [turn for _, turn in places]
    assert turns[:3] == [None, None, None]
    assert turns[3] in (Turn.DENIAL, Turn.CLARIFICATION)
    assert turns[4:6] == [None, None]
    assert turns[6] is Turn.REVERSAL
    assert turns[7] is None


@pytest.mark.parametrize(
    ("one", "other", "days", "topic"),
    [
        (("Alto Records settles with Songmill and signs AI licence", ("Alto Records", "Songmill")),
         ("Basso Music settles with Songmill and signs AI licence", ("Basso Music", "Songmill")), 20, Topic.LICENSING_DEAL),
        (("Alto Records signs AI licence with Songmill", ("Alto Records", "Songmill")),
         ("Alto Records signs AI licence with Tunely", ("Alto Records", "Tunely")), 6, Topic.LICENSING_DEAL),
        (("CHORA sues Songmill over song lyrics in court", ("CHORA", "Songmill")),
         ("CHORA sues Tunely over song lyrics in court", ("CHORA", "Tunely")), 60, Topic.LAWSUIT),
        (("Senators introduce the FAIR SONG Act on AI training", ()),
         ("Senators introduce the FAIR SONG Act on AI training again", ()), 260, Topic.LEGISLATION),
        (("Wavelake says 18% of uploads are AI songs", ("Wavelake",)),
         ("Wavelake says 28% of uploads are AI songs", ("Wavelake",)), 75, Topic.LABELLING_OR_BAN),
        (("Judge refuses Alto Records 30,000 more recordings in Songmill suit", ("Alto Records", "Songmill")),
         ("Alto Records files a second lawsuit against Songmill", ("Alto Records", "Songmill")), 18, Topic.LAWSUIT),
        (("CHORA sues Songmill over AI training on songs", ("CHORA", "Songmill")),
         ("CHORA sues Tunely over AI training on songs", ("CHORA", "Tunely")), 2, Topic.LAWSUIT),
        (("Songmill signs AI licence with Alto Records for training", ("Songmill", "Alto Records")),
         ("Songmill signs AI licence with Basso Music for training", ("Songmill", "Basso Music")), 3, Topic.LICENSING_DEAL),
        (("Wavelake: 50,000 AI songs a day in May", ("Wavelake",)),
         ("Wavelake: 60,000 AI songs a day in June", ("Wavelake",)), 31, Topic.LABELLING_OR_BAN),
        (("FAIR SONG Act 2024 introduced in Senate to protect voices from AI", ()),
         ("FAIR SONG Act 2025 introduced in Senate to protect voices from AI", ()), 365, Topic.LEGISLATION),
        (("Wavelake bans AI covers of dead singers", ("Wavelake",)),
         ("Tonebarn bans AI covers of dead singers", ("Tonebarn",)), 4, Topic.LABELLING_OR_BAN),
    ],
    ids=[
        "labels", "firms", "defendants", "bills by year", "figures by month", "refusal and second suit",
        "suits days apart", "deals days apart", "monthly figures", "two years of a bill", "services",
    ],
)  # fmt: skip
def test_near_twins_stay_apart(
    one: tuple[str, tuple[str, ...]], other: tuple[str, tuple[str, ...]], days: int, topic: Topic
) -> None:
    desk = Desk()
    first = desk.take(one[0], "Gazette", topic=topic, about=one[1])
    second = desk.take(other[0], "Signal", days=days, topic=topic, about=other[1])
    assert first.story_id != second.story_id


@pytest.mark.parametrize(
    ("original", "retold"),
    [
        ("Alto Records sues Songmill over AI training", "AI firm Songmill hit with lawsuit by Alto Records"),
        (
            "Alto Records sues Songmill over AI training",
            "ALTO RECORDS SUES SONGMILL OVER AI TRAINING - Mirror",
        ),
        ("CHORA wins court ruling against Songmill", "Songmill loses copyright case brought by CHORA"),
    ],
)
def test_a_retold_report_joins_the_story_it_retells(original: str, retold: str) -> None:
    desk = Desk()
    about = ("Alto Records", "Songmill") if "Alto" in original else ("CHORA", "Songmill")
    first = desk.take(original, "Gazette", about=about)
    second = desk.take(retold, "Mirror", days=0.4, about=about)
    assert first.story_id == second.story_id
    assert second.placement is not None
    assert second.placement.turn is None


def test_a_column_of_many_stories_joins_none_and_makes_none() -> None:
    desk = Desk()
    desk.take("Alto Records sues Songmill over AI training", about=("Alto Records", "Songmill"))
    column = desk.take(
        "The week: Alto Records sues Songmill, and more", about=("Alto Records",), roundup=True
    )
    assert column.story_id is None
    assert len(desk.index) == 1


def test_what_is_not_our_subject_has_no_story() -> None:
    assert Desk().take("Songmill hires a drummer", relevant=False).story_id is None


def test_an_old_story_wakes_for_a_later_ruling() -> None:
    desk = Desk()
    about = ("CHORA", "Songmill")
    first = desk.take(
        "CHORA v Songmill: lyrics case goes to court", about=about, text="CHORA sues Songmill over lyrics."
    )
    later = desk.take("Court rules for CHORA in Songmill lyrics case", "Signal", days=3, about=about)
    assert later.story_id == first.story_id
    assert later.placement is not None
    assert later.placement.turn is Turn.RULING


@pytest.mark.parametrize("days", [30, 45, 80])
def test_an_old_story_does_not_wake_for_the_same_facts_but_for_a_new_text(days: int) -> None:
    desk = Desk()
    story, _ = the_clause_story(desk)[0]
    again = desk.take(
        "Did you know? Tonebarn’s terms allow AI training on your uploads", "Mirror", days=days, **TERMS
    )
    assert again.placement is not None
    assert (again.story_id, again.placement.turn) == (story, None)
    later = desk.take(
        "Tonebarn publishes new terms that bar AI training without consent", "Quay Post", days=days + 1,
        text="The changed terms of Tonebarn are public.", **TERMS,
    )  # fmt: skip
    assert later.placement is not None
    assert (later.story_id, later.placement.turn) == (story, Turn.NEW_TEXT)


def test_one_decision_in_other_words_on_the_same_day_is_no_turn() -> None:
    desk = Desk()
    about = ("Alto Records", "Songmill")
    desk.take("Alto Records and Songmill agree on AI licence", about=about, topic=Topic.LICENSING_DEAL)
    second = desk.take(
        "Alto Records settles Songmill lawsuit with AI licence",
        "Signal",
        days=0.1,
        about=about,
        topic=Topic.LICENSING_DEAL,
    )
    assert second.placement is not None
    assert (second.placement.story_id is not None, second.placement.turn) == (True, None)


def test_without_candidates_an_entry_opens_a_story_and_says_why() -> None:
    entry = news("Songmill sued")
    placed = cluster(fingerprint(entry, verdict(), CAST), entry, (), NOON)
    assert placed.story_id is None
    assert placed.reasons[0].code == "new-story"


def test_a_turn_behind_the_newest_fingerprints_is_still_known() -> None:
    print_ = a_fingerprint(turn=Turn.DENIAL, happened_at=NOON + timedelta(days=2))
    held = Candidate(
        a_story(), (a_fingerprint(happened_at=NOON + timedelta(days=1)),), ("Gazette",), (Turn.CLARIFICATION,)
    )
    placed = cluster(print_, an_entry(), (held,), NOON + timedelta(days=2))
    assert placed.story_id == held.story.id
    assert placed.turn is None
    assert placed.reasons[1].code == "turn-known"


def test_a_platforms_own_newsroom_is_its_actor_even_if_unnamed() -> None:
    own = replace(news("A letter from our chief executive"), outlet=Outlet("Newsroom", platform="tonebarn"))
    assert fingerprint(own, verdict(Topic.TERMS_TRAINING), CAST).actors == ("tonebarn",)


def test_a_story_that_is_still_told_is_not_pushed_out_by_newer_ones() -> None:
    desk = Desk()
    about = ("Alto Records", "Songmill")
    first = desk.take("Alto Records sues Songmill over lyrics", about=about)
    for number in range(80):
        desk.take(
            f"Alto Records sues Songmill over case{number} matter{number}", days=number / 100, about=about
        )
        desk.take("Alto Records sues Songmill over lyrics", "Mirror", days=number / 100, about=about)
    assert (
        desk.take("Alto Records sues Songmill over lyrics", "Quay", days=1, about=about).story_id
        == first.story_id
    )


def test_entries_out_of_order_still_find_their_story() -> None:
    desk = Desk()
    about = ("Alto Records", "Songmill")
    later = desk.take("Alto Records sues Songmill over lyrics", days=1, about=about)
    earlier = desk.take("Songmill sued by Alto Records over lyrics", "Signal", about=about)
    assert earlier.story_id == later.story_id


def test_numbers_with_units_are_read_alike() -> None:
    one = fingerprint(news("Wavelake gets 60,000 AI songs a day, 28 per cent of all"), verdict(), CAST)
    other = fingerprint(news("60k AI songs hit Wavelake daily: 28% of uploads in 2025"), verdict(), CAST)
    assert {"n:60000", "n:28%"} <= set(one.objects) & set(other.objects)
    assert "n:2025" not in other.objects


def test_a_story_id_is_short_and_the_same_everywhere() -> None:
    one = story_id(news("Songmill sued"))
    assert one == story_id(news("Songmill sued"))
    assert (one[0], len(one)) == ("s", 11)
    assert one != story_id(news("Tunely sued"))


def test_a_fingerprint_has_few_keys_with_the_most_telling_first() -> None:
    title = "CHORA and Alto Records sue Songmill and Tunely over 30,000 lyrics under FAIR SONG Act in Northern District court"
    found = fingerprint(news(title, text=f"{title}. " * 3), verdict(about=("CHORA", "Songmill")), CAST)
    assert len(found.keys) <= MOST_KEYS
    assert found.keys[0].startswith("pair:")
    assert f"law:fair-song-act:{NOON.year}" in found.objects
    assert found.act == "sue"


_TITLES = st.lists(
    st.builds(
        "{} {} {}".format,
        st.sampled_from(["Alto Records", "Basso Music", "CHORA", "Artists"]),
        st.sampled_from(["sues", "licenses", "settles with", "denies", "bans"]),
        st.sampled_from(["Songmill", "Tunely", "Tonebarn", "Wavelake AI songs"]),
    ),
    max_size=12,
)


@settings(max_examples=40)
@given(_TITLES)
def test_the_same_entries_in_the_same_order_make_the_same_stories(titles: list[str]) -> None:
    def run() -> list[str | None]:
        desk = Desk()
        return [desk.take(title, days=number / 3).story_id for number, title in enumerate(titles)]

    assert run() == run()


@settings(max_examples=40)
@given(_TITLES, st.randoms(use_true_random=False))
def test_the_order_of_candidates_does_not_matter(titles: list[str], chance: random.Random) -> None:
    entry = news("Alto Records sues Songmill", number=99)
    found = fingerprint(entry, verdict(), CAST)
    candidates = [
        Candidate(
            a_story(f"s{n:010}", title=title), (fingerprint(news(title), verdict(), CAST),), ("Gazette",), ()
        )
        for n, title in enumerate(titles)
    ]
    placed = cluster(found, entry, candidates, NOON)
    chance.shuffle(candidates)
    assert cluster(found, entry, candidates, NOON) == placed


@pytest.mark.parametrize(
    ("template", "names", "topic"),
    [
        ("CHORA sues {} over AI training", ("Wavelake", "Mixharbour", "Blockplay", "Snippet"), Topic.LAWSUIT),
        ("Musicians sue {} over AI training", ("CHORA", "Wavelake", "Radiant"), Topic.LAWSUIT),
        ("{} sues Songmill for copyright infringement", ("CHORA", "Alto", "Northgate Music"), Topic.LAWSUIT),
        (
            "Songmill signs AI licensing deal with {}",
            ("Alto Records", "Kestrel Hill", "Marlow Music"),
            Topic.LICENSING_DEAL,
        ),
    ],
)
def test_two_acts_in_the_same_words_differ_by_who_stands_on_either_side(
    template: str, names: tuple[str, ...], topic: Topic
) -> None:
    desk = Desk()

    placed = [desk.take(template.format(name), topic=topic, days=n / 10) for n, name in enumerate(names)]

    assert len({place.story_id for place in placed}) == len(names)


@pytest.mark.parametrize(
    ("first", "later", "turn"),
    [
        (
            "Alto Records sues Songmill over AI training",
            "Court sets hearing for Alto and Songmill",
            Turn.HEARING,
        ),
        ("Alto Records sues Songmill over AI training", "Songmill, Alto settle", Turn.SETTLEMENT),
        (
            "Alto Records sues Songmill over AI training",
            "Songmill asks judge to throw Alto out",
            Turn.MOTION,
        ),
        (
            "Alto Records sues Songmill over AI training",
            "Alto is not looking to settle with Songmill",
            Turn.REFUSAL,
        ),
    ],
)
def test_a_later_act_of_the_same_parties_joins_their_case_though_no_word_does(
    first: str, later: str, turn: Turn
) -> None:
    desk = Desk()
    opened = desk.take(first, about=("Alto Records", "Songmill"))

    joined = desk.take(later, "Quay Post", days=20, about=("Alto Records", "Songmill"))

    assert joined.story_id == opened.story_id
    assert joined.placement is not None
    assert joined.placement.turn is turn
