"""What the desk does when a need has nobody, or should have somebody else. Every choice is kept with its reason.

The case is locked first, and the page on which it was chosen must still be true: of two colleagues at the same moment
the second one sees what the first one did, and so does who comes just after the partner's answer.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from services.matching.domain.case import WITH_NOBODY, NeedState
from services.matching.domain.desk_errors import (
    AlreadySought,
    FamilyDoesNotWant,
    NobodyAsked,
    NobodyToAsk,
    UntilOutOfRange,
)
from services.matching.domain.errors import NotOnTheMap
from services.matching.domain.network import Service
from services.matching.domain.ranking import Candidate, Offer
from services.matching.domain.rules import against, rank
from services.matching.domain.search_history import ChoiceKind, DeskChoice
from services.matching.handlers.desk_needs import (
    DeskAct,
    NeedInHand,
    check_sought,
    check_with_nobody,
    choice_of,
    is_done_already,
    lock_need,
)
from services.matching.handlers.next_partner import (
    Asking,
    activate,
    ask_next,
    ask_where_possible,
    go_on_with_next,
    knowing_who_is_full,
    situation_of,
)
from services.matching.ports import MatchingUnit
from shared.events.desk_codes import ChoiceReason, PostponeReason, UnavailableReason
from shared.events.referral_codes import WithdrawReason
from shared.unit_of_work import Timer

WAIT_AT_MOST_DAYS: Final = 30
WAIT_IS_OVER: Final = "search-postponed"


async def weigh(hand: NeedInHand, offer: Offer, unit: MatchingUnit) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What speaks for asking this partner, and what against."""
    load = await unit.referrals.count_open([offer.service.id])
    situation = await knowing_who_is_full(situation_of(hand.case, hand.referrals, unit), [offer], unit)
    contra = tuple(against(hand.need, offer, situation, load.get(offer.service.id, 0)))
    best: tuple[Candidate, ...] = rank(hand.need, situation, [offer], load, unit.city).candidates
    return (best[0].reasons if best else ()), contra


async def ask_chosen(act: DeskAct, service_id: UUID, reason: ChoiceReason, unit: MatchingUnit) -> None:
    """Ask this partner, in the place of one that did not answer yes or no.

    Raises ChangedMeanwhile, CaseNotOpen, NeedNotSought, NotOnTheMap, FamilyDoesNotWant, NobodyToAsk.
    """
    hand = await lock_need(act, unit)
    offer = await unit.services.read_offer(service_id)
    if offer is None or not offer.service.on_map:
        raise NotOnTheMap
    pro, contra = await weigh(hand, offer, unit)
    choice = choice_of(act, ChoiceKind.ASK, hand, unit, reason)
    choice = replace(choice, service_id=service_id, against=contra)
    if is_done_already(choice, act, hand):
        return
    check_sought(hand)
    await check_can_be_asked(offer.service, hand, unit)
    await ask_in_place(hand, offer.service, pro, choice, unit)


async def check_can_be_asked(service: Service, hand: NeedInHand, unit: MatchingUnit) -> None:
    """The family does not mind, and there is somebody to write to. Raises FamilyDoesNotWant, NobodyToAsk."""
    if service.organisation_id in hand.case.excluded:
        raise FamilyDoesNotWant
    people = await unit.people.list_by_ids(service.contact_ids)
    if not any(person.works_for(service.organisation_id) for person in people):
        raise NobodyToAsk


async def ask_in_place(
    hand: NeedInHand, service: Service, reasons: tuple[str, ...], choice: DeskChoice, unit: MatchingUnit
) -> None:
    """Take the open question back, if there is one, and ask this partner. Raises PartnerAlreadyActive (P2)."""
    await unit.history.add_choice(choice)
    await _take_back(hand, unit)
    chosen_by_desk = f"Gekozen door {unit.city.desk.in_sentence}"
    asking = Asking(service, (chosen_by_desk, *reasons), len(hand.referrals) + 1, choice)
    await activate(hand.case, hand.need, asking, unit)
    unit.timers.clear(_timer_key(hand.need.id))
    await unit.cases.save(hand.case)


