"""Mastodon for people: what they write to the account, and what it answers."""
