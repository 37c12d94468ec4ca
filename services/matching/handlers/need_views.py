"""What the desk sees of a need: how it stands, who can be asked now, and all that was tried and chosen before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.matching.domain.map_query import MapQuery
from services.matching.domain.network import Organisation, Person
from services.matching.domain.ranking import Offer, Ranking
from services.matching.domain.referral import Referral
from services.matching.domain.search_history import DeskChoice, KeptRanking
from services.matching.handlers.desk_needs import NeedInHand, read_need
from services.matching.handlers.desk_search import weigh
from services.matching.handlers.next_partner import rank_now
from services.matching.ports import MatchingUnit

MOST_FOUND = 20
NOT_ON_THE_MAP = "(niet meer op de kaart)"


@dataclass(frozen=True, slots=True)
class Names:
    """What organisations, services and people are called."""

    organisations: Mapping[UUID, str]
    services: Mapping[UUID, str]
    people: Mapping[UUID, Person]

    def offer(self, organisation_id: UUID, service_id: UUID | None) -> str:
        """Fietsbende: Fietsen op maat."""
        partner = self.organisations.get(organisation_id, NOT_ON_THE_MAP)
        service = self.services.get(service_id) if service_id else None
        return f"{partner}: {service}" if service else partner

    def person(self, person_id: UUID) -> str:
        """Who it was; somebody who left and was forgotten has no name any more."""
        known = self.people.get(person_id)
        return known.name if known else "iemand die hier niet meer werkt"


@dataclass(frozen=True, slots=True)
class NeedView:
    """A need with everything that the desk wants to know before it chooses. No family has a field here."""

    hand: NeedInHand
    school: Organisation | None
    ambassador: Person | None
    ranking: Ranking
    """Who can be asked now."""
    rankings: Sequence[KeptRanking]
    """Every ranking that was made, the newest first."""
    offers: Mapping[UUID, UUID]
    """The organisation of each service that a choice names."""
    names: Names
    now: datetime
    found: Sequence[Offer] | None = None
    """What was found on the map; None: nobody looked."""

    def chosen(self, choice: DeskChoice) -> str | None:
        """The partner that a choice is about."""
        owner = self.offers.get(choice.service_id) if choice.service_id else None
        return self.names.offer(owner, choice.service_id) if owner else None

    def is_unwanted(self, organisation_id: UUID) -> bool:
        """Whether the family does not want this organisation."""
        return organisation_id in self.hand.case.excluded


@dataclass(frozen=True, slots=True)
class WeighedOffer:
    """One partner that the desk may ask, with what speaks for it and against it now."""

    hand: NeedInHand
    offer: Offer
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    contacts: Sequence[Person]
    taken_back: str | None
    """The partner whose open question is taken back."""

    @property
    def is_unwanted(self) -> bool:
        """Whether the family does not want this organisation."""
        return self.offer.organisation.id in self.hand.case.excluded


async def show_need(need_id: UUID, unit: MatchingUnit, searched: str | None = None) -> NeedView:
    """Everything of one need. Raises NeedUnknown."""
    hand = await read_need(need_id, unit)
    case = hand.case
    ranking = await rank_now(case, hand.need, hand.referrals, unit)
    rankings = await unit.history.list_rankings(need_id)
    owners = {one.service_id: one.organisation_id for one in hand.referrals}
    owners |= {line.service_id: line.organisation_id for kept in rankings for line in kept.lines}
    now = [one.service for one in ranking.candidates] + [one.service for one in ranking.passed]
    owners |= {service.id: service.organisation_id for service in now}
    for service_id in {choice.service_id for choice in hand.choices if choice.service_id} - owners.keys():
        if service := await unit.services.read(service_id):
            owners[service_id] = service.organisation_id
    people = {choice.chosen_by for choice in hand.choices} | {one.contact_id for one in hand.referrals}
    return NeedView(
        hand=hand,
        school=await unit.organisations.read(case.organisation_id),
        ambassador=await unit.people.read(case.ambassador_id),
        ranking=ranking,
        rankings=rankings,
        offers=owners,
        names=await _names(owners, people, unit),
        now=unit.now,
        found=None if searched is None else await _find(searched, unit),
    )


async def weigh_offer(need_id: UUID, service_id: UUID, unit: MatchingUnit) -> WeighedOffer | None:
    """One partner for this need; None when it is not on the map. Raises NeedUnknown."""
    hand = await read_need(need_id, unit)
    offer = await unit.services.read_offer(service_id)
    if offer is None or not offer.service.on_map:
        return None
    reasons, against = await weigh(hand, offer, unit)
    people = await unit.people.list_by_ids(offer.service.contact_ids)
    contacts = [person for person in people if person.works_for(offer.organisation.id)]
    return WeighedOffer(hand, offer, reasons, against, contacts, await name_of_asked(hand.open_question, unit))


async def name_of_asked(question: Referral | None, unit: MatchingUnit) -> str | None:
    """What the partner is called that has the open question."""
    if question is None:
        return None
    names = await unit.organisations.read_names({question.organisation_id})
    return names.get(question.organisation_id, NOT_ON_THE_MAP)


async def _names(owners: Mapping[UUID, UUID], people: Iterable[UUID], unit: MatchingUnit) -> Names:
    return Names(
        await unit.organisations.read_names(set(owners.values())),
        await unit.services.read_names(owners.keys()),
        {person.id: person for person in await unit.people.list_by_ids(list(people))},
    )


async def _find(text: str, unit: MatchingUnit) -> Sequence[Offer]:
    """On the map by these words, of every kind of help: the desk knows more than the categories."""
    return (await unit.services.search(MapQuery(text=text, include_hidden=True, per_page=MOST_FOUND))).offers
