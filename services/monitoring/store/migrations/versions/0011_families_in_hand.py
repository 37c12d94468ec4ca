"""How many families wait for whom, and who is asked how it goes after something heavy."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what the watches say of it, and make the tables."""
    op.add_column("watches", sa.Column("in_hand_of", sa.Uuid))
    op.add_column("watches", sa.Column("was_for_today", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("watches", sa.Column("needs_named", sa.Integer, nullable=False, server_default="0"))
    for column in ("was_for_today", "needs_named"):
        op.alter_column("watches", column, server_default=None)
    op.create_index("watches_in_hand", "watches", ["in_hand_of"], postgresql_where=sa.text("in_hand_of IS NOT NULL"))
    op.create_table(
        "families_told",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("families", sa.Integer, nullable=False),
        sa.Column("heavy", sa.Integer, nullable=False),
    )
    op.create_table(
        "check_ins",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("check_ins")
    op.drop_table("families_told")
    op.drop_index("watches_in_hand", "watches")
    for column in ("in_hand_of", "was_for_today", "needs_named"):
        op.drop_column("watches", column)
