"""Posts worth a picture. Platforms, outlets and words are invented."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.logic.messages.approval import card_of
from bot.model import Deadline, DigestItem, Link, Message, MessageKind, Topic, Turn
from tests.builders import a_message

NOW = datetime(2025, 5, 16, 9, 0, tzinfo=UTC)
OTHER = Link("Wirefold", "https://wirefold.example/tonebarn-terms")
STAVE = Link("The Stave Report", "https://stave-report.example/tonebarn-ai-clause")
LOOP = Link("Loop and Fader", "https://loopandfader.example/tonebarn")
COLOUR = 0x4455AA

FIRST = a_message(
    "Tonebarn's terms have let it use uploads to train AI since February 2024",
    story_id="sclausemay2",
    mark="sclausemay2-1",
    url=STAVE.url,
    what="The Stave Report says that a clause was added on 7 February 2024, without a notice to the musicians who "
    "upload there. They noticed it this week.",
    quote="your content may be used to inform, train, develop or serve as input to artificial intelligence",
    replaced="your content may be used to run and promote the service",
    facts=("First seen on 7 February 2024",),
    to_do="The Stave Report: whoever is under a separate agreement is not covered; others can write to support.",
    sources=(STAVE, OTHER, LOOP),
    happened_at=datetime(2025, 5, 9, 7, 30, tzinfo=UTC),
    platforms=("Tonebarn",),
    colour=COLOUR,
    developing=False,
)
UPDATE = replace(
    FIRST,
    n=2,
    mark="sclausemay2-2",
    kind=MessageKind.UPDATE,
    turn=Turn.DENIAL,
    headline="Tonebarn says it has never used artist content to train AI models",
    url=OTHER.url,
    what="In a statement to Wirefold the company says that the 2024 wording was meant for recommendations and for "
    "finding fraud.",
    quote="We have never used artist content to train AI models",
    speaker="Tonebarn, in a statement",
    replaced="",
    facts=(),
    to_do="",
    other_side="A songwriters' group answers that the wording still allows it, whatever was done so far.",
    open_question="Wirefold: the terms do not rule out generative models.",
    sources=(OTHER, LOOP),
    happened_at=datetime(2025, 5, 14, 15, 0, tzinfo=UTC),
)
OPT_OUT = replace(
    FIRST,
    story_id="soptoutmay2",
    mark="soptoutmay2-1",
    headline="Distributor gives artists three weeks to keep their catalogue out of an AI licence",
    what="Who does nothing is in: Circuit Ledger reports that the licence covers every release unless its artist "
    "says no in the account settings.",
    quote="Releases not excluded by 6 June are part of the programme.",
    speaker="The distributor's notice",
    replaced="",
    facts=(),
    url="https://circuitledger.example/opt-out",
    to_do="Account, Licensing, “Exclude my catalogue”, for each artist name.",
    deadline=Deadline(datetime(2025, 6, 6, tzinfo=UTC), "opt-out", "not excluded by 6 June", 1),
    sources=(Link("Circuit Ledger", "https://circuitledger.example/opt-out"),),
    topic=Topic.OPT_OUT,
    topic_label="Opt-outs",
    platforms=("Tonebarn Distribution",),
    developing=True,
    happened_at=datetime(2025, 5, 16, 8, 0, tzinfo=UTC),
)
CARD = card_of(OPT_OUT, "500")


def _item(message: Message, **changes: object) -> DigestItem:
    values = {
        "story_id": message.story_id, "n": message.n, "headline": message.headline, "url": message.url,
        "what": message.what, "topic": message.topic, "topic_label": message.topic_label,
        "platforms": message.platforms, "sources": message.sources, "happened_at": message.happened_at,
        "kind": message.kind, "turn": message.turn,
    }  # fmt: skip
    return DigestItem(**(values | changes))  # type: ignore[arg-type]


DIGEST = replace(
    FIRST,
    story_id="digest-may",
    mark="digest-abcdefghijkl",
    kind=MessageKind.DIGEST,
    headline="",
    url="",
    what="",
    items=(
        _item(OPT_OUT),
        _item(UPDATE),
        _item(
            OPT_OUT,
            story_id="ssocietymay",
            headline="Collecting society sues a song generator over training on its members' works",
            what="The claim names forty songs and asks for a licence fee, Encore Weekly reports.",
            topic=Topic.LAWSUIT,
            topic_label="Lawsuits",
            platforms=("Composers United", "Singbox"),
            sources=(Link("Encore Weekly", "https://encore.example/claim"), STAVE, LOOP),
            happened_at=NOW - timedelta(days=2),
        ),
    ),
)
