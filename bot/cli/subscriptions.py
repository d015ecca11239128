"""smallprint subscribe, unsubscribe, subscriptions."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated
from zoneinfo import available_timezones

import typer

from bot.cli.opening import out, prepare, prepare_settings
from bot.errors import RefusedError
from bot.logic.text.clock_words import clock, minute_of_day, quiet_hours, zone_named
from bot.model import NewSubscription, SinkKind, Subscription, Threading, Timing, Topic, Urgency
from bot.words import LANGUAGES

if TYPE_CHECKING:
    from bot.settings import Settings

Json = Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")]
ASKED_BY = "command line"
TOPICS = ", ".join(Topic)


def register(app: typer.Typer) -> None:
    app.command()(subscribe)
    app.command()(unsubscribe)
    app.command()(subscriptions)
    app.command()(pause)
    app.command()(resume)


def subscribe(
    context: typer.Context,
    discord: Annotated[
        str | None, typer.Option(metavar="CHANNEL_ID", help="A Discord channel or thread.")
    ] = None,
    mastodon: Annotated[
        bool, typer.Option("--mastodon", help="The Mastodon account; with several, also --account.")
    ] = False,
    account: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which Mastodon account, as in mastodon.toml.")
    ] = None,
    console: Annotated[bool, typer.Option("--console", help="The terminal.")] = False,
    platform: Annotated[list[str] | None, typer.Option(help="Only this platform; repeat for more.")] = None,
    topic: Annotated[
        list[Topic] | None, typer.Option(metavar="TOPIC", help=f"Only this topic; repeat for more: {TOPICS}.")
    ] = None,
    role: Annotated[str | None, typer.Option(metavar="ROLE_ID", help="A Discord role to mention.")] = None,
    include: Annotated[
        list[str] | None,
        typer.Option(metavar="WORDS", help="Only stories with these words; repeat for others."),
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(metavar="WORDS", help="No story with these words; repeat for more.")
    ] = None,
    urgency: Annotated[Urgency, typer.Option(help="When to tell: now, daily or weekly.")] = Urgency.NOW,
    time: Annotated[str, typer.Option(metavar="HH:MM", help="When digests come.")] = "09:00",
    day: Annotated[
        int, typer.Option(min=1, max=7, help="Day of the weekly digest: 1 is Monday, 7 Sunday.")
    ] = 1,
    zone: Annotated[str, typer.Option(metavar="ZONE", help="Time zone, such as Europe/Berlin.")] = "UTC",
    quiet: Annotated[
        str | None, typer.Option(metavar="FROM-UNTIL", help="Hours without posts, such as 22:00-07:00.")
    ] = None,
    reminders: Annotated[
        bool, typer.Option("--reminders", help="Remind of deadlines 7 days and 1 day before.")
    ] = False,
    threads: Annotated[
        bool, typer.Option("--threads", help="On Discord each story gets a thread for its updates.")
    ] = False,
    language: Annotated[
        str | None, typer.Option(metavar="LANG", help=f"Of the words around stories: {', '.join(LANGUAGES)}.")
    ] = None,
) -> None:
    """Have stories posted to a channel, the Mastodon account or the terminal. Without filters: all of them."""
    if account is not None and not mastodon:
        context.fail("--account goes with --mastodon.")
    if sum((discord is not None, mastodon, console)) != 1:
        context.fail("Say where to: one of --discord CHANNEL_ID, --mastodon, --console.")
    _check_numbers(discord, role)
    prepared = prepare()
    sink, address, name = _destination(prepared.settings, discord, mastodon, account)
    new = NewSubscription(
        sink=sink,
        address=address,
        destination_name=name,
        server=None,
        platforms=frozenset(platform or ()),
        topics=frozenset(topic or ()),
        urgency=urgency,
        role=role,
        asked_by=ASKED_BY,
        include=frozenset(include or ()),
        exclude=frozenset(exclude or ()),
        reminders=reminders,
        timing=_timing(time, day, zone, quiet),
        threading=Threading.THREAD if threads else None,
        lang=_language(language),
    )
    known = [entity.name for entity in prepared.config.platforms if entity.reported]
    made = asyncio.run(_subscribe(prepared.settings, new, known))
    out.line(f"Subscription {made.id}: {_wish(made)} to {made.destination.name}.")


def _timing(time: str, day: int, zone: str, quiet: str | None) -> Timing:
    """Raises BadParameter for what is no time, zone or span."""
    minute = minute_of_day(time)
    if minute is None:
        raise typer.BadParameter(f"{time!r} is no time of day. Write it like 09:00.", param_hint="'--time'")
    named = zone_named(zone, available_timezones())
    if named is None:
        raise typer.BadParameter(
            f"{zone!r} is no time zone. Write it like Europe/Berlin.", param_hint="'--zone'"
        )
    span = quiet_hours(quiet) if quiet else None
    if quiet and span is None:
        raise typer.BadParameter(
            f"{quiet!r} is not a span. Write it like 22:00-07:00.", param_hint="'--quiet'"
        )
    return Timing(zone=named, minute=minute, weekday=day - 1, quiet=span)


def _language(named: str | None) -> str | None:
    if named is not None and named not in LANGUAGES:
        raise typer.BadParameter(f"It is one of {', '.join(LANGUAGES)}.", param_hint="'--language'")
    return named


def _check_numbers(discord: str | None, role: str | None) -> None:
    """Raises BadParameter, wrong usage, for what cannot be a channel or a role."""
    if discord is not None and not _is_snowflake(discord):
        raise typer.BadParameter(
            f"{discord!r} is not a channel id. In Discord, switch on Developer Mode, then right-click the channel "
            "and choose Copy Channel ID.",
            param_hint="'--discord'",
        )
    if role is not None and (discord is None or not _is_snowflake(role)):
        raise typer.BadParameter(
            "It takes the number of a Discord role, and only with --discord.", param_hint="'--role'"
        )


def _destination(
    settings: "Settings", discord: str | None, mastodon: bool, account: str | None
) -> tuple[SinkKind, str, str]:
    """Which sink, the address there, the name for people. Raises RefusedError for an account that is not set up."""
    from bot.app.accounts import TERMINAL

    if discord is not None:
        return SinkKind.DISCORD, discord, f"channel {discord}"
    if mastodon:
        name = _account_name([each.name for each in settings.accounts], account)
        return SinkKind.MASTODON, name, name
    return SinkKind.CONSOLE, TERMINAL, "the terminal"


def _account_name(known: Sequence[str], named: str | None) -> str:
    """The account that is meant. Raises RefusedError."""
    if not known:
        raise RefusedError(
            "No Mastodon account is set up. Run: smallprint mastodon login --url https://your.server. Or by hand: "
            "Set SMALLPRINT_MASTODON_URL and SMALLPRINT_MASTODON_TOKEN."
        )
    if named is None and len(known) == 1:
        return known[0]
    if named is None or named not in known:
        problem = (
            f"There is no Mastodon account called {named!r}." if named else "There are several accounts."
        )
        raise RefusedError(f"{problem} Add --account and one of: {', '.join(known)}.")
    return named


def _is_snowflake(text: str) -> bool:
    # Source: Discord developer docs, "Snowflakes": 64 bits, so at most 20 digits.
    return text.isascii() and text.isdigit() and len(text) <= 20


async def _subscribe(settings: "Settings", new: NewSubscription, known: Sequence[str]) -> Subscription:
    from bot.app.clocks import SystemClock
    from bot.app.open_store import open_memory
    from bot.flows.people import subscribe as flow

    async with open_memory(settings, create=True) as store:
        return await flow.subscribe(store, SystemClock(), new, known)


def unsubscribe(
    subscription_id: Annotated[int, typer.Argument(metavar="ID", help="As `subscriptions` shows it.")],
) -> None:
    """Remove one subscription; what was not sent yet and nobody else wants is given up."""
    removed = asyncio.run(_unsubscribe(subscription_id))
    out.line(f"Removed subscription {removed.id}: {_wish(removed)} to {removed.destination.name}.")


async def _unsubscribe(subscription_id: int) -> Subscription:
    from bot.app.open_store import open_memory
    from bot.flows.people import subscribe as flow

    async with open_memory(prepare_settings()) as store:
        return await flow.unsubscribe(store, subscription_id)


def pause(
    subscription_id: Annotated[int, typer.Argument(metavar="ID", help="As `subscriptions` shows it.")],
) -> None:
    """Pause one subscription; what comes meanwhile is not told later."""
    asyncio.run(_set_pause(subscription_id, is_paused=True))
    out.line(f"Paused subscription {subscription_id}. It goes on with: smallprint resume {subscription_id}")


def resume(
    subscription_id: Annotated[int, typer.Argument(metavar="ID", help="As `subscriptions` shows it.")],
) -> None:
    """Let a paused subscription go on."""
    asyncio.run(_set_pause(subscription_id, is_paused=False))
    out.line(f"Subscription {subscription_id} goes on.")


async def _set_pause(subscription_id: int, *, is_paused: bool) -> None:
    from bot.app.clocks import SystemClock
    from bot.app.open_store import open_memory
    from bot.flows.people import subscribe as flow

    async with open_memory(prepare_settings()) as store:
        await flow.set_pause(store, SystemClock(), subscription_id, is_paused=is_paused)


def subscriptions(as_json: Json = False) -> None:
    """Show who wants what, and where."""
    found = asyncio.run(_list())
    if as_json:
        out.json([_as_json(each) for each in found])
        return
    heads = ("id", "sink", "destination", "wants", "when", "role", "asked by", "paused")
    rows = [
        (
            each.id,
            each.destination.sink.value,
            each.destination.name,
            _wish(each),
            _when(each),
            each.role,
            each.asked_by,
            each.destination.paused_why or ("by hand" if each.paused_at else ""),
        )
        for each in found
    ]
    out.table(heads, rows, empty="No subscription yet. Make one: smallprint subscribe --discord CHANNEL_ID")


async def _list() -> Sequence[Subscription]:
    from bot.app.open_store import open_memory
    from bot.flows.people.subscribe import list_subscriptions

    async with open_memory(prepare_settings()) as store:
        return await list_subscriptions(store)


def _wish(each: Subscription) -> str:
    platforms = ", ".join(sorted(each.platforms)) or "any platform"
    topics = ", ".join(sorted(topic.value for topic in each.topics)) or "any topic"
    words = "".join(f"; {lead} {', '.join(sorted(held))}" for lead, held in _words(each) if held)
    one = "; updates of one story" if each.story_id else ""
    return f"{platforms}; {topics}{words}{one}"


def _words(each: Subscription) -> tuple[tuple[str, frozenset[str]], ...]:
    return ("with", each.include), ("without", each.exclude)


def _when(each: Subscription) -> str:
    timing = each.timing
    if each.urgency is Urgency.NOW:
        quiet = timing.quiet
        return f"now, quiet {clock(quiet[0])}-{clock(quiet[1])} {timing.zone}" if quiet else "now"
    return f"{each.urgency.value} {clock(timing.minute)} {timing.zone}"


def _as_json(each: Subscription) -> dict[str, object]:
    return {
        "id": each.id,
        "sink": each.destination.sink,
        "address": each.destination.address,
        "destination": each.destination.name,
        "server": each.destination.server,
        "platforms": sorted(each.platforms),
        "topics": sorted(topic.value for topic in each.topics),
        "urgency": each.urgency,
        "include": sorted(each.include),
        "exclude": sorted(each.exclude),
        "story_id": each.story_id,
        "reminders": each.reminders,
        "zone": each.timing.zone,
        "minute": each.timing.minute,
        "weekday": each.timing.weekday,
        "quiet": list(each.timing.quiet) if each.timing.quiet else None,
        "paused_at": each.paused_at,
        "role": each.role,
        "asked_by": each.asked_by,
        "created_at": each.created_at,
        "paused": each.destination.paused_why or None,
    }
