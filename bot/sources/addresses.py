"""Which addresses may be fetched: web only, and nothing private unless the operator allows it by name.

Names are resolved once, here, and the address that was checked is the one that is connected to; a name that
answers differently the second time (DNS rebinding) gains nothing. Redirects come through the same door.
"""

import ipaddress
import re
import socket
from collections.abc import Sequence
from typing import Final

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from bot.errors import BotError, FailureKind, FetchError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# 64:ff9b::/96 carries an IPv4 address to networks that translate (RFC 6052).
_TRANSLATED: Final = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE: Final = ipaddress.IPv6Network("::/96")
_SECRET_NAMES = re.compile(r"key|token|secret|pass|auth|sig|code|session", re.IGNORECASE)


class PrivateAddressError(BotError):
    """A host leads to an address that is not public and not allowed; raised in the midst of connecting.

    No OSError: the connector would take it for a DNS failure.
    """


class Allowed:
    """The private hosts and ranges that the operator lets us fetch.

    entries  host names ("localhost"), addresses ("127.0.0.1") or ranges ("10.0.0.0/8"); may be empty
    """

    def __init__(self, entries: Sequence[str] = ()) -> None:
        self._names: set[str] = set()
        self._networks: list[Network] = []
        for entry in (one.strip().lower().rstrip(".") for one in entries):
            try:
                self._networks.append(ipaddress.ip_network(entry.strip("[]"), strict=False))
            except ValueError:
                self._names.add(entry)

    def names(self, host: str) -> bool:
        """Whether the operator named this very host, as a name or a literal address."""
        host = host.lower().rstrip(".")
        if host in self._names:
            return True
        literal = literal_address(host)
        return literal is not None and self.covers(literal)

    def covers(self, address: Address) -> bool:
        if any(address.version == one.version and address in one for one in self._networks):
            return True
        inner = _embedded(address)
        return bool(inner) and all(self.covers(one) for one in inner)

    def check(self, host: str, address: Address) -> None:
        """Raises PrivateAddressError unless `address` is public or allowed for `host`."""
        if is_public(address) or self.covers(address) or host.lower().rstrip(".") in self._names:
            return
        raise PrivateAddressError(f"{host} leads to the private address {address}")


class GuardedResolver(AbstractResolver):
    """Resolves through another resolver and lets only permitted addresses out.

    One private answer among public ones refuses the name: a connection may go to any of them.
    """

    def __init__(self, inner: AbstractResolver, allowed: Allowed) -> None:
        self._inner, self._allowed = inner, allowed

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        answers = await self._inner.resolve(host, port, family)
        for answer in answers:
            # A scope ("fe80::1%eth0") only comes with link-local addresses.
            self._allowed.check(host, ipaddress.ip_address(answer["host"].partition("%")[0]))
        return answers

    async def close(self) -> None:
        await self._inner.close()


# What yarl raises for a text that is not an address; an IndexError for "http://[]@" is its oversight.
NO_ADDRESS = (ValueError, IndexError)


def check_url(text: str, allowed: Allowed) -> URL:
    """The address, if it is one that may be asked. Literal addresses are checked here: they are never resolved.

    Raises FetchError (PRIVATE or REDIRECT: not an http(s) address).
    """
    try:
        url = URL(text.strip()).with_fragment(None)
        host = url.raw_host  # as it will be connected to: "127。0。0。1" is plain by now
    except NO_ADDRESS as error:
        raise FetchError(
            shown(text), "this is not a web address", kind=FailureKind.REDIRECT, permanent=True
        ) from error
    if url.scheme not in ("http", "https") or not host:
        raise FetchError(
            shown(text),
            "only http:// and https:// addresses are read",
            kind=FailureKind.REDIRECT,
            permanent=True,
        )
    try:
        if (literal := literal_address(host)) is not None:
            allowed.check(host, literal)
    except PrivateAddressError as error:
        raise private_error(text) from error
    return url


def private_error(url: str) -> FetchError:
    return FetchError(
        shown(url),
        "it leads to a private network address. If it is yours, add the host to SMALLPRINT_ALLOW_PRIVATE",
        kind=FailureKind.PRIVATE,
    )


def literal_address(host: str) -> Address | None:
    """The address that a host spells out, in any form a C library takes ("127.1", "0x7f000001"); None: a name."""
    bare = host.strip("[]").partition("%")[0]
    try:
        return ipaddress.ip_address(bare)
    except ValueError:
        pass
    if not re.fullmatch(r"[0-9a-fx.]+", bare, re.IGNORECASE):
        return None
    try:
        return ipaddress.IPv4Address(socket.inet_aton(bare))
    except OSError:
        return None


def is_public(address: Address) -> bool:
    """Whether anybody on the internet could have this address; for tunnels, what they carry to counts."""
    if inner := _embedded(address):
        return all(is_public(one) for one in inner)
    if isinstance(address, ipaddress.IPv6Address) and address.is_site_local:
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _embedded(address: Address) -> tuple[ipaddress.IPv4Address, ...]:
    """IPv4 addresses that an IPv6 address carries to: mapped, compatible, translated, 6to4, Teredo."""
    if not isinstance(address, ipaddress.IPv6Address):
        return ()
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    if address.sixtofour is not None:
        return (address.sixtofour,)
    if address.teredo is not None:
        return address.teredo
    if address in _TRANSLATED or (address in _COMPATIBLE and int(address) > 1):
        return (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF),)
    return ()


def shown(text: str) -> str:
    """An address as it may be logged: no user, no password, no values that look like keys."""
    try:
        url = URL(text.strip())
        if url.user or url.password:
            url = url.with_user(None)
        for name in url.query:
            if _SECRET_NAMES.search(name):
                url = url.update_query({name: "…"})
    except NO_ADDRESS:
        return re.sub(r"//[^/@]*@", "//", text)[:200]
    return url.human_repr()[:500]
