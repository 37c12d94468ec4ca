"""Gatherings, series of them, and places."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make community's tables."""
    op.create_table(
        "places",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("checked_on", sa.Date),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("first_on", sa.Date, nullable=False),
        sa.Column("every_weeks", sa.Integer, nullable=False),
        sa.Column("starts", sa.Time, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        *_what_people_read(),
        sa.Column("planned_until", sa.Date),
    )
    op.create_table(
        "gatherings",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("starts_at", _AT, nullable=False),
        sa.Column("ends_at", _AT, nullable=False),
        *_what_people_read(),
        sa.Column("changed_at", _AT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("cancelled_because", sa.Text),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("series_id", sa.Uuid),
    )
    op.create_index("gatherings_ends_at", "gatherings", ["ends_at", "id"])


def _what_people_read() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("capacity", sa.Integer, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("has_childcare", sa.Boolean, nullable=False),
        sa.Column("contact_name", sa.Text, nullable=False),
        sa.Column("contact_phone", sa.Text, nullable=False),
        sa.Column("place_id", sa.Uuid),
    )


def downgrade() -> None:
    """Drop community's tables."""
    for table in ("gatherings", "series", "places"):
        op.drop_table(table)