async def skip(act: DeskAct, reason: ChoiceReason, unit: MatchingUnit) -> None:
    """Take the question back from the partner that has it, and ask the next one.

    Raises ChangedMeanwhile, CaseNotOpen, NeedNotSought, NobodyAsked.
    """
    hand = await lock_need(act, unit)
    choice = choice_of(act, ChoiceKind.SKIP, hand, unit, reason)
    if is_done_already(choice, act, hand):
        return
    check_sought(hand)
    question = hand.open_question
    if question is None:
        raise NobodyAsked
    await unit.history.add_choice(replace(choice, service_id=question.service_id))
    await _take_back(hand, unit)
    await go_on_with_next(question, hand.case, unit)


async def wait_until(act: DeskAct, until: date, reason: PostponeReason, unit: MatchingUnit) -> None:
    """Wait with this need; on that day the search goes on by itself, and needs that waited for it do not wait.

    Raises ChangedMeanwhile, CaseNotOpen, NeedNotSought, UntilOutOfRange.
    """
    hand = await lock_need(act, unit)
    choice = replace(choice_of(act, ChoiceKind.WAIT, hand, unit, reason), until=until)
    if is_done_already(choice, act, hand):
        return
    check_with_nobody(hand)
    today = unit.city.day_of(unit.now)
    if not today < until <= today + timedelta(days=WAIT_AT_MOST_DAYS):
        raise UntilOutOfRange(WAIT_AT_MOST_DAYS)
    await unit.history.add_choice(choice)
    unit.outbox.append(hand.case.postpone(hand.need, until, by=act.by, at=unit.now))
    goes_on_at = unit.city.instant_of(until, unit.city.follow_up.asked_at)
    unit.timers.set(
        Timer(_timer_key(hand.need.id), WAIT_IS_OVER, hand.case.id, goes_on_at, {"need_id": str(hand.need.id)})
    )
    await _save_and_go_on(hand, unit)


async def say_no_help(act: DeskAct, reason: UnavailableReason, unit: MatchingUnit) -> None:
    """For this there is no help; needs that waited for it do not wait any more.

    Raises ChangedMeanwhile, CaseNotOpen, NeedNotSought.
    """
    hand = await lock_need(act, unit)
    choice = choice_of(act, ChoiceKind.NO_HELP, hand, unit, reason)
    if is_done_already(choice, act, hand):
        return
    check_with_nobody(hand)
    await unit.history.add_choice(choice)
    unit.outbox.append(hand.case.say_unavailable(hand.need, reason, by=act.by, at=unit.now))
    unit.timers.clear(_timer_key(hand.need.id))
    await _save_and_go_on(hand, unit)


async def look_again(act: DeskAct, unit: MatchingUnit) -> None:
    """Seek anew: the map or the places may have changed.

    Raises ChangedMeanwhile, CaseNotOpen, NeedNotSought, AlreadySought.
    """
    hand = await lock_need(act, unit)
    choice = choice_of(act, ChoiceKind.LOOK_AGAIN, hand, unit)
    if is_done_already(choice, act, hand):
        return
    check_with_nobody(hand)
    if hand.need.state not in WITH_NOBODY:
        raise AlreadySought
    await unit.history.add_choice(choice)
    await _search(hand, unit)


async def go_on_after_waiting(timer: Timer, unit: MatchingUnit) -> None:
    """The day came until which the desk waited. While the family rests, the need is asked for after that rest."""
    case = await unit.cases.get(timer.subject)
    need = case.needs.get(UUID(timer.data["need_id"])) if case else None
    if case is None or need is None or need.state is not NeedState.POSTPONED:
        return
    need.search_again()
    await ask_where_possible(case, unit)
    await unit.cases.save(case)


async def _take_back(hand: NeedInHand, unit: MatchingUnit) -> None:
    question = hand.open_question
    if question is not None:
        unit.outbox.append(*question.withdraw(WithdrawReason.DESK_CHOICE, at=unit.now))
        await unit.referrals.save(question)


async def _search(hand: NeedInHand, unit: MatchingUnit) -> None:
    unit.timers.clear(_timer_key(hand.need.id))
    hand.need.search_again()
    await ask_next(hand.case, hand.need, unit)
    await _save_and_go_on(hand, unit)


async def _save_and_go_on(hand: NeedInHand, unit: MatchingUnit) -> None:
    await ask_where_possible(hand.case, unit)
    await unit.cases.save(hand.case)


def _timer_key(need_id: UUID) -> str:
    return f"{WAIT_IS_OVER}:{need_id}"
