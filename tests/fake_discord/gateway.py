"""The gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME, dispatch, with zlib-stream or plain JSON."""

import asyncio
import json
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.fake_discord.world import Json, World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11


@dataclass
class Session:
    """One identified connection; it outlives its socket, so that it can be resumed."""

    id: str
    intents: int
    shard: list[int]
    seq: int = 0
    sent: list[Json] = field(default_factory=list)
    socket: "Socket | None" = None

    def has(self, guild: int) -> bool:
        """Whether a server is of this shard. Source: Discord developer docs, "Gateway", "Sharding"."""
        number, count = self.shard
        return (guild >> 22) % count == number


class Socket:
    """One WebSocket, compressing as the client asked."""

    def __init__(self, ws: web.WebSocketResponse, request: web.Request) -> None:
        self.ws, self.transport = ws, request.transport
        wanted = request.query.get("compress")
        self._zlib = zlib.compressobj() if wanted == "zlib-stream" else None

    async def send(self, payload: Json) -> None:
        await self.send_text(json.dumps(payload))

    async def send_text(self, text: str) -> None:
        if self.ws.closed:
            return
        # What does not get through is in the session's memory, for when it is resumed.
        with suppress(ConnectionError):
            if self._zlib is None:
                await self.ws.send_str(text)
            else:
                data = self._zlib.compress(text.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
                await self.ws.send_bytes(data)

    def cut(self) -> None:
        """End it without a closing handshake, as a lost network does."""
        if self.transport is not None:
            self.transport.close()


class Gateway:
    """Sessions and their events. Counters tell tests what clients did."""

    def __init__(self, world: World, token: str) -> None:
        self.world, self.token = world, token
        self.sessions: dict[str, Session] = {}
        self.shards = 1
        self.identifies = self.resumes = self.heartbeats = 0
        self.url = ""
        self.changed = asyncio.Condition()

    # ------------------------------------------------------------ what tests do

    @property
    def live(self) -> list[Session]:
        return [session for session in self.sessions.values() if session.socket is not None]

    async def dispatch(self, event: str, payload: Any) -> None:
        """Send an event to every session that it is for, and remember it for those that resume."""
        guild = int((payload.get("guild_id") or 0) if isinstance(payload, dict) else 0)
        for session in self.sessions.values():
            if not session.has(guild):
                continue
            session.seq += 1
            frame = {"op": DISPATCH, "s": session.seq, "t": event, "d": payload}
            session.sent.append(frame)
            if session.socket is not None:
                await session.socket.send(frame)

    async def send_raw(self, text: str) -> None:
        for session in self.live:
            assert session.socket is not None
            await session.socket.send_text(text)

    def cut(self) -> None:
        for session in self.live:
            assert session.socket is not None
            session.socket.cut()

    async def close(self, code: int) -> None:
        for session in self.live:
            assert session.socket is not None
            await session.socket.ws.close(code=code)

    async def invalidate(self, *, resumable: bool = False) -> None:
        live = self.live
        if not resumable:
            self.sessions.clear()
        for session in live:
            assert session.socket is not None
            await session.socket.send({"op": INVALID, "d": resumable, "s": None, "t": None})

    async def wait_for(self, *, identifies: int = 0, resumes: int = 0) -> None:
        """Return once at least so many clients have identified and resumed."""
        async with asyncio.timeout(30), self.changed:
            await self.changed.wait_for(lambda: self.identifies >= identifies and self.resumes >= resumes)

    # ------------------------------------------------------------ what clients do

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        ws = web.WebSocketResponse(max_msg_size=0)
        await ws.prepare(request)
        socket = Socket(ws, request)
        await socket.send({"op": HELLO, "d": {"heartbeat_interval": 41250}, "s": None, "t": None})
        session: Session | None = None
        try:
            async for frame in ws:
                if frame.type is WSMsgType.TEXT:
                    session = await self._receive(socket, session, json.loads(frame.data))
        finally:
            if session is not None and session.socket is socket:
                session.socket = None
        return ws

    async def _receive(self, socket: Socket, session: Session | None, frame: Json) -> Session | None:
        match frame["op"]:
            case 1:
                self.heartbeats += 1
                await socket.send({"op": ACK, "d": None, "s": None, "t": None})
            case 2:
                session = await self._identify(socket, frame["d"])
            case 6:
                session = await self._resume(socket, frame["d"])
        return session

    async def _identify(self, socket: Socket, data: Json) -> Session | None:
        if data["token"] != self.token:
            await socket.ws.close(code=4004, message=b"Authentication failed.")
            return None
        name = f"session-{len(self.sessions) + 1}-{self.identifies}"
        session = Session(name, data["intents"], data.get("shard", [0, 1]), socket=socket)
        self.sessions[name] = session
        await self._to(session, "READY", self._ready(session))
        for guild in [each for each in self.world.guilds.values() if session.has(each.id)]:
            await self._to(session, "GUILD_CREATE", self.world.guild_payload(guild))
        await self._count("identifies")
        return session

    async def _resume(self, socket: Socket, data: Json) -> Session | None:
        session = self.sessions.get(data["session_id"])
        if session is None or data["token"] != self.token:
            await socket.send({"op": INVALID, "d": False, "s": None, "t": None})
            return None
        session.socket = socket
        for frame in [frame for frame in session.sent if frame["s"] > data["seq"]]:
            await socket.send(frame)
        await self._to(session, "RESUMED", {})
        await self._count("resumes")
        return session

    async def _to(self, session: Session, event: str, payload: Any) -> None:
        session.seq += 1
        frame = {"op": DISPATCH, "s": session.seq, "t": event, "d": payload}
        session.sent.append(frame)
        if session.socket is not None:
            await session.socket.send(frame)

    async def _count(self, what: str) -> None:
        async with self.changed:
            setattr(self, what, getattr(self, what) + 1)
            self.changed.notify_all()

    def _ready(self, session: Session) -> Json:
        return {
            "v": 10,
            "user": self.world.bot_user(),
            "guilds": [
                {"id": str(guild), "unavailable": True} for guild in self.world.guilds if session.has(guild)
            ],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": session.shard,
            "application": {"id": str(self.world.application_id), "flags": 0},
        }
