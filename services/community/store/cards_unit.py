"""What belongs to cards, inside one transaction."""

from services.community.store.card_mails import PostgresCardMails
from services.community.store.cards import PostgresCards
from services.community.store.trainings import PostgresCardCodes, PostgresOrganisationContacts, PostgresTrainings
from shared.messaging.postgres_unit import PostgresUnit, UnitContext
from shared.privacy.sealed import Sealing


class PostgresCardsUnit(PostgresUnit):
    """`services.community.ports.cards.CardsUnit`."""

    def __init__(self, context: UnitContext, sealing: Sealing | None) -> None:
        super().__init__(context)
        self.cards = PostgresCards(context.connection, sealing)
        self.card_mails = PostgresCardMails(context.connection, sealing)
        self.card_codes = PostgresCardCodes(context.connection)
        self.trainings = PostgresTrainings(context.connection)
        self.organisation_contacts = PostgresOrganisationContacts(context.connection)
