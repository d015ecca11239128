"""Looking at and steering the fake from another process: /_fake/messages, /_fake/stats, /_fake/config."""

from datetime import timedelta
from typing import TYPE_CHECKING

from aiohttp import web

from tests.fake_discord.faults import Fault

if TYPE_CHECKING:
    from tests.fake_discord.server import FakeDiscord


class Control:
    """Three routes, JSON both ways."""

    def __init__(self, fake: "FakeDiscord") -> None:
        self.fake = fake

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/_fake/messages", self.messages),
            web.get("/_fake/stats", self.stats),
            web.post("/_fake/config", self.configure),
        ]

    async def messages(self, request: web.Request) -> web.Response:
        """Everything posted, oldest first: id, channel_id, nonce, content, embeds..."""
        return web.json_response(self.fake.world.sent)

    async def stats(self, request: web.Request) -> web.Response:
        """messages, requests, refused_429, seconds between the first and the last counted request."""
        limits = self.fake.limits
        return web.json_response(
            {
                "messages": len(self.fake.world.sent),
                "requests": len(self.fake.requests),
                "counted": limits.counted,
                "refused_429": limits.refused,
                "seconds": limits.last_at - limits.first_at,
                "identifies": self.fake.gateway.identifies,
                "channels": sorted(self.fake.world.places),
            }
        )

    async def configure(self, request: web.Request) -> web.Response:
        """Any of: nonce_window_seconds, clock_shift_seconds (added to the real clock), limits (bool),
        latency_seconds, channels (how many text channels from 1001 on), faults (a list of Fault fields)."""
        wanted = await request.json()
        world = self.fake.world
        if "nonce_window_seconds" in wanted:
            world.nonce_window = timedelta(seconds=wanted["nonce_window_seconds"])
        if "clock_shift_seconds" in wanted:
            world.shift = timedelta(seconds=wanted["clock_shift_seconds"])
        if "limits" in wanted:
            self.fake.limits.on = bool(wanted["limits"])
        if "latency_seconds" in wanted:
            self.fake.latency_seconds = float(wanted["latency_seconds"])
        while len(world.places) < wanted.get("channels", 0):
            self.fake.add_channel(f"channel-{len(world.places) + 1}")
        if "faults" in wanted:
            self.fake.faults = [Fault(**fault) for fault in wanted["faults"]]
        return web.json_response({"ok": True})
