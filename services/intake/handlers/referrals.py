"""How far the help for each need is, as matching publishes it."""

from uuid import UUID

from services.intake.domain.accepted import READS, AcceptedReferral
from services.intake.domain.progress import WITHOUT_PARTNER, NeedProgress, Progress
from services.intake.handlers.cases import is_followed
from services.intake.handlers.timeline_entry import day_of, entry_of
from services.intake.ports import IntakeUnit
from shared.events import matching, referral_codes
from shared.events.base import Event
from shared.events.referral_contacts import ContactReplaced
from shared.events.referral_deletion import DeletionRequested, PartnerConfirmedDeletion

# Where a need stands after each event of matching.
PROGRESS: dict[type[Event], Progress] = {
    matching.PartnerActivated: Progress.ASKED,
    matching.PartnerAccepted: Progress.ACCEPTED,
    matching.PartnerDeclined: Progress.SEARCHING,
    matching.DeclineReverted: Progress.ASKED,
    matching.PartnerRedirected: Progress.SEARCHING,
    matching.PartnerWaitlisted: Progress.WAITLISTED,
    matching.InformationRequested: Progress.QUESTION,
    matching.InformationAnswered: Progress.ASKED,
    matching.AcceptanceReverted: Progress.ASKED,
    matching.ReferralExpired: Progress.SEARCHING,
    matching.ReferralWithdrawn: Progress.SEARCHING,
    matching.HandoverPlanned: Progress.HANDOVER_PLANNED,
    matching.HandoverConfirmed: Progress.HANDOVER_HALF_CONFIRMED,
    matching.WarmHandoverCompleted: Progress.HANDED_OVER,
    matching.HelpStarted: Progress.STARTED,
    matching.HelpDelivered: Progress.DELIVERED,
    matching.HelpFailed: Progress.STOPPED,
    matching.OutcomeConfirmed: Progress.CONFIRMED,
}


async def follow_referral(event: matching.ReferralFact, unit: IntakeUnit) -> None:
    """A partner was asked, answered, or did something: on the timeline, and in the progress of the need."""
    if not await is_followed(event.subject, unit):
        return
    entry = entry_of(event, unit)
    await unit.timeline.add(entry)
    progress = _progress_after(event)
    if progress in READS:
        await unit.accepted.save(_helps(event))
    else:
        await unit.accepted.end(event.referral_id)
    helping = progress not in WITHOUT_PARTNER
    await unit.timeline.save_progress(
        NeedProgress(
            need_id=event.need_id,
            case_id=event.subject,
            progress=progress,
            since=event.occurred_at,
            organisation_id=event.organisation_id if helping else None,
            service_id=event.service_id if helping else None,
            on=day_of(event, unit.city),
            detail=entry.detail,
        )
    )


async def note_of_referral(
    event: ContactReplaced | DeletionRequested | PartnerConfirmedDeletion, unit: IntakeUnit
) -> None:
    """Somebody else speaks for the partner, or what it wrote is deleted: how far the help is stays as it was."""
    if await is_followed(event.subject, unit):
        await unit.timeline.add(entry_of(event, unit))
        if await unit.accepted.read(event.referral_id) is not None:
            await unit.accepted.save(_helps(event))


def _helps(event: matching.ReferralFact) -> AcceptedReferral:
    helper = (event.organisation_id, event.contact_id)
    return AcceptedReferral(event.referral_id, event.subject, event.need_id, *helper)


def _progress_after(event: matching.ReferralFact) -> Progress:
    if isinstance(event, matching.WarmHandoverCompleted) and event.kind is referral_codes.HandoverKind.COLD:
        return Progress.HANDED_OVER_COLD
    if isinstance(event, matching.OutcomeConfirmed):
        if event.outcome is referral_codes.Outcome.NOT_HELPED:
            return Progress.NOT_HELPED
        if event.rest is referral_codes.RestOfNeed.LOOK_FURTHER:
            return Progress.SEARCHING
    return PROGRESS[type(event)]


async def see_nobody_found(event: matching.NoPartnerFound, unit: IntakeUnit) -> None:
    """Nobody can be asked any more: the coordinator looks further."""
    await _without_partner(event, event.need_id, Progress.NOBODY_FOUND, unit)


async def see_search_stopped(event: matching.SearchStopped, unit: IntakeUnit) -> None:
    """The family wants no other partner for this need."""
    await _without_partner(event, event.need_id, Progress.SEARCH_STOPPED, unit)


async def see_search_postponed(event: matching.SearchPostponed, unit: IntakeUnit) -> None:
    """The desk waits until a day; then the search goes on by itself."""
    await _without_partner(event, event.need_id, Progress.POSTPONED, unit)


async def see_help_ruled_out(event: matching.HelpRuledOut, unit: IntakeUnit) -> None:
    """For this there is no help now."""
    await _without_partner(event, event.need_id, Progress.UNAVAILABLE, unit)


async def _without_partner(event: Event, need_id: UUID, progress: Progress, unit: IntakeUnit) -> None:
    if not await is_followed(event.subject, unit):
        return
    await unit.timeline.add(entry_of(event, unit))
    stands = NeedProgress(need_id, event.subject, progress, event.occurred_at, on=day_of(event, unit.city))
    await unit.timeline.save_progress(stands)
