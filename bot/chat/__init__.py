"""People in conversation with the bot, on Discord and on Mastodon. Everything goes through flows."""
