"""Tables of watched documents, and of the record made of them."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    true,
)

from bot.store.columns import Json, PackedBytes, PackedWords, RowId, UtcTime, Words
from bot.store.dialects import NEVER_REUSED_IDS, partial_index
from bot.store.metadata import metadata

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
