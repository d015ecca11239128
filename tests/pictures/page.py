"""Discord's look, from the payloads that the bot sends: embeds, buttons and our own Markdown as HTML."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any

from bot.logic.messages.buttons import buttons
from bot.logic.messages.discord import render_post
from bot.model import Message
from bot.words import words

# Where the browser finds the modules that the components import by bare names.
IMPORTS = {
    "@skyra/discord-components-core": "@skyra/discord-components-core/dist/index.js",
    "@lit/context": "@lit/context/index.js",
    "lit": "lit/index.js",
    "lit/": "lit/",
    "lit-html": "lit-html/lit-html.js",
    "lit-html/": "lit-html/",
    "lit-element/": "lit-element/",
    "@lit/reactive-element": "@lit/reactive-element/reactive-element.js",
    "@lit/reactive-element/": "@lit/reactive-element/",
}
_FACE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'%3E%3Crect width='10' height='10' "
    "fill='%234455aa'/%3E%3Cpath d='M2 3h6M2 5h6M2 7h4' stroke='white'/%3E%3C/svg%3E"
)
_ESCAPED = re.compile(r"\\([^A-Za-z0-9\s])")
_LINK = re.compile(r"(?<!\\)\[((?:[^\]\\]|\\.)*)\]\((\S+?)\)")
_WHEN = re.compile(r"<t:(\d+):([DdfR])>")


def page_of(
    message: Message, *, lang: str = "en", now: datetime, reply: str = "", roles: Sequence[str] = ()
) -> str:
    """A page with one post in it. `reply`: the headline of the post that it answers."""
    say = words(lang)
    post = render_post(message, say, roles)
    embeds = "".join(_embed(card.embed(), now) for card in post.cards)
    rows = "".join(
        "<discord-action-row>"
        + "".join(
            f'<discord-button type="{_LOOKS[each.look.value]}">{escape(each.label)}</discord-button>'
            for each in row
        )
        + "</discord-action-row>"
        for row in buttons(message, say)
    )
    answered = (
        f'<discord-reply slot="reply" author="Smallprint" app avatar="{_FACE}">{escape(reply)}</discord-reply>'
        if reply
        else ""
    )
    imports = ",".join(f'"{name}":"/modules/{path}"' for name, path in IMPORTS.items())
    return f"""<!doctype html><html lang="{lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<script type="importmap">{{"imports":{{{imports}}}}}</script>
<script type="module">import "@skyra/discord-components-core"; document.documentElement.dataset.ready = "yes";</script>
<style>html, body {{ margin: 0; overflow-x: hidden; width: 412px; background: #313338; font-family: sans-serif; }}
small {{ color: #949ba4; }} discord-embed-field {{ margin-top: 6px; }}</style></head><body>
<discord-messages no-background><discord-message author="Smallprint" app avatar="{_FACE}" timestamp="{now:%m/%d/%Y %H:%M}">
{answered}{embeds}<discord-attachments slot="components">{rows}</discord-attachments>
</discord-message></discord-messages></body></html>"""


_LOOKS = {"quiet": "secondary", "good": "success", "bad": "destructive"}


def _embed(embed: Mapping[str, Any], now: datetime) -> str:
    url = f' url="{escape(embed["url"])}"' if "url" in embed else ""
    colour = f"#{embed['color']:06x}"
    description = embed.get("description", "")
    fields = "".join(
        f'<discord-embed-field field-title="{escape(field["name"])}">{markdown(field["value"], now)}</discord-embed-field>'
        for field in embed.get("fields", ())
    )
    parts = [
        f'<discord-embed slot="embeds" color="{colour}" embed-title="{escape(_bare(embed.get("title", "")))}"{url}>',
        f'<discord-embed-description slot="description">{markdown(description, now)}</discord-embed-description>'
        if description
        else "",
        f'<discord-embed-fields slot="fields">{fields}</discord-embed-fields>' if fields else "",
        f'<discord-embed-footer slot="footer">{escape(embed["footer"]["text"])}</discord-embed-footer>'
        if "footer" in embed
        else "",
        "</discord-embed>",
    ]
    return "".join(parts)


def markdown(text: str, now: datetime) -> str:
    """What of Discord's Markdown our posts use."""
    html, quoted = [], []
    for line in [*text.split("\n"), None]:
        if line is not None and line.startswith("> "):
            quoted.append(_inline(line[2:], now))
            continue
        if quoted:
            html.append(f"<discord-quote>{'<br>'.join(quoted)}</discord-quote>")
            quoted = []
        if line is None:
            break
        inner = _inline(line.removeprefix("-# "), now)
        html.append(f"<small>{inner}</small><br>" if line.startswith("-# ") else f"{inner}<br>")
    return re.sub(r"(<br>)+$", "", "".join(html)).replace("</discord-quote><br><br>", "</discord-quote><br>")


def _inline(text: str, now: datetime) -> str:
    html = escape(text, quote=False)
    html = html.replace("&lt;t:", "<t:")
    html = re.sub(r"(<t:\d+:\w)&gt;", r"\1>", html)
    html = _WHEN.sub(
        lambda found: f"<b>{_time(found, now)}</b>" if found[2] == "R" else _time(found, now), html
    )
    html = _LINK.sub(r'<a href="\2" style="color:#00a8fc;text-decoration:none">\1</a>', html)
    html = re.sub(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*", r"<b>\1</b>", html)
    html = re.sub(r"(?<![\\*])\*([^*]+?)(?<!\\)\*", r"<i>\1</i>", html)
    return _ESCAPED.sub(r"\1", html)


def _bare(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)


def _time(found: re.Match[str], now: datetime) -> str:
    at = datetime.fromtimestamp(int(found[1]), UTC)
    match found[2]:
        case "R":
            days = (at - now).days
            return f"in {days} days" if days > 0 else f"{-days} days ago"
        case "f":
            return f"{at.day} {at:%B %Y %H:%M}"
        case "d":
            return f"{at:%d/%m/%Y}"
    return f"{at.day} {at:%B %Y}"
