"""The words of every answer: what happened, to what, what to do next."""

from collections.abc import Sequence

import discord

from bot.chat.desk import Desk
from bot.logic.counting import discord_length
from bot.logic.escape import clean, for_discord, safe_link
from bot.logic.plural import counted
from bot.logic.render_discord import DESCRIPTION_LIMIT
from bot.model import Destination, StoryView, Subscription, Topic

PAGE = 10
COLOUR = 0x4B6B8A
# Source: Discord developer docs, "Application Commands", option choice name.
CHOICE_LIMIT = 100

GUILD_ONLY = "This works in a server. Open the server that should get the stories and use it there."
NEEDS_MANAGER = "Only people with *Manage Server* can change what this server gets. Ask one of them, or use `/latest` yourself."
TROUBLE = (
    "Something went wrong on my side and nothing was changed. Try again in a minute; "
    "if it stays so, tell whoever runs this bot (`/about`) the words “{reference}”."
)
TOO_SLOW = "That took too long and I stopped it. Try again in a minute."
NO_SUBSCRIPTIONS = "This server gets nothing from me yet. Use `/subscribe` in the channel that should."
NOTHING_YET = "I have no such story yet. Try `/latest` without a platform or topic."
NO_SUCH_SUBSCRIPTION = (
    "I found no subscription called “{typed}” here. Pick one from the list that opens while you type."
)
NEVER_EVERYONE = "I never mention everyone. Choose another role, or none."
NO_SUCH_PLACE = "I can't see {place}. Give me *View Channel* there, then try again."
WRONG_PLACE = "I can't post in {place}. Choose a text, announcement or forum channel, or a thread."


# ---------------------------------------------------------------- subscriptions


def wanted(subscription: Subscription, desk: Desk) -> str:
    """What a subscription lets through: "SoundCloud, Suno · Terms and training", "everything"."""
    platforms = ", ".join(sorted(subscription.platforms))
    topics = ", ".join(sorted(map(desk.topic_name, subscription.topics)))
    return " · ".join(part for part in (platforms, topics) if part) or "everything"


def choice_name(subscription: Subscription, desk: Desk) -> str:
    """How a subscription reads in a list of choices."""
    name = f"{subscription.destination.name}: {wanted(subscription, desk)}"
    return name if len(name) <= CHOICE_LIMIT else name[: CHOICE_LIMIT - 1] + "…"


def subscribed(
    subscription: Subscription, desk: Desk, *, held: Sequence[Subscription], hints: Sequence[str]
) -> str:
    """The answer to /subscribe; `held` is what the channel had before."""
    place, what = f"<#{subscription.destination.address}>", for_discord(wanted(subscription, desk))
    role = f", mentioning <@&{subscription.role}>" if subscription.role else ""
    if subscription.id in {one.id for one in held}:
        first = f"{place} has this subscription already (**{what}**{role}). Nothing was changed."
    else:
        first = (
            f"Done. {place} gets each new story from now on (**{what}**{role}). Nothing old is posted; `/latest` shows "
            "what there was. Run `/subscribe` again for more, `/unsubscribe` to undo this."
        )
    if any(one.destination.paused_at is not None for one in held):
        first += " It was paused and goes on now."
    return "\n".join([first, *(f"-# {hint}" for hint in hints)])


def unsubscribed(subscription: Subscription, desk: Desk) -> str:
    what = for_discord(wanted(subscription, desk))
    return f"Done. <#{subscription.destination.address}> no longer gets this (**{what}**)."


def missing_rights(place: str, missing: Sequence[str]) -> str:
    names = " and ".join(", ".join(f"*{name}*" for name in missing).rsplit(", ", 1))
    return (
        f"I can't post in {place} yet. Give me {names} there "
        "(Edit Channel → Permissions → add my role), then run `/subscribe` again."
    )


NO_HISTORY = (
    "Tip: give me *Read Message History* there too. With it I reply to a story's first message, and after a crash "
    "I can see whether a message arrived."
)


def role_not_mentionable(role: int) -> str:
    return (
        f"I can't notify <@&{role}> there yet: switch on “Allow anyone to @mention this role”, "
        "or give me *Mention @everyone, @here and All Roles*."
    )


def paused_notice(destination: Destination, why: str) -> str:
    """For a server's moderators. `why` says what happened and how to mend it."""
    return (
        f"I have paused {for_discord(destination.name)}: {why} "
        "Nothing is lost; what came meanwhile is posted when it goes on."
    )


