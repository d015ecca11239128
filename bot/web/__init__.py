"""The small site: for now, health and metrics."""

from bot.web.facts import Facts
from bot.web.server import open_site

__all__ = ["Facts", "open_site"]
