"""What matching does when intake publishes something about a case."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from services.matching.domain.case import CaseFile, CaseState, NeedState
from services.matching.domain.referral import Referral
from services.matching.domain.referral_state import BEFORE_HELP, HELPING
from services.matching.handlers.holding import open_again_to_partners
from services.matching.handlers.loading import need_of
from services.matching.handlers.next_partner import ask_where_possible
from services.matching.handlers.stopping import NOT_YET_DELIVERED, take_back
from services.matching.handlers.terms import answer_by
from services.matching.handlers.unwanted import organisations_of, withdraw_from_unwanted_partners
from services.matching.ports import MatchingUnit
from shared.events.case_codes import NeedResult
from shared.events.intake import (
    AmbassadorReplaced,
    CaseClosed,
    CaseErased,
    CaseFact,
    CasePaused,
    CaseReopened,
    CaseResumed,
    ConsentOutgrown,
    ConsentRenewed,
    NeedsAssessed,
    NewQuestionRaised,
    RequestReceived,
    UrgentNeedRaised,
)
from shared.events.matching import ReferralsErased
from shared.events.referral_codes import WithdrawReason

# What the ambassador says of a need on closing, where it settles it: what is left would be asked again if the case
# opens again.
SETTLED_AS = {
    NeedResult.MET: NeedState.MET,
    NeedResult.ELSEWHERE: NeedState.MET,
    NeedResult.NO_LONGER_WANTED: NeedState.STOPPED,
}
# A partner that helps with such a need goes on after closing.
STILL_WANTED = frozenset({NeedResult.MET, NeedResult.PARTLY})


async def remember_case(event: RequestReceived, unit: MatchingUnit) -> None:
    """Keep the codes of a new request; nobody is asked before the inventory."""
    await unit.cases.add(_case_of(event))


async def ask_before_inventory(event: UrgentNeedRaised, unit: MatchingUnit) -> None:
    """These needs cannot wait for the inventory: a partner is asked now."""
    case = await unit.cases.get(event.subject) or _case_of(event)
    if case.is_over or case.state is CaseState.CLOSED:
        return
    for need in event.needs:
        case.add_need(need)
    await unit.cases.save(case)
    await _keep_up(case, await unit.referrals.list_of_case(case.id), unit)
    await ask_where_possible(case, unit)
    await unit.cases.save(case)


async def propose_partners(event: NeedsAssessed, unit: MatchingUnit) -> None:
    """The inventory is complete: ask the best partner for each need that has none."""
    case = await unit.cases.get(event.subject) or _case_of(event)
    if case.is_over:
        return
    if case.state is CaseState.CLOSED:
        case.state = CaseState.OPEN
    know(case, event)
    case.unwanted(await organisations_of(event.left_out, case.id, unit))
    dropped = {need.id for need in case.name_needs(event.needs)}
    # Saved first: that locks a new case too, so that a second worker sees what this one did.
    await unit.cases.save(case)
    referrals = await unit.referrals.list_of_case(case.id)
    gone = [referral for referral in referrals if referral.need_id in dropped]
    await take_back(gone, BEFORE_HELP, WithdrawReason.NEED_GONE, unit)
    await withdraw_from_unwanted_partners(case, referrals, unit)
    await _keep_up(case, referrals, unit)
    await ask_where_possible(case, unit)
    await unit.cases.save(case)


async def go_on(event: CaseReopened, unit: MatchingUnit) -> None:
    """A closed case goes on where it was: partners are asked again for what is still needed."""
    case = await unit.cases.get(event.subject)
    if case is not None and case.state is CaseState.CLOSED:
        case.open_again()
        await ask_where_possible(case, unit)
        await unit.cases.save(case)


async def follow_new_ambassador(event: AmbassadorReplaced, unit: MatchingUnit) -> None:
    """The family has another first contact: only that one speaks for it, and links of the one before open nothing."""
    case = await unit.cases.get(event.subject)
    if case is None or case.is_over:
        return
    case.ambassador_id, case.organisation_id = event.ambassador_id, event.organisation_id
    await unit.cases.save(case)
    for referral in await unit.referrals.list_of_case(case.id):
        referral.ambassador_id = event.ambassador_id
        await unit.referrals.save(referral)


async def await_inventory(event: NewQuestionRaised, unit: MatchingUnit) -> None:
    """The family has a new question; the inventory that follows says what is needed."""
    case = await unit.cases.get(event.subject)
    if case is not None and case.state is CaseState.CLOSED:
        case.open_for_inventory()
        await unit.cases.save(case)


async def rest(event: CasePaused, unit: MatchingUnit) -> None:
    """The family rests: no new partner is asked, and those who are see that it is paused; help that runs goes on."""
    case = await unit.cases.get(event.subject)
    if case is not None:
        case.pause()
        await unit.cases.save(case)


async def go_on_after_rest(event: CaseResumed, unit: MatchingUnit) -> None:
    """The rest is over, for partners as after a hold. A second time changes nothing."""
    case = await unit.cases.get(event.subject)
    if case is not None and case.state is CaseState.PAUSED:
        case.resume()
        await open_again_to_partners(case, unit)


async def ask_nobody_new(event: ConsentOutgrown, unit: MatchingUnit) -> None:
    """The child grew: who was asked may answer, and nobody else is asked before there is a new consent."""
    case = await unit.cases.get(event.subject)
    if case is not None:
        case.consent_outgrown = True
        await unit.cases.save(case)


async def go_on_with_consent(event: ConsentRenewed, unit: MatchingUnit) -> None:
    """There is a new consent: what became open meanwhile is asked now."""
    case = await unit.cases.get(event.subject)
    if case is not None:
        case.consent_outgrown = False
        await ask_where_possible(case, unit)
        await unit.cases.save(case)


async def stop_for_closing(event: CaseClosed, unit: MatchingUnit) -> None:
    """A person closed the case: open questions are taken back. A partner whose help is wanted is not sent away."""
    case = await unit.cases.get(event.subject)
    if case is None or case.state not in {CaseState.OPEN, CaseState.PAUSED}:
        return
    case.state = CaseState.CLOSED
    results = {one.need_id: one.result for one in event.needs}
    referrals = await unit.referrals.list_of_case(case.id)
    going_on = [one for one in referrals if one.state in HELPING and results.get(one.need_id) in STILL_WANTED]
    _settle(case, results, with_partner={one.need_id for one in going_on})
    await unit.cases.save(case)
    stopping = [one for one in referrals if one not in going_on]
    await take_back(stopping, NOT_YET_DELIVERED, WithdrawReason.CASE_CLOSED, unit)


async def erase_case(event: CaseErased, unit: MatchingUnit) -> None:
    """Delete what we hold of the case, and say so; also when we hold nothing of it, or not any more."""
    # Locked first, so that nobody adds to it meanwhile.
    await unit.cases.get(event.subject)
    referrals = await unit.referrals.list_of_case(event.subject)
    await unit.contacts.forget_case(event.subject)
    await unit.referrals.forget_case(event.subject)
    await unit.history.forget_case(event.subject)
    await unit.cases.forget(event.subject)
    day = unit.city.day_of(event.occurred_at)
    await unit.erased.bury(event.subject, day, parts=[referral.id for referral in referrals])
    unit.outbox.append(ReferralsErased(subject=event.subject, occurred_at=unit.now))


def _settle(case: CaseFile, results: Mapping[UUID, NeedResult], with_partner: Collection[UUID]) -> None:
    """What closing says of each need. One whose partner is sent away starts anew when the case opens again."""
    for need in case.needs.values():
        if need.state is NeedState.WITH_PARTNER and need.id not in with_partner:
            need.state = NeedState.WAITING
        settled = SETTLED_AS.get(results[need.id]) if need.id in results else None
        if settled and need.state is not NeedState.GONE:
            need.state = settled


async def _keep_up(case: CaseFile, referrals: Iterable[Referral], unit: MatchingUnit) -> None:
    """Whoever was asked knows for whom it is now, and has no more time than the need has."""
    for referral in referrals:
        need = need_of(referral, case)
        if need is None or not referral.is_active:
            continue
        before = (referral.beneficiary, referral.answer_by)
        referral.beneficiary = need.beneficiary
        referral.bring_forward(answer_by(need.urgency, unit))
        if (referral.beneficiary, referral.answer_by) != before:
            await unit.referrals.save(referral)


def _case_of(event: CaseFact) -> CaseFile:
    return CaseFile(
        id=event.subject,
        code=event.case_code,
        ambassador_id=event.ambassador_id,
        organisation_id=event.organisation_id,
        district=event.district,
        age_band=event.age_band,
        language=event.family_language,
        household_id=event.household_id,
        interpreter_needed=event.interpreter_needed,
    )


def know(case: CaseFile, event: CaseFact) -> None:
    """All that intake tells of the case, as it tells it now."""
    case.code, case.district, case.age_band = event.case_code, event.district, event.age_band
    case.ambassador_id, case.organisation_id = event.ambassador_id, event.organisation_id
    case.language, case.interpreter_needed = event.family_language, event.interpreter_needed
    case.household_id = event.household_id
