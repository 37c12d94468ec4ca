"""What notify does at which event."""

from services.notify.domain.mails import (
    entries,
    handovers,
    helping,
    joining,
    news,
    questions,
    requests,
    signals,
    unmet_needs,
)
from services.notify.domain.mails.children import alarm_coordinators
from services.notify.domain.mails.colleagues import ask_whether_contact_is_right, tell_what_keeps_somebody
from services.notify.domain.mails.desk import tell_of_point
from services.notify.domain.mails.follow_ups import ask_how_the_child_is, remind_how_the_child_is
from services.notify.domain.mails.partners import ask_to_begin, remind_partner
from services.notify.domain.mails.sign_in import send_sign_in_code
from services.notify.handlers import appointments, cases, follow_ups, people, points, referrals, reminders
from services.notify.handlers.queueing import mailing, mailing_coordinators
from services.notify.handlers.referrals import answered_with_news, instead, instead_of_news, reminding
from services.notify.ports import NotifyUnit
from shared.access.members import keep_member
from shared.events import directory, intake, matching, monitoring, referral_contacts
from shared.messaging.subscriptions import Subscription, on

SUBSCRIPTIONS: tuple[Subscription[NotifyUnit], ...] = (
    on(intake.RequestReceived, mailing(requests.tell_of_request)),
    on(intake.UrgentNeedRaised, mailing(requests.tell_of_urgent_need)),
    on(intake.RequestReturned, mailing(requests.return_request)),
    on(intake.HomeVisitPlanned, appointments.plan_visit),
    on(intake.HomeVisitCompleted, appointments.end_of_visit),
    on(intake.NeedsAssessed, cases.stop_asking_for_inventory),
    on(intake.CaseWithdrawn, cases.fall_silent_on_withdrawal),
    on(intake.CasePaused, cases.rest),
    on(intake.CaseResumed, cases.go_on),
    on(intake.CaseClosed, cases.fall_silent_on_closing),
    on(intake.CaseReopened, cases.speak_again),
    on(intake.NewQuestionRaised, cases.speak_again),
    on(intake.CaseErased, cases.forget_case),
    on(intake.AmbassadorReplaced, cases.hand_over),
    on(intake.EarlySignalRaised, mailing(signals.pass_signal_on)),
    on(intake.EarlySignalQuestionDue, mailing(signals.ask_about_signal)),
    on(intake.EarlySignalEnded, cases.end_signal),
    on(directory.PersonListed, keep_member),
    on(directory.OrganisationListed, people.remember_organisation),
    on(directory.ContactNamed, mailing(ask_whether_contact_is_right)),
    on(directory.PersonLeavingBlocked, mailing_coordinators(tell_what_keeps_somebody)),
    on(directory.ApplicationStarted, mailing(joining.ask_to_confirm_address)),
    on(directory.OrganisationApplied, mailing_coordinators(joining.tell_of_application)),
    on(directory.OrganisationAccepted, mailing(joining.welcome)),
    on(directory.ApplicationRefused, mailing(joining.tell_why_not)),
    on(directory.EntryProposed, mailing_coordinators(entries.tell_of_proposal)),
    on(directory.EntryProposalSettled, mailing(entries.tell_what_became_of_proposal)),
    on(directory.EntryCheckDue, mailing(entries.ask_whether_entry_is_right)),
    on(directory.EntryHidden, mailing_coordinators(entries.tell_that_entry_is_hidden)),
    on(directory.EntryDoubted, mailing_coordinators(entries.tell_that_mail_does_not_arrive)),
    on(directory.EntryCheckMissed, mailing_coordinators(entries.tell_that_nobody_looked)),
    on(matching.PartnerActivated, referrals.ask_partner),
    on(matching.PartnerAccepted, referrals.tell_of_acceptance),
    on(matching.AcceptanceReverted, referrals.correct_acceptance),
    on(matching.PartnerDeclined, answered_with_news(news.tell_of_decline)),
    on(matching.DeclineReverted, referrals.correct_decline),
    on(matching.PartnerRedirected, answered_with_news(news.tell_of_redirection)),
    on(matching.PartnerWaitlisted, answered_with_news(news.tell_of_waiting_list)),
    on(matching.ReferralExpired, answered_with_news(news.tell_of_silence)),
    on(matching.InformationRequested, instead(questions.pass_question_on)),
    on(matching.InformationAnswered, instead(questions.pass_answer_on)),
    on(matching.ReferralWithdrawn, referrals.stop_partner),
    on(referral_contacts.ContactReplaced, referrals.go_on_with_other_contact),
    on(matching.NoPartnerFound, instead_of_news(unmet_needs.tell_that_nobody_was_found)),
    on(matching.SearchPostponed, instead_of_news(unmet_needs.tell_that_search_waits)),
    on(matching.HelpRuledOut, instead_of_news(unmet_needs.tell_that_there_is_no_help)),
    on(matching.HandoverPlanned, appointments.plan_meeting),
    on(matching.HandoverConfirmed, referrals.ask_other_side),
    on(matching.WarmHandoverCompleted, referrals.tell_that_they_met),
    on(matching.HelpStarted, mailing(helping.tell_that_help_began)),
    on(matching.HelpDelivered, instead(helping.ask_whether_it_helped)),
    on(matching.HelpFailed, referrals.stop_help),
    on(matching.OutcomeConfirmed, referrals.stop_asking),
    on(matching.SearchStopped, referrals.stop_searching),
    on(matching.SignInRequested, mailing(send_sign_in_code)),
    on(monitoring.InventoryReminderDue, mailing(requests.remind_of_inventory)),
    on(monitoring.ResponseReminderDue, reminding(remind_partner)),
    on(monitoring.WaitlistDue, reminding(ask_to_begin)),
    on(monitoring.HandoverReminderDue, reminding(handovers.remind_both_sides)),
    on(monitoring.ConfirmationReminderDue, reminding(helping.remind_whether_it_helped)),
    on(monitoring.FollowUpDue, mailing(ask_how_the_child_is)),
    on(monitoring.FollowUpReminderDue, mailing(remind_how_the_child_is)),
    on(monitoring.FollowUpRecorded, follow_ups.stop_asking_how_the_child_is),
    on(monitoring.FollowUpMissed, follow_ups.stop_asking_how_the_child_is),
    on(monitoring.EscalationRaised, mailing_coordinators(tell_of_point)),
    on(monitoring.EscalationRepeated, mailing_coordinators(tell_of_point)),
    on(monitoring.EscalationResolved, points.strike_point),
    on(monitoring.PointPostponed, points.strike_point),
    on(monitoring.PointAssigned, points.tell_whose_point_it_is),
    on(monitoring.AmbassadorReminded, reminders.remind_of_several),
    on(monitoring.ChildOutOfSight, mailing_coordinators(alarm_coordinators)),
)
