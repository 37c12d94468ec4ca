"""What intake does with the other services' facts: the read model of the network, and every case's timeline."""

from uuid import UUID

from services.intake.domain.case import Case, CaseState
from services.intake.domain.errors import UnknownCase
from services.intake.domain.progress import NeedProgress, Progress
from services.intake.handlers.cases import keep
from services.intake.handlers.telling import day_of, moment_of
from services.intake.ports import IntakeUnit, Person
from shared.events import matching, monitoring
from shared.events.base import Event

# Where a need stands after each fact of matching.
PROGRESS: dict[type[Event], Progress] = {
    matching.PartnerActivated: Progress.ASKED,
    matching.PartnerAccepted: Progress.ACCEPTED,
    matching.PartnerDeclined: Progress.SEARCHING,
    matching.AcceptanceReverted: Progress.ASKED,
    matching.ReferralExpired: Progress.SEARCHING,
    matching.ReferralWithdrawn: Progress.SEARCHING,
    matching.WarmHandoverCompleted: Progress.HANDED_OVER,
    matching.HelpStarted: Progress.STARTED,
    matching.HelpDelivered: Progress.DELIVERED,
    matching.HelpFailed: Progress.SEARCHING,
    matching.OutcomeConfirmed: Progress.CONFIRMED,
}


async def list_organisation(event: matching.OrganisationListed, unit: IntakeUnit) -> None:
    """Keep its public name."""
    await unit.network.put_organisation(event.subject, event.name)


async def list_service(event: matching.ServiceListed, unit: IntakeUnit) -> None:
    """Keep its public name, and whose it is."""
    await unit.network.put_service(event.subject, event.organisation_id, event.name)


async def know_person(event: matching.PersonJoined, unit: IntakeUnit) -> None:
    """Keep what somebody may do; never who it is."""
    await unit.network.put_person(Person(event.subject, event.organisation_id, event.role, event.active))


async def follow_referral(event: matching.ReferralFact, unit: IntakeUnit) -> None:
    """A partner was asked, answered, or did something: on the timeline, and in the state of the need."""
    if not await _still_there(event.subject, unit):
        return
    await unit.timeline.add(moment_of(event, unit))
    progress = _progress_after(event)
    helping = progress not in {Progress.SEARCHING, Progress.FAMILY_STOPPED}
    await unit.timeline.put_progress(
        NeedProgress(
            need_id=event.need_id,
            case_id=event.subject,
            progress=progress,
            since=event.occurred_at,
            organisation_id=event.organisation_id if helping else None,
            service_id=event.service_id if helping else None,
            on=day_of(event),
        )
    )


def _progress_after(event: matching.ReferralFact) -> Progress:
    # Only when it was the partner that stopped is the next one asked.
    if isinstance(event, matching.HelpFailed) and event.reason is matching.FailureReason.FAMILY_STOPPED:
        return Progress.FAMILY_STOPPED
    if isinstance(event, matching.OutcomeConfirmed) and event.outcome is matching.Outcome.NOT_HELPED:
        return Progress.SEARCHING
    return PROGRESS[type(event)]


async def see_nobody_found(event: matching.NoPartnerFound, unit: IntakeUnit) -> None:
    """Nobody can be asked any more: the coordinator looks further."""
    if not await _still_there(event.subject, unit):
        return
    await unit.timeline.add(moment_of(event, unit))
    await unit.timeline.put_progress(
        NeedProgress(event.need_id, event.subject, Progress.NOBODY_FOUND, event.occurred_at)
    )


async def note_on_timeline(event: Event, unit: IntakeUnit) -> None:
    """A fact of monitoring that people want to see with the case."""
    if await _still_there(event.subject, unit):
        await unit.timeline.add(moment_of(event, unit))


async def record_follow_up(event: monitoring.FollowUpRecorded, unit: IntakeUnit) -> None:
    """The ambassador answered how the child is doing; a new question opens the inventory again."""
    await note_on_timeline(event, unit)
    if event.answer is not monitoring.FollowUpAnswer.NEW_QUESTION:
        return
    case = await _case_of(event.subject, unit)
    if case.state in {CaseState.ASSESSED, CaseState.CLOSED}:
        await keep(case, case.raise_new_question(event.answered_by, unit.now), unit)


async def _case_of(case_id: UUID, unit: IntakeUnit) -> Case:
    """The case that another service speaks of. It must be ours: all of them are."""
    case = await unit.cases.get(case_id)
    if case is None:
        raise UnknownCase
    return case


async def _still_there(case_id: UUID, unit: IntakeUnit) -> bool:
    """Whether this case may still get lines; an erased one stays empty."""
    return (await _case_of(case_id, unit)).state is not CaseState.ERASED
