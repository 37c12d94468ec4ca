"""Lists of referrals: each person sees what is theirs, what waits for them first."""

from dataclasses import replace
from uuid import UUID

from services.matching.domain.referral_list import Order, ReferralLine, ReferralPage, ReferralQuery, waits_for
from services.matching.ports import MatchingUnit
from shared.access.sessions import Session
from shared.events.base import Role

MOST_TOLD = 200


async def list_referrals(session: Session, query: ReferralQuery, unit: MatchingUnit) -> ReferralPage:
    """One page of what this person may see: a school its own families', a partner its own, the desk all.

    A partner cannot ask which of its questions are of one case.
    """
    theirs = replace(
        query,
        case_id=query.case_id if session.role is not Role.PARTNER else None,
        waits=waits_for(session.role, session.person_id),
        school_id=session.organisation_id if session.role is Role.AMBASSADOR else None,
        partner_id=session.organisation_id if session.role is Role.PARTNER else None,
    )
    return await unit.referrals.list_page(theirs)


async def list_newest(session: Session, unit: MatchingUnit, case_id: UUID | None = None) -> tuple[ReferralLine, ...]:
    """The newest ones that this person may see, or those of one case."""
    query = ReferralQuery(case_id=case_id, order=Order.NEWEST, per_page=MOST_TOLD)
    return (await list_referrals(session, query, unit)).lines
