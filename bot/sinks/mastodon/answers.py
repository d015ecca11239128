"""What a Mastodon server's refusal means for the outbox. Reasons and fixes are sentences for the operator."""

import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bot.errors import SinkError, SinkScope
from bot.logic.text.inert import clean
from bot.logic.text.lengths import shorten
from bot.sinks.mastodon.wire import WireAnswer

# Answers after which it is certain that nothing was posted. 408 and 409 are not among them: the server may have
# taken the request, or be taking it right now.
CLEAN_REFUSALS = frozenset({400, 401, 403, 404, 405, 406, 410, 413, 414, 415, 422, 429, 451})
# Longer than any server's own window (300 posts in 3 hours is Mastodon's longest).
_LONGEST_WAIT = timedelta(days=1)

_TOKEN = re.compile(r"token|authenti|oauth|unauthori[sz]ed|credential", re.IGNORECASE)
_SECRET = re.compile(r"[A-Za-z0-9_\-.~+/]{24,}")

_FIX_ACCESS = (
    "Make a new access token (Preferences, Development, your application) with the scopes read:accounts, "
    "read:statuses and write:statuses, give it to Smallprint and restart."
)
_FIX_ADDRESS = (
    "Set the address of your Mastodon server as it stands in the browser's address bar there, and restart."
)


def is_about_token(answer: WireAnswer) -> bool:
    """Whether the token is refused: 401 on Mastodon; Takahē and its kin say 400 with a word about it."""
    return answer.status == 401 or (answer.status == 400 and bool(_TOKEN.search(answer.excerpt)))


def may_be_about_text(answer: WireAnswer) -> bool:
    """Whether another text could be taken. The wording of such refusals is in the server's language: not looked at."""
    return answer.status in (400, 413, 422) and not is_about_token(answer)


def refusal(answer: WireAnswer, now: datetime) -> SinkError:
    """Why a post failed, by what was answered; `unclear` unless the answer proves that nothing was posted."""
    if answer.never_left:
        return SinkError("The Mastodon server could not be reached.", scope=SinkScope.SINK)
    if answer.status is None:
        return SinkError("The Mastodon server gave no whole answer; the post may be there.", unclear=True)
    if 300 <= answer.status < 400:
        return SinkError(
            f"The Mastodon server's address answers with a redirect ({answer.status}); nothing was posted.",
            permanent=True,
            scope=SinkScope.SINK,
            fix=_FIX_ADDRESS,
        )
    if answer.status not in CLEAN_REFUSALS:
        return SinkError(
            f"The Mastodon server answered {answer.status} with something that is not a status; the post may be there.",
            unclear=True,
        )
    return _clean_refusal(answer, now)


def _clean_refusal(answer: WireAnswer, now: datetime) -> SinkError:
    if answer.status == 429:
        wait = retry_after(answer, now)
        return SinkError("The Mastodon server asks us to slow down.", scope=SinkScope.SINK, retry_after=wait)
    if is_about_token(answer):
        return SinkError(
            "The Mastodon server refuses the access token.",
            permanent=True,
            scope=SinkScope.SINK,
            fix=_FIX_ACCESS,
        )
    if answer.status == 403:
        return SinkError(
            f"The Mastodon server does not let this account post{_said(answer)}.",
            permanent=True,
            scope=SinkScope.SINK,
            fix=f"Log in there to see whether the account is limited. If it is not: {_FIX_ACCESS}",
        )
    if answer.status in (404, 405, 406, 410):
        return SinkError(
            f"There is no Mastodon API at the server's address ({answer.status}).",
            permanent=True,
            scope=SinkScope.SINK,
            fix=_FIX_ADDRESS,
        )
    return SinkError(
        f"The Mastodon server refuses this post ({answer.status}){_said(answer)}.", permanent=True
    )


def unreadable(answer: WireAnswer, now: datetime) -> SinkError:
    """Why the account's own posts could not be read: whatever the reason, an unclear delivery stays so."""
    if answer.status is None:
        reason, fix = "The Mastodon server could not be asked for our own posts.", ""
    elif is_about_token(answer) or answer.status == 403:
        reason, fix = "The access token may not read our own posts on Mastodon.", _FIX_ACCESS
    else:
        reason, fix = f"The Mastodon server did not show our own posts ({answer.status}).", ""
    wait = retry_after(answer, now) if answer.status == 429 else None
    return SinkError(reason, unclear=True, scope=SinkScope.SINK, retry_after=wait, fix=fix)


def retry_after(answer: WireAnswer, now: datetime) -> timedelta | None:
    """How long the server asks us to wait, one second to one day; None if it does not say so that we can read it.

    The reset may be ISO 8601 (Mastodon) or seconds since 1970 (others), on the server's clock: compared with
    its own Date where it sends one.
    """
    headers = {name.lower(): value.strip() for name, value in answer.headers.items()}
    wait = _seconds(headers.get("retry-after", ""))
    if wait is None:
        reset = _time(headers.get("x-ratelimit-reset", ""))
        if reset is None:
            return None
        wait = reset - (_time(headers.get("date", "")) or now)
    return min(max(wait, timedelta(seconds=1)), _LONGEST_WAIT)


def _seconds(text: str) -> timedelta | None:
    return timedelta(seconds=int(text)) if text.isdecimal() and len(text) < 10 else None


def _time(text: str) -> datetime | None:
    try:
        if text.isdecimal():
            return datetime.fromtimestamp(int(text), UTC)
        read = datetime.fromisoformat(text) if re.match(r"\d{4}-", text) else parsedate_to_datetime(text)
    except (ValueError, OverflowError, OSError):
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _said(answer: WireAnswer) -> str:
    """The server's own words, short, and without anything that could be a secret it echoes."""
    try:
        document = json.loads(answer.excerpt)
    except ValueError:
        document = {}
    said = document.get("error") if isinstance(document, dict) else None
    if not isinstance(said, str) or not clean(said):
        return ""
    return f": “{shorten(_SECRET.sub('…', clean(said)), 120)}”"
