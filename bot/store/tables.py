"""The tables. Changing one means a new file in migrations/versions; a test compares the two.

Keys that make repeats harmless: an entry is (source_id, key), an edition (story_id, n), a delivery
(story_id, n, destination_id).
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    null,
    true,
)

from bot.model import DeliveryState
from bot.store.columns import (
    ByCodePoint,
    Duration,
    Json,
    Names,
    PackedBytes,
    PackedWords,
    RowId,
    UtcTime,
    Words,
)
from bot.store.dialects import NEVER_REUSED_IDS, partial_index

# Every constraint has a name, so that a later migration can reach it.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# A source as far as it is remembered: what it is stands in sources.toml.
sources = Table(
    "sources",
    metadata,
    Column("id", Words, primary_key=True),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("address", Words),
    Column("body_hash", Text),
    Column("entries_hash", Text),
    Column("health", Text, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("last_error", Words, nullable=False),
    Column("last_failure", Text),
    Column("polled_at", UtcTime),
    Column("good_at", UtcTime),
    Column("new_entry_at", UtcTime),
    Column("baselined_at", UtcTime),
    Column("first_failed_at", UtcTime),
    Column("alarmed_at", UtcTime),
    Column("next_poll_at", UtcTime),
    Column("publish_gap", Duration),
    Column("missed_overlap", Boolean, nullable=False),
    Column("feed", Words),
)

stories = Table(
    "stories",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Words, nullable=False),
    Column("topic", Text, nullable=False),
    Column("platforms", Json, nullable=False),
    # No foreign key: entries already point here, and two tables that need each other cannot both be first.
    Column("lead_id", RowId, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("last_entry_at", UtcTime, nullable=False),
    Column("turned_at", UtcTime, nullable=False),
    Column("score", Float, nullable=False),
    Index("ix_stories_turned_at_id", "turned_at", "id"),
)

# Which platforms a story names, folded to lower case, for choosing stories by platform.
story_platforms = Table(
    "story_platforms",
    metadata,
    Column("platform", Words, primary_key=True),
    Column("story_id", Text, ForeignKey("stories.id"), primary_key=True, index=True),
)

# The words that a story is found by, folded: of its title and of its entries' titles and summaries.
# A table of our own and not FTS5 or tsvector: the same rows and the same statements on both databases, nothing that
# people type is a query language, and a headline holds a dozen words.
story_words = Table(
    "story_words",
    metadata,
    Column("word", ByCodePoint, primary_key=True),
    Column("story_id", Text, ForeignKey("stories.id"), primary_key=True, index=True),
)

# waits      relevant and not yet clustered
# set_aside  found to belong to no story (a round-up)
# page_tried the article page was asked for, whatever came of it
# trimmed    retention has dropped its text
entries = Table(
    "entries",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("source_id", Words, ForeignKey("sources.id"), nullable=False),
    Column("key", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("url", Words, index=True),
    Column("summary", Words, nullable=False),
    Column("outlet_name", Words, nullable=False),
    Column("outlet", Json, nullable=False),
    Column("published_at", UtcTime),
    Column("seen_at", UtcTime, nullable=False),
    Column("baseline", Boolean, nullable=False),
    Column("categories", Json, nullable=False),
    Column("lang", Words, nullable=False),
    Column("page_text", Words),
    Column("page_tried", Boolean, nullable=False, default=False),
    Column("story_id", Text, ForeignKey("stories.id"), index=True),
    Column("waits", Boolean, nullable=False),
    Column("set_aside", Boolean, nullable=False, default=False),
    Column("trimmed", Boolean, nullable=False, default=False),
    UniqueConstraint("source_id", "key"),
)
Index("ix_entries_waiting", entries.c.id, **partial_index(entries.c.waits.is_(true())))
Index("ix_entries_untrimmed", entries.c.seen_at, **partial_index(entries.c.trimmed.is_(false())))

verdicts = Table(
    "verdicts",
    metadata,
    Column("entry_id", RowId, ForeignKey("entries.id"), primary_key=True, autoincrement=False),
    Column("relevant", Boolean, nullable=False),
    Column("score", Float, nullable=False),
    Column("sure", Boolean, nullable=False),
    Column("topic", Text),
    Column("platforms", Json, nullable=False),
    Column("reasons", Json, nullable=False),
    Column("roundup", Boolean, nullable=False),
    Index("ix_verdicts_relevant_entry_id", "relevant", "entry_id"),
)

# The index that clustering asks for candidates. `seen_at` is the story's newest entry, on every key of the story.
story_keys = Table(
    "story_keys",
    metadata,
    Column("story_id", Text, ForeignKey("stories.id"), primary_key=True),
    Column("key", Words, primary_key=True),
    Column("seen_at", UtcTime, nullable=False),
    Index("ix_story_keys_key_seen_at_story_id", "key", "seen_at", "story_id"),
)

fingerprints = Table(
    "fingerprints",
    metadata,
    Column("entry_id", RowId, ForeignKey("entries.id"), primary_key=True, autoincrement=False),
    Column("story_id", Text, ForeignKey("stories.id"), nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_fingerprints_story_id_entry_id", "story_id", "entry_id"),
)

# joined  the story that the entry was added to; null: it opened one of its own
placements = Table(
    "placements",
    metadata,
    Column("entry_id", RowId, ForeignKey("entries.id"), primary_key=True, autoincrement=False),
    Column("joined", Text, ForeignKey("stories.id")),
    Column("turn", Text),
    Column("score", Float, nullable=False),
    Column("reasons", Json, nullable=False),
)

editions = Table(
    "editions",
    metadata,
    Column("story_id", Text, ForeignKey("stories.id"), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("turn", Text),
    Column("entry_id", RowId, ForeignKey("entries.id"), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("reasons", Json, nullable=False),
    Column("settled_at", UtcTime),  # published or given up; null: neither yet
    Index("ix_editions_state_made_at", "state", "made_at"),
)

# The composed message, once per edition, whatever the number of destinations. No foreign key: digests, reminders,
# notices and approval cards are messages with ids of their own.
messages = Table(
    "messages",
    metadata,
    Column("story_id", Text, primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("revision", Integer, nullable=False, server_default="1"),
)

# What a message said before it was corrected.
revisions = Table(
    "revisions",
    metadata,
    Column("story_id", Text, primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("revised_at", UtcTime, nullable=False),
    ForeignKeyConstraint(["story_id", "n"], ["messages.story_id", "messages.n"]),
)

destinations = Table(
    "destinations",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("sink", Text, nullable=False),
    Column("address", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("server", Words),
    Column("created_at", UtcTime, nullable=False),
    Column("paused_at", UtcTime),
    Column("paused_why", Words, nullable=False, default=""),
    Column("lang", Text, nullable=False, server_default="en"),
    Column("threading", Text, nullable=False, server_default="reply"),
    UniqueConstraint("sink", "address"),
    **NEVER_REUSED_IDS,
)

# role, story_id  empty: nobody, any. Not null, since two nulls are never equal and an equal subscription must be found.
subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("destination_id", RowId, ForeignKey("destinations.id"), nullable=False),
    Column("platforms", Names, nullable=False),
    Column("topics", Names, nullable=False),
    Column("urgency", Text, nullable=False),
    Column("role", Words, nullable=False),
    Column("asked_by", Words, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("include", Names, nullable=False, server_default="[]"),
    Column("exclude", Names, nullable=False, server_default="[]"),
    Column("story_id", Text, nullable=False, server_default=""),
    Column("reminders", Boolean, nullable=False, server_default=false()),
    Column("zone", Words, nullable=False, server_default="UTC"),
    Column("minute", Integer, nullable=False, server_default="540"),
    Column("weekday", Integer, nullable=False, server_default="0"),
    Column("quiet", Json),
    Column("paused_at", UtcTime),
    UniqueConstraint(
        "destination_id",
        "platforms",
        "topics",
        "urgency",
        "role",
        "include",
        "exclude",
        "story_id",
        name="uq_subscriptions_wish",
    ),
    **NEVER_REUSED_IDS,
)

# What a destination still waits for, in the order of a delivery's life.
UNDONE = (DeliveryState.DUE, DeliveryState.SENDING, DeliveryState.UNCLEAR)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("story_id", Text, nullable=False),
    Column("n", Integer, nullable=False),
    Column("destination_id", RowId, ForeignKey("destinations.id"), nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("roles", Json, nullable=False),
    Column("state", Text, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("claimed_at", UtcTime),
    Column("claimed_by", Text),
    Column("done_at", UtcTime),
    Column("remote_id", Words),
    Column("remote_url", Words),
    Column("last_error", Words, nullable=False, default=""),
    Column("headline", Words),  # as an approver changed it; null: as composed
    Column("shown_revision", Integer, nullable=False, server_default="0"),
    Column("edit_due_at", UtcTime),
    Column("edited_at", UtcTime),
    Column("edit_tries", Integer, nullable=False, server_default="0"),
    Column("release_at", UtcTime),
    ForeignKeyConstraint(["story_id", "n"], ["messages.story_id", "messages.n"]),
    # In this order it also finds the story's first message at a destination.
    UniqueConstraint("story_id", "destination_id", "n"),
    Index("ix_deliveries_destination_id_done_at", "destination_id", "done_at"),
    Index("ix_deliveries_state_id", "state", "id"),
    **NEVER_REUSED_IDS,
)
# The queues: small however long the history grows, and all that finding their heads has to read.
Index(
    "ix_deliveries_undone",
    deliveries.c.destination_id,
    deliveries.c.id,
    deliveries.c.state,
    deliveries.c.due_at,
    **partial_index(deliveries.c.state.in_([str(state) for state in UNDONE])),
)

# What is posted and not as it should be any more: few rows, however long the history grows.
Index(
    "ix_deliveries_to_edit",
    deliveries.c.edit_due_at,
    deliveries.c.id,
    **partial_index(deliveries.c.edit_due_at.is_not(null())),
)
# What waits for approval and goes out by itself.
Index(
    "ix_deliveries_to_release",
    deliveries.c.release_at,
    deliveries.c.id,
    **partial_index(deliveries.c.release_at.is_not(null())),
)
# Which story a post tells, when people ask about it.
Index(
    "ix_deliveries_remote_id",
    deliveries.c.remote_id,
    **partial_index(deliveries.c.remote_id.is_not(null())),
)

# Editions that wait to be told together.
digest_items = Table(
    "digest_items",
    metadata,
    Column("destination_id", RowId, ForeignKey("destinations.id"), primary_key=True, autoincrement=False),
    Column("story_id", Text, primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("gathered_at", UtcTime, nullable=False),
    Index("ix_digest_items_due_at_destination_id", "due_at", "destination_id"),
)

servers = Table(
    "servers",
    metadata,
    Column("id", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("joined_at", UtcTime),
    Column("removed_at", UtcTime),
    Column("lang", Text),
    Column("zone", Words),
    Column("manager_role", Words),
    Column("approval_channel", Words),
    Column("approval_hours", Integer),
    Column("welcomed_at", UtcTime),
)

approvals = Table(
    "approvals",
    metadata,
    Column("server", Words, primary_key=True),
    Column("story_id", Text, primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("decision", Text),
    Column("decided_by", Words),
    Column("decided_at", UtcTime),
    Column("headline", Words),
)

# Days that stories name. The index finds those that come near.
deadlines = Table(
    "deadlines",
    metadata,
    Column("story_id", Text, ForeignKey("stories.id"), primary_key=True),
    Column("at", UtcTime, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("quote", Words, nullable=False),
    Column("entry_id", RowId, nullable=False),
    Index("ix_deadlines_at", "at"),
)

# What readers said of a story: "not relevant", once a person.
feedback = Table(
    "feedback",
    metadata,
    Column("story_id", Text, ForeignKey("stories.id"), primary_key=True),
    Column("sink", Text, primary_key=True),
    Column("person", Words, primary_key=True),
    Column("server", Words),
    Column("said_at", UtcTime, nullable=False),
    Index("ix_feedback_said_at", "said_at"),
)

# Stories of which a destination wants to hear no more.
mutes = Table(
    "mutes",
    metadata,
    Column("destination_id", RowId, ForeignKey("destinations.id"), primary_key=True, autoincrement=False),
    Column("story_id", Text, primary_key=True),
    Column("muted_by", Words, nullable=False),
    Column("muted_at", UtcTime, nullable=False),
)

suggestions = Table(
    "suggestions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("text", Words, nullable=False),
    Column("sink", Text, nullable=False),
    Column("person", Words, nullable=False),
    Column("server", Words),
    Column("said_at", UtcTime, nullable=False),
    Column("settled_at", UtcTime),
    **NEVER_REUSED_IDS,
)

# What the operator hears of, once.
troubles = Table(
    "troubles",
    metadata,
    Column("key", Words, primary_key=True),
    Column("text", Words, nullable=False),
    Column("began_at", UtcTime, nullable=False),
    Column("told_at", UtcTime),
    Column("cleared_at", UtcTime),
)

# What operators say about entries. topic  null: not relevant, or nobody could say
labels = Table(
    "labels",
    metadata,
    Column("entry_id", RowId, ForeignKey("entries.id"), primary_key=True, autoincrement=False),
    Column("relevant", Boolean, nullable=False),
    Column("topic", Text),
    Column("doubt", Boolean, nullable=False),
    Column("labelled_by", Words, nullable=False),
    Column("labelled_at", UtcTime, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Words, nullable=False),
)

# What happened where platforms stand. Append only: a change of wording is another row with the next n.
record_events = Table(
    "record_events",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("key", Words, nullable=False),
    Column("n", Integer, nullable=False),
    Column("origin", Text, nullable=False),
    Column("happened_on", Date, nullable=False),
    Column("body", Text, nullable=False),
    Column("written_at", UtcTime, nullable=False),
    Column("written_by", Words, nullable=False),
    Column("reason", Words, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    UniqueConstraint("key", "n"),
    Index("ix_record_events_origin_id", "origin", "id"),
    **NEVER_REUSED_IDS,
)

# Which events name a platform in any of their wordings, folded as in story_platforms.
record_platforms = Table(
    "record_platforms",
    metadata,
    Column("platform", Words, primary_key=True),
    Column("key", Words, primary_key=True),
)

# What operators corrected, with what the record said until then. Append only.
# platform  folded as in story_platforms; body holds the name as written
record_amendments = Table(
    "record_amendments",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("platform", Words, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("amended_at", UtcTime, nullable=False),
    Index("ix_record_amendments_platform_id", "platform", "id"),
    **NEVER_REUSED_IDS,
)

# ---------------------------------------------------------------- the terms watch

# A watched page as far as it is remembered: what it is stands in terms.toml.
documents = Table(
    "documents",
    metadata,
    Column("id", Words, primary_key=True),
    Column("url", Words),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("address", Words),
    Column("body_hash", Text),
    Column("chars", Integer),
    Column("looked_at", UtcTime),
    Column("good_at", UtcTime),
    Column("refusal", Text),
    Column("refused_why", Words, nullable=False),
    Column("first_refused_at", UtcTime),
    Column("failures", Integer, nullable=False),
    Column("next_look_at", UtcTime),
    Column("version", Integer),
    Column("latest", Integer),
    Column("page_says_on", Date),
    Column("text_says_on", Date),
)

# Wordings that were seen, once each. Never changed but for when they were seen and settled.
versions = Table(
    "versions",
    metadata,
    Column("document_id", Words, ForeignKey("documents.id"), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("url", Words, nullable=False),
    Column("content_type", Words, nullable=False),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("body_hash", Text, nullable=False),
    Column("body_bytes", Integer, nullable=False),
    Column("text_hash", Text, nullable=False),
    Column("chars", Integer, nullable=False),
    Column("extractor", Words, nullable=False),
    Column("first_seen_at", UtcTime, nullable=False),
    Column("last_seen_at", UtcTime, nullable=False),
    Column("times_seen", Integer, nullable=False),
    Column("settled_at", UtcTime),
    Column("is_baseline", Boolean, nullable=False),
    Column("updated_on", Date),
    Column("effective_on", Date),
    Column("body", PackedBytes, nullable=False),
)

# The text of a version by each extractor that ever read its bytes.
version_texts = Table(
    "version_texts",
    metadata,
    Column("document_id", Words, primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("extractor", Words, primary_key=True),
    Column("text_hash", Text, nullable=False),
    Column("text", PackedWords, nullable=False),
    Column("whole_text", PackedWords, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    ForeignKeyConstraint(["document_id", "n"], ["versions.document_id", "versions.n"]),
    Index("ix_version_texts_document_id_text_hash", "document_id", "text_hash"),
)

# Every sentence that a document ever held, once for every wording. hash: of text and stem
sentences = Table(
    "sentences",
    metadata,
    Column("document_id", Words, ForeignKey("documents.id"), primary_key=True),
    Column("place", Text, primary_key=True),
    Column("hash", Text, primary_key=True),
    Column("text", Words, nullable=False),
    Column("stem", Words, nullable=False),
    Column("is_menu", Boolean, nullable=False),
    Column("key", Words, nullable=False),
    Column("before", Words, nullable=False),
    Column("is_ai", Boolean, nullable=False),
    Column("stances", Json, nullable=False),
    Column("version", Integer, nullable=False),
    Column("first_seen_at", UtcTime, nullable=False),
    Column("gone_at", UtcTime),
    Column("settled", Boolean, nullable=False),
    Column("has_gone", Boolean, nullable=False),
)
Index("ix_sentences_of_ai", sentences.c.document_id, **partial_index(sentences.c.is_ai.is_(true())))

# before     the version in force then; null: it was there in the baseline
# quote_hash of what the quotation is known by
clause_changes = Table(
    "clause_changes",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("document_id", Words, ForeignKey("documents.id"), nullable=False),
    Column("platform", Words, nullable=False),
    Column("platform_key", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("before", Integer),
    Column("place", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("direction", Text, nullable=False),
    Column("quote", Words, nullable=False),
    Column("quote_hash", Text, nullable=False),
    Column("body", Json, nullable=False),
    Column("plain", Words, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("first_seen_at", UtcTime, nullable=False),
    Column("confirmed_at", UtcTime),
    Column("ended_at", UtcTime),
    Column("entry_key", Words, index=True),
    Column("effective_on", Date),
    Column("why", Words, nullable=False),
    Column("decided_by", Words, nullable=False),
    Column("decided_at", UtcTime),
    UniqueConstraint(
        "document_id", "place", "kind", "direction", "quote_hash", name="uq_clause_changes_clause"
    ),
    Index("ix_clause_changes_platform_key_id", "platform_key", "id"),
    Index("ix_clause_changes_state_confirmed_at", "state", "confirmed_at"),
    **NEVER_REUSED_IDS,
)
