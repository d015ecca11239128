"""The promise of the record: from day one it says where a platform stands, in both sides' words, and posts nothing."""

from pathlib import Path

from bot.app.clocks import SystemClock
from bot.flows.people.record import keep_history, record_of, records
from bot.model.record import Position, RecordSubject
from bot.settings import default_folder, load_config
from tests.stores import temporary_store


async def test_on_the_first_day_the_record_tells_the_founding_story_and_nothing_is_posted(
    tmp_path: Path,
) -> None:
    history = load_config(default_folder()).history
    async with temporary_store(tmp_path) as store:
        written = await keep_history(store, SystemClock(), history.events)
        again = await keep_history(store, SystemClock(), history.events)
        record = await record_of(store, SystemClock(), "soundcloud")
        deliveries = await store.deliveries(limit=10)
        stories = await store.stories(limit=10)

    assert (written, again) == (len(history.events), 0)
    assert (list(deliveries), list(stories)) == ([], [])
    training = record.standings[0]
    assert (training.position, str(training.since)) == (Position.CONSENT, "2025-05-27")
    assert "other training is not mentioned" in training.claim.limits
    (grant,) = training.earlier
    assert (grant.claim.position, str(grant.since), str(grant.until)) == (
        Position.ALLOWS,
        "2024-02-07",
        "2025-05-27",
    )
    assert "inform, train, develop" in grant.claim.words
    assert [str(said.said_on) for said in record.said] == ["2025-05-14", "2025-05-09"]
    assert all(said.other_side for said in record.said)
    assert [question.event_key for question in record.questions] == ["seed:soundcloud-2025-terms"]
    assert len(record.timeline) >= 6


async def test_the_table_has_a_row_for_every_platform_with_a_history(tmp_path: Path) -> None:
    config = load_config(default_folder())
    names = [entity.name for entity in config.platforms]
    async with temporary_store(tmp_path) as store:
        await keep_history(store, SystemClock(), config.history.events)
        found = {record.platform: record for record in await records(store, SystemClock(), names)}

    named = {name for event in config.history.events for name in event.platforms}
    assert set(found) == named
    bandcamp = {standing.subject: standing.position for standing in found["Bandcamp"].standings}
    assert bandcamp[RecordSubject.AI_UPLOADS] is Position.FORBIDS
    assert bandcamp[RecordSubject.TRAINING] is Position.CONSENT
