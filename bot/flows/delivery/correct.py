"""correct: what proved wrong is put right once, and every post of it says so."""

from dataclasses import dataclass

import structlog

from bot.errors import RefusedError
from bot.flows.finish import finish_before_stopping
from bot.flows.memory import Store
from bot.logic.messages.corrections import Correction, corrected, restored
from bot.model import MessageKind, Revision
from bot.ports import Clock

log = structlog.get_logger()

LONGEST = 2_000
"""Characters of any one part: more fits into no post."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """`messages` that say something else now; `posts` that will be edited."""

    messages: int
    posts: int


async def correct(store: Store, clock: Clock, correction: Correction) -> Corrected:
    """Write the correction; `amend` edits the posts, and what was not sent yet goes out corrected.

    Raises RefusedError for a story that is not told or a correction that says nothing, StoreError.
    """
    _check(correction)
    messages = await store.messages_about(correction.story_id)
    own = {message.n for message in messages if message.story_id == correction.story_id}
    if not own:
        raise RefusedError(
            f"No story {correction.story_id} has been told. `smallprint stories` shows their ids."
        )
    if correction.n not in own:
        raise RefusedError(
            f"Story {correction.story_id} has no edition {correction.n}. Told were: {', '.join(map(str, sorted(own)))}."
        )
    made = corrected(messages, correction)
    titles = {correction.story_id: correction.headline} if correction.headline and correction.n == 1 else {}
    posts = await finish_before_stopping(store.revise(made, clock.now(), titles))
    log.info(
        "story_corrected", story=correction.story_id, edition=correction.n, messages=len(made), posts=posts
    )
    return Corrected(len(made), posts)


async def take_back(store: Store, clock: Clock, story_id: str, reason: str) -> Corrected:
    """Take the latest correction of a story back: every message says again what it said before, and why.

    Raises RefusedError when there was none, StoreError.
    """
    _check_text("reason", reason)
    made: list[Revision] = []
    title: dict[str, str] = {}
    for message in await store.messages_about(story_id):
        former = await store.former_messages(message.story_id, message.n)
        if not former or not message.correction:
            continue
        made.append(restored(message, former[-1], reason))
        if message.story_id == story_id and message.kind is MessageKind.FIRST:
            title[story_id] = former[-1].headline
    if not made:
        raise RefusedError(f"Nothing of story {story_id} was corrected, so there is nothing to take back.")
    posts = await finish_before_stopping(store.revise(made, clock.now(), title))
    log.info("correction_taken_back", story=story_id, messages=len(made), posts=posts)
    return Corrected(len(made), posts)


def _check(correction: Correction) -> None:
    _check_text("reason", correction.reason)
    for name in ("headline", "what", "quote"):
        text = getattr(correction, name)
        if text is not None and len(text) > LONGEST:
            raise RefusedError(f"The {name} has {len(text)} characters; at most {LONGEST} fit.")
    if correction.headline is not None and not correction.headline.strip():
        raise RefusedError("A story needs a headline. Write the right one, or leave --headline out.")


def _check_text(name: str, text: str) -> None:
    if not text.strip():
        raise RefusedError(f"Readers are told what was wrong: write one sentence after --{name}.")
    if len(text) > LONGEST:
        raise RefusedError(f"The {name} has {len(text)} characters; at most {LONGEST} fit.")
