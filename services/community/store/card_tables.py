"""Community's tables of cards, of what people write each other, of trainings, and of organisations in touch."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index

from services.community.store.community_table import CommunityTable
from shared.storage import columns


class CardRow(CommunityTable, table=True):
    """Whose card it is, and when its owner last said that it is right."""

    __tablename__ = "cards"

    person_id: UUID = columns.key()
    checked_at: datetime = columns.moment()
    asked_at: datetime | None = columns.moment(nullable=True)


class CardKeyRow(CommunityTable, table=True):
    """The key that opens a card and its photo."""

    __tablename__ = "card_keys"

    person_id: UUID = columns.key(references="cards.person_id")
    wrapped: bytes = columns.wrapped_key()


class CardValuesRow(CommunityTable, table=True):
    """What somebody wrote, sealed."""

    __tablename__ = "card_values"

    person_id: UUID = columns.key(references="card_keys.person_id")
    wrote: bytes = columns.sealed()


class CardPhotoRow(CommunityTable, table=True):
    """A photo in two sizes, sealed; on the site its name is its digest."""

    __tablename__ = "card_photos"
    __table_args__ = (Index("card_photos_digest", "digest"),)

    person_id: UUID = columns.key(references="card_keys.person_id")
    digest: str = columns.text()
    large: bytes = columns.sealed()
    small: bytes = columns.sealed()


class CardConsentRow(CommunityTable, table=True):
    """Who may read one field of a card, as its owner said then; the latest counts."""

    __tablename__ = "card_consents"
    __table_args__ = (Index("card_consents_person", "person_id"),)

    id: UUID = columns.key()
    person_id: UUID = columns.uuid(references="cards.person_id")
    field: str = columns.text()
    audience: int = columns.small_integer()
    text_version: str = columns.text()
    given_at: datetime = columns.moment()
    given_by: UUID = columns.uuid()


class CardMailRow(CommunityTable, table=True):
    """Who wrote to whom."""

    __tablename__ = "card_mails"
    __table_args__ = (Index("card_mails_person", "person_id"), Index("card_mails_from", "from_person_id"))

    id: UUID = columns.key()
    person_id: UUID = columns.uuid()
    from_person_id: UUID = columns.uuid()
    sent_at: datetime = columns.moment()


class CardMailKeyRow(CommunityTable, table=True):
    """The key that opens what was written."""

    __tablename__ = "card_mail_keys"

    mail_id: UUID = columns.key(references="card_mails.id")
    wrapped: bytes = columns.wrapped_key()


class CardMailWordsRow(CommunityTable, table=True):
    """What was written, sealed; it goes with its key."""

    __tablename__ = "card_mail_words"

    mail_id: UUID = columns.key(references="card_mail_keys.mail_id")
    words: bytes = columns.sealed()


class CardCodeRow(CommunityTable, table=True):
    """A code on a printed card; without a person: withdrawn."""

    __tablename__ = "card_codes"
    __table_args__ = (Index("card_codes_person", "person_id"),)

    id: UUID = columns.key()
    person_id: UUID | None = columns.uuid(nullable=True)
    made_at: datetime = columns.moment()


class TrainingRow(CommunityTable, table=True):
    """Until when the training of a trusted person counts."""

    __tablename__ = "trainings"

    person_id: UUID = columns.key()
    valid_until: date = columns.day()
    recorded_at: datetime = columns.moment()
    recorded_by: UUID = columns.uuid()
    told: str = columns.text()


class OrganisationContactRow(CommunityTable, table=True):
    """When two organisations were last in touch, and how."""

    __tablename__ = "organisation_contacts"

    one_id: UUID = columns.key()
    other_id: UUID = columns.key()
    day: date = columns.day()
    kind: str = columns.text()


_TABLES = CommunityTable.metadata.tables
CARDS = _TABLES["cards"]
CARD_KEYS = _TABLES["card_keys"]
CARD_VALUES = _TABLES["card_values"]
CARD_PHOTOS = _TABLES["card_photos"]
CARD_CONSENTS = _TABLES["card_consents"]
CARD_MAILS = _TABLES["card_mails"]
CARD_MAIL_KEYS = _TABLES["card_mail_keys"]
CARD_MAIL_WORDS = _TABLES["card_mail_words"]
CARD_CODES = _TABLES["card_codes"]
TRAININGS = _TABLES["trainings"]
ORGANISATION_CONTACTS = _TABLES["organisation_contacts"]
