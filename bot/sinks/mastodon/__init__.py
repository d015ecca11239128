"""The way out to Mastodon: accounts, their posts, and what people write to them."""

from bot.sinks.mastodon.accounts import MastodonAccounts
from bot.sinks.mastodon.sink import MastodonSink, open_mastodon

__all__ = ["MastodonAccounts", "MastodonSink", "open_mastodon"]
