"""The pictures' pages hold what a reader would see, whether or not there is a browser to draw them."""

from tests.pictures.__main__ import PAGES
from tests.pictures.page import markdown
from tests.pictures.posts import FIRST, NOW


def test_every_page_shows_its_headline_and_its_buttons() -> None:
    assert FIRST.headline.replace("'", "&#x27;") in PAGES["first-post"]
    assert "<discord-button" in PAGES["first-post"]
    assert 'type="success">Approve<' in PAGES["approval"]
    assert PAGES["digest"].count("<discord-embed ") == 4


def test_our_markdown_becomes_what_discord_shows() -> None:
    html = markdown("**Now**\n> “a \\*b\\*”\n-# <t:1746792000:f> [G](https://g.example/)", NOW)

    assert html == (
        "<b>Now</b><br><discord-quote>“a *b*”</discord-quote>"
        '<small>9 May 2025 12:00 <a href="https://g.example/" style="color:#00a8fc;text-decoration:none">G</a></small>'
    )
