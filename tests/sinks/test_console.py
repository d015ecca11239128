"""What a person sees in the terminal when no account is set up."""

import pytest

from bot.errors import SinkError, SinkScope
from bot.model import Delivery, DeliveryState, Link, Message, MessageKind, Receipt, Shipment, SinkKind, Turn
from bot.sinks.console import ConsoleSink
from tests.builders import NOON, a_destination, a_message


def a_shipment(message: Message | None = None, key: str = "key-1", roles: tuple[str, ...] = ()) -> Shipment:
    destination = a_destination(sink=SinkKind.CONSOLE, address="terminal", name="terminal", server=None)
    delivery = Delivery(
        1,
        key,
        destination,
        message or a_message(),
        roles,
        DeliveryState.SENDING,
        created_at=NOON,
        due_at=NOON,
    )
    return Shipment(delivery)


async def printed(message: Message, *forms: str, width: int = 72, roles: tuple[str, ...] = ()) -> str:
    pages: list[str] = []
    await ConsoleSink(pages.append, width, forms or ("discord", "mastodon")).send(
        a_shipment(message, roles=roles)
    )
    assert len(pages) == 1
    return pages[0]


async def test_a_message_is_shown_as_on_discord_and_as_on_mastodon() -> None:
    page = await printed(
        a_message(kind=MessageKind.UPDATE, turn=Turn.RULING, to_do="Read section 4."), roles=("123",)
    )

    assert page == (
        "── Discord ─────────────────────────────────────────────────────────────\n"
        "@role 123\n"
        "▌ Update (ruling): Platform adds AI-training clause to its terms\n"
        "▌ https://gazette.example/clause\n"
        "▌\n"
        "▌ Gazette reports that the terms now allow training.\n"
        "▌\n"
        "▌ The wording\n"
        "▌   “may be used to inform, train or develop”\n"
        "▌\n"
        "▌ What you can do\n"
        "▌ Read section 4.\n"
        "▌\n"
        "▌ Source\n"
        "▌ Gazette\n"
        "▌ 2025-05-09 12:00 UTC\n"
        "▌\n"
        "▌ SoundCloud · Terms and training · sabcdefghij-1\n"
        "\n"
        "── Mastodon ────────────────────────────────────────────────────────────\n"
        "https://gazette.example/clause\n"
        "\n"
        "Update (ruling): Platform adds AI-training clause to its terms\n"
        "\n"
        "Gazette reports that the terms now allow training.\n"
        "\n"
        "The wording: “may be used to inform, train or develop”\n"
        "\n"
        "What you can do: Read section 4.\n"
        "\n"
        "#MusicAI #SoundCloud\n"
        "\n"
        "(251 characters, language en)\n"
        "\n"
    )


async def test_the_plain_form_names_all_sources() -> None:
    sources = (
        Link("Gazette", "https://gazette.example/clause"),
        Link("Beatwire", "https://beatwire.example/b"),
    )

    page = await printed(a_message(sources=sources, developing=True, other_side="It denies."), "plain")

    assert "from Gazette, Beatwire" in " ".join(page.split())
    assert "The other side: It denies." in page
    assert "Developing: one outlet so far." in page


@pytest.mark.parametrize("width", [24, 40, 80, 200])
async def test_no_line_is_wider_than_the_terminal_but_for_links(width: int) -> None:
    page = await printed(a_message(what="word " * 90), "discord", "mastodon", "plain", width=width)

    assert all(len(line) <= width for line in page.split("\n") if "https://" not in line)


async def test_signs_in_feed_text_are_shown_as_they_are() -> None:
    page = await printed(a_message(r"*Star* [x](y) \o/ <b> @everyone_"), "discord", "plain")

    assert page.count(r"*Star* [x](y) \o/ <b> @everyone_") == 2


async def test_control_characters_of_a_feed_never_reach_the_terminal() -> None:
    page = await printed(a_message("Red \x1b[31malert\x07 \u202egnp"), "discord", "mastodon", "plain")

    assert not set(page) & set("\x1b\x07\u202e\u200b")


async def test_a_run_knows_what_it_printed_and_nothing_of_other_runs() -> None:
    pages: list[str] = []
    sink = ConsoleSink(pages.append)

    receipt = await sink.send(a_shipment())

    assert await sink.find(a_shipment()) == receipt == Receipt("key-1")
    assert await sink.find(a_shipment(key="key-2")) is None
    assert await ConsoleSink(pages.append).find(a_shipment()) is None


async def test_what_could_not_be_written_is_not_counted_as_printed() -> None:
    def closed(_text: str) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    sink = ConsoleSink(closed)

    with pytest.raises(SinkError) as caught:
        await sink.send(a_shipment())
    assert (caught.value.scope, caught.value.unclear) == (SinkScope.SINK, False)
    assert await sink.find(a_shipment()) is None


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(ValueError, match="telegram"):
        ConsoleSink(print, forms=("telegram",))


async def test_a_console_is_always_ready() -> None:
    sink = ConsoleSink(print)

    assert sink.is_ready()
    assert sink.kind is SinkKind.CONSOLE
    await sink.close()


async def test_a_corrected_post_is_printed_as_it_reads_now() -> None:
    pages: list[str] = []
    wrong = a_message("It was wrong", revision=2, correction="The date was wrong.")

    await ConsoleSink(pages.append, 72, ("plain",)).edit(a_shipment(wrong))

    assert pages[0].startswith("Edited post (revision 2):\n")
    assert "It was wrong" in pages[0]


async def test_a_further_outlet_is_one_line_and_no_second_post() -> None:
    pages: list[str] = []
    both = (Link("Gazette", "https://gazette.example/1"), Link("Herald", "https://herald.example/1"))

    await ConsoleSink(pages.append, 72).edit(a_shipment(a_message("A clause", revision=2, sources=both)))

    assert pages == ["The post “A clause” now names Gazette, Herald.\n\n"]
