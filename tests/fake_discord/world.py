"""What the fake Discord remembers: servers, channels, threads, messages, nonces."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

Json = dict[str, Any]

TEXT, PRIVATE, VOICE, NEWS, NEWS_THREAD, THREAD, FORUM = 0, 1, 2, 5, 10, 11, 15
KINDS = {"text": TEXT, "voice": VOICE, "news": NEWS, "forum": FORUM, "category": 4}
MESSAGEABLE = {TEXT, PRIVATE, VOICE, NEWS, NEWS_THREAD, THREAD}

# Permission bits. Source: Discord developer docs, "Permissions", bitwise permission flags.
BITS = {
    "administrator": 1 << 3,
    "manage_channels": 1 << 4,
    "manage_guild": 1 << 5,
    "view_channel": 1 << 10,
    "send_messages": 1 << 11,
    "manage_messages": 1 << 13,
    "embed_links": 1 << 14,
    "read_message_history": 1 << 16,
    "mention_everyone": 1 << 17,
    "manage_threads": 1 << 34,
    "create_public_threads": 1 << 35,
    "send_messages_in_threads": 1 << 38,
}
USUAL = sum(
    BITS[name]
    for name in (
        "view_channel",
        "send_messages",
        "embed_links",
        "read_message_history",
        "create_public_threads",
        "send_messages_in_threads",
    )
)
DISCORD_EPOCH_MS = 1420070400000
REQUIRE_TAG = 1 << 4
CROSSPOSTED = 1 << 0


class Refusal(Exception):  # noqa: N818  (it is an answer, not a fault of the fake)
    """An answer of Discord's kind: HTTP status, JSON error code, message."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.errors = status, code, message, errors


@dataclass
class Place:
    """A channel, forum or thread."""

    id: int
    guild_id: int
    name: str
    type: int
    parent_id: int | None = None
    denied: int = 0
    tags: list[Json] = field(default_factory=list)
    needs_tag: bool = False
    recipient: int = 0  # of a private channel
    applied_tags: list[int] = field(default_factory=list)
    archived: bool = False
    locked: bool = False
    owner_id: int = 0
    made_at: datetime = datetime(2025, 1, 1, tzinfo=UTC)
    messages: list[Json] = field(default_factory=list)

    @property
    def is_thread(self) -> bool:
        return self.type in (THREAD, NEWS_THREAD)


@dataclass
class Guild:
    id: int
    name: str
    granted: int = USUAL
    updates_channel: int | None = None
    roles: dict[int, str] = field(default_factory=dict)


