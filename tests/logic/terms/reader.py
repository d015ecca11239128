"""What the tests of terms read with: the lexicon that ships, and short ways to ask."""

from functools import cache

from bot.flows.terms.compare import read_lexicon
from bot.logic.terms.read.lexicon import Lexicon
from bot.logic.terms.read.sentences import split
from bot.logic.terms.read.stance import stances
from bot.logic.terms.watch.compare import compare
from bot.model import ClauseChange, Stance, StanceKind, TermsSentence


@cache
def lexicon() -> Lexicon:
    return read_lexicon()


def a_sentence(text: str, stem: str = "", *, is_menu: bool = False) -> TermsSentence:
    return TermsSentence(text, 0, len(text), stem, is_menu)


def read(text: str, stem: str = "", context: str = "") -> tuple[Stance, ...]:
    return stances(a_sentence(text, stem), lexicon(), context)


def kinds(text: str, stem: str = "", *, at_least: float = 0.6) -> set[StanceKind]:
    return {stance.kind for stance in read(text, stem) if stance.confidence >= at_least}


def changes(before: str, after: str, *seen: str) -> tuple[ClauseChange, ...]:
    return compare(before, after, lexicon(), seen)


def urgent(before: str, after: str, *seen: str) -> list[StanceKind]:
    return [change.stance.kind for change in changes(before, after, *seen) if change.urgent]


def texts(text: str) -> list[str]:
    return [sentence.text for sentence in split(text)]


# A page without a word on AI, long enough to count as evidence of what a page said.
PAGE = "\n\n".join(
    [
        "# Tonebarn Terms of Use",
        "Welcome to Tonebarn. These terms apply whenever you open an account or listen to music here.",
        "You keep all rights in the recordings that you upload. We need a licence to host and stream them.",
        "You grant us a worldwide, royalty-free licence to host, store, copy and stream your recordings.",
        "You must not:",
        "*   upload recordings that belong to somebody else;\n*   send spam to other members;\n*   resell your account.",
        "We may close accounts that break these rules. You may close yours at any time in your settings.",
        "Payments are made monthly, after the fees described in section 9. Disputes go to the courts of Oslo.",
        *(
            f"Section {word} sets out how {word} is handled and whom to ask about it."
            for word in (
                "hosting",
                "billing",
                "support",
                "delivery",
                "storage",
                "merchandise",
                "ticketing",
                "gifting",
                "refunding",
            )
        ),
    ]
)


def with_clause(clause: str, page: str = PAGE) -> str:
    """The page with one more paragraph in its middle."""
    head, tail = page.split("We may close accounts", 1)
    return f"{head}{clause}\n\nWe may close accounts{tail}"
