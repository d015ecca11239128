"""Templates and what they may call: dates, words, addresses. Everything else is escaped by jinja2."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from bot.flows.people.site import SiteDesk, StoryPage, Telling
from bot.logic.messages.headline import TURNS
from bot.logic.record import words as record_words
from bot.logic.text import links
from bot.logic.text.inert import safe_link
from bot.model import (
    DocumentState,
    EditionState,
    Health,
    Message,
    MessageKind,
    StoryView,
    Topic,
    Turn,
)
from bot.model.record import Claim, Precision, RecordSubject, Standing

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_HEALTH = {
    Health.NEW: ("not read yet", "open"),
    Health.OK: ("read well", "protects"),
    Health.EMPTY: ("read, but empty", "mixed"),
    Health.STALE: ("nothing new for long", "mixed"),
    Health.FAILING: ("failed lately", "mixed"),
    Health.REFUSED: ("refuses us", "exposes"),
    Health.MISSING: ("not found", "exposes"),
    Health.NOT_A_FEED: ("is not a feed", "exposes"),
    Health.DOWN: ("cannot be read", "exposes"),
    Health.GONE: ("is gone", "exposes"),
}
_STATIC = files("bot.web").joinpath("static")


def stylesheet() -> bytes:
    """The one sheet, as it is served."""
    return _STATIC.joinpath("site.css").read_bytes()


def favicon() -> bytes:
    return _STATIC.joinpath("favicon.svg").read_bytes()


def stylesheet_path(body: bytes) -> str:
    """Its address changes with what is in it, so that browsers may keep it for ever."""
    return f"/static/site-{hashlib.sha256(body).hexdigest()[:12]}.css"


def day(at: datetime) -> str:
    """ "7 February 2024"."""
    return date_words(at.astimezone(UTC).date())


def date_words(on: date) -> str:
    return f"{on.day} {_MONTHS[on.month - 1]} {on.year}"


def moment(at: datetime | None) -> str:
    return "never" if at is None else f"{day(at)}, {at.astimezone(UTC):%H:%M} UTC"


def checked(state: DocumentState) -> str:
    """When a document was last read, and whether that was evidence."""
    if state.looked_at is None:
        return "not read yet"
    if state.refusal is None:
        return f"last checked {moment(state.looked_at)}"
    good = f"last read well {moment(state.good_at)}" if state.good_at else "never read well"
    return f"{good}; could not be read {moment(state.looked_at)}"


def outlets(view: StoryView) -> str:
    """ "Gazette and 2 more": who carries a story."""
    names = list(dict.fromkeys(judged.entry.outlet.name for judged in view.entries))
    if len(names) <= 3:
        return ", ".join(names)
    return f"{', '.join(names[:2])} and {len(names) - 2} more"


def last_turn(view: StoryView) -> str:
    turn = view.editions[-1].turn if view.editions else None
    return TURNS.get(turn, "correction") if turn else "an update"


def told_as(message: Message) -> str:
    if message.kind is MessageKind.CORRECTION or message.turn is Turn.CORRECTION:
        return "Correction"
    return f"Update ({TURNS[message.turn]})" if message.turn else "Update"


def why_not_told(page: StoryPage) -> str:
    """Why a story without any telling was not told."""
    states = {told.state for told in page.tellings}
    if EditionState.HELD in states:
        return "one general outlet carries it, and a second one is waited for."
    if EditionState.EXPIRED in states:
        return "one general outlet carried it, and no second one followed within three days."
    if EditionState.SILENT in states:
        return "it was there when the source was read for the first time; nothing old is posted."
    return "it is about to be told."


def first_what(tellings: Sequence[Telling]) -> str:
    return next((told.message.what[:280] for told in tellings if told.message and told.message.what), "")


def teaser(text: str, most: int = 240) -> str:
    """The beginning of a text, cut between two words."""
    if len(text) <= most:
        return text
    return f"{text[:most].rpartition(' ')[0] or text[:most]} …"


def times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n:,} times")


def bare(quote: str) -> str:
    """Words without the marks around them, which the page sets itself."""
    return quote.strip().strip('“”"«»').strip()


def claim_word(claim: Claim) -> str:
    return record_words.glance(claim.subject, claim.position).word


def make_templates(current: Callable[[], SiteDesk], sheet: str) -> Environment:
    """The environment of every page.

    current  the desk as it is now
    sheet    address of the stylesheet
    """
    env = Environment(
        loader=PackageLoader("bot.web", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )

    def topic_label(topic: Topic) -> str:
        label = current().topics.get(topic)
        return label.label if label else topic.value

    def document_title(document_id: str) -> str:
        document = current().document(document_id)
        return f"{document.platform}: {document.title}" if document else document_id

    env.filters |= {
        "day": day,
        "date": date_words,
        "moment": moment,
        "checked": checked,
        "precise": _precise,
        "safe_url": lambda url: safe_link(url) if url else None,
        "outlets": outlets,
        "last_turn": last_turn,
        "told_as": told_as,
        "why_not_told": why_not_told,
        "first_what": first_what,
        "bare": bare,
        "teaser": teaser,
        "times": times,
        "claim_word": claim_word,
        "topic_label": topic_label,
        "document_title": document_title,
        "story_path": links.story_path,
        "platform_path": links.platform_path,
        "topic_path": links.topic_path,
        "document_path": links.document_path,
        "version_path": links.version_path,
        "diff_path": links.diff_path,
        "health_word": lambda health: _HEALTH[health][0],
        "health_tone": lambda health: _HEALTH[health][1],
        "subject_label": lambda subject: record_words.LABELS[RecordSubject(subject)],
        "glance": lambda standing: record_words.glance(standing.subject, standing.position),
        "since": record_words.since,
        "origin": _origin,
    }
    env.globals["stylesheet"] = sheet
    return env


def _precise(on: date, precision: Precision) -> str:
    return record_words.day(on, precision)


def _origin(standing: Standing) -> str:
    return record_words.source(standing)


def trusted(markup: str) -> Markup:
    """Markup that our own code made and escaped."""
    return Markup(markup)  # noqa: S704  # only bot.web.timeline comes here
