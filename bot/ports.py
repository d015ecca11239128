"""Protocols for what the flows need. Adapters raise typed errors (bot.errors); values come back as bot.model nouns."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from collections.abc import Collection as Some
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from bot.model import (
    Approval,
    Candidate,
    ChangeState,
    Clustering,
    Collection,
    Deadline,
    Delivery,
    DeliveryState,
    Destination,
    DigestPlan,
    Document,
    DocumentReading,
    DocumentState,
    Edition,
    Entry,
    Explanation,
    Extracted,
    Feedback,
    GatheredItem,
    Incoming,
    JudgedEntry,
    KnownSentence,
    Label,
    LabelledEntry,
    LastLook,
    Message,
    NewSubscription,
    Page,
    PlannedDelivery,
    PlannedReminder,
    Publication,
    Reading,
    Receipt,
    Reply,
    Revision,
    RoutingFacts,
    Server,
    Shipment,
    SinkKind,
    Source,
    SourceState,
    StoredChange,
    StoredDeadline,
    StoryFeedback,
    StoryView,
    Subscription,
    Suggestion,
    Summary,
    Topic,
    Trouble,
    Verdict,
    Version,
    VersionText,
    WatchedLook,
)
from bot.model.record import (
    Amendment,
    RecordOrigin,
    RecordRevision,
    ToldStory,
)


class Clock(Protocol):
    """Time, so that tests and replays can move it."""

    def now(self) -> datetime:
        """Aware UTC."""

    async def sleep(self, wait: timedelta) -> None:
        """Return once `wait` has passed on this clock; at once if it is not positive."""


class Reader(Protocol):
    """The way in."""

    async def read(self, source: Source, state: SourceState) -> Reading:
        """One look at a source's feed. Never raises for what the source does: a failure is a `Failed`."""

    async def page(self, url: str) -> Page:
        """The main text behind an address, robots.txt permitting. Raises FetchError."""

    async def close(self) -> None:
        """End connections and child processes."""


class DocumentReader(Protocol):
    """The way in for watched documents."""

    async def document(self, document: Document, last: LastLook) -> DocumentReading:
        """One conditional, polite look. Never raises for what the page does: a failure is a `DocumentFailed`."""

    async def extract(self, document: Document, body: bytes, content_type: str, url: str) -> Extracted:
        """Text of bytes that were fetched earlier, by the present extractor. Raises FetchError when there is none."""


class Summariser(Protocol):
    """Tells a story. The extractive one is bot.logic.summaries.summarise; a remote model may stand behind the same port."""

    async def summarise(self, view: StoryView, edition: Edition) -> Summary:
        """Raises nothing: an implementation falls back to the extractive summary."""


class Sink(Protocol):
    """Reaches destinations of one kind. One message at a time per destination is the caller's duty."""

    kind: SinkKind

    def is_ready(self) -> bool:
        """Whether a send could be tried now (connected, not parked)."""

    async def send(self, shipment: Shipment) -> Receipt:
        """Post it. Raises SinkError; `unclear` when it may be there all the same."""

    async def find(self, shipment: Shipment) -> Receipt | None:
        """Look whether an earlier, unclear attempt arrived; None: certainly not there.

        Raises SinkError when that cannot be told (`unclear` stays), or when the place cannot be read.
        """

    async def edit(self, shipment: Shipment) -> Receipt | None:
        """Make what was posted (`remote_id` of the delivery) say what the message says now. Doing it twice does no harm.

        The receipt, where a platform gives one.
        Raises SinkError: `permanent` when the post is gone or can never be edited; whatever is unclear is tried again.
        """

    async def close(self) -> None: ...


