"""A city in memory: facts go in through the subscriptions, time passes, and what monitoring said comes out."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random
from typing import TypedDict
from uuid import UUID, uuid5

from services.monitoring.adapters.dutch_calendar import DutchCalendar
from services.monitoring.commands import AnswerFollowUp, ResolveEscalation
from services.monitoring.domain.escalation import Resolution
from services.monitoring.domain.rules import AMSTERDAM
from services.monitoring.domain.watch import Watch
from services.monitoring.handlers import answer_follow_up, resolve_escalation
from services.monitoring.schedule import TIMERS
from services.monitoring.subscriptions import SUBSCRIPTIONS
from shared.events import intake, matching
from shared.events.base import AgeBand, ConsentGiver, Event, Need, Urgency
from shared.events.catalogue import classes_by_wire_name
from shared.events.monitoring import FollowUpAnswer, FollowUpDue
from shared.kernel.clock import HeldClock
from shared.kernel.ids import SeededIds
from shared.messaging.subscriptions import by_event
from shared.messaging.timers import TimerLoop
from shared.unit_of_work import Parked, ParkedState
from tests.twins.monitoring import MemoryMonitoringUnit
from tests.twins.unit_of_work import MemoryUnits

HANDLERS = by_event(SUBSCRIPTIONS)

# A Tuesday without a holiday near it, ten o'clock in Amsterdam.
TUESDAY = datetime(2026, 9, 8, 8, 0, tzinfo=UTC)


def local(text: str) -> datetime:
    """This time on clocks in Amsterdam."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


def day_of(at: datetime) -> date:
    """The day in Amsterdam at this instant."""
    return at.astimezone(AMSTERDAM).date()


def an_id(name: str) -> UUID:
    """The same name, the same id."""
    return uuid5(UUID(int=0), name)


CASE, AMBASSADOR, SCHOOL = an_id("case"), an_id("ambassador"), an_id("school")
FUND, FUND_CONTACT, BIKE_FUND = an_id("fund"), an_id("fund contact"), an_id("bike fund")
COORDINATOR = an_id("coordinator")
CODE = "ACDE-FGHJ"


def on_twins(clock: HeldClock) -> MemoryUnits[MemoryMonitoringUnit]:
    """Monitoring's units of work in memory."""
    make = partial(MemoryMonitoringUnit, calendar=DutchCalendar())
    return MemoryUnits(service="monitoring", clock=clock, ids=SeededIds(Random(1)), make=make)


class City:
    """Monitoring on its twins."""

    def __init__(self, at: datetime = TUESDAY) -> None:
        self.clock = HeldClock(at)
        self.units = on_twins(self.clock)
        self._heard = 0

    @property
    def now(self) -> datetime:
        return self.clock.now()

    async def hears(self, *events: Event) -> None:
        """Each event in a transaction of its own."""
        for event in events:
            async with self.units.begin() as unit:
                await HANDLERS[type(event)](event, unit)

    async def time_passes(self, until: datetime) -> None:
        """Every clock rings at its own time, up to and with `until`."""
        loop = TimerLoop(self.units, TIMERS)
        while True:
            due = [at for at, _ in self.units.tables.table("timers").values() if at <= until]
            if due:
                self.clock.forward(max(min(due) - self.now, timedelta(0)))
            if not await loop.fire_due():
                break
        self.clock.forward(max(until - self.now, timedelta(0)))

    async def days_pass(self, days: float) -> None:
        await self.time_passes(self.now + timedelta(days=days))

    async def watch(self, case_id: UUID = CASE) -> Watch:
        async with self.units.begin() as unit:
            watch = await unit.watches.get(case_id)
        assert watch is not None
        return watch

    def said(self) -> list[Event]:
        """Everything that monitoring said since the last time somebody asked."""
        rows = [row for row, _ in self.units.tables.table("outbox").values()]
        new, self._heard = rows[self._heard :], len(rows)
        return [classes_by_wire_name()[row.type].model_validate_json(row.data) for row in new]

    def said_names(self) -> list[str]:
        return [type(event).__name__ for event in self.said()]

    def timers(self) -> dict[str, datetime]:
        return {key: at for key, (at, _) in self.units.tables.table("timers").items()}


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


async def helped(city: City) -> None:
    """The whole chain up to the first confirmed outcome, all on the same day."""
    at = city.now
    await city.hears(
        request_received(at), needs_assessed(at), partner_activated(at), partner_accepted(at, day_of(at)),
        handed_over(at), help_delivered(at), outcome_confirmed(at),
    )  # fmt: skip


async def followed() -> City:
    """A child that was helped, with its plan."""
    city = City()
    await helped(city)
    return city


async def answer(city: City, due: FollowUpDue, choice: FollowUpAnswer) -> None:
    """The ambassador says how it goes."""
    async with city.units.begin() as unit:
        await answer_follow_up(AnswerFollowUp(due.follow_up_id, choice, AMBASSADOR), unit)


async def resolve(city: City, resolution: Resolution) -> None:
    """The coordinator deals with the one point that is on the list."""
    (point,) = (await city.watch()).open_escalations
    async with city.units.begin() as unit:
        await resolve_escalation(ResolveEscalation(CASE, point.escalation_id, resolution, COORDINATOR), unit)


def parked_event(name: str, at: datetime) -> Parked:
    """The first word of a case, which could not be applied."""
    return Parked(
        event_id=name, service="intake", subject=str(an_id(f"case {name}")), sequence=1, type="request-received",
        state=ParkedState.FAILED, reason="LookupError", value=b"{}", headers={}, parked_at=at,
    )  # fmt: skip
