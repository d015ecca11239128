"""The REST routes that discord.py uses for what the bot does."""

import json
from typing import Any

from aiohttp import web

from tests.fake_discord.checks import check_choices, check_command, check_message, check_modal, invalid
from tests.fake_discord.gateway import Gateway
from tests.fake_discord.interactions import AUTOCOMPLETE, EPHEMERAL, MESSAGE, MODAL, UPDATE, Answer, Desk
from tests.fake_discord.wire import reply
from tests.fake_discord.world import (
    CROSSPOSTED,
    FORUM,
    MESSAGEABLE,
    NEWS,
    NEWS_THREAD,
    THREAD,
    Json,
    Place,
    Refusal,
    World,
)


class Rest:
    """One method a route."""

    def __init__(self, world: World, gateway: Gateway, desk: Desk) -> None:
        self.world, self.gateway, self.desk = world, gateway, desk

    def routes(self) -> list[web.RouteDef]:
        def route(method: str, path: str, serve: Any) -> web.RouteDef:
            return web.route(method, f"/api/v10{path}", serve)

        channel, message = "/channels/{channel:\\d+}", "/channels/{channel:\\d+}/messages/{message:\\d+}"
        hook = "/webhooks/{application:\\d+}/{token}"
        return [
            route("GET", "/gateway/bot", self.gateway_bot),
            route("GET", "/users/@me", self.me),
            route("GET", "/oauth2/applications/@me", self.application),
            route("GET", "/applications/@me", self.application),
            route("PUT", "/applications/{application:\\d+}/commands", self.put_commands),
            route("POST", "/users/@me/channels", self.open_private),
            route("GET", channel, self.get_channel),
            route("PATCH", channel, self.edit_channel),
            route("POST", f"{channel}/messages", self.create_message),
            route("GET", f"{channel}/messages", self.history),
            route("GET", message, self.get_message),
            route("PATCH", message, self.edit_message),
            route("POST", f"{message}/crosspost", self.crosspost),
            route("POST", f"{message}/threads", self.create_thread),
            route("POST", f"{channel}/threads", self.create_post),
            route("GET", f"{channel}/threads/archived/public", self.archived),
            route("GET", "/guilds/{guild:\\d+}/threads/active", self.active),
            route("POST", "/interactions/{interaction:\\d+}/{token}/callback", self.callback),
            route("POST", hook, self.follow_up),
            route("PATCH", hook + "/messages/{message}", self.edit_answer),
            route("GET", hook + "/messages/{message}", self.get_answer),
        ]

    # ------------------------------------------------------------ the bot itself

    async def gateway_bot(self, request: web.Request) -> web.Response:
        limits = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        return reply({"url": self.gateway.url, "shards": self.gateway.shards, "session_start_limit": limits})

    async def me(self, request: web.Request) -> web.Response:
        return reply(self.world.bot_user() | {"verified": True, "mfa_enabled": False, "flags": 0})

    async def application(self, request: web.Request) -> web.Response:
        return reply(
            {
                "id": str(self.world.application_id),
                "name": "Smallprint",
                "description": "",
                "icon": None,
                "rpc_origins": [],
                "bot_public": True,
                "bot_require_code_grant": False,
                "owner": self.world.bot_user(),
                "verify_key": "",
                "team": None,
                "flags": 0,
            }
        )

    async def put_commands(self, request: web.Request) -> web.Response:
        commands = await request.json()
        for command in commands:
            check_command(command)
        return reply(self.desk.register(commands))

    # ------------------------------------------------------------ channels and messages

    def _place(self, request: web.Request) -> Place:
        return self.world.place(int(request.match_info["channel"]))

    async def get_channel(self, request: web.Request) -> web.Response:
        return reply(self.world.channel_payload(self._place(request)))

    async def open_private(self, request: web.Request) -> web.Response:
        body = await request.json()
        return reply(self.world.channel_payload(self.world.private(int(body["recipient_id"]))))

    async def edit_channel(self, request: web.Request) -> web.Response:
        place, body = self._place(request), await request.json()
        if place.locked:
            self.world.need(place, "manage_threads")
        place.archived = body.get("archived", place.archived)
        place.name = body.get("name", place.name)
        payload = self.world.channel_payload(place)
        await self.gateway.dispatch("THREAD_UPDATE" if place.is_thread else "CHANNEL_UPDATE", payload)
        return reply(payload)

    async def create_message(self, request: web.Request) -> web.Response:
        place, body = self._place(request), await request.json()
        if place.type not in MESSAGEABLE:
            raise Refusal(400, 50008, "Cannot send messages in a non-text channel")
        self.world.need(place, "send_messages_in_threads" if place.is_thread else "send_messages")
        if place.locked:
            raise Refusal(403, 160005, "Thread is locked")
        if place.archived:
            raise Refusal(400, 50083, "Thread is archived")
        if place.recipient in self.world.closed_to_us:
            raise Refusal(403, 50007, "Cannot send messages to this user")
        check_message(body)
        if not self.world.may(place, "embed_links") and not body.get("content"):
            raise Refusal(400, 50006, "Cannot send an empty message")
        self._check_reference(place, body.get("message_reference"))
        message, _ = self.world.create_message(place, body)
        return reply(message)

    def _check_reference(self, place: Place, reference: Json | None) -> None:
        if not reference:
            return
        if not self.world.may(place, "read_message_history"):
            raise Refusal(400, 160002, "Cannot reply without permission to read message history")
        known = [message["id"] for message in place.messages]
        if str(reference["message_id"]) not in known and reference.get("fail_if_not_exists", True):
            raise invalid("message_reference", "Unknown message")

    async def history(self, request: web.Request) -> web.Response:
        before = request.query.get("before")
        found = self.world.history(
            self._place(request),
            int(request.query.get("after", 0)),
            int(before) if before else None,
            int(request.query.get("limit", 50)),
        )
        return reply(found)

    async def get_message(self, request: web.Request) -> web.Response:
        place = self._place(request)
        self.world.need(place, "read_message_history")
        return reply(self.world.message(place, int(request.match_info["message"])))

    async def edit_message(self, request: web.Request) -> web.Response:
        place, body = self._place(request), await request.json()
        message = self.world.message(place, int(request.match_info["message"]))
        check_message(message | body)
        message |= {key: body[key] for key in ("content", "embeds", "components", "flags") if key in body}
        message["edited_timestamp"] = self.world.now().isoformat()
        return reply(message)

    async def crosspost(self, request: web.Request) -> web.Response:
        place = self._place(request)
        if place.type != NEWS:
            raise Refusal(400, 50024, "Cannot execute action on this channel type")
        self.world.need(place, "send_messages")
        message = self.world.message(place, int(request.match_info["message"]))
        if message["flags"] & CROSSPOSTED:
            raise Refusal(400, 40033, "This message has already been crossposted.")
        message["flags"] |= CROSSPOSTED
        return reply(message)

    # ------------------------------------------------------------ forums and threads

    async def create_thread(self, request: web.Request) -> web.Response:
        """A thread on a message; it gets the message's id."""
        place, body = self._place(request), await request.json()
        message = self.world.message(place, int(request.match_info["message"]))
        self.world.need(place, "create_public_threads")
        if not 1 <= len(body.get("name") or "") <= 100:
            raise invalid("name", "Must be between 1 and 100 in length.")
        number = int(message["id"])
        if number in self.world.places:
            raise Refusal(400, 160004, "A thread has already been created for this message")
        kind = NEWS_THREAD if place.type == NEWS else THREAD
        thread = Place(
            number, place.guild_id, body["name"], kind, parent_id=place.id, owner_id=self.world.bot_id
        )
        payload = self.world.channel_payload(self.world.add_place(thread))
        await self.gateway.dispatch("THREAD_CREATE", payload | {"newly_created": True})
        return reply(payload, status=201)

    async def create_post(self, request: web.Request) -> web.Response:
        forum, body = self._place(request), await request.json()
        if forum.type != FORUM:
            raise Refusal(400, 50024, "Cannot execute action on this channel type")
        self.world.need(forum, "send_messages")
        if not 1 <= len(body.get("name") or "") <= 100:
            raise invalid("name", "Must be between 1 and 100 in length.")
        tags = [int(tag) for tag in body.get("applied_tags") or []]
        if forum.needs_tag and not tags:
            raise Refusal(400, 40067, "A tag is required to create a forum post in this channel")
        if len(tags) > 5 or not set(tags) <= {int(tag["id"]) for tag in forum.tags}:
            raise invalid("applied_tags", "Unknown tag")
        check_message(body["message"])
        thread = self.world.add_place(
            Place(
                self.world.snowflake(),
                forum.guild_id,
                body["name"],
                THREAD,
                parent_id=forum.id,
                applied_tags=tags,
                owner_id=self.world.bot_id,
            )
        )
        # The first message of a forum post carries the id of its thread.
        message = self.world.message_payload(thread, body["message"], thread.id)
        thread.messages.append(message)
        self.world.sent.append(message)
        payload = self.world.channel_payload(thread)
        await self.gateway.dispatch("THREAD_CREATE", payload | {"newly_created": True})
        return reply(payload | {"message": message}, status=201)

    async def active(self, request: web.Request) -> web.Response:
        guild = int(request.match_info["guild"])
        threads = [
            self.world.channel_payload(place)
            for place in self.world.places.values()
            if place.guild_id == guild
            and place.is_thread
            and not place.archived
            and self.world.may(place, "view_channel")
        ]
        return reply({"threads": threads, "members": []})

    async def archived(self, request: web.Request) -> web.Response:
        forum = self._place(request)
        self.world.need(forum, "read_message_history")
        found = [
            place for place in self.world.places.values() if place.parent_id == forum.id and place.archived
        ]
        threads = [self.world.channel_payload(place) for place in reversed(found)]
        return reply({"threads": threads, "members": [], "has_more": False})

    # ------------------------------------------------------------ answers to people

    def _answer(self, request: web.Request) -> Answer:
        answer = self.desk.answers.get(request.match_info["token"])
        if answer is None:
            raise Refusal(404, 10062, "Unknown interaction")
        return answer

    def _shown(self, answer: Answer, body: Json, message_id: str | None = None) -> Json:
        check_message(body)
        place = next(iter(self.world.places.values()))
        number = int(message_id or self.world.snowflake())
        hidden = answer.ephemeral or bool(body.get("flags", 0) & EPHEMERAL)
        payload = self.world.message_payload(place, body, number)
        payload["embeds"] = body.get("embeds") or []
        payload |= {"flags": EPHEMERAL if hidden else 0, "webhook_id": str(self.world.application_id)}
        return payload

    async def callback(self, request: web.Request) -> web.Response:
        answer, body = self._answer(request), await _body(request)
        if answer.kinds:
            raise Refusal(400, 40060, "Interaction has already been acknowledged.")
        kind, data = body["type"], body.get("data") or {}
        answer.ephemeral = bool(data.get("flags", 0) & EPHEMERAL)
        about: Json = {"id": answer.id, "type": 2, "response_message_ephemeral": answer.ephemeral}
        result: Json = {"interaction": about}
        if kind == AUTOCOMPLETE:
            check_choices(data["choices"])
            answer.choices = data["choices"]
            answer.shown.set()
        elif kind == MODAL:
            check_modal(data)
            answer.modal = data
            answer.shown.set()
        elif kind in (MESSAGE, UPDATE):
            # An update keeps the message's id: discord.py finds a panel by it.
            same = answer.origin["id"] if kind == UPDATE and answer.origin is not None else None
            message = self._shown(answer, data, same)
            answer.show(message)
            about["response_message_id"] = message["id"]
            result["resource"] = {"type": kind, "message": message}
        answer.kinds.append(kind)
        answer.acknowledged.set()
        return reply(result)

    async def follow_up(self, request: web.Request) -> web.Response:
        answer = self._answer(request)
        body = await _body(request)
        message = self._shown(answer, body)
        answer.files |= body.get("files", {})
        answer.show(message)
        return reply(message)

    async def edit_answer(self, request: web.Request) -> web.Response:
        answer, wanted = self._answer(request), request.match_info["message"]
        known = answer.messages[0]["id"] if wanted == "@original" and answer.messages else None
        if known is None and wanted == "@original" and answer.origin is not None:
            known = answer.origin["id"]
        message = self._shown(answer, await request.json(), known or (wanted if wanted.isdigit() else None))
        answer.show(message)
        return reply(message)

    async def get_answer(self, request: web.Request) -> web.Response:
        answer = self._answer(request)
        if not answer.messages:
            raise Refusal(404, 10008, "Unknown Message")
        return reply(answer.messages[0])


async def _body(request: web.Request) -> Json:
    """A JSON body, or the JSON part of a form with files, whose names and contents come under "files"."""
    if request.content_type != "multipart/form-data":
        body: Json = await request.json()
        return body
    form = await request.post()
    body = json.loads(str(form["payload_json"]))
    files = {part.filename: part.file.read() for part in form.values() if isinstance(part, web.FileField)}
    return body | {"files": files}
