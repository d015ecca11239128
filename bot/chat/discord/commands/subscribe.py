"""/subscribe: a channel, or a person by direct message, gets stories from now on."""

from dataclasses import replace

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.chat.discord import names, places
from bot.chat.discord.asker import Asker, language_of, who_asks
from bot.chat.discord.commands.rules import AnyCommand, defer, described, does, for_everyone, reply
from bot.chat.discord.completion import MOST_CHOICES, name_choices
from bot.chat.discord.desk import Desk
from bot.chat.discord.places import Target
from bot.chat.discord.refusal import RefusalError
from bot.chat.discord.wish_from_command import empty_wish, store_wish
from bot.logic.text.clock_words import zones_like
from bot.model import NewSubscription, Threading, Timing, Urgency
from bot.words import LANGUAGES, say

Place = app_commands.Transform[places.Picked, places.PlaceOption]
DAYS = 7


def choice(key: str, value: str) -> app_commands.Choice[str]:
    """A choice whose words are a phrase."""
    return app_commands.Choice(name=locale_str(say("en", key), key=key), value=value)


WHEN = [choice(f"urgency-{each.value}", each.value) for each in Urgency]
THREADS = [choice(f"threading-{each.value}", each.value) for each in Threading]
WEEKDAYS = [choice(f"day-{day}", str(day)) for day in range(DAYS)]
IN_LANGUAGE = [app_commands.Choice(name=name, value=lang) for lang, name in LANGUAGES.items()]


def command(desk: Desk) -> AnyCommand:
    async def platforms(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return name_choices(typed, desk.platforms, several=True)

    async def topics(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return topic_choices(interaction, typed, desk)

    async def zones(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return zone_choices(typed, desk)

    options = (
        "channel", "platform", "topic", "include", "exclude", "urgency", "time", "day", "zone", "quiet", "role",
        "threads", "reminders", "language",
    )  # fmt: skip

    @app_commands.command(description=does("subscribe"))
    @app_commands.describe(**described("subscribe", *options))
    @app_commands.choices(urgency=WHEN, threads=THREADS, day=WEEKDAYS, language=IN_LANGUAGE)
    @app_commands.autocomplete(platform=platforms, topic=topics, zone=zones)
    async def subscribe(
        interaction: discord.Interaction,
        channel: Place | None = None,
        platform: str | None = None,
        topic: str | None = None,
        urgency: str = Urgency.NOW.value,
        role: discord.Role | None = None,
        include: str | None = None,
        exclude: str | None = None,
        time: str | None = None,
        day: str | None = None,
        zone: str | None = None,
        quiet: str | None = None,
        threads: str | None = None,
        reminders: bool = False,
        language: str | None = None,
    ) -> None:
        await defer(interaction)
        asker = await who_asks(interaction, desk)
        target = _target(interaction, asker, channel, role)
        wish = empty_wish(asker, interaction.guild, target)
        wish = replace(
            wish,
            platforms=names.platforms_named(platform, desk),
            topics=names.topics_named(topic, desk, asker.lang),
            urgency=Urgency(urgency),
            role=str(role.id) if role else None,
            include=names.words_named(include),
            exclude=names.words_named(exclude),
            reminders=reminders,
            timing=_timing(wish, desk, time, day, zone, quiet),
            threading=Threading(threads) if threads else None,
            lang=language or wish.lang,
        )
        keep = language is None
        said = await store_wish(interaction, desk, asker, wish, target, role=role, keep_manner=keep)
        await reply(interaction, said)

    return for_everyone(subscribe)


def _target(
    interaction: discord.Interaction, asker: Asker, channel: Place | None, role: discord.Role | None
) -> Target | None:
    """The channel; None: direct messages. Raises RefusalError for what cannot be, or what we never do."""
    if role is not None and role.is_default():
        raise RefusalError("never-everyone")
    if asker.server is not None:
        return places.target_of(interaction, channel)
    if channel is not None or role is not None:
        raise RefusalError("guild-only")
    return None


def _timing(
    wish: NewSubscription, desk: Desk, time: str | None, day: str | None, zone: str | None, quiet: str | None
) -> Timing:
    usual = wish.timing
    minute = names.minute_meant(time)
    return Timing(
        zone=names.zone_meant(zone, desk.zones) or usual.zone,
        minute=usual.minute if minute is None else minute,
        weekday=int(day) if day else usual.weekday,
        quiet=names.quiet_meant(quiet),
    )


def topic_choices(interaction: discord.Interaction, typed: str, desk: Desk) -> list[app_commands.Choice[str]]:
    """Topics in the asker's language; typed in English they are understood all the same."""
    lang = language_of(interaction)
    own = [desk.topic_name(topic, lang).replace(",", "") for topic in desk.topics]
    return name_choices(typed, own, several=True)


def zone_choices(typed: str, desk: Desk) -> list[app_commands.Choice[str]]:
    near = zones_like(typed, desk.zones, MOST_CHOICES)
    return [app_commands.Choice(name=zone.replace("_", " "), value=zone) for zone in near]
