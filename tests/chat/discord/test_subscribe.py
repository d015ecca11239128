"""/subscribe, /unsubscribe and /subscriptions: a person's interaction in, the store changed, one private answer out."""

from pathlib import Path

import pytest

from bot.model import SinkKind, Subscription, Topic, TopicLabel, Urgency
from tests.builders import NOON, a_new_subscription
from tests.fake_discord.interactions import DEFERRED, EPHEMERAL
from tests.fake_discord.rig import Rig, discord_rig
from tests.fake_discord.world import BITS


async def only(rig: Rig) -> Subscription:
    (subscription,) = await rig.store.subscriptions()
    return subscription


async def test_subscribe_stores_what_was_asked_for_and_says_so_privately(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        role = rig.discord.add_role("news")
        answer = await rig.discord.use(
            "subscribe", platform="suno, SOUNDCLOUD", topic="lawsuits", urgency="now", role=role, user=77
        )

        stored = await only(rig)
        assert (stored.destination.sink, stored.destination.address) == (SinkKind.DISCORD, "1001")
        assert (stored.destination.server, stored.destination.name) == ("500", "#ai-policy")
        assert stored.platforms == {"Suno", "SoundCloud"}
        assert stored.topics == {Topic.LAWSUIT}
        assert (stored.urgency, stored.role, stored.asked_by) == (Urgency.NOW, str(role), "77")
        assert answer.kinds == [DEFERRED]
        assert answer.messages[-1]["flags"] & EPHEMERAL
        assert "<#1001>" in answer.text
        assert "SoundCloud, Suno · Lawsuits" in answer.text


async def test_another_channel_can_be_named(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        news = await rig.channel("announcements", "news")
        await rig.discord.use("subscribe", channel=news)

        assert (await only(rig)).destination.name == "#announcements"


async def test_a_thread_that_nobody_told_us_of_can_be_named(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        thread = await rig.thread("old talk", 1001, archived=True)
        await rig.discord.use("subscribe", channel=thread)

        assert (await only(rig)).destination.address == str(thread)


async def test_this_very_channel_can_be_named(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.discord.use("subscribe", channel=1001)

        assert (await only(rig)).destination.address == "1001"


async def test_a_channel_that_we_cannot_know_is_refused_with_what_to_do(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        hidden = rig.discord.add_channel("hidden")
        answer = await rig.discord.use("subscribe", channel=hidden)

        assert "*View Channel*" in answer.text
        assert await rig.store.subscriptions() == []


async def test_the_same_wish_twice_is_one_subscription_and_the_answer_says_so(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.discord.use("subscribe", platform="Suno")
        answer = await rig.discord.use("subscribe", platform="suno")

        assert "already" in answer.text
        assert "Nothing was changed" in answer.text
        await only(rig)


async def test_subscribing_again_ends_a_pause_and_says_so(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.discord.use("subscribe")
        await rig.store.pause_destination((await only(rig)).destination.id, "I may not post there.", NOON)
        assert "Paused: I may not post there." in (await rig.discord.use("subscriptions")).text
        answer = await rig.discord.use("subscribe")

        assert "was paused and goes on" in answer.text
        assert (await only(rig)).destination.paused_at is None


async def test_an_unknown_platform_is_refused_with_the_nearest_names(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        answer = await rig.discord.use("subscribe", platform="Sundcloud")

        assert "SoundCloud" in answer.text
        assert await rig.store.subscriptions() == []


async def test_several_topics_are_one_subscription(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        answer = await rig.discord.use("subscribe", topic="Lawsuits, terms AND training,")

        assert (await only(rig)).topics == {Topic.LAWSUIT, Topic.TERMS_TRAINING}
        assert "Lawsuits, Terms and training" in answer.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Lawsuits, Terms and trainings", "called “Terms and trainings”. Did you mean Terms and training?"),
        ("lawsuit", "Did you mean Lawsuits?"),
        ("gossip", "Leave it out to hear of every topic."),
    ],
)
async def test_an_unknown_topic_is_refused_with_the_nearest_labels(
    tmp_path: Path, typed: str, said: str
) -> None:
    async with discord_rig(tmp_path) as rig:
        answer = await rig.discord.use("subscribe", topic=typed)

        assert said in answer.text
        assert await rig.store.subscriptions() == []


async def test_a_label_with_a_comma_can_be_picked_like_any_other(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        label = TopicLabel(Topic.LICENSING_DEAL, "Licences, deals", "", "Deals", "", 0x2B6CB0)
        object.__setattr__(rig.client.desk, "topics", {Topic.LICENSING_DEAL: label})
        (choice,) = await rig.discord.complete("subscribe", "topic", "deals")
        await rig.discord.use("subscribe", topic=choice["value"])

        assert (await only(rig)).topics == {Topic.LICENSING_DEAL}


async def test_the_role_everyone_is_never_mentioned(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        answer = await rig.discord.use("subscribe", role=500)

        assert "never mention everyone" in answer.text
        assert await rig.store.subscriptions() == []


async def test_a_role_that_cannot_be_notified_yet_comes_with_a_hint(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        answer = await rig.discord.use("subscribe", role=rig.discord.add_role("news"))

        assert "Allow anyone to @mention this role" in answer.text


# ---------------------------------------------------------------- rights


@pytest.mark.parametrize(
    ("kind", "denied", "named"),
    [
        pytest.param("text", "send_messages", "Send Messages", id="send in a channel"),
        pytest.param("text", "embed_links", "Embed Links", id="embed in a channel"),
        pytest.param("text", "view_channel", "View Channel", id="view a channel"),
        pytest.param("news", "send_messages", "Send Messages", id="send announcements"),
        pytest.param("forum", "send_messages", "Create Posts", id="post in a forum"),
        pytest.param("forum", "send_messages_in_threads", "Send Messages in Posts", id="answer in a forum"),
    ],
)
async def test_missing_rights_in_the_channel_are_named_with_how_to_mend(
    tmp_path: Path, kind: str, denied: str, named: str
) -> None:
    async with discord_rig(tmp_path) as rig:
        channel = await rig.channel("target", kind)
        await rig.deny(channel, denied)
        answer = await rig.discord.use("subscribe", channel=channel)

        assert f"*{named}*" in answer.text
        assert "try again" in answer.text
        assert await rig.store.subscriptions() == []


async def test_rights_here_are_checked_as_well_as_elsewhere(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.deny(1001, "send_messages", "embed_links")
        answer = await rig.discord.use("subscribe")

        assert "*Embed Links* and *Send Messages*" in answer.text


async def test_a_thread_needs_its_own_permission(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        thread = await rig.thread("talk", 1001)
        await rig.deny(1001, "send_messages_in_threads")
        answer = await rig.discord.use("subscribe", channel=thread)

        assert "*Send Messages in Threads*" in answer.text


async def test_history_is_a_hint_and_no_condition(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.deny(1001, "read_message_history")
        answer = await rig.discord.use("subscribe")

        assert "*Read Message History*" in answer.text
        await only(rig)


@pytest.mark.parametrize("command", ["subscribe", "subscriptions", "unsubscribe"])
async def test_changing_a_server_needs_manage_server(tmp_path: Path, command: str) -> None:
    async with discord_rig(tmp_path) as rig:
        theirs = await rig.store.add_subscription(a_new_subscription("1001"), NOON)
        options = {"subscription": str(theirs.id)} if command == "unsubscribe" else {}
        answer = await rig.discord.use(command, permissions=0, **options)

        assert "*Manage Server*" in answer.text
        assert await rig.store.subscriptions() == [theirs]


@pytest.mark.parametrize("command", ["subscribe", "subscriptions", "unsubscribe"])
async def test_we_check_manage_server_ourselves_where_a_server_opened_the_command(
    tmp_path: Path, command: str
) -> None:
    async with discord_rig(tmp_path) as rig:
        rig.discord.desk.commands[command]["default_member_permissions"] = None
        options = {"subscription": "1"} if command == "unsubscribe" else {}
        answer = await rig.discord.use(command, permissions=BITS["send_messages"], **options)

        assert "*Manage Server*" in answer.text
        assert answer.messages[-1]["flags"] & EPHEMERAL
        assert await rig.store.subscriptions() == []


# ---------------------------------------------------------------- ending and listing


async def test_unsubscribe_offers_this_servers_subscriptions_by_name_and_ends_the_one_picked(
    tmp_path: Path,
) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.store.add_subscription(
            a_new_subscription("9999", server="600", platforms=frozenset({"Udio"})), NOON
        )
        await rig.discord.use("subscribe", platform="Suno")
        await rig.discord.use("subscribe", topic="Lawsuits")

        choices = await rig.discord.complete("unsubscribe", "subscription", "")
        assert [choice["name"] for choice in choices] == ["#ai-policy: Lawsuits", "#ai-policy: Suno"]
        answer = await rig.discord.use("unsubscribe", subscription=choices[1]["value"])

        assert "No longer for <#1001>: **Suno**" in answer.text
        left = await rig.store.subscriptions(server="500")
        assert [one.topics for one in left] == [{Topic.LAWSUIT}]


async def test_unsubscribe_takes_a_name_typed_out(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.discord.use("subscribe", platform="Suno")
        await rig.discord.use("subscribe", platform="Udio")
        await rig.discord.use("unsubscribe", subscription="udio")

        assert (await only(rig)).platforms == {"Suno"}


async def test_another_servers_subscription_cannot_be_ended(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        theirs = await rig.store.add_subscription(a_new_subscription("9999", server="600"), NOON)
        answer = await rig.discord.use("unsubscribe", subscription=str(theirs.id))

        assert "found no subscription" in answer.text
        await only(rig)


async def test_people_without_the_right_are_offered_no_subscriptions(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.discord.use("subscribe")
        payload, answer = rig.discord.desk.call(
            "unsubscribe",
            {"subscription": ""},
            guild=500,
            channel=1001,
            permissions=BITS["administrator"],
            focused="subscription",
        )
        payload["member"]["permissions"] = "0"
        await rig.discord.gateway.dispatch("INTERACTION_CREATE", payload)
        await answer.wait()

        assert answer.choices == []


async def test_a_server_with_nothing_is_told_how_to_begin(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        assert "/subscribe" in (await rig.discord.use("subscriptions")).text


async def test_a_long_list_comes_in_pages_of_ten_that_buttons_turn(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        for n in range(23):
            await rig.store.add_subscription(
                a_new_subscription(f"20{n:02}", platforms=frozenset({"Suno"})), NOON
            )
        answer = await rig.discord.use("subscriptions")
        assert answer.text.count("Suno") == 10
        assert "page 1 of 3" in answer.text

        for button in ("next", "previous", "next", "next"):
            answer = turned = await rig.discord.press(answer, button)
        assert turned.text.count("Suno") == 3
        assert "page 3 of 3" in turned.text
        (_, row) = turned.messages[-1]["components"]
        assert [button["disabled"] for button in row["components"]] == [False, True]


async def test_more_subscriptions_than_discord_shows_are_still_found_by_typing(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        for n in range(40):
            new = a_new_subscription(f"20{n:02}", destination_name=f"#channel-{n:02}")
            await rig.store.add_subscription(new, NOON)

        assert len(await rig.discord.complete("unsubscribe", "subscription", "")) == 25
        (choice,) = await rig.discord.complete("unsubscribe", "subscription", "channel-03")
        assert choice["name"] == "#channel-03: everything"
