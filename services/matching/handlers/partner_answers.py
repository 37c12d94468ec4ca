"""The partner's answer: yes with a named contact, no with a reason, later, not us but they; taken back, or silence."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from services.matching.commands import AcceptReferral, DeclineReferral
from services.matching.domain.case import SHUT_TO_PARTNERS, SOUGHT_BY_DESK, CaseFile, CaseState, NeedState
from services.matching.domain.contact import ContactState
from services.matching.domain.errors import (
    FullUntilOutOfRange,
    OfferUnknown,
    ReferralNotOpen,
    ReferralUnknown,
    SomebodyElseWasAsked,
)
from services.matching.domain.referral import Referral
from services.matching.domain.referral_state import ReferralState
from services.matching.handlers.contacts import contact_of, name_contact, who_speaks_again
from services.matching.handlers.entries import confirm_by_answer
from services.matching.handlers.loading import lock_referral, need_of
from services.matching.handlers.next_partner import go_on_with_next
from services.matching.handlers.terms import answer_by, answer_by_again
from services.matching.ports import MatchingUnit
from shared.events.monitoring import ResponseExpired
from shared.kernel.errors import RequestPaused


async def accept_referral(command: AcceptReferral, unit: MatchingUnit) -> Referral:
    """The partner helps. Raises ReferralNotOpen, AlreadySaidYes, and what is wrong with the contact or the day."""
    referral, _ = await lock_referral(command.referral_id, unit)
    chosen = await contact_of(command.contact, referral, command.answered_by, unit)
    events = referral.accept(chosen.id, command.first_contact_on, by=command.answered_by, city=unit.city, at=unit.now)
    await unit.referrals.save(referral)
    unit.outbox.append(*events)
    if chosen.named is not None:
        await name_contact(chosen.named, unit)
    if events:
        await confirm_by_answer(referral.service_id, command.answered_by, unit)
    return referral


async def decline_referral(command: DeclineReferral, unit: MatchingUnit) -> Referral:
    """The partner cannot help; the next one is asked at once. Raises ReferralNotOpen, FullUntilOutOfRange."""
    referral, case = await lock_referral(command.referral_id, unit)
    until = command.full_until
    events = referral.decline(command.reason, explanation=command.explanation, full_until=until, at=unit.now)
    if events:
        if until is not None:
            await _remember_full(referral.service_id, until, unit)
        await unit.referrals.save(referral)
        unit.outbox.append(*events)
        await go_on_with_next(referral, case, unit)
    return referral


async def redirect_referral(referral_id: UUID, service_id: UUID, unit: MatchingUnit) -> Referral:
    """Not us, but they: they are asked next if they fit. Raises ReferralNotOpen, OfferUnknown."""
    referral, case = await lock_referral(referral_id, unit)
    target = await unit.services.read(service_id)
    if target is None or not target.active or target.organisation_id == referral.organisation_id:
        raise OfferUnknown
    events = referral.redirect(target.organisation_id, target.id, at=unit.now)
    if events:
        await unit.referrals.save(referral)
        unit.outbox.append(*events)
        await go_on_with_next(referral, case, unit, first=target.id)
    return referral


async def wait_for_partner(referral_id: UUID, from_day: date, unit: MatchingUnit) -> Referral:
    """The partner helps later. Raises ReferralNotOpen, StartDayOutOfRange."""
    referral, _ = await lock_referral(referral_id, unit)
    events = referral.wait(from_day, city=unit.city, at=unit.now)
    await unit.referrals.save(referral)
    unit.outbox.append(*events)
    return referral


async def revert_acceptance(referral_id: UUID, unit: MatchingUnit) -> Referral:
    """The partner takes its yes back within half an hour, and whom it named is no contact. Raises AnswerIsFinal."""
    referral, _ = await lock_referral(referral_id, unit)
    again = answer_by_again(referral.answer_by, unit)
    named = [one for one in await unit.contacts.list_of_referral(referral.id) if one.is_new]
    ours = next((one for one in named if one.id == referral.contact_id), None)
    back_to = await who_speaks_again(referral, ours, unit) if ours else referral.contact_id
    events = referral.revert_acceptance(back_to=back_to, answer_by=again, city=unit.city, at=unit.now)
    if events:
        for each in named:
            await unit.contacts.save(each.settled(ContactState.REMOVED, by=back_to, at=unit.now))
        await unit.referrals.save(referral)
        unit.outbox.append(*events)
    return referral


async def revert_decline(referral_id: UUID, unit: MatchingUnit) -> Referral:
    """The partner takes its no back, as long as nobody else was asked. Raises SomebodyElseWasAsked, ReferralNotOpen."""
    referral, case = await lock_referral(referral_id, unit)
    if referral.state is ReferralState.DECLINED and not await can_revert_decline(referral, case, unit):
        raise SomebodyElseWasAsked(unit.city) if case.state is CaseState.OPEN else ReferralNotOpen(referral.state)
    need = need_of(referral, case)
    events = referral.revert_decline(
        answer_by=answer_by(need.urgency, unit) if need else referral.answer_by, at=unit.now
    )
    if events and need is not None:
        need.state, need.postponed_until = NeedState.WITH_PARTNER, None
        await _has_place_again(referral.service_id, unit)
        await unit.referrals.save(referral)
        await unit.cases.save(case)
        unit.outbox.append(*events)
    return referral


async def can_revert_decline(referral: Referral, case: CaseFile, unit: MatchingUnit) -> bool:
    """Whether the no can be taken back: the family still looks for somebody, and nobody else has been asked since."""
    need = need_of(referral, case)
    looked_for = case.state in {CaseState.OPEN, CaseState.PAUSED} and need is not None
    if referral.state is not ReferralState.DECLINED or not looked_for or referral.organisation_id in case.excluded:
        return False
    newest = (await unit.referrals.list_of_need(referral.need_id))[-1]
    return newest.id == referral.id and need is not None and need.state in SOUGHT_BY_DESK


async def ask_next_after_silence(event: ResponseExpired, unit: MatchingUnit) -> None:
    """The partner's time is over. An answer that was just in time counts: then nothing happens.

    Nor while the partner cannot answer: it has a new term after that.
    """
    try:
        referral, case = await lock_referral(event.referral_id, unit)
    except (ReferralUnknown, RequestPaused):
        return
    if case.state in SHUT_TO_PARTNERS:
        return
    events = referral.expire(due_at=event.due_at, at=unit.now)
    if events:
        await unit.referrals.save(referral)
        unit.outbox.append(*events)
        await go_on_with_next(referral, case, unit)


async def correct_places(referral_id: UUID, full_until: date | None, unit: MatchingUnit) -> None:
    """Until when the partner's offer has no place, or that it has one now. Raises FullUntilOutOfRange."""
    referral, _ = await lock_referral(referral_id, unit)
    if full_until is None:
        await _has_place_again(referral.service_id, unit)
    else:
        await _remember_full(referral.service_id, full_until, unit)


async def _remember_full(service_id: UUID, until: date, unit: MatchingUnit) -> None:
    today, at_most = unit.city.day_of(unit.now), unit.city.terms.waitlist_at_most_days
    if not today < until <= today + timedelta(days=at_most):
        raise FullUntilOutOfRange(at_most)
    service = await unit.services.get(service_id)
    if service is not None:
        await unit.services.save(replace(service, full_until=until))


async def _has_place_again(service_id: UUID, unit: MatchingUnit) -> None:
    """Whoever takes back a no takes back that there is no place: else the next child waits for a slip of the hand."""
    service = await unit.services.get(service_id)
    if service is not None and service.full_until is not None:
        await unit.services.save(replace(service, full_until=None))
