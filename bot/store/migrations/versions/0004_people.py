"""People: how they want to be told, what they said, what was amended."""

import re
import unicodedata
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

Time = sa.DateTime(timezone=True)
RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WISH = ["destination_id", "platforms", "topics", "urgency", "role"]


def _only(column: str) -> dict[str, Any]:
    condition = sa.column(column).is_not(sa.null())
    return {"sqlite_where": condition, "postgresql_where": condition}


def upgrade() -> None:
    with op.batch_alter_table("messages") as messages:
        messages.drop_constraint("fk_messages_story_id_n_editions", type_="foreignkey")
        messages.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="1"))
    op.create_table(
        "revisions",
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revised_at", Time, nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id", "n"], ["messages.story_id", "messages.n"], name="fk_revisions_story_id_n_messages"
        ),
        sa.PrimaryKeyConstraint("story_id", "n", "revision", name="pk_revisions"),
    )
    with op.batch_alter_table("destinations", table_kwargs={"sqlite_autoincrement": True}) as destinations:
        destinations.add_column(sa.Column("lang", sa.Text(), nullable=False, server_default="en"))
        destinations.add_column(sa.Column("threading", sa.Text(), nullable=False, server_default="reply"))
    _subscriptions()
    _deliveries()
    _digests()
    _servers()
    _readers()
    _search()


