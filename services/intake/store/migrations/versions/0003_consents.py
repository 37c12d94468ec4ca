"""What families allow partners to read, who helps them, and of what kind an organisation is."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of consents and of who helps."""
    op.create_table(
        "consents",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("partner_kind", sa.Text),
        sa.Column("organisation_id", sa.Uuid),
        sa.Column("field_sets", sa.ARRAY(sa.Text), nullable=False),
        sa.Column("given_by", sa.Text, nullable=False),
        sa.Column("given_on", sa.Date, nullable=False),
        sa.Column("text_version", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("interpreter", sa.Boolean, nullable=False),
        sa.Column("how", sa.Text, nullable=False),
        sa.Column("until", sa.Date),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("recorded_at", _AT, nullable=False),
        sa.Column("recorded_by", sa.Uuid),
        sa.Column("ended_at", _AT),
    )
    op.create_index("consents_case", "consents", ["case_id", "recorded_at", "id"])
    op.create_index("consents_until", "consents", ["until", "id"], postgresql_where=sa.text("state = 'given'"))
    growing = sa.text("state = 'given' AND given_by <> 'young-person'")
    op.create_index("consents_growing", "consents", ["case_id"], postgresql_where=growing)
    op.create_table(
        "accepted_referrals",
        sa.Column("referral_id", sa.Uuid, primary_key=True),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("need_id", sa.Uuid, nullable=False),
        sa.Column("organisation_id", sa.Uuid, nullable=False),
    )
    op.create_index("accepted_referrals_case", "accepted_referrals", ["case_id"])
    op.add_column("organisations", sa.Column("kind", sa.Text))
