"""What machines read that are no API clients: feeds, the map of the site, and what robots may do."""

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from xml.etree import ElementTree

from aiohttp import web

from bot.flows.people import site as flow
from bot.flows.people.site import Asked, SiteDesk
from bot.logic.site.feeds import FALLBACK_ADDRESS, FeedFacts, atom, json_feed
from bot.logic.text import links
from bot.model import Topic
from bot.web.keys import DESK

IN_A_FEED = 30
IN_THE_MAP = 5_000
ANYBODY = {"Access-Control-Allow-Origin": "*"}
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def routes() -> list[web.RouteDef]:
    found = [web.get("/sitemap.xml", sitemap), web.get("/robots.txt", robots)]
    for kind in ("atom", "json"):
        found += [
            web.get(f"/feed.{kind}", _feed(kind, _everything)),
            web.get(f"/platforms/{{platform}}/feed.{kind}", _feed(kind, _of_platform)),
            web.get(f"/topics/{{topic}}/feed.{kind}", _feed(kind, _on_topic)),
        ]
    return found


Narrowed = tuple[Asked, str, str]
"""What the feed holds, what it is called, and the page that shows the same."""
Narrow = Callable[[web.Request, SiteDesk], Narrowed]


def _everything(_: web.Request, __: SiteDesk) -> Narrowed:
    return Asked(size=IN_A_FEED), "Smallprint: AI rules in music", "/"


def _of_platform(request: web.Request, desk: SiteDesk) -> Narrowed:
    entity = desk.platform_named(request.match_info["platform"])
    if entity is None:
        raise web.HTTPNotFound(text="There is no such platform. See /api/v1/platforms for all of them.")
    return (
        Asked(platform=entity.name, size=IN_A_FEED),
        f"Smallprint: {entity.name}",
        links.platform_path(entity.id),
    )


def _on_topic(request: web.Request, desk: SiteDesk) -> Narrowed:
    try:
        label = desk.topics[Topic(request.match_info["topic"])]
    except (ValueError, KeyError):
        raise web.HTTPNotFound(text="There is no such topic. See /api/v1/topics for all of them.") from None
    return (
        Asked(topic=label.topic, size=IN_A_FEED),
        f"Smallprint: {label.label}",
        links.topic_path(label.topic.value),
    )


def _feed(kind: str, narrow: Narrow) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def feed(request: web.Request) -> web.Response:
        desk = request.app[DESK]()
        asked, title, page = narrow(request, desk)
        stories = await flow.told_stories(desk, asked)
        # A feed that never changes must not claim to: its date is that of its newest story.
        newest = max((told.updated_at for told in stories), default=datetime(2025, 1, 1, tzinfo=UTC))
        facts = FeedFacts(title, request.path, page, desk.site_url, newest)
        if kind == "atom":
            body, content_type = atom(facts, stories, desk.topics), "application/atom+xml"
        else:
            body = json.dumps(json_feed(facts, stories, desk.topics), ensure_ascii=False).encode()
            content_type = "application/feed+json"
        return web.Response(body=body, content_type=content_type, charset="utf-8", headers=ANYBODY)

    return feed


async def sitemap(request: web.Request) -> web.Response:
    """Every kind of page, and the newest stories."""
    desk = request.app[DESK]()
    stories = await flow.newest_ids(desk, IN_THE_MAP)
    paths = ["/", "/platforms", "/documents", "/sources", "/about"]
    paths += [links.topic_path(topic.value) for topic in desk.topics]
    paths += [links.platform_path(platform_id) for platform_id in desk.platforms.values()]
    paths += [links.document_path(document.id) for document in desk.documents]
    ElementTree.register_namespace("", _SITEMAP)
    root = ElementTree.Element(f"{{{_SITEMAP}}}urlset")
    dated = [(path, "") for path in paths]
    dated += [(links.story_path(story_id), f"{turned_at:%Y-%m-%d}") for story_id, turned_at in stories]
    for path, changed in dated:
        url = ElementTree.SubElement(root, f"{{{_SITEMAP}}}url")
        ElementTree.SubElement(url, f"{{{_SITEMAP}}}loc").text = links.absolute(
            desk.site_url or FALLBACK_ADDRESS, path
        )
        if changed:
            ElementTree.SubElement(url, f"{{{_SITEMAP}}}lastmod").text = changed
    body = b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="utf-8")
    return web.Response(body=body, content_type="application/xml", charset="utf-8")


async def robots(request: web.Request) -> web.Response:
    """Everybody may read everything but endless combinations of filters."""
    lines = ["User-agent: *", "Disallow: /*?q=", "Allow: /"]
    if site_url := request.app[DESK]().site_url:
        lines.append(f"Sitemap: {site_url.rstrip('/')}/sitemap.xml")
    return web.Response(text="\n".join(lines) + "\n")
