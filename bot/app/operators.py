"""Who runs the bot: where they listen, and what is watched over for them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot.app.open_reader import user_agent
from bot.errors import BotError, SinkError
from bot.flows.operator.operators import OperatorPlace, OperatorWatch
from bot.flows.terms.health import document_troubles
from bot.logic.messages.mastodon_address import direct_address
from bot.logic.operator.troubles import notice
from bot.model import SinkKind
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.app.building import App
    from bot.sinks.webhook import WebhookSink

log = structlog.get_logger()

WEBHOOK = "operator"


def ears(settings: Settings) -> tuple[OperatorPlace, ...]:
    """Every place where the operator asked to be told; a place whose account is not set up is left out and logged."""
    found = []
    if settings.operator_channel and settings.discord_token:
        name = "you" if settings.operator_channel.startswith("@") else "the operator's channel"
        found.append(OperatorPlace(SinkKind.DISCORD, settings.operator_channel, name))
    if settings.operator_account and settings.open_accounts:
        account = settings.open_accounts[0].name
        person = settings.operator_account.removeprefix("@")
        found.append(
            OperatorPlace(SinkKind.MASTODON, direct_address(account, person), settings.operator_account)
        )
    if settings.operator_webhook:
        found.append(OperatorPlace(SinkKind.WEBHOOK, WEBHOOK, "the operator's webhook"))
    asked = (
        bool(settings.operator_channel) + bool(settings.operator_account) + bool(settings.operator_webhook)
    )
    if len(found) < asked:
        log.warning(
            "operator_place_left_out",
            fix="SMALLPRINT_OPERATOR_CHANNEL needs a Discord token, SMALLPRINT_OPERATOR_ACCOUNT a Mastodon account",
        )
    return tuple(found)


def open_webhook(settings: Settings) -> "WebhookSink | None":
    """None: the operator has no webhook."""
    if settings.operator_webhook is None:
        return None
    from bot.sinks.webhook import WebhookSink

    return WebhookSink(settings.operator_webhook.get_secret_value(), user_agent=user_agent(settings))


def build_watchman(app: "App", flow_troubles: Callable[[], Mapping[str, str]]) -> OperatorWatch:
    """What watches over this app."""
    webhook = app.accounts.webhook
    return OperatorWatch(
        store=app.store,
        clock=app.clock,
        office=app.office,
        sources=lambda: app.config.sources,
        ears=ears(app.settings),
        flow_troubles=flow_troubles,
        disk=_disk(app.settings),
        more=lambda: _more_troubles(app),
        tell_at_once=webhook.tell if webhook is not None else None,
    )


async def _more_troubles(app: "App") -> Mapping[str, str]:
    """What only the app can see together: watched documents, and single Mastodon accounts."""
    found = dict(await document_troubles(app.config.documents, app.store, app.clock))
    for name, why in app.accounts.account_troubles().items():
        found[f"account:{name}"] = f"The Mastodon account {name} cannot post: {why}"
    return found


def _disk(settings: Settings) -> Path | None:
    """The folder of the SQLite file; None: the memory is on another machine."""
    if not settings.is_sqlite:
        return None
    _, _, path = settings.database_url.get_secret_value().partition(":///")
    return Path(path.partition("?")[0]).parent


async def tell_before_the_end(app: "App", why: BotError) -> None:
    """The process ends for good (a token was refused): whoever has a webhook hears why."""
    if app.accounts.webhook is None:
        return
    try:
        await app.accounts.webhook.tell(notice("Smallprint has stopped", f"• {why}", app.clock.now()))
    except SinkError as error:
        log.warning("operator_not_told", why=str(error))
