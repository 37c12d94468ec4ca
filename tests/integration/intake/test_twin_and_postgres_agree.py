"""Whatever people and other services do, the twin and the database end up telling the same."""

import re
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any, Final
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from services.intake.adapters.chance import RandomCodes
from services.intake.domain.case import Case
from services.intake.domain.dossier import Fact
from services.intake.domain.errors import CaseIsErased
from services.intake.domain.listing import CaseSearch
from services.intake.handlers.cases import acknowledge_request, close_case, raise_new_question, reopen_case
from services.intake.handlers.consents import withdraw_case
from services.intake.handlers.erasing import erase_case
from services.intake.handlers.follow_ups import record_follow_up
from services.intake.handlers.inventory import complete_inventory
from services.intake.handlers.showing import show_case
from services.intake.ports import IntakeUnit
from services.intake.store.repositories import PostgresIntakeUnit
from services.intake.store.tables import IntakeTable
from services.intake.subscriptions import SUBSCRIPTIONS
from shared.events import matching, monitoring, referral_codes
from shared.events.base import Beneficiary, Event, Horizon, Urgency
from shared.kernel.errors import Refusal
from shared.messaging.postgres_unit import PostgresUnits
from shared.messaging.subscriptions import by_event
from shared.privacy.marks import KeyedMarks
from shared.storage.database import Database
from shared.storage.tables import PLUMBING
from shared.unit_of_work import Units
from tests.integration.intake.postgres import VAULT_KEY
from tests.parts.audit import CHAIN
from tests.parts.city import a_city
from tests.parts.keys import ring
from tests.parts.sealing import sealing_with
from tests.twins.ids import SeededIds
from tests.twins.intake_erasing import InMemoryLedger
from tests.unit.intake.builders import (
    CONTACT,
    COORDINATOR,
    NOW,
    ROOS,
    closing,
    everybody_joins,
    inventory,
    memory_units_of,
    need,
    request,
    submit_request,
)

HANDLERS = by_event(SUBSCRIPTIONS)

pytestmark = pytest.mark.postgres
CATEGORIES: Final = ("bike", "food", "sport")
REFERRAL_FACTS: Final = (matching.PartnerActivated, matching.PartnerDeclined, matching.HelpStarted)
Step = tuple[Any, ...]
steps = st.lists(
    st.one_of(
        st.just(("submit",)),
        st.tuples(
            st.just("inventory"), st.integers(0, 3), st.lists(st.sampled_from(CATEGORIES), min_size=1, max_size=3)
        ),
        st.tuples(st.sampled_from(("close", "reopen", "ask", "withdraw", "acknowledge", "erase")), st.integers(0, 3)),
        st.tuples(st.just("hear"), st.integers(0, 3), st.integers(0, 2)),
        st.tuples(st.just("follow up"), st.integers(0, 3), st.sampled_from(monitoring.FollowUpAnswer)),
    ),
    min_size=1,
    max_size=12,
)


class Intake:
    """One intake, on the twin or on a database, that does what it is told and tells what it shows."""

    def __init__(self, units: Units[Any]) -> None:
        self.units = units
        self.cases: list[UUID] = []

    async def does(self, step: Step) -> str:
        """What came of it: the state of the case, or the name of the refusal. What was refused is undone."""
        try:
            async with self.units.begin() as unit:
                return str(await self._does(step, unit))
        except Refusal as refusal:
            return refusal.code

    async def _does(self, step: Step, unit: IntakeUnit) -> object:
        match step:
            case ("submit",):
                await everybody_joins(unit)
                case = await submit_request(request(), unit)
                self.cases.append(case.id)
                return case.code
            case ("inventory", which, categories):
                asked = [need(category) for category in categories]
                return (await complete_inventory(inventory(self._id(which), asked), unit, COORDINATOR)).state
            case ("hear", which, number):
                await self._hears(REFERRAL_FACTS[number], self._id(which), unit)
                return "heard"
            case ("follow up", which, answer):
                await record_follow_up(_recorded(self._id(which), answer), unit)
                return "heard"
            case (verb, which):
                changed = await VERBS[verb](self._id(which), unit)
                return changed.state if changed else "erased"
        raise AssertionError(step)

    async def _hears(self, kind: type[Event], case_id: UUID, unit: IntakeUnit) -> None:
        case = await unit.cases.get(case_id)
        needs = case.needs if case else ()
        await HANDLERS[kind](_referral(kind, case_id, needs[0].need_id if needs else case_id), unit)

    def _id(self, which: int) -> UUID:
        return self.cases[which % len(self.cases)] if self.cases else ROOS.person_id

    async def shows(self) -> list[object]:
        """All that anybody can see of it, but the times."""
        shown: list[object] = []
        async with self.units.begin() as unit:
            page = await unit.cases.find(CaseSearch(), None, 99)
            shown.append(sorted(case.id for case in page))
            for case_id in self.cases:
                shown += [await self._case(case_id, unit), await self._dossier(case_id, unit)]
        return shown

    async def _case(self, case_id: UUID, unit: IntakeUnit) -> object:
        try:
            view = await show_case(case_id, unit, COORDINATOR)
        except CaseIsErased as erased:
            return re.sub(r"\d\d-\d\d-\d{4}", "DAY", erased.message)
        lines = sorted((line.kind, line.detail or "", str(line.need_id)) for line in view.timeline)
        stages = [(each.need, each.stage, each.organisation) for each in view.needs]
        return view.case.state, view.case.opening, view.case.findings, view.next_step, stages, lines

    async def _dossier(self, case_id: UUID, unit: IntakeUnit) -> object:
        try:
            return await unit.vault.open(case_id, list(Fact), COORDINATOR, "test", words=True)
        except Refusal as refusal:
            return refusal.code


