"""/policy: where a platform stands, for everyone, private, from the store."""

from pathlib import Path

from bot.app.clocks import SystemClock
from bot.flows.people.record import keep_history
from bot.settings import default_folder, load_config
from tests.fake_discord.interactions import EPHEMERAL
from tests.fake_discord.rig import discord_rig


async def test_policy_shows_privately_where_a_platform_stands(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await keep_history(rig.store, SystemClock(), load_config(default_folder()).history.events)

        answer = await rig.discord.use("policy", permissions=0, platform="SOUNDCLOUD")

        assert answer.messages[-1]["flags"] & EPHEMERAL
        (embed,) = answer.messages[-1]["embeds"]
        assert embed["title"] == "Where SoundCloud stands on AI"
        assert "Training on your music: allowed (since 2024-02-07)" in embed["description"]
        assert "Open questions" in embed["description"]
        assert len(embed["description"]) <= 4096


async def test_policy_of_an_unknown_name_says_so_and_mentions_nobody(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        answer = await rig.discord.use("policy", guild=None, platform="@everyone " + "x" * 500)

        assert "nothing on record" in answer.text
        assert "@everyone" not in answer.text
        assert len(answer.text) < 400
