"""Names and descriptions of commands in the languages of bot/words, for Discord to show."""

from typing import Any

import structlog
from discord import Locale, app_commands
from discord.app_commands import TranslationContextLocation as Where

from bot.chat.discord.commands.rules import option_key
from bot.words import say

log = structlog.get_logger()

# Locales of Discord that we speak, beside English. Source: Discord developer docs, "Locales".
SPOKEN = {
    Locale.german: "de",
    Locale.french: "fr",
    Locale.spain_spanish: "es",
    Locale.latin_american_spanish: "es",
    Locale.brazil_portuguese: "pt-BR",
    Locale.japanese: "ja",
}


class Translator(app_commands.Translator):
    """Answers discord.py when it registers commands."""

    async def translate(
        self, string: app_commands.locale_str, locale: Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        lang = SPOKEN.get(locale)
        key = phrase_key(string, context.location, context.data)
        try:
            return say(lang, key) if lang and key else None
        except KeyError:
            # A command that is not translated is shown in English; it must not keep us from logging in.
            log.warning("command_not_translated", phrase=key, lang=lang)
            return None


def phrase_key(string: app_commands.locale_str, where: Where, data: Any) -> str | None:
    """Which phrase a text of a command is; None: one that is the same everywhere."""
    match where:
        case Where.command_name:
            return f"command-{data.name}"
        case Where.command_description:
            return f"command-{data.name}-does"
        case Where.parameter_name:
            return f"option-{data.name}"
        case Where.parameter_description:
            return option_key(data.command.name, data.name)
        case Where.choice_name:
            key: str | None = string.extras.get("key")
            return key
        case _:
            return None
