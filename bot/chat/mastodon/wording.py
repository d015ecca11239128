"""Answers to people on Mastodon: short, plain, in their language, never more than fits."""

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches

from bot.chat.mastodon.desk import MailDesk
from bot.logic.text.inert import clean, for_mastodon, safe_link
from bot.logic.text.lengths import shorten
from bot.model import StoryView, Subscription, Topic, Urgency
from bot.model.record import PlatformRecord, Position

_MOST_LISTED = 10
_MOST_STORIES = 3
_MOST_REASONS = 3
_TITLE = 110


def wish(
    desk: MailDesk, lang: str, platforms: Iterable[str], topics: Iterable[Topic], urgency: Urgency
) -> str:
    """What somebody hears of: "SoundCloud, Suno · lawsuits · daily"."""
    parts = [
        ", ".join(sorted(platforms)) or desk.say(lang, "mastodon-any-platform"),
        ", ".join(sorted(topic_name(desk, lang, topic) for topic in topics))
        or desk.say(lang, "mastodon-any-topic"),
    ]
    if urgency is not Urgency.NOW:
        parts.append(desk.say(lang, f"mastodon-{urgency.value}"))
    return for_mastodon(" · ".join(parts))


def wish_of(desk: MailDesk, lang: str, subscription: Subscription) -> str:
    return wish(desk, lang, subscription.platforms, subscription.topics, subscription.urgency)


def topic_name(desk: MailDesk, lang: str, topic: Topic) -> str:
    return desk.say(lang, f"mastodon-topic-{topic.value}")


def unknown(desk: MailDesk, lang: str, words: Sequence[str]) -> str:
    """We do not know that name; the nearest ones, if any."""
    name = for_mastodon(clean(words[0])[:40])
    by_folded = {each.casefold(): each for each in desk.platforms}
    near = [by_folded[each] for each in get_close_matches(words[0], by_folded, n=3, cutoff=0.6)]
    said = desk.say(lang, "mastodon-unknown-name", name=name)
    return f"{said} {desk.say(lang, 'mastodon-did-you-mean', names=', '.join(near))}" if near else said


def listed(desk: MailDesk, lang: str, heading: str, held: Sequence[Subscription], room: int) -> str:
    """The person's subscriptions, numbered from 1 as "unsubscribe 2" takes them."""
    lines = [f"{n}. {wish_of(desk, lang, each)}" for n, each in enumerate(held[:_MOST_LISTED], start=1)]
    return fitted([desk.say(lang, heading), "\n".join(lines)], room, "\n\n")


def stories(desk: MailDesk, lang: str, views: Sequence[StoryView], room: int) -> str:
    """The newest stories, each with its link; as many as fit whole."""
    paragraphs = [desk.say(lang, "mastodon-latest")]
    for view in views[:_MOST_STORIES]:
        title = for_mastodon(shorten(clean(view.story.title), _TITLE, len))
        link = safe_link(lead_url(view) or "")
        paragraphs.append(f"{title}\n{link}" if link else title)
    return fitted(paragraphs, room, "\n\n")


def why(desk: MailDesk, lang: str, view: StoryView, room: int) -> str:
    """Why a story was told: what the judgement went by, and from where."""
    lead = next((each for each in view.entries if each.entry.id == view.story.lead_id), view.entries[0])
    reasons = sorted((r for r in lead.verdict.reasons if r.text), key=lambda reason: -reason.weight)
    outlets = list(dict.fromkeys(clean(each.entry.outlet.name) for each in view.entries))
    paragraphs = [
        desk.say(lang, "mastodon-why", title=for_mastodon(shorten(clean(view.story.title), _TITLE, len))),
        "\n".join(f"– {for_mastodon(clean(reason.text)[:120])}" for reason in reasons[:_MOST_REASONS]),
        desk.say(
            lang,
            "mastodon-why-about",
            topic=topic_name(desk, lang, view.story.topic),
            platforms=for_mastodon(", ".join(view.story.platforms[:4])) or "–",
            outlets=for_mastodon(", ".join(outlets[:3])),
        ),
    ]
    return fitted([text for text in paragraphs if text], room, "\n\n")


def policy(desk: MailDesk, lang: str, record: PlatformRecord, room: int) -> str:
    """Where a platform stands, subject by subject, since when; unknown ones are left out."""
    heading = desk.say(lang, "mastodon-policy", platform=record.platform)
    lines = []
    for each in record.standings:
        if each.position is Position.UNKNOWN:
            continue
        subject = desk.say(lang, f"record-subject-{each.subject.value}")
        position = desk.say(lang, f"record-position-{each.position.value}")
        lines.append(f"{subject}: {position}{_since(each.since)}")
    if not lines:
        return desk.say(lang, "mastodon-policy-unknown", platform=record.platform)
    links = list(dict.fromkeys(link for each in record.standings if (link := safe_link(each.url))))
    parts = [heading, *lines]
    short = fitted(parts, room - (len(links[0]) + 1 if links else 0), "\n")
    return f"{short}\n{links[0]}" if links and len(short) + len(links[0]) < room else short


def _since(day: date | None) -> str:
    return f" ({day:%Y-%m})" if day else ""


def lead_url(view: StoryView) -> str | None:
    """The address of the story's lead."""
    lead = next(
        (each.entry for each in view.entries if each.entry.id == view.story.lead_id), view.entries[0].entry
    )
    return lead.url


def fitted(paragraphs: Sequence[str], room: int, between: str) -> str:
    """As many whole paragraphs from the first on as fit; the first is cut if not even that does.

    Links count in full, as some servers count them.
    """
    text = paragraphs[0] if len(paragraphs[0]) <= room else shorten(paragraphs[0], room, len)
    for paragraph in paragraphs[1:]:
        longer = f"{text}{between}{paragraph}"
        if len(longer) > room:
            break
        text = longer
    return text
