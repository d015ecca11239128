"""What messages say after a correction."""

from bot.logic.messages.corrections import Correction, corrected, restored
from bot.model import DigestItem, Message, MessageKind, Topic
from tests.builders import NOON, a_message

WRONG = a_message("The wrong one", quote="as they said", speaker="Ann Ode", revision=3)


def the_only(correction: Correction, message: Message = WRONG) -> Message:
    [revision] = corrected([message], correction)
    assert revision.former == message
    return revision.message


def an_item(story_id: str, n: int = 1) -> DigestItem:
    return DigestItem(story_id, n, "The wrong one", "", "", Topic.LAWSUIT, "Lawsuits", (), (), NOON)


def test_only_what_is_named_changes_and_the_reason_is_told() -> None:
    newer = the_only(Correction("sabcdefghij", "It was another platform.", headline="The right one"))

    assert (newer.headline, newer.what, newer.quote) == ("The right one", WRONG.what, WRONG.quote)
    assert (newer.speaker, newer.correction, newer.revision) == ("Ann Ode", "It was another platform.", 4)


def test_other_words_are_nobodys_quotation_and_an_empty_one_is_taken_out() -> None:
    assert the_only(Correction("sabcdefghij", "Misquoted.", quote="other words")).speaker == ""
    assert the_only(Correction("sabcdefghij", "Misquoted.", quote="")).quote == ""
    assert the_only(Correction("sabcdefghij", "No change.", quote="as they said")).speaker == "Ann Ode"


def test_other_editions_of_the_story_say_that_it_was_wrong_in_their_own_words() -> None:
    update = a_message("An update", n=2, kind=MessageKind.UPDATE)

    newer = the_only(Correction("sabcdefghij", "It was wrong.", headline="The right one"), update)

    assert (newer.headline, newer.correction) == ("An update", "It was wrong.")


def test_a_digest_is_corrected_where_it_tells_the_story_and_left_alone_where_it_does_not() -> None:
    items = (an_item("sabcdefghij"), an_item("sabcdefghij", 2), an_item("sother"))
    digest = a_message("", story_id="digest-1", kind=MessageKind.DIGEST, items=items)
    correction = Correction("sabcdefghij", "It was wrong.", headline="The right one")

    newer = the_only(correction, digest)

    assert [item.headline for item in newer.items] == ["The right one", "The wrong one", "The wrong one"]
    assert newer.correction == "It was wrong."
    assert corrected([a_message("", kind=MessageKind.DIGEST, items=(an_item("sother"),))], correction) == ()


def test_what_is_taken_back_has_the_former_words_and_the_outlets_of_today() -> None:
    newer = the_only(Correction("sabcdefghij", "Wrong.", headline="Even more wrong"))

    back = restored(newer, WRONG, "The first one was right.").message

    assert (back.headline, back.correction, back.revision) == ("The wrong one", "The first one was right.", 5)
