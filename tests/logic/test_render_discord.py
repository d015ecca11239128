"""The embed a community reads, mostly on a phone."""

import re

from bot.logic.render_discord import CardField, render_card
from bot.model import Link, MessageKind, Turn
from tests.builders import NOON, a_message
from tests.limits import check_content, check_embed


def test_a_card_tells_the_news_first_and_its_sources_last() -> None:
    card = render_card(
        a_message(
            "It never trained, it says",
            kind=MessageKind.UPDATE,
            turn=Turn.DENIAL,
            speaker="Its statement",
            other_side="A composer doubts it.",
            open_question="Gazette: Live recordings are not mentioned.",
            to_do="Set the “no AI” tag.",
            developing=True,
            sources=(
                Link("Gazette", "https://gazette.example/a_(b)"),
                Link("Beatwire", "https://beatwire.example/"),
            ),
        ),
        roles=("20", "30"),
    )

    check_embed(card.embed())
    check_content(card.content)
    assert card.title == "Update (denial): It never trained, it says"
    assert card.url == "https://gazette.example/clause"
    assert card.description == (
        "Gazette reports that the terms now allow training.\n\n"
        "> “may be used to inform, train or develop”\n> — Its statement\n\n"
        "*Developing: one outlet so far.*"
    )
    assert card.fields == (
        CardField("The other side", "A composer doubts it."),
        CardField("Still open", "Gazette: Live recordings are not mentioned."),
        CardField("What you can do", "Set the “no AI” tag."),
        CardField(
            "Sources", "[Gazette](https://gazette.example/a_%28b%29) · [Beatwire](https://beatwire.example/)"
        ),
    )
    assert card.footer == "SoundCloud · Terms and training · sabcdefghij-1"
    assert (card.content, card.colour, card.timestamp) == ("<@&20> <@&30>", 0x4455AA, NOON)


def test_the_embed_is_in_the_shape_that_discord_takes() -> None:
    embed = render_card(a_message()).embed()

    assert embed["url"] == "https://gazette.example/clause"
    assert embed["timestamp"] == "2025-05-09T12:00:00+00:00"
    assert embed["fields"] == [
        {"name": "Source", "value": "[Gazette](https://gazette.example/clause)", "inline": False}
    ]


def test_a_clause_without_a_speaker_speaks_for_itself() -> None:
    described = render_card(a_message(speaker="")).description
    assert "\n\nThe wording:\n> “" in described
    assert "—" not in described


def test_nobody_is_mentioned_unless_a_role_was_asked_for() -> None:
    assert render_card(a_message()).content == ""
    assert render_card(a_message(), ("everyone", "12x", "١٢", "")).content == ""


def test_empty_parts_leave_no_traces() -> None:
    card = render_card(a_message(what="", quote="", sources=(), platforms=(), topic_label=""))

    check_embed(card.embed())
    assert (card.description, card.fields, card.footer) == ("", (), "sabcdefghij-1")
    assert "description" not in card.embed()
    assert "fields" not in card.embed()


def test_a_story_whose_address_is_no_web_address_has_a_title_without_a_link() -> None:
    card = render_card(a_message(url="javascript:alert(1)"))

    assert card.url is None
    assert "url" not in card.embed()


def test_sources_beyond_the_field_are_counted() -> None:
    sources = tuple(Link(f"Outlet {n}", f"https://outlet-{n}.example/" + "a" * 80) for n in range(30))

    [field] = [field for field in render_card(a_message(sources=sources)).fields if field.name == "Sources"]

    shown = field.value.count("](")
    assert field.value.endswith(f" · and {30 - shown} more")
    assert 5 < shown < 30


def test_a_long_quotation_ends_in_an_ellipsis_inside_its_marks() -> None:
    card = render_card(a_message(quote="these are the very words " * 100))

    check_embed(card.embed())
    assert re.search(r"“these are .* (these|are|the|very|words)…”$", card.description)


def test_headings_and_mentions_in_feed_text_are_only_letters() -> None:
    card = render_card(a_message("# @everyone **now**", what="> quoted\n-# small [x](https://evil.example)"))

    assert card.title == "\\# @\u200beveryone \\*\\*now\\*\\*"
    assert card.description.startswith("\\> quoted -# small \\[x\\](evil.example)")
