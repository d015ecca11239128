"""Tables of sources, entries, stories and their editions."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    false,
    true,
)

from bot.store.columns import ByCodePoint, Duration, Json, RowId, UtcTime, Words
from bot.store.dialects import partial_index
from bot.store.metadata import metadata

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
    Column("also_topic", Text),
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
