"""/test: what the last 30 days would have brought to this channel, or to oneself."""

import discord
from discord import app_commands

from bot.chat.discord import places, replies
from bot.chat.discord import story_lists as told
from bot.chat.discord.asker import who_asks
from bot.chat.discord.commands.rules import AnyCommand, defer, described, does, for_everyone, reply
from bot.chat.discord.commands.subscribe import Place
from bot.chat.discord.desk import Desk
from bot.chat.discord.panel import trial_words
from bot.flows.people.trial import try_out

SHOWN = 10


def command(desk: Desk) -> AnyCommand:
    @app_commands.command(name="test", description=does("test"))
    @app_commands.describe(**described("test", "channel"))
    async def test_here(interaction: discord.Interaction, channel: Place | None = None) -> None:
        await defer(interaction)
        asker = await who_asks(interaction, desk)
        address, place = asker.own_address, asker.say("by-dm")
        if asker.server is not None:
            where = channel.id if channel is not None else interaction.channel_id
            address, place = str(where), f"<#{where}>"
        wishes = [
            one
            for one in await asker.held(desk)
            if one.destination.address == address and one.story_id is None
        ]
        if not wishes:
            await reply(interaction, asker.say("test-nothing", place=place))
            return
        now = desk.clock.now()
        trial = try_out(wishes, await desk.recent.read(desk.store, now), now)
        text = f"{place}: {trial_words(trial, asker.say)}"
        problem = _problem(interaction, address, asker.lang)
        if problem:
            text += f"\n⚠️ {problem}"
        if not trial.stories:
            await reply(interaction, text)
            return
        shown = told.story_list(trial.stories[:SHOWN], desk, asker.lang, title=asker.say("test-title"))
        await reply(interaction, text, shown)

    return for_everyone(test_here)


def _problem(interaction: discord.Interaction, address: str, lang: str) -> str:
    target = places.known_target(interaction.guild, address) if interaction.guild else None
    if target is None:
        return ""
    missing = places.missing_rights(target.type, target.rights)
    return replies.missing_rights(target.mention, missing, lang) if missing else ""
