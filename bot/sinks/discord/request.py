"""One delivery as Discord takes it, with and without ornament."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import discord

from bot.logic.messages.buttons import Button, ButtonStyle, buttons
from bot.logic.messages.discord import headline, render_post
from bot.logic.text.inert import for_discord_plain
from bot.logic.text.lengths import discord_length, shorten
from bot.model import Destination, Message, Shipment
from bot.words import words

# Source: Discord developer docs, "Start Thread in Forum or Media Channel", `name` and `applied_tags`.
THREAD_NAME_LIMIT = 100
MOST_TAGS = 5

_STYLES = {
    ButtonStyle.QUIET: discord.ButtonStyle.secondary,
    ButtonStyle.GOOD: discord.ButtonStyle.success,
    ButtonStyle.BAD: discord.ButtonStyle.danger,
}


@dataclass(frozen=True)
class DiscordRequest:
    """What to post, before it is known where exactly.

    content    above the embeds; the whole text when there are none
    title, url of the first card, for where cards may not be shown
    rows       buttons under it
    name       of the forum post or thread, at most 100 characters, plain
    nonce      the delivery's key: within minutes Discord creates no second message with it
    reply_to   channel id and message id of the story's first message; None: none there
    """

    message: Message
    content: str
    title: str
    url: str
    embeds: tuple[discord.Embed, ...]
    rows: tuple[tuple[Button, ...], ...]
    mentions: discord.AllowedMentions
    name: str
    nonce: str
    reply_to: tuple[int, int] | None

    def alone(self) -> "DiscordRequest":
        """The same as no reply."""
        return replace(self, reply_to=None)

    def view(self) -> discord.ui.View | None:
        """The buttons for one request. Presses are read by their ids (bot.chat.buttons), so nothing is kept here."""
        if not self.rows:
            return None
        view = discord.ui.View(timeout=None)
        for at, row in enumerate(self.rows):
            for button in row:
                view.add_item(_button(button, at))
        # A finished view is not remembered by discord.py, which would keep one for every message ever sent.
        view.stop()
        return view


def draft_of(shipment: Shipment) -> DiscordRequest:
    """The delivery as cards with buttons, our own words in the destination's language."""
    delivery = shipment.delivery
    message, say = delivery.message, words(delivery.destination.lang)
    post = render_post(message, say, delivery.roles)
    return DiscordRequest(
        message=message,
        content=post.content,
        title=post.title,
        url=post.url or "",
        embeds=tuple(discord.Embed.from_dict(card.embed()) for card in post.cards),
        rows=buttons(message, say, in_server=not delivery.destination.is_person),
        mentions=_mentions(delivery.roles),
        name=shorten(for_discord_plain(headline(message, say)), THREAD_NAME_LIMIT, discord_length),
        nonce=delivery.key,
        reply_to=remote_ids(shipment.reply_to),
    )


def plain(draft: DiscordRequest) -> DiscordRequest:
    """Title, link and mark, as text: for where the card was refused or may not be shown."""
    # The mark stays, in small print, so that the message can be found again.
    lines = [draft.content, f"**{draft.title}**", draft.url, f"-# {draft.message.mark}"]
    return replace(draft, embeds=(), content="\n".join(line for line in lines if line))


def bare(draft: DiscordRequest) -> DiscordRequest:
    """As `plain`, without buttons or a reply: for when Discord disliked something and does not say what."""
    return replace(plain(draft), rows=(), reply_to=None)


def person_id(destination: Destination) -> int | None:
    """The user whose direct messages the destination is; None: it is not a person's."""
    number = destination.address.removeprefix("@")
    return int(number) if destination.is_person and number.isascii() and number.isdigit() else None


def _mentions(roles: Sequence[str]) -> discord.AllowedMentions:
    """Nothing that a text says may ping; only the roles that somebody subscribed."""
    named = [discord.Object(int(role)) for role in roles if role.isascii() and role.isdigit()]
    return discord.AllowedMentions(everyone=False, users=False, roles=named, replied_user=False)


def _button(button: Button, row: int) -> discord.ui.Button[discord.ui.View]:
    if button.url:
        return discord.ui.Button(label=button.label, url=button.url, row=row)
    return discord.ui.Button(
        label=button.label, custom_id=button.custom_id, style=_STYLES[button.look], row=row
    )


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
