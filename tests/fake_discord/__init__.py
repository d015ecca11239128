"""A fake Discord over real HTTP and a real gateway WebSocket, to which the unmodified discord.py logs in.

    async with FakeDiscord() as discord:
        channel = discord.add_channel("ai-policy")
        ...log a client in at discord.api_url with discord.token...
        discord.fail("POST", f"/channels/{channel}/messages", status=500)
        assert discord.texts(channel) == [...]

It refuses what Discord refuses, with Discord's codes: over-long embeds, missing permissions, rates. What is faked and
what is not is said in each file. `python -m tests.fake_discord --port N` runs it as a process of its own.
"""

from tests.fake_discord.faults import Fault
from tests.fake_discord.interactions import Answer
from tests.fake_discord.server import FAKE_TOKEN, FakeDiscord

__all__ = ["FAKE_TOKEN", "Answer", "FakeDiscord", "Fault"]
