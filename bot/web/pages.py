"""The pages for people: an address is read, one flow gathers, one template shows."""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import urlencode

from aiohttp import web

from bot.flows.people import site as flow
from bot.flows.people.calendar_file import calendar_of
from bot.flows.people.site import SiteDesk
from bot.logic.terms.watch.version_diff import units, version_diff
from bot.logic.text import links
from bot.model import Document, Entity, Health, Topic, TopicLabel
from bot.model.record import PlatformRecord, Position, RecordSubject
from bot.web.keys import DESK, TEMPLATES
from bot.web.rendering import trusted
from bot.web.timeline import timeline_svg

LAST_PAGE = 500
MOST_UNITS = 3_000
Show = Callable[[web.Request], Awaitable[web.Response]]


def routes() -> list[web.RouteDef]:
    return [
        web.get("/", stories),
        web.get("/stories", stories),
        web.get("/stories/{story}.ics", story_calendar),
        web.get("/stories/{story}", story),
        web.get("/topics/{topic}", stories),
        web.get("/platforms", platforms),
        web.get("/platforms/{platform}", platform),
        web.get("/documents", documents),
        web.get("/documents/{document}", document),
        web.get("/documents/{document}/compare", compare),
        web.get(r"/documents/{document}/{n:\d{1,6}}", version),
        web.get(r"/documents/{document}/{a:\d{1,6}}..{b:\d{1,6}}", diff),
        web.get("/sources", sources),
        web.get("/about", about),
    ]


def page(
    request: web.Request, template: str, section: str, *, status: int = 200, **facts: object
) -> web.Response:
    """One rendered page. `section` is the entry of the menu that it belongs to."""
    desk = request.app[DESK]()
    text = (
        request.app[TEMPLATES]
        .get_template(template)
        .render(
            desk=desk,
            section=section,
            here=request.path,
            canonical=links.absolute(desk.site_url, request.path),
            **facts,
        )
    )
    return web.Response(text=text, content_type="text/html", charset="utf-8", status=status)


def missing(what: str) -> web.HTTPNotFound:
    return web.HTTPNotFound(
        text=f"There is no {what} at this address. It may never have been here; search the stories instead."
    )


# ---------------------------------------------------------------- stories


async def stories(request: web.Request) -> web.Response:
    desk = request.app[DESK]()
    label = _topic(desk, request.match_info.get("topic"))
    asked = _asked(request, desk, label)
    found = await flow.list_stories(desk, asked)
    query = {name: request.query.get(name, "") for name in ("q", "platform", "topic", "when")}
    action = links.topic_path(label.topic.value) if label else "/"

    def turned(page: int) -> str:
        kept = {name: value for name, value in query.items() if value and not (label and name == "topic")}
        # Plain pages have plain addresses: those can be files on a static host.
        path = links.page_path(action, page)
        return f"{path}?{urlencode(kept)}" if kept else path

    return page(
        request,
        "stories.html",
        "/",
        found=found,
        heading=label.label if label else "Stories",
        topic=label,
        action=action,
        query=query | {"q": asked.words},
        newer=turned(asked.page - 1) if asked.page > 1 else "",
        older=turned(asked.page + 1) if found.has_more and asked.page < LAST_PAGE else "",
    )


def _topic(desk: SiteDesk, value: str | None) -> TopicLabel | None:
    if not value:
        return None
    try:
        return desk.topics[Topic(value)]
    except (ValueError, KeyError):
        raise missing("topic") from None


def _asked(request: web.Request, desk: SiteDesk, label: TopicLabel | None) -> flow.Asked:
    """What the address asks for; a filter that we do not know is an address that we do not have."""
    wanted = request.query.get("platform", "")
    entity = desk.platform_named(wanted) if wanted else None
    if wanted and entity is None:
        raise missing("platform")
    topic = label or _topic(desk, request.query.get("topic"))
    when = request.query.get("when", "")
    if when and when not in flow.WHEN:
        raise missing("span of time")
    number = request.match_info.get("page") or request.query.get("page", "1")
    if not (number.isascii() and number.isdigit() and 1 <= int(number[:6]) <= LAST_PAGE):
        raise missing("page")
    return flow.Asked(
        words=request.query.get("q", "")[:200].strip(),
        platform=entity.name if entity else None,
        topic=topic.topic if topic else None,
        since=desk.clock.now() - flow.WHEN[when] if when else None,
        page=int(number),
    )


