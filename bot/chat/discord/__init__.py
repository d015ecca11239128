"""Discord for people: the client, the commands, the wording of replies. Everything goes through flows."""
