"""Labelled lines made up for tests: invented companies' doings beside well-known names that the word lists hold."""

import json
from collections.abc import Iterator

FIRMS = ("Suno", "Udio", "Anthropic", "Stability AI")
OWNERS = ("Universal Music Group", "Sony Music", "GEMA", "Warner Music Group")
SERVICES = ("Spotify", "Deezer", "SoundCloud", "Bandcamp")

OURS = (
    ("{owner} sues {firm} over AI training on its recordings", "lawsuit"),
    ("{owner} and {firm} sign licensing deal for AI music", "licensing-deal"),
    ("{service} bans AI-generated music that imitates artists", "labelling-or-ban"),
    ("{service} updates its terms on AI training with artists' songs", "terms-training"),
    ("{owner} urges musicians to opt out of AI training by {firm}", "opt-out"),
)
NOT_OURS = (
    "{firm} launches an AI music app for songwriters with new licence plans",
    "Will {firm} and AI change the music industry and its copyright?",
    "{service} reports record quarter, AI playlists and music rights costs grow",
    "How {owner} artists use AI in their music videos, and what lawyers say",
    "{owner} signs worldwide publishing deal with the songwriter of an AI musical",
)


def a_line(title: str, relevance: int, topic: str | None = None, **more: object) -> dict[str, object]:
    return {
        "title": title,
        "url": None,
        "outlet": "Music Business Worldwide",
        "date": "2025-05-10",
        "relevance": relevance,
        "topic": topic,
        "platforms": None,
        "event_id": None,
        "doubt": False,
        "text": "",
    } | more


def many_lines() -> Iterator[dict[str, object]]:
    """160 lines: every template with every company."""
    for firm, owner, service in zip(FIRMS * 4, sorted(OWNERS * 4), SERVICES * 4, strict=True):
        names = {"firm": firm, "owner": owner, "service": service}
        for template, topic in OURS:
            yield a_line(template.format(**names), 1, topic)
        for template in NOT_OURS:
            yield a_line(template.format(**names), 0)


def as_lines(rows: Iterator[dict[str, object]] | list[dict[str, object]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)
