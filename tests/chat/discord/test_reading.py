"""/latest and /about: for everyone, private, made from the store."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.discord.commands.about import about_card
from bot.chat.discord.completion import matching, name_choices, split_names
from bot.chat.discord.desk import About, Desk
from bot.chat.discord.story_lists import story_list
from bot.model import Topic
from tests.builders import NOON, a_judged_entry, a_story, a_view
from tests.chat.discord.telling import tell
from tests.fake_discord.checks import check_message
from tests.fake_discord.interactions import EPHEMERAL, MESSAGE
from tests.fake_discord.rig import PLATFORMS, TOPICS, discord_rig


async def test_latest_shows_the_newest_stories_privately_with_their_links(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await tell(rig.store, "Suno is sued by a label", Topic.LAWSUIT, "Suno")
        await tell(
            rig.store,
            "SoundCloud adds a clause",
            Topic.TERMS_TRAINING,
            "SoundCloud",
            after=timedelta(hours=1),
        )
        answer = await rig.discord.use("latest", permissions=0)

        assert answer.messages[-1]["flags"] & EPHEMERAL
        assert answer.text.index("SoundCloud adds a clause") < answer.text.index("Suno is sued by a label")
        assert "](https://gazette.example/" in answer.text


async def test_latest_can_be_asked_for_one_platform_or_topic(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await tell(rig.store, "Suno is sued by a label", Topic.LAWSUIT, "Suno")
        await tell(
            rig.store,
            "SoundCloud adds a clause",
            Topic.TERMS_TRAINING,
            "SoundCloud",
            after=timedelta(hours=1),
        )

        assert "clause" not in (await rig.discord.use("latest", platform="SUNO")).text
        assert "sued" not in (await rig.discord.use("latest", topic="terms-training")).text
        assert "no such story" in (await rig.discord.use("latest", platform="Bandcamp")).text


async def test_latest_works_in_a_direct_message(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        assert "no such story" in (await rig.discord.use("latest", guild=None)).text


async def test_about_says_what_it_watches_what_it_never_does_and_who_runs_it(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        answer = await rig.discord.use("about", permissions=0)

        assert answer.kinds == [MESSAGE]
        assert answer.messages[-1]["flags"] & EPHEMERAL
        for words in ("144 sources", "@everyone", "Ada", "https://code.example/smallprint", "0.1"):
            assert words in answer.text


def test_about_gives_the_operators_page_as_an_address_that_opens() -> None:
    facts = About("1", 1, "https://code.example", operator="https://bot.example/about")
    embed = about_card(Desk(None, None, PLATFORMS, TOPICS, facts), "en")  # type: ignore[arg-type]

    assert embed.fields[0].value is not None
    assert embed.fields[0].value.startswith("1 source, for")
    assert "https://bot.example/about\n" in (embed.fields[2].value or "")


def test_the_longest_story_list_stays_within_discords_limits() -> None:
    desk = Desk(None, None, PLATFORMS, TOPICS, About("1", 1, "https://code.example"))  # type: ignore[arg-type]
    entry = a_judged_entry("[*_~`|" * 80, url="https://gazette.example/" + "x" * 460)
    view = a_view(entry)
    long = a_story(title="[*_~`|" * 80, platforms=("A long platform name" * 3,) * 3, turned_at=NOON)
    embed = story_list(
        [type(view)(long, view.entries, view.editions)] * 5, desk, "en", title="Latest stories"
    )

    check_message({"embeds": [embed.to_dict()]})


# ---------------------------------------------------------------- choices


async def test_platforms_are_offered_while_typing_several_with_commas(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        choices = await rig.discord.complete("subscribe", "platform", "Suno, s")

        assert [choice["value"] for choice in choices] == ["Suno, SoundCloud", "Suno, Spotify"]


async def test_topics_are_offered_by_their_labels_several_with_commas(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        first = await rig.discord.complete("subscribe", "topic", "law")
        second = await rig.discord.complete("subscribe", "topic", "Lawsuits, tr")

        assert [choice["value"] for choice in first] == ["Lawsuits"]
        assert [choice["value"] for choice in second] == ["Lawsuits, Terms and training"]


def test_at_most_twenty_five_choices_of_at_most_a_hundred_characters() -> None:
    many = [f"Platform {n:03}" for n in range(200)]
    assert len(name_choices("", many, several=True)) == 25
    long = name_choices(", ".join(many[:9]) + ", ", many, several=True)
    assert all(len(choice.name) <= 100 for choice in long)


def test_names_that_begin_so_come_first() -> None:
    assert matching("so", ["Also This", "Sony Music", "My Sound", "SoundCloud"]) == [
        "Sony Music",
        "SoundCloud",
        "My Sound",
        "Also This",
    ]


@pytest.mark.parametrize(("typed", "names"), [(None, []), (" , ,", []), ("a, b ,a", ["a", "b"])])
def test_names_are_split_at_commas(typed: str | None, names: list[str]) -> None:
    assert split_names(typed) == names
