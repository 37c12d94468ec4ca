"""Which events monitoring consumes, and what it does then."""

from services.monitoring.domain import (
    case_lifecycle,
    consent,
    follow_up_plan,
    help_lifecycle,
    holding,
    pausing,
    referral_lifecycle,
    replacing,
    search,
)
from services.monitoring.handlers.cases import erase_case, hide_address
from services.monitoring.handlers.directory import remember_organisation
from services.monitoring.handlers.escalations import (
    escalate_mail_in_doubt,
    escalate_undelivered_mail,
    resolve_undelivered_mail,
)
from services.monitoring.handlers.readings import raise_reading
from services.monitoring.handlers.watches import update_watch
from services.monitoring.ports import MonitoringUnit
from shared.access.members import keep_member
from shared.events import directory, family_safety, intake, matching, notify, referral_contacts, referral_terms
from shared.messaging.subscriptions import Subscription, on

SUBSCRIPTIONS: tuple[Subscription[MonitoringUnit], ...] = (
    on(intake.RequestReceived, update_watch(case_lifecycle.receive)),
    on(intake.RequestAcknowledged, update_watch(case_lifecycle.acknowledge)),
    on(intake.RequestReturned, update_watch(case_lifecycle.give_back)),
    on(intake.UrgentNeedRaised, update_watch(case_lifecycle.raise_urgent_need)),
    on(intake.HomeVisitPlanned, update_watch(case_lifecycle.plan_home_visit)),
    on(intake.HomeVisitCompleted, update_watch(case_lifecycle.complete_home_visit)),
    on(intake.NeedsAssessed, update_watch(case_lifecycle.assess)),
    on(intake.NewQuestionRaised, update_watch(case_lifecycle.raise_new_question)),
    on(intake.CasePaused, update_watch(pausing.pause)),
    on(intake.CaseResumed, update_watch(pausing.resume)),
    on(intake.ConsentOutgrown, update_watch(consent.outgrow)),
    on(intake.ConsentRenewed, update_watch(consent.renew)),
    on(family_safety.SafetyHoldSet, update_watch(holding.hold)),
    on(family_safety.SafetyHoldLifted, update_watch(holding.lift)),
    on(family_safety.AddressHidden, hide_address),
    on(family_safety.AddressShown, update_watch(case_lifecycle.show_address)),
    on(intake.FollowUpsAgreed, update_watch(follow_up_plan.agree)),
    on(intake.AmbassadorReplaced, update_watch(replacing.replace_ambassador)),
    on(intake.CaseWithdrawn, update_watch(case_lifecycle.end)),
    on(intake.CaseClosed, update_watch(case_lifecycle.end)),
    on(intake.CaseReopened, update_watch(case_lifecycle.reopen)),
    on(intake.CaseErased, erase_case),
    on(intake.UnusualReadingFound, raise_reading),
    on(directory.OrganisationListed, remember_organisation),
    on(directory.PersonListed, keep_member),
    on(matching.PartnerActivated, update_watch(referral_lifecycle.ask)),
    on(matching.PartnerAccepted, update_watch(referral_lifecycle.accept)),
    on(matching.PartnerDeclined, update_watch(referral_lifecycle.move_on)),
    on(matching.DeclineReverted, update_watch(referral_lifecycle.revert)),
    on(matching.PartnerRedirected, update_watch(referral_lifecycle.move_on)),
    on(matching.PartnerWaitlisted, update_watch(referral_lifecycle.wait_for_place)),
    on(matching.InformationRequested, update_watch(referral_lifecycle.question_first)),
    on(matching.InformationAnswered, update_watch(referral_lifecycle.answer_question)),
    on(matching.AcceptanceReverted, update_watch(referral_lifecycle.revert)),
    on(matching.ReferralExpired, update_watch(referral_lifecycle.move_on)),
    on(matching.ReferralWithdrawn, update_watch(referral_lifecycle.withdraw)),
    on(referral_contacts.ContactReplaced, update_watch(referral_lifecycle.replace_contact)),
    on(referral_terms.AnswerTermRenewed, update_watch(holding.renew_term)),
    on(matching.NoPartnerFound, update_watch(referral_lifecycle.find_nobody)),
    on(matching.SearchPostponed, update_watch(search.postpone_search)),
    on(matching.HelpRuledOut, update_watch(search.give_up_search)),
    on(matching.HandoverPlanned, update_watch(help_lifecycle.plan_handover)),
    on(matching.HandoverConfirmed, update_watch(help_lifecycle.confirm_handover)),
    on(matching.WarmHandoverCompleted, update_watch(help_lifecycle.complete_handover)),
    on(matching.HelpStarted, update_watch(help_lifecycle.progress)),
    on(matching.HelpDelivered, update_watch(help_lifecycle.progress)),
    on(matching.HelpFailed, update_watch(help_lifecycle.fail)),
    on(matching.SearchStopped, update_watch(help_lifecycle.stop_search)),
    on(matching.OutcomeConfirmed, update_watch(help_lifecycle.confirm)),
    on(notify.MessageAccepted, resolve_undelivered_mail),
    on(notify.MessageRefused, escalate_undelivered_mail),
    on(notify.MessageUnknown, escalate_mail_in_doubt),
)
