"""Terms pages, their sentences, and what a change in them lets somebody do."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DocumentKind(StrEnum):
    TERMS = "terms"  # a contract: terms of use, artist agreement, acceptable use
    POLICY = "policy"  # what the platform says its rules on AI are
    HELP = "help"  # a help page that binds nobody but says how things are done


@dataclass(frozen=True, slots=True)
class Document:
    """A watched page, as configured in terms.toml.

    id              short lower-case id ("soundcloud-terms")
    platform        name as in platforms.toml
    title           what the platform calls it ("Terms of Use")
    lang            two letters, the language it must be in to count as read
    selector        CSS selector of the text; None: the main text is found without one
    contains        words that the text must hold, or it is another page; compared without case
    title_contains  words that the page's own title must hold; empty: any title will do
    expected_chars  about how long the text is; None: not known
    looks_a_day     how often it is fetched, 2 to 4
    trouble         what is known to be odd about it, for the operator; empty if nothing
    """

    id: str
    platform: str
    title: str
    url: str
    lang: str = "en"
    kind: DocumentKind = DocumentKind.TERMS
    selector: str | None = None
    contains: tuple[str, ...] = ()
    title_contains: tuple[str, ...] = ()
    expected_chars: int | None = None
    looks_a_day: int = 3
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One version of a document: its extracted text as it stands, line ends and markup included."""

    document_id: str
    text: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class TermsSentence:
    """One sentence of a snapshot.

    text     exactly snapshot.text[start:end]: markup kept, without the bullet or number before it
    stem     the line above a list that this list entry completes ("You must not:"), markup stripped; "" outside lists
    is_menu  a heading, a menu entry or a bare link: says what is there, rules nothing by itself
    """

    text: str
    start: int
    end: int
    stem: str = ""
    is_menu: bool = False


class StanceKind(StrEnum):
    """Who may do what with whose work. The taxonomy of the terms record; the order is that of urgency."""

    GRANTS_TRAINING = "grants-training"  # the platform may train on content or data
    THIRD_PARTY_LICENSING = "third-party-licensing"  # others may get it for AI
    GRANT_REMOVED = "grant-removed"  # an old grant is gone
    PROMISES_NO_TRAINING = "promises-no-training"  # the platform will not, perhaps under conditions
    REQUIRES_OPT_OUT = "requires-opt-out"  # the artist must act
    BANS_AI_UPLOADS = "bans-ai-uploads"
    FORBIDS_SCRAPING = "forbids-scraping-by-others"  # users and crawlers may not train; protects the platform
    RESTRICTS_AI_CONTENT = "restricts-ai-content"  # demonetised or limited
    REQUIRES_AI_LABEL = "requires-ai-label"
    AI_IMPERSONATION = "ai-impersonation"
    AI_FEATURE_TERMS = "ai-feature-terms"  # rules for the platform's own AI tools
    AI_OPERATIONS = "ai-operations"  # moderation, search, recommendation


URGENT_STANCES = frozenset(
    {
        StanceKind.GRANTS_TRAINING,
        StanceKind.THIRD_PARTY_LICENSING,
        StanceKind.PROMISES_NO_TRAINING,
        StanceKind.GRANT_REMOVED,
        StanceKind.REQUIRES_OPT_OUT,
        StanceKind.BANS_AI_UPLOADS,
    }
)
"""What artists need to hear the same day; everything else goes to the record and the weekly digest."""


@dataclass(frozen=True, slots=True)
class Stance:
    """What one sentence says about AI.

    confidence  0 to 1; how sure the reading of actor, act and negation is
    condition   the words that limit it ("without your consent"); "" when there are none
    plain       one sentence for people, about "the platform"
    """

    kind: StanceKind
    confidence: float
    condition: str
    plain: str


class Direction(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    REPLACED = "replaced"  # new wording in the place of an old one that said something else


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """A stance that came, went or took the place of another between two snapshots.

    quote     the sentence as it stands, from the newer snapshot; from the older one when removed
    span      [start, end) characters of the newer snapshot; None exactly when removed
    replaced  the old wording; None when nothing was replaced
    stem      the line above the list that the quote stands in; "" outside lists
    urgent    one of URGENT_STANCES, read with confidence, and never said before in this document
    """

    stance: Stance
    direction: Direction
    quote: str
    span: tuple[int, int] | None
    replaced: str | None
    stem: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class TermsAlert:
    """All that is urgent in one new version of one document: one event, one message.

    changes  strongest first, never empty, each urgent
    """

    name: str
    changes: tuple[ClauseChange, ...]
