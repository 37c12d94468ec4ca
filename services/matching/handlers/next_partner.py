"""Finding the next partner: rank, ask the best one, or say that there is nobody."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from services.matching.domain.case import CaseFile, CaseNeed, NeedState
from services.matching.domain.network import Service
from services.matching.domain.ranking import MOST_RANKED, Offer, Ranking, preferring
from services.matching.domain.referral import Referral
from services.matching.domain.referral_state import ReferralState
from services.matching.domain.rules import Situation, rank
from services.matching.domain.search_history import Considered, DeskChoice
from services.matching.handlers.contacts import who_is_asked
from services.matching.handlers.loading import need_of
from services.matching.handlers.terms import answer_by
from services.matching.ports import MatchingUnit
from shared.events.matching import NoPartnerFound
from shared.events.referral_codes import WithdrawReason


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom to ask, and why; `choice` when the desk chose this partner itself."""

    service: Service
    reasons: tuple[str, ...]
    attempt: int
    choice: DeskChoice | None = None


async def ask_where_possible(case: CaseFile, unit: MatchingUnit) -> None:
    """Ask the best partner for every need that does not wait for another one.

    Looked at again after each: a need for which nobody is found sets free those that waited for it.
    """
    while case.may_ask and (ready := case.startable()):
        await ask_next(case, ready[0], unit)


async def ask_next(
    case: CaseFile,
    need: CaseNeed,
    unit: MatchingUnit,
    *,
    first: UUID | None = None,
    wanted: Collection[UUID] = (),
) -> None:
    """Ask the best partner that was not asked before; nobody left: the need goes to the coordinator's list.

    `first`: the service that comes before all others if it can be asked, because a partner named it.
    `wanted`: organisations that the family has after all. Those that made way may be asked again; when none of them can
    help with this, nothing changes.
    """
    if not case.may_ask:
        return
    earlier = await unit.referrals.list_of_need(need.id)
    active = next((referral for referral in earlier if referral.is_active), None)
    if active:
        given = active.state is ReferralState.DELIVERED
        need.state = NeedState.DELIVERED if given else NeedState.WITH_PARTNER
        return
    counted = [one for one in earlier if not _made_way(one, wanted)]
    ranking = preferring(first, await rank_now(case, need, counted, unit, named=first))
    if wanted and not any(one.service.organisation_id in wanted for one in ranking.candidates):
        return
    more = ranking.more_candidates, ranking.more_passed
    await unit.history.add_ranking(case.id, need.id, _considered(ranking), more)
    if ranking.candidates:
        best = ranking.candidates[0]
        await activate(case, need, Asking(best.service, best.reasons, len(earlier) + 1), unit)
    else:
        _nobody(case, need, unit, asked=sum(referral.counts_as_asked for referral in earlier))


async def rank_now(
    case: CaseFile, need: CaseNeed, earlier: list[Referral], unit: MatchingUnit, *, named: UUID | None = None
) -> Ranking:
    """Who can be asked for this need now, and who cannot; `earlier` are its referrals.

    `named`: an offer that is looked at wherever it stands.
    """
    situation = situation_of(case, earlier, unit)
    shortlist = await unit.services.shortlist(need, situation, MOST_RANKED)
    offers, load = list(shortlist.offers), dict(shortlist.load)
    if named is not None and named not in {offer.service.id for offer in offers}:
        offer = await unit.services.read_offer(named)
        if offer is not None and offer.service.on_map:
            offers.append(offer)
            load |= await unit.referrals.count_open([named])
    situation = await knowing_who_is_full(situation, offers, unit)
    return rank(need, situation, offers, load, unit.city).out_of(shortlist)


def _made_way(referral: Referral, wanted: Collection[UUID]) -> bool:
    """Whether it was taken back while the family would not have its organisation, which it now would."""
    replaced = referral.state is ReferralState.WITHDRAWN and referral.withdraw_reason is WithdrawReason.REPLACED
    return replaced and referral.organisation_id in wanted


def situation_of(case: CaseFile, earlier: list[Referral], unit: MatchingUnit) -> Situation:
    """What the ranking looks at."""
    asked = (referral.organisation_id for referral in earlier if referral.counts_as_asked)
    return Situation.of(case, asked, today=unit.city.day_of(unit.now))


async def knowing_who_is_full(situation: Situation, offers: Collection[Offer], unit: MatchingUnit) -> Situation:
    """The same, with who of the people behind these offers has enough to do."""
    people = {one for offer in offers for one in offer.service.contact_ids}
    return replace(situation, full=await unit.limits.at_limit(people))


async def go_on_with_next(referral: Referral, case: CaseFile, unit: MatchingUnit, *, first: UUID | None = None) -> None:
    """The need is open again: ask the next partner, if the case still wants it."""
    need = need_of(referral, case)
    if need is None or need.state is NeedState.GONE:
        return
    need.search_again()
    await ask_next(case, need, unit, first=first)
    await ask_where_possible(case, unit)
    await unit.cases.save(case)


async def activate(case: CaseFile, need: CaseNeed, asking: Asking, unit: MatchingUnit) -> None:
    """Ask this partner. Raises PartnerAlreadyActive (P2)."""
    service = asking.service
    contact_id, *others = await who_is_asked(service, unit)
    referral = Referral(
        id=unit.ids.new(),
        case_id=case.id,
        need_id=need.id,
        organisation_id=service.organisation_id,
        service_id=service.id,
        contact_id=contact_id,
        deputy_id=others[0] if others else None,
        case_code=case.code,
        ambassador_id=case.ambassador_id,
        category=need.category,
        attempt=asking.attempt,
        activated_at=unit.now,
        answer_by=answer_by(need.urgency, unit),
        clock_since=unit.now,
        beneficiary=need.beneficiary,
        reasons=asking.reasons,
    )
    await unit.referrals.save(referral)
    need.state, need.postponed_until = NeedState.WITH_PARTNER, None
    fact = referral.activated(case, need)
    unit.outbox.append(asking.choice.told_in(fact) if asking.choice else fact)


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
