"""Who is in the network and may do what."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "members",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("memberships", JSONB, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("epoch", sa.Integer, nullable=False),
        sa.Column("deputy_id", sa.Uuid),
        sa.Column("away_from", sa.Date),
        sa.Column("away_until", sa.Date),
    )
    op.create_index(
        "members_memberships",
        "members",
        ["memberships"],
        postgresql_using="gin",
        postgresql_ops={"memberships": "jsonb_path_ops"},
    )