async def story(request: web.Request) -> web.Response:
    found = await flow.one_story(request.app[DESK](), request.match_info["story"])
    if found is None:
        raise missing("story")
    return page(request, "story.html", "/", page=found, view=found.view)


async def story_calendar(request: web.Request) -> web.Response:
    """The days that a story names, for a calendar."""
    desk, story_id = request.app[DESK](), request.match_info["story"]
    file = await calendar_of(desk.store, desk.clock, story_id, desk.site_url)
    if file is None:
        raise missing("date in this story")
    headers = {"Content-Disposition": f'attachment; filename="{story_id[:40]}.ics"'}
    return web.Response(body=file, content_type="text/calendar", charset="utf-8", headers=headers)


async def calendar(request: web.Request) -> web.Response:
    body = await flow.calendar(request.app[DESK](), request.match_info["story"])
    if body is None:
        raise missing("deadline")
    return web.Response(body=body, content_type="text/calendar", charset="utf-8")


# ---------------------------------------------------------------- platforms


async def platforms(request: web.Request) -> web.Response:
    records = await flow.glance_table(request.app[DESK]())
    known = [record for record in records if _stands_anywhere(record)]
    others = [record for record in records if not _stands_anywhere(record)]
    subjects = list(RecordSubject)
    return page(request, "platforms.html", "/platforms", known=known, others=others, subjects=subjects)


def _stands_anywhere(record: PlatformRecord) -> bool:
    return any(standing.position is not Position.UNKNOWN for standing in record.standings)


async def platform(request: web.Request) -> web.Response:
    desk = request.app[DESK]()
    found = await flow.one_platform(desk, _entity(desk, request.match_info["platform"]))
    drawn = trusted(timeline_svg(found.record.timeline, desk.clock.now().date()))
    return page(request, "platform.html", "/platforms", page=found, drawn=drawn)


def _entity(desk: SiteDesk, platform_id: str) -> Entity:
    entity = desk.platform_named(platform_id)
    if entity is None:
        raise missing("platform")
    return entity


# ---------------------------------------------------------------- documents


async def documents(request: web.Request) -> web.Response:
    desk = request.app[DESK]()
    changes = [each for each in await flow.recent_changes(desk, 40) if not each.is_baseline]
    return page(
        request,
        "documents.html",
        "/documents",
        documents=await flow.all_documents(desk),
        changes=changes[:10],
    )


def _document(request: web.Request) -> Document:
    found = request.app[DESK]().document(request.match_info["document"])
    if found is None:
        raise missing("watched text")
    return found


async def document(request: web.Request) -> web.Response:
    found = await flow.one_document(request.app[DESK](), _document(request))
    return page(request, "document.html", "/documents", page=found)


async def version(request: web.Request) -> web.Response:
    found = await _version(request, "n")
    lines = units(found.text.text)
    cut = len(lines) > MOST_UNITS
    return page(request, "version.html", "/documents", page=found, units=lines[:MOST_UNITS], cut=cut)


async def compare(request: web.Request) -> web.Response:
    """Two chosen versions: leads to the address that stays, the older one first."""
    document = _document(request)
    chosen = [request.query.get(name, "") for name in ("a", "b")]
    if not all(each.isascii() and each.isdigit() and len(each) <= 6 for each in chosen):
        raise missing("version")
    before, after = sorted(int(each) for each in chosen)
    raise web.HTTPFound(links.diff_path(document.id, before, after))


async def diff(request: web.Request) -> web.Response:
    before, after = await _version(request, "a"), await _version(request, "b")
    # Long texts keep a processor busy for a moment; the event loop must not be it.
    parts = await asyncio.to_thread(version_diff, before.text.text, after.text.text)
    return page(request, "diff.html", "/documents", before=before, after=after, parts=parts)


async def _version(request: web.Request, name: str) -> flow.VersionPage:
    found = await flow.one_version(request.app[DESK](), _document(request), int(request.match_info[name]))
    if found is None:
        raise missing("version")
    return found


# ---------------------------------------------------------------- the rest


async def sources(request: web.Request) -> web.Response:
    desk = request.app[DESK]()
    rows = await flow.source_health(desk)
    good = sum(state.health in (Health.OK, Health.EMPTY, Health.STALE) for _, state in rows)
    return page(
        request, "sources.html", "/sources", sources=rows, good=good, documents=await flow.all_documents(desk)
    )


async def about(request: web.Request) -> web.Response:
    return page(request, "about.html", "/about")
