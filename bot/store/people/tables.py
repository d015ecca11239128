"""Tables of destinations, what people want there, and what they say."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, false

from bot.store.columns import Json, NameSet, RowId, UtcTime, Words
from bot.store.dialects import NEVER_REUSED_IDS
from bot.store.metadata import metadata

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
    Column("platforms", NameSet, nullable=False),
    Column("topics", NameSet, nullable=False),
    Column("urgency", Text, nullable=False),
    Column("role", Words, nullable=False),
    Column("asked_by", Words, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("include", NameSet, nullable=False, server_default="[]"),
    Column("exclude", NameSet, nullable=False, server_default="[]"),
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
