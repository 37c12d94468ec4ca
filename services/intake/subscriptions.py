"""What intake consumes, and what it does then."""

from services.intake.handlers.course import end_pause
from services.intake.handlers.erasing import note_confirmation
from services.intake.handlers.follow_ups import note_on_timeline, plan_on_timeline, record_follow_up
from services.intake.handlers.network import list_organisation, list_service
from services.intake.handlers.referrals import (
    follow_referral,
    note_of_referral,
    see_help_ruled_out,
    see_nobody_found,
    see_search_postponed,
    see_search_stopped,
)
from services.intake.handlers.trainings import keep_training, keep_who_is_there
from services.intake.ports import IntakeUnit
from shared.access.limits import keep_limit, lift_limit
from shared.events import cards, care, directory, matching, monitoring, notify, referral_contacts, referral_deletion
from shared.messaging.subscriptions import Subscription, on

SUBSCRIPTIONS: tuple[Subscription[IntakeUnit], ...] = (
    on(directory.OrganisationListed, list_organisation),
    on(directory.ServiceListed, list_service),
    on(directory.PersonListed, keep_who_is_there),
    on(cards.TrainingRecorded, keep_training),
    on(care.LoadLimitReached, keep_limit),
    on(care.LoadLimitLifted, lift_limit),
    on(matching.PartnerActivated, follow_referral),
    on(matching.PartnerAccepted, follow_referral),
    on(matching.PartnerDeclined, follow_referral),
    on(matching.DeclineReverted, follow_referral),
    on(matching.PartnerRedirected, follow_referral),
    on(matching.PartnerWaitlisted, follow_referral),
    on(matching.InformationRequested, follow_referral),
    on(matching.InformationAnswered, follow_referral),
    on(matching.AcceptanceReverted, follow_referral),
    on(matching.ReferralExpired, follow_referral),
    on(matching.ReferralWithdrawn, follow_referral),
    on(matching.NoPartnerFound, see_nobody_found),
    on(matching.HandoverPlanned, follow_referral),
    on(matching.HandoverConfirmed, follow_referral),
    on(matching.WarmHandoverCompleted, follow_referral),
    on(matching.HelpStarted, follow_referral),
    on(matching.HelpDelivered, follow_referral),
    on(matching.HelpFailed, follow_referral),
    on(matching.SearchStopped, see_search_stopped),
    on(matching.SearchPostponed, see_search_postponed),
    on(matching.HelpRuledOut, see_help_ruled_out),
    on(matching.OutcomeConfirmed, follow_referral),
    on(referral_contacts.ContactReplaced, note_of_referral),
    on(referral_deletion.DeletionRequested, note_of_referral),
    on(referral_deletion.PartnerConfirmedDeletion, note_of_referral),
    on(monitoring.PauseEnded, end_pause),
    on(monitoring.FollowUpScheduled, plan_on_timeline),
    on(monitoring.FollowUpRecorded, record_follow_up),
    on(monitoring.FollowUpMissed, note_on_timeline),
    on(monitoring.ChildOutOfSight, note_on_timeline),
    on(monitoring.CaseBackInSight, note_on_timeline),
    on(monitoring.EscalationRaised, note_on_timeline),
    on(monitoring.EscalationRepeated, note_on_timeline),
    on(monitoring.EscalationResolved, note_on_timeline),
    on(matching.ReferralsErased, note_confirmation),
    on(monitoring.WatchErased, note_confirmation),
    on(notify.MessagesErased, note_confirmation),
)
