"""An invented saga in five reports: a clause, its echo, the company's statement, its letter, the echo of that."""

from datetime import timedelta

from bot.model import (
    Edition,
    EditionKind,
    EditionState,
    Entry,
    JudgedEntry,
    SourceGroup,
    Story,
    StoryView,
    Topic,
    Turn,
)
from tests.builders import NOON
from tests.logic.stories_cast import news, verdict

CLAUSE = "may be used to inform, train or develop artificial intelligence technologies as part of providing the services"

FIRST = news(
    "Tonebarn’s terms let it train AI on what artists upload",
    "Harbour Gazette",
    number=1,
    page="\n".join(
        (
            "The Post’s weekly letter has more. Sign up for our newsletter.",
            "Tonebarn, the audio platform, added a clause on artificial intelligence to its terms of use in "
            "February last year, users noticed this week. The page was changed without an announcement.",
            f"The terms now state that, unless there is a separate agreement, a user’s content “{CLAUSE}.” "
            "Labels with contracts of their own are exempt.",
            "The clause arrived a month after Tonebarn launched three AI tools for making songs. “I will "
            "take my catalogue down if this covers generative models,” wrote composer Ada Holm on Thursday.",
            "Tonebarn did not respond to a request for comment. Artists can opt out only by deleting their "
            "uploads, the help page says.",
            "This story has been updated.",
        )
    ),
)
ECHO = news(
    "Tonebarn quietly changed its terms for AI training",
    "Signal Daily",
    at=NOON + timedelta(hours=4),
    number=2,
    group=SourceGroup.TECH,
    text=(
        "Musicians noticed that Tonebarn rewrote its terms to allow AI training. The change covers "
        "about 40 million tracks. Read more…"
    ),
)
STATEMENT = news(
    "Tonebarn says it has never trained AI on artists’ uploads",
    "Pier Review",
    at=NOON + timedelta(hours=26),
    number=3,
    page="\n".join(
        (
            "Tonebarn denied on Friday that it has trained AI models on the music of its users. The company "
            "published a statement after two days of protest.",
            "“We have never used artist content to train AI models, nor do we let third parties scrape it,” "
            "said Tonebarn spokesperson Mia Lund. The clause was meant for recommendations and fraud "
            "detection, Lund said.",
            "Ada Holm, who runs the group Fair Tones, said that the terms still do not rule out training "
            "generative models in future.",
            "Uploaders can set a “no AI” tag on each track in the upload settings.",
        )
    ),
)
LETTER = news(
    "Tonebarn backtracks on AI terms after outcry",
    "Harbour Gazette",
    at=NOON + timedelta(days=5),
    number=4,
    page="\n".join(
        (
            "In an open letter, Tonebarn’s chief executive Oda Berg announced that the terms will change. "
            "Training of generative models that imitate an artist’s voice or music would need consent by "
            "opt-in.",
            "“The wording was too broad and it was not clear enough,” Berg wrote.",
            "The new terms take effect on 1 July.",
        )
    ),
)
REPEAT = news(
    "Tonebarn to rewrite AI clause, boss promises",
    "Quay Post",
    at=NOON + timedelta(days=5, hours=3),
    number=5,
    text=(
        "Tonebarn will change the AI clause of its terms, chief executive Oda Berg promised in a "
        "letter. Critics said other kinds of training stay unmentioned."
    ),
)


def judged(entry: Entry) -> JudgedEntry:
    return JudgedEntry(entry, verdict(Topic.TERMS_TRAINING, ("Tonebarn",)))


def edition(n: int, entry: Entry, turn: Turn | None = None, kind: EditionKind | None = None) -> Edition:
    sort = kind or (EditionKind.FIRST if n == 1 else EditionKind.UPDATE)
    return Edition("s", n, sort, EditionState.READY, turn, entry.id, entry.happened_at)


def view(*entries: Entry, editions: tuple[Edition, ...] = (), lead: int | None = None) -> StoryView:
    at = entries[0].happened_at
    story = Story(
        "s", entries[0].title, Topic.TERMS_TRAINING, ("Tonebarn",), lead or entries[0].id, at, at, at, 0.9
    )
    return StoryView(story, tuple(judged(e) for e in entries), editions or (edition(1, entries[0]),))
