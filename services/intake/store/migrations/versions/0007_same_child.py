"""Two requests that may be for one child."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """A mark beside each key, and the pairs. Children of before have no mark, and are found by no other."""
    op.add_column("case_keys", sa.Column("child_mark", sa.LargeBinary))
    op.create_index(
        "case_keys_child_mark", "case_keys", ["child_mark"], postgresql_where=sa.text("child_mark IS NOT NULL")
    )
    op.add_column("cases", sa.Column("elsewhere", JSONB, nullable=False, server_default="[]"))
    op.alter_column("cases", "elsewhere", server_default=None)
    op.create_index("cases_elsewhere", "cases", ["id"], postgresql_where=sa.text("elsewhere <> '[]'::jsonb"))
    op.create_table(
        "same_children",
        sa.Column("id", sa.Uuid, primary_key=True),
        *(
            sa.Column(name, sa.Uuid, sa.ForeignKey("case_keys.case_id", ondelete="CASCADE"), nullable=False)
            for name in ("older", "younger")
        ),
        sa.Column("found_at", _AT, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("older_agreed_by", sa.Uuid),
        sa.Column("younger_agreed_by", sa.Uuid),
        sa.Column("settled_at", _AT),
        sa.Column("left_out_older", JSONB, nullable=False),
        sa.Column("left_out_younger", JSONB, nullable=False),
        sa.UniqueConstraint("older", "younger", name="same_children_pair"),
    )
    op.create_index("same_children_younger", "same_children", ["younger"])
    op.create_index("same_children_state", "same_children", ["state", "found_at"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("same_children")
    op.drop_index("cases_elsewhere", "cases")
    op.drop_column("cases", "elsewhere")
    op.drop_index("case_keys_child_mark", "case_keys")
    op.drop_column("case_keys", "child_mark")
