"""Commands as Discord shows them, in each language: within its limits, and no two alike."""

import re
from typing import Any

import pytest
from discord import Locale

from bot.chat.discord.client import build_client
from bot.chat.discord.commands.rules import option_key
from bot.chat.discord.desk import About
from bot.chat.discord.translating import SPOKEN, Translator
from bot.words import LANGUAGES, say
from tests.fake_discord.rig import PLATFORMS, TOPICS
from tests.fakes import FakeClock

# Source: Discord developer docs, "Application Commands", naming.
NAME = re.compile(r"[-_'\w]{1,32}")


async def payloads() -> list[dict[str, Any]]:
    client = build_client(
        None,  # type: ignore[arg-type]  # nothing is asked of it
        FakeClock(),
        platforms=PLATFORMS,
        topics=TOPICS,
        about=About("1", 1, "https://code.example"),
    )
    return [
        await each.get_translated_payload(client.tree, Translator()) for each in client.tree.get_commands()
    ]


async def test_every_command_and_option_has_a_name_and_description_in_every_language() -> None:
    locales = {locale.value for locale in SPOKEN}
    for command in await payloads():
        for part in (command, *command["options"]):
            assert set(part["name_localizations"]) == locales, part["name"]
            assert set(part["description_localizations"]) == locales, part["name"]
        for option in command["options"]:
            for choice in option.get("choices") or []:
                own_names = set(LANGUAGES.values())
                assert choice["name"] in own_names or set(choice["name_localizations"]) == locales, choice


async def test_names_and_descriptions_keep_discords_limits_in_every_language() -> None:
    for command in await payloads():
        parts = [command, *command["options"]]
        for part in parts:
            for name in (part["name"], *part["name_localizations"].values()):
                assert NAME.fullmatch(name), name
                assert name == name.lower(), name
            for text in (part["description"], *part["description_localizations"].values()):
                assert 1 <= len(text) <= 100, (len(text), text)
        for option in command["options"]:
            for choice in option.get("choices") or []:
                for name in (choice["name"], *(choice.get("name_localizations") or {}).values()):
                    assert 1 <= len(name) <= 100, name


@pytest.mark.parametrize("locale", list(SPOKEN))
async def test_no_two_commands_and_no_two_options_of_one_are_called_alike(locale: Locale) -> None:
    commands = await payloads()
    names = [command["name_localizations"][locale.value] for command in commands]
    assert len(set(names)) == len(names)
    for command in commands:
        own = [option["name_localizations"][locale.value] for option in command["options"]]
        assert len(set(own)) == len(own), command["name"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_on_buttons_and_in_forms_fit(lang: str) -> None:
    keys = "setup start save words more back reminders-on reminders-off previous next edit pause resume move delete"
    for key in keys.split():
        assert len(say(lang, f"button-{key}")) <= 80, key
    for key in ("title", "include", "exclude", "time", "zone", "quiet"):
        assert len(say(lang, f"form-{key}")) <= 45, key
    for key in ("channel", "platforms", "topics", "urgency", "role", "threads", "language", "subscription"):
        assert len(say(lang, f"menu-{key}")) <= 150, key


def test_an_option_may_mean_something_else_in_one_command() -> None:
    assert option_key("latest", "platform") != option_key("subscribe", "platform")
