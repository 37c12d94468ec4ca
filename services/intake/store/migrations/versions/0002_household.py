"""The family that a case belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A case of before is a family of one child."""
    op.add_column("cases", sa.Column("household_id", sa.Uuid, nullable=True))
    op.execute("UPDATE cases SET household_id = gen_random_uuid()")
    op.alter_column("cases", "household_id", nullable=False)
    op.create_index("cases_of_household", "cases", ["household_id", "id"])


def downgrade() -> None:
    """Forget it."""
    op.drop_index("cases_of_household", "cases")
    op.drop_column("cases", "household_id")