class Inbox(Protocol):
    """What people write to one of our accounts, and answers to them."""

    account: str

    async def newest(self) -> str | None:
        """The id of the newest message; None: nobody has written yet. Raises SinkError."""

    async def unread(self, after: str | None) -> Sequence[Incoming]:
        """Messages after the one with that id, oldest first, not always all of them at once. Raises SinkError."""

    async def answer(self, incoming: Incoming, reply: Reply) -> str:
        """Answer in the thread, to the sender alone; the answer's id. Raises SinkError, `unclear` as a Sink does."""

    async def answered(self, incoming: Incoming) -> bool:
        """Whether an answer of ours stands there. Raises SinkError when that cannot be told."""

    def room(self, incoming: Incoming) -> int:
        """Characters that an answer may have."""


# ---------------------------------------------------------------- the memory


class SourceMemory(Protocol):
    async def source_states(self, source_ids: Some[str]) -> Mapping[str, SourceState]:
        """One for every id asked for; a fresh state for a source never polled."""

    async def known_keys(self, source_id: str, keys: Some[str]) -> frozenset[str]:
        """Which of these entry keys the source has shown before."""

    async def save_collection(self, collection: Collection) -> int:
        """Entries, verdicts and the state that vouches for them, in one transaction; how many entries were new.

        An entry whose (source_id, key) is known is left as it is, so that a repeat does no harm.
        """

    async def save_states(self, states: Sequence[SourceState]) -> None:
        """States of quiet looks, in one transaction."""


class StoryMemory(Protocol):
    async def unclustered(self, limit: int) -> Sequence[JudgedEntry]:
        """Relevant entries without a story that were not yet found to belong to none, in arrival order."""

    async def save_page(self, entry_id: int, page_text: str | None, verdict: Verdict) -> None:
        """The article text (None: tried, not readable) and the verdict that it led to."""

    async def candidates(self, keys: Sequence[str], since: datetime, limit: int) -> Sequence[Candidate]:
        """Stories with an entry after `since` that share index keys, most shared first. Reads an index, never all stories."""

    async def save_clustering(self, clustering: Clustering) -> None:
        """In one transaction. Raises StoreError if the entry already has a story."""

    async def set_aside(self, entry_id: int) -> None:
        """A relevant entry that joins no story (a round-up): never offered by `unclustered` again."""

    async def ready_editions(self, limit: int) -> Sequence[tuple[str, int]]:
        """(story_id, n) of editions to publish, oldest first."""

    async def expire_held(self, before: datetime, now: datetime) -> int:
        """Give up editions held since before `before`; how many."""

    async def story(self, story_id: str) -> StoryView | None:
        """None: no such story."""

    async def stories(
        self,
        *,
        limit: int,
        platform: str | None = None,
        topic: Topic | None = None,
        before: datetime | None = None,
    ) -> Sequence[StoryView]:
        """Newest turn first."""

    async def search_stories(
        self,
        text: str,
        *,
        limit: int,
        offset: int = 0,
        platform: str | None = None,
        topic: Topic | None = None,
        since: datetime | None = None,
    ) -> Sequence[StoryView]:
        """Stories that hold every word of `text`, each as a word's beginning, without case and accents; newest turn
        first. Signs mean nothing. An empty text: every story."""

    async def story_ids(self, limit: int) -> Sequence[tuple[str, datetime]]:
        """Ids of the newest stories and when each last turned, newest first."""

    async def messages_of(self, story_id: str) -> Mapping[int, Message]:
        """What was composed of a story's editions, by n, as corrected; editions not told yet are left out."""

    async def newest_messages(self, story_ids: Sequence[str]) -> Mapping[str, Message]:
        """The newest telling of each of these stories, as corrected; stories not told are left out."""

    async def save_publication(self, publication: Publication) -> int:
        """Mark the edition published and insert its deliveries, in one transaction; how many deliveries were new.

        Known (story_id, n, destination_id) are left as they are.
        """

    async def explain(self, url: str) -> Sequence[Explanation]:
        """Everything known about the entries with this address (compared in canonical form); may be empty."""

    async def entries(
        self, *, limit: int, relevant: bool | None = None, source_id: str | None = None
    ) -> Sequence[JudgedEntry]:
        """Newest first."""


