"""How exams are read that were written by people who had not seen the program: `python -m tests.bench.exams`.

Clauses: right where the surest alert is the one expected, or where none is and none was. Give `--worst` to see the
others. The figures of a first sight are in tests/data/exams/README.md; what is printed here is today's.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from bot.flows.terms.compare import read_lexicon
from bot.logic.terms.read.lexicon import Lexicon
from bot.logic.terms.read.sentences import split
from bot.logic.terms.read.stance import SURE, stances
from bot.model import URGENT_STANCES, Stance, StanceKind

EXAMS = Path(__file__).resolve().parent.parent / "data" / "exams"
NAMES = {
    StanceKind.GRANTS_TRAINING: "grant",
    StanceKind.THIRD_PARTY_LICENSING: "grant",
    StanceKind.PROMISES_NO_TRAINING: "promise",
    StanceKind.REQUIRES_OPT_OUT: "opt_out",
    StanceKind.BANS_AI_UPLOADS: "ban",
}
QUIET = (None, "third_party")


def alerted(text: str, lexicon: Lexicon) -> str | None:
    """What people would be told of the text first; None: nothing."""
    found: list[Stance] = []
    before = ""
    for sentence in split(text):
        found += stances(sentence, lexicon, before)
        before = sentence.text
    found = [each for each in found if each.kind in URGENT_STANCES and each.confidence >= SURE]
    best = max(found, key=lambda stance: (stance.confidence, stance.kind.value), default=None)
    return NAMES[best.kind] if best is not None else None


def clauses(path: Path, lexicon: Lexicon, *, worst: bool) -> None:
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        clause = json.loads(line)
        told, expected = alerted(clause["text"], lexicon), clause["expected"]
        is_right = told is None if expected in QUIET else told in (expected, *clause["also_ok"])
        for key in ("all", clause["lang"], str(expected)):
            asked[key] += 1
            right[key] += is_right
        if worst and not is_right:
            print(f"  {clause['lang']} {expected} told as {told}: {clause['text'][:140]}")
    print(f"{path.name}: " + " · ".join(f"{key} {right[key]}/{asked[key]}" for key in asked))


def main() -> None:
    lexicon = read_lexicon()
    for path in sorted(EXAMS.glob("clauses-*.jsonl")):
        clauses(path, lexicon, worst="--worst" in sys.argv)


if __name__ == "__main__":
    main()
