"""What notify does at which event."""

from services.notify import handlers
from services.notify.ports import NotifyUnit
from shared.events import intake, matching, monitoring
from shared.messaging.subscriptions import Subscription, on

SUBSCRIPTIONS: tuple[Subscription[NotifyUnit], ...] = (
    on(intake.RequestReceived, handlers.tell_of_request),
    on(intake.CaseWithdrawn, handlers.fall_silent_on_withdrawal),
    on(intake.CaseClosed, handlers.fall_silent_on_closing),
    on(intake.CaseReopened, handlers.speak_again),
    on(intake.NewQuestionRaised, handlers.speak_again),
    on(intake.CaseErased, handlers.forget_case),
    on(matching.PersonJoined, handlers.remember_person),
    on(matching.PartnerActivated, handlers.ask_partner),
    on(matching.PartnerAccepted, handlers.tell_of_acceptance),
    on(matching.AcceptanceReverted, handlers.correct_acceptance),
    on(matching.PartnerDeclined, handlers.stop_asking),
    on(matching.ReferralExpired, handlers.stop_asking),
    on(matching.ReferralWithdrawn, handlers.stop_partner),
    on(matching.NoPartnerFound, handlers.tell_that_nobody_was_found),
    on(matching.SignInRequested, handlers.send_sign_in_code),
    on(monitoring.ResponseReminderDue, handlers.remind_partner),
    on(monitoring.FollowUpDue, handlers.ask_how_the_child_is),
    on(monitoring.FollowUpReminderDue, handlers.ask_how_the_child_is),
    on(monitoring.FollowUpRecorded, handlers.stop_asking_how_the_child_is),
    on(monitoring.ChildOutOfSight, handlers.alarm_coordinators),
)
