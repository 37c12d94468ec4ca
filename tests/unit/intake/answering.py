"""A family that says what partners may see, and the history of that."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from services.intake.commands import AnswerConsent
from services.intake.domain.consent import Consent, FieldSet
from services.intake.domain.consent_given import How
from services.intake.domain.rules import Viewer
from services.intake.handlers.consents import give_consent, may_see, refuse_consent, withdraw_consent
from services.intake.handlers.inventory import complete_inventory
from shared.events.base import ConsentGiver, Event
from shared.events.consents import ConsentExpired, ConsentGiven, ConsentRefused, PartnerConsentWithdrawn
from shared.events.intake import CaseWithdrawn
from tests.twins.clock import HeldClock
from tests.unit.intake.builders import (
    NOW,
    PARTNER,
    ROOS,
    Units,
    everybody_joins,
    inventory,
    need,
    request,
    said,
    submit_request,
    units_in_memory,
)

OUR_EVENTS = (ConsentGiven, ConsentRefused, ConsentExpired, PartnerConsentWithdrawn, CaseWithdrawn)
TODAY = date(2026, 3, 10)
REACH = frozenset({FieldSet.REACH})


class Family:
    """One family whose case runs."""

    def __init__(self, units: Units, clock: HeldClock, case_id: UUID) -> None:
        self.units, self.clock, self.case_id = units, clock, case_id

    def answer(self, **changes: Any) -> AnswerConsent:  # noqa: ANN401 - any field of what is made
        """Funds may know how to reach the family."""
        answer = AnswerConsent(
            case_id=self.case_id, partner_kind="fund", field_sets=REACH, given_by=ConsentGiver.GUARDIAN,
            given_on=TODAY, text_version="2026-1", language="nl", interpreter=False, how=How.SPOKEN,
        )  # fmt: skip
        return replace(answer, **changes)

    async def gives(self, by: Viewer | None = ROOS, **changes: Any) -> None:  # noqa: ANN401
        async with self.units.begin() as unit:
            await give_consent(self.answer(**changes), by, unit)

    async def refuses(self, by: Viewer | None = ROOS, **changes: Any) -> None:  # noqa: ANN401
        async with self.units.begin() as unit:
            await refuse_consent(self.answer(**changes), by, unit)

    async def stops(self, organisation_id: UUID | None = PARTNER, by: Viewer | None = ROOS) -> None:
        async with self.units.begin() as unit:
            await withdraw_consent(self.case_id, by, organisation_id, unit)

    async def shows(self, kind: str | None = "fund", organisation_id: UUID = PARTNER) -> frozenset[FieldSet]:
        async with self.units.begin() as unit:
            return await may_see(self.case_id, organisation_id, kind, unit)

    async def history(self) -> list[Consent]:
        async with self.units.begin() as unit:
            return await unit.consents.list_of_case(self.case_id)

    def told(self) -> list[type[Event]]:
        return [type(each) for each in said(self.units) if isinstance(each, OUR_EVENTS)]


async def a_family() -> Family:
    """One whose inventory is there."""
    clock = HeldClock(NOW)
    units = units_in_memory(clock=clock)
    async with units.begin() as unit:
        await everybody_joins(unit)
        await unit.network.save_organisation(PARTNER, "Fietsbank", "fund")
        case = await submit_request(request(), unit)
    async with units.begin() as unit:
        await complete_inventory(inventory(case.id, [need("bike")]), unit, ROOS)
    return Family(units, clock, case.id)
