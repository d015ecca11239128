"""The commands against a second model of Discord, not written by us (simcord): who sees them, what comes back.

Its client is ours without the connection; below the HTTP client everything is simulated.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import discord
import pytest
import simcord
from simcord import Env, GuildHandle, InteractionResult, MemberActor, ResponseMessage

from bot.chat.discord.client import build_client
from bot.chat.discord.desk import About
from bot.flows.memory import Store
from tests.fake_discord.rig import PLATFORMS, TOPICS
from tests.fakes import FakeClock
from tests.stores import temporary_store


@asynccontextmanager
async def simulated(folder: Path) -> AsyncIterator[tuple[Env, Store]]:
    """Our client in simcord's Discord, with a real store. (No fixture: simcord ties its clock to the test's task.)"""
    async with temporary_store(folder) as store:
        client = build_client(
            store,
            FakeClock(),
            platforms=PLATFORMS,
            topics=TOPICS,
            about=About("0.1", 144, "https://code.example"),
        )
        async with simcord.run(client, shard_count=1) as env:
            yield env, store


def a_manager(env: Env, guild: GuildHandle) -> MemberActor:
    role = guild.create_role("mods", permissions=discord.Permissions(manage_guild=True))
    return guild.add_member(env.create_user("ada"), roles=[role])


def shown(answer: InteractionResult) -> ResponseMessage:
    """What the person sees last."""
    return [*([answer.response] if answer.response else []), *answer.followups][-1]


async def test_managers_see_all_commands_and_others_only_those_for_reading(tmp_path: Path) -> None:
    async with simulated(tmp_path) as (env, _):
        guild = env.create_guild()
        channel = guild.create_text_channel("ai-policy")
        manager = a_manager(env, guild)
        member = guild.add_member(env.create_user("bob"))

        seen, seen_by_managers = member.available_commands(channel), manager.available_commands(channel)

        assert {"subscribe", "subscriptions", "unsubscribe", "test", "latest", "policy", "about"} <= set(seen)
        assert set(seen_by_managers) - set(seen) >= {"setup"}


async def test_a_manager_subscribes_and_sees_it_listed(tmp_path: Path) -> None:
    async with simulated(tmp_path) as (env, store):
        guild = env.create_guild()
        channel = guild.create_text_channel("ai-policy")
        forum = guild.create_forum_channel("stories")
        manager = a_manager(env, guild)

        answer = await manager.slash(
            channel, "subscribe", channel=forum, platform="Suno", topic="Lawsuits, Terms and training"
        )
        listed = await manager.slash(channel, "subscriptions")

        assert answer.ephemeral
        assert "Suno · Lawsuits, Terms and training" in shown(answer).content
        assert "Suno · Lawsuits, Terms and training" in (shown(listed).embeds[0].description or "")
        (stored,) = await store.subscriptions(server=str(guild.id))
        assert stored.destination.address == str(forum.id)


async def test_a_member_cannot_subscribe_a_server(tmp_path: Path) -> None:
    said = ""
    # simcord tells of every command that raised once it ends, also of those that were answered.
    with pytest.raises(ExceptionGroup):  # noqa: PT012  (it comes at the very end)
        async with simulated(tmp_path) as (env, store):
            guild = env.create_guild()
            channel = guild.create_text_channel("ai-policy")
            answer = await guild.add_member(env.create_user("bob")).slash(channel, "subscribe")
            said = (
                shown(answer).content if answer.ephemeral and not await store.subscriptions() else "changed"
            )

    assert "*Manage Server*" in said


async def test_everyone_reads_about_it_privately(tmp_path: Path) -> None:
    async with simulated(tmp_path) as (env, _):
        guild = env.create_guild()
        channel = guild.create_text_channel("ai-policy")
        member = guild.add_member(env.create_user("bob"))

        answer = await member.slash(channel, "about")

        assert answer.ephemeral
        assert shown(answer).embeds[0].title == "Smallprint"


async def test_platforms_complete_while_typing(tmp_path: Path) -> None:
    async with simulated(tmp_path) as (env, _):
        guild = env.create_guild()
        channel = guild.create_text_channel("ai-policy")
        member = guild.add_member(env.create_user("bob"))

        choices = await member.autocomplete(channel, "latest", "platform", "s")

        assert [choice["name"] for choice in choices] == ["SoundCloud", "Spotify", "Suno"]
