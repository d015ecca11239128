"""Following redirects by hand, because every hop has to be checked and permanent ones remembered."""

from http.cookies import SimpleCookie

import aiohttp
from yarl import URL

from bot.errors import FailureKind, FetchError
from bot.sources.addresses import NO_ADDRESS, shown

MAX_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)


class Journey:
    """Where a request stands, through its redirects."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self._start = url
        self._seen = [url]
        self._permanent = True
        self._moved_to: URL | None = None
        # Some sites want back at once what they hand out; nothing of it outlives the journey.
        self._cookies: aiohttp.CookieJar | None = None  # it needs a running loop
        self._has_new = False

    @property
    def moved_to(self) -> str | None:
        return str(self._moved_to) if self._moved_to is not None and self._moved_to != self._start else None

    @property
    def cookies(self) -> dict[str, str]:
        """What to send to the present address."""
        if self._cookies is None:
            return {}
        return {name: each.value for name, each in self._cookies.filter_cookies(self.url).items()}

    def follow(self, status: int, location: str, handed: SimpleCookie | None = None) -> None:
        """Go on to `location`, with the cookies `handed` out. Raises FetchError when that leads nowhere."""
        here = shown(str(self.url))
        try:
            target = self.url.join(URL(location)).with_fragment(None)
        except NO_ADDRESS as error:
            raise FetchError(
                here, "it redirects to something that is not an address", kind=FailureKind.REDIRECT
            ) from error
        if not location:
            raise FetchError(here, "it redirects without saying where", kind=FailureKind.REDIRECT)
        if target.scheme not in ("http", "https"):
            raise FetchError(here, "it redirects to something that is not http(s)", kind=FailureKind.REDIRECT)
        target = self._with_credentials(target)
        before = self.cookies
        if handed:
            self._cookies = self._cookies or aiohttp.CookieJar(unsafe=True)
            self._cookies.update_cookies(handed, self.url)
            self._has_new = self._has_new or self.cookies != before
        # With a new cookie the same address may answer otherwise, once.
        if target in self._seen and self._has_new:
            self._has_new = False
        elif target in self._seen:
            raise FetchError(here, "it redirects in a circle", kind=FailureKind.REDIRECT)
        if len(self._seen) > MAX_REDIRECTS:
            raise FetchError(here, f"it redirects more than {MAX_REDIRECTS} times", kind=FailureKind.REDIRECT)
        self._permanent = self._permanent and status in _PERMANENT
        if self._permanent:
            self._moved_to = target
        self._seen.append(target)
        self.url = target

    def _with_credentials(self, target: URL) -> URL:
        """A password in the address stays with its host, and is never carried down to plain http."""
        same_host = target.host == self.url.host
        safe = target.scheme == "https" or self.url.scheme == "http"
        if self.url.user and not target.user and same_host and safe:
            return target.with_user(self.url.user).with_password(self.url.password)
        return target
