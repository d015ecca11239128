"""The words of answers about subscriptions: what happened, to what, what to do next."""

from collections.abc import Sequence

import discord

from bot.chat.discord.desk import Desk
from bot.logic.messages.discord import DESCRIPTION_LIMIT
from bot.logic.text.clock_words import clock
from bot.logic.text.inert import for_discord
from bot.logic.text.lengths import discord_length
from bot.model import Destination, NewSubscription, Subscription, Topic, Urgency
from bot.ports import Say
from bot.words import say as say_in
from bot.words import words

PAGE = 10
COLOUR = 0x4B6B8A
# Source: Discord developer docs, "Application Commands", option choice name.
CHOICE_LIMIT = 100

Wish = Subscription | NewSubscription


def wanted(wish: Wish, desk: Desk, lang: str = "en") -> str:
    """What a subscription lets through: "SoundCloud, Suno · Terms and training", "everything". Not escaped."""
    say = words(lang)
    if wish.story_id is not None:
        return say("wants-one-story")
    parts = [
        ", ".join(sorted(wish.platforms)),
        ", ".join(sorted(desk.topic_name(topic, lang) for topic in wish.topics)),
    ]
    if wish.include:
        parts.append(say("wants-words", words=", ".join(sorted(wish.include))))
    if wish.exclude:
        parts.append(say("wants-no-words", words=", ".join(sorted(wish.exclude))))
    return " · ".join(part for part in parts if part) or say("wants-everything")


def when(wish: Wish, lang: str) -> str:
    """When a subscription is told: "daily at 09:00 (Europe/Berlin) · quiet 22:00-07:00"."""
    say, timing = words(lang), wish.timing
    time, zone = clock(timing.minute), timing.zone
    said = [say("when-now")]
    if wish.urgency is Urgency.DAILY:
        said = [say("when-daily", time=time, zone=zone)]
    elif wish.urgency is Urgency.WEEKLY:
        said = [say("when-weekly", day=say(f"day-{timing.weekday}"), time=time, zone=zone)]
    elif timing.quiet is not None:
        begin, end = timing.quiet
        said.append(say("when-quiet", begin=clock(begin), end=clock(end), zone=zone))
    if wish.reminders:
        said.append(say("with-reminders"))
    return " · ".join(said)


def place(wish: Wish, say: Say) -> str:
    """Where it goes, for people: a mention of the channel, or their direct messages."""
    address = wish.address if isinstance(wish, NewSubscription) else wish.destination.address
    return say("by-dm") if address.startswith("@") else f"<#{address}>"


def choice_name(subscription: Subscription, desk: Desk, lang: str = "en") -> str:
    """How a subscription reads in a list of choices."""
    where = subscription.destination.name
    if subscription.destination.is_person:
        where = say_in(lang, "by-dm")
    name = f"{where}: {wanted(subscription, desk, lang)}"
    return name if len(name) <= CHOICE_LIMIT else name[: CHOICE_LIMIT - 1] + "…"


def subscribed(
    subscription: Subscription, desk: Desk, lang: str, *, held: Sequence[Subscription], hints: Sequence[str]
) -> str:
    """The answer to /subscribe; `held` is what the channel had before."""
    say = words(lang)
    facts = {
        "place": place(subscription, say),
        "what": bold(wanted(subscription, desk, lang)),
        "when": for_discord(when(subscription, lang)) + _role(subscription, say),
    }
    is_known = subscription.id in {one.id for one in held}
    first = say("subscribed-already" if is_known else "subscribed", **facts)
    if any(one.destination.paused_at is not None for one in held):
        first += " " + say("goes-on")
    return "\n".join([first, *(f"-# {hint}" for hint in hints)])


def unsubscribed(subscription: Subscription, desk: Desk, lang: str) -> str:
    say = words(lang)
    return say("unsubscribed", place=place(subscription, say), what=bold(wanted(subscription, desk, lang)))


def bold(text: str) -> str:
    return f"**{for_discord(text)}**"


def _role(wish: Wish, say: Say) -> str:
    return f" · {say('mentions', role=f'<@&{wish.role}>')}" if wish.role else ""


def several(names: Sequence[str], say: Say) -> str:
    """ "*A*, *B* and *C*"."""
    if len(names) < 2:
        return "".join(names)
    return say("list-and", first=", ".join(names[:-1]), last=names[-1])


def missing_rights(where: str, missing: Sequence[str], lang: str) -> str:
    say = words(lang)
    return say("missing-rights", place=where, rights=several([f"*{name}*" for name in missing], say))


def paused_notice(destination: Destination, why: str) -> str:
    """For a server's moderators. `why` says what happened and how to mend it."""
    return say_in(destination.lang, "paused-notice", place=for_discord(destination.name), why=why)


def subscription_page(held: Sequence[Subscription], page: int, desk: Desk, lang: str) -> discord.Embed:
    """One page of a server's or a person's subscriptions; pages count from 0."""
    say, pages = words(lang), page_count(held)
    embed = discord.Embed(title=say("subscriptions-title"), colour=COLOUR)
    lines = [line(one, desk, lang) for one in held[page * PAGE : (page + 1) * PAGE]]
    embed.description = as_many_as_fit(lines, "\n")
    if pages > 1:
        embed.set_footer(text=say("page-of", count=len(held), page=page + 1, pages=pages))
    else:
        embed.set_footer(text=say("pick-one"))
    return embed


def page_count(held: Sequence[object], size: int = PAGE) -> int:
    return max(1, -(-len(held) // size))


def line(subscription: Subscription, desk: Desk, lang: str) -> str:
    """One subscription, with what holds it up."""
    say = words(lang)
    what, timing = for_discord(wanted(subscription, desk, lang)), for_discord(when(subscription, lang))
    text = f"{place(subscription, say)} · {what[:250]} · {timing}{_role(subscription, say)}"
    if subscription.paused_at is not None:
        text += f"\n-# {say('paused-by-you')}"
    if subscription.destination.paused_at is not None:
        text += f"\n-# {say('paused', why=subscription.destination.paused_why[:150])}"
    return text


def as_many_as_fit(paragraphs: Sequence[str], between: str, limit: int = DESCRIPTION_LIMIT) -> str:
    """Whole paragraphs, from the first on, within what Discord takes: half a link would be none."""
    text = ""
    for paragraph in paragraphs:
        longer = f"{text}{between}{paragraph}" if text else paragraph
        if discord_length(longer) > limit:
            break
        text = longer
    return text


def topic_choices(desk: Desk) -> list[discord.app_commands.Choice[str]]:
    """At most 25, in the order of the topics."""
    return [
        discord.app_commands.Choice(
            name=discord.app_commands.locale_str(
                desk.topic_name(topic)[:CHOICE_LIMIT], key=f"post-topic-{topic.value}"
            ),
            value=topic.value,
        )
        for topic in list(Topic)[:25]
    ]
