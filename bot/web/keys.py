"""What handlers find in the application."""

from collections.abc import Callable

from aiohttp import web
from jinja2 import Environment

from bot.flows.people.site import SiteDesk

DESK: web.AppKey[Callable[[], SiteDesk]] = web.AppKey("desk")
"""The desk as it is now; a reload makes another."""
TEMPLATES: web.AppKey[Environment] = web.AppKey("templates")
