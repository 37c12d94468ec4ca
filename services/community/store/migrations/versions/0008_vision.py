"""The shared vision, who signed it, and what organisations are called."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make their tables."""
    op.create_table(
        "visions",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("changes", sa.Text, nullable=False),
        sa.Column("published_at", _AT),
    )
    op.create_index("visions_version", "visions", ["version"], unique=True)
    op.create_table(
        "vision_signatures",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("signed_at", _AT, nullable=False),
        sa.Column("for_organisation", sa.Boolean, nullable=False),
    )
    op.create_table(
        "organisations",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("organisations", "vision_signatures", "visions"):
        op.drop_table(table)
