"""The first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Written out and not taken from bot.store: a migration must stay as it was when the program moves on.
Time = sa.DateTime(timezone=True)
RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _only(condition: sa.ColumnElement[bool]) -> dict[str, Any]:
    return {"sqlite_where": condition, "postgresql_where": condition}


def upgrade() -> None:
    _sources()
    _stories()
    _entries()
    _clustering()
    _editions()
    _people()
    _deliveries()


def _sources() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=True),
        sa.Column("entries_hash", sa.Text(), nullable=True),
        sa.Column("health", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.Column("last_failure", sa.Text(), nullable=True),
        sa.Column("polled_at", Time, nullable=True),
        sa.Column("good_at", Time, nullable=True),
        sa.Column("new_entry_at", Time, nullable=True),
        sa.Column("baselined_at", Time, nullable=True),
        sa.Column("first_failed_at", Time, nullable=True),
        sa.Column("alarmed_at", Time, nullable=True),
        sa.Column("next_poll_at", Time, nullable=True),
        sa.Column("publish_gap", sa.BigInteger(), nullable=True),
        sa.Column("missed_overlap", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
    )
    op.create_table(
        "settings",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_settings"),
    )


def _stories() -> None:
    op.create_table(
        "stories",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("platforms", sa.Text(), nullable=False),
        sa.Column("lead_id", RowId, nullable=False),
        sa.Column("opened_at", Time, nullable=False),
        sa.Column("last_entry_at", Time, nullable=False),
        sa.Column("turned_at", Time, nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
    )
    op.create_index("ix_stories_turned_at_id", "stories", ["turned_at", "id"])
    op.create_table(
        "story_platforms",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_story_platforms_story_id_stories"),
        sa.PrimaryKeyConstraint("platform", "story_id", name="pk_story_platforms"),
    )
    op.create_index("ix_story_platforms_story_id", "story_platforms", ["story_id"])


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("id", RowId, nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("outlet_name", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("published_at", Time, nullable=True),
        sa.Column("seen_at", Time, nullable=False),
        sa.Column("baseline", sa.Boolean(), nullable=False),
        sa.Column("categories", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("page_text", sa.Text(), nullable=True),
        sa.Column("page_tried", sa.Boolean(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=True),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("set_aside", sa.Boolean(), nullable=False),
        sa.Column("trimmed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_entries_source_id_sources"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_entries_story_id_stories"),
        sa.PrimaryKeyConstraint("id", name="pk_entries"),
        sa.UniqueConstraint("source_id", "key", name="uq_entries_source_id_key"),
    )
    op.create_index("ix_entries_story_id", "entries", ["story_id"])
    op.create_index(
        "ix_entries_untrimmed",
        "entries",
        ["seen_at"],
        **_only(sa.column("trimmed", sa.Boolean()).is_(sa.false())),
    )
    op.create_index("ix_entries_url", "entries", ["url"])
    op.create_index(
        "ix_entries_waiting", "entries", ["id"], **_only(sa.column("waits", sa.Boolean()).is_(sa.true()))
    )
    op.create_table(
        "verdicts",
        sa.Column("entry_id", RowId, autoincrement=False, nullable=False),
        sa.Column("relevant", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("sure", sa.Boolean(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("platforms", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("roundup", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_verdicts_entry_id_entries"),
        sa.PrimaryKeyConstraint("entry_id", name="pk_verdicts"),
    )
    op.create_index("ix_verdicts_relevant_entry_id", "verdicts", ["relevant", "entry_id"])


def _clustering() -> None:
    op.create_table(
        "story_keys",
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("seen_at", Time, nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_story_keys_story_id_stories"),
        sa.PrimaryKeyConstraint("story_id", "key", name="pk_story_keys"),
    )
    op.create_index("ix_story_keys_key_seen_at_story_id", "story_keys", ["key", "seen_at", "story_id"])
    op.create_table(
        "fingerprints",
        sa.Column("entry_id", RowId, autoincrement=False, nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_fingerprints_entry_id_entries"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_fingerprints_story_id_stories"),
        sa.PrimaryKeyConstraint("entry_id", name="pk_fingerprints"),
    )
    op.create_index("ix_fingerprints_story_id_entry_id", "fingerprints", ["story_id", "entry_id"])
    op.create_table(
        "placements",
        sa.Column("entry_id", RowId, autoincrement=False, nullable=False),
        sa.Column("joined", sa.Text(), nullable=True),
        sa.Column("turn", sa.Text(), nullable=True),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_placements_entry_id_entries"),
        sa.ForeignKeyConstraint(["joined"], ["stories.id"], name="fk_placements_joined_stories"),
        sa.PrimaryKeyConstraint("entry_id", name="pk_placements"),
    )


def _editions() -> None:
    op.create_table(
        "editions",
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("turn", sa.Text(), nullable=True),
        sa.Column("entry_id", RowId, nullable=False),
        sa.Column("made_at", Time, nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("settled_at", Time, nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name="fk_editions_entry_id_entries"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_editions_story_id_stories"),
        sa.PrimaryKeyConstraint("story_id", "n", name="pk_editions"),
    )
    op.create_index("ix_editions_state_made_at", "editions", ["state", "made_at"])
    op.create_table(
        "messages",
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id", "n"], ["editions.story_id", "editions.n"], name="fk_messages_story_id_n_editions"
        ),
        sa.PrimaryKeyConstraint("story_id", "n", name="pk_messages"),
    )


def _people() -> None:
    op.create_table(
        "destinations",
        sa.Column("id", RowId, nullable=False),
        sa.Column("sink", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("server", sa.Text(), nullable=True),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("paused_at", Time, nullable=True),
        sa.Column("paused_why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_destinations"),
        sa.UniqueConstraint("sink", "address", name="uq_destinations_sink_address"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "subscriptions",
        sa.Column("id", RowId, nullable=False),
        sa.Column("destination_id", RowId, nullable=False),
        sa.Column("platforms", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.id"], name="fk_subscriptions_destination_id_destinations"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_subscriptions"),
        sa.UniqueConstraint(
            "destination_id", "platforms", "topics", "urgency", "role", name="uq_subscriptions_wish"
        ),
        sqlite_autoincrement=True,
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", RowId, nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("destination_id", RowId, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("due_at", Time, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("claimed_at", Time, nullable=True),
        sa.Column("claimed_by", sa.Text(), nullable=True),
        sa.Column("done_at", Time, nullable=True),
        sa.Column("remote_id", sa.Text(), nullable=True),
        sa.Column("remote_url", sa.Text(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.id"], name="fk_deliveries_destination_id_destinations"
        ),
        sa.ForeignKeyConstraint(
            ["story_id", "n"], ["messages.story_id", "messages.n"], name="fk_deliveries_story_id_n_messages"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deliveries"),
        sa.UniqueConstraint("key", name="uq_deliveries_key"),
        sa.UniqueConstraint(
            "story_id", "destination_id", "n", name="uq_deliveries_story_id_destination_id_n"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deliveries_destination_id_done_at", "deliveries", ["destination_id", "done_at"])
    op.create_index("ix_deliveries_state_id", "deliveries", ["state", "id"])
    op.create_index(
        "ix_deliveries_undone",
        "deliveries",
        ["destination_id", "id", "state", "due_at"],
        **_only(sa.column("state").in_(["due", "sending", "unclear"])),
    )


def downgrade() -> None:
    for table in (
        "deliveries",
        "subscriptions",
        "destinations",
        "messages",
        "editions",
        "placements",
        "fingerprints",
        "story_keys",
        "verdicts",
        "entries",
        "story_platforms",
        "stories",
        "settings",
        "sources",
    ):
        op.drop_table(table)
