"""A clause change as people are told of it: an entry of the ordinary street, and the summary of its edition.

Nothing is picked by likeness: every sentence is made from the stored change, and every quotation stands in the page.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from bot.logic.terms.read.blocks import plain
from bot.logic.terms.read.wording import say
from bot.logic.text.lengths import shorten
from bot.logic.text.links import absolute, diff_path, version_path
from bot.logic.text.plural import counted
from bot.model import (
    CLAUSE_SOURCE,
    Direction,
    Document,
    Entity,
    Link,
    NewEntry,
    Outlet,
    Quotation,
    Reason,
    Sentence,
    SourceGroup,
    StanceKind,
    StoredChange,
    Summary,
    Topic,
    Verdict,
)

_TOPICS = {StanceKind.REQUIRES_OPT_OUT: Topic.OPT_OUT, StanceKind.BANS_AI_UPLOADS: Topic.LABELLING_OR_BAN}
_OLD_WORDS = 400  # characters of the wording that was replaced; the whole is one link away
_QUOTE = 900
_MOST_ALSO = 2


def clause_topic(kind: StanceKind) -> Topic:
    """Under which topic a change of this kind is told."""
    return _TOPICS.get(kind, Topic.TERMS_TRAINING)


def strongest_first(changes: Iterable[StoredChange]) -> tuple[StoredChange, ...]:
    """What is said now before what is gone; then by urgency of its kind and by how sure it is."""
    order = list(StanceKind)
    return tuple(
        sorted(
            changes,
            key=lambda c: (
                c.direction is Direction.REMOVED,
                order.index(c.kind),
                -c.change.stance.confidence,
                c.id,
            ),
        )
    )


# ---------------------------------------------------------------- the entry


def clause_entry(
    document: Document, platform_id: str, entry_key: str, changes: Sequence[StoredChange], at: datetime
) -> tuple[NewEntry, Verdict]:
    """The entry by which an event in a document comes into the street, and the verdict on it.

    changes  alerted, of this document, never empty
    """
    lead, *others = strongest_first(changes)
    quotes = "\n\n".join(quotation_text(change) for change in (lead, *others))
    entry = NewEntry(
        source_id=CLAUSE_SOURCE,
        key=entry_key,
        title=headline(document, lead),
        url=document.url,
        summary=f"{lead.plain} {quotation_text(lead)}",
        outlet=Outlet(
            f"{document.platform} {document.title}",
            SourceGroup.PLATFORM,
            platform_id,
            1,
            document.lang,
            frozenset(),
        ),
        published_at=at,
        seen_at=at,
        lang="en",
        # There is no article to fetch: the page is the news.
        page_text=f"{lead.plain}\n\n{quotes}",
    )
    sure = lead.change.stance.confidence
    reason = Reason("clause", f"the watch read in {document.title}: {lead.plain}", sure)
    verdict = Verdict(
        relevant=True,
        score=sure,
        sure=True,
        topic=_TOPICS.get(lead.kind, Topic.TERMS_TRAINING),
        platforms=(document.platform,),
        reasons=(reason,),
    )
    return entry, verdict


def headline(document: Document, change: StoredChange) -> str:
    """ "Tonebarn may use what you give it to train AI: new words in its Terms of Use"."""
    said = say(change.kind, "", change.direction, document.platform).rstrip(".")
    if change.kind is StanceKind.REQUIRES_OPT_OUT:
        said = said.partition(":")[0]
    words = "changed" if change.direction is not Direction.ADDED else "new"
    return f"{said}: {words} words in its {document.title}"


def quotation_text(change: StoredChange) -> str:
    """The exact words, after the line above the list that they stand in; markup taken away."""
    quote, stem = plain(change.change.quote).strip(), plain(change.change.stem).strip()
    return f"{stem} {quote}" if stem else quote


# ---------------------------------------------------------------- the summary


def clause_summary(
    entry_id: int,
    title: str,
    changes: Sequence[StoredChange],
    documents: Mapping[str, Document],
    platform: Entity | None,
    site: str | None,
    related: Sequence[Link] = (),
) -> Summary:
    """What people get of a clause change.

    entry_id   the entry that every sentence points to
    changes    all that this event is, whatever document they stand in; never empty
    documents  by id; one that is configured no more may be missing
    platform   None: not in platforms.toml any more
    site       address of our own site, without the last slash; None: there is none
    related    stories about the same
    """
    lead, *others = strongest_first(changes)
    document = documents.get(lead.document_id)
    return Summary(
        headline=title,
        url=document.url if document else "",
        what=tuple(Sentence(text, entry_id) for text in _told(lead, others)),
        quotation=Quotation(shorten(quotation_text(lead), _QUOTE), "", entry_id),
        other_side=(),
        to_do=tuple(Sentence(text, entry_id) for text in _to_do(lead, platform)),
        sources=_links(lead, others, documents, site, related),
        lang="en",
        replaced=shorten(plain(lead.change.replaced or "").strip(), _OLD_WORDS),
        facts=tuple(_facts(lead, others, documents)),
    )


def _facts(
    lead: StoredChange, others: Sequence[StoredChange], documents: Mapping[str, Document]
) -> Iterable[str]:
    if lead.confirmed_at is None:
        yield "Seen once so far: a second look follows within two hours"
    elsewhere = list(dict.fromkeys(c.document_id for c in others if c.document_id != lead.document_id))
    if elsewhere:
        names = [documents[i].title for i in elsewhere[:2] if i in documents]
        more = len(elsewhere) - len(names)
        listed = ", ".join([*names, *([f"{more} more"] if more else [])])
        yield f"The same in {counted(len(elsewhere), 'more document')}: {listed}"


def _told(lead: StoredChange, others: Sequence[StoredChange]) -> Iterable[str]:
    """What the headline and the quotation do not say yet. The dates first: on Mastodon one sentence is often all
    that fits beside headline and quotation."""
    once = ", once so far" if lead.confirmed_at is None else ""
    force = f"in force from {_day(lead.effective_on)}" if lead.effective_on else "no date in force named"
    yield f"Seen {_day(lead.first_seen_at.date())}{once}; {force}."
    if lead.direction is Direction.REMOVED:
        yield "These are the words that are gone."
    elif lead.change.stance.condition and lead.change.stance.condition in lead.plain:
        yield f"It has a limit: “{lead.change.stance.condition}”."
    here = [each for each in others if each.document_id == lead.document_id and each.kind is not lead.kind]
    for text in list(dict.fromkeys(each.plain for each in here))[:_MOST_ALSO]:
        yield f"Also: {text}"


def _to_do(lead: StoredChange, platform: Entity | None) -> Iterable[str]:
    if lead.kind is StanceKind.BANS_AI_UPLOADS:
        yield "Check what you have uploaded against the new rule."
    elif lead.kind is StanceKind.PROMISES_NO_TRAINING and lead.direction is not Direction.REMOVED:
        yield "Read what the promise leaves out before you rely on it."
    if platform is not None and platform.opt_out_url:
        yield f"Say no here: {platform.opt_out_url}"
    if platform is not None and platform.ai_contact:
        yield f"Ask or object: {platform.ai_contact}"
    if platform is not None and platform.ai_help:
        yield f"Its own page on AI: {platform.ai_help}"
    objectionable = lead.kind in (StanceKind.GRANTS_TRAINING, StanceKind.THIRD_PARTY_LICENSING)
    if objectionable and lead.effective_on and lead.effective_on > lead.first_seen_at.date():
        yield f"You have until {_day(lead.effective_on)} to object, opt out or leave."


def _links(
    lead: StoredChange,
    others: Sequence[StoredChange],
    documents: Mapping[str, Document],
    site: str | None,
    related: Sequence[Link],
) -> tuple[Link, ...]:
    links: list[Link] = []
    for document_id in dict.fromkeys((lead.document_id, *(each.document_id for each in others))):
        document = documents.get(document_id)
        if document is not None:
            links.append(Link(f"{document.platform} {document.title}", document.url))
    if site:
        kept = version_path(lead.document_id, lead.version)
        links.append(Link("This version, kept", absolute(site, kept)))
        if lead.before is not None:
            before = version_path(lead.document_id, lead.before)
            links.append(Link("The version before", absolute(site, before)))
            changed = diff_path(lead.document_id, lead.before, lead.version)
            links.append(Link("What changed", absolute(site, changed)))
    return (*links, *related)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
