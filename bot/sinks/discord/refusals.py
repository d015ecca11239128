"""What Discord's refusals mean: each becomes one SinkError with what a person can do about it."""

from datetime import timedelta

import aiohttp
import discord

from bot.errors import SinkError, SinkScope

# Discord's JSON error codes. Source: Discord developer docs, "Opcodes and Status Codes", JSON error codes.
UNKNOWN_CHANNEL, UNKNOWN_SERVER, UNKNOWN_MESSAGE = 10003, 10004, 10008
SLOW_MODE, CHANNEL_WRITE_LIMIT, SERVER_WRITE_LIMIT, RESOURCE_LIMITED = 20016, 20028, 20029, 40062
BLOCKED_USER_AGENT = 40333
MISSING_ACCESS, EMPTY_MESSAGE, NO_MESSAGES_HERE, MISSING_PERMISSIONS = 50001, 50006, 50008, 50013
NO_DIRECT_MESSAGES = 50007
INVALID_FORM, THREAD_ARCHIVED = 50035, 50083
TOO_MANY_TAGS, TAG_NEEDED = 40066, 40067
TOO_MANY_THREADS, CANNOT_REPLY, THREAD_LOCKED = 160006, 160002, 160005

# Of an edit: what was posted, or the thread around it, was deleted.
GONE = frozenset({UNKNOWN_CHANNEL, UNKNOWN_MESSAGE})

_AGAIN = "then run `/subscribe` there again."
_RIGHTS = (
    "Give me *View Channel*, *Send Messages* (in threads: *Send Messages in Threads*) and *Embed Links* there, "
    + _AGAIN
)
# What ends a destination until somebody changes something there: what happened, what to do.
_CLOSED = {
    UNKNOWN_CHANNEL: ("I can't find the channel {place} any more.", "Choose another one with `/subscribe`."),
    UNKNOWN_SERVER: ("I am no longer in the server of {place}.", "Invite me again, " + _AGAIN),
    MISSING_ACCESS: ("I can't see {place}.", _RIGHTS),
    MISSING_PERMISSIONS: ("I may not post in {place}.", _RIGHTS),
    NO_DIRECT_MESSAGES: (
        "I can't write to {place} directly.",
        "Allow direct messages from a server that we share, then subscribe again.",
    ),
    NO_MESSAGES_HERE: (
        "{place} takes no messages.",
        "Choose a text, announcement or forum channel with `/subscribe`.",
    ),
    TAG_NEEDED: (
        "The forum {place} asks for a tag and has none that I may use.",
        "Add a tag there, " + _AGAIN,
    ),
    TOO_MANY_TAGS: ("The forum {place} refused the tags.", "Look at its tags, " + _AGAIN),
    THREAD_LOCKED: ("The thread {place} is locked.", "Unlock it or give me *Manage Threads*, " + _AGAIN),
    THREAD_ARCHIVED: ("The thread {place} is archived and I may not open it.", "Open it, " + _AGAIN),
}
_BUSY = frozenset({SLOW_MODE, CHANNEL_WRITE_LIMIT, SERVER_WRITE_LIMIT, RESOURCE_LIMITED, TOO_MANY_THREADS})
_TOKEN_FIX = (
    "Make a new bot token in Discord's developer portal, set SMALLPRINT_DISCORD_TOKEN to it and restart."  # noqa: S105
)

# What discord.py and aiohttp raise for a request. KeyError and its kin come from an answer that is not what
# Discord documents (a proxy's page with status 200, say): then the message may well be there.
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, discord.InvalidData)
FAILURES = (
    discord.HTTPException,
    discord.RateLimited,
    aiohttp.ClientError,
    OSError,
    RuntimeError,
    *UNREADABLE,
)


def sink_error(failure: Exception, place: str, *, posting: bool) -> SinkError:
    """What a failed request means.

    place    the destination's name, for people
    posting  the request would have posted something: if its answer is lost, the message may be there
    """
    match failure:
        case discord.RateLimited():
            wait = timedelta(seconds=failure.retry_after)
            return SinkError("Discord asks us to wait.", retry_after=wait)
        case discord.HTTPException():
            return _answered(failure, place, posting=posting)
        case TimeoutError():
            return SinkError(f"Discord did not answer in time about {place}.", unclear=posting)
        case aiohttp.ClientConnectorError():
            # Nothing was sent: the connection was never made.
            return SinkError("Discord cannot be reached.")
        case RuntimeError():
            # "Session is closed": aiohttp refuses before it sends anything.
            return SinkError("The connection to Discord is being made anew.")
        case aiohttp.ClientResponseError():
            return SinkError(f"Discord is in trouble (status {failure.status}).", unclear=posting)
        case aiohttp.ClientError() | OSError():
            return SinkError(f"The connection to Discord broke ({type(failure).__name__}).", unclear=posting)
        case _:
            return SinkError("Discord's answer could not be read.", unclear=posting)


def _answered(refusal: discord.HTTPException, place: str, *, posting: bool) -> SinkError:
    """What an answer with an error status means."""
    status, code = refusal.status, refusal.code
    if status == 401:
        return SinkError("Discord refuses the token.", permanent=True, scope=SinkScope.SINK, fix=_TOKEN_FIX)
    if code == BLOCKED_USER_AGENT:
        fix = "Update Smallprint; if that does not help, ask its maintainers."
        return SinkError("Discord blocks this program.", permanent=True, scope=SinkScope.SINK, fix=fix)
    if status == 429 or code in _BUSY:
        return _limited(refusal)
    if status >= 500:
        return SinkError(f"Discord is in trouble (status {status}).", unclear=posting)
    if code in _CLOSED or status in (403, 404):
        what, fix = _CLOSED.get(code, _CLOSED[MISSING_ACCESS])
        return SinkError(what.format(place=place), permanent=True, scope=SinkScope.DESTINATION, fix=fix)
    return SinkError(f"Discord did not take the message (status {status}, code {code}).", permanent=True)


def _limited(refusal: discord.HTTPException) -> SinkError:
    """A 429. One without a Via header comes from Discord's edge, not from Discord: a ban of this address, which
    every further request prolongs. Source: Discord developer docs, "Rate Limits", "Invalid Request Limit"."""
    headers = refusal.response.headers
    wait = _seconds(headers.get("Retry-After"))
    if refusal.status == 429 and not headers.get("Via"):
        wait = wait or timedelta(minutes=10)
        fix = "Nothing to do: it is tried again later. If it lasts, look at what else runs at this address."
        return SinkError(
            "Discord's edge refuses this address.", scope=SinkScope.SINK, retry_after=wait, fix=fix
        )
    return SinkError("Discord asks us to wait.", retry_after=wait or timedelta(minutes=1))


def _seconds(value: str | None) -> timedelta | None:
    try:
        return timedelta(seconds=float(value)) if value else None
    except ValueError:
        return None
