"""People using commands: INTERACTION_CREATE going out, the bot's answers coming back and kept."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from tests.fake_discord.world import BITS, TEXT, Json, World, a_member, a_role, a_user

EPHEMERAL = 1 << 6
STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE = 3, 4, 5, 6, 7, 8
PONG, MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, AUTOCOMPLETE, MODAL = 1, 4, 5, 6, 7, 8, 9
STRING_MENU, ROLE_MENU, CHANNEL_MENU = 3, 6, 8


@dataclass
class Answer:
    """What the bot answered to one interaction.

    kinds     callback types in order; the first is what had to come within 3 seconds
    messages  what the person sees, the latest state of each, in order
    choices   of an autocomplete
    modal     the form that was shown; None: none was
    files     that came with it, by name
    origin    the message whose button or menu was used
    """

    id: str
    token: str
    kinds: list[int] = field(default_factory=list)
    messages: list[Json] = field(default_factory=list)
    choices: list[Json] | None = None
    modal: Json | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    ephemeral: bool = False
    origin: Json | None = None
    acknowledged: asyncio.Event = field(default_factory=asyncio.Event)
    shown: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self) -> "Answer":
        """Until there is something to see (the time limit only ends a test that would hang)."""
        async with asyncio.timeout(30):
            await self.shown.wait()
        return self

    @property
    def text(self) -> str:
        """All words of the last message: content, embeds, fields, footers."""
        message = self.messages[-1]
        words = [message.get("content") or ""]
        for embed in message.get("embeds") or []:
            words += [embed.get("title") or "", embed.get("description") or ""]
            words += [f"{one['name']} {one['value']}" for one in embed.get("fields") or []]
            words.append((embed.get("footer") or {}).get("text") or "")
        return "\n".join(word for word in words if word)

    def show(self, message: Json) -> None:
        self.messages = [kept for kept in self.messages if kept["id"] != message["id"]] + [message]
        self.shown.set()


class Desk:
    """Commands as registered, and the interactions under way."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.commands: dict[str, Json] = {}
        self.syncs: list[list[Json]] = []
        self.answers: dict[str, Answer] = {}

    def register(self, commands: list[Json]) -> list[Json]:
        self.syncs.append(commands)
        self.commands = {
            command["name"]: command
            | {"id": str(7000 + n), "application_id": str(self.world.application_id), "version": "1"}
            for n, command in enumerate(commands)
        }
        return list(self.commands.values())

    def call(
        self,
        name: str,
        options: dict[str, Any],
        *,
        guild: int | None,
        channel: int,
        permissions: int,
        user: int = 42,
        focused: str | None = None,
    ) -> tuple[Json, Answer]:
        """INTERACTION_CREATE for a registered command, or its autocomplete when an option is `focused`.

        A person whom Discord would not show the command cannot use it: raises PermissionError.
        """
        command = self.commands[name]
        needed = command.get("default_member_permissions")
        if (
            guild is not None
            and needed is not None
            and not permissions & (int(needed) | BITS["administrator"])
        ):
            raise PermissionError(f"/{name} is not shown to this person")
        if guild is None and 1 not in (command.get("contexts") or [0, 1, 2]):
            raise PermissionError(f"/{name} is not shown in direct messages")
        data: Json = {"id": command["id"], "name": name, "type": 1, "options": []}
        for key, value in options.items():
            self._add_option(command, data, key, value, focused)
        payload, answer = self._interaction(guild, channel, permissions, user)
        return payload | {"type": 4 if focused else 2, "data": data}, answer

    def click(
        self,
        message: Json,
        custom_id: str,
        *,
        guild: int | None,
        channel: int,
        user: int = 42,
        permissions: int = BITS["manage_guild"],
        locale: str = "en-GB",
        values: list[str] | None = None,
    ) -> tuple[Json, Answer]:
        """A press on a button of a message, or a choice of `values` from one of its menus."""
        payload, answer = self._interaction(guild, channel, permissions, user)
        items = {item["custom_id"]: item for row in message["components"] for item in row["components"]}
        item = items.get(custom_id, {"type": 2})
        assert not item.get("disabled"), f"{custom_id} cannot be pressed"
        pressed: Json = {"custom_id": custom_id, "component_type": item["type"]}
        if values is not None:
            resolved = self._resolved(item, values)
            pressed |= {"values": values} | ({"resolved": resolved} if resolved else {})
        answer.origin = message
        return payload | {"type": 3, "data": pressed, "message": message, "locale": locale}, answer

    def _resolved(self, menu: Json, values: list[str]) -> Json:
        """What Discord tells beside the ids that were chosen from a menu."""
        if menu["type"] == STRING_MENU:
            assert set(values) <= {option["value"] for option in menu["options"]}, "no such option"
        if menu["type"] == ROLE_MENU:
            return {"roles": {value: a_role(int(value), "role", 0) for value in values}}
        if menu["type"] != CHANNEL_MENU:
            return {}
        every = str(sum(BITS.values()))
        places = [self.world.places[int(value)] for value in values]
        return {
            "channels": {
                str(place.id): self.world.channel_payload(place) | {"permissions": every} for place in places
            }
        }

    def submit(
        self,
        modal: Json,
        values: dict[str, str],
        *,
        guild: int,
        channel: int,
        message: Json | None = None,
    ) -> tuple[Json, Answer]:
        """A form sent off: each field by its label or id as named, else as it was."""
        payload, answer = self._interaction(guild, channel, BITS["manage_guild"], 42)
        rows = []
        for row in modal["components"]:
            fields = []
            for each in row["components"]:
                kept = values.get(each["custom_id"], each.get("value") or "")
                value = values.get(each["label"], kept)
                assert len(value) <= each.get("max_length", 4000)
                fields.append({**each, "value": value})
            rows.append({"type": row["type"], "components": fields})
        data = {"custom_id": modal["custom_id"], "components": rows}
        if message is not None:
            answer.origin = message
            payload = payload | {"message": message}
        return payload | {"type": 5, "data": data}, answer

    def _add_option(self, command: Json, data: Json, key: str, value: Any, focused: str | None) -> None:
        declared = {option["name"]: option for option in command.get("options") or []}[key]
        option: Json = {"name": key, "type": declared["type"], "value": value}
        if focused == key:
            option["focused"] = True
        resolved = data.setdefault("resolved", {})
        if declared["type"] == CHANNEL:
            place = self.world.places[int(value)]
            allowed = declared.get("channel_types")
            assert not allowed or place.type in allowed, (
                f"Discord does not offer {place.name} for /{command['name']}"
            )
            option["value"] = str(value)
            payload = self.world.channel_payload(place) | {"permissions": str(sum(BITS.values()))}
            resolved.setdefault("channels", {})[str(value)] = payload
        elif declared["type"] == ROLE:
            option["value"] = str(value)
            resolved.setdefault("roles", {})[str(value)] = a_role(int(value), "role", 0)
        elif declared.get("choices") and not focused:
            assert value in [choice["value"] for choice in declared["choices"]], (
                f"{value} is not a choice of {key}"
            )
        data["options"].append(option)

    def _interaction(
        self, guild: int | None, channel: int, permissions: int, user: int
    ) -> tuple[Json, Answer]:
        number = self.world.snowflake()
        answer = Answer(str(number), f"interaction-{number}")
        self.answers[answer.token] = answer
        place = self.world.places.get(channel)
        bot = 0
        if place is not None and guild is not None:
            bot = sum(bit for name, bit in BITS.items() if self.world.may(place, name))
        payload: Json = {
            "id": answer.id,
            "application_id": str(self.world.application_id),
            "token": answer.token,
            "version": 1,
            "channel_id": str(channel),
            "channel": self.world.channel_payload(place) if place else {"id": str(channel), "type": TEXT},
            "app_permissions": str(bot),
            "locale": "en-GB",
            "entitlements": [],
            "attachment_size_limit": 10485760,
            "authorizing_integration_owners": {"0": str(guild or 0)},
            "context": 0 if guild is not None else 1,
        }
        person = a_user(user, "ada")
        if guild is None:
            private = {"id": str(channel), "type": 1, "recipients": [person]}
            return payload | {"user": person, "channel": private}, answer
        return payload | {"guild_id": str(guild), "member": a_member(person, permissions)}, answer
