"""Messages for a terminal: in plain form, and as they would look on Discord and on Mastodon."""

import re
import textwrap
import unicodedata
from datetime import UTC, datetime

from bot.logic.messages.discord import Card, DiscordPost
from bot.logic.messages.headline import (
    DEVELOPING,
    OTHER_SIDE,
    STILL_OPEN,
    TO_DO,
    WORDING,
    bare_quote,
    headline,
    subject,
)
from bot.logic.messages.mastodon import Status
from bot.logic.text.inert import clean
from bot.logic.text.lengths import mastodon_length
from bot.model import Message

_BAR = "▌ "
_MASKED_LINK = re.compile(r"(?<!\\)\[((?:[^\]\\]|\\.)*)\]\(\S+?\)")
_ESCAPED = re.compile(r"\\([^A-Za-z0-9\s])")
_ROLE = re.compile(r"<@&(\d+)>")
_WHEN = re.compile(r"<t:(\d+):([DfR])>")
_LIVE_STAR = re.compile(r"(?<!\\)\*")


def render_plain(message: Message, width: int = 80) -> str:
    """The message as paragraphs no wider than `width` columns; links, which are never broken, may be."""
    quote, speaker = bare_quote(message), clean(message.speaker)
    paragraphs = [headline(message), clean(message.url)]
    paragraphs += ["", clean(message.what)] if clean(message.what) else []
    if quote:
        paragraphs += (
            ["", f"  “{quote}”", f"  — {speaker}"] if speaker else ["", f"{WORDING}:", f"  “{quote}”"]
        )
    parts = ((OTHER_SIDE, message.other_side), (STILL_OPEN, message.open_question), (TO_DO, message.to_do))
    for name, text in parts:
        paragraphs += ["", f"{name}: {clean(text)}"] if clean(text) else []
    paragraphs += ["", DEVELOPING] if message.developing else []
    names = ", ".join(clean(source.name) for source in message.sources)
    facts = (subject(message), f"{message.happened_at:%Y-%m-%d %H:%M} UTC", names and f"from {names}")
    paragraphs += ["", " · ".join(fact for fact in facts if fact)]
    return "\n".join(_wrapped(paragraph, width) for paragraph in paragraphs)


def post_as_text(post: DiscordPost, width: int = 80) -> str:
    """A Discord message as the bar and lines of its cards: what a reader sees, without the signs that format it."""
    cards = "\n\n".join(_card_as_text(card, width) for card in post.cards)
    return (_ROLE.sub(r"@role \1", post.content) + "\n" if post.content else "") + cards


def _card_as_text(card: Card, width: int) -> str:
    lines = [f"**{card.title}**", *([card.url] if card.url else []), "", *card.description.split("\n")]
    for field in card.fields:
        lines += ["", f"**{field.name}**", *field.value.split("\n")]
    inside = "\n".join(_wrapped(_shown(line), width - len(_BAR)) for line in lines).strip("\n")
    footer = f"\n\n{_wrapped(card.footer, width - len(_BAR))}" if card.footer else ""
    body = textwrap.indent(inside + footer, _BAR, lambda _line: True)
    return "\n".join(line.rstrip() for line in body.split("\n"))


def status_as_text(status: Status, width: int = 80) -> str:
    """A Mastodon status, wrapped, then its language and how long Mastodon holds it to be."""
    text = "\n".join(_wrapped(line, width) for line in status.text.split("\n"))
    facts = f"({mastodon_length(status.text)} characters, language {status.lang})"
    return f"{text}\n\n{_wrapped(facts, width)}"


def _shown(markdown: str) -> str:
    """Markdown of our own cards as it looks: masked links by name, escaped signs bare."""
    is_quote = markdown.startswith("> ")
    text = _MASKED_LINK.sub(r"\1", markdown.removeprefix("> ").removeprefix("-# "))
    text = _WHEN.sub(_told_time, text)
    text = _ESCAPED.sub(r"\1", _LIVE_STAR.sub("", text))
    return f"  {text}" if is_quote else text


def _told_time(found: re.Match[str]) -> str:
    """A Discord timestamp in UTC; "in three days" has no meaning in text that stays."""
    at = datetime.fromtimestamp(int(found[1]), UTC)
    return f"{at:%Y-%m-%d %H:%M} UTC" if found[2] == "f" else f"{at:%Y-%m-%d}"


def _wrapped(paragraph: str, width: int) -> str:
    indent = paragraph[: len(paragraph) - len(paragraph.lstrip())]
    visible = "".join(c for c in paragraph.strip() if unicodedata.category(c) != "Cf" or c in "\u200c\u200d")
    lines = textwrap.wrap(
        visible,
        max(width, 20),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)