class SubscriptionMemory(Protocol):
    async def subscriptions(
        self, *, server: str | None = None, destination_id: int | None = None, address: str | None = None
    ) -> Sequence[Subscription]:
        """Oldest first; without arguments all. `address` as in Destination."""

    async def add_subscription(self, new: NewSubscription, now: datetime) -> Subscription:
        """Makes the destination if it is new (and takes its pause away). An equal subscription is returned as it is."""

    async def change_subscription(
        self, subscription_id: int, new: NewSubscription, now: datetime
    ) -> Subscription | None:
        """As it is now, perhaps at another destination; `asked_by` and its pause stay. None: there is none such."""

    async def pause_subscription(self, subscription_id: int, at: datetime | None) -> bool:
        """Pause it from `at` on, or resume it (None); False: there is none such."""

    async def remove_subscription(self, subscription_id: int) -> Subscription | None:
        """What was removed; None: there was none. Its undelivered messages are abandoned if nothing else wants them."""

    async def destinations(self, *, sink: SinkKind | None = None) -> Sequence[Destination]: ...

    async def pause_destination(self, destination_id: int, why: str, now: datetime) -> bool:
        """False: it was paused already (so that people are told once)."""

    async def resume_destination(self, destination_id: int) -> bool: ...


class Outbox(Protocol):
    async def due(self, now: datetime, sinks: Some[SinkKind], limit: int) -> Sequence[Delivery]:
        """The head of each destination's queue (oldest undone delivery) if it is due, the destination is not
        paused, and nothing there is `sending` or `unclear`; longest due first, at most one per destination."""

    async def next_due_at(self) -> datetime | None:
        """When the earliest head of a queue falls due; None: nothing waits."""

    async def claim(self, delivery_id: int, now: datetime, holder: str) -> bool:
        """due → sending by one UPDATE; False: somebody else was first, or it is not due any more."""

    async def mark_sent(self, delivery_id: int, receipt: Receipt, now: datetime, revision: int = 1) -> None:
        """`revision` of the message is what stands there; if there is a newer one, it is to be edited now."""

    async def mark_due(self, delivery_id: int, at: datetime, error: str) -> None:
        """Back to due: it is certain that nothing was posted. Abandoned if nobody is subscribed there any more."""

    async def mark_unclear(self, delivery_id: int, error: str) -> None: ...

    async def mark_abandoned(self, delivery_id: int, error: str, now: datetime) -> None: ...

    async def postpone(self, delivery_id: int, at: datetime, why: str) -> None:
        """A due delivery that waits for a ceiling."""

    async def recover(self, holder: str, stale_before: datetime) -> int:
        """Every `sending` row of other holders claimed before `stale_before` becomes unclear; how many."""

    async def hasten(self, now: datetime, longest_hold: timedelta) -> int:
        """What was put off while the clock ran ahead, or for longer than `longest_hold`, is due now; how many."""

    async def unclear(self, sinks: Some[SinkKind], limit: int) -> Sequence[Delivery]:
        """Oldest first, destinations that are paused left out."""

    async def sent_times(self, destination_id: int, since: datetime) -> Sequence[datetime]:
        """When messages were sent there, oldest first; `unclear` and `sending` count by their claim."""

    async def first_remote_id(self, story_id: str, destination_id: int) -> str | None:
        """Where the story's first message stands at this destination; None: none was sent there."""

    async def story_posted_as(self, sink: SinkKind, remote_id: str) -> str | None:
        """The id of the story that the post with that id tells; None: it is none of ours."""

    async def deliveries(
        self, *, limit: int, state: DeliveryState | None = None, story_id: str | None = None
    ) -> Sequence[Delivery]:
        """Newest first."""


