"""Which configured feed a source's state belongs to: another address in the config is a first look again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sources", sa.Column("feed", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("sources", "feed")
