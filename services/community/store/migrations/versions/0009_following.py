"""What gatherings are about, and who follows that; and what somebody who has a seat is asked to speak about."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)
_TEXTS = sa.ARRAY(sa.Text)


def upgrade() -> None:
    """Make the tables, and the column; its default is for the rows that are there."""
    op.add_column("gatherings", sa.Column("themes", _TEXTS, nullable=False, server_default="{}"))
    op.alter_column("gatherings", "themes", server_default=None)
    op.add_column("seats", sa.Column("asked_about", sa.Text, nullable=False, server_default=""))
    op.alter_column("seats", "asked_about", server_default=None)
    op.create_table(
        "followers",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("asked_at", _AT, nullable=False),
        sa.Column("person_id", sa.Uuid),
        sa.Column("address_digest", sa.LargeBinary),
        sa.Column("themes", _TEXTS, nullable=False),
        sa.Column("wanted", _TEXTS, nullable=False),
        sa.Column("confirmed_at", _AT),
    )
    op.create_index("followers_person", "followers", ["person_id"], unique=True)
    op.create_index("followers_address", "followers", ["address_digest"], unique=True)
    op.create_table(
        "follower_keys",
        sa.Column("follower_id", sa.Uuid, sa.ForeignKey("followers.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "follower_addresses",
        sa.Column(
            "follower_id", sa.Uuid, sa.ForeignKey("follower_keys.follower_id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("email", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("follower_addresses", "follower_keys", "followers"):
        op.drop_table(table)
    op.drop_column("seats", "asked_about")
    op.drop_column("gatherings", "themes")
