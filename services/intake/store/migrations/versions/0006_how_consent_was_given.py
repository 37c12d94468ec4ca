"""How the family consented to asking for help: its language, on paper or spoken, and with an interpreter or not."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of what was told before, nobody said it."""
    op.add_column("cases", sa.Column("consent_language", sa.Text))
    op.add_column("cases", sa.Column("consent_how", sa.Text))
    op.add_column("cases", sa.Column("consent_interpreter", sa.Boolean, nullable=False, server_default=sa.false()))
    op.alter_column("cases", "consent_interpreter", server_default=None)
    op.alter_column("consents", "language", nullable=True)
    op.alter_column("consents", "how", nullable=True)
