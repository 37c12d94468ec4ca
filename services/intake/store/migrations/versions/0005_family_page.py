"""The family's own page: its link and who is in by it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make its tables."""
    op.create_table(
        "family_access",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("case_id", sa.Uuid, sa.ForeignKey("case_keys.case_id", ondelete="CASCADE"), nullable=False),
        sa.Column("token_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("code_hash", sa.LargeBinary, nullable=False, unique=True),
        sa.Column("made_by", sa.Uuid, nullable=False),
        sa.Column("made_at", _AT, nullable=False),
        sa.Column("expires_at", _AT, nullable=False),
    )
    op.create_index("family_access_case", "family_access", ["case_id"], unique=True)
    op.create_table(
        "family_visits",
        sa.Column("hash", sa.LargeBinary, primary_key=True),
        sa.Column("access_id", sa.Uuid, sa.ForeignKey("family_access.id", ondelete="CASCADE"), nullable=False),
        sa.Column("ends_at", _AT, nullable=False),
    )
    op.create_index("family_visits_access", "family_visits", ["access_id"])
    _voice()
    _wishes()


def _voice() -> None:
    op.create_table(
        "family_asks",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("case_id", sa.Uuid, sa.ForeignKey("case_keys.case_id", ondelete="CASCADE"), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("asked_at", _AT, nullable=False),
        sa.Column("settled_at", _AT),
        sa.Column("settled_by", sa.Uuid),
    )
    op.create_index("family_asks_case", "family_asks", ["case_id", "asked_at"])
    op.create_table(
        "experiences",
        sa.Column("need_id", sa.Uuid, primary_key=True),
        sa.Column("case_id", sa.Uuid, sa.ForeignKey("case_keys.case_id", ondelete="CASCADE"), nullable=False),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("welcome", "fitting", "tailored")),
        sa.Column("told_at", _AT, nullable=False),
    )
    op.create_index("experiences_case", "experiences", ["case_id"])


def _wishes() -> None:
    op.add_column("cases", sa.Column("rather_not", JSONB, nullable=False, server_default="[]"))
    op.alter_column("cases", "rather_not", server_default=None)
    op.add_column("accepted_referrals", sa.Column("contact_id", sa.Uuid))
    op.add_column("vault", sa.Column("own_network", sa.LargeBinary))
    op.add_column("vault", sa.Column("helper_wishes", sa.LargeBinary))
    op.add_column("timeline_entries", sa.Column("number", sa.Text))
    wanted = sa.text("number IS NOT NULL")
    op.create_index("timeline_entries_number", "timeline_entries", ["number"], postgresql_where=wanted)
