"""The server: wires world, gateway and routes, and spoils requests as the injected faults say."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.fake_discord.checks import beyond_limits
from tests.fake_discord.control import Control
from tests.fake_discord.faults import Fault
from tests.fake_discord.gateway import Gateway
from tests.fake_discord.interactions import Answer, Desk
from tests.fake_discord.limits import Limits
from tests.fake_discord.rest import Rest
from tests.fake_discord.wire import refused, reply
from tests.fake_discord.world import BITS, KINDS, THREAD, USUAL, Json, Place, Refusal, World

FAKE_TOKEN = "fake-token.for-tests.only"
MANAGER = BITS["manage_guild"]
Serve = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FakeDiscord:
    """One Discord on a loopback port, with server 500 and text channel 1001 to begin with.

    now        the time on Discord's side (ids, nonces); None: the real one
    """

    def __init__(self, *, now: Callable[[], datetime] | None = None, port: int = 0) -> None:
        self.token = FAKE_TOKEN
        self.world = World(now)
        self.gateway = Gateway(self.world, self.token)
        self.desk = Desk(self.world)
        self.limits = Limits()
        self.faults: list[Fault] = []
        self.requests: list[tuple[str, str]] = []
        self.latency_seconds = 0.0
        self._port = port
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None
        self._next_channel, self._next_role = 1001, 3001
        self.guild_id = self.world.add_guild(500, "Label").id
        self.add_channel("ai-policy")

    async def __aenter__(self) -> Self:
        beyond_limits.clear()
        app = web.Application(middlewares=[self._serve], client_max_size=2**22)
        app.add_routes(Rest(self.world, self.gateway, self.desk).routes())
        app.add_routes(Control(self).routes())
        app.add_routes([web.get("/gateway/", self.gateway.connect)])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, backlog=1024)
        await site.start()
        self._site = site
        assert site._server is not None
        self._port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
        self.gateway.url = f"ws://127.0.0.1:{self._port}/gateway/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner is not None
        self.gateway.cut()
        await self._runner.cleanup()
        if kind is None:
            assert not beyond_limits, f"sent although the platform's limits forbid it: {beyond_limits[0]}"

    async def stop_listening(self) -> None:
        """Refuse new connections and cut those that are there."""
        assert self._site is not None
        await self._site.stop()
        assert self._runner is not None
        assert self._runner.server is not None
        for connection in self._runner.server.connections:
            if connection.transport is not None:
                connection.transport.close()

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self._port}/api/v10"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    # ------------------------------------------------------------ the world

    def add_channel(
        self, name: str, kind: str = "text", *, guild: int | None = None, tags: tuple[str, ...] = ()
    ) -> int:
        """A channel of this kind ("text", "news", "forum", "voice", "category"); its id. Before a client connects."""
        channel, self._next_channel = self._next_channel, self._next_channel + 1
        place = Place(channel, guild or self.guild_id, name, KINDS[kind])
        place.tags = [
            {
                "id": str(channel * 100 + n),
                "name": tag,
                "moderated": False,
                "emoji_id": None,
                "emoji_name": None,
            }
            for n, tag in enumerate(tags)
        ]
        self.world.add_place(place)
        return channel

    def add_thread(self, name: str, parent: int, *, archived: bool = False) -> int:
        number, self._next_channel = self._next_channel, self._next_channel + 1
        guild = self.world.places[parent].guild_id
        self.world.add_place(
            Place(number, guild, name, THREAD, parent_id=parent, archived=archived, owner_id=1)
        )
        return number

    def add_guild(self, guild_id: int, name: str, granted: int = USUAL) -> int:
        return self.world.add_guild(guild_id, name, granted).id

    def add_role(self, name: str) -> int:
        role, self._next_role = self._next_role, self._next_role + 1
        self.world.guilds[self.guild_id].roles[role] = name
        return role

    async def deny(self, channel: int, *permissions: str) -> None:
        """Take permissions in a channel from the bot, and tell it as Discord would."""
        place = self.world.places[channel]
        for permission in permissions:
            place.denied |= BITS[permission]
        await self.gateway.dispatch("CHANNEL_UPDATE", self.world.channel_payload(place))

    def remove_channel(self, channel: int) -> None:
        del self.world.places[channel]

    def messages(self, channel: int | None = None) -> list[Json]:
        """What was posted, oldest first; everywhere, or in one place."""
        if channel is None:
            return list(self.world.sent)
        return list(self.world.places[channel].messages)

    def threads(self, forum: int) -> list[Place]:
        return [place for place in self.world.places.values() if place.parent_id == forum]

    # ------------------------------------------------------------ trouble

    def fail(self, method: str, path: str, **how: Any) -> Fault:
        """Spoil the next request(s) of this kind; see Fault. `path` is matched at its end, as a pattern."""
        fault = Fault(method, path, **how)
        self.faults.append(fault)
        return fault

    # ------------------------------------------------------------ people

    async def use(
        self,
        command: str,
        *,
        guild: int | None = 500,
        here: int = 1001,
        permissions: int = MANAGER,
        user: int = 42,
        **options: Any,
    ) -> Answer:
        """A person uses a command in the channel `here`; returns once there is something to see."""
        payload, answer = self.desk.call(
            command, options, guild=guild, channel=here, permissions=permissions, user=user
        )
        await self.gateway.dispatch("INTERACTION_CREATE", payload)
        return await answer.wait()

    async def complete(
        self, command: str, option: str, typed: str, *, guild: int = 500, **others: Any
    ) -> list[Json]:
        """The choices offered while a person types."""
        options = others | {option: typed}
        payload, answer = self.desk.call(
            command, options, guild=guild, channel=1001, permissions=MANAGER, focused=option
        )
        await self.gateway.dispatch("INTERACTION_CREATE", payload)
        await answer.wait()
        assert answer.choices is not None
        return answer.choices

    async def click(
        self, message: Json, custom_id: str, *, guild: int | None = 500, channel: int = 1001, **more: Any
    ) -> Answer:
        payload, answer = self.desk.click(message, custom_id, guild=guild, channel=channel, **more)
        await self.gateway.dispatch("INTERACTION_CREATE", payload)
        return await answer.wait()

    async def submit(self, asked: Answer, **values: str) -> Answer:
        """Send off the form of an answer."""
        assert asked.modal is not None
        payload, answer = self.desk.submit(asked.modal, values, guild=500, channel=1001, message=asked.origin)
        await self.gateway.dispatch("INTERACTION_CREATE", payload)
        return await answer.wait()

    @staticmethod
    def item(answer: Answer, name: str) -> str:
        """The custom id of the button or menu of the last message whose id ends with `name`."""
        rows = answer.messages[-1].get("components") or []
        ids = [item["custom_id"] for row in rows for item in row["components"]]
        (found,) = [each for each in ids if each.rpartition(":")[2] == name]
        return str(found)

    async def press(self, answer: Answer, name: str, *values: str, **how: Any) -> Answer:
        """Use the button or menu `name` of the last message."""
        chosen = list(values) if values else None
        return await self.click(answer.messages[-1], self.item(answer, name), values=chosen, **how)

    # ------------------------------------------------------------ serving

    @web.middleware
    async def _serve(self, request: web.Request, handler: Serve) -> web.StreamResponse:
        # aiohttp passes the second argument by this name.
        path = request.path.removeprefix("/api/v10")
        if not request.path.startswith("/api/"):
            return await handler(request)
        self.requests.append((request.method, path))
        if self.latency_seconds:
            await asyncio.sleep(self.latency_seconds)
        fault = next((fault for fault in self.faults if fault.takes(request.method, path)), None)
        if fault is not None and not fault.stored:
            return await self._spoil(request, fault)
        response = await self._answer(request, path, handler)
        return response if fault is None else await self._spoil(request, fault)

    async def _answer(self, request: web.Request, path: str, serve: Serve) -> web.StreamResponse:
        anonymous = path.startswith(("/interactions/", "/webhooks/"))
        if not anonymous and request.headers.get("Authorization") != f"Bot {self.token}":
            return refused(Refusal(401, 0, "401: Unauthorized"))
        headers, limited = ({}, None) if anonymous else self.limits.take(*self._bucket(request, path))
        if limited is not None:
            return reply(limited, status=429, headers=headers)
        try:
            response = await serve(request)
        except Refusal as refusal:
            response = refused(refusal)
        except web.HTTPNotFound:
            response = refused(Refusal(404, 0, f"404: Not Found (the fake has no {request.method} {path})"))
        response.headers.update(headers)
        return response

    def _bucket(self, request: web.Request, path: str) -> tuple[str | None, str]:
        channel = path.split("/")[2] if path.startswith("/channels/") else ""
        if request.method == "POST" and path.endswith("/crosspost"):
            return "crossposts", channel
        if request.method == "POST" and path.endswith("/messages"):
            return "messages", channel
        return None, channel

    async def _spoil(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault.how == "hang":
            await asyncio.Event().wait()
        if fault.how == "drop":
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        headers = {"Via": "1.1 google"} if fault.via else {}
        body: Json = {"message": fault.message, "code": fault.code}
        if fault.status == 429:
            body |= {"retry_after": fault.retry_after, "global": False}
            headers["Retry-After"] = str(fault.retry_after)
        return reply(body, status=fault.status, headers=headers)
