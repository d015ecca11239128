"""What a Mastodon account's profile lacks for a bot that servers and readers welcome."""

from dataclasses import dataclass, replace

from bot.model import MastodonProfile, ProfileChange

# Shorter says nothing of who runs it, what it reads and how to stop it.
_SHORTEST_NOTE = 40


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """One thing to mend. `is_grave`: without it something does not work, not only look right."""

    text: str
    is_grave: bool = False


def shortcomings(profile: MastodonProfile, language: str, *, commands: bool) -> tuple[Shortcoming, ...]:
    """What to mend, the gravest first.

    language  what the account is configured to speak
    commands  whether it is to hear people
    """
    found = []
    if not profile.finds:
        text = "may not read its own posts, which it must after a crash. Run smallprint mastodon login again."
        found.append(Shortcoming(text, is_grave=True))
    if commands and not profile.hears:
        text = "may not read what people write to it. Run smallprint mastodon login again, or set commands to false."
        found.append(Shortcoming(text, is_grave=True))
    if not profile.is_bot:
        found.append(Shortcoming("is not marked as automated, which most servers ask of bots."))
    if len(profile.note.strip()) < _SHORTEST_NOTE:
        text = "has no description worth the name: say who runs it, what it reads and how to stop it."
        found.append(Shortcoming(text))
    if profile.language and _plain(profile.language) != _plain(language):
        found.append(
            Shortcoming(f"posts in {profile.language!r} by its own settings, and you set {language!r}.")
        )
    if profile.max_chars is None:
        found.append(Shortcoming("is on a server that tells no limits: posts keep to 500 characters."))
    return tuple(found)


def mending(profile: MastodonProfile, language: str, contact: str, *, commands: bool) -> ProfileChange:
    """What can be set there to mend that; a description that somebody wrote is left alone."""
    change = ProfileChange()
    if not profile.is_bot:
        change = replace(change, is_bot=True)
    if not profile.note.strip():
        change = replace(change, note=_note(contact, commands=commands))
    if profile.language and _plain(profile.language) != _plain(language):
        change = replace(change, language=_plain(language))
    return change


def _note(contact: str, *, commands: bool) -> str:
    parts = [
        "Reads the small print for musicians: news and terms about AI as it touches music, each story once, "
        "with its sources. Posts are automated."
    ]
    if commands:
        parts.append("Write me “help” for alerts by direct message, “stop” to end them.")
    if contact:
        parts.append(f"Run by {contact}")
    return " ".join(parts)


def _plain(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()
