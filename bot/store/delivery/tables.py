"""Tables of messages, their deliveries and revisions, digests and deadlines."""

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    null,
)

from bot.model import DeliveryState
from bot.store.columns import Json, RowId, UtcTime, Words
from bot.store.dialects import NEVER_REUSED_IDS, partial_index
from bot.store.metadata import metadata

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
