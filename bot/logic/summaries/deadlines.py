"""Days by which somebody must act, or from which something holds, as sources say them.

A day counts only where the sentence itself says what ends or begins on it: a hearing, a launch or a birthday is none.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.logic.terms.read.dates import dates_in
from bot.logic.text.sentences import sentences
from bot.logic.text.words import strip_markup
from bot.model import Deadline, Entry, StoryView, Summary

EFFECT, OPT_OUT, CONSULTATION, OTHER = "effect", "opt-out", "consultation", "other"
MOST = 5
"""Of one story, the nearest."""
LONGEST_AHEAD = timedelta(days=3 * 366)
_LONGEST_QUOTE = 400
_MOST_SENTENCES = 400
# Between the word and its date: "take effect for everybody who has not left by then on".
_REACH = 70

# "Takes effect on", in the present or future; what took effect names a day that has passed.
_EFFECT = re.compile(
    r"\b(?:takes?|taking|goes|going|go|come|comes|coming)\s+into\s+(?:effect|force)|\btak(?:e|es|ing)\s+effect"
    r"|\bin\s+(?:force|effect)\s+(?:from|as\s+of|on)|\benters?\s+into\s+force|\bentry\s+into\s+force"
    r"|\beffective\s+(?:date|from|as\s+of|on|starting)|\beffective(?=\s+(?:\d|january|february|march|april|may|june|july"
    r"|august|september|october|november|december))|\b(?:will\s+)?appl(?:y|ies)\s+(?:from|as\s+of)"
    r"|\btritt\b|\btreten\b|\bin\s+kraft\b|\bgilt\s+ab\b|\bgelten\s+ab\b|\bwirksam\s+(?:ab|zum)\b"
    r"|\bentr(?:e|ent|era|eront|ée)\s+en\s+vigueur|\ben\s+vigueur\b|\bs['’]appliqu\w+\s+(?:à\s+compter|à\s+partir)"
    r"|\bentra(?:rá|rán|n|da)?\s+en\s+vigor|\bentra(?:rá|rão|m|da)?\s+em\s+vigor|\bvigor(?:ará|arão|a|am)?\s+a\s+partir"
    r"|施行|発効|適用",
    re.IGNORECASE,
)  # fmt: skip
_OPT_OUT = re.compile(
    r"\bopt(?:ing|s|ed)?[\s-]*out\b|\b(?:to\s+)?object\b|\bdecline\b|\bwithhold\b|\bwithdraw\s+(?:their|your|consent)"
    r"|\bwidersprech\w*|\bwiderspruch\w*|\babmeld\w*|\bausschließ\w*"
    r"|\bs['’]opposer\b|\bdroit\s+d['’]opposition|\bse\s+retirer\b|\brefuser\b"
    r"|\bexcluirse\b|\boponerse\b|\bdarse\s+de\s+baja\b|\bse\s+opor\b|\bopor-se\b|\bnão\s+participar\b|\brecusar\b"
    r"|オプトアウト|異議|拒否",
    re.IGNORECASE,
)
_CONSULTATION = re.compile(
    r"\bconsultations?\b|\bcall\s+for\s+evidence\b|\bcomment\s+period\b|\b(?:public\s+)?comments\b|\bsubmissions?\b|\bresponses\b"
    r"|\bkonsultation\w*|\bstellungnahmen?\b|\banhörung\b|\bcontributions\b|\bconsulta\b|\balegaciones\b|\bcontribuições\b"
    r"|パブリックコメント|パブコメ|意見募集|意見公募",
    re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:until|till|by|before|no\s+later\s+than|deadline|closes?|closing|ends?|due|open\s+(?:until|through)|through)\b"
    r"|\b(?:bis|spätestens|frist|endet|vor\s+dem)\b"
    r"|\b(?:jusqu['’]\w*|avant\s+le|au\s+plus\s+tard|date\s+limite|se\s+termine|clôture)"
    r"|\b(?:hasta|antes\s+del?|a\s+más\s+tardar|plazo|termina|cierra|finaliza)\b"
    r"|\b(?:até|antes\s+de|prazo|encerra|termina)\b"
    r"|まで|締切|締め切り|期限",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\bdeadline\b|\bfrist\b|\bdate\s+limite\b|\bplazo\b|\bprazo\b|締切|締め切り|期限", re.IGNORECASE
)
# Somebody else's day: nobody who reads a post has to do or know anything by it.
_NOT_OURS = re.compile(
    r"\b(?:hearing|trial|court\s+date|released?|releasing|launch\w*|concert|tour|tickets?|earnings|conference|anniversary)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Told:
    text: str
    lang: str
    entry_id: int
    said_on: date


def find_deadlines(view: StoryView, now: datetime, summary: Summary | None = None) -> tuple[Deadline, ...]:
    """The days to come that the story's sources name, nearest first, each day once for each kind.

    summary  where a story is told in words of its own (a clause's day in force), as last resort
    """
    found: dict[tuple[datetime, str], Deadline] = {}
    for told in _all_told(view, summary):
        for deadline in _in_sentence(told, now):
            found.setdefault((deadline.at, deadline.what), deadline)
    return tuple(sorted(found.values(), key=lambda each: (each.at, each.what)))[:MOST]


def nearest(deadlines: Sequence[Deadline]) -> Deadline | None:
    return min(deadlines, key=lambda each: (each.at, each.what), default=None)


def _all_told(view: StoryView, summary: Summary | None) -> Iterator[_Told]:
    for judged in view.entries:
        entry = judged.entry
        for text in _texts(entry)[:_MOST_SENTENCES]:
            yield _Told(text, _lang(entry.lang), entry.id, entry.happened_at.date())
    if summary is not None:
        days = {judged.entry.id: judged.entry.happened_at.date() for judged in view.entries}
        for sentence in (*summary.to_do, *summary.what):
            if sentence.entry_id in days:
                yield _Told(sentence.text, _lang(summary.lang), sentence.entry_id, days[sentence.entry_id])


def _texts(entry: Entry) -> list[str]:
    held: Iterable[str] = (
        text for part in (entry.title, entry.summary, entry.page_text or "") for text in _sentences(part)
    )
    return list(dict.fromkeys(held))


def _sentences(text: str) -> Iterator[str]:
    for sentence in _rejoined(sentences(text)):
        # Japanese ends a sentence without a space.
        yield from (part for part in re.split(r"(?<=。)", sentence) if part.strip())


def _rejoined(parts: Iterable[str]) -> Iterator[str]:
    """Sentences that were taken apart at a German day ("am 1. Juli") as one."""
    held = ""
    for part in parts:
        held = f"{held} {part}" if held else part
        if not re.search(r"\b\d{1,2}\.$", held):
            yield held
            held = ""
    if held:
        yield held


def _in_sentence(told: _Told, now: datetime) -> Iterator[Deadline]:
    text = " ".join(strip_markup(told.text).split())
    for start, end, day in dates_in(text, told.lang, told.said_on):
        at = datetime.combine(day, time(), UTC)
        if not now < at <= now + LONGEST_AHEAD:
            continue
        what = _kind(text, start, end)
        if what is not None:
            yield Deadline(
                at, what, text if len(text) <= _LONGEST_QUOTE else _around(text, start, end), told.entry_id
            )


def _kind(text: str, start: int, end: int) -> str | None:
    """What happens on the date at this place of a sentence; None: nothing that concerns a reader."""
    around = text[max(0, start - _REACH) : end + _REACH]
    if _NOT_OURS.search(around):
        return None
    is_limit = _LIMIT.search(around) is not None
    if is_limit and _OPT_OUT.search(text):
        return OPT_OUT
    if is_limit and _CONSULTATION.search(text):
        return CONSULTATION
    if _EFFECT.search(around):
        return EFFECT
    return OTHER if _OTHER.search(around) else None


def _around(text: str, start: int, end: int) -> str:
    """The part of an endless sentence that holds the date, in whole words."""
    left = max(0, (start + end - _LONGEST_QUOTE) // 2)
    cut = text[left : left + _LONGEST_QUOTE]
    if left:
        cut = "…" + cut.partition(" ")[2]
    return cut if left + _LONGEST_QUOTE >= len(text) else cut.rpartition(" ")[0] + "…"


def _lang(lang: str) -> str:
    return (lang or "en").replace("_", "-").split("-")[0].casefold()
