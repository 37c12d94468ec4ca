"""Finding the next partner: rank, ask the best one, or say that there is nobody."""

from uuid import UUID

from services.matching.domain.case import CaseFile, CaseNeed, CaseState, NeedState
from services.matching.domain.referral import Referral
from services.matching.domain.referral_state import ReferralState
from services.matching.domain.rules import Ranking, Situation, preferring, rank
from services.matching.handlers.contacts import who_is_asked
from services.matching.handlers.loading import need_of
from services.matching.handlers.terms import answer_by
from services.matching.ports import Considered, MatchingUnit
from shared.events.matching import NoPartnerFound


async def ask_where_possible(case: CaseFile, unit: MatchingUnit) -> None:
    """Ask the best partner for every need that does not wait for another one.

    Looked at again after each: a need for which nobody is found sets free those that waited for it.
    """
    while case.state is CaseState.OPEN and (ready := case.startable()):
        await ask_next(case, ready[0], unit)


async def ask_next(case: CaseFile, need: CaseNeed, unit: MatchingUnit, *, first: UUID | None = None) -> None:
    """Ask the best partner that was not asked before; nobody left: the need goes to the coordinator's list.

    `first`: the service that comes before all others if it can be asked, because a partner named it.
    """
    if case.state is not CaseState.OPEN:
        return
    earlier = await unit.referrals.list_of_need(need.id)
    active = next((referral for referral in earlier if referral.is_active), None)
    if active:
        given = active.state is ReferralState.DELIVERED
        need.state = NeedState.DELIVERED if given else NeedState.WITH_PARTNER
        return
    asked = [referral for referral in earlier if referral.counts_as_asked]
    offers = await unit.services.list_for_category(need.category)
    load = await unit.referrals.count_open([offer.service.id for offer in offers])
    organisations = (referral.organisation_id for referral in asked)
    situation = Situation.of(case, organisations, today=unit.city.day_of(unit.now))
    ranking = preferring(first, rank(need, situation, offers, load, unit.city))
    await unit.referrals.save_ranking(need.id, _considered(ranking))
    if ranking.candidates:
        await _activate_best(case, need, ranking, unit, attempt=len(earlier) + 1)
    else:
        _nobody(case, need, unit, asked=len(asked))


async def go_on_with_next(referral: Referral, case: CaseFile, unit: MatchingUnit, *, first: UUID | None = None) -> None:
    """The need is open again: ask the next partner, if the case still wants it."""
    need = need_of(referral, case)
    if need is None or need.state is NeedState.GONE:
        return
    need.state = NeedState.WAITING
    await ask_next(case, need, unit, first=first)
    await ask_where_possible(case, unit)
    await unit.cases.save(case)


async def _activate_best(case: CaseFile, need: CaseNeed, ranking: Ranking, unit: MatchingUnit, *, attempt: int) -> None:
    best = ranking.candidates[0]
    contact_id, *others = await who_is_asked(best.service, unit)
    referral = Referral(
        id=unit.ids.new(),
        case_id=case.id,
        need_id=need.id,
        organisation_id=best.service.organisation_id,
        service_id=best.service.id,
        contact_id=contact_id,
        deputy_id=others[0] if others else None,
        case_code=case.code,
        ambassador_id=case.ambassador_id,
        category=need.category,
        attempt=attempt,
        activated_at=unit.now,
        answer_by=answer_by(need.urgency, unit),
        clock_since=unit.now,
        beneficiary=need.beneficiary,
        reasons=best.reasons,
    )
    await unit.referrals.save(referral)
    need.state = NeedState.WITH_PARTNER
    unit.outbox.append(referral.activated(case, need))


def _nobody(case: CaseFile, need: CaseNeed, unit: MatchingUnit, *, asked: int) -> None:
    need.state = NeedState.UNMET
    unit.outbox.append(
        NoPartnerFound(
            subject=case.id,
            occurred_at=unit.now,
            case_code=case.code,
            need_id=need.id,
            category=need.category,
            district=case.district,
            urgency=need.urgency,
            ambassador_id=case.ambassador_id,
            asked=asked,
        )
    )


def _considered(ranking: Ranking) -> list[Considered]:
    chosen = [
        Considered(position, item.service.id, item.service.organisation_id, item.score, item.reasons)
        for position, item in enumerate(ranking.candidates, start=1)
    ]
    passed = [
        Considered(0, item.service.id, item.service.organisation_id, 0, (item.reason,)) for item in ranking.passed
    ]
    return [*chosen, *passed]
