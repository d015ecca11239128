"""Several Mastodon accounts behind one Sink: each fails, waits and recovers by itself."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.errors import SinkError, SinkScope
from bot.logic.messages.mastodon_address import account_of, person_of
from bot.logic.routing.setbacks import DAY, next_slot, retry_wait
from bot.model import Ceilings, Receipt, Shipment, SinkKind
from bot.sinks.mastodon.sink import MastodonSink

log = structlog.get_logger()

SEVERAL = 3
_UNKNOWN_WAIT = timedelta(hours=1)
# A server takes 300 posts in three hours from one account, and refuses news, too, after that (mastodon#13172). Alerts
# may have half of them; answers (MOST_FOR_ALL_AN_HOUR of bot.logic.mail.mailbox) and the account's own posts share the rest.
MOST_ALERTS_AN_HOUR = 50
_ALERTS = Ceilings(an_hour=MOST_ALERTS_AN_HOUR, a_day=24 * MOST_ALERTS_AN_HOUR)


@dataclass(eq=False)
class _Account:
    """One account, and how it fares.

    turn      one call at a time: whoever waits learns of trouble before asking a server that does not answer
    failures  in a row
    alerts    when direct messages went out in the last hour, oldest first
    refused   why the account is left alone from `since` to `until`; None: it is not
    """

    sink: MastodonSink
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    failures: int = 0
    alerts: list[datetime] = field(default_factory=list)
    refused: SinkError | None = None
    since: datetime | None = None
    until: datetime | None = None

    def is_parked(self, now: datetime) -> bool:
        # A time before the wait began: the clock was set back, and the wait would last as much longer.
        return self.since is not None and self.until is not None and self.since <= now < self.until


class MastodonAccounts:
    """The Sink for all Mastodon accounts; a destination's address names its account.

    A refusal of a whole account never reaches the others: its scope is ACCOUNT, and the wait is kept here.
    """

    kind = SinkKind.MASTODON

    def __init__(self, sinks: Mapping[str, MastodonSink], now: Callable[[], datetime]) -> None:
        self._accounts = {name: _Account(sink) for name, sink in sinks.items()}
        self._now = now

    def is_ready(self) -> bool:
        """Whether any account could post."""
        return any(self._is_open(account) for account in self._accounts.values())

    def troubles(self) -> Mapping[str, str]:
        """Account -> why it is left alone at present; those that are well are left out."""
        now = self._now()
        return {
            name: str(account.refused)
            for name, account in self._accounts.items()
            if account.refused is not None and account.is_parked(now)
        }

    def lasting_troubles(self) -> Mapping[str, str]:
        """Account -> why it fails, for those that will not mend by themselves or failed SEVERAL times in a row.

        Until a post goes out again, also between two tries: whoever is told of it hears of its end only then.
        """
        return {
            name: str(account.refused)
            for name, account in self._accounts.items()
            if account.refused is not None and (account.refused.permanent or account.failures >= SEVERAL)
        }

    async def send(self, shipment: Shipment) -> Receipt:
        """Post it from its account. Raises SinkError, ACCOUNT for what concerns all of that account."""
        account = self._account(shipment, unclear=False)
        async with account.turn:
            self._refuse_while_parked(account)
            is_alert = person_of(shipment.delivery.destination.address) is not None
            if is_alert:
                self._refuse_too_many_alerts(account)
            try:
                receipt = await account.sink.send(shipment)
            except SinkError as error:
                raise self._parked(account, error) from None
            account.failures, account.refused, account.until = 0, None, None
            if is_alert:
                account.alerts.append(self._now())
            return receipt

    async def find(self, shipment: Shipment) -> Receipt | None:
        """Look at its account. Raises SinkError, `unclear`, when that does not tell."""
        account = self._account(shipment, unclear=True)
        async with account.turn:
            if account.refused is not None and account.refused.scope is SinkScope.SINK:
                self._refuse_while_parked(account, unclear=True)
            try:
                return await account.sink.find(shipment)
            except SinkError as error:
                raise self._parked(account, error) from None

    async def edit(self, shipment: Shipment) -> Receipt:
        """Edit it at its account. Raises SinkError, ACCOUNT for what concerns all of that account."""
        account = self._account(shipment, unclear=False)
        async with account.turn:
            self._refuse_while_parked(account)
            try:
                return await account.sink.edit(shipment)
            except SinkError as error:
                raise self._parked(account, error) from None

    async def close(self) -> None:
        for account in self._accounts.values():
            await account.sink.close()

    def _is_open(self, account: _Account) -> bool:
        return account.sink.is_ready() and not account.is_parked(self._now())

    def _account(self, shipment: Shipment, *, unclear: bool) -> _Account:
        name = account_of(shipment.delivery.destination.address)
        if name not in self._accounts:
            raise SinkError(
                f"No Mastodon account called {name} is logged in.",
                scope=SinkScope.ACCOUNT,
                retry_after=_UNKNOWN_WAIT,
                unclear=unclear,
                fix=f"Run `smallprint mastodon login`, or `smallprint unsubscribe` what goes to {name}; then restart.",
            )
        return self._accounts[name]

    def _refuse_while_parked(self, account: _Account, *, unclear: bool = False) -> None:
        now = self._now()
        if account.refused is not None and account.until is not None and account.is_parked(now):
            raise _of_account(account.refused, account.until - now, unclear=unclear)

    def _refuse_too_many_alerts(self, account: _Account) -> None:
        now = self._now()
        account.alerts = [at for at in account.alerts if now - timedelta(hours=1) < at <= now]
        slot = next_slot(account.alerts, _ALERTS, now)
        if slot > now:
            reason = f"waits: the account sends at most {MOST_ALERTS_AN_HOUR} direct messages an hour"
            raise SinkError(reason, retry_after=slot - now)

    def _parked(self, account: _Account, error: SinkError) -> SinkError:
        """`error` as it is for the outbox, after remembering what it means for the account."""
        if error.scope is not SinkScope.SINK and not error.unclear:
            return error
        account.failures += 1
        wait = max(retry_wait(account.failures), min(error.retry_after or timedelta(0), DAY))
        account.since = self._now()
        account.refused, account.until = error, account.since + wait
        if error.scope is not SinkScope.SINK:
            # The post may be there: when to look for it is the outbox's to say. The others only wait.
            account.refused = SinkError("The Mastodon server had trouble a moment ago and is left alone.")
            return error
        log.warning("mastodon_account_left_alone", why=str(error), seconds=wait.total_seconds())
        return _of_account(error, wait, unclear=error.unclear)


def _of_account(error: SinkError, wait: timedelta, *, unclear: bool) -> SinkError:
    return SinkError(
        error.reason,
        permanent=error.permanent,
        scope=SinkScope.ACCOUNT,
        retry_after=wait,
        unclear=unclear,
        fix=error.fix,
    )
