"""The record is only ever added to: wordings, corrections, and the stories told of a platform."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import StoreError
from bot.model import (
    EditionKind,
    EditionState,
    Publication,
    Turn,
)
from bot.model.record import (
    Claim,
    Position,
    Precision,
    RecordOrigin,
    RecordSubject,
)
from bot.store import SqlStore
from tests.builders import NOON, a_message, an_edition
from tests.records import a_record_event, a_revision, an_amendment
from tests.store.memory import Memory

FORBIDS = Claim(RecordSubject.TRAINING, Position.FORBIDS, words="We do not train", limits="generative only")


async def test_an_event_comes_back_exactly(store: SqlStore) -> None:
    event = a_record_event(
        happened_on=date(2025, 5, 1),
        precision=Precision.MONTH,
        topic=None,
        claims=(FORBIDS, replace(FORBIDS, platform="Deezer")),
        answers=("seed:older",),
        document_id="soundcloud-terms",
        version=3,
    )

    assert await store.save_revisions([a_revision(event, reason="", withdrawn=True)]) == 1

    assert list(await store.record_revisions()) == [a_revision(event, withdrawn=True)]


async def test_a_wording_that_is_known_is_left_as_it_is(store: SqlStore) -> None:
    await store.save_revisions([a_revision()])

    again = a_revision(a_record_event(sentence="Another sentence."))
    assert await store.save_revisions([again]) == 0

    assert list(await store.record_revisions()) == [a_revision()]


async def test_every_wording_of_an_event_stays(store: SqlStore) -> None:
    first = a_revision()
    second = a_revision(a_record_event(sentence="Another sentence."), 2, reason="It was wrong")

    assert await store.save_revisions([first, second]) == 2

    assert list(await store.record_revisions(platform="soundcloud")) == [first, second]


async def test_a_platform_keeps_events_that_once_named_it(store: SqlStore) -> None:
    await store.save_revisions([a_revision(), a_revision(a_record_event(platforms=("Udio",)), 2)])
    await store.save_revisions([a_revision(a_record_event("seed:other", platforms=("Suno",)))])

    assert [each.n for each in await store.record_revisions(platform=" SOUNDCLOUD ")] == [1, 2]
    assert [each.n for each in await store.record_revisions(platform="Udio")] == [1, 2]


async def test_a_claim_about_another_platform_puts_the_event_on_its_record(store: SqlStore) -> None:
    event = a_record_event(platforms=("UMG",), claims=(replace(FORBIDS, platform="TikTok"),))
    await store.save_revisions([a_revision(event)])

    assert [each.event for each in await store.record_revisions(platform="tiktok")] == [event]


async def test_events_can_be_asked_for_by_where_they_come_from(store: SqlStore) -> None:
    watched = a_record_event("terms:a:1:1", origin=RecordOrigin.TERMS)
    await store.save_revisions([a_revision(), a_revision(watched)])

    assert [each.event for each in await store.record_revisions(origin=RecordOrigin.TERMS)] == [watched]
    of_both = await store.record_revisions(platform="SoundCloud", origin=RecordOrigin.SEED)
    assert [each.event.key for each in of_both] == ["seed:soundcloud-clause"]


async def test_an_event_about_nobody_is_refused_and_nothing_of_its_batch_is_kept(store: SqlStore) -> None:
    with pytest.raises(StoreError, match="names no platform"):
        await store.save_revisions([a_revision(), a_revision(a_record_event("seed:empty", platforms=()))])

    assert await store.record_revisions() == []


async def test_corrections_come_back_in_order_with_what_was_said_before(store: SqlStore) -> None:
    first = await store.save_amendment(
        an_amendment(before=FORBIDS, corrects=("seed:x",), since=date(2025, 1, 2))
    )
    other = await store.save_amendment(an_amendment("Bandcamp", at=NOON - timedelta(days=1)))

    assert list(await store.amendments()) == [first, other]
    assert list(await store.amendments("soundcloud")) == [first]
    assert first == an_amendment(before=FORBIDS, corrects=("seed:x",), since=date(2025, 1, 2), id=1)


async def test_stories_told_of_a_platform_come_newest_first_with_their_tellings(
    store: SqlStore, memory: Memory
) -> None:
    await memory.publish("sone", await memory.destination())
    newer = await memory.story("stwo", at=NOON + timedelta(days=2))
    update = an_edition("stwo", 2, entry_id=newer.lead_id, turn=Turn.DENIAL)
    await memory.cluster(await memory.entry("They deny it"), newer, update)
    message = a_message(
        "They deny it", story_id="stwo", n=2, kind=EditionKind.UPDATE, turn=Turn.DENIAL, other_side="Not so"
    )
    await store.save_publication(Publication("stwo", 2, message, (), NOON))

    told = await store.told_stories("SoundCloud", 10)

    assert [(each.story_id, [one.n for one in each.editions]) for each in told] == [
        ("stwo", [2]),
        ("sone", [1]),
    ]
    assert (told[0].editions[0].turn, told[0].editions[0].other_side) == (Turn.DENIAL, "Not so")
    assert [each.story_id for each in await store.told_stories("soundcloud", 1)] == ["stwo"]
    assert await store.told_stories("Bandcamp", 10) == []


@pytest.mark.parametrize("state", [EditionState.HELD, EditionState.EXPIRED])
async def test_a_story_that_is_not_sure_enough_to_be_told_is_not_on_the_record(
    store: SqlStore, memory: Memory, state: EditionState
) -> None:
    await memory.story("sone", state=state)
    await memory.story("stwo", state=EditionState.SILENT)

    assert [each.story_id for each in await store.told_stories("SoundCloud", 10)] == ["stwo"]


async def test_stories_of_a_platform_are_found_behind_any_number_of_others(
    store: SqlStore, memory: Memory
) -> None:
    for n, name in enumerate(("SoundCloud", "SoundCloud", "Udio")):
        await memory.story(f"s{n}", at=NOON + timedelta(days=n), platforms=(name,))

    assert [each.story_id for each in await store.told_stories("SoundCloud", 5)] == ["s1", "s0"]
    assert [each.story_id for each in await store.told_stories("SoundCloud", 1)] == ["s1"]
