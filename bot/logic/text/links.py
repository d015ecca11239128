"""Addresses on our own site. Paths are promises: a link in an old post must still work."""

from urllib.parse import quote


def story_path(story_id: str) -> str:
    return f"/stories/{quote(story_id, safe='')}"


def platform_path(platform_id: str) -> str:
    return f"/platforms/{quote(platform_id, safe='')}"


def topic_path(topic: str) -> str:
    return f"/topics/{quote(topic, safe='')}"


def document_path(document_id: str) -> str:
    return f"/documents/{quote(document_id, safe='')}"


def version_path(document_id: str, n: int) -> str:
    return f"{document_path(document_id)}/{n}"


def diff_path(document_id: str, before: int, after: int) -> str:
    """What changed between two versions."""
    return f"{document_path(document_id)}/{before}..{after}"


def page_path(start: str, page: int) -> str:
    """A further page of a list that starts at "/" or a topic's page."""
    return start if page <= 1 else f"{start.rstrip('/')}/page/{page}"


def absolute(site_url: str | None, path: str) -> str:
    """The whole address; empty where there is no site."""
    return f"{site_url.rstrip('/')}{path}" if site_url else ""
