"""From the invitation to the first subscription without typing, and what people do with a subscription later."""

from datetime import timedelta
from pathlib import Path

from bot.model import SinkKind, Topic, Urgency
from tests.builders import NOON, a_new_subscription
from tests.chat.discord.telling import tell
from tests.fake_discord.interactions import EPHEMERAL
from tests.fake_discord.rig import discord_rig, until
from tests.fake_discord.world import BITS


async def test_one_command_and_one_click_are_enough_to_begin(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await tell(rig.store, "Suno is sued by a label", Topic.LAWSUIT, "Suno", after=timedelta(hours=-1))
        panel = await rig.discord.use("setup")
        assert panel.messages[-1]["flags"] & EPHEMERAL
        assert "1 story" in panel.text

        done = await rig.discord.press(panel, "start")

        assert "Done. From now on <#1001>" in done.text
        (made,) = await rig.store.subscriptions(server="500")
        assert (made.destination.address, made.urgency, made.asked_by) == ("1001", Urgency.NOW, "42")


async def test_every_choice_of_the_panel_ends_in_the_subscription(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        role = rig.discord.add_role("news")
        news = await rig.channel("announcements", "news")
        panel = await rig.discord.use("setup")
        panel = await rig.discord.press(panel, "channel", str(news))
        panel = await rig.discord.press(panel, "platforms", "Suno", "Udio")
        panel = await rig.discord.press(panel, "topics", "lawsuit")
        panel = await rig.discord.press(panel, "urgency", "weekly")
        form = await rig.discord.press(panel, "words")
        panel = await rig.discord.submit(
            form, include="training, voice", exclude="podcast", time="7:30", zone="berlin", quiet="22:00-6:00"
        )
        assert "07:30 (Europe/Berlin)" in panel.text
        panel = await rig.discord.press(panel, "more")
        panel = await rig.discord.press(panel, "role", str(role))
        panel = await rig.discord.press(panel, "threads", "thread")
        panel = await rig.discord.press(panel, "reminders-on")
        panel = await rig.discord.press(panel, "back")
        await rig.discord.press(panel, "start")

        (made,) = await rig.store.subscriptions()
        assert made.destination.address == str(news)
        assert (made.platforms, made.topics) == ({"Suno", "Udio"}, {Topic.LAWSUIT})
        assert (made.include, made.exclude) == ({"training", "voice"}, {"podcast"})
        assert (made.urgency, made.role, made.reminders) == (Urgency.WEEKLY, str(role), True)
        assert (made.timing.zone, made.timing.minute, made.timing.quiet) == (
            "Europe/Berlin",
            450,
            (1320, 360),
        )


async def test_a_missing_permission_is_named_before_the_panel_ends(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        closed = await rig.channel("closed")
        await rig.deny(closed, "send_messages")
        panel = await rig.discord.press(await rig.discord.use("setup"), "channel", str(closed))
        assert "*Send Messages*" in panel.text

        still = await rig.discord.press(panel, "start")

        assert "*Send Messages*" in still.text
        assert await rig.store.subscriptions() == []


async def test_a_form_that_cannot_be_understood_says_how_to_write_it(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        form = await rig.discord.press(await rig.discord.use("setup"), "words")

        answer = await rig.discord.submit(form, quiet="whenever")

        assert "22:00-07:00" in answer.text


async def test_a_button_of_a_former_run_says_that_it_is_over(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        # What a panel of yesterday's run carries: an id that this run never gave.
        message = rig.discord.world.message_payload(rig.discord.world.places[1001], {"content": "old"}, 77)
        old = message | {
            "components": [{"type": 1, "components": [{"type": 2, "custom_id": "live:1:start"}]}]
        }
        answer = await rig.discord.click(old, "live:1:start")

        assert "no longer work" in answer.text


async def test_the_welcome_button_opens_the_set_up_after_a_restart_too(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        greeting = {
            "id": "77",
            "channel_id": "1001",
            "components": [],
            "content": "",
            "author": {"id": "900"},
        }
        message = rig.discord.world.message_payload(rig.discord.world.places[1001], {"content": "hello"}, 77)

        panel = await rig.discord.click(message | {"components": greeting["components"]}, "setup:open")

        assert "<#1001> gets **everything**" in panel.text


# ---------------------------------------------------------------- the list


async def test_a_subscription_is_paused_resumed_moved_and_deleted_with_undo(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        other = await rig.channel("other")
        held = await rig.store.add_subscription(a_new_subscription(platforms=frozenset({"Suno"})), NOON)
        shown = await rig.discord.press(await rig.discord.use("subscriptions"), "subscription", str(held.id))

        shown = await rig.discord.press(shown, "pause")
        assert (await rig.store.subscriptions())[0].paused_at is not None
        shown = await rig.discord.press(shown, "resume")
        assert (await rig.store.subscriptions())[0].paused_at is None

        shown = await rig.discord.press(await rig.discord.press(shown, "move"), "channel", str(other))
        assert [each.destination.address for each in await rig.store.subscriptions()] == [str(other)]

        shown = await rig.discord.press(shown, "delete")
        assert await rig.store.subscriptions() == []
        shown = await rig.discord.press(shown, "undo")
        (again,) = await rig.store.subscriptions()
        assert (again.platforms, again.destination.address) == ({"Suno"}, str(other))


async def test_editing_opens_the_panel_with_what_holds_and_saves_the_change(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        held = await rig.store.add_subscription(a_new_subscription(platforms=frozenset({"Suno"})), NOON)
        shown = await rig.discord.press(await rig.discord.use("subscriptions"), "subscription", str(held.id))
        panel = await rig.discord.press(shown, "edit")
        assert "Suno" in panel.text

        panel = await rig.discord.press(panel, "urgency", "daily")
        saved = await rig.discord.press(panel, "save")

        assert "Saved" in saved.text
        (changed,) = await rig.store.subscriptions()
        assert (changed.id, changed.urgency, changed.platforms) == (held.id, Urgency.DAILY, {"Suno"})


# ---------------------------------------------------------------- for oneself


async def test_in_a_direct_message_a_person_subscribes_themselves(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        answer = await rig.discord.use(
            "subscribe", guild=None, permissions=0, topic="Lawsuits", zone="Europe/Paris"
        )

        assert "your direct messages" in answer.text
        (made,) = await rig.store.subscriptions()
        assert (made.destination.sink, made.destination.address) == (SinkKind.DISCORD, "@42")
        assert (made.destination.server, made.destination.name) == (None, "@ada")
        assert made.destination.is_person
        listed = await rig.discord.use("subscriptions", guild=None, permissions=0)
        assert "Lawsuits" in listed.text
        others = await rig.discord.use("subscriptions", guild=None, permissions=0, user=43)
        assert "nothing from me" in others.text


async def test_the_role_that_a_server_named_may_manage(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        role = rig.discord.add_role("editors")
        await rig.discord.use("settings", role=role, zone="Europe/Berlin")
        payload, answer = rig.discord.desk.call("subscribe", {}, guild=500, channel=1001, permissions=0)
        payload["member"]["roles"] = [str(role)]
        await rig.discord.gateway.dispatch(
            "GUILD_ROLE_CREATE",
            {"guild_id": "500", "role": {"id": str(role), "name": "editors", "permissions": "0", "position": 1,
             "color": 0, "hoist": False, "managed": False, "mentionable": True, "flags": 0}},
        )  # fmt: skip
        await rig.discord.gateway.dispatch("INTERACTION_CREATE", payload)
        await answer.wait()

        assert "Done" in answer.text
        (made,) = await rig.store.subscriptions()
        assert made.timing.zone == "Europe/Berlin"


# ---------------------------------------------------------------- a server comes and goes


async def test_a_channel_whose_right_is_back_goes_on_by_itself(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        held = await rig.store.add_subscription(a_new_subscription(), NOON)
        await rig.deny(1001, "send_messages")
        await rig.store.pause_destination(held.destination.id, "I may not post there.", NOON)

        place = rig.discord.world.places[1001]
        place.denied &= ~BITS["send_messages"]
        await rig.discord.gateway.dispatch("CHANNEL_UPDATE", rig.discord.world.channel_payload(place))
        answer = await rig.discord.use("subscriptions")
        while "Paused" in answer.text:
            answer = await rig.discord.use("subscriptions")

        assert (await rig.store.destinations())[0].paused_at is None


async def test_a_deleted_channel_is_paused_at_once(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        gone = await rig.channel("gone")
        await rig.store.add_subscription(a_new_subscription(str(gone)), NOON)
        payload = rig.discord.world.channel_payload(rig.discord.world.places[gone])
        await rig.discord.gateway.dispatch("CHANNEL_DELETE", payload)
        await until(lambda: rig.client.get_channel(gone) is None)
        answer = await rig.discord.use("check")

        assert "gone" in answer.text
        while (await rig.store.destinations())[0].paused_at is None:
            await rig.discord.use("check")
        assert "deleted" in (await rig.store.destinations())[0].paused_why


async def test_a_server_that_invites_us_is_greeted_once_with_a_button_that_opens_the_set_up(
    tmp_path: Path,
) -> None:
    async with discord_rig(tmp_path) as rig:
        rig.discord.add_guild(600, "New place")
        general = rig.discord.add_channel("general", guild=600)
        invited = rig.discord.world.guild_payload(rig.discord.world.guilds[600]) | {
            "system_channel_id": str(general),
            "preferred_locale": "de",
        }
        # A server that comes back after an outage carries this; one that invites us does not.
        del invited["unavailable"]
        await rig.discord.gateway.dispatch("GUILD_CREATE", invited)
        await until(lambda: bool(rig.discord.messages(general)))

        (greeting,) = rig.discord.messages(general)
        assert "Hallo New place!" in greeting["content"]
        assert greeting["components"][0]["components"][0]["custom_id"] == "setup:open"
        assert (await rig.store.server("600")).welcomed_at is not None

        await rig.discord.gateway.dispatch("GUILD_DELETE", {"id": "600"})
        await until(lambda: rig.client.get_guild(600) is None)
        await rig.discord.gateway.dispatch("GUILD_CREATE", invited)
        await until(lambda: rig.client.get_guild(600) is not None)
        assert len(rig.discord.messages(general)) == 1
