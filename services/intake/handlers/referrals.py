"""How far the help for each need is, as matching publishes it."""

from services.intake.domain.progress import NeedProgress, Progress
from services.intake.handlers.cases import is_followed
from services.intake.handlers.timeline_entry import day_of, entry_of
from services.intake.ports import IntakeUnit
from shared.events import matching
from shared.events.base import Event

# Where a need stands after each event of matching.
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


async def follow_referral(event: matching.ReferralFact, unit: IntakeUnit) -> None:
    """A partner was asked, answered, or did something: on the timeline, and in the progress of the need."""
    if not await is_followed(event.subject, unit):
        return
    await unit.timeline.add(entry_of(event, unit))
    progress = _progress_after(event)
    helping = progress not in {Progress.SEARCHING, Progress.FAMILY_STOPPED}
    await unit.timeline.save_progress(
        NeedProgress(
            need_id=event.need_id,
            case_id=event.subject,
            progress=progress,
            since=event.occurred_at,
            organisation_id=event.organisation_id if helping else None,
            service_id=event.service_id if helping else None,
            on=day_of(event, unit.city),
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
    if not await is_followed(event.subject, unit):
        return
    await unit.timeline.add(entry_of(event, unit))
    await unit.timeline.save_progress(
        NeedProgress(event.need_id, event.subject, Progress.NOBODY_FOUND, event.occurred_at)
    )
