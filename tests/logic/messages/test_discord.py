"""The embed a community reads, mostly on a phone."""

import re
from dataclasses import replace

import pytest

from bot.logic.messages.discord import Card, CardField, render_post
from bot.model import Deadline, DigestItem, Link, Message, MessageKind, Topic, Turn
from bot.words import LANGUAGES, words
from tests.builders import NOON, a_message
from tests.limits import check_content, check_embed, check_embeds


def card_of(message: Message, lang: str = "en") -> Card:
    [card] = render_post(message, words(lang)).cards
    return card


def test_a_card_tells_the_news_first_and_its_sources_last() -> None:
    post = render_post(
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
        words("en"),
        roles=("20", "30"),
    )

    [card] = post.cards
    check_embed(card.embed())
    check_content(post.content)
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
            "Sources",
            "[Gazette](https://gazette.example/a_%28b%29) · [Beatwire](https://beatwire.example/)\n-# <t:1746792000:f>",
        ),
    )
    assert card.footer == "SoundCloud · Terms and training · sabcdefghij-1"
    assert (post.content, card.colour) == ("<@&20> <@&30>", 0x4455AA)


def test_the_embed_is_in_the_shape_that_discord_takes() -> None:
    embed = card_of(a_message()).embed()

    assert embed["url"] == "https://gazette.example/clause"
    assert embed["fields"] == [
        {
            "name": "Source",
            "value": "[Gazette](https://gazette.example/clause)\n-# <t:1746792000:f>",
            "inline": False,
        }
    ]


def test_a_clause_without_a_speaker_speaks_for_itself() -> None:
    described = card_of(a_message(speaker="")).description
    assert "\n\n**The wording**\n> “" in described
    assert "—" not in described


def test_nobody_is_mentioned_unless_a_role_was_asked_for() -> None:
    assert render_post(a_message(), words("en")).content == ""
    assert render_post(a_message(), words("en"), ("everyone", "12x", "١٢", "")).content == ""


def test_empty_parts_leave_no_traces() -> None:
    card = card_of(a_message(what="", quote="", sources=(), platforms=(), topic_label=""))

    check_embed(card.embed())
    assert (card.description, card.fields) == ("", ())
    assert card.footer == "Terms and training · sabcdefghij-1"
    assert "description" not in card.embed()
    assert "fields" not in card.embed()


def test_a_story_whose_address_is_no_web_address_has_a_title_without_a_link() -> None:
    card = card_of(a_message(url="javascript:alert(1)"))

    assert card.url is None
    assert "url" not in card.embed()


def test_sources_beyond_the_field_are_counted() -> None:
    sources = tuple(Link(f"Outlet {n}", f"https://outlet-{n}.example/" + "a" * 80) for n in range(30))

    [field] = [field for field in card_of(a_message(sources=sources)).fields if field.name == "Sources"]

    shown = field.value.count("](")
    assert f" · and {30 - shown} more\n" in field.value
    assert 5 < shown < 30


def test_a_long_quotation_ends_in_an_ellipsis_inside_its_marks() -> None:
    card = card_of(a_message(quote="these are the very words " * 100))

    check_embed(card.embed())
    assert re.search(r"“these are .* (these|are|the|very|words)…”$", card.description)


def test_headings_and_mentions_in_feed_text_are_only_letters() -> None:
    card = card_of(a_message("# @everyone **now**", what="> quoted\n-# small [x](https://evil.example)"))

    assert card.title == "\\# @\u200beveryone \\*\\*now\\*\\*"
    assert card.description.startswith("\\> quoted -# small \\[x\\](evil.example)")


def an_item(n: int = 1, **changes: object) -> DigestItem:
    values: dict[str, object] = {
        "story_id": f"sabcdefghi{'abcdefghijklmnopqrstuvwxyz'[n % 26]}",
        "n": 1,
        "headline": f"Platform number {n} changes its terms",
        "url": f"https://gazette.example/{n}",
        "what": "Gazette reports that the terms now allow training.",
        "topic": Topic.LAWSUIT,
        "topic_label": "Lawsuits",
        "platforms": ("Suno", "Udio", "Klay"),
        "sources": (
            Link("Gazette", "https://gazette.example/"),
            Link("Beatwire", "https://beatwire.example/"),
        ),
        "happened_at": NOON,
    }
    return DigestItem(**(values | changes))  # type: ignore[arg-type]


def a_digest(*items: DigestItem, **changes: object) -> Message:
    values = {"kind": MessageKind.DIGEST, "items": items, "quote": "", "what": "", "sources": (), "url": ""}
    return a_message("", **(values | changes))


def test_a_digest_gives_each_story_a_card_and_lists_what_is_beyond_them() -> None:
    post = render_post(a_digest(*(an_item(n) for n in range(14))), words("en"))

    check_embeds([card.embed() for card in post.cards])
    assert post.cards[0].title == "14 stories on AI and music"
    assert [card.title for card in post.cards[1:3]] == [
        "Platform number 0 changes its terms",
        "Platform number 1 changes its terms",
    ]
    assert post.cards[1].footer == "Suno, Udio and 1 more · Lawsuits · Gazette, Beatwire"
    assert post.cards[-1].title == "Also"
    assert post.cards[-1].description.count("• [Platform number") == 6
    assert post.cards[-1].footer == "sabcdefghij-1"
    assert len(post.cards) == 10


