"""Contacts of one question, what changed about people, and what hangs on a person."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)
_ACTIVE = sa.text(
    "state IN ('accepted', 'activated', 'delivered', 'handed_over', 'in_progress', 'on_hold', 'waitlisted')"
)


def upgrade() -> None:
    """Make their tables and indexes."""
    op.create_table(
        "contacts",
        sa.Column("id", sa.Uuid, primary_key=True),
        *(sa.Column(name, sa.Uuid, nullable=False) for name in ("organisation_id", "referral_id", "named_by")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "email", "phone", "state")),
        sa.Column("named_at", _AT, nullable=False),
        sa.Column("settled_by", sa.Uuid),
        sa.Column("settled_at", _AT),
    )
    op.create_index("contacts_referral", "contacts", ["referral_id"])
    op.create_index("contacts_new", "contacts", ["organisation_id"], postgresql_where=sa.text("state = 'named'"))
    op.create_table(
        "person_changes",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("change", sa.Text, nullable=False),
        sa.Column("changed_at", _AT, nullable=False),
        *(sa.Column(name, sa.Uuid) for name in ("changed_by", "organisation_id")),
    )
    op.create_index("person_changes_person", "person_changes", ["person_id", "id"])
    op.create_index("cases_ambassador", "cases", ["ambassador_id"])
    op.create_index("referrals_contact", "referrals", ["contact_id"], postgresql_where=_ACTIVE)
    op.create_index("services_contacts", "services", ["contact_ids"], postgresql_using="gin")
