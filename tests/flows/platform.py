"""A platform that only remembers: what a sink posted, and how it should misbehave."""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

from bot.errors import SinkError
from bot.model import Receipt, Shipment, SinkKind

Hook = Callable[[Shipment], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Posted:
    """One message as the platform holds it."""

    remote_id: str
    address: str
    key: str
    headline: str
    reply_to: str | None
    correction: str = ""


@dataclass
class FakeSink:
    """One small class for any platform; the posts outlive the sink that made them.

    refusals  by address: raised by the next sends there, one each; nothing is posted
    cut_off   by address: posted, but the answer is lost (SinkError, unclear)
    blind     addresses whose history cannot be read
    resends   whether it looks by sending again, as a platform that remembers keys allows
    edit_refusals  as `refusals`, for edits
    before    awaited before each send, to hold it up
    """

    kind: SinkKind = SinkKind.DISCORD
    posts: list[Posted] = field(default_factory=list)
    refusals: dict[str, deque[SinkError]] = field(default_factory=lambda: defaultdict(deque))
    cut_off: Counter[str] = field(default_factory=Counter)
    blind: dict[str, SinkError] = field(default_factory=dict)
    edit_refusals: dict[str, deque[SinkError]] = field(default_factory=lambda: defaultdict(deque))
    edits: list[Shipment] = field(default_factory=list)
    resends: bool = False
    ready: bool = True
    before: Hook | None = None
    sends: int = 0
    looks: int = 0
    shipments: list[Shipment] = field(default_factory=list)
    under_way: Counter[str] = field(default_factory=Counter)
    most_at_once: int = 0
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def is_ready(self) -> bool:
        return self.ready

    def refuse(self, address: str, *errors: SinkError) -> None:
        self.refusals[address].extend(errors)

    async def send(self, shipment: Shipment) -> Receipt:
        address = shipment.delivery.destination.address
        self.sends += 1
        self.shipments.append(shipment)
        self.under_way[address] += 1
        assert self.under_way[address] == 1, f"two messages at once to {address}"
        self.most_at_once = max(self.most_at_once, self.under_way.total())
        try:
            if self.before is not None:
                await self.before(shipment)
            if self.refusals[address]:
                raise self.refusals[address].popleft()
            receipt = self._post(shipment)
            if self.cut_off[address]:
                self.cut_off[address] -= 1
                raise SinkError("the connection broke", unclear=True)
            return receipt
        finally:
            self.under_way[address] -= 1

    async def find(self, shipment: Shipment) -> Receipt | None:
        self.looks += 1
        delivery = shipment.delivery
        if (error := self.blind.get(delivery.destination.address)) is not None:
            raise error
        there = [p for p in self.posts if (p.address, p.key) == (delivery.destination.address, delivery.key)]
        if not there and self.resends:
            return self._post(shipment)
        return Receipt(there[-1].remote_id) if there else None

    async def edit(self, shipment: Shipment) -> None:
        address = shipment.delivery.destination.address
        self.edits.append(shipment)
        if self.before is not None:
            await self.before(shipment)
        if self.edit_refusals[address]:
            raise self.edit_refusals[address].popleft()
        at = next(
            (i for i, post in enumerate(self.posts) if post.remote_id == shipment.delivery.remote_id), None
        )
        if at is None:
            raise SinkError("the post is gone", permanent=True)
        message = shipment.delivery.message
        self.posts[at] = replace(self.posts[at], headline=message.headline, correction=message.correction)

    async def close(self) -> None: ...

    def received(self, address: str) -> list[str]:
        """Headlines posted at an address, in order."""
        return [post.headline for post in self.posts if post.address == address]

    async def until_posts(self, count: int) -> None:
        """Until that many messages are there."""
        while len(self.posts) < count:
            self.changed.clear()
            await self.changed.wait()

    def _post(self, shipment: Shipment) -> Receipt:
        delivery = shipment.delivery
        remote_id = str(len(self.posts) + 1)
        self.posts.append(
            Posted(
                remote_id,
                delivery.destination.address,
                delivery.key,
                delivery.message.headline,
                shipment.reply_to,
            )
        )
        self.changed.set()
        return Receipt(remote_id, f"https://platform.example/{remote_id}")
