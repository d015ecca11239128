"""Terms watch: documents, versions, sentences, clause changes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

Time = sa.DateTime(timezone=True)
RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _documents()
    _versions()
    _version_texts()
    _sentences()
    _clause_changes()


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=True),
        sa.Column("chars", sa.Integer(), nullable=True),
        sa.Column("looked_at", Time, nullable=True),
        sa.Column("good_at", Time, nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("refused_why", sa.Text(), nullable=False),
        sa.Column("first_refused_at", Time, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_look_at", Time, nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("latest", sa.Integer(), nullable=True),
        sa.Column("page_says_on", sa.Date(), nullable=True),
        sa.Column("text_says_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
    )


def _versions() -> None:
    op.create_table(
        "versions",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("body_bytes", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("chars", sa.Integer(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("first_seen_at", Time, nullable=False),
        sa.Column("last_seen_at", Time, nullable=False),
        sa.Column("times_seen", sa.Integer(), nullable=False),
        sa.Column("settled_at", Time, nullable=True),
        sa.Column("is_baseline", sa.Boolean(), nullable=False),
        sa.Column("updated_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_versions_document_id_documents"),
        sa.PrimaryKeyConstraint("document_id", "n", name="pk_versions"),
    )


def _version_texts() -> None:
    op.create_table(
        "version_texts",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("whole_text", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", Time, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id", "n"],
            ["versions.document_id", "versions.n"],
            name="fk_version_texts_document_id_n_versions",
        ),
        sa.PrimaryKeyConstraint("document_id", "n", "extractor", name="pk_version_texts"),
    )
    op.create_index("ix_version_texts_document_id_text_hash", "version_texts", ["document_id", "text_hash"])


def _sentences() -> None:
    op.create_table(
        "sentences",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("stem", sa.Text(), nullable=False),
        sa.Column("is_menu", sa.Boolean(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("is_ai", sa.Boolean(), nullable=False),
        sa.Column("stances", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", Time, nullable=False),
        sa.Column("gone_at", Time, nullable=True),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("has_gone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["documents.id"], name="fk_sentences_document_id_documents"),
        sa.PrimaryKeyConstraint("document_id", "place", "hash", name="pk_sentences"),
    )
    is_ai = sa.column("is_ai", sa.Boolean()).is_(sa.true())
    op.create_index(
        "ix_sentences_of_ai", "sentences", ["document_id"], sqlite_where=is_ai, postgresql_where=is_ai
    )


def _clause_changes() -> None:
    op.create_table(
        "clause_changes",
        sa.Column("id", RowId, nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("platform_key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("quote_hash", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("first_seen_at", Time, nullable=False),
        sa.Column("confirmed_at", Time, nullable=True),
        sa.Column("ended_at", Time, nullable=True),
        sa.Column("entry_key", sa.Text(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", Time, nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name="fk_clause_changes_document_id_documents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_clause_changes"),
        sa.UniqueConstraint(
            "document_id", "place", "kind", "direction", "quote_hash", name="uq_clause_changes_clause"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_clause_changes_entry_key", "clause_changes", ["entry_key"])
    op.create_index("ix_clause_changes_platform_key_id", "clause_changes", ["platform_key", "id"])
    op.create_index("ix_clause_changes_state_confirmed_at", "clause_changes", ["state", "confirmed_at"])


def downgrade() -> None:
    for table in (
        "clause_changes",
        "sentences",
        "version_texts",
        "versions",
        "documents",
    ):
        op.drop_table(table)
