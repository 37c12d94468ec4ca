"""What happens around a case, as events: who they are about, and when."""

from datetime import UTC, date, datetime, timedelta
from typing import TypedDict
from uuid import UUID, uuid5

from shared.events import case_codes, intake, matching
from shared.events.base import AgeBand, Beneficiary, ConsentGiver, Event, Horizon, Need, Urgency
from shared.events.referral_codes import FailureReason, HandoverKind, Outcome, RestOfNeed
from shared.kernel.dutch_calendar import DutchCalendar
from shared.kernel.working_time import WorkingTime
from shared.unit_of_work import Parked, ParkedState
from tests.parts.city import a_city
from tests.parts.keys import mark

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
COORDINATOR, DEPUTY = an_id("coordinator"), an_id("deputy")
CODE = "ACDE-FGHJ"


def a_need(
    name: str = "bike",
    urgency: Urgency = Urgency.NORMAL,
    depends_on: tuple[UUID, ...] = (),
    beneficiary: Beneficiary = Beneficiary.CHILD,
) -> Need:
    return Need(need_id=an_id(name), category="bike", urgency=urgency, depends_on=depends_on, beneficiary=beneficiary)


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
        needs=(a_need(),) if needs is None else needs, left_out=tuple(mark(case, one) for one in excluded),
    )  # fmt: skip


def corrected(at: datetime = TUESDAY, *, district: str | None = "west") -> Event:
    return intake.CaseCorrected(
        subject=CASE, occurred_at=at, case_code=CODE, ambassador_id=AMBASSADOR, organisation_id=SCHOOL,
        district=district, age_band=AgeBand.CHILD, family_language="nl", interpreter_needed=False,
    )  # fmt: skip


class ReferralIds(TypedDict):
    referral_id: UUID
    need_id: UUID
    organisation_id: UUID
    service_id: UUID
    case_code: str
    contact_id: UUID
    ambassador_id: UUID
    category: str
    beneficiary: Beneficiary


def referral(name: str = "first", need: str = "bike", beneficiary: Beneficiary = Beneficiary.CHILD) -> ReferralIds:
    """What every fact about a referral says."""
    return {
        "referral_id": an_id(f"referral {name}"),
        "need_id": an_id(need),
        "organisation_id": an_id(f"organisation {name}"),
        "service_id": an_id(f"service {name}"),
        "case_code": CODE,
        "contact_id": FUND_CONTACT,
        "ambassador_id": AMBASSADOR,
        "category": "bike",
        "beneficiary": beneficiary,
    }


def answer_by(at: datetime, urgency: Urgency = Urgency.NORMAL) -> datetime:
    """The last moment to answer, as matching names it."""
    city = a_city()
    return WorkingTime(city, DutchCalendar()).due_after(at, city.terms.answer[urgency].expire_after)


def partner_activated(
    at: datetime = TUESDAY,
    name: str = "first",
    *,
    urgency: Urgency = Urgency.NORMAL,
    case: UUID = CASE,
    need: str = "bike",
    beneficiary: Beneficiary = Beneficiary.CHILD,
) -> Event:
    return matching.PartnerActivated(
        subject=case, occurred_at=at, **referral(name, need, beneficiary), deputy_id=DEPUTY,
        district="noord", urgency=urgency, horizon=Horizon.SHORT, answer_by=answer_by(at, urgency), attempt=1,
    )  # fmt: skip


def partner_accepted(at: datetime, first_contact_on: date, name: str = "first", *, need: str = "bike") -> Event:
    return matching.PartnerAccepted(
        subject=CASE, occurred_at=at, **referral(name, need), answered_by=FUND_CONTACT,
        first_contact_on=first_contact_on,
    )  # fmt: skip


def no_partner_found(at: datetime = TUESDAY, *, urgency: Urgency = Urgency.NORMAL) -> Event:
    return matching.NoPartnerFound(
        subject=CASE, occurred_at=at, case_code=CODE, need_id=an_id("bike"), category="bike", district="noord",
        urgency=urgency, ambassador_id=AMBASSADOR, asked=0,
    )  # fmt: skip


def handed_over(
    at: datetime,
    kind: HandoverKind = HandoverKind.WARM,
    name: str = "first",
    *,
    need: str = "bike",
) -> Event:
    return matching.WarmHandoverCompleted(
        subject=CASE, occurred_at=at, **referral(name, need), kind=kind, on=day_of(at), reported_by=AMBASSADOR
    )


def help_started(at: datetime, name: str = "first", *, need: str = "bike") -> Event:
    return matching.HelpStarted(
        subject=CASE, occurred_at=at, **referral(name, need), on=day_of(at), reported_by=FUND_CONTACT
    )


def help_delivered(at: datetime, name: str = "first", *, need: str = "bike") -> Event:
    return matching.HelpDelivered(
        subject=CASE, occurred_at=at, **referral(name, need), on=day_of(at), reported_by=FUND_CONTACT
    )


def help_failed(at: datetime, reason: FailureReason) -> Event:
    return matching.HelpFailed(subject=CASE, occurred_at=at, **referral(), reason=reason, reported_by=FUND_CONTACT)


def outcome_confirmed(
    at: datetime,
    outcome: Outcome = Outcome.HELPED,
    name: str = "first",
    *,
    need: str = "bike",
    rest: RestOfNeed | None = None,
) -> Event:
    return matching.OutcomeConfirmed(
        subject=CASE, occurred_at=at, **referral(name, need), outcome=outcome, rest=rest, confirmed_by=AMBASSADOR,
        open_needs=0,
    )  # fmt: skip


def acknowledged(at: datetime = TUESDAY, *, case: UUID = CASE) -> Event:
    return intake.RequestAcknowledged(subject=case, occurred_at=at, acknowledged_by=COORDINATOR)


def paused(at: datetime, until: date) -> Event:
    return intake.CasePaused(
        subject=CASE, occurred_at=at, case_code=CODE, ambassador_id=AMBASSADOR, until=until,
        wished_by=case_codes.PauseWish.FAMILY,
    )  # fmt: skip


def resumed(at: datetime) -> Event:
    return intake.CaseResumed(subject=CASE, occurred_at=at, case_code=CODE, ambassador_id=AMBASSADOR)


def urgent_need_raised(at: datetime, needs: tuple[Need, ...]) -> Event:
    return intake.UrgentNeedRaised(
        subject=CASE, occurred_at=at, case_code=CODE, ambassador_id=AMBASSADOR, organisation_id=SCHOOL,
        district="noord", age_band=AgeBand.CHILD, family_language="nl", interpreter_needed=False, needs=needs,
    )  # fmt: skip


def closed(at: datetime) -> intake.CaseClosed:
    return intake.CaseClosed(
        subject=CASE, occurred_at=at, case_code=CODE, ambassador_id=AMBASSADOR, closed_by=COORDINATOR,
        reason=case_codes.CloseReason.ALL_NEEDS_MET,
    )  # fmt: skip


def parked_event(name: str, at: datetime) -> Parked:
    """The first word of a case, which could not be applied."""
    return Parked(
        event_id=name, service="intake", subject=str(an_id(f"case {name}")), sequence=1, type="request-received",
        state=ParkedState.FAILED, reason="LookupError", value=b"{}", headers={}, parked_at=at,
    )  # fmt: skip


def read_much(reader: UUID, kind: case_codes.UnusualReading = case_codes.UnusualReading.MANY_FILES) -> Event:
    """Somebody opened 31 families in an hour."""
    return intake.UnusualReadingFound(
        subject=reader, occurred_at=TUESDAY, kind=kind, families=31, since=TUESDAY - timedelta(minutes=50)
    )