def test_a_digest_of_endless_stories_stays_within_what_all_cards_may_have_together() -> None:
    nasty = [
        an_item(
            n,
            headline="_*`[ " * 99,
            what="_*` " * 400,
            url="https://a.example/" + "b" * 900,
            platforms=("X" * 90,) * 9,
            sources=(Link("_" * 99, "https://a.example/"),) * 30,
        )
        for n in range(200)
    ]

    post = render_post(a_digest(*nasty), words("pt-BR"))

    check_embeds([card.embed() for card in post.cards])
    assert post.cards[-1].footer.endswith("sabcdefghij-1")
    assert "e mais" in post.cards[-1].description


def test_a_digest_of_one_story_says_one() -> None:
    post = render_post(a_digest(an_item()), words("de"))

    assert post.cards[0].title == "1 Meldung zu KI und Musik"
    assert post.cards[-1].footer.endswith(" · sabcdefghij-1")


CLAUSE = a_message(
    quote="may be used to train models",
    replaced="may be used to run the service",
    facts=("Seen on 7 February 2024", "Clause 4.2"),
    deadline=Deadline(NOON, "opt-out", "Opt out before 9 May.", 1),
)


def test_a_clause_shows_its_new_and_its_old_words_and_the_day_by_everybodys_own_clock() -> None:
    card = card_of(CLAUSE)

    assert (
        "**Now**\n> “may be used to train models”\n\n**Before**\n> “may be used to run the service”"
        in card.description
    )
    assert "-# Seen on 7 February 2024\n-# Clause 4.2" in card.description
    assert (
        CardField(
            "Deadline",
            "Opt-out ends: **<t:1746792000:D>** (<t:1746792000:R>)\n> “Opt out before 9 May.”",
        )
        in card.fields
    )


def test_a_reminder_begins_with_the_day() -> None:
    card = card_of(replace(CLAUSE, kind=MessageKind.REMINDER))

    assert card.title == "Reminder: Platform adds AI-training clause to its terms"
    assert card.description.startswith("Opt-out ends: **<t:1746792000:D>**")
    assert not [field for field in card.fields if field.name == "Deadline"]


def test_a_correction_is_the_first_thing_that_is_read() -> None:
    card = card_of(a_message(correction="It was 2024, not 2025.", revision=2))

    assert card.description.startswith("**Corrected:** It was 2024, not 2025.\n\n")


def test_a_notice_keeps_its_lines_and_says_whom_it_is_from() -> None:
    card = card_of(
        a_message(
            "A channel is closed", kind=MessageKind.NOTICE, what="One.\nTwo @everyone.", quote="", sources=()
        )
    )

    assert card.description == "One.\nTwo @\u200beveryone."
    assert card.footer == "From the bot · sabcdefghij-1"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", MessageKind)
def test_the_fullest_message_of_every_kind_is_within_the_limits_in_every_language(
    kind: MessageKind, lang: str
) -> None:
    long = "_*` word " * 700
    message = a_message(
        long, kind=kind, turn=Turn.EFFECT_DATE, what=long, quote=long, replaced=long, speaker=long, other_side=long,
        open_question=long, to_do=long, correction=long, facts=(long,) * 9, developing=True, topic_label=long,
        deadline=Deadline(NOON, "consultation", long, 1), platforms=(long,) * 9,
        sources=tuple(Link(long, f"https://outlet-{n}.example/" + "a" * 300) for n in range(40)),
        items=tuple(an_item(n, headline=long, what=long) for n in range(30)),
    )  # fmt: skip

    post = render_post(message, words(lang), ("1" * 19,) * 100)

    check_embeds([card.embed() for card in post.cards])
    check_content(post.content)
    assert post.cards[-1].footer.endswith(message.mark)


def test_our_own_words_come_in_the_destinations_language_and_the_sources_words_do_not() -> None:
    card = card_of(a_message(kind=MessageKind.UPDATE, turn=Turn.DENIAL, to_do="Set the tag."), "de")

    assert card.title == "Neu (Dementi): Platform adds AI-training clause to its terms"
    assert CardField("Was du tun kannst", "Set the tag.") in card.fields
    assert card.footer == "SoundCloud · AGB und Training · sabcdefghij-1"


def test_what_to_do_links_to_those_whom_the_story_is_about_and_to_nobody_else() -> None:
    card = card_of(
        a_message(
            url="https://www.tonebarn.example/terms",
            to_do="Say no here: https://help.tonebarn.example/ai/no. Or so: https://evil.example/tonebarn.example @everyone",
        )
    )

    [told] = [field.value for field in card.fields if field.name == "What you can do"]
    assert told == (
        "Say no here: [help.tonebarn.example/ai/no](https://help.tonebarn.example/ai/no). "
        "Or so: evil.example/tonebarn.example @\u200beveryone"
    )


def test_a_link_of_another_house_under_the_same_ending_stays_words() -> None:
    card = card_of(a_message(url="https://tonebarn.co.example/x", to_do="See https://evil.co.example/x now"))

    assert CardField("What you can do", "See evil.co.example/x now") in card.fields
