"""A Mastodon account as its server shows it to the account itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MastodonProfile:
    """What one look at the account found.

    id, acct       as its server calls it, "smallprint"
    url            its page; empty: the server does not say
    is_bot         whether it is marked as automated
    note           its description as plain text
    language       what new posts are taken to be written in; empty: the server does not say
    max_chars      most characters in a post; None: the server does not say (then 500 are kept to)
    hears          whether we may read what people write to it
    finds          whether we may read our own posts, which a crash makes necessary
    """

    id: str
    acct: str
    url: str
    is_bot: bool
    note: str
    language: str
    max_chars: int | None
    url_chars: int
    hears: bool
    finds: bool


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """What is to be set there; None: left as it is."""

    is_bot: bool | None = None
    note: str | None = None
    language: str | None = None

    def __bool__(self) -> bool:
        return any(each is not None for each in (self.is_bot, self.note, self.language))
