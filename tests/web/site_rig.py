"""A site over a real memory with a bit of everything: told and untold stories, a record, watched texts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.flows.people.record import keep_history
from bot.flows.people.site import SiteDesk
from bot.model import (
    ChangeState,
    Document,
    DocumentState,
    EditionState,
    Entity,
    EntityKind,
    Health,
    Link,
    MessageKind,
    NewVersion,
    Publication,
    SourceState,
    Topic,
    TopicLabel,
    Turn,
    WatchedLook,
)
from bot.model.record import Claim, Position, RecordEvent, RecordOrigin, RecordSubject
from bot.web.site import make_site
from tests.builders import NOON, a_message, a_source, a_story, an_edition
from tests.fakes import FakeClock
from tests.store.memory import HOUR, Memory
from tests.stores import temporary_store
from tests.terms import a_stored_change, a_version

TOPICS = {
    topic: TopicLabel(
        topic, topic.value.replace("-", " ").title(), f"All about {topic.value}.", "Tag", "", 0x445566
    )
    for topic in Topic
}
ENTITIES = (
    Entity("soundcloud", "SoundCloud", EntityKind.SERVICE, home="https://soundcloud.example"),
    Entity("tonebarn", "Tonebarn", EntityKind.SERVICE),
)
TERMS = Document("tonebarn-terms", "Tonebarn", "Terms of Use", "https://tonebarn.example/terms")
HOSTILE = "<script>alert(1)</script> \"'&<b>bold</b> {{ 7*7 }}"
CLAUSE = "We may use what you upload to train models of our own."
OLD = "# Terms\n\nYou keep your rights.\n\nWe host your songs.\n\nWe pay each month."
NEW = f"# Terms\n\nYou keep your rights.\n\nWe host your songs. {CLAUSE}\n\nWe pay each quarter."


@dataclass
class Site:
    """A running site and somebody who reads it."""

    memory: Memory
    desk: SiteDesk
    app: web.Application
    url: str
    session: ClientSession

    async def read(self, path: str, status: int = 200, **headers: str) -> str:
        async with self.session.get(f"{self.url}{path}", headers=headers) as answer:
            text = await answer.text()
            assert answer.status == status, f"{path}: {answer.status} {text[:300]}"
            return text


@asynccontextmanager
async def a_site(folder: Path, *, filled: bool = True, **options: object) -> AsyncIterator[Site]:
    async with temporary_store(folder) as store:
        memory, clock = Memory(store), FakeClock(NOON + 48 * HOUR)
        if filled:
            await fill(memory, clock)
        desk = SiteDesk(
            store, clock, ENTITIES, TOPICS, (a_source(), a_source("herald")), (TERMS,), "0.1", None, "mailto:us@bot.example"
        )  # fmt: skip
        app = make_site(lambda: desk, **({"a_minute": 0} | options))  # type: ignore[arg-type]
        async with TestServer(app) as server, ClientSession() as session:
            yield Site(memory, desk, app, str(server.make_url("")).rstrip("/"), session)


async def fill(memory: Memory, clock: FakeClock) -> None:
    await _stories(memory)
    await keep_history(memory.store, clock, [_event()])
    await _documents(memory)
    state = SourceState("gazette", health=Health.OK, polled_at=NOON, good_at=NOON, new_entry_at=NOON)
    down = SourceState("herald", health=Health.DOWN, polled_at=NOON, failures=9, last_error="no answer")
    await memory.store.save_states([state, down])


async def _stories(memory: Memory) -> None:
    """A told story with an update, an untold one, and one with a hostile headline."""
    title = "SoundCloud's terms let it train AI on uploads"
    entry_id = await memory.entry(title, summary="A clause was added.", url="https://gazette.example/clause")
    story = a_story("sclause", title=title, lead_id=entry_id)
    update = an_edition("sclause", 2, entry_id=entry_id, turn=Turn.DENIAL)
    await memory.cluster(entry_id, story, an_edition("sclause", entry_id=entry_id), update)
    first = a_message(
        title,
        story_id="sclause",
        to_do="Use the switch in your settings.",
        open_question="Generative models?",
    )
    denial = a_message(
        "SoundCloud denies it", story_id="sclause", n=2, mark="sclause-2", kind=MessageKind.UPDATE, turn=Turn.DENIAL,
        other_side="It says it never trained on uploads.", sources=(Link("Gazette", "https://gazette.example/2"),),
    )  # fmt: skip
    for n, message in ((1, first), (2, denial)):
        await memory.store.save_publication(Publication("sclause", n, message, (), NOON))
    await memory.story("suntold", title="An untold story", at=NOON - 5 * HOUR, state=EditionState.SILENT)
    bad = await memory.entry(HOSTILE, url="javascript:alert(1)", summary=HOSTILE)
    await memory.cluster(
        bad,
        a_story("shostile", title=HOSTILE, lead_id=bad, platforms=(HOSTILE,), topic=Topic.LAWSUIT),
        an_edition("shostile", entry_id=bad),
    )
    wicked = a_message(HOSTILE, story_id="shostile", what=HOSTILE, quote=HOSTILE, url="javascript:alert(1)")
    await memory.store.save_publication(Publication("shostile", 1, wicked, (), NOON))


def _event() -> RecordEvent:
    grant = Claim(
        RecordSubject.TRAINING, Position.ALLOWS, words="may be used to train", limits="Labels are exempt."
    )
    return RecordEvent(
        "seed:soundcloud-2024",
        RecordOrigin.SEED,
        date(2024, 2, 7),
        ("SoundCloud",),
        Topic.TERMS_TRAINING,
        "SoundCloud's terms gain a clause on AI training.",
        "https://gazette.example/history",
        claims=(grant,),
        open_question="Does it cover generative models?",
    )


async def _documents(memory: Memory) -> None:
    """Two versions of one text, the second with a new clause."""
    for n, text in ((1, OLD), (2, NEW)):
        version = a_version(n, text_hash=f"{n:064d}", body_hash=f"{n:064d}", chars=len(text), settled_at=NOON)
        state = DocumentState(
            "tonebarn-terms", url=TERMS.url, looked_at=NOON, good_at=NOON, version=n, latest=n
        )
        changes = (a_stored_change(state=ChangeState.ALERTED),) if n == 2 else ()
        new = NewVersion(version, text.encode(), text, text)
        await memory.store.save_look(WatchedLook(state, NOON, new_version=new, settled=n, changes=changes))
