"""What to answer to one message, and what to do before: gathered, decided, not yet done."""

from collections.abc import Sequence

from bot.chat.mastodon import wording
from bot.chat.mastodon.desk import MailAccount, MailDesk
from bot.flows.people.record import record_of
from bot.flows.people.subscribe import latest, list_subscriptions
from bot.logic.mail.commands import Ask, read_ask
from bot.logic.mail.mailbox import MailAnswer, MailWish
from bot.logic.mail.words import Verb
from bot.logic.messages.mastodon_address import direct_address
from bot.model import Incoming, SinkKind, StoryView, Subscription, Topic

MOST_SUBSCRIPTIONS = 10
_STORIES = 3


def understood(desk: MailDesk, post: MailAccount, incoming: Incoming) -> Ask | None:
    """What the message asks for; None: it is not for us to answer.

    A public mention is answered only if it begins with a command: people talk about us, too, and did not ask.
    """
    if incoming.is_bot or not incoming.status_id:
        return None
    ask = read_ask(incoming.text, desk.vocabulary, written_in=incoming.lang, own=post.lang)
    if not incoming.is_private and (ask.verb is None or not ask.is_first):
        return None
    return ask


async def answer(desk: MailDesk, post: MailAccount, incoming: Incoming, ask: Ask, room: int) -> MailAnswer:
    """The answer and what it does. Raises StoreError."""
    lang = ask.lang or post.lang
    match ask.verb:
        case Verb.SUBSCRIBE:
            return await _subscribe(desk, post, incoming, ask, lang)
        case Verb.UNSUBSCRIBE | Verb.STOP | Verb.SUBSCRIPTIONS:
            held = await _held(desk, post, incoming)
            return _about_held(desk, ask, lang, held, room)
        case Verb.LATEST:
            return MailAnswer(await _latest(desk, ask, lang, room), lang)
        case Verb.WHY:
            return MailAnswer(await _why(desk, incoming, ask, lang, room), lang)
        case Verb.POLICY:
            return MailAnswer(await _policy(desk, ask, lang, room), lang)
        case _:
            return MailAnswer(_help(desk, lang, room), lang)


def slow_down(desk: MailDesk, post: MailAccount, lang: str | None) -> MailAnswer:
    """To whoever wrote too often in an hour; said once."""
    lang = lang or post.lang
    return MailAnswer(desk.say(lang, "mastodon-slow-down"), lang)


def _help(desk: MailDesk, lang: str, room: int) -> str:
    paragraphs = [desk.say(lang, "mastodon-help")]
    if desk.contact:
        paragraphs.append(desk.say(lang, "mastodon-contact", contact=desk.contact))
    return wording.fitted(paragraphs, room, "\n\n")


async def _held(desk: MailDesk, post: MailAccount, incoming: Incoming) -> Sequence[Subscription]:
    address = direct_address(post.account, incoming.sender_id)
    held = await list_subscriptions(desk.store, address=address)
    return [each for each in held if each.destination.sink is SinkKind.MASTODON]


async def _subscribe(
    desk: MailDesk, post: MailAccount, incoming: Incoming, ask: Ask, lang: str
) -> MailAnswer:
    if post.alerts_a_day == 0:
        return MailAnswer(desk.say(lang, "mastodon-no-alerts"), lang)
    if ask.unknown:
        return MailAnswer(wording.unknown(desk, lang, ask.unknown), lang)
    held = await _held(desk, post, incoming)
    wish = MailWish(ask.platforms, ask.topics, ask.urgency)
    if len(held) >= MOST_SUBSCRIPTIONS and not any(_is_same(each, wish) for each in held):
        return MailAnswer(desk.say(lang, "mastodon-too-many", most=MOST_SUBSCRIPTIONS), lang)
    what = wording.wish(desk, lang, wish.platforms, wish.topics, wish.urgency)
    return MailAnswer(
        desk.say(lang, "mastodon-subscribed", what=what, most=post.alerts_a_day), lang, wish=wish
    )


def _is_same(held: Subscription, wish: MailWish) -> bool:
    return (held.platforms, held.topics, held.urgency) == (wish.platforms, wish.topics, wish.urgency)


def _about_held(desk: MailDesk, ask: Ask, lang: str, held: Sequence[Subscription], room: int) -> MailAnswer:
    if ask.verb is Verb.STOP:
        return MailAnswer(desk.say(lang, "mastodon-stopped"), lang, ends=tuple(each.id for each in held))
    if not held:
        return MailAnswer(desk.say(lang, "mastodon-none"), lang)
    if ask.verb is Verb.SUBSCRIPTIONS:
        return MailAnswer(wording.listed(desk, lang, "mastodon-list", held, room), lang)
    if ask.unknown and not ask.is_narrow:
        return MailAnswer(wording.unknown(desk, lang, ask.unknown), lang)
    meant = _meant(ask, held)
    if not meant:
        return MailAnswer(wording.listed(desk, lang, "mastodon-which", held, room), lang)
    what = "; ".join(wording.wish_of(desk, lang, each) for each in meant)
    said = desk.say(lang, "mastodon-unsubscribed", what=what)
    return MailAnswer(wording.fitted([said], room, ""), lang, ends=tuple(each.id for each in meant))


def _meant(ask: Ask, held: Sequence[Subscription]) -> Sequence[Subscription]:
    """Which of the person's subscriptions are to end; empty: that cannot be told."""
    if ask.number is not None:
        return held[ask.number - 1 : ask.number] if ask.number > 0 else ()
    if ask.is_narrow:
        return [each for each in held if ask.platforms <= each.platforms and ask.topics <= each.topics]
    return held if len(held) == 1 else ()


async def _latest(desk: MailDesk, ask: Ask, lang: str, room: int) -> str:
    if ask.unknown and not ask.is_narrow:
        return wording.unknown(desk, lang, ask.unknown)
    found: list[StoryView] = []
    platforms: list[str | None] = [*sorted(ask.platforms)] or [None]
    topics: list[Topic | None] = [*sorted(ask.topics)] or [None]
    for platform in platforms:
        for topic in topics:
            found += await latest(desk.store, limit=_STORIES, platform=platform, topic=topic)
    views = list({view.story.id: view for view in found}.values())
    if not views:
        return desk.say(lang, "mastodon-latest-none")
    views.sort(key=lambda view: view.story.turned_at, reverse=True)
    return wording.stories(desk, lang, views, room)


async def _why(desk: MailDesk, incoming: Incoming, ask: Ask, lang: str, room: int) -> str:
    view = None
    if ask.url is not None:
        told = await desk.store.explain(ask.url)
        view = next((each.story for each in told if each.story is not None), None)
        if view is None:
            return desk.say(lang, "mastodon-why-unknown")
    elif incoming.reply_to is not None:
        story_id = await desk.store.story_posted_as(SinkKind.MASTODON, incoming.reply_to)
        view = await desk.store.story(story_id) if story_id else None
    return wording.why(desk, lang, view, room) if view else desk.say(lang, "mastodon-why-ask")


async def _policy(desk: MailDesk, ask: Ask, lang: str, room: int) -> str:
    if ask.unknown and not ask.platforms:
        return wording.unknown(desk, lang, ask.unknown)
    if not ask.platforms:
        return desk.say(lang, "mastodon-policy-ask")
    platform = min(ask.platforms)
    record = await record_of(desk.store, desk.clock, platform)
    return wording.policy(desk, lang, record, room)
