"""One delivery as Discord takes it, with and without ornament."""

from dataclasses import dataclass, replace

import discord

from bot.logic.counting import discord_length, shorten
from bot.logic.escape import for_discord_plain
from bot.logic.render import headline
from bot.logic.render_discord import render_card
from bot.model import Message, Shipment

# Source: Discord developer docs, "Start Thread in Forum or Media Channel", `name` and `applied_tags`.
THREAD_NAME_LIMIT = 100
MOST_TAGS = 5


@dataclass(frozen=True)
class Draft:
    """What to post, before it is known where exactly.

    content    above the embed; the whole text when `embed` is None
    name       of the forum post, at most 100 characters, plain
    nonce      the delivery's key: within minutes Discord creates no second message with it
    reply_to   channel id and message id of the story's first message; None: none there
    """

    message: Message
    content: str
    embed: discord.Embed | None
    mentions: discord.AllowedMentions
    name: str
    nonce: str
    reply_to: tuple[int, int] | None

    def alone(self) -> "Draft":
        """The same as no reply."""
        return replace(self, reply_to=None)


def draft_of(shipment: Shipment) -> Draft:
    """The delivery as a card."""
    delivery = shipment.delivery
    card = render_card(delivery.message, delivery.roles)
    roles = [discord.Object(int(role)) for role in delivery.roles if role.isascii() and role.isdigit()]
    return Draft(
        message=delivery.message,
        content=card.content,
        embed=discord.Embed.from_dict(card.embed()),
        # Nothing that a text says may ping; only the roles that somebody subscribed.
        mentions=discord.AllowedMentions(everyone=False, users=False, roles=roles, replied_user=False),
        name=shorten(for_discord_plain(headline(delivery.message)), THREAD_NAME_LIMIT, discord_length),
        nonce=delivery.key,
        reply_to=remote_ids(shipment.reply_to),
    )


def plain(draft: Draft) -> Draft:
    """Title, link and mark, as text: for where the card was refused or may not be shown."""
    card = render_card(draft.message)
    # The mark stays, in small print, so that the message can be found again.
    lines = [draft.content, f"**{card.title}**", card.url or "", f"-# {draft.message.mark}"]
    return replace(draft, embed=None, content="\n".join(line for line in lines if line))


def remote_id(message: discord.Message) -> str:
    return f"{message.channel.id}:{message.id}"


def remote_ids(remote: str | None) -> tuple[int, int] | None:
    """Channel (or thread) id and message id of what was posted; None: nothing known that reads so."""
    channel, _, message = (remote or "").partition(":")
    if not (channel.isdigit() and message.isdigit()):
        return None
    return int(channel), int(message)


def pick_tags(forum: discord.ForumChannel, message: Message) -> list[discord.ForumTag]:
    """The forum's tags that name the topic, a platform or a tag of ours; where one is needed and none fits, the first.

    Tags that only moderators may set are left alone.
    """
    free = [tag for tag in forum.available_tags if not tag.moderated]
    about = (message.topic_label, message.topic.value, *message.platforms, *message.tags)
    wanted = [_letters(word) for word in about if _letters(word)]
    fitting = [tag for tag in free if _letters(tag.name) in wanted]
    if not fitting and forum.flags.require_tag:
        fitting = free[:1]
    return fitting[:MOST_TAGS]


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
