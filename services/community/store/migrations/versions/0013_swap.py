"""Who goes along to an appointment."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make their tables."""
    op.create_table(
        "companions",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        *(sa.Column(name, ARRAY(sa.Text), nullable=False) for name in ("languages", "districts", "days", "visits")),
        sa.Column("paused_until", sa.Date),
    )
    _make_companies()
    op.create_table(
        "companion_asks",
        sa.Column("company_id", sa.Uuid, sa.ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("asked_at", _AT, nullable=False),
    )
    op.create_index("companion_asks_person", "companion_asks", ["person_id"])


def _make_companies() -> None:
    op.create_table(
        "companies",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("booked_by", sa.Uuid, nullable=False),
        sa.Column("booked_at", _AT, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("part", "district", "language", "visit", "note", "state")
        ),
        sa.Column("person_id", sa.Uuid),
        sa.Column("answer_by", _AT),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("went_well", sa.Boolean),
    )
    standing = sa.text("state IN ('agreed', 'asked')")
    op.create_index("companies_once", "companies", ["person_id", "day", "part"], unique=True, postgresql_where=standing)
    op.create_index("companies_booked_by", "companies", ["booked_by"])
    op.create_index("companies_person", "companies", ["person_id"])
    op.create_index("companies_day", "companies", ["day"])


def downgrade() -> None:
    """Drop them."""
    for table in ("companion_asks", "companies", "companions"):
        op.drop_table(table)
