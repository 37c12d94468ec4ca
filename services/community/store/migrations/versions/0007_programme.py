"""Who is asked to speak or as an expert by experience, and which topics are proposed."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables, and the column; its default is for the rows that are there."""
    op.add_column("seats", sa.Column("speaks", sa.Boolean, nullable=False, server_default=sa.false()))
    op.alter_column("seats", "speaks", server_default=None)
    for column in ("told_as", "of_experience"):
        op.add_column("gatherings", sa.Column(column, sa.Integer, nullable=False, server_default="0"))
        op.alter_column("gatherings", column, server_default=None)
    # What is told is sealed, and cannot be put into other words here: who signed up before this, signs up again.
    op.execute("DELETE FROM seats")
    op.add_column("sign_ups", sa.Column("comes_as", sa.LargeBinary, nullable=False))
    op.create_table(
        "topics",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("person_id", sa.Uuid),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("speaker", sa.Text, nullable=False),
        sa.Column("proposed_at", _AT, nullable=False),
        sa.Column("wanted_for", sa.Uuid),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("gathering_id", sa.Uuid, sa.ForeignKey("gatherings.id", ondelete="CASCADE")),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_index("topics_gathering", "topics", ["gathering_id"])
    op.create_index("topics_person", "topics", ["person_id"])
    op.create_table(
        "experts",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("paused_until", sa.Date),
    )
    op.create_table(
        "expert_asks",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("gathering_id", sa.Uuid, sa.ForeignKey("gatherings.id", ondelete="CASCADE"), nullable=False),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("asked_at", _AT, nullable=False),
        sa.Column("answer_by", _AT, nullable=False),
        sa.Column("thanks", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("settled_on", sa.Date),
    )
    op.create_index("expert_asks_gathering", "expert_asks", ["gathering_id"])
    op.create_index("expert_asks_person", "expert_asks", ["person_id"])


def downgrade() -> None:
    """Drop them."""
    for table in ("expert_asks", "experts", "topics"):
        op.drop_table(table)
    op.drop_column("sign_ups", "comes_as")
    for column in ("told_as", "of_experience"):
        op.drop_column("gatherings", column)
    op.drop_column("seats", "speaks")
