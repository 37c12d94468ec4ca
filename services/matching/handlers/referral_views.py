"""What a page shows of a referral: everything around it, read in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.matching.domain.case import SHUT_TO_PARTNERS, CaseFile, CaseNeed, CaseState, NeedState
from services.matching.domain.disclosure import Told, told_to_partner
from services.matching.domain.errors import ReferralUnknown
from services.matching.domain.map_query import MapQuery
from services.matching.domain.network import Organisation, Person
from services.matching.domain.partner_question import PartnerQuestion
from services.matching.domain.ranking import Offer
from services.matching.domain.referral import Referral
from services.matching.domain.referral_state import ReferralState
from services.matching.domain.rules import without_language
from services.matching.handlers.contacts import read_contact, speaks_for
from services.matching.handlers.partner_answers import can_revert_decline
from services.matching.ports import MatchingUnit
from shared.access.links import LinkGrant
from shared.access.sessions import Session
from shared.events.base import Beneficiary, Role, Urgency
from shared.kernel.errors import RequestPaused

MOST_ALTERNATIVES = 12


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
    questions: Sequence[PartnerQuestion]
    can_revert_decline: bool
    told: Told
    """What its partner may read of the family now."""
    now: datetime

    @property
    def need(self) -> CaseNeed | None:
        """The need as it is now."""
        return self.case.needs.get(self.referral.need_id)

    @property
    def stands_still(self) -> bool:
        """Whether nobody may see anything of it, for the child's safety."""
        return self.case.state is CaseState.ON_HOLD

    @property
    def is_shut(self) -> bool:
        """Whether its partner sees no more than that it is paused."""
        return self.case.state in SHUT_TO_PARTNERS

    @property
    def urgency(self) -> Urgency:
        """How soon help is needed."""
        return self.need.urgency if self.need else Urgency.NORMAL

    @property
    def beneficiary(self) -> Beneficiary:
        """For whom it is."""
        return self.need.beneficiary if self.need else self.referral.beneficiary

    @property
    def family_decides(self) -> bool:
        """Whether help stopped, and nobody said yet what the family wants."""
        stopped = self.referral.state is ReferralState.FAILED
        return stopped and self.need is not None and self.need.state is NeedState.FAMILY_DECIDES

    @property
    def open_question(self) -> PartnerQuestion | None:
        """What the partner still wants to know."""
        return next((one for one in self.questions if one.is_open), None)

    @property
    def partner(self) -> str:
        """The partner's name."""
        return self.offer.organisation.name if self.offer else "deze organisatie"

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why this partner, as it may read it."""
        return self.referral.reasons if self.told.language else without_language(self.referral.reasons)

    @property
    def can_revert(self) -> bool:
        """Whether the yes can still be taken back."""
        return self.referral.can_revert(at=self.now)


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
        contact=await read_contact(referral.contact_id, unit),
        colleagues=await unit.people.list_of_organisation(referral.organisation_id),
        questions=await unit.referrals.list_questions(referral.id),
        can_revert_decline=await can_revert_decline(referral, case, unit),
        told=told_to_partner(referral.state, await unit.cases.count_alike(case), unit.city.privacy.similar_families),
        now=unit.now,
    )


async def show_referral_by(grant: LinkGrant, unit: MatchingUnit) -> ReferralView | None:
    """The referral that a partner's link opens; None when its holder does not speak for it. Raises ReferralUnknown."""
    view = await show_referral(grant.subject_id, unit)
    return _open_to_partner(view) if await speaks_for(grant.holder_id, view.referral, unit) else None


async def show_referral_to_ambassador(grant: LinkGrant, unit: MatchingUnit) -> ReferralView | None:
    """The referral that an ambassador's link opens; None when its holder is not the family's ambassador any more.

    Nor the deputy of one who is away now. Raises ReferralUnknown.
    """
    view = await show_referral(grant.subject_id, unit)
    holder, ambassador = await unit.people.read(grant.holder_id), view.ambassador
    if holder is None or grant.organisation_id is None or not holder.works_for(grant.organisation_id):
        return None
    if grant.holder_id == view.case.ambassador_id:
        return _going_on(view) if holder.may(Role.AMBASSADOR, grant.organisation_id) else None
    today = unit.city.day_of(unit.now)
    stands_in = ambassador is not None and ambassador.deputy_id == holder.id and ambassador.is_away(today)
    return _going_on(view) if stands_in else None


async def show_referral_to(session: Session, referral_id: UUID, unit: MatchingUnit) -> ReferralView:
    """The same for a signed-in person: schools see their own families', partners their own.

    Raises ReferralUnknown, also for what is another's: whoever tries ids learns nothing.
    """
    view = await show_referral(referral_id, unit)
    theirs = {Role.AMBASSADOR: view.case.organisation_id, Role.PARTNER: view.referral.organisation_id}
    if session.role in theirs and theirs[session.role] != session.organisation_id:
        raise ReferralUnknown
    if view.stands_still and session.role is Role.AMBASSADOR and not may_report(session, view):
        raise ReferralUnknown
    return _open_to_partner(view) if session.role is Role.PARTNER else _going_on(view)


def _open_to_partner(view: ReferralView) -> ReferralView:
    """The same. Raises RequestPaused when its case stands still or its family rests: a partner cannot tell which."""
    if view.is_shut:
        raise RequestPaused
    return view


def _going_on(view: ReferralView) -> ReferralView:
    """The same. Raises RequestPaused when its case stands still."""
    if view.stands_still:
        raise RequestPaused
    return view


def may_report(session: Session, view: ReferralView) -> bool:
    """The family's own ambassador and the coordinator speak for it; a colleague does not know it."""
    own = session.role is Role.AMBASSADOR and session.person_id == view.case.ambassador_id
    return own or session.role is Role.COORDINATOR


async def list_alternatives(view: ReferralView, text: str, unit: MatchingUnit) -> list[Offer]:
    """What a partner can name instead of itself: offers for the same kind of help that these words find."""
    query = MapQuery(text=text, category=view.referral.category, per_page=MOST_ALTERNATIVES)
    others = {view.referral.organisation_id, *view.case.excluded}
    found = (await unit.services.search(query)).offers
    return [offer for offer in found if offer.organisation.id not in others]
