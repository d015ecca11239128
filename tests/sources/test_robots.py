"""robots.txt decides about pages, once a day for each site."""

import asyncio

import pytest

from bot.errors import FailureKind, FetchError
from bot.sources.http import Fetcher
from bot.sources.robots import KEPT_SECONDS, Robots
from tests.sources.conftest import Site, body, redirect


async def refusal(robots: Robots, url: str) -> FailureKind | None:
    try:
        await robots.check(url)
    except FetchError as error:
        return error.kind
    return None


async def test_rules_for_us_and_for_everybody_are_kept(site: Site, fetcher: Fetcher) -> None:
    site.answers["/robots.txt"] = body(
        b"User-agent: smallprint\nDisallow: /private/\n\nUser-agent: *\nDisallow: /\n"
    )
    robots = Robots(fetcher, "Smallprint")

    assert await refusal(robots, site.url("/story?page=1")) is None
    assert await refusal(robots, site.url("/private/story")) is FailureKind.REFUSED
    assert await refusal(Robots(fetcher, "Another"), site.url("/story")) is FailureKind.REFUSED


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ("/news/a-story", False),
        ("/news/print/a-story", True),
        ("/archive/story.pdf", True),
        ("/archive/story.pdf?x=1", False),
        ("/archive/open/story", False),
        ("/archive/story", True),
    ],
)
async def test_rules_with_wildcards_are_understood_and_the_longest_wins(
    site: Site, fetcher: Fetcher, path: str, refused: bool
) -> None:
    site.answers["/robots.txt"] = body(
        b"User-agent: *\nDisallow: /*/print/\nDisallow: /*.pdf$\nDisallow: /archive/\nAllow: /archive/open/\n"
        b"Allow: /archive/story.pdf?\n"
    )

    said = await refusal(Robots(fetcher, "Smallprint"), site.url(path))

    assert (said is FailureKind.REFUSED) is refused


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
async def test_no_rules_means_allowed(site: Site, fetcher: Fetcher, status: int) -> None:
    site.answers["/robots.txt"] = body(b"User-agent: *\nDisallow: /", status=status)

    assert await refusal(Robots(fetcher, "Smallprint"), site.url("/story")) is None


@pytest.mark.parametrize(
    ("status", "kind"),
    [(500, FailureKind.SERVER), (503, FailureKind.SERVER), (429, FailureKind.RATE_LIMITED)],
)
async def test_rules_that_cannot_be_known_now_mean_not_now(
    site: Site, fetcher: Fetcher, status: int, kind: FailureKind
) -> None:
    site.answers["/robots.txt"] = body(b"", status=status)

    assert await refusal(Robots(fetcher, "Smallprint"), site.url("/story")) is kind


async def test_a_web_page_in_place_of_rules_allows(site: Site, fetcher: Fetcher) -> None:
    site.answers["/robots.txt"] = body(b"<html><body>Not found, sorry</body></html>")

    assert await refusal(Robots(fetcher, "Smallprint"), site.url("/story")) is None


async def test_rules_behind_a_redirect_count(site: Site, fetcher: Fetcher) -> None:
    site.answers |= {
        "/robots.txt": redirect("/rules.txt", 301),
        "/rules.txt": body(b"User-agent: *\nDisallow: /"),
    }

    assert await refusal(Robots(fetcher, "Smallprint"), site.url("/story")) is FailureKind.REFUSED


async def test_a_site_is_asked_once_a_day(site: Site, fetcher: Fetcher) -> None:
    site.answers["/robots.txt"] = body(b"User-agent: *\nDisallow:")
    seconds = 1000.0
    robots = Robots(fetcher, "Smallprint", seconds=lambda: seconds)

    await robots.check(site.url("/a"))
    seconds += KEPT_SECONDS - 1
    await robots.check(site.url("/b"))
    assert site.paths == ["/robots.txt"]

    seconds += 2
    await robots.check(site.url("/c"))
    assert site.paths == ["/robots.txt"] * 2


async def test_pages_of_one_site_that_are_wanted_at_once_ask_for_its_rules_once(
    site: Site, fetcher: Fetcher
) -> None:
    site.answers["/robots.txt"] = body(b"User-agent: *\nDisallow: /closed")
    robots = Robots(fetcher, "Smallprint")

    await asyncio.gather(*(robots.check(site.url(f"/story-{n}")) for n in range(8)))

    assert [request.path for request in site.requests] == ["/robots.txt"]
