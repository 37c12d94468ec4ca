"""What notify does at which event."""

from collections.abc import Awaitable, Callable
from typing import Any

from services.notify import handlers
from shared.events import intake, matching, monitoring
from shared.events.base import Event

HEARS = ("intake", "matching", "monitoring")
HANDLERS: dict[type[Event], Callable[[Any, Any], Awaitable[None]]] = {
    intake.RequestReceived: handlers.tell_of_request,
    intake.CaseWithdrawn: handlers.fall_silent_on_withdrawal,
    intake.CaseClosed: handlers.fall_silent_on_closing,
    intake.CaseReopened: handlers.speak_again,
    intake.NewQuestionRaised: handlers.speak_again,
    intake.CaseErased: handlers.forget_case,
    matching.PersonJoined: handlers.remember_person,
    matching.PartnerActivated: handlers.ask_partner,
    matching.PartnerAccepted: handlers.tell_of_acceptance,
    matching.AcceptanceReverted: handlers.correct_acceptance,
    matching.PartnerDeclined: handlers.stop_asking,
    matching.ReferralExpired: handlers.stop_asking,
    matching.ReferralWithdrawn: handlers.stop_partner,
    matching.NoPartnerFound: handlers.tell_that_nobody_was_found,
    matching.SignInRequested: handlers.send_sign_in_code,
    monitoring.ResponseReminderDue: handlers.remind_partner,
    monitoring.FollowUpDue: handlers.ask_how_the_child_is,
    monitoring.FollowUpReminderDue: handlers.ask_how_the_child_is,
    monitoring.FollowUpRecorded: handlers.stop_asking_how_the_child_is,
    monitoring.ChildOutOfSight: handlers.alarm_coordinators,
}
