"""smallprint stories, deliveries."""

import asyncio
from collections.abc import Sequence
from typing import Annotated

import typer

from bot.cli.opening import out, prepare_settings
from bot.errors import RefusedError
from bot.model import Delivery, DeliveryState, StoryView, Topic

Json = Annotated[bool, typer.Option("--json", help="As JSON, for scripts.")]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")]

deliveries_app = typer.Typer(help="What was sent, waits, or is unclear; settle what is unclear.")


def register(app: typer.Typer) -> None:
    app.command()(stories)
    app.add_typer(deliveries_app, name="deliveries")


def stories(
    limit: Limit = 20,
    platform: Annotated[str | None, typer.Option(help="Only those about this platform.")] = None,
    topic: Annotated[
        Topic | None, typer.Option(metavar="TOPIC", help=f"Only those of this topic: {', '.join(Topic)}.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Show the newest stories and their editions."""
    views = asyncio.run(_stories(limit, platform, topic))
    if as_json:
        out.json([_story_json(view) for view in views])
        return
    heads = ("story", "turned", "topic", "outlets", "editions", "title")
    rows = [
        (
            view.story.id,
            f"{view.story.turned_at:%Y-%m-%d %H:%M}",
            view.story.topic.value,
            len({judged.entry.outlet.name for judged in view.entries}),
            " ".join(f"{edition.n}:{edition.state.value}" for edition in view.editions),
            view.story.title,
        )
        for view in views
    ]
    asked = platform is not None or topic is not None
    empty = "No such story. Try without --platform and --topic." if asked else "No story yet."
    out.table(heads, rows, empty=empty, piped_only=("topic", "outlets"))


async def _stories(limit: int, platform: str | None, topic: Topic | None) -> Sequence[StoryView]:
    from bot.app.open_store import open_memory
    from bot.flows.people.subscribe import latest

    async with open_memory(prepare_settings()) as store:
        return await latest(store, limit=limit, platform=platform, topic=topic)


def _story_json(view: StoryView) -> dict[str, object]:
    story = view.story
    return {
        "id": story.id,
        "title": story.title,
        "topic": story.topic,
        "platforms": list(story.platforms),
        "opened_at": story.opened_at,
        "turned_at": story.turned_at,
        "entries": [
            {
                "source": j.entry.source_id,
                "outlet": j.entry.outlet.name,
                "title": j.entry.title,
                "url": j.entry.url,
            }
            for j in view.entries
        ],
        "editions": [{"n": e.n, "kind": e.kind, "state": e.state, "turn": e.turn} for e in view.editions],
    }


@deliveries_app.callback(invoke_without_command=True)
def deliveries(
    context: typer.Context,
    state: Annotated[
        DeliveryState | None,
        typer.Option(metavar="STATE", help=f"Only those in this state: {', '.join(DeliveryState)}."),
    ] = None,
    limit: Limit = 50,
    as_json: Json = False,
) -> None:
    """Show the newest deliveries. `deliveries retry ID` and `deliveries abandon ID` settle unclear ones."""
    if context.invoked_subcommand is not None:
        return
    found = asyncio.run(_deliveries(state, limit))
    if as_json:
        out.json([_delivery_json(each) for each in found])
        return
    heads = ("id", "state", "sink", "destination", "tries", "due", "story", "remark")
    rows = [
        (
            each.id,
            each.state.value,
            each.destination.sink.value,
            each.destination.name,
            each.tries,
            f"{each.done_at or each.due_at:%Y-%m-%d %H:%M}",
            f"{each.message.story_id}-{each.message.n}",
            each.destination.paused_why or each.last_error or each.remote_url or "",
        )
        for each in found
    ]
    out.table(heads, rows, empty="No delivery in that state." if state else "No delivery yet.")


async def _deliveries(state: DeliveryState | None, limit: int) -> Sequence[Delivery]:
    from bot.app.open_store import open_memory

    async with open_memory(prepare_settings()) as store:
        return await store.deliveries(limit=limit, state=state)


def _delivery_json(each: Delivery) -> dict[str, object]:
    return {
        "id": each.id,
        "state": each.state,
        "sink": each.destination.sink,
        "destination": each.destination.name,
        "address": each.destination.address,
        "paused": each.destination.paused_why or None,
        "story": each.message.story_id,
        "edition": each.message.n,
        "headline": each.message.headline,
        "tries": each.tries,
        "created_at": each.created_at,
        "due_at": each.due_at,
        "done_at": each.done_at,
        "url": each.remote_url,
        "error": each.last_error,
    }


Number = Annotated[int, typer.Argument(metavar="ID", help="As `deliveries` shows it.")]


@deliveries_app.command()
def retry(delivery_id: Number) -> None:
    """Send an unclear delivery again, or a waiting one at once. Look first: if it did arrive, it will be there twice."""
    delivery = asyncio.run(_settle(delivery_id, again=True))
    out.line(f"Delivery {delivery.id} for {delivery.destination.name} is due again.")


@deliveries_app.command()
def abandon(delivery_id: Number) -> None:
    """Give up a delivery that is unclear or due, so that the next one may go to its destination."""
    delivery = asyncio.run(_settle(delivery_id, again=False))
    out.line(f"Delivery {delivery.id} for {delivery.destination.name} is given up.")


MOST_LOOKED_AT = 10_000
SETTLED_BY_HAND = (DeliveryState.UNCLEAR, DeliveryState.DUE)


async def _settle(delivery_id: int, *, again: bool) -> Delivery:
    """Raises RefusedError for one that is not there or is in no state to be settled."""
    from bot.app.clocks import SystemClock
    from bot.app.open_store import open_memory

    now = SystemClock().now()
    async with open_memory(prepare_settings()) as store:
        found = await store.deliveries(limit=MOST_LOOKED_AT)
        delivery = next((each for each in found if each.id == delivery_id), None)
        if delivery is None:
            raise RefusedError(
                f"There is no delivery {delivery_id}. `smallprint deliveries` shows their numbers."
            )
        if delivery.state not in SETTLED_BY_HAND:
            raise RefusedError(
                f"Delivery {delivery_id} is {delivery.state.value}; only those that are "
                f"{' or '.join(SETTLED_BY_HAND)} can be settled by hand."
            )
        if again:
            await store.mark_due(delivery_id, now, "sent again by the operator")
        else:
            await store.mark_abandoned(delivery_id, "given up by the operator", now)
    return delivery
