"""What notify does at which event."""

from services.notify.domain.mails.children import alarm_coordinators
from services.notify.domain.mails.follow_ups import ask_how_the_child_is, remind_how_the_child_is
from services.notify.domain.mails.partners import ask_partner
from services.notify.domain.mails.requests import tell_of_request
from services.notify.domain.mails.sign_in import send_sign_in_code
from services.notify.domain.mails.unmet_needs import tell_that_nobody_was_found
from services.notify.handlers import cases, follow_ups, people, referrals
from services.notify.handlers.queueing import mailing, mailing_coordinators
from services.notify.ports import NotifyUnit
from shared.events import intake, matching, monitoring
from shared.messaging.subscriptions import Subscription, on

SUBSCRIPTIONS: tuple[Subscription[NotifyUnit], ...] = (
    on(intake.RequestReceived, mailing(tell_of_request)),
    on(intake.CaseWithdrawn, cases.fall_silent_on_withdrawal),
    on(intake.CaseClosed, cases.fall_silent_on_closing),
    on(intake.CaseReopened, cases.speak_again),
    on(intake.NewQuestionRaised, cases.speak_again),
    on(intake.CaseErased, cases.forget_case),
    on(matching.PersonJoined, people.remember_person),
    on(matching.PartnerActivated, mailing(ask_partner)),
    on(matching.PartnerAccepted, referrals.tell_of_acceptance),
    on(matching.AcceptanceReverted, referrals.correct_acceptance),
    on(matching.PartnerDeclined, referrals.stop_asking),
    on(matching.ReferralExpired, referrals.stop_asking),
    on(matching.ReferralWithdrawn, referrals.stop_partner),
    on(matching.NoPartnerFound, mailing_coordinators(tell_that_nobody_was_found)),
    on(matching.SignInRequested, mailing(send_sign_in_code)),
    on(monitoring.ResponseReminderDue, referrals.remind_partner),
    on(monitoring.FollowUpDue, mailing(ask_how_the_child_is)),
    on(monitoring.FollowUpReminderDue, mailing(remind_how_the_child_is)),
    on(monitoring.FollowUpRecorded, follow_ups.stop_asking_how_the_child_is),
    on(monitoring.ChildOutOfSight, mailing_coordinators(alarm_coordinators)),
)