async def _close(case_id: UUID, unit: IntakeUnit) -> Case:
    return await close_case(await closing(case_id, unit), unit, COORDINATOR)


VERBS: Final[dict[str, Callable[[UUID, IntakeUnit], Awaitable[Any]]]] = {
    "close": _close,
    "reopen": lambda case, unit: reopen_case(case, unit, COORDINATOR),
    "ask": lambda case, unit: raise_new_question(case, unit, COORDINATOR),
    "withdraw": lambda case, unit: withdraw_case(case, unit, COORDINATOR),
    "acknowledge": lambda case, unit: acknowledge_request(case, unit, COORDINATOR),
    "erase": erase_case,
}


def _recorded(case_id: UUID, answer: monitoring.FollowUpAnswer) -> monitoring.FollowUpRecorded:
    return monitoring.FollowUpRecorded(
        subject=case_id, occurred_at=NOW, follow_up_id=case_id, number=1, answer=answer, answered_by=ROOS.person_id
    )


def _referral(kind: type[Any], case_id: UUID, need_id: UUID) -> Event:
    more = {
        "contact_id": CONTACT.person_id, "ambassador_id": ROOS.person_id, "case_code": "AAAA-AAAA", "attempt": 1,
        "category": "bike", "district": "noord", "urgency": Urgency.SOON, "on": NOW.date(),
        "reported_by": ROOS.person_id, "reason": referral_codes.DeclineReason.NO_CAPACITY, "answer_by": NOW,
        "beneficiary": Beneficiary.CHILD, "horizon": Horizon.SHORT, "kind": referral_codes.HandoverKind.WARM,
    }  # fmt: skip
    ids = {"referral_id": case_id, "need_id": need_id, "organisation_id": CONTACT.organisation_id}
    fact: Event = kind(subject=case_id, occurred_at=NOW, service_id=need_id, **ids, **more)
    return fact


def on_postgres(database: Database, seed: int) -> PostgresUnits[PostgresIntakeUnit]:
    """Units whose ids and codes follow from the seed, as those of the twin do."""
    codes, sealing, ledger = RandomCodes(Random(seed)), sealing_with(VAULT_KEY), InMemoryLedger()
    return PostgresUnits(
        database,
        service="intake",
        ids=SeededIds(Random(seed)),
        city=a_city(),
        chain=CHAIN,
        make=lambda context: PostgresIntakeUnit(context, sealing, codes, ledger, KeyedMarks(ring("intake"))),
    )


async def empty(database: Database) -> None:
    """Every example begins with nothing."""
    names = ", ".join(table.name for table in (*IntakeTable.metadata.sorted_tables, *PLUMBING.sorted_tables))
    async with database.transaction() as connection:
        await connection.execute(text(f"TRUNCATE {names}"))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=steps, seed=st.integers(0, 2**60))
async def test_twin_and_postgres_tell_the_same_after_anything_was_done(
    database: Database, asked: list[Step], seed: int
) -> None:
    await empty(database)
    real, twin = Intake(on_postgres(database, seed)), Intake(memory_units_of(seed))
    for step in asked:
        assert await real.does(step) == await twin.does(step), step
    assert await real.shows() == await twin.shows()
