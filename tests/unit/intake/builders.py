"""Invented people, requests and facts for intake's tests, and a service in memory to give them to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random
from typing import Any
from uuid import UUID

from services.intake.adapters.chance import RandomCodes
from services.intake.commands import CloseCase, CompleteInventory, NeedAsked, SubmitRequest
from services.intake.domain.case import Case
from services.intake.domain.dossier import Fact
from services.intake.domain.rules import Viewer
from services.intake.handlers.inventory import complete_inventory
from services.intake.handlers.requests import submit_requests
from services.intake.ports import Codes, IntakeUnit
from shared.events.base import Beneficiary, ConsentGiver, Event, Horizon, Role, Urgency
from shared.events.case_codes import CloseReason, NeedResult
from shared.events.catalogue import classes_by_wire_name
from shared.events.http import KnownPerson
from shared.events.intake import ClosedNeed
from shared.kernel.city import City
from shared.kernel.errors import Refusal
from tests.parts.people import member
from tests.twins.clock import HeldClock
from tests.twins.ids import SeededIds
from tests.twins.intake import MemoryIntakeUnit
from tests.twins.intake_erasing import InMemoryLedger
from tests.twins.people_book import InMemoryPeopleBook
from tests.twins.unit_of_work import MemoryUnits

Units = MemoryUnits[MemoryIntakeUnit]
NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
SCHOOL = UUID("00000000-0000-7000-8000-0000000000a1")
OTHER_SCHOOL = UUID("00000000-0000-7000-8000-0000000000a2")
DESK = UUID("00000000-0000-7000-8000-0000000000a3")
PARTNER = UUID("00000000-0000-7000-8000-0000000000a4")
SERVICE = UUID("00000000-0000-7000-8000-0000000000a5")
ROOS = Viewer(UUID("00000000-0000-7000-8000-0000000000b1"), Role.AMBASSADOR, SCHOOL)
COLLEAGUE = Viewer(UUID("00000000-0000-7000-8000-0000000000b2"), Role.AMBASSADOR, SCHOOL)
STRANGER = Viewer(UUID("00000000-0000-7000-8000-0000000000b3"), Role.AMBASSADOR, OTHER_SCHOOL)
COORDINATOR = Viewer(UUID("00000000-0000-7000-8000-0000000000b4"), Role.COORDINATOR, DESK)
CONTACT = Viewer(UUID("00000000-0000-7000-8000-0000000000b5"), Role.PARTNER, PARTNER)
TRUSTED = Viewer(UUID("00000000-0000-7000-8000-0000000000b6"), Role.TRUSTED_PERSON, PARTNER)
EVERYBODY = (ROOS, COLLEAGUE, STRANGER, COORDINATOR, CONTACT, TRUSTED)
NAMED = (
    (ROOS, "Roos Verzonnen", "De Bedachte School"),
    (COLLEAGUE, "Bram Verzonnen", "De Bedachte School"),
    (STRANGER, "Saar Verzonnen", "De Andere School"),
    (COORDINATOR, "Loes Verzonnen", "Het Schakelpunt"),
    (TRUSTED, "Tess Verzonnen", "Het Bedachte Buurthuis"),
)


class FixedCodes:
    """Chance that gives these codes, in this order."""

    def __init__(self, *codes: str) -> None:
        self._codes = list(codes)

    def new(self) -> str:
        """The next one."""
        return self._codes.pop(0)


async def submit_request(command: SubmitRequest, unit: IntakeUnit) -> Case:
    """Take one request in. Raises what `submit_requests` returns."""
    (outcome,) = await submit_requests([command], unit)
    if isinstance(outcome, Refusal):
        raise outcome
    return outcome


def units_in_memory(
    codes: Codes | None = None, clock: HeldClock | None = None, city: City | None = None
) -> MemoryUnits[MemoryIntakeUnit]:
    """Intake in memory, with nobody in it."""
    chance, ledger = codes or RandomCodes(Random(7)), InMemoryLedger()
    return MemoryUnits(
        service="intake",
        clock=clock or HeldClock(NOW),
        ids=SeededIds(Random(7)),
        make=lambda context: MemoryIntakeUnit(context, chance, ledger),
        city=city,
    )


def memory_units_of(seed: int) -> MemoryUnits[MemoryIntakeUnit]:
    """Intake in memory, whose ids and codes follow from the seed."""
    codes, ledger = RandomCodes(Random(seed)), InMemoryLedger()
    return MemoryUnits(
        service="intake",
        clock=HeldClock(NOW),
        ids=SeededIds(Random(seed)),
        make=lambda context: MemoryIntakeUnit(context, codes, ledger),
    )


async def everybody_joins(unit: IntakeUnit) -> None:
    """All invented people are known."""
    for viewer in EVERYBODY:
        await unit.members.save(member(viewer.person_id, viewer.organisation_id, viewer.role))
    for viewer, _, place in NAMED:
        await unit.network.save_organisation(viewer.organisation_id, place)


def people_book() -> InMemoryPeopleBook:
    """Who they are, as matching tells it."""
    known = [
        KnownPerson(person_id=viewer.person_id, name=name, phone="+31 10 000 00 00", organisations=(place,))
        for viewer, name, place in NAMED
    ]
    book = InMemoryPeopleBook(*known)
    book.roles = {viewer.person_id: {(viewer.role, viewer.organisation_id)} for viewer, *_ in NAMED}
    return book


def need(category: str = "bike", **changes: Any) -> NeedAsked:  # noqa: ANN401 - any field of what is made
    """A need that can wait, for the child, now."""
    asked = NeedAsked(
        category, Urgency.NORMAL, Horizon.SHORT, Beneficiary.CHILD, words="Een fiets om naar school te gaan."
    )
    return replace(asked, **changes)


def request(**changes: Any) -> SubmitRequest:  # noqa: ANN401 - any field of what is made
    """Roos asks for a bike and a winter coat for an invented child, who is under 12 for years to come."""
    birth_date = changes.get("birth_date", date(2024, 9, 1))
    asked = SubmitRequest(
        ambassador_id=ROOS.person_id,
        organisation_id=SCHOOL,
        district="noord",
        family_language="nl",
        interpreter_needed=False,
        consent_given_by=ConsentGiver.GUARDIAN,
        consent_given_on=date(2026, 3, 9),
        consent_text_version="2026-1",
        needs=(need("bike"), need("clothing", urgency=Urgency.SOON)),
        birth_date=birth_date,
        facts={
            Fact.FIRST_NAME: "Zonnetje",
            Fact.LAST_NAME: "Verzonnen",
            Fact.BIRTH_DATE: birth_date.isoformat(),
            Fact.CONTACT_NAME: "Maan Verzonnen",
            Fact.PHONE: "+31612345678",
            Fact.CONSENT_NAME: "Maan Verzonnen",
            Fact.STORY: "Zonnetje wil graag mee naar buiten.",
        },
    )
    return replace(asked, **changes)


def inventory(case_id: UUID, needs: Sequence[NeedAsked], **changes: Any) -> CompleteInventory:  # noqa: ANN401 - any field of what is made
    """Discussed yesterday, with a little context."""
    found = CompleteInventory(
        case_id=case_id,
        needs=tuple(needs),
        discussed_on=date(2026, 3, 9),
        facts={Fact.CONTEXT: "Vader zoekt werk."},
    )
    return replace(found, **changes)


def said(units: MemoryUnits[MemoryIntakeUnit]) -> list[Event]:
    """Every fact that was said, in order."""
    rows = units.tables.table("outbox").values()
    return [classes_by_wire_name()[row.type].model_validate_json(row.data) for row, _ in rows]


async def received(clock: HeldClock | None = None) -> tuple[Units, Case]:
    """A case that was just asked for."""
    units = units_in_memory(clock=clock)
    async with units.begin() as unit:
        await everybody_joins(unit)
        case = await submit_request(request(), unit)
    return units, case


async def assessed(**changes: Any) -> tuple[Units, Case]:  # noqa: ANN401 - any field of the inventory
    """A case whose inventory with the family is complete."""
    units, case = await received()
    async with units.begin() as unit:
        case = await complete_inventory(inventory(case.id, [need("bike")], **changes), unit, ROOS)
    return units, case


async def closing(
    case_id: UUID, unit: IntakeUnit, reason: CloseReason = CloseReason.MOVED_AWAY, result: NeedResult = NeedResult.MET
) -> CloseCase:
    """Close this case, with the same result for each of its needs."""
    case = await unit.cases.get(case_id)
    needs = case.needs if case else ()
    return CloseCase(case_id, reason, tuple(ClosedNeed(need_id=need.need_id, result=result) for need in needs))