class DigestMemory(Protocol):
    """What waits to be told together, and what routing asks for."""

    async def routing_facts(self, story_id: str, since: datetime) -> RoutingFacts:
        """For one story; loads are counted from `since`."""

    async def approval_places(self, servers: Some[str], now: datetime) -> Mapping[str, int]:
        """Destination ids of the channels in which these servers approve; made where they are new."""

    async def due_items(self, now: datetime) -> Sequence[GatheredItem]:
        """What is due at destinations that are not paused, by destination. What waits for approval is left out, and so
        is everything of a destination at which nobody is subscribed (any more, or at present)."""

    async def next_digest_at(self, now: datetime) -> datetime | None:
        """When something falls due after `now`; None: nothing is gathered for later."""

    async def save_digest(self, plan: DigestPlan, now: datetime) -> bool:
        """Use up its items and insert message and delivery, in one transaction. False: somebody else used one up."""

    async def digested_since(self, destination_id: int, at: datetime) -> bool:
        """Whether a digest was written for this destination at that time or later."""

    async def drop_unwanted_items(self) -> int:
        """Items of muted or skipped stories and of destinations without a subscription; how many."""


class DeadlineMemory(Protocol):
    """Days that stories name."""

    async def deadlines_between(self, after: datetime, until: datetime) -> Sequence[StoredDeadline]:
        """Of stories that were told, nearest first."""

    async def deadlines_of(self, story_id: str) -> Sequence[Deadline]:
        """Nearest first, past ones too."""

    async def deaf_to(self, story_id: str) -> frozenset[int]:
        """Destinations that are not to hear of this story: muted there, skipped, or still waiting for approval."""

    async def reminded(self, reminder_id: str) -> frozenset[int]:
        """Destinations for which this reminder was written."""

    async def save_reminder(self, reminder: PlannedReminder, now: datetime) -> int:
        """Message and deliveries in one transaction; how many deliveries were new. What is known stays as it is."""


class RevisionMemory(Protocol):
    """What is amended after it was told."""

    async def messages_about(self, story_id: str) -> Sequence[Message]:
        """The story's own messages, its cards and reminders, and the digests that hold it; may be empty."""

    async def revise(
        self, made: Sequence[Revision], now: datetime, titles: Mapping[str, str] | None = None
    ) -> int:
        """Put messages in the place of their former ones, which are kept, and mark what is posted of them to be edited;
        in one transaction. How many posts. `titles`: of stories, by id. Raises StoreError if one was revised meanwhile."""

    async def former_messages(self, story_id: str, n: int) -> Sequence[Message]:
        """What a message said before its corrections, oldest first."""

    async def corrected_at(self, story_ids: Some[str]) -> Mapping[str, datetime]:
        """When what was told of a story was last corrected; without those that never were."""

    async def to_edit(self, now: datetime, sinks: Some[SinkKind], limit: int) -> Sequence[Delivery]:
        """Posts that do not say what their message says, oldest first; paused destinations are left out."""

    async def next_edit_at(self, sinks: Some[SinkKind]) -> datetime | None:
        """When the next edit falls due; None: none does."""

    async def mark_edited(self, delivery_id: int, revision: int, now: datetime) -> None:
        """That revision stands there now."""

    async def put_off_edit(self, delivery_id: int, at: datetime, error: str) -> None: ...

    async def give_up_edit(self, delivery_id: int, error: str) -> None:
        """It stays as it is."""


class LabelMemory(Protocol):
    async def undecided(self, line: float, limit: int) -> Sequence[JudgedEntry]:
        """Entries without a label that still have their text, those whose score is nearest `line` first."""

    async def labelled(self) -> Sequence[LabelledEntry]:
        """Every labelled entry, in the order in which they were labelled."""

    async def save_label(self, label: Label) -> None:
        """Takes the place of an earlier label on the same entry. Raises StoreError for an unknown entry."""

    async def remove_label(self, entry_id: int) -> bool:
        """False: there was none."""


