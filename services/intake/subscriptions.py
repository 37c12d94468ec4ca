"""What intake listens to."""

from collections.abc import Awaitable, Callable
from typing import Any

from services.intake.handlers import (
    follow_referral,
    know_person,
    list_organisation,
    list_service,
    note_on_timeline,
    record_follow_up,
    see_nobody_found,
)
from services.intake.ports import IntakeUnit
from shared.events import matching, monitoring
from shared.events.base import Event

HEARS = ("matching", "monitoring")

HANDLERS: dict[type[Event], Callable[[Any, IntakeUnit], Awaitable[None]]] = {
    matching.OrganisationListed: list_organisation,
    matching.ServiceListed: list_service,
    matching.PersonJoined: know_person,
    matching.PartnerActivated: follow_referral,
    matching.PartnerAccepted: follow_referral,
    matching.PartnerDeclined: follow_referral,
    matching.PartnerWaitlisted: follow_referral,
    matching.PartnerRedirected: follow_referral,
    matching.AcceptanceReverted: follow_referral,
    matching.ReferralExpired: follow_referral,
    matching.ReferralWithdrawn: follow_referral,
    matching.NoPartnerFound: see_nobody_found,
    matching.WarmHandoverCompleted: follow_referral,
    matching.HelpStarted: follow_referral,
    matching.HelpDelivered: follow_referral,
    matching.HelpFailed: follow_referral,
    matching.OutcomeConfirmed: follow_referral,
    monitoring.FollowUpScheduled: note_on_timeline,
    monitoring.FollowUpRecorded: record_follow_up,
    monitoring.FollowUpMissed: note_on_timeline,
    monitoring.ChildOutOfSight: note_on_timeline,
    monitoring.CaseBackInSight: note_on_timeline,
    monitoring.EscalationRaised: note_on_timeline,
    monitoring.EscalationResolved: note_on_timeline,
}
