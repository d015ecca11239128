"""The read-only API, version 1. Its description is /api/v1/openapi.json."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any

from aiohttp import web

from bot.flows.people import site as flow
from bot.flows.people.record import record_of
from bot.flows.people.site import Asked, SiteDesk
from bot.logic.site import api_json as site_json
from bot.logic.site.record_json import glance_json, record_json
from bot.model import Document, Topic
from bot.web.feeds import ANYBODY
from bot.web.keys import DESK

MOST = 100
USUAL = 20
FARTHEST = 10_000


def routes() -> list[web.RouteDef]:
    return [
        web.get("/api/v1", index),
        web.get("/api/v1/openapi.json", description),
        web.get("/api/v1/stories", stories),
        web.get("/api/v1/stories/{story}", story),
        web.get("/api/v1/topics", topics),
        web.get("/api/v1/platforms", platforms),
        web.get("/api/v1/platforms/{platform}", platform),
        web.get("/api/v1/documents", documents),
        web.get("/api/v1/documents/{document}", document),
        web.get(r"/api/v1/documents/{document}/versions/{n:\d{1,6}}", version),
        web.get("/api/v1/changes", changes),
        web.get("/api/v1/sources", sources),
        # Whatever else is asked here is answered as JSON too.
        web.get("/api/{rest:.*}", nothing),
    ]


def _answer(found: Mapping[str, Any]) -> web.Response:
    body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
    return web.Response(body=body, content_type="application/json", charset="utf-8", headers=ANYBODY)


def _wrong(text: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=text)


def _missing(what: str, where: str) -> web.HTTPNotFound:
    return web.HTTPNotFound(text=f"There is no such {what}. {where} lists them all.")


async def index(request: web.Request) -> web.Response:
    return _answer(
        {
            "name": "Smallprint",
            "version": request.app[DESK]().version,
            "description": "/api/v1/openapi.json",
            "feeds": ["/feed.atom", "/feed.json"],
        }
    )


async def nothing(_: web.Request) -> web.Response:
    raise web.HTTPNotFound(text="There is nothing at this address. /api/v1/openapi.json says what there is.")


async def description(request: web.Request) -> web.Response:
    held: dict[str, Any] = json.loads(files("bot.web").joinpath("openapi.json").read_text(encoding="utf-8"))
    desk = request.app[DESK]()
    held["info"]["version"] = desk.version
    held["servers"] = [{"url": desk.site_url or "/"}]
    return _answer(held)


# ---------------------------------------------------------------- parameters


def _number(request: web.Request, name: str, usual: int, most: int, least: int = 0) -> int:
    text = request.query.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and len(text) < 7 and least <= int(text) <= most):
        raise _wrong(f"`{name}` takes a whole number from {least} to {most}.")
    return int(text)


def _platform(request: web.Request, desk: SiteDesk) -> str | None:
    """The name of the platform asked for; None: all."""
    wanted = request.query.get("platform")
    if not wanted:
        return None
    entity = desk.platform_named(wanted)
    if entity is None:
        raise _wrong("`platform` takes an id from /api/v1/platforms.")
    return entity.name


def _asked(request: web.Request, desk: SiteDesk) -> tuple[Asked, int]:
    """What is asked for, and the offset."""
    limit, offset = _number(request, "limit", USUAL, MOST, 1), _number(request, "offset", 0, FARTHEST)
    platform = _platform(request, desk)
    try:
        topic = Topic(request.query["topic"]) if request.query.get("topic") else None
    except ValueError:
        raise _wrong("`topic` takes an id from /api/v1/topics.") from None
    words = request.query.get("q", "")[:200]
    return Asked(words, platform, topic, _since(request), page=1, size=limit), offset


def _since(request: web.Request) -> datetime | None:
    text = request.query.get("since")
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text.replace(" ", "+"))
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise _wrong("`since` takes a day or time such as 2025-05-01 or 2025-05-01T09:00:00+00:00.") from None


# ---------------------------------------------------------------- answers


async def stories(request: web.Request) -> web.Response:
    desk = request.app[DESK]()
    asked, offset = _asked(request, desk)
    found = await desk.store.search_stories(
        asked.words,
        limit=asked.size + 1,
        offset=offset,
        platform=asked.platform,
        topic=asked.topic,
        since=asked.since,
    )
    more = len(found) > asked.size
    return _answer(
        {
            "stories": [site_json.story_json(view, desk.site_url) for view in found[: asked.size]],
            "next_offset": offset + asked.size if more else None,
        }
    )


async def story(request: web.Request) -> web.Response:
    desk = request.app[DESK]()
    found = await flow.one_story(desk, request.match_info["story"])
    if found is None:
        raise _missing("story", "/api/v1/stories")
    told = [(telling.n, telling.message) for telling in found.tellings]
    return _answer(site_json.whole_story_json(found.view, told, found.changes, desk.site_url))


async def topics(request: web.Request) -> web.Response:
    desk = request.app[DESK]()
    return _answer({"topics": [site_json.topic_json(label, desk.site_url) for label in desk.topics.values()]})


async def platforms(request: web.Request) -> web.Response:
    """Every platform that can be asked for; `standings` only where something is known."""
    desk = request.app[DESK]()
    known = {record.platform: record for record in await flow.glance_table(desk)}
    rows = []
    for name, platform_id in sorted(desk.platforms.items(), key=lambda each: each[0].casefold()):
        record = known.get(name)
        empty = {"platform": name, "standings": {}, "events": 0, "open_questions": 0}
        rows.append({"id": platform_id, **(glance_json(record) if record else empty)})
    return _answer({"platforms": rows})


async def platform(request: web.Request) -> web.Response:
    desk = request.app[DESK]()
    entity = desk.platform_named(request.match_info["platform"])
    if entity is None:
        raise _missing("platform", "/api/v1/platforms")
    record = await record_of(desk.store, desk.clock, entity.name)
    documents = [each.id for each in desk.documents if each.platform == entity.name]
    return _answer({"id": entity.id, **record_json(record), "documents": documents})


async def documents(request: web.Request) -> web.Response:
    desk = request.app[DESK]()
    rows = await flow.all_documents(desk)
    return _answer(
        {"documents": [site_json.document_json(each, state, desk.site_url) for each, state in rows]}
    )


def _document(request: web.Request, desk: SiteDesk) -> Document:
    found = desk.document(request.match_info["document"])
    if found is None:
        raise _missing("document", "/api/v1/documents")
    return found


async def document(request: web.Request) -> web.Response:
    desk = request.app[DESK]()
    found = await flow.one_document(desk, _document(request, desk))
    return _answer(
        {
            **site_json.document_json(found.document, found.state, desk.site_url),
            "versions": [site_json.version_json(each, desk.site_url) for each in found.versions],
            "changes": [site_json.change_json(each, desk.site_url) for each in found.changes],
        }
    )


async def version(request: web.Request) -> web.Response:
    desk = request.app[DESK]()
    wanted = _document(request, desk)
    found = await flow.one_version(desk, wanted, int(request.match_info["n"]))
    if found is None:
        raise _missing("version", f"/api/v1/documents/{wanted.id}")
    return _answer(site_json.version_text_json(wanted, found.version, found.text, desk.site_url))


async def changes(request: web.Request) -> web.Response:
    desk = request.app[DESK]()
    limit = _number(request, "limit", USUAL, MOST, 1)
    found = await flow.recent_changes(desk, limit, _platform(request, desk))
    return _answer({"changes": [site_json.change_json(each, desk.site_url) for each in found]})


async def sources(request: web.Request) -> web.Response:
    rows = await flow.source_health(request.app[DESK]())
    return _answer({"sources": [site_json.source_json(source, state) for source, state in rows]})
