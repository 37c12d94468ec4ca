"""Which service consumes what others publish: the tables of the services together are the chain of the design."""

from importlib import import_module

import pytest

from shared.events import care, community, directory, in_hand, intake, matching, monitoring, notify, referral_contacts
from shared.events.base import Event
from shared.events.catalogue import SERVICES, service_of

CONSUMES_FROM = {
    "intake": {"matching", "monitoring", "notify", "community"},
    "matching": {"intake", "monitoring", "notify", "community"},
    "monitoring": {"intake", "matching", "notify"},
    "notify": {"intake", "matching", "monitoring", "community"},
    "community": {"matching", "monitoring"},
}
# The facts on which the chain hinges, and what every service must consume because it holds something of the case.
MUST_CONSUME: dict[type[Event], set[str]] = {
    intake.RequestReceived: {"matching", "monitoring", "notify"},
    intake.NeedsAssessed: {"matching", "monitoring"},
    intake.CaseWithdrawn: {"matching", "monitoring", "notify"},
    intake.CaseClosed: {"matching", "monitoring", "notify"},
    intake.ErasurePlanned: {"notify"},
    intake.CaseErased: {"matching", "monitoring", "notify"},
    matching.ReferralsErased: {"intake"},
    monitoring.WatchErased: {"intake"},
    notify.MessagesErased: {"intake"},
    matching.PartnerActivated: {"intake", "monitoring", "notify"},
    matching.PartnerAccepted: {"intake", "monitoring", "notify"},
    matching.NoPartnerFound: {"monitoring", "notify"},
    matching.HelpRuledOut: {"intake", "monitoring", "notify"},
    matching.SearchPostponed: {"intake", "monitoring", "notify"},
    matching.OutcomeConfirmed: {"intake", "monitoring"},
    matching.SignInRequested: {"notify"},
    directory.PersonListed: {"intake", "monitoring", "notify", "community"},
    intake.AmbassadorReplaced: {"matching", "monitoring", "notify"},
    referral_contacts.ContactReplaced: {"intake", "monitoring", "notify"},
    monitoring.ResponseExpired: {"matching"},
    monitoring.FollowUpDue: {"notify"},
    monitoring.FollowUpRecorded: {"intake"},
    monitoring.ChildOutOfSight: {"notify"},
    community.SeatRequested: {"notify"},
    community.SeatRevoked: {"notify"},
    in_hand.FamiliesInHandChanged: {"community"},
    in_hand.CheckInDue: {"community"},
    care.LoadLimitReached: {"intake", "matching", "notify"},
    care.LoadLimitLifted: {"intake", "matching"},
}


def consumed_by(service: str) -> set[type[Event]]:
    """The events for which this service has a handler."""
    return {line.event for line in import_module(f"services.{service}.subscriptions").SUBSCRIPTIONS}


@pytest.mark.parametrize("service", SERVICES)
def test_service_consumes_from_those_that_the_design_names(service: str) -> None:
    assert {service_of(event) for event in consumed_by(service)} <= CONSUMES_FROM[service]


@pytest.mark.parametrize("event", MUST_CONSUME, ids=lambda event: event.__name__)
def test_fact_is_consumed_by_all_services_that_need_it(event: type[Event]) -> None:
    assert {service for service in SERVICES if event in consumed_by(service)} >= MUST_CONSUME[event]
