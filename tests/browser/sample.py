"""A memory with something on every page of the site: invented stories and terms, the real record and platforms."""

from dataclasses import dataclass
from datetime import timedelta

from bot.flows.people.record import keep_history
from bot.flows.people.site import SiteDesk
from bot.logic.terms.read.wording import text_hash
from bot.model import (
    ChangeState,
    DocumentState,
    EditionState,
    Entity,
    EntityKind,
    Health,
    Link,
    MessageKind,
    NewVersion,
    Publication,
    Refusal,
    SourceState,
    Topic,
    Turn,
    Verdict,
    WatchedLook,
)
from bot.settings.config import default_folder, load_config
from bot.store import SqlStore
from tests.builders import NOON, a_message, a_source, a_story, a_verdict, an_edition
from tests.fakes import FakeClock
from tests.store.memory import Memory
from tests.terms import a_change, a_document, a_look, a_stored_change, a_version, known

TOLD, SILENT, HOSTILE = "stold000000", "ssilent0000", "shostile000"
HOSTILE_TITLE = '<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ 7*7 }} \u202egnp.exe'
OLD_TEXT = (
    "1. What you give us\n\nYou keep the rights to your songs. We may host and play them for as long as you ask us to.\n\n"
    "2. What you must not do\n\n- upload what is not yours\n- lend your account\n\n"
    "3. Changes\n\nWe tell you of a change thirty days before."
)
NEW_TEXT = (
    "1. What you give us\n\nYou keep the rights to your songs. We may host, play and analyse them for as long as you "
    "ask us to.\n\nWe may use what you upload to train artificial intelligence, unless you say no in your settings.\n\n"
    "2. What you must not do\n\n- upload what is not yours\n- lend your account\n- upload <b>bold</b> machines & more\n\n"
    "3. Changes\n\nWe tell you of a change thirty days before."
)
CLAUSE = "We may use what you upload to train artificial intelligence, unless you say no in your settings."
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass
class SampleSite:
    """What was filled, and the desk that shows it."""

    desk: SiteDesk
    memory: Memory


def sample_pages() -> dict[str, str]:
    """A name for each kind of page, and its address."""
    return {
        "stories": "/",
        "stories-second-page": "/?page=2",
        "search-found": "/?q=tonebarn+training",
        "search-empty": "/?q=zyzzyva",
        "topic": "/topics/terms-training",
        "story": f"/stories/{TOLD}",
        "story-silent": f"/stories/{SILENT}",
        "story-hostile": f"/stories/{HOSTILE}",
        "platforms": "/platforms",
        "platform-real": "/platforms/soundcloud",
        "platform": "/platforms/tonebarn",
        "documents": "/documents",
        "document": "/documents/tonebarn-terms",
        "version": "/documents/tonebarn-terms/2",
        "diff": "/documents/tonebarn-terms/1..2",
        "sources": "/sources",
        "about": "/about",
        "missing": "/nothing-here",
    }


async def fill_site(store: SqlStore, *, site_url: str | None = None) -> SampleSite:
    """Stories told, updated, silent and hostile, two versions of a text, and the record that ships."""
    config, clock, memory = load_config(default_folder()), FakeClock(NOON + 3 * DAY), Memory(store)
    await keep_history(store, clock, config.history.events)
    for number in range(30):
        await _small_story(memory, number)
    await _told_story(memory)
    await memory.story(
        SILENT, at=NOON - 2 * DAY, state=EditionState.SILENT, title="A society asks for a levy"
    )
    await _hostile_story(memory)
    await _terms(store)
    await store.save_states(_source_states())
    names = ("Gazette", "Herald", "Courier", "Monitor")
    tonebarn = Entity("tonebarn", "Tonebarn", EntityKind.SERVICE, home="https://tonebarn.example/")
    desk = SiteDesk(
        store=store,
        clock=clock,
        entities=(*config.platforms, tonebarn),
        topics={label.topic: label for label in config.topics},
        sources=[a_source(name.lower(), name=name) for name in names],
        documents=[a_document(), a_document("tonebarn-help", title="AI and your music: help")],
        version="1.2.3",
        site_url=site_url,
        contact="https://operator.example/contact",
    )
    return SampleSite(desk, memory)


async def _small_story(memory: Memory, number: int) -> None:
    topic = list(Topic)[number % len(Topic)]
    title = f"Label number {number} and a model maker agree on terms for {number + 3} catalogues"
    story_id = f"ssmall{number:05d}"
    at = NOON - number * 7 * HOUR
    await memory.story(story_id, at=at, title=title, topic=topic, platforms=("Suno", "UMG"))
    message = a_message(
        title, story_id=story_id, topic=topic, happened_at=at, url="https://gazette.example/x"
    )
    await memory.store.save_publication(Publication(story_id, 1, message, (), at))


def _verdict() -> Verdict:
    return a_verdict(platforms=("Tonebarn",))