class RecordMemory(Protocol):
    """Where platforms stand. Append only: what was said before stays."""

    async def record_revisions(
        self, *, platform: str | None = None, origin: RecordOrigin | None = None
    ) -> Sequence[RecordRevision]:
        """Every wording of every event, in the order of writing; of a platform: of events that ever named it."""

    async def save_revisions(self, revisions: Sequence[RecordRevision]) -> int:
        """In one transaction; how many were new. A known (event.key, n) is left as it is."""

    async def amendments(self, platform: str | None = None) -> Sequence[Amendment]:
        """In the order of writing; without a platform all."""

    async def save_amendment(self, amendment: Amendment) -> Amendment:
        """Stored, with its id."""

    async def told_stories(self, platform: str, limit: int) -> Sequence[ToldStory]:
        """Stories that name the platform and are sure enough to be told, newest first; the newest `limit` are looked at."""


class TermsMemory(Protocol):
    async def document_states(self, document_ids: Some[str]) -> Mapping[str, DocumentState]:
        """One for every id asked for; a fresh state for a document never looked at."""

    async def save_document_states(self, states: Sequence[DocumentState]) -> None:
        """States of looks that brought nothing to keep, in one transaction."""

    async def save_look(self, look: WatchedLook) -> None:
        """A look with all that it brought, in one transaction. A version, sentence, change or entry that is known
        already is not stored twice, so that a repeat does no harm."""

    async def save_extraction(self, text: VersionText, known: Sequence[KnownSentence], at: datetime) -> None:
        """What another extractor made of a version's bytes, and its sentences: known from now on."""

    async def versions(
        self, document_id: str, *, limit: int, settled: bool | None = None
    ) -> Sequence[Version]:
        """Newest first. `settled`: only those that were (True) or never were (False) in force."""

    async def version(self, document_id: str, n: int) -> Version | None: ...

    async def version_text(self, document_id: str, n: int) -> VersionText | None: ...

    async def version_body(self, document_id: str, n: int) -> bytes | None:
        """The bytes as they came; None: no such version."""

    async def version_of_text(self, document_id: str, text_hash: str) -> int | None:
        """The version that has this text, by whichever extractor; None: never seen."""

    async def sentences(
        self, document_id: str, *, of_ai: bool = False, there: bool = False
    ) -> Sequence[KnownSentence]:
        """In the order in which they were first seen. `of_ai`: only those; `there`: only what the version in force
        (or the page around it) holds."""

    async def change(self, change_id: int) -> StoredChange | None: ...

    async def changes(
        self,
        *,
        limit: int,
        platform: str | None = None,
        document_id: str | None = None,
        states: Some[ChangeState] | None = None,
        entry_keys: Some[str] | None = None,
        seen_since: datetime | None = None,
    ) -> Sequence[StoredChange]:
        """Newest first. `platform` is compared without case."""

    async def changes_since(self, at: datetime) -> Sequence[StoredChange]:
        """What the weekly digest tells: confirmed since then, recorded and not alerted, no baseline; oldest first."""

    async def save_change(self, change: StoredChange) -> None:
        """A known change with a new state (review). Raises StoreError for an unknown id."""

    async def stories_of_clauses(self, entry_keys: Some[str]) -> Mapping[str, str]:
        """Entry key -> id of the story that tells it; without those not yet in a story."""


class FeedbackMemory(Protocol):
    """What readers say of stories, and which stories a destination wants to hear no more of."""

    async def add_feedback(self, said: Feedback) -> bool:
        """False: that person said so of that story already."""

    async def remove_feedback(self, story_id: str, sink: SinkKind, person: str) -> bool:
        """False: there was none."""

    async def feedback(self, *, limit: int) -> Sequence[Feedback]:
        """Newest first."""

    async def feedback_by_story(self, *, limit: int) -> Sequence[StoryFeedback]:
        """The stories of which most readers said so first, of equal ones the newest."""

    async def mute(self, destination_id: int, story_id: str, by: str, now: datetime) -> bool:
        """False: it was muted there already."""

    async def unmute(self, destination_id: int, story_id: str) -> bool:
        """False: it was not muted there."""