def _search() -> None:
    op.create_table(
        "story_words",
        sa.Column("word", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_story_words_story_id_stories"),
        sa.PrimaryKeyConstraint("word", "story_id", name="pk_story_words"),
    )
    op.create_index("ix_story_words_story_id", "story_words", ["story_id"])
    held = op.get_bind().execute(sa.text("SELECT id, title FROM stories")).all()
    rows = [{"w": word, "s": row.id} for row in held for word in sorted(_words(row.title))]
    if rows:
        op.get_bind().execute(sa.text("INSERT INTO story_words (word, story_id) VALUES (:w, :s)"), rows)


def _words(title: str) -> set[str]:
    """As bot.store.news.search took a title apart when this was written."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    return {
        word[:40] for word in re.findall(r"\w+", "".join(c for c in plain if not unicodedata.combining(c)))
    }


def _subscriptions() -> None:
    with op.batch_alter_table("subscriptions", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("include", sa.Text(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("exclude", sa.Text(), nullable=False, server_default="[]"))
        table.add_column(sa.Column("story_id", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("reminders", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("zone", sa.Text(), nullable=False, server_default="UTC"))
        table.add_column(sa.Column("minute", sa.Integer(), nullable=False, server_default="540"))
        table.add_column(sa.Column("weekday", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("quiet", sa.Text(), nullable=True))
        table.add_column(sa.Column("paused_at", Time, nullable=True))
        table.drop_constraint("uq_subscriptions_wish", type_="unique")
        table.create_unique_constraint("uq_subscriptions_wish", [*WISH, "include", "exclude", "story_id"])


def _deliveries() -> None:
    for column in (
        sa.Column("headline", sa.Text(), nullable=True),
        sa.Column("shown_revision", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("edit_due_at", Time, nullable=True),
        sa.Column("edited_at", Time, nullable=True),
        sa.Column("edit_tries", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("release_at", Time, nullable=True),
    ):
        op.add_column("deliveries", column)
    # What was sent before revisions were counted shows the first one.
    op.execute("UPDATE deliveries SET shown_revision = 1 WHERE state = 'sent'")
    op.create_index("ix_deliveries_to_edit", "deliveries", ["edit_due_at", "id"], **_only("edit_due_at"))
    op.create_index("ix_deliveries_to_release", "deliveries", ["release_at", "id"], **_only("release_at"))
    op.create_index("ix_deliveries_remote_id", "deliveries", ["remote_id"], **_only("remote_id"))


def _digests() -> None:
    op.create_table(
        "digest_items",
        sa.Column("destination_id", RowId, autoincrement=False, nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("due_at", Time, nullable=False),
        sa.Column("gathered_at", Time, nullable=False),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.id"], name="fk_digest_items_destination_id_destinations"
        ),
        sa.PrimaryKeyConstraint("destination_id", "story_id", "n", name="pk_digest_items"),
    )
    op.create_index("ix_digest_items_due_at_destination_id", "digest_items", ["due_at", "destination_id"])
    op.create_table(
        "deadlines",
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("entry_id", RowId, nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_deadlines_story_id_stories"),
        sa.PrimaryKeyConstraint("story_id", "at", "what", name="pk_deadlines"),
    )
    op.create_index("ix_deadlines_at", "deadlines", ["at"])


def _servers() -> None:
    op.create_table(
        "servers",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("joined_at", Time, nullable=True),
        sa.Column("removed_at", Time, nullable=True),
        sa.Column("lang", sa.Text(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=True),
        sa.Column("manager_role", sa.Text(), nullable=True),
        sa.Column("approval_channel", sa.Text(), nullable=True),
        sa.Column("approval_hours", sa.Integer(), nullable=True),
        sa.Column("welcomed_at", Time, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_servers"),
    )
    op.create_table(
        "approvals",
        sa.Column("server", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked_at", Time, nullable=False),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", Time, nullable=True),
        sa.Column("headline", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("server", "story_id", "n", name="pk_approvals"),
    )


def _readers() -> None:
    op.create_table(
        "feedback",
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("sink", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("server", sa.Text(), nullable=True),
        sa.Column("said_at", Time, nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_feedback_story_id_stories"),
        sa.PrimaryKeyConstraint("story_id", "sink", "person", name="pk_feedback"),
    )
    op.create_index("ix_feedback_said_at", "feedback", ["said_at"])
    op.create_table(
        "mutes",
        sa.Column("destination_id", RowId, autoincrement=False, nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("muted_by", sa.Text(), nullable=False),
        sa.Column("muted_at", Time, nullable=False),
        sa.ForeignKeyConstraint(
            ["destination_id"], ["destinations.id"], name="fk_mutes_destination_id_destinations"
        ),
        sa.PrimaryKeyConstraint("destination_id", "story_id", name="pk_mutes"),
    )
    op.create_table(
        "suggestions",
        sa.Column("id", RowId, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sink", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("server", sa.Text(), nullable=True),
        sa.Column("said_at", Time, nullable=False),
        sa.Column("settled_at", Time, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_suggestions"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "troubles",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("began_at", Time, nullable=False),
        sa.Column("told_at", Time, nullable=True),
        sa.Column("cleared_at", Time, nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_troubles"),
    )


def downgrade() -> None:
    for name in (
        "story_words",
        "troubles",
        "suggestions",
        "mutes",
        "feedback",
        "approvals",
        "servers",
        "deadlines",
        "digest_items",
        "revisions",
    ):
        op.drop_table(name)
    _forget_newer_rows()
    for index in ("ix_deliveries_remote_id", "ix_deliveries_to_release", "ix_deliveries_to_edit"):
        op.drop_index(index, "deliveries")
    with op.batch_alter_table("deliveries", table_kwargs={"sqlite_autoincrement": True}) as deliveries:
        for column in ("headline", "shown_revision", "edit_due_at", "edited_at", "edit_tries", "release_at"):
            deliveries.drop_column(column)
    with op.batch_alter_table("subscriptions", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_constraint("uq_subscriptions_wish", type_="unique")
        for column in (
            "include",
            "exclude",
            "story_id",
            "reminders",
            "zone",
            "minute",
            "weekday",
            "quiet",
            "paused_at",
        ):
            table.drop_column(column)
        table.create_unique_constraint("uq_subscriptions_wish", WISH)
    with op.batch_alter_table("destinations", table_kwargs={"sqlite_autoincrement": True}) as destinations:
        destinations.drop_column("lang")
        destinations.drop_column("threading")
    with op.batch_alter_table("messages") as messages:
        messages.drop_column("revision")
        messages.create_foreign_key(
            "fk_messages_story_id_n_editions", "editions", ["story_id", "n"], ["story_id", "n"]
        )


def _forget_newer_rows() -> None:
    """What the older program has no room for: messages of no edition, wishes that differ only in what it lacks."""
    told = "SELECT 1 FROM editions e WHERE e.story_id = {0}.story_id AND e.n = {0}.n"
    op.execute(f"DELETE FROM deliveries WHERE NOT EXISTS ({told.format('deliveries')})")  # noqa: S608
    op.execute(f"DELETE FROM messages WHERE NOT EXISTS ({told.format('messages')})")  # noqa: S608
    op.execute("UPDATE deliveries SET state = 'abandoned' WHERE state = 'held'")
    op.execute("DELETE FROM subscriptions WHERE urgency <> 'now' OR story_id <> '' OR paused_at IS NOT NULL")
    op.execute(
        "DELETE FROM subscriptions WHERE id NOT IN (SELECT MIN(id) FROM subscriptions "
        "GROUP BY destination_id, platforms, topics, urgency, role)"
    )
