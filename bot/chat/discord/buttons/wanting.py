"""Not relevant, follow this story, mute it here; and taking each back."""

from bot.chat.discord.buttons.answering import PressAnswer, Pressed
from bot.chat.discord.buttons.reading import addresses
from bot.errors import RefusedError
from bot.flows.people import readers
from bot.logic.messages.buttons import undo
from bot.model import Destination, SinkKind
from bot.words import spoken


async def irrelevant(pressed: Pressed) -> PressAnswer:
    await pressed.story()
    store, clock, press = pressed.desk.store, pressed.desk.clock, pressed.press
    added = await readers.say_irrelevant(
        store, clock, press.story_id, SinkKind.DISCORD, pressed.person, pressed.server
    )
    key = "answer-irrelevant" if added else "answer-irrelevant-again"
    return PressAnswer(pressed.say(key), undo(press, pressed.say))


async def relevant(pressed: Pressed) -> PressAnswer:
    await readers.take_back(pressed.desk.store, pressed.press.story_id, SinkKind.DISCORD, pressed.person)
    return PressAnswer(pressed.say("answer-undone"))


async def follow(pressed: Pressed) -> PressAnswer:
    await pressed.story()
    user = pressed.interaction.user
    _, is_new = await readers.follow(
        pressed.desk.store,
        pressed.desk.clock,
        pressed.press.story_id,
        pressed.person,
        user.name,
        spoken(str(pressed.interaction.locale)),
    )
    key = "answer-followed" if is_new else "answer-follows-already"
    return PressAnswer(pressed.say(key), undo(pressed.press, pressed.say))


async def unfollow(pressed: Pressed) -> PressAnswer:
    await readers.unfollow(pressed.desk.store, pressed.press.story_id, pressed.person)
    return PressAnswer(pressed.say("answer-unfollowed"))


async def mute(pressed: Pressed) -> PressAnswer:
    place = await _place(pressed)
    now = pressed.desk.clock.now()
    await pressed.desk.store.mute(place.id, pressed.press.story_id, pressed.person, now)
    return PressAnswer(
        pressed.say("answer-muted", place=f"<#{place.address}>"), undo(pressed.press, pressed.say)
    )


async def unmute(pressed: Pressed) -> PressAnswer:
    place = await _place(pressed)
    await pressed.desk.store.unmute(place.id, pressed.press.story_id)
    return PressAnswer(pressed.say("answer-unmuted", place=f"<#{place.address}>"))


async def _place(pressed: Pressed) -> Destination:
    """The destination in which the button stands. Raises RefusedError for who may not change it."""
    server = await pressed.needs_manager("answer-mute-managers")
    held = await readers.places_of(pressed.desk.store, server, addresses(pressed))
    if not held:
        raise RefusedError(pressed.say("answer-mute-nowhere"))
    return held[0].destination
