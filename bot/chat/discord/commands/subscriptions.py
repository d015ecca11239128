"""/subscriptions: what this server or this person gets, in pages, each to be edited, paused, moved or deleted."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import SelectOption, app_commands

from bot.chat.discord import places, replies
from bot.chat.discord.asker import Asker, who_asks
from bot.chat.discord.commands.rules import AnyCommand, defer, does, for_everyone, reply
from bot.chat.discord.desk import Desk
from bot.chat.discord.open_panels import OpenPanel
from bot.chat.discord.panel import WishPanel
from bot.chat.discord.places import CHANNELS, THREADS, Target
from bot.chat.discord.refusal import RefusalError
from bot.errors import RefusedError
from bot.flows.people.subscribe import change, restore, set_pause, unsubscribe
from bot.flows.people.trial import as_wish
from bot.model import NewSubscription, Subscription

CHOICE = 100


def command(desk: Desk) -> AnyCommand:
    @app_commands.command(description=does("subscriptions"))
    async def subscriptions(interaction: discord.Interaction) -> None:
        await defer(interaction)
        asker = await who_asks(interaction, desk)
        if await asker.held(desk):
            await SubscriptionList(desk, asker, str(interaction.id)).send(interaction)
        else:
            await reply(
                interaction, asker.say("no-subscriptions" if asker.server else "no-own-subscriptions")
            )

    return for_everyone(subscriptions)


class SubscriptionList(OpenPanel):
    """Pages of ten. Picking one from the menu brings its buttons; a deleted one can be brought back."""

    def __init__(self, desk: Desk, asker: Asker, opened: str) -> None:
        super().__init__(desk, asker, opened)
        self._held: Sequence[Subscription] = ()
        self._page, self._picked = 0, 0
        self._removed: Subscription | None = None
        self._said = ""
        self._moves = False

    # ------------------------------------------------------------ what it shows

    async def draw(self) -> tuple[str, list[discord.Embed]]:
        self._held = await self.asker.held(self.desk)
        pages = replies.page_count(self._held)
        self._page = min(max(self._page, 0), pages - 1)
        self.clear_items()
        shown = self._held[self._page * replies.PAGE : (self._page + 1) * replies.PAGE]
        if shown:
            self._menu(shown)
        if pages > 1:
            self.button("previous", self._turn_back, row=1, disabled=self._page == 0)
            self.button("next", self._turn_on, row=1, disabled=self._page == pages - 1)
        picked = self._chosen()
        if picked is not None:
            self._buttons(picked)
        if self._removed is not None:
            self.button("undo", self._undo, row=1, style=discord.ButtonStyle.primary)
        page = replies.subscription_page(self._held, self._page, self.desk, self.asker.lang)
        if not self._held:
            page.description = self.say(
                "no-own-subscriptions" if self.asker.server is None else "no-subscriptions"
            )
        return self._said, [page]

    def _menu(self, shown: Sequence[Subscription]) -> None:
        options = [
            SelectOption(
                label=replies.choice_name(one, self.desk, self.asker.lang)[:CHOICE],
                description=replies.when(one, self.asker.lang)[:CHOICE],
                value=str(one.id),
                default=one.id == self._picked,
            )
            for one in shown
        ]
        menu: discord.ui.Select[OpenPanel] = discord.ui.Select(
            placeholder=self.say("menu-subscription"), options=options, row=0
        )
        self.menu("subscription", menu, self._pick)

    def _buttons(self, picked: Subscription) -> None:
        if self._moves:
            menu: discord.ui.ChannelSelect[OpenPanel] = discord.ui.ChannelSelect(
                channel_types=[*CHANNELS, *THREADS], placeholder=self.say("menu-channel"), row=2
            )
            self.menu("channel", menu, self._move)
            return
        if picked.story_id is None:
            self.button("edit", self._edit, row=2)
        self.button("pause" if picked.paused_at is None else "resume", self._turn_pause, row=2)
        if self.asker.server is not None:
            self.button("move", self._ask_where, row=2)
        self.button("delete", self._delete, row=2, style=discord.ButtonStyle.danger)

    def _chosen(self) -> Subscription | None:
        return next((one for one in self._held if one.id == self._picked), None)

    async def _needed(self) -> Subscription:
        """The one picked, as it is now. Raises RefusalError when somebody deleted it meanwhile."""
        self._held = await self.asker.held(self.desk)
        picked = self._chosen()
        if picked is None:
            raise RefusalError("gone-already")
        return picked

    # ------------------------------------------------------------ what people do

    async def _pick(self, interaction: discord.Interaction, values: Sequence[str]) -> None:
        self._picked, self._said, self._moves = int(values[0]), "", False
        await self.show(interaction)

    async def _turn_back(self, interaction: discord.Interaction) -> None:
        await self._turn(interaction, -1)

    async def _turn_on(self, interaction: discord.Interaction) -> None:
        await self._turn(interaction, 1)

    async def _turn(self, interaction: discord.Interaction, step: int) -> None:
        self._page, self._picked, self._said = self._page + step, 0, ""
        await self.show(interaction)

    async def _turn_pause(self, interaction: discord.Interaction) -> None:
        picked = await self._needed()
        await set_pause(self.desk.store, self.desk.clock, picked.id, is_paused=picked.paused_at is None)
        key = "now-paused" if picked.paused_at is None else "now-resumed"
        self._said = self._about(key, picked)
        await self.show(interaction)

    async def _delete(self, interaction: discord.Interaction) -> None:
        picked = await self._needed()
        self._removed = picked
        await unsubscribe(self.desk.store, picked.id, server=self.asker.server_id)
        self._picked, self._said = 0, replies.unsubscribed(picked, self.desk, self.asker.lang)
        await self.show(interaction)

    async def _undo(self, interaction: discord.Interaction) -> None:
        if self._removed is None:
            return
        removed, self._removed = self._removed, None
        again = await restore(
            self.desk.store, self.desk.clock, as_wish(removed), is_paused=removed.paused_at is not None
        )
        self._picked, self._said = again.id, self._about("brought-back", again)
        await self.show(interaction)

    async def _ask_where(self, interaction: discord.Interaction) -> None:
        self._moves, self._said = True, ""
        await self.show(interaction)

    async def _move(self, interaction: discord.Interaction, values: Sequence[Any]) -> None:
        picked = await self._needed()
        target = places.picked_target(interaction, values[0])
        problem = places.problem_with(target, self.asker.lang)
        if problem:
            raise places.MissingRightsError(problem)
        wish = as_wish(picked)
        moved = await self._changed(
            picked,
            NewSubscription(
                **{name: getattr(wish, name) for name in wish.__slots__}
                | {"address": str(target.id), "destination_name": f"#{target.name}"}
            ),
        )
        self._moves, self._said = False, self._about("moved", moved)
        await self.show(interaction)

    async def _edit(self, interaction: discord.Interaction) -> None:
        picked = await self._needed()
        guild = interaction.guild
        target = places.known_target(guild, picked.destination.address) if guild else None

        async def done(again: discord.Interaction, wish: NewSubscription, where: Target | None) -> str:
            return self._about("saved", await self._changed(picked, wish))

        panel = WishPanel(self.desk, self.asker, self.opened, as_wish(picked), target, done, "save")
        self.stop()
        await panel.show(interaction)

    async def _changed(self, picked: Subscription, wish: NewSubscription) -> Subscription:
        try:
            return await change(self.desk.store, self.desk.clock, picked.id, wish, self.desk.platforms)
        except RefusalError:
            raise
        except RefusedError as error:
            still = picked.id in {one.id for one in await self.asker.held(self.desk)}
            raise RefusalError("twin" if still else "gone-already") from error

    def _about(self, key: str, subscription: Subscription) -> str:
        return self.say(
            key,
            place=replies.place(subscription, self.say),
            what=replies.bold(replies.wanted(subscription, self.desk, self.asker.lang)[:600]),
        )
