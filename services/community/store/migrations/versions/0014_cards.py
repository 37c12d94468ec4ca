"""Cards of people in the network, what they write each other, trainings, and organisations in touch."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_AT = sa.DateTime(timezone=True)


def _of(name: str, column: str, *, is_key: bool = True) -> "sa.Column[object]":
    return sa.Column(name, sa.Uuid, sa.ForeignKey(column, ondelete="CASCADE"), primary_key=is_key, nullable=False)


def upgrade() -> None:
    """Make the tables."""
    _make_cards()
    _make_mails()
    op.create_table(
        "card_codes",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("person_id", sa.Uuid),
        sa.Column("made_at", _AT, nullable=False),
    )
    op.create_index("card_codes_person", "card_codes", ["person_id"])
    op.create_table(
        "trainings",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("valid_until", sa.Date, nullable=False),
        sa.Column("recorded_at", _AT, nullable=False),
        sa.Column("recorded_by", sa.Uuid, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
    )
    op.create_table(
        "organisation_contacts",
        sa.Column("one_id", sa.Uuid, primary_key=True),
        sa.Column("other_id", sa.Uuid, primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for table in (
        "organisation_contacts", "trainings", "card_codes", "card_mail_words", "card_mail_keys", "card_mails",
        "card_consents", "card_photos", "card_values", "card_keys", "cards",
    ):  # fmt: skip
        op.drop_table(table)


def _make_cards() -> None:
    op.create_table(
        "cards",
        sa.Column("person_id", sa.Uuid, primary_key=True),
        sa.Column("checked_at", _AT, nullable=False),
        sa.Column("asked_at", _AT),
    )
    op.create_table(
        "card_keys",
        _of("person_id", "cards.person_id"),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "card_values",
        _of("person_id", "card_keys.person_id"),
        sa.Column("wrote", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "card_photos",
        _of("person_id", "card_keys.person_id"),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("large", sa.LargeBinary, nullable=False),
        sa.Column("small", sa.LargeBinary, nullable=False),
    )
    op.create_index("card_photos_digest", "card_photos", ["digest"])
    op.create_table(
        "card_consents",
        sa.Column("id", sa.Uuid, primary_key=True),
        _of("person_id", "cards.person_id", is_key=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("audience", sa.SmallInteger, nullable=False),
        sa.Column("text_version", sa.Text, nullable=False),
        sa.Column("given_at", _AT, nullable=False),
        sa.Column("given_by", sa.Uuid, nullable=False),
    )
    op.create_index("card_consents_person", "card_consents", ["person_id"])


def _make_mails() -> None:
    op.create_table(
        "card_mails",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("person_id", sa.Uuid, nullable=False),
        sa.Column("from_person_id", sa.Uuid, nullable=False),
        sa.Column("sent_at", _AT, nullable=False),
    )
    op.create_index("card_mails_person", "card_mails", ["person_id"])
    op.create_index("card_mails_from", "card_mails", ["from_person_id"])
    op.create_table(
        "card_mail_keys",
        _of("mail_id", "card_mails.id"),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "card_mail_words",
        _of("mail_id", "card_mail_keys.mail_id"),
        sa.Column("words", sa.LargeBinary, nullable=False),
    )
