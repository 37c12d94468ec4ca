"""What a page shows of a referral: everything around it, read in one go."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.matching.domain.case import CaseFile
from services.matching.domain.errors import NotYourFamily, NotYours, ReferralUnknown
from services.matching.domain.network import Organisation, Person
from services.matching.domain.referral import Referral
from services.matching.domain.rules import Offer
from services.matching.ports import Considered, MatchingUnit
from shared.access.links import LinkGrant
from shared.access.sessions import Session
from shared.events.base import Role, Urgency

MOST_SHOWN = 200
NOT_ON_THE_MAP = "(niet meer op de kaart)"


@dataclass(frozen=True, slots=True)
class ReferralView:
    """A referral with its case, its partner and its people. No family has a field here."""

    referral: Referral
    case: CaseFile
    offer: Offer | None
    school: Organisation | None
    ambassador: Person | None
    contact: Person | None
    colleagues: Sequence[Person]
    now: datetime

    @property
    def urgency(self) -> Urgency:
        """How soon help is needed."""
        need = self.case.needs.get(self.referral.need_id)
        return need.urgency if need else Urgency.NORMAL

    @property
    def partner(self) -> str:
        """The partner's name."""
        return self.offer.organisation.name if self.offer else "deze organisatie"

    @property
    def can_revert(self) -> bool:
        """Whether the yes can still be taken back."""
        return self.referral.can_revert(at=self.now)


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """One line of the list of referrals."""

    referral: Referral
    partner: str


@dataclass(frozen=True, slots=True)
class RankingLine:
    """One line of a ranking, with names."""

    considered: Considered
    partner: str
    service: str


@dataclass(frozen=True, slots=True)
class RankingView:
    """A ranking with names: who can be asked in order, and who cannot."""

    asked: Sequence[RankingLine] = field(default=())
    passed: Sequence[RankingLine] = field(default=())


async def show_referral(referral_id: UUID, unit: MatchingUnit) -> ReferralView:
    """The referral and what is around it. Raises ReferralUnknown."""
    referral = await unit.referrals.read(referral_id)
    case = await unit.cases.read(referral.case_id) if referral else None
    if referral is None or case is None:
        raise ReferralUnknown
    return ReferralView(
        referral=referral,
        case=case,
        offer=await unit.services.read_offer(referral.service_id),
        school=await unit.organisations.read(case.organisation_id),
        ambassador=await unit.people.read(referral.ambassador_id),
        contact=await unit.people.read(referral.contact_id),
        colleagues=await unit.people.list_of_organisation(referral.organisation_id),
        now=unit.now,
    )


async def show_referral_by(grant: LinkGrant, unit: MatchingUnit) -> ReferralView | None:
    """The referral that a mailed link opens; None when its holder left the partner. Raises ReferralUnknown."""
    holder = await unit.people.read(grant.holder_id)
    view = await show_referral(grant.subject_id, unit)
    still_there = holder is not None and holder.active and holder.organisation_id == view.referral.organisation_id
    return view if still_there else None


async def show_referral_to(session: Session, referral_id: UUID, unit: MatchingUnit) -> ReferralView:
    """The same for a signed-in person: schools see their own families', partners their own. Raises NotYours."""
    view = await show_referral(referral_id, unit)
    theirs = {Role.AMBASSADOR: view.case.organisation_id, Role.PARTNER: view.referral.organisation_id}
    if session.role in theirs and theirs[session.role] != session.organisation_id:
        raise NotYours
    return view


async def show_referral_to_reporter(session: Session, referral_id: UUID, unit: MatchingUnit) -> ReferralView:
    """The same for somebody who reports how it goes with the family. Raises NotYours or NotYourFamily."""
    view = await show_referral_to(session, referral_id, unit)
    if not may_report(session, view):
        raise NotYourFamily(unit.city)
    return view


def may_report(session: Session, view: ReferralView) -> bool:
    """The family's own ambassador and the coordinator speak for it; a colleague does not know it."""
    own = session.role is Role.AMBASSADOR and session.person_id == view.case.ambassador_id
    return own or session.role is Role.COORDINATOR


async def list_referrals(session: Session, unit: MatchingUnit, case_id: UUID | None = None) -> list[ReferralLine]:
    """The newest referrals that this person may see; those of one case when it is named."""
    school_id = session.organisation_id if session.role is Role.AMBASSADOR else None
    partner_id = session.organisation_id if session.role is Role.PARTNER else None
    if case_id is None:
        referrals = await unit.referrals.list_newest(MOST_SHOWN, school_id=school_id, partner_id=partner_id)
    else:
        case = await unit.cases.read(case_id)
        seen = case is not None and school_id in (None, case.organisation_id)
        found = reversed(await unit.referrals.list_of_case(case_id)) if seen else ()
        referrals = [one for one in found if partner_id in (None, one.organisation_id)]
    partners = await unit.organisations.read_names({referral.organisation_id for referral in referrals})
    return [ReferralLine(referral, partners.get(referral.organisation_id, NOT_ON_THE_MAP)) for referral in referrals]


async def show_ranking(need_id: UUID, unit: MatchingUnit) -> RankingView:
    """Who was considered for a need, and why (not); for the coordinator."""
    considered = await unit.referrals.read_ranking(need_id)
    partners = await unit.organisations.read_names({item.organisation_id for item in considered})
    services = await unit.services.read_names({item.service_id for item in considered})
    lines = [
        RankingLine(item, partners.get(item.organisation_id, NOT_ON_THE_MAP), services.get(item.service_id, ""))
        for item in considered
    ]
    asked = [line for line in lines if line.considered.position > 0]
    return RankingView(asked, [line for line in lines if line.considered.position == 0])
