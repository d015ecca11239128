"""Addresses of Mastodon destinations: an account's own posts, or direct messages from it to one person."""


def account_of(address: str) -> str:
    """The account that posts there: "social.example" of "social.example" and of "social.example/42"."""
    return address.partition("/")[0]


def person_of(address: str) -> str | None:
    """The id of the person whom direct messages go to; None: the account's own posts."""
    return address.partition("/")[2] or None


def direct_address(account: str, person_id: str) -> str:
    """Where direct messages from the account to that person go."""
    return f"{account}/{person_id}"
