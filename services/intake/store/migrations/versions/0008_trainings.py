"""Until when the trainings of trusted persons count."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "trainings",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("valid_until", sa.Date, nullable=False),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("trainings")
