"""Becoming and being an account: registering us, taking the code for a token, looking at the profile, mending it.

Every call blocks; the command line, which has nothing else to do, waits for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from mastodon import Mastodon

from bot.errors import RefusedError
from bot.model import MastodonProfile, ProfileChange
from bot.sinks.mastodon.connection import ASSUMED_VERSION
from bot.sinks.mastodon.history import plain_text
from bot.sinks.mastodon.wire import CarefulSession, Limits, WireAnswer, read_limits

SCOPES = ("read:accounts", "read:statuses", "read:notifications", "write:statuses")
"""What posting, finding one's own posts after a crash, and answering people need; nothing else."""
PROFILE_SCOPE = "write:accounts"
"""Only for setting the bot mark, description and language."""

_TIMEOUT_SECONDS = 20.0
_OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Registration:
    """Smallprint as the server knows it, waiting for somebody to allow it. `address` is where they do."""

    base_url: str
    client_id: str
    client_secret: str
    scopes: tuple[str, ...]
    address: str


def register(base_url: str, user_agent: str, scopes: Sequence[str]) -> Registration:
    """Make us known to the server. Raises RefusedError, a sentence."""
    with _session() as session:
        client_id, client_secret = _asked(
            session,
            base_url,
            lambda: Mastodon.create_app(
                "Smallprint",
                scopes=list(scopes),
                redirect_uris=_OUT_OF_BAND,
                api_base_url=base_url,
                request_timeout=_TIMEOUT_SECONDS,
                session=session,
                user_agent=user_agent,
            ),
        )
    # Mastodon.py's own address says "state=None&lang=None" for what is not given.
    query = urlencode(
        {
            "response_type": "code",
            "client_id": client_id,
            "redirect_uri": _OUT_OF_BAND,
            "scope": " ".join(scopes),
        }
    )
    address = f"{base_url}/oauth/authorize?{query}"
    return Registration(base_url, str(client_id), str(client_secret), tuple(scopes), address)


def redeem(registration: Registration, code: str, user_agent: str) -> str:
    """The access token that the code stands for. Raises RefusedError for a code that is refused."""
    with _session() as session:
        client = _client(session, registration.base_url, user_agent)
        client.client_id, client.client_secret = registration.client_id, registration.client_secret
        try:
            client.log_in(
                code=code,
                scopes=list(registration.scopes),
                redirect_uri=_OUT_OF_BAND,
                allow_http=registration.base_url.startswith("http://"),
            )
        except Exception:
            # Some servers do not say what they granted: the token is good all the same, which a look will show.
            if not client.access_token:
                raise _refused_code(session.answer, registration.base_url) from None
        return str(client.access_token)


def look(base_url: str, token: str, user_agent: str) -> MastodonProfile:
    """The account behind a token. Raises RefusedError, a sentence."""
    with _session() as session:
        client = _client(session, base_url, user_agent, token)
        me: Any = _asked(session, base_url, client.account_verify_credentials)
        if not isinstance(me, dict) or not me.get("id"):
            raise RefusedError(_no_api(base_url, session.answer))
        account_id = str(me["id"])
        source = me.get("source")
        source = source if isinstance(source, dict) else {}
        limits = read_limits(session, base_url, user_agent, _TIMEOUT_SECONDS)
        known = limits or Limits()
        return MastodonProfile(
            id=account_id,
            acct=str(me.get("acct") or me.get("username") or account_id),
            url=str(me.get("url") or ""),
            is_bot=bool(me.get("bot")),
            note=str(source.get("note") or "") or plain_text(str(me.get("note") or "")),
            language=str(source.get("language") or ""),
            max_chars=limits.max_chars if limits else None,
            url_chars=known.url_chars,
            hears=_may(lambda: client.notifications(types=["mention"], limit=1)),
            finds=_may(lambda: client.account_statuses(account_id, limit=1)),
        )


def mend(base_url: str, token: str, user_agent: str, change: ProfileChange) -> None:
    """Set what is named. Whether the server really did is for another look to say. Raises RefusedError."""
    with _session() as session:
        client = _client(session, base_url, user_agent, token)
        _asked(
            session,
            base_url,
            lambda: client.account_update_credentials(
                bot=change.is_bot, note=change.note, default_language=change.language
            ),
        )


def _session() -> CarefulSession:
    return CarefulSession(deadline_seconds=_TIMEOUT_SECONDS)


def _client(session: CarefulSession, base_url: str, user_agent: str, token: str | None = None) -> Mastodon:
    client = Mastodon(
        api_base_url=base_url,
        mastodon_version=ASSUMED_VERSION,
        ratelimit_method="throw",
        request_timeout=_TIMEOUT_SECONDS,
        user_agent=user_agent,
        session=session,
    )
    # Not an argument above: Mastodon.py would look whether a file of that name exists, and read it.
    client.access_token = token
    return client


def _may(ask: Callable[[], object]) -> bool:
    """Whether the server shows a list when asked."""
    try:
        return isinstance(ask(), list)
    except Exception:
        return False


def _asked(session: CarefulSession, base_url: str, ask: Callable[[], Result]) -> Result:
    """What the server answers. Raises RefusedError, without a cause: its frames hold the token."""
    session.forget()
    try:
        return ask()
    except Exception:
        raise RefusedError(_why(session.answer, base_url)) from None


def _why(answer: WireAnswer, base_url: str) -> str:
    if answer.status is None:
        return f"{base_url} could not be reached. Check the address, and that the server is up."
    if answer.status == 401 or (answer.status == 400 and "token" in answer.excerpt.lower()):
        return f"{base_url} refuses the access token. Log in anew: smallprint mastodon login."
    if answer.status == 403:
        return f"{base_url} does not allow that to this token (403). Log in with the right: smallprint mastodon login --profile."
    if answer.status == 429:
        return f"{base_url} asks us to slow down. Try again in a few minutes."
    if answer.status >= 500:
        return f"{base_url} has trouble of its own ({answer.status}). Try again later."
    return _no_api(base_url, answer)


def _no_api(base_url: str, answer: WireAnswer) -> str:
    return (
        f"{base_url} does not answer as a Mastodon server does ({answer.status}). Write its address as the browser's "
        "address bar shows it, such as https://mastodon.social."
    )


def _refused_code(answer: WireAnswer, base_url: str) -> RefusedError:
    if answer.status in (400, 401):
        return RefusedError(
            f"{base_url} does not take that code. A code works once and for some minutes: log in again and copy all of it."
        )
    return RefusedError(_why(answer, base_url))
