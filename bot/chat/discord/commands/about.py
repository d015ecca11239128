"""/about: what this bot is, what it never does, who runs it."""

import discord
from discord import app_commands

from bot.chat.discord.asker import language_of
from bot.chat.discord.commands.rules import AnyCommand, does, for_everyone
from bot.chat.discord.desk import Desk
from bot.chat.discord.replies import COLOUR
from bot.logic.text.inert import for_discord, safe_link
from bot.words import words


def command(desk: Desk) -> AnyCommand:
    @app_commands.command(description=does("about"))
    async def about(interaction: discord.Interaction) -> None:
        # Nothing to look up, so no need to defer.
        card = about_card(desk, language_of(interaction))
        await interaction.response.send_message(embed=card, ephemeral=True)

    return for_everyone(about)


def about_card(desk: Desk, lang: str) -> discord.Embed:
    facts, say = desk.about, words(lang)
    embed = discord.Embed(title="Smallprint", colour=COLOUR, description=say("about-what"))
    watched = say("about-watch", sources=facts.sources, names=len(desk.platforms))
    embed.add_field(name=say("about-watch-title"), value=watched, inline=False)
    embed.add_field(name=say("about-never-title"), value=say("about-never"), inline=False)
    # An address stays one that can be opened; anything else is text like any other.
    contact = safe_link(facts.operator) or for_discord(facts.operator)
    runs = f"{say('about-contact', contact=contact)}\n" if contact else ""
    source = say("about-source", source=facts.source_code)
    embed.add_field(name=say("about-who-title"), value=f"{runs}{source}", inline=False)
    embed.set_footer(text=say("about-version", version=facts.version))
    return embed
