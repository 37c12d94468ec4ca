"""Who goes along to an appointment, and what organisations ask and offer each other."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0016"
down_revision = "0015"
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
    _make_notices()


def _make_companies() -> None:
    op.create_table(
        "companies",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("booked_by", sa.Uuid, nullable=False),
        sa.Column("booked_at", _AT, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("part", "area", "language", "visit", "state")),
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
    op.create_table(
        "company_keys",
        sa.Column("company_id", sa.Uuid, sa.ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "company_notes",
        sa.Column(
            "company_id", sa.Uuid, sa.ForeignKey("company_keys.company_id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("note", sa.LargeBinary, nullable=False),
    )


def _make_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("placed_by", sa.Uuid, nullable=False),
        sa.Column("placed_at", _AT, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("side", "good", "about")),
        sa.Column("area", sa.Text),
        sa.Column("until", sa.Date, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("helped", sa.Boolean),
    )
    op.create_index("notices_until", "notices", ["state", "until"])
    op.create_index("notices_organisation", "notices", ["organisation_id"])
    op.create_table(
        "replies",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("notice_id", sa.Uuid, sa.ForeignKey("notices.id", ondelete="CASCADE"), nullable=False),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        sa.Column("replied_by", sa.Uuid, nullable=False),
        sa.Column("replied_at", _AT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("answered_by", sa.Uuid),
    )
    op.create_index("replies_once", "replies", ["notice_id", "organisation_id"], unique=True)
    op.create_index("replies_organisation", "replies", ["organisation_id"])


def downgrade() -> None:
    """Drop them."""
    for table in ("replies", "notices", "companion_asks", "company_notes", "company_keys", "companies", "companions"):
        op.drop_table(table)
