"""From the bytes of a terms page to the message that people read."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.logic.messages.discord import render_post
from bot.logic.messages.mastodon import render_status
from bot.model import ChangeState, MessageKind
from bot.words import words
from tests.journeys.terms_rig import START, terms_rig
from tests.shared import shared_path

TERMS = """# Terms of Use

These terms are an agreement between you and Audiomack. By using the service you agree to this agreement.

## Your content

You keep all rights in the content that you upload. You grant us a worldwide license to host, store, copy and stream your \
recordings so that listeners can hear them. You must own or control the copyright of what you upload.

## Liability and law

We give no warranty and our liability is limited as far as the law permits. The governing law is that of Ireland and the \
jurisdiction is that of its courts. We may terminate your account when you violate these terms.

## What is not allowed

No recording may:

* infringe the copyright of somebody else
* hold advertising for another service
"""
GRANT = "You agree that we may use the recordings that you upload to train artificial intelligence models."
BANNED = "* be made wholly or mostly by artificial intelligence"


async def test_a_new_clause_reaches_discord_and_mastodon_with_all_that_people_need(tmp_path: Path) -> None:
    async with terms_rig(tmp_path, "audiomack", "audiomack-terms") as rig:
        rig.site.say("/audiomack-terms", TERMS)
        await rig.settle(START)
        assert await rig.messages() == []
        rig.site.say("/audiomack-terms", TERMS + f"\n\n{GRANT}")
        await rig.settle(START + timedelta(days=2))

        (message,) = await rig.messages()

    assert message.headline == "Audiomack may use what you give it to train AI: new words in its Terms of Use"
    assert message.quote == GRANT
    assert message.what.startswith("Seen 3 May 2025, once so far; no date in force named.")
    card, status = str(render_post(message, words("en")).cards), render_status(message).text
    for told in (card, status):
        assert "to train artificial intelligence models" in told
        assert "Seen 3 May 2025" in told
        assert "audiomack-terms" in told


async def test_an_entry_of_a_list_is_quoted_after_the_line_above_it(tmp_path: Path) -> None:
    async with terms_rig(tmp_path, "audiomack", "audiomack-terms") as rig:
        rig.site.say("/audiomack-terms", TERMS)
        await rig.settle(START)
        rig.site.say("/audiomack-terms", TERMS.rstrip() + f"\n{BANNED}\n")
        await rig.settle(START + timedelta(days=2))

        (message,) = await rig.messages()

    assert message.headline.startswith("Music made by AI may not be uploaded to Audiomack")
    assert message.quote == "No recording may: be made wholly or mostly by artificial intelligence"


async def test_walls_errors_and_half_pages_tell_nobody(tmp_path: Path) -> None:
    async with terms_rig(tmp_path, "audiomack", "audiomack-terms") as rig:
        with_grant = TERMS + f"\n\n{GRANT}"
        rig.site.say("/audiomack-terms", with_grant)
        await rig.settle(START)
        now = START + timedelta(days=2)
        for status, body in (
            (503, b"busy"),
            (
                200,
                b"<html><title>Just a moment...</title><body>Enable JavaScript and cookies to continue</body>",
            ),
            (200, b"<html><title>Home</title><body><main id='terms'>Listen to music</main></body></html>"),
            (200, b""),
            (404, b"gone"),
        ):
            rig.site.pages["/audiomack-terms"] = (status, body)
            await rig.settle(now)
            rig.site.say("/audiomack-terms", with_grant)
            await rig.settle(now + timedelta(days=1))
            now += timedelta(days=2)

        assert await rig.messages() == []
        assert {c.state for c in await rig.app.store.changes(limit=99)} == {ChangeState.RECORDED}


async def test_the_same_clause_on_three_pages_is_one_message(tmp_path: Path) -> None:
    ids = ("audiomack-terms", "audiomack-us", "audiomack-help")
    async with terms_rig(tmp_path, "audiomack", *ids) as rig:
        for each in ids:
            rig.site.say(f"/{each}", TERMS)
        await rig.settle(START)
        for each in ids:
            rig.site.say(f"/{each}", TERMS + f"\n\n{GRANT}")
        await rig.settle(START + timedelta(days=2))

        (message,) = await rig.messages()

    assert any("The same in 2 more documents" in fact for fact in message.facts)


async def test_news_about_the_clause_joins_its_story_and_both_link_to_each_other(tmp_path: Path) -> None:
    async with terms_rig(tmp_path, "audiomack", "audiomack-terms") as rig:
        rig.site.say("/audiomack-terms", TERMS)
        rig.site.feed = [("1", "A new stage for an old festival", "Tickets are out.")]
        await rig.settle(START)
        rig.site.say("/audiomack-terms", TERMS + f"\n\n{GRANT}")
        await rig.settle(START + timedelta(days=2))
        headline = "Audiomack changes its terms to allow AI training on uploaded music"
        text = "Audiomack may now use recordings that artists upload to train artificial intelligence models."
        rig.site.feed.append(("2", headline, text))
        await rig.settle(START + timedelta(days=3))

        assert len(await rig.messages()) == 1, "the news repeats what people were told"
        views = await rig.app.store.stories(limit=9, platform="Audiomack")
        assert len(views) == 1
        names = {judged.entry.outlet.name for judged in views[0].entries}
        assert names == {"Audiomack Terms of Use", "Gazette"}


async def test_a_clause_that_news_told_first_is_an_update_of_that_story(tmp_path: Path) -> None:
    async with terms_rig(tmp_path, "audiomack", "audiomack-terms") as rig:
        rig.site.say("/audiomack-terms", TERMS)
        rig.site.feed = [("1", "A new stage for an old festival", "Tickets are out.")]
        await rig.settle(START)
        headline = "Audiomack changes its terms to allow AI training on uploaded music"
        text = "Audiomack may now use recordings that artists upload to train artificial intelligence models."
        rig.site.feed.append(("2", headline, text))
        await rig.settle(START + timedelta(days=2))
        rig.site.say("/audiomack-terms", TERMS + f"\n\n{GRANT}")
        await rig.settle(START + timedelta(days=3))

        first, update = await rig.messages()

    assert first.story_id == update.story_id
    assert (update.kind, update.quote) == (MessageKind.UPDATE, GRANT)
    assert any(link.name == "Gazette" for link in update.sources)


@pytest.mark.parametrize(
    ("series", "platform", "alerts"),
    [
        ("soundcloud-terms", "soundcloud", ["2024-02-07", "2025-05-27"]),
        ("bandcamp-acceptable-use", "bandcamp", ["2026-01-14"]),
    ],
)
async def test_real_histories_alert_on_the_days_that_mattered_and_on_no_other(
    tmp_path: Path, series: str, platform: str, alerts: list[str]
) -> None:
    paths = sorted(shared_path(f"terms/series/{series}").glob("*.md"))
    async with terms_rig(tmp_path, platform, "watched") as rig:
        for path in paths:
            rig.site.say("/watched", path.read_text(encoding="utf-8"))
            await rig.settle(datetime.strptime(f"{path.stem}+0000", "%Y-%m-%dT%H%M%S%z"))

        messages = await rig.messages()

    assert [f"{message.happened_at:%Y-%m-%d}" for message in messages] == alerts
