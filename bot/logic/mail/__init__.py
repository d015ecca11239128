"""What people write to a Mastodon account, understood."""
