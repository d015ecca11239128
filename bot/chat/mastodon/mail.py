"""Reading an account's mail: every message answered once, whatever crashes between any two lines."""

from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from bot.chat.mastodon.answers import answer, slow_down, understood
from bot.chat.mastodon.desk import MailAccount, MailDesk
from bot.errors import RefusedError, SinkError, SinkScope
from bot.flows.people.subscribe import subscribe, unsubscribe
from bot.logic.mail.mailbox import (
    MOST_AN_HOUR,
    MOST_TRIES,
    SETTLE,
    Mailbox,
    Pending,
    dump_mailbox,
    load_mailbox,
)
from bot.logic.messages.mastodon_address import direct_address
from bot.logic.routing.route import delivery_key
from bot.logic.routing.setbacks import DAY, retry_wait
from bot.model import Incoming, NewSubscription, Reply, SinkKind
from bot.ports import Inbox

log = structlog.get_logger()

EVERY = timedelta(seconds=10)
"""How often to look. Mastodon allows 300 requests in five minutes; this makes 30."""
_MOST_BATCHES = 10


@dataclass(eq=False)
class MailReader:
    """One account's mail. Make one and keep it."""

    desk: MailDesk
    post: MailAccount
    inbox: Inbox

    async def keep_reading(self) -> None:
        """For ever; trouble of the server is waited out, growing slower. Raises StoreError."""
        failures = 0
        while True:
            wait = EVERY
            try:
                await self.read()
                failures = 0
            except SinkError as error:
                failures += 1
                wait = max(EVERY, retry_wait(failures), min(error.retry_after or timedelta(0), DAY))
                log.warning(
                    "mail_not_read", account=self.post.account, why=str(error), seconds=wait.total_seconds()
                )
            await self.desk.clock.sleep(wait)

    async def read(self) -> int:
        """Answer what waits; how many were answered.

        Safe to run again after a crash or cancellation anywhere. Raises SinkError when the server does not let us go
        on, StoreError.
        """
        mailbox = load_mailbox(await self.desk.store.setting(self._setting))
        if not mailbox.opened:
            # What people wrote before there was anybody to answer stays unanswered, as old news stays untold.
            mailbox = Mailbox(opened=True, after=await self.inbox.newest())
            await self._keep(mailbox)
            return 0
        answered = 0
        if mailbox.pending is not None:
            mailbox = await self._settle(mailbox, mailbox.pending)
            if mailbox.pending is not None:
                return 0
        for _ in range(_MOST_BATCHES):
            unread = await self.inbox.unread(mailbox.after)
            fresh = [each for each in unread if each.id not in mailbox.seen]
            for incoming in fresh:
                if mailbox.is_busy(self.desk.clock.now()):
                    log.warning(
                        "mail_waits", account=self.post.account, why="very many people write at present"
                    )
                    return answered
                was = mailbox.after
                mailbox, said = await self._take(mailbox, incoming)
                answered += said
                if mailbox.after == was:
                    return answered
            if not fresh:
                break
        return answered

    # ------------------------------------------------------------ one message

    async def _take(self, mailbox: Mailbox, incoming: Incoming) -> tuple[Mailbox, int]:
        """The mailbox past that message, or with an answer that is unclear; and how many answers were given."""
        desk, now = self.desk, self.desk.clock.now()
        ask = understood(desk, self.post, incoming)
        if ask is None:
            return await self._keep(mailbox.done_with(incoming.id)), 0
        mailbox, messages = mailbox.heard(incoming.sender_id, now)
        if messages > MOST_AN_HOUR + 1:
            return await self._keep(mailbox.done_with(incoming.id)), 0
        if messages == MOST_AN_HOUR + 1:
            said = slow_down(desk, self.post, ask.lang)
        else:
            said = await answer(desk, self.post, incoming, ask, self.inbox.room(incoming))
        mailbox = await self._send(mailbox, Pending(incoming, said))
        return mailbox, int(mailbox.pending is None)

    async def _send(self, mailbox: Mailbox, pending: Pending) -> Mailbox:
        """Remember what is about to be done, do it, say it, remember that it is done."""
        mailbox = await self._keep(mailbox.trying(pending, self.desk.clock.now()))
        assert mailbox.pending is not None
        await self._do(pending)
        incoming, said = pending.incoming, pending.answer
        key = delivery_key(f"{incoming.account}/{incoming.id}", 0, 0)
        try:
            await self.inbox.answer(incoming, Reply(said.text, said.lang, key))
        except SinkError as error:
            if error.unclear:
                log.warning("answer_unclear", account=incoming.account, why=error.reason)
                return mailbox
            if error.permanent and error.scope is SinkScope.DELIVERY:
                log.warning("answer_given_up", account=incoming.account, why=error.reason)
                return await self._keep(mailbox.done_with(incoming.id))
            # Certainly not said: the next look tries again.
            await self._keep(replace(mailbox, pending=replace(mailbox.pending, tried_at=None)))
            raise
        log.info("mail_answered", account=incoming.account, verb_lang=said.lang)
        return await self._keep(mailbox.done_with(incoming.id))

    async def _settle(self, mailbox: Mailbox, pending: Pending) -> Mailbox:
        """An answer that may be there: looked for, and only then tried again."""
        now, incoming = self.desk.clock.now(), pending.incoming
        if pending.tried_at is not None:
            # A time from "later": the clock was set back.
            if pending.tried_at <= now < pending.tried_at + SETTLE:
                return mailbox
            if await self.inbox.answered(incoming):
                return await self._keep(mailbox.done_with(incoming.id))
        if pending.tries >= MOST_TRIES:
            log.warning("answer_given_up", account=incoming.account, why=f"it failed {pending.tries} times")
            return await self._keep(mailbox.done_with(incoming.id))
        return await self._send(mailbox, pending)

    async def _do(self, pending: Pending) -> None:
        """What the answer says was done. Again after a crash: a wish is one wish, and what has ended stays so."""
        incoming, desk, wish = pending.incoming, self.desk, pending.answer.wish
        for subscription_id in pending.answer.ends:
            try:
                await unsubscribe(desk.store, subscription_id, asked_by=incoming.sender_id)
            except RefusedError:
                continue
        if wish is not None:
            new = NewSubscription(
                sink=SinkKind.MASTODON,
                address=direct_address(incoming.account, incoming.sender_id),
                destination_name=incoming.sender,
                server=None,
                platforms=wish.platforms,
                topics=wish.topics,
                urgency=wish.urgency,
                role=None,
                asked_by=incoming.sender_id,
                lang=pending.answer.lang,
            )
            await subscribe(desk.store, desk.clock, new, desk.platforms)

    # ------------------------------------------------------------ the memory

    @property
    def _setting(self) -> str:
        return f"mail:mastodon:{self.post.account}"

    async def _keep(self, mailbox: Mailbox) -> Mailbox:
        await self.desk.store.set_setting(self._setting, dump_mailbox(mailbox))
        return mailbox
