"""The buttons under a post, as data: what each is for and what it remembers. No state of ours hangs on them.

Everything that a press needs stands in the button's own id, so that it works after a restart and in every process.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from bot.logic.messages.approval import asked_of
from bot.logic.text.inert import safe_link
from bot.model import Deadline, Message, MessageKind
from bot.ports import Say

# Source: Discord developer docs, "Component Reference", button `custom_id`, `label`, `url`; buttons in a row.
ID_LIMIT, LABEL_LIMIT, URL_LIMIT, IN_A_ROW = 100, 80, 512, 5


class ButtonAct(StrEnum):
    """What a press does."""

    SOURCES = "sources"
    HISTORY = "history"
    WHY = "why"
    IRRELEVANT = "irrelevant"
    RELEVANT = "relevant"  # takes it back
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    MUTE = "mute"
    UNMUTE = "unmute"
    CALENDAR = "calendar"
    APPROVE = "approve"
    HEADLINE = "headline"
    SKIP = "skip"


class ButtonStyle(StrEnum):
    """How much a button stands out."""

    QUIET = "quiet"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Button:
    """One button. Either `custom_id` or `url` is set."""

    label: str
    custom_id: str = ""
    url: str = ""
    look: ButtonStyle = ButtonStyle.QUIET


@dataclass(frozen=True, slots=True)
class Press:
    """What a button's id says.

    n    the edition under which it stood
    at   of a deadline, aware UTC; else None
    what as in Deadline; else empty
    """

    act: ButtonAct
    story_id: str
    n: int = 1
    at: datetime | None = None
    what: str = ""


PATTERN = re.compile(
    r"sp:(?P<act>[a-z]{2,12}):(?P<story>[\w-]{1,48}):(?P<n>\d{1,6})"
    r"(?::(?P<at>\d{1,12}):(?P<what>[a-z-]{1,16}))?"
)
_FIRST_ROW = 4
# As bot.logic.routing.reminders writes it.
_REMINDER = re.compile(r"reminder-(?P<story>[\w-]{1,48}?)-\d{8}-[a-z-]+-\d+")
_ACTS = frozenset(act.value for act in ButtonAct)
_TELLING = frozenset({MessageKind.FIRST, MessageKind.UPDATE, MessageKind.CORRECTION})


def button_id(press: Press) -> str:
    """The id that `read_press` reads back; at most 100 characters."""
    text = f"sp:{press.act.value}:{press.story_id}:{press.n}"
    if press.at is not None:
        text += f":{int(press.at.timestamp())}:{press.what or 'other'}"
    return text


def read_press(custom_id: str) -> Press | None:
    """None: not one of ours, or of a version that we do not know."""
    found = PATTERN.fullmatch(custom_id)
    if found is None or found["act"] not in _ACTS:
        return None
    try:
        at = datetime.fromtimestamp(int(found["at"]), UTC) if found["at"] else None
    except (ValueError, OverflowError):  # beyond the last year that a calendar has
        return None
    return Press(ButtonAct(found["act"]), found["story"], int(found["n"]), at, found["what"] or "")


def told_story(message: Message) -> str | None:
    """The story that a message is about: its own, or the one that the id of a card or reminder ends with; None: none."""
    if message.kind in _TELLING:
        return message.story_id
    if message.kind is MessageKind.APPROVAL:
        return asked_of(message)[1] if message.story_id.startswith("card-") else None
    found = _REMINDER.fullmatch(message.story_id) if message.kind is MessageKind.REMINDER else None
    return found["story"] if found else None


def buttons(message: Message, say: Say, *, in_server: bool = True) -> tuple[tuple[Button, ...], ...]:
    """Rows of at most five buttons each; empty: none under such a message.

    in_server  whether it stands in a server's channel: only there can a story be muted for everybody
    """
    story_id = told_story(message)
    if story_id is None or not re.fullmatch(r"[\w-]{1,48}", story_id):
        return _rows([], _page(message, say))
    if message.kind is MessageKind.APPROVAL:
        return (_approval(message, story_id, say),) if not message.decision else ()
    acts = [ButtonAct.SOURCES, ButtonAct.HISTORY, ButtonAct.WHY]
    if message.kind is not MessageKind.REMINDER:
        acts += [ButtonAct.FOLLOW, ButtonAct.IRRELEVANT] if in_server else [ButtonAct.IRRELEVANT]
        acts += [ButtonAct.MUTE] if in_server else [ButtonAct.UNFOLLOW]
    if not message.platforms:
        acts.remove(ButtonAct.HISTORY)
    shown = [_button(Press(act, story_id, message.n), say) for act in acts]
    if message.deadline is not None:
        shown.insert(0, _calendar(message.deadline, story_id, message.n, say))
    return _rows(shown, _page(message, say))


def undo(press: Press, say: Say) -> tuple[tuple[Button, ...], ...]:
    """The button that takes a press back; empty: there is nothing to take back."""
    back = {
        ButtonAct.IRRELEVANT: ButtonAct.RELEVANT,
        ButtonAct.FOLLOW: ButtonAct.UNFOLLOW,
        ButtonAct.MUTE: ButtonAct.UNMUTE,
    }.get(press.act)
    if back is None:
        return ()
    return ((Button(say("button-undo"), button_id(Press(back, press.story_id, press.n))),),)


def _approval(message: Message, story_id: str, say: Say) -> tuple[Button, ...]:
    looks = {
        ButtonAct.APPROVE: ButtonStyle.GOOD,
        ButtonAct.HEADLINE: ButtonStyle.QUIET,
        ButtonAct.SKIP: ButtonStyle.BAD,
    }
    return tuple(_button(Press(act, story_id, message.n), say, look) for act, look in looks.items())


def _button(press: Press, say: Say, look: ButtonStyle = ButtonStyle.QUIET) -> Button:
    # Whoever gets a story by direct message follows it: there the button ends that.
    word = {ButtonAct.UNFOLLOW: "unfollow", ButtonAct.UNMUTE: "undo", ButtonAct.RELEVANT: "undo"}.get(
        press.act, press.act.value
    )
    return Button(say(f"button-{word}"), button_id(press), look=look)


def _calendar(deadline: Deadline, story_id: str, n: int, say: Say) -> Button:
    return _button(Press(ButtonAct.CALENDAR, story_id, n, deadline.at, deadline.what), say)


def _page(message: Message, say: Say) -> list[Button]:
    link = safe_link(message.page_url)
    return [Button(say("post-page"), url=link)] if link and len(link) <= URL_LIMIT else []


def _rows(shown: list[Button], links: list[Button]) -> tuple[tuple[Button, ...], ...]:
    """One row if it holds them, else four and the others: a phone shows two beside each other."""
    every = [*shown, *links]
    if len(every) <= IN_A_ROW:
        return (tuple(every),) if every else ()
    return tuple(every[:_FIRST_ROW]), tuple(every[_FIRST_ROW:])
