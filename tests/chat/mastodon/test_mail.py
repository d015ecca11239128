"""What people write to the account, answered through the real Mastodon.py against mastodon_mock."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from mastodon_mock.testing import MockServer

from bot.flows.delivery.context import DeliveryContext
from bot.flows.delivery.deliver import deliver
from bot.logic.mail.mailbox import MOST_AN_HOUR
from bot.model import SinkKind, Topic, Urgency
from bot.model.record import Claim, Position, RecordEvent, RecordOrigin, RecordRevision, RecordSubject
from bot.sinks.mastodon import MastodonAccounts, MastodonSink
from bot.sinks.mastodon.history import plain_text
from bot.store import SqlStore
from tests.builders import NOON
from tests.chat.mastodon.rig import Reader, a_reader
from tests.fakes import FakeClock
from tests.flows.outbox import add_destinations, tell
from tests.limits import check_answer, check_status
from tests.sinks.mock_mastodon import reset, statuses
from tests.stores import temporary_store

TOKEN = "alice_token"
HOUR = timedelta(hours=1)


@pytest.fixture
def mock(mastodon_mock_session: MockServer) -> MockServer:
    return reset(mastodon_mock_session)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    async with temporary_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def clock() -> FakeClock:
    # The mock dates what it stores by the real clock.
    return FakeClock(datetime.now(UTC))


@pytest.fixture
async def reader(mock: MockServer, store: SqlStore, clock: FakeClock) -> Reader:
    """An account that has begun to read its mail."""
    made = a_reader(mock.base_url, TOKEN, store, clock)
    await made.room.read()
    return made


class Person:
    """Somebody with an account on the mock."""

    def __init__(self, mock: MockServer, name: str = "bob") -> None:
        self.mock, self.name, self.client = mock, name, mock.client(name)
        self.id = str(self.client.me()["id"])

    def writes(self, text: str, visibility: str = "direct", **options: Any) -> Any:
        return self.client.status_post(f"@alice {text}", visibility=visibility, **options)

    def received(self) -> list[str]:
        """Texts of what alice answered, oldest first; every one goes through the validator. Alerts are no answers."""
        told = [each["status"] for each in self.client.notifications(types=["mention"])]
        mentions = [status for status in told if status["in_reply_to_id"]]
        texts = []
        for status in reversed(mentions):
            assert status["visibility"] == "direct"
            assert [each["acct"] for each in status["mentions"]] == [self.name]
            source = self.mock.client("alice").status_source(status["id"])["text"]
            check_answer(source, self.name)
            texts.append(source.removeprefix(f"@{self.name} "))
        return texts


@pytest.fixture
def bob(mock: MockServer) -> Person:
    return Person(mock)


async def said_to(reader: Reader, person: Person, text: str, **options: Any) -> str:
    before = len(person.received())
    person.writes(text, **options)
    await reader.room.read()
    received = person.received()
    assert len(received) == before + 1, received
    return received[-1]


async def wishes(store: SqlStore) -> list[tuple[str, str, set[str], set[Topic], Urgency]]:
    return [
        (each.destination.address, each.asked_by, set(each.platforms), set(each.topics), each.urgency)
        for each in await store.subscriptions()
    ]


# ---------------------------------------------------------------- the commands


async def test_help_tells_what_can_be_written_and_who_runs_it(reader: Reader, bob: Person) -> None:
    said = await said_to(reader, bob, "help")

    assert "subscribe soundcloud lawsuits" in said
    assert "Whoever runs me: https://operator.example" in said


async def test_somebody_subscribes_gets_the_story_and_stops(
    reader: Reader, bob: Person, store: SqlStore, clock: FakeClock, mock: MockServer
) -> None:
    said = await said_to(reader, bob, "Subscribe to SoundCloud lawsuts, please")

    assert said.startswith("You will hear of SoundCloud · lawsuits by direct message, at most 3 a day.")
    [(address, asked_by, platforms, topics, urgency)] = await wishes(store)
    assert (address, asked_by) == (f"alice/{bob.id}", bob.id)
    assert (platforms, topics, urgency) == ({"SoundCloud"}, {Topic.LAWSUIT}, Urgency.NOW)

    [there] = await store.destinations()
    await tell(store, "SoundCloud is sued over training", [there], at=clock.now())
    sink = MastodonAccounts(
        {"alice": MastodonSink(reader.connection, visibility="public", content_warning="")}, clock.now
    )
    await deliver(DeliveryContext(store, {SinkKind.MASTODON: sink}, clock))
    posted = statuses(mock)[-1]
    text = mock.client("alice").status_source(posted["id"])["text"]
    assert posted["visibility"] == "direct"
    assert text.startswith("@bob https://gazette.example/")
    check_status(text.removeprefix("@bob "))

    assert "no more alerts" in await said_to(reader, bob, "stop")
    assert await wishes(store) == []


async def test_subscriptions_are_numbered_and_end_by_number_or_name(
    reader: Reader, bob: Person, store: SqlStore
) -> None:
    for text in ("subscribe soundcloud", "subscribe suno weekly", "subscribe laws"):
        await said_to(reader, bob, text)

    listed = await said_to(reader, bob, "subscriptions")
    assert listed.splitlines()[2:] == [
        "1. SoundCloud · every topic",
        "2. Suno · every topic · weekly",
        "3. every platform · laws",
    ]
    assert "unsubscribe” and its number" in await said_to(reader, bob, "unsubscribe")
    assert await said_to(reader, bob, "unsubscribe 2") == "Ended: Suno · every topic · weekly."
    assert await said_to(reader, bob, "unsubscribe soundcloud") == "Ended: SoundCloud · every topic."
    assert "number" in await said_to(reader, bob, "unsubscribe 7")
    assert "Ended: every platform · laws" in await said_to(reader, bob, "unsubscribe")
    assert "You have no alerts" in await said_to(reader, bob, "unsubscribe")
    assert await wishes(store) == []


async def test_a_name_that_nobody_knows_changes_nothing_and_names_the_nearest(
    reader: Reader, bob: Person, store: SqlStore
) -> None:
    said = await said_to(reader, bob, "subscribe tonebarn lawsuits")

    assert "I do not know “tonebarn”, so nothing was changed" in said
    assert await wishes(store) == []


async def test_latest_shows_stories_with_links_and_why_answers_a_reply(
    reader: Reader, bob: Person, store: SqlStore, clock: FakeClock, mock: MockServer
) -> None:
    assert "no such story" in await said_to(reader, bob, "latest")
    account = await add_destinations(store, sink=SinkKind.MASTODON)
    for n in range(4):
        await tell(store, f"Platform changes its terms, part {n}", account, at=clock.now())
    sink = MastodonSink(reader.connection, visibility="public", content_warning="")
    await deliver(DeliveryContext(store, {SinkKind.MASTODON: sink}, clock))

    latest = await said_to(reader, bob, "latest soundcloud")
    assert len(re.findall(r"https://gazette\.example/", latest)) == 3
    post = next(each for each in statuses(mock) if each["visibility"] == "public")
    why = await said_to(reader, bob, "why?", in_reply_to_id=post["id"])
    assert why.startswith("Why I told “Platform adds")
    assert "a reason made for a test" in why
    assert "Topic: terms and training. About: SoundCloud. Reported by: Gazette." in why
    assert "Reply “why” to one of my posts" in await said_to(reader, bob, "why")
    assert "no story with that address" in await said_to(reader, bob, "why https://gazette.example/never")


async def test_policy_tells_where_a_platform_stands(reader: Reader, bob: Person, store: SqlStore) -> None:
    assert "nothing on record for SoundCloud" in await said_to(reader, bob, "policy soundcloud")
    claim = Claim(RecordSubject.TRAINING, Position.CONSENT)
    event = RecordEvent(
        key="seed:soundcloud-2025",
        origin=RecordOrigin.SEED,
        happened_on=date(2025, 5, 14),
        platforms=("SoundCloud",),
        topic=Topic.TERMS_TRAINING,
        sentence="SoundCloud says that it will ask first.",
        url="https://gazette.example/consent",
        claims=(claim,),
    )
    await store.save_revisions([RecordRevision(event, 1, NOON, "history.toml")])

    said = await said_to(reader, bob, "policy soundcloud")

    assert "Training on your music: only with your consent (2025-05)" in said
    assert said.endswith("https://gazette.example/consent")
    assert "Of which platform?" in await said_to(reader, bob, "policy")


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("Klagen gegen Suno abonnieren", "Du erfährst von Suno · Klagen per Direktnachricht"),
        ("abonnez-moi à Suno procès", "Vous recevrez Suno · procès par message direct"),
        ("suscríbeme a demandas de Suno", "Te avisaré de Suno · demandas por mensaje directo"),
        ("quero assinar processos da Suno", "Você vai receber Suno · processos por mensagem direta"),
        ("Sunoの訴訟を購読", "Suno · 訴訟 をダイレクトメッセージでお知らせします"),
    ],
)
async def test_people_are_answered_in_their_language(
    reader: Reader, bob: Person, store: SqlStore, text: str, heard: str
) -> None:
    assert heard in await said_to(reader, bob, text)
    assert [set(each.platforms) for each in await store.subscriptions()] == [{"Suno"}]


async def test_words_that_are_no_command_get_help_in_the_sender_s_language(
    reader: Reader, bob: Person
) -> None:
    assert "Schreib mir" in await said_to(reader, bob, "Wer bist denn du?", language="de")


# ---------------------------------------------------------------- who is answered, and how


async def test_a_public_command_is_answered_in_private_and_talk_about_us_is_not(
    reader: Reader, bob: Person, mock: MockServer
) -> None:
    assert "subscribe soundcloud" in await said_to(reader, bob, "help", visibility="public")

    bob.writes("and the latest news are great, subscribe to them everyone", visibility="public")
    assert await reader.room.read() == 0
    assert all(each["visibility"] == "direct" for each in statuses(mock))


async def test_a_talk_among_others_is_not_interrupted(reader: Reader, bob: Person) -> None:
    bob.client.status_post("@alice @carol what do you think?", visibility="direct")

    assert await reader.room.read() == 0


async def test_bots_are_not_answered_or_two_would_talk_for_ever(reader: Reader, bob: Person) -> None:
    bob.client.account_update_credentials(bot=True)
    bob.writes("help")

    assert await reader.room.read() == 0


async def test_what_was_written_before_the_first_look_stays_unanswered(
    mock: MockServer, store: SqlStore, clock: FakeClock, bob: Person
) -> None:
    bob.writes("help")
    reader = a_reader(mock.base_url, TOKEN, store, clock)

    assert [await reader.room.read(), await reader.room.read()] == [0, 0]
    assert "subscribe" in await said_to(reader, bob, "help")


async def test_a_deleted_message_is_passed_over(reader: Reader, bob: Person) -> None:
    first = bob.writes("help")
    bob.client.status_delete(first)
    bob.writes("latest")

    assert await reader.room.read() == 1
    assert bob.received() == ["I have no such story yet."]


async def test_whoever_writes_too_often_is_told_once_and_then_not_answered(
    reader: Reader, bob: Person, mock: MockServer, clock: FakeClock
) -> None:
    carol = Person(mock, "carol")
    for _ in range(MOST_AN_HOUR + 5):
        bob.writes("latest")
    carol.writes("latest")

    await reader.room.read()

    received = bob.received()
    assert len(received) == MOST_AN_HOUR + 1
    assert received[-1].startswith("You have written a lot in an hour")
    assert len(carol.received()) == 1
    clock.move(HOUR)
    assert "no such story" in await said_to(reader, bob, "latest")


async def test_one_person_cannot_end_or_see_what_another_asked_for(
    reader: Reader, bob: Person, mock: MockServer, store: SqlStore
) -> None:
    carol = Person(mock, "carol")
    await said_to(reader, bob, "subscribe suno")

    assert "You have no alerts" in await said_to(reader, carol, "subscriptions")
    await said_to(reader, carol, "unsubscribe suno")
    await said_to(reader, carol, "stop")

    assert [asked_by for _, asked_by, *_ in await wishes(store)] == [bob.id]


async def test_a_person_has_at_most_ten(
    reader: Reader, bob: Person, store: SqlStore, clock: FakeClock
) -> None:
    names = [
        "suno",
        "udio",
        "soundcloud",
        "bandcamp",
        "deezer",
        "tidal",
        "spotify",
        "qobuz",
        "splice",
        "landr",
        "distrokid",
    ]
    for name in names[:10]:
        await said_to(reader, bob, f"subscribe {name}")
        clock.move(HOUR)

    assert "You have 10 alerts" in await said_to(reader, bob, "subscribe distrokid")
    assert "You will hear of Suno" in await said_to(reader, bob, "subscribe suno")
    assert len(await wishes(store)) == 10


async def test_an_account_that_sends_no_alerts_says_so(
    mock: MockServer, store: SqlStore, clock: FakeClock, bob: Person
) -> None:
    reader = a_reader(mock.base_url, TOKEN, store, clock, alerts_a_day=0)
    await reader.room.read()

    assert "sends no alerts" in await said_to(reader, bob, "subscribe suno")
    assert await wishes(store) == []


@pytest.mark.parametrize(
    "text",
    [
        "subscribe @everyone <script>alert(1)</script>",
        "subscribe @carol@elsewhere.example https://evil.example/" + "a" * 300,
        "latest " + "🎵" * 200,
        "unsubscribe -1 0 99999",
        "why javascript:alert(1)",
        "policy ‮drowssap‬ \u0000",
        "subscribe " + "x" * 380,
    ],
)
async def test_hostile_words_mention_nobody_and_break_nothing(
    reader: Reader, bob: Person, mock: MockServer, text: str
) -> None:
    await said_to(reader, bob, text)

    assert not mock.client("carol").notifications(types=["mention"])


def test_markup_and_names_around_the_words_do_not_matter() -> None:
    name = '<span class="h-card"><a href="https://s.example/@bot">@<span>bot</span></a></span>'
    link = (
        '<a href="https://g.example/abcdef"><span class="invisible">https://</span>'
        '<span class="ellipsis">g.example/ab</span><span class="invisible">cdef</span></a>'
    )

    assert plain_text(f"<p>{name} why {link}<br>please</p>") == "@bot why https://g.example/abcdef please"
