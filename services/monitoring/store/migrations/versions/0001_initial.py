"""Watches, the timeline of each case, and the read model of the network."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)
_ON_THE_BOARD = sa.text("phase = 'open'")


def upgrade() -> None:
    """Make monitoring's tables."""
    _watches()
    op.create_table(
        "timeline",
        sa.Column("position", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.Column("occurred_at", _AT, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("organisation_id", sa.Uuid),
        sa.Column("details", JSONB, nullable=False),
    )
    op.create_index("timeline_case", "timeline", ["case_id", "occurred_at", "position"])
    op.create_table(
        "organisations",
        sa.Column("organisation_id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
    )


def _watches() -> None:
    op.create_table(
        "watches",
        sa.Column("case_id", sa.Uuid, primary_key=True),
        sa.Column("document", JSONB, nullable=False),
        sa.Column("case_code", sa.Text, nullable=False),
        sa.Column("phase", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("urgency", sa.Text),
        sa.Column("district", sa.Text),
        sa.Column("categories", ARRAY(sa.Text), nullable=False),
        sa.Column("organisation_id", sa.Uuid),
        sa.Column("at_work", ARRAY(sa.Uuid), nullable=False),
        sa.Column("follow_up_ids", ARRAY(sa.Uuid), nullable=False),
        sa.Column("asked", ARRAY(sa.Uuid), nullable=False),
        sa.Column("next_action_at", _AT),
        sa.Column("next_action", sa.Text),
        sa.Column("open_escalations", sa.Integer, nullable=False),
        sa.Column("reasons", ARRAY(sa.Text), nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("urgency_rank", sa.Integer, nullable=False),
        sa.Column("waits_since", _AT, nullable=False),
        sa.Column("out_of_sight_since", _AT),
        sa.Column("opened_at", _AT, nullable=False),
        sa.Column("first_answer_at", _AT),
        sa.Column("first_contact_at", _AT),
        sa.Column("first_help_at", _AT),
        sa.Column("warm_handovers", sa.Integer, nullable=False),
        sa.Column("cold_handovers", sa.Integer, nullable=False),
    )
    op.create_index(
        "watches_board",
        "watches",
        [sa.text("(open_escalations = 0)"), "urgency_rank", "waits_since", "case_id"],
        postgresql_where=_ON_THE_BOARD,
    )
    op.create_index("watches_organisation", "watches", ["organisation_id", "case_id"])
    op.create_index("watches_asked", "watches", ["asked"], postgresql_using="gin")
    op.create_index("watches_follow_ups", "watches", ["follow_up_ids"], postgresql_using="gin")


def downgrade() -> None:
    """Drop monitoring's tables."""
    for table in ("organisations", "timeline", "watches"):
        op.drop_table(table)
