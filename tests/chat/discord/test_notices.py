"""A server's moderators hear once that a channel was paused, where Discord wants such news."""

from pathlib import Path

import pytest

from bot.chat.discord.notices import pause_teller
from tests.builders import a_destination
from tests.fake_discord.rig import Rig, discord_rig

WHY = "I may not post in #stories. Give me *Send Messages* there, then run `/subscribe` there again."


async def prepared(rig: Rig) -> int:
    """A moderators' channel that the client knows of."""
    channel = rig.discord.add_channel("moderators")
    rig.discord.world.guilds[500].updates_channel = channel
    rig.start()
    await rig.ready()
    return channel


async def test_moderators_are_told_what_was_paused_and_how_to_mend_it(tmp_path: Path) -> None:
    async with discord_rig(tmp_path, start=False) as rig:
        moderators = await prepared(rig)
        await pause_teller(rig.client)(a_destination(address="1001", name="#stories"), WHY)

        (text,) = rig.texts(moderators)
        assert "#stories" in text
        assert WHY in text
        assert rig.discord.world.pinged == []


@pytest.mark.parametrize(
    "server", [None, "500", "600"], ids=["no server", "no such channel", "unknown server"]
)
async def test_without_a_place_for_it_nobody_is_bothered(tmp_path: Path, server: str | None) -> None:
    async with discord_rig(tmp_path) as rig:
        await pause_teller(rig.client)(a_destination(server=server), WHY)

        assert rig.discord.messages() == []


async def test_a_notice_that_cannot_be_delivered_does_no_harm(tmp_path: Path) -> None:
    async with discord_rig(tmp_path, start=False) as rig:
        moderators = await prepared(rig)
        refusal = rig.discord.fail("POST", f"/channels/{moderators}/messages", status=403, code=50013)
        await pause_teller(rig.client)(a_destination(address="1001"), WHY)
        assert refusal.seen == 1

        await rig.deny(moderators, "send_messages")
        await pause_teller(rig.client)(a_destination(address="1001"), WHY)
        assert rig.discord.messages() == []