def subscription_page(held: Sequence[Subscription], page: int, desk: Desk) -> discord.Embed:
    """One page of a server's subscriptions; pages count from 0."""
    pages = page_count(held)
    embed = discord.Embed(title="What this server gets", colour=COLOUR)
    lines = [_line(one, desk) for one in held[page * PAGE : (page + 1) * PAGE]]
    embed.description = _as_many_as_fit(lines, "\n")
    embed.set_footer(
        text=f"{len(held)} subscriptions · page {page + 1} of {pages}"
        if pages > 1
        else "/unsubscribe ends one"
    )
    return embed


def page_count(held: Sequence[Subscription]) -> int:
    return max(1, -(-len(held) // PAGE))


def _line(subscription: Subscription, desk: Desk) -> str:
    what = for_discord(wanted(subscription, desk))
    role = f" · mentions <@&{subscription.role}>" if subscription.role else ""
    line = f"<#{subscription.destination.address}> · {what[:250]}{role}"
    if subscription.destination.paused_at is not None:
        line += f"\n-# Paused: {subscription.destination.paused_why[:150]}"
    return line


# ---------------------------------------------------------------- stories


def story_list(views: Sequence[StoryView], desk: Desk) -> discord.Embed:
    """The newest stories, one paragraph each."""
    embed = discord.Embed(title="Latest stories", colour=COLOUR)
    embed.description = _as_many_as_fit([_story(view, desk) for view in views], "\n\n")
    embed.set_footer(text="Ask for one platform or topic with the options of /latest.")
    return embed


def _as_many_as_fit(paragraphs: Sequence[str], between: str) -> str:
    """Whole paragraphs, from the first on, within what Discord takes: half a link would be none."""
    text = ""
    for paragraph in paragraphs:
        longer = f"{text}{between}{paragraph}" if text else paragraph
        if discord_length(longer) > DESCRIPTION_LIMIT:
            break
        text = longer
    return text


def _story(view: StoryView, desk: Desk) -> str:
    story = view.story
    lead = next(
        (judged.entry for judged in view.entries if judged.entry.id == story.lead_id), view.entries[0].entry
    )
    title = for_discord(clean(story.title)[:200])
    link = safe_link(lead.url) if lead.url else None
    outlets = list(dict.fromkeys(judged.entry.outlet.name for judged in view.entries))
    others = f" and {len(outlets) - 1} more" if len(outlets) > 1 else ""
    about = " · ".join(
        part
        for part in (
            desk.topic_name(story.topic),
            ", ".join(story.platforms[:3]),
            f"{lead.outlet.name}{others}",
        )
        if part
    )
    heading = f"**[{title}]({link})**" if link and len(link) <= 500 else f"**{title}**"
    return f"{heading}\n{for_discord(about)} · <t:{int(story.turned_at.timestamp())}:d>"


# ---------------------------------------------------------------- about


def about(desk: Desk) -> discord.Embed:
    facts = desk.about
    embed = discord.Embed(title="Smallprint", colour=COLOUR)
    embed.description = (
        "I read the small print for musicians: news and terms about AI as it touches music. "
        "Reports of one event become one story, told once, with the exact words and who said them."
    )
    embed.add_field(
        name="What I watch",
        value=f"{counted(facts.sources, 'source')}, for {len(desk.platforms)} platforms and organisations.",
        inline=False,
    )
    embed.add_field(
        name="What I never do",
        value=(
            "Read your messages, write to you unasked, mention @everyone, repeat a story, "
            "or put words into anybody's mouth: every sentence comes from a source that I link."
        ),
        inline=False,
    )
    # An address stays one that can be opened; anything else is text like any other.
    contact = safe_link(facts.operator) or for_discord(facts.operator)
    runs = f"Reach whoever runs this copy: {contact}\n" if contact else ""
    embed.add_field(name="Who runs me", value=f"{runs}Source code: {facts.source_code}", inline=False)
    embed.set_footer(text=f"Version {facts.version}")
    return embed


def topic_choices(desk: Desk) -> list[discord.app_commands.Choice[str]]:
    """At most 25, in the order of the topics."""
    return [
        discord.app_commands.Choice(name=desk.topic_name(topic)[:CHOICE_LIMIT], value=topic.value)
        for topic in list(Topic)[:25]
    ]
