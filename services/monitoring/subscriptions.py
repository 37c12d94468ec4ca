"""What monitoring hears, and what it does then."""

from collections.abc import Awaitable, Callable
from typing import Any

from services.monitoring.domain import life, partners
from services.monitoring.handlers import (
    erase_case,
    know_organisation,
    know_person,
    note,
    pass_over,
    see_mail_arrive,
    see_mail_fail,
    watching,
)
from services.monitoring.ports import MonitoringUnit
from shared.events import intake, matching, notify
from shared.events.base import Event

HEARS = ("intake", "matching", "notify")
HANDLERS: dict[type[Event], Callable[[Any, MonitoringUnit], Awaitable[None]]] = {
    intake.RequestReceived: watching(life.receive),
    intake.RequestAcknowledged: note,
    intake.RequestReturned: watching(life.give_back),
    intake.HomeVisitPlanned: watching(life.plan_home_visit),
    intake.UrgentNeedRaised: watching(life.raise_urgent_need),
    intake.NeedsAssessed: watching(life.assess),
    intake.NewQuestionRaised: watching(life.raise_new_question),
    intake.AmbassadorReplaced: watching(life.replace_ambassador),
    intake.CasePaused: watching(life.pause),
    intake.CaseResumed: watching(life.resume),
    intake.CaseWithdrawn: watching(life.end),
    intake.CaseClosed: watching(life.end),
    intake.CaseReopened: watching(life.resume),
    intake.CaseErased: erase_case,
    matching.OrganisationListed: know_organisation,
    matching.ServiceListed: pass_over,
    matching.PersonJoined: know_person,
    matching.ReferralProposed: note,
    matching.PartnerActivated: watching(partners.ask),
    matching.InformationRequested: note,
    matching.InformationAnswered: note,
    matching.PartnerAccepted: watching(partners.accept),
    matching.PartnerDeclined: watching(partners.move_on),
    matching.PartnerWaitlisted: watching(partners.wait),
    matching.PartnerRedirected: watching(partners.move_on),
    matching.AcceptanceReverted: watching(partners.revert),
    matching.ReferralExpired: watching(partners.move_on),
    matching.ReferralWithdrawn: watching(partners.withdraw),
    matching.NoPartnerFound: watching(partners.nobody),
    matching.WarmHandoverCompleted: watching(partners.help_goes_on),
    matching.HelpStarted: watching(partners.help_goes_on),
    matching.HelpDelivered: watching(partners.help_goes_on),
    matching.HelpFailed: watching(partners.fail),
    matching.OutcomeConfirmed: watching(partners.confirm),
    matching.SignInRequested: pass_over,
    notify.MessageAccepted: see_mail_arrive,
    notify.MessageRefused: see_mail_fail,
    notify.MessageUnknown: note,
    notify.AddressFlagged: pass_over,
}
