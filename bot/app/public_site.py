"""The public site over this app."""

from typing import TYPE_CHECKING

from aiohttp import web

from bot import __version__
from bot.app.clocks import SystemClock
from bot.app.knowledge import build_knowledge
from bot.flows.memory import Store
from bot.flows.people.site import SiteDesk
from bot.settings import Config, Settings
from bot.web.site import make_site

if TYPE_CHECKING:
    from bot.app.building import App


def site_desk(app: "App") -> SiteDesk:
    """What the site works with, as the config is now."""
    return SiteDesk(
        store=app.store,
        clock=app.clock,
        entities=tuple(app.knowledge.rules.entities.values()),
        topics=app.knowledge.labels,
        sources=app.config.sources,
        documents=app.config.documents,
        version=__version__,
        site_url=app.settings.site_url,
        contact=app.settings.contact,
    )


def desk_of(settings: Settings, config: Config, store: Store) -> SiteDesk:
    """The same without a running bot: what config and memory hold is enough."""
    knowledge = build_knowledge(config, settings.weights, settings.site_url)
    return SiteDesk(
        store=store,
        clock=SystemClock(),
        entities=tuple(knowledge.rules.entities.values()),
        topics=knowledge.labels,
        sources=config.sources,
        documents=config.documents,
        version=__version__,
        site_url=settings.site_url,
        contact=settings.contact,
    )


def build_site(app: "App") -> web.Application:
    """The site, not yet listening."""
    settings = app.settings
    return make_site(
        lambda: site_desk(app), a_minute=settings.site_a_minute, behind_proxy=settings.site_behind_proxy
    )
