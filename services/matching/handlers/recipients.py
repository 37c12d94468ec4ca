"""Who can be written to: people of the network, and who is contact of one question; and who stands in for whom."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from services.matching.domain.contact import Contact, ContactState
from services.matching.domain.network import Person
from services.matching.domain.referral import Referral
from services.matching.ports import MatchingUnit


@dataclass(frozen=True, slots=True)
class Recipient:
    """For whom a mail is. `contact`: they are no member. `deputy`: is there today, while they are away."""

    person: Person
    contact: Contact | None = None
    deputy: Person | None = None

    @property
    def is_refused(self) -> bool:
        """Whether the organisation or the desk said that this is nobody of theirs: no mail to them is missed."""
        return self.contact is not None and self.contact.state is ContactState.REFUSED

    @property
    def can_be_written_to(self) -> bool:
        """Whether mail goes there. Whose yes was taken back must still hear that an appointment is off."""
        return self.contact is not None or (self.person.active and bool(self.person.email))

    @property
    def deputy_anywhere(self) -> Person | None:
        """Who reads a mail without a link: a colleague of any of the same organisations."""
        return next((found for each in self.person.organisation_ids if (found := self.deputy_at(each))), None)

    def deputy_at(self, organisation_id: UUID) -> Person | None:
        """Who reads what is about this organisation: only somebody of it."""
        return self.deputy if self.deputy is not None and self.deputy.works_for(organisation_id) else None

    def speaks_for(self, referral: Referral) -> bool:
        """Whether an answer of theirs is the partner's."""
        if self.contact is not None:
            return self.contact.answers_for(referral.id) and referral.contact_id == self.contact.id
        return self.person.works_for(referral.organisation_id)


async def recipients_of(person_ids: Collection[UUID], unit: MatchingUnit) -> dict[UUID, Recipient]:
    """Those that are known, by id."""
    people = await unit.people.list_by_ids(person_ids)
    today = unit.city.day_of(unit.now)
    away = {one.id: one.deputy_id for one in people if one.deputy_id is not None and one.is_away(today)}
    asked = await unit.people.list_by_ids(list(away.values())) if away else []
    deputies = {one.id: one for one in asked if one.active and not one.is_away(today)}
    found = {one.id: Recipient(one, deputy=deputies.get(away[one.id]) if one.id in away else None) for one in people}
    named = await unit.contacts.list_by_ids([each for each in person_ids if each not in found])
    return found | {one.id: Recipient(one.as_person(), contact=one) for one in named}