class World:
    """All state. Ids are plain numbers for servers, channels and roles, real snowflakes for messages and threads."""

    def __init__(self, now: Callable[[], datetime] | None = None) -> None:
        self._now = now or (lambda: datetime.now(UTC))
        self.shift = timedelta(0)
        self.nonce_window = timedelta(minutes=5)
        self.bot_id, self.application_id = 900, 900
        self.guilds: dict[int, Guild] = {}
        self.places: dict[int, Place] = {}
        self.nonces: dict[str, tuple[datetime, Json]] = {}
        self.sent: list[Json] = []  # in the order of creation, over all places
        self.pinged: list[str] = []
        self.closed_to_us: set[int] = set()  # people who take no direct messages
        self._last_id = 0

    def now(self) -> datetime:
        return self._now() + self.shift

    def snowflake(self) -> int:
        since = int(self.now().timestamp() * 1000) - DISCORD_EPOCH_MS
        self._last_id = max(self._last_id + 1, since << 22)
        return self._last_id

    # ------------------------------------------------------------ making things

    def add_guild(self, guild_id: int, name: str, granted: int = USUAL) -> Guild:
        self.guilds[guild_id] = Guild(guild_id, name, granted)
        return self.guilds[guild_id]

    def add_place(self, place: Place) -> Place:
        place.made_at = self.now()
        self.places[place.id] = place
        return place

    def place(self, place_id: int) -> Place:
        """The channel or thread, if the bot may know of it. Raises Refusal as Discord does."""
        place = self.places.get(place_id)
        if place is None:
            raise Refusal(404, 10003, "Unknown Channel")
        if not self.may(place, "view_channel"):
            raise Refusal(403, 50001, "Missing Access")
        return place

    def may(self, place: Place, permission: str) -> bool:
        """Whether the bot holds a permission in a place; a thread inherits its parent's."""
        if place.type == PRIVATE:
            return True
        over = self.places.get(place.parent_id or 0, place) if place.is_thread else place
        return bool(self.guilds[place.guild_id].granted & ~over.denied & BITS[permission])

    def need(self, place: Place, permission: str) -> None:
        if not self.may(place, permission):
            raise Refusal(403, 50013, "Missing Permissions")

    def private(self, user_id: int) -> Place:
        """The direct messages with a person; made when they are first asked for."""
        for place in self.places.values():
            if place.type == PRIVATE and place.recipient == user_id:
                return place
        return self.add_place(Place(self.snowflake(), 0, "", PRIVATE, recipient=user_id))

    # ------------------------------------------------------------ messages

    def create_message(self, place: Place, body: Json) -> tuple[Json, bool]:
        """Store a checked message; False when the nonce was known and the first message is returned."""
        nonce = body.get("nonce")
        if nonce is not None and body.get("enforce_nonce"):
            known = self.nonces.get(str(nonce))
            if known and self.now() - known[0] < self.nonce_window:
                return known[1], False
        message = self.message_payload(place, body)
        place.messages.append(message)
        place.archived = False
        self.sent.append(message)
        self.pinged += message["mention_roles"] + (["everyone"] if message["mention_everyone"] else [])
        if nonce is not None:
            self.nonces[str(nonce)] = (self.now(), message)
        return message, True

    def message_payload(self, place: Place, body: Json, message_id: int | None = None) -> Json:
        content = body.get("content") or ""
        allowed = body.get("allowed_mentions", {"parse": ["everyone", "roles", "users"]})
        parse = allowed.get("parse", [])
        roles = re.findall(r"<@&(\d+)>", content)
        named = {str(role) for role in allowed.get("roles", [])}
        payload: Json = {
            "id": str(message_id or self.snowflake()),
            "type": 19 if body.get("message_reference") else 0,
            "channel_id": str(place.id),
            "author": self.bot_user(),
            "content": content,
            "timestamp": self.now().isoformat(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": "everyone" in parse and bool(re.search("@everyone|@here", content)),
            "mentions": [],
            "mention_roles": [role for role in roles if role in named or "roles" in parse],
            "attachments": [],
            "embeds": list(body.get("embeds") or []) if self.may(place, "embed_links") else [],
            "components": body.get("components") or [],
            "pinned": False,
            "flags": 0,
        }
        if body.get("nonce") is not None:
            payload["nonce"] = body["nonce"]
        if body.get("message_reference"):
            payload["message_reference"] = body["message_reference"]
        return payload

    def message(self, place: Place, message_id: int) -> Json:
        for message in place.messages:
            if message["id"] == str(message_id):
                return message
        raise Refusal(404, 10008, "Unknown Message")

    def history(self, place: Place, after: int, before: int | None, limit: int) -> list[Json]:
        """Newest first, as Discord answers; nothing at all without the permission to read history."""
        if not self.may(place, "read_message_history"):
            return []
        found = [
            m for m in place.messages if int(m["id"]) > after and (before is None or int(m["id"]) < before)
        ]
        # With `after` Discord answers the ones nearest to it, without it the newest.
        return list(reversed(found[:limit] if after else found[-limit:]))

    # ------------------------------------------------------------ payloads

    def bot_user(self) -> Json:
        return a_user(self.bot_id, "smallprint", bot=True)

    def channel_payload(self, place: Place) -> Json:
        if place.type == PRIVATE:
            person = a_user(place.recipient, "ada")
            return {
                "id": str(place.id),
                "type": PRIVATE,
                "last_message_id": None,
                "recipients": [person],
            }
        payload: Json = {
            "id": str(place.id),
            "type": place.type,
            "guild_id": str(place.guild_id),
            "name": place.name,
            "parent_id": str(place.parent_id) if place.parent_id else None,
            "rate_limit_per_user": 0,
            "flags": REQUIRE_TAG if place.needs_tag else 0,
        }
        if place.is_thread:
            payload |= {
                "owner_id": str(place.owner_id),
                "last_message_id": place.messages[-1]["id"] if place.messages else None,
                "message_count": len(place.messages),
                "member_count": 1,
                "total_message_sent": len(place.messages),
                "applied_tags": [str(tag) for tag in place.applied_tags],
                "thread_metadata": {
                    "archived": place.archived,
                    "locked": place.locked,
                    "auto_archive_duration": 1440,
                    "archive_timestamp": place.made_at.isoformat(),
                    "create_timestamp": place.made_at.isoformat(),
                },
            }
            return payload
        return payload | {
            "position": place.id % 1000,
            "topic": None,
            "nsfw": False,
            "last_message_id": None,
            "bitrate": 64000,
            "user_limit": 0,
            "available_tags": place.tags,
            "permission_overwrites": [
                {"id": str(self.bot_id), "type": 1, "allow": "0", "deny": str(place.denied)}
            ],
        }

    def guild_payload(self, guild: Guild) -> Json:
        mine = [place for place in self.places.values() if place.guild_id == guild.id]
        return {
            "id": str(guild.id),
            "name": guild.name,
            "owner_id": "1",
            "unavailable": False,
            "large": False,
            "member_count": 2,
            "features": ["NEWS", "COMMUNITY"],
            "public_updates_channel_id": str(guild.updates_channel) if guild.updates_channel else None,
            "roles": [a_role(guild.id, "@everyone", guild.granted)]
            + [a_role(role, name, 0) for role, name in guild.roles.items()],
            "channels": [self.channel_payload(place) for place in mine if not place.is_thread],
            "threads": [
                self.channel_payload(place) for place in mine if place.is_thread and not place.archived
            ],
            "members": [a_member(self.bot_user())],
        }


def a_user(user_id: int, name: str, *, bot: bool = False) -> Json:
    return {
        "id": str(user_id),
        "username": name,
        "global_name": name,
        "discriminator": "0",
        "avatar": None,
        "bot": bot,
        "public_flags": 0,
    }


def a_member(user: Json, permissions: int = 0) -> Json:
    return {
        "user": user,
        "roles": [],
        "joined_at": "2025-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
        "permissions": str(permissions),
    }


def a_role(role_id: int, name: str, permissions: int) -> Json:
    return {
        "id": str(role_id),
        "name": name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0 if name == "@everyone" else 1,
        "permissions": str(permissions),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }
