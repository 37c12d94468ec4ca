"""Which mail each fact promises, and to whom: written down here once more, apart from the code that queues them."""

from collections.abc import Collection, Iterator
from uuid import UUID

from services.notify.domain.mails.partners import OF_THE_FAMILY
from shared.events import intake, matching, monitoring, referral_contacts, referral_terms
from shared.events.base import Event
from shared.events.monitoring import EscalationReason
from shared.events.referral_codes import Party
from shared.events.referral_deletion import DeletionRequested

Promise = tuple[str, UUID]
# What the ambassador of a family reads of these.
TO_THE_AMBASSADOR: dict[type[Event], str] = {
    intake.RequestReceived: "request-received",
    intake.UrgentNeedRaised: "urgent-need",
    intake.RequestReturned: "request-returned",
    intake.HomeVisitPlanned: "home-visit",
    intake.CaseWithdrawn: "case-withdrawn",
    intake.CaseClosed: "case-closed",
    intake.ErasurePlanned: "erasure-planned",
    intake.CasePaused: "case-paused",
    intake.CaseResumed: "case-resumed",
    matching.PartnerAccepted: "partner-accepted",
    matching.PartnerDeclined: "partner-declined",
    matching.PartnerRedirected: "partner-redirected",
    matching.PartnerWaitlisted: "partner-waitlisted",
    matching.ReferralExpired: "referral-expired",
    matching.InformationRequested: "question-asked",
    matching.NoPartnerFound: "nobody-found",
    matching.HandoverPlanned: "handover-planned",
    matching.HelpDelivered: "help-delivered",
    matching.HelpFailed: "help-stopped",
    monitoring.InventoryReminderDue: "inventory-reminder",
    monitoring.HandoverReminderDue: "handover-confirm",
    monitoring.ConfirmationReminderDue: "help-delivered",
    monitoring.FollowUpDue: "follow-up",
    monitoring.FollowUpReminderDue: "follow-up",
}
# And the partner's contact person.
TO_THE_PARTNER: dict[type[Event], str] = {
    matching.PartnerActivated: "partner-activated",
    matching.InformationAnswered: "question-answered",
    matching.HandoverPlanned: "handover-planned-partner",
    referral_terms.AnswerTermRenewed: "partner-activated",
    monitoring.ResponseReminderDue: "partner-activated",
    monitoring.HandoverReminderDue: "handover-confirm-partner",
    monitoring.WaitlistDue: "waitlist-due",
}


def promised_mails(event: Event, coordinators: Collection[UUID]) -> Iterator[Promise]:
    """Template and reader of each mail that must follow."""
    if template := TO_THE_AMBASSADOR.get(type(event)):
        yield template, event.ambassador_id  # type: ignore[attr-defined] # those of the table have one
    if template := TO_THE_PARTNER.get(type(event)):
        yield template, event.contact_id  # type: ignore[attr-defined] # those of the table have one
    match event:
        case matching.PartnerAccepted():
            yield "help-agreed", event.answered_by
        case matching.ReferralWithdrawn() | DeletionRequested():
            yield from _to_who_stops(event)
        case matching.HandoverConfirmed():
            to_partner = event.party is Party.AMBASSADOR
            yield (
                ("handover-confirm-partner", event.contact_id)
                if to_partner
                else (
                    "handover-confirm",
                    event.ambassador_id,
                )
            )
        case intake.AmbassadorReplaced() | referral_contacts.ContactReplaced():
            yield from _to_who_came_and_who_went(event)
        case monitoring.ChildOutOfSight():
            yield from (("out-of-sight", one) for one in coordinators)
        case monitoring.EscalationRaised() | monitoring.EscalationRepeated():
            if event.reason is not EscalationReason.OUT_OF_SIGHT:
                yield from (("desk-point", one) for one in coordinators)


def _to_who_stops(event: matching.ReferralWithdrawn | DeletionRequested) -> Iterator[Promise]:
    """A partner that said yes reads that it stops, and one that the family stopped that it deletes."""
    if isinstance(event, DeletionRequested):
        if event.was_helping or event.has_helped:
            yield "stop-and-delete", event.contact_id
    elif event.was_helping and event.reason not in OF_THE_FAMILY:
        yield "question-withdrawn", event.contact_id


def _to_who_came_and_who_went(
    event: intake.AmbassadorReplaced | referral_contacts.ContactReplaced,
) -> Iterator[Promise]:
    """Whoever speaks for the family, or for the partner, from now on."""
    match event:
        case intake.AmbassadorReplaced():
            yield "ambassador-replaced", event.ambassador_id
            yield "ambassador-relieved", event.previous_id
        case referral_contacts.ContactReplaced(answer_by=None):
            yield "help-passed-on", event.contact_id
            yield "other-contact", event.ambassador_id
        case _:
            yield "partner-activated", event.contact_id
