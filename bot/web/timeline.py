"""A platform's timeline as a drawing: one dot an event, years on a line. The list of events says the same in words."""

from collections.abc import Sequence
from datetime import date
from html import escape

from bot.logic.record.words import day
from bot.model.record import TimelineItem

WIDTH, HEIGHT, MARGIN, LINE = 640, 86, 24, 58
DOT = 5
STEP = 11  # dots of one fortnight stand above each other, up to four


def timeline_svg(items: Sequence[TimelineItem], today: date) -> str:
    """Inline SVG, oldest left; "" for fewer than two events, of which there is nothing to draw.

    items  newest first, as in PlatformRecord
    """
    shown = [item for item in items if not item.withdrawn]
    if len(shown) < 2:
        return ""
    first = date(min(item.event.happened_on for item in shown).year, 1, 1)
    last = date(max(today, max(item.event.happened_on for item in shown)).year + 1, 1, 1)
    span = (last - first).days

    def at(on: date) -> float:
        return round(MARGIN + (on - first).days / span * (WIDTH - 2 * MARGIN), 1)

    name = (
        f"Timeline of {len(shown)} events from {first.year} to {last.year - 1}; the list below says the same"
    )
    parts = [
        f'<svg class="timeline" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(name)}">',
        f'<line x1="{MARGIN}" y1="{LINE}" x2="{WIDTH - MARGIN}" y2="{LINE}"/>',
    ]
    for year in range(first.year, last.year + 1):
        x = at(date(year, 1, 1))
        parts.append(f'<line x1="{x}" y1="{LINE - 4}" x2="{x}" y2="{LINE + 4}"/>')
        if year < last.year:
            middle = round((x + at(date(year + 1, 1, 1))) / 2, 1)
            parts.append(f'<text x="{middle}" y="{LINE + 20}" text-anchor="middle">{year}</text>')
    stacked: dict[int, int] = {}
    for item in sorted(shown, key=lambda each: each.event.happened_on):
        x = at(item.event.happened_on)
        column = int(x // (2 * DOT))
        level = min(stacked.get(column, 0), 3)
        stacked[column] = level + 1
        told = escape(f"{day(item.event.happened_on, item.event.precision)}: {item.event.sentence}")
        parts.append(
            f'<circle cx="{x}" cy="{LINE - 10 - level * STEP}" r="{DOT}"><title>{told}</title></circle>'
        )
    return "".join([*parts, "</svg>"])
