"""What monitoring hears, and what it does then."""

from services.monitoring.domain import life, partners
from services.monitoring.handlers import (
    erase_case,
    know_organisation,
    know_person,
    note,
    see_mail_arrive,
    see_mail_fail,
    watching,
)
from services.monitoring.ports import MonitoringUnit
from shared.events import intake, matching, notify
from shared.messaging.subscriptions import Subscription, on

SUBSCRIPTIONS: tuple[Subscription[MonitoringUnit], ...] = (
    on(intake.RequestReceived, watching(life.receive)),
    on(intake.RequestAcknowledged, note),
    on(intake.HomeVisitPlanned, watching(life.plan_home_visit)),
    on(intake.NeedsAssessed, watching(life.assess)),
    on(intake.NewQuestionRaised, watching(life.raise_new_question)),
    on(intake.CaseWithdrawn, watching(life.end)),
    on(intake.CaseClosed, watching(life.end)),
    on(intake.CaseReopened, watching(life.reopen)),
    on(intake.CaseErased, erase_case),
    on(matching.OrganisationListed, know_organisation),
    on(matching.PersonJoined, know_person),
    on(matching.ReferralProposed, note),
    on(matching.PartnerActivated, watching(partners.ask)),
    on(matching.InformationRequested, note),
    on(matching.InformationAnswered, note),
    on(matching.PartnerAccepted, watching(partners.accept)),
    on(matching.PartnerDeclined, watching(partners.move_on)),
    on(matching.PartnerWaitlisted, watching(partners.wait)),
    on(matching.PartnerRedirected, watching(partners.move_on)),
    on(matching.AcceptanceReverted, watching(partners.revert)),
    on(matching.ReferralExpired, watching(partners.move_on)),
    on(matching.ReferralWithdrawn, watching(partners.withdraw)),
    on(matching.NoPartnerFound, watching(partners.nobody)),
    on(matching.WarmHandoverCompleted, watching(partners.help_goes_on)),
    on(matching.HelpStarted, watching(partners.help_goes_on)),
    on(matching.HelpDelivered, watching(partners.help_goes_on)),
    on(matching.HelpFailed, watching(partners.fail)),
    on(matching.OutcomeConfirmed, watching(partners.confirm)),
    on(notify.MessageAccepted, see_mail_arrive),
    on(notify.MessageRefused, see_mail_fail),
    on(notify.MessageUnknown, note),
)