class ApprovalMemory(Protocol):
    """Stories at servers that decide for themselves what goes out."""

    async def approval(self, server: str, story_id: str, n: int) -> Approval | None:
        """None: that server was never asked about it."""

    async def overdue_approvals(self, now: datetime) -> Sequence[Approval]:
        """What waited as long as its server lets a story wait, oldest first."""

    async def next_release_at(self) -> datetime | None:
        """When the next of those is due; None: none will be."""

    async def composed(self, story_id: str, n: int) -> Message | None:
        """The message with that identity as it reads now; None: there is none."""

    async def decide(self, decided: Approval, card: Message | None, now: datetime) -> bool:
        """Keep the decision, let go what is held there or give it up, and show the card so, in one transaction.

        False: it was decided before, and nothing changes.
        """


class ServerMemory(Protocol):
    """Discord servers as their people set them up, what people suggest, and forgetting both."""

    async def server(self, server_id: str) -> Server:
        """A fresh value for one that is not known."""

    async def servers(self) -> Sequence[Server]:
        """Every one known, those that removed the bot too."""

    async def save_server(self, server: Server) -> None: ...

    async def add_suggestion(
        self, text: str, sink: SinkKind, person: str, server: str | None, now: datetime
    ) -> Suggestion: ...

    async def suggestions(
        self, *, settled: bool | None = None, person: str | None = None
    ) -> Sequence[Suggestion]:
        """Oldest first; only (un)settled ones, only one person's."""

    async def settle_suggestion(self, suggestion_id: int, at: datetime) -> bool:
        """False: there is none such."""

    async def forget_server(self, server_id: str) -> int:
        """Its settings, destinations and all that hangs on them; how many subscriptions went. What its people said
        stays, without where they said it."""

    async def forget_person(self, sink: SinkKind, person: str, addresses: Sequence[str]) -> int:
        """What a person said, and their own destinations (`addresses`); how many subscriptions went. What they did
        for others stays, without who did it."""

    async def forget_destination(self, destination_id: int) -> int:
        """It and all that hangs on it; how many subscriptions went."""


class TroubleMemory(Protocol):
    async def troubles(self) -> Sequence[Trouble]:
        """Every remembered trouble, oldest first, ended ones too."""

    async def save_troubles(
        self, changed: Sequence[Trouble], message: Message | None, planned: Sequence[PlannedDelivery]
    ) -> None:
        """Troubles, the notice of them and its deliveries, in one transaction."""

    async def ensure_destination(self, new: NewSubscription, now: datetime) -> Destination:
        """The destination that `new` names, without a subscription there; out of its pause."""

    async def week_counts(self, since: datetime) -> Mapping[str, int]:
        """What happened since: "stories", "posts", "expired" and "skipped" editions, "feedback", "suggestions"."""


class SettingMemory(Protocol):
    async def setting(self, name: str) -> str | None:
        """A remembered value such as the hash of the synced command set; None: never set."""

    async def set_setting(self, name: str, value: str) -> None: ...


class Store(
    SourceMemory,
    StoryMemory,
    SubscriptionMemory,
    Outbox,
    DigestMemory,
    DeadlineMemory,
    RevisionMemory,
    LabelMemory,
    RecordMemory,
    ServerMemory,
    TermsMemory,
    TroubleMemory,
    SettingMemory,
    FeedbackMemory,
    ApprovalMemory,
    Protocol,
):
    """All of the memory."""

    async def counts(self) -> Mapping[str, int]:
        """Rows by noun and state ("entries", "stories", "deliveries_due", ...), for health and metrics."""

    async def backup(self, target: Path) -> None:
        """A consistent copy while running. Raises StoreError if `target` exists or cannot be written."""

    async def tidy(self, now: datetime) -> Mapping[str, int]:
        """Drop what is past its retention, checkpoint; what was done."""

    async def close(self) -> None: ...


# ---------------------------------------------------------------- small functions that travel as values

Judge = Callable[[Entry], Verdict]
Compose = Callable[[StoryView, Edition, Summary], Message]
OnPaused = Callable[[Destination, str], Awaitable[None]]


class Say(Protocol):
    """Phrases of bot.words in one language."""

    def __call__(self, key: str, /, **places: object) -> str:
        """Raises KeyError for a key that does not exist."""
