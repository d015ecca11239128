"""A second topic of an entry that reports two acts."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("verdicts", sa.Column("also_topic", sa.Text()))


def downgrade() -> None:
    op.drop_column("verdicts", "also_topic")
