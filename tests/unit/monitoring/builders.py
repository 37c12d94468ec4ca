"""What happens around a case, as events: who they are about, and when."""

from datetime import UTC, date, datetime
from typing import TypedDict
from uuid import UUID, uuid5

from shared.events import intake, matching
from shared.events.base import AgeBand, ConsentGiver, Event, Need, Urgency
from shared.unit_of_work import Parked, ParkedState
from tests.parts.city import a_city

ZONE = a_city().zone
# A Tuesday without a holiday near it, ten o'clock in Amsterdam.
TUESDAY = datetime(2026, 9, 8, 8, 0, tzinfo=UTC)


def local(text: str) -> datetime:
    """This time on clocks in Amsterdam."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def day_of(at: datetime) -> date:
    """The day in Amsterdam at this instant."""
    return a_city().day_of(at)


def an_id(name: str) -> UUID:
    """The same name, the same id."""
    return uuid5(UUID(int=0), name)


CASE, AMBASSADOR, SCHOOL = an_id("case"), an_id("ambassador"), an_id("school")
FUND, FUND_CONTACT, BIKE_FUND = an_id("fund"), an_id("fund contact"), an_id("bike fund")
COORDINATOR = an_id("coordinator")
CODE = "ACDE-FGHJ"


def a_need(name: str = "bike", urgency: Urgency = Urgency.NORMAL, depends_on: tuple[UUID, ...] = ()) -> Need:
    return Need(need_id=an_id(name), category="bike", urgency=urgency, depends_on=depends_on)


def request_received(at: datetime = TUESDAY, *, case: UUID = CASE, needs: tuple[Need, ...] | None = None) -> Event:
    return intake.RequestReceived(
        subject=case, occurred_at=at, case_code=CODE, ambassador_id=AMBASSADOR, organisation_id=SCHOOL,
        district="noord", age_band=AgeBand.CHILD, family_language="nl", interpreter_needed=False,
        consent_given_by=ConsentGiver.GUARDIAN, needs=(a_need(),) if needs is None else needs,
    )  # fmt: skip


def needs_assessed(
    at: datetime = TUESDAY,
    *,
    case: UUID = CASE,
    needs: tuple[Need, ...] | None = None,
    excluded: tuple[UUID, ...] = (),
) -> Event:
    return intake.NeedsAssessed(
        subject=case, occurred_at=at, case_code=CODE, ambassador_id=AMBASSADOR, organisation_id=SCHOOL,
        district="noord", age_band=AgeBand.CHILD, family_language="nl", interpreter_needed=False,
        needs=(a_need(),) if needs is None else needs, excluded_organisations=excluded,
    )  # fmt: skip


class ReferralIds(TypedDict):
    referral_id: UUID
    need_id: UUID
    organisation_id: UUID
    service_id: UUID


def referral(name: str = "first", need: str = "bike") -> ReferralIds:
    """The four ids that every fact about a referral has."""
    return {
        "referral_id": an_id(f"referral {name}"),
        "need_id": an_id(need),
        "organisation_id": an_id(f"organisation {name}"),
        "service_id": an_id(f"service {name}"),
    }


def partner_activated(
    at: datetime = TUESDAY,
    name: str = "first",
    *,
    urgency: Urgency = Urgency.NORMAL,
    case: UUID = CASE,
    need: str = "bike",
) -> Event:
    return matching.PartnerActivated(
        subject=case, occurred_at=at, **referral(name, need), case_code=CODE, contact_id=FUND_CONTACT,
        ambassador_id=AMBASSADOR, category="bike", district="noord", urgency=urgency, attempt=1,
    )  # fmt: skip


def partner_accepted(at: datetime, first_contact_on: date, name: str = "first", *, need: str = "bike") -> Event:
    return matching.PartnerAccepted(
        subject=CASE, occurred_at=at, **referral(name, need), contact_id=FUND_CONTACT, ambassador_id=AMBASSADOR,
        case_code=CODE, first_contact_on=first_contact_on,
    )  # fmt: skip


def no_partner_found(at: datetime = TUESDAY) -> Event:
    return matching.NoPartnerFound(
        subject=CASE, occurred_at=at, case_code=CODE, need_id=an_id("bike"), category="bike", district="noord",
        urgency=Urgency.NORMAL, ambassador_id=AMBASSADOR, asked=0,
    )  # fmt: skip


def handed_over(at: datetime) -> Event:
    return matching.WarmHandoverCompleted(
        subject=CASE,
        occurred_at=at,
        **referral(),
        kind=matching.HandoverKind.WARM,
        on=day_of(at),
        reported_by=AMBASSADOR,
    )


def help_delivered(at: datetime) -> Event:
    return matching.HelpDelivered(subject=CASE, occurred_at=at, **referral(), on=day_of(at), reported_by=FUND_CONTACT)


def help_failed(at: datetime, reason: matching.FailureReason) -> Event:
    return matching.HelpFailed(subject=CASE, occurred_at=at, **referral(), reason=reason, reported_by=FUND_CONTACT)


def outcome_confirmed(at: datetime, outcome: matching.Outcome = matching.Outcome.HELPED, name: str = "first") -> Event:
    return matching.OutcomeConfirmed(
        subject=CASE, occurred_at=at, **referral(name), outcome=outcome, confirmed_by=AMBASSADOR, open_needs=0
    )


def closed(at: datetime) -> Event:
    return intake.CaseClosed(
        subject=CASE, occurred_at=at, closed_by=COORDINATOR, reason=intake.CloseReason.ALL_NEEDS_MET
    )


def parked_event(name: str, at: datetime) -> Parked:
    """The first word of a case, which could not be applied."""
    return Parked(
        event_id=name, service="intake", subject=str(an_id(f"case {name}")), sequence=1, type="request-received",
        state=ParkedState.FAILED, reason="LookupError", value=b"{}", headers={}, parked_at=at,
    )  # fmt: skip