async def _told_story(memory: Memory) -> None:
    """First told with both sides, then a clarification."""
    at, later = NOON + DAY, NOON + 2 * DAY
    first = await memory.entry(
        "Tonebarn adds an AI-training clause to its terms",
        _verdict(),
        seen_at=at,
        published_at=at,
        summary="Uploads may serve to train models.",
    )
    second = await memory.entry(
        "Tonebarn answers: no model was trained", _verdict(), seen_at=later, published_at=later
    )
    facts = {
        "platforms": ("Tonebarn",),
        "lead_id": first,
        "opened_at": at,
        "last_entry_at": at,
        "turned_at": at,
    }
    title = "Tonebarn’s terms now let it train AI on what artists upload"
    edition = an_edition(TOLD, 1, entry_id=first, made_at=at)
    await memory.cluster(first, a_story(TOLD, title=title, **facts), edition)
    facts |= {"last_entry_at": later, "turned_at": later}
    update = an_edition(TOLD, 2, entry_id=second, made_at=later, turn=Turn.CLARIFICATION)
    await memory.cluster(second, a_story(TOLD, title=title, **facts), update)
    told = a_message(
        title,
        story_id=TOLD,
        platforms=("Tonebarn",),
        what="Gazette reports that the terms of Tonebarn, in force since Thursday, name the training of models as a use.",
        quote=CLAUSE,
        other_side="A spokesperson says that the company has trained no model so far.",
        open_question="Whether songs uploaded before the change are covered is not said.",
        to_do="Artists can say no under Settings, Privacy, AI, until 1 June 2025.",
        replaced="We may host and play them for as long as you ask us to.",
        facts=("In force from 1 June 2025.", "Seen on 10 May 2025."),
        sources=(Link("Gazette", "https://gazette.example/clause"),),
        happened_at=at,
    )
    answer = a_message(
        "Tonebarn: “We never trained”",
        story_id=TOLD,
        n=2,
        kind=MessageKind.UPDATE,
        turn=Turn.CLARIFICATION,
        what="The company says that the clause is about recommendations, and that it will say so in the terms.",
        quote="We have never used an artist’s song to train a model.",
        speaker="Ada Example, chief executive",
        happened_at=later,
    )
    await memory.store.save_publication(Publication(TOLD, 1, told, (), at))
    await memory.store.save_publication(Publication(TOLD, 2, answer, (), later))


async def _hostile_story(memory: Memory) -> None:
    at = NOON - DAY
    entry = await memory.entry(HOSTILE_TITLE, seen_at=at, published_at=at, url="javascript:alert(3)")
    long = "W" * 300
    story = a_story(
        HOSTILE,
        title=f"{HOSTILE_TITLE} {long}",
        platforms=('Bad"><b>Name', "Suno"),
        lead_id=entry,
        opened_at=at,
        last_entry_at=at,
        turned_at=at,
    )
    await memory.cluster(entry, story, an_edition(HOSTILE, 1, entry_id=entry, made_at=at))
    message = a_message(
        HOSTILE_TITLE,
        story_id=HOSTILE,
        url="javascript:alert(4)",
        what=f"{HOSTILE_TITLE} {long}",
        quote="]]><script>alert(5)</script>",
        speaker="</blockquote><h1>Nobody",
        sources=(Link('"><script>', "data:text/html,<script>alert(6)</script>"),),
        happened_at=at,
    )
    await memory.store.save_publication(Publication(HOSTILE, 1, message, (), at))


async def _terms(store: SqlStore) -> None:
    """Two versions of one text, and one page that cannot be read."""
    for n, text, at in ((1, OLD_TEXT, NOON - 30 * DAY), (2, NEW_TEXT, NOON + DAY)):
        version = a_version(
            n,
            text_hash=text_hash(text),
            chars=len(text),
            body_hash=f"{n}a" * 32,
            first_seen_at=at,
            last_seen_at=at + DAY,
            settled_at=at,
        )
        state = DocumentState(
            "tonebarn-terms",
            url="https://tonebarn.example/terms",
            looked_at=NOON + 3 * DAY,
            good_at=NOON + 3 * DAY,
            version=n,
            latest=n,
        )
        changes = () if n == 1 else (_change(at),)
        sentences = (known("We may host and play them.", version=n),)
        body = f"<p>{text}</p>".encode()
        await store.save_look(
            a_look_of(state, at, NewVersion(version, body, text, text), n, changes, sentences)
        )
    await _flapping(store)
    refused = DocumentState(
        "tonebarn-help",
        url="https://tonebarn.example/help",
        looked_at=NOON + 3 * DAY,
        refusal=Refusal.CHALLENGE,
        refused_why="A wall against robots stands before the page. Read it by hand.",
        first_refused_at=NOON,
        failures=9,
    )
    await store.save_document_states([refused])


async def _flapping(store: SqlStore) -> None:
    """A third wording that was seen once and never came into force."""
    text, at = NEW_TEXT.replace("thirty", "ten"), NOON + 2 * DAY
    version = a_version(3, text_hash=text_hash(text), chars=len(text), first_seen_at=at, last_seen_at=at)
    state = DocumentState(
        "tonebarn-terms",
        url="https://tonebarn.example/terms",
        looked_at=NOON + 3 * DAY,
        good_at=NOON + 3 * DAY,
        version=2,
        latest=3,
    )
    new = NewVersion(version, text.encode(), text, text)
    await store.save_look(WatchedLook(state, at, new_version=new))


def _change(at: object) -> object:
    return a_stored_change(
        CLAUSE,
        change=a_change(CLAUSE, replaced="We may host and play them for as long as you ask us to."),
        state=ChangeState.ALERTED,
        first_seen_at=at,
        confirmed_at=NOON + DAY + HOUR,
        entry_key="clause",
    )


def a_look_of(
    state: DocumentState,
    at: object,
    version: NewVersion,
    n: int,
    changes: tuple[object, ...],
    sentences: object,
) -> WatchedLook:
    return a_look(
        state=state, at=at, new_version=version, settled=n, changes=changes, sentences=sentences, present=None
    )


def _source_states() -> list[SourceState]:
    seen = NOON + 3 * DAY - HOUR
    return [
        SourceState("gazette", health=Health.OK, polled_at=seen, good_at=seen, new_entry_at=NOON),
        SourceState("herald", health=Health.STALE, polled_at=seen, good_at=seen),
        SourceState(
            "courier", health=Health.DOWN, polled_at=seen, failures=7, last_error="timed out after 20 s"
        ),
    ]
