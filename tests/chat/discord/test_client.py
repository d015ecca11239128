"""The client: logs in, stays connected through what Discord does, registers commands only when they changed."""

import asyncio
import logging
from pathlib import Path

import aiohttp
import pytest
from aiohttp import TraceRequestExceptionParams
from multidict import CIMultiDict
from yarl import URL

from bot.chat.discord.client import INTENTS, INVITE_PERMISSIONS, _raise_reset, invite_link
from bot.chat.discord.tree import REMEMBERED
from bot.errors import ConfigError, SinkError
from tests.fake_discord import FAKE_TOKEN
from tests.fake_discord.interactions import EPHEMERAL
from tests.fake_discord.rig import a_shipment, discord_rig, until


class BrokenStore:
    """A store whose disk is gone."""

    async def subscriptions(self, **_: object) -> list[object]:
        raise RuntimeError("disk on fire")


async def test_it_asks_for_no_privileged_intent_and_no_more_rights_than_it_needs(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        (session,) = rig.discord.gateway.live

        assert session.intents == INTENTS.value == 1
    assert INVITE_PERMISSIONS.value == 309237730304
    assert "permissions=309237730304" in invite_link(900)
    assert "scope=bot+applications.commands" in invite_link(900)


async def test_commands_are_registered_once_and_again_only_when_they_changed(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        assert len(rig.discord.desk.syncs) == 1
        rig.runs[0].cancel()
        await asyncio.gather(*rig.runs, return_exceptions=True)
        rig.start()
        await rig.ready()
        assert len(rig.discord.desk.syncs) == 1

        await rig.store.set_setting(REMEMBERED, "of another version")
        rig.runs[1].cancel()
        await asyncio.gather(*rig.runs, return_exceptions=True)
        rig.start()
        await rig.ready()
        assert len(rig.discord.desk.syncs) == 2


async def test_what_discord_will_not_register_is_tried_again_at_the_next_start(tmp_path: Path) -> None:
    async with discord_rig(tmp_path, start=False) as rig:
        rig.discord.fail("PUT", "/commands", status=403, code=50001)
        rig.start()
        await rig.ready()

        assert await rig.store.setting(REMEMBERED) is None
        await rig.sink.send(a_shipment())


async def test_every_command_says_where_it_may_be_used_and_installed(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        (commands,) = rig.discord.desk.syncs

        where = {command["name"]: (command["contexts"], command["integration_types"]) for command in commands}
        managers = {command["name"] for command in commands if command["default_member_permissions"] == 32}

        assert managers == {"setup", "settings", "check"}
        for name, place in where.items():
            assert place == (([0], [0]) if name in managers else ([0, 1, 2], [0, 1])), name
        options = [option for command in commands for option in command["options"]]
        assert all(option["description"] not in ("", "…") for option in options)


async def test_whoever_waits_for_discord_is_told_each_time_it_is_ready(tmp_path: Path) -> None:
    async with discord_rig(tmp_path, start=False) as rig:
        told: list[bool] = []
        rig.client.when_ready = lambda: told.append(rig.sink.is_ready())
        rig.start()
        await until(lambda: told == [True])
        await rig.discord.gateway.invalidate()

        await until(lambda: len(told) > 1)

        assert told == [True, True]


# ---------------------------------------------------------------- staying connected


async def test_a_lost_connection_is_resumed_and_what_was_missed_arrives(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        rig.discord.gateway.cut()
        answer = await rig.discord.use("about")

        assert "Smallprint" in answer.text
        assert (rig.discord.gateway.identifies, rig.discord.gateway.resumes) == (1, 1)


async def test_discord_asking_to_reconnect_is_followed(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.discord.gateway.close(4000)
        await rig.discord.gateway.wait_for(resumes=1)

        assert "Smallprint" in (await rig.discord.use("about")).text


async def test_an_invalid_session_is_begun_anew_at_the_address_we_were_given(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.discord.gateway.invalidate()
        await rig.discord.gateway.wait_for(identifies=2)

        assert "Smallprint" in (await rig.discord.use("about")).text


@pytest.mark.parametrize(
    ("event", "payload"),
    [
        ("CHANNEL_CREATE", {"id": "5", "type": 0, "guild_id": "500"}),
        ("GUILD_CREATE", {"nothing": "of use"}),
        ("GUILD_ROLE_UPDATE", {"guild_id": "500"}),
        ("INTERACTION_CREATE", {"id": "1"}),
        ("THREAD_CREATE", None),
        ("NEVER_HEARD_OF", {"a": 1}),
    ],
)
async def test_a_malformed_event_is_passed_over_and_the_bot_lives(
    tmp_path: Path, event: str, payload: object
) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.discord.gateway.dispatch(event, payload)

        assert "Smallprint" in (await rig.discord.use("about")).text
        assert not rig.runs[0].done()


async def test_a_broken_gateway_ends_the_run_and_the_next_run_serves_the_same_sink(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.discord.gateway.send_raw("this is not JSON")
        with pytest.raises(ValueError):
            await rig.runs[0]
        assert not rig.sink.is_ready()

        rig.start()
        await rig.ready()
        await rig.sink.send(a_shipment())
        assert len(rig.discord.messages()) == 1
        assert "Smallprint" in (await rig.discord.use("about")).text


async def test_a_send_between_two_runs_is_tried_again_later(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.discord.gateway.send_raw("this is not JSON")
        await asyncio.gather(*rig.runs, return_exceptions=True)
        with pytest.raises(SinkError) as caught:
            await rig.sink.send(a_shipment())

        assert not caught.value.permanent


async def test_a_wrong_token_says_which_setting_and_what_to_do(tmp_path: Path) -> None:
    async with discord_rig(tmp_path, start=False) as rig:
        with pytest.raises(ConfigError) as caught:
            await rig.start("fake-but-wrong")

        assert caught.value.where == "SMALLPRINT_DISCORD_TOKEN"
        assert "Reset Token" in caught.value.fix
        assert "fake-but-wrong" not in str(caught.value)


async def test_a_token_withdrawn_while_connected_says_so_too(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.discord.gateway.close(4004)
        with pytest.raises(ConfigError):
            await rig.runs[0]


async def test_an_unreachable_discord_is_one_plain_error(tmp_path: Path) -> None:
    async with discord_rig(tmp_path, start=False) as rig:
        await rig.discord.stop_listening()
        with pytest.raises(SinkError, match="cannot be reached"):
            await rig.start()


async def test_a_connection_that_discord_ends_for_good_is_one_plain_error(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        await rig.discord.gateway.close(4012)
        with pytest.raises(SinkError, match="4012"):
            await rig.runs[0]


async def test_a_gateway_that_will_not_end_does_not_hold_up_a_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.chat.discord.client.HANG_UP_SECONDS", 0.01)
    async with discord_rig(tmp_path) as rig:
        socket = rig.client.get_shard(0)
        assert socket is not None
        monkeypatch.setattr(socket._parent.ws, "close", lambda code: asyncio.Event().wait())
        heartbeat = socket._parent.ws._keep_alive
        assert heartbeat is not None
        heartbeat.stop()
        rig.runs[0].cancel()
        with pytest.raises(asyncio.CancelledError):
            await rig.runs[0]


async def test_servers_that_invite_us_and_leave_are_followed_without_a_restart(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        rig.discord.add_guild(600, "Another label")
        channel = rig.discord.add_channel("news", guild=600)
        await rig.discord.gateway.dispatch(
            "GUILD_CREATE", rig.discord.world.guild_payload(rig.discord.world.guilds[600])
        )
        await until(lambda: rig.client.get_channel(channel) is not None)
        await rig.sink.send(a_shipment(channel))
        await rig.discord.gateway.dispatch("GUILD_DELETE", {"id": "600"})
        await until(lambda: rig.client.get_guild(600) is None)

        assert len(rig.discord.messages(channel)) == 1


async def test_a_reset_connection_is_not_taken_for_a_reason_to_post_again(tmp_path: Path) -> None:
    # On macOS and Windows discord.py repeats a request after these error numbers.
    async with discord_rig(tmp_path) as rig:
        reset = TraceRequestExceptionParams(
            "POST", URL(f"{rig.discord.api_url}/channels/1/messages"), CIMultiDict(), OSError(54, "reset")
        )
        with pytest.raises(aiohttp.ClientConnectionError):
            await _raise_reset(None, None, reset)  # type: ignore[arg-type]


async def test_stopping_leaves_nothing_open(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        rig.runs[0].cancel()
        await asyncio.gather(*rig.runs, return_exceptions=True)
        await until(lambda: not rig.discord.gateway.live)

        assert rig.client.is_closed()


# ---------------------------------------------------------------- when something goes wrong


async def test_an_unforeseen_error_is_one_private_sentence_without_its_name(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        object.__setattr__(rig.client.desk, "store", BrokenStore())
        answer = await rig.discord.use("subscriptions")

        assert answer.messages[-1]["flags"] & EPHEMERAL
        assert "Something went wrong on my side" in answer.text
        assert answer.id in answer.text
        for secret in ("disk on fire", "RuntimeError", "Traceback"):
            assert secret not in answer.text


async def test_an_answer_that_discord_no_longer_takes_does_no_harm(tmp_path: Path) -> None:
    async with discord_rig(tmp_path) as rig:
        gone = rig.discord.fail("POST", "/callback", status=404, code=10062, times=2)
        payload, _ = rig.discord.desk.call("about", {}, guild=500, channel=1001, permissions=0)
        await rig.discord.gateway.dispatch("INTERACTION_CREATE", payload)
        await until(lambda: gone.seen == 2)

        assert "Smallprint" in (await rig.discord.use("about")).text


async def test_the_token_is_never_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with discord_rig(tmp_path) as rig:
        await rig.sink.send(a_shipment())
        rig.discord.fail("POST", "/messages", status=401)
        with pytest.raises(SinkError) as caught:
            await rig.sink.send(a_shipment(key="another"))
        rig.discord.gateway.cut()
        await rig.discord.gateway.wait_for(resumes=1)

    assert "discord" in {record.name.split(".")[0] for record in caplog.records}
    assert FAKE_TOKEN not in caplog.text + str(caught.value)
