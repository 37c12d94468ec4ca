"""One case for each operation of an API, in the state in which that operation can be done, on PostgreSQL."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI
from prometheus_client import CollectorRegistry

from deploy.install.migrate import migrate
from services.intake.commands import PlanHomeVisit, SubmitRequest
from services.intake.domain.dossier import Fact
from services.intake.handlers.cases import raise_new_question
from services.intake.handlers.course import plan_home_visit
from services.intake.handlers.inventory import complete_inventory
from services.matching.bootstrap import open_units as open_matching
from services.matching.domain.network import Person
from services.matching.domain.referral_state import ReferralState
from services.matching.handlers.cases import propose_partners
from services.matching.settings import MatchingSettings
from services.matching.web.app import web_app as matching_app
from services.matching.web.hsds_places import other_id
from services.matching.web.hsds_terms import taxonomy_of, term_of
from services.monitoring.bootstrap import open_units as open_monitoring
from services.monitoring.domain.follow_up import FollowUp, FollowUpKind, FollowUpState
from services.monitoring.domain.watch import Watch
from services.monitoring.web.app import web_app as monitoring_app
from shared.access.system_tokens import CallingSystem
from shared.events.base import Role
from shared.kernel.clock import SystemClock
from shared.kernel.ids import RandomIds
from shared.storage.database import Database
from tests.conftest import MakeDatabase
from tests.integration.intake.postgres import units_on
from tests.parts.audit import AUDIT_KEY, CHAIN
from tests.parts.city import a_city
from tests.parts.keys import ring, tokens_of_intake
from tests.parts.people import member
from tests.twins.people_book import InMemoryPeopleBook
from tests.unit.intake import app as intake
from tests.unit.intake.builders import ROOS, inventory, need, request, submit_request
from tests.unit.matching.city import assessed, contact, named, organisation, service
from tests.unit.matching.city import need as a_need
from tests.unit.monitoring.app import SETTINGS as MONITORING
from tests.unit.monitoring.builders import AMBASSADOR, SCHOOL, an_id

Prepare = Callable[[], Awaitable["Prepared"]]
BORN = (Fact.FIRST_NAME, Fact.LAST_NAME, Fact.BIRTH_DATE)


@dataclass(frozen=True)
class Prepared:
    """Who asks, about what: `ids` by the names that paths and bodies have for them."""

    bearer: str
    ids: dict[str, Any] = field(default_factory=dict)

    def address(self, path: str) -> str:
        """The operation's path with these ids."""
        return path.format_map({name: str(each) for name, each in self.ids.items()}).rstrip("/")

    def with_its_ids(self, content: Any) -> Any:  # noqa: ANN401 - any JSON
        """An example names somebody, something and a day to come: here they are those of this case."""
        if isinstance(content, list):
            return [self.with_its_ids(each) for each in content]
        if not isinstance(content, dict):
            return content
        mine = {name: self.ids[f"body {name}"] for name in content if f"body {name}" in self.ids}
        return {name: self.with_its_ids(each) for name, each in content.items()} | mine


@asynccontextmanager
async def of(name: str, make_database: MakeDatabase) -> AsyncIterator[tuple[FastAPI, Prepare]]:
    """The service's app on a database of its own, and what makes a case for an operation."""
    url = await make_database(name, lambda url: migrate(name, url))
    database = Database(url, application_name="test-examples")
    yield await {"intake": _intake, "matching": _matching, "monitoring": _monitoring}[name](database)
    await database.close()


async def _intake(database: Database) -> tuple[FastAPI, Prepare]:
    units = units_on(database)
    await intake.give_key(units)

    async def prepare() -> Prepared:
        async with units.begin() as unit:
            case = await submit_request(_expected_child(unit.city.day_of(unit.now)), unit)
            case = await complete_inventory(inventory(case.id, [need("bike")]), unit, ROOS)
            # So that it can be said what goes first, before the talk that follows.
            await raise_new_question(case.id, unit, ROOS)
            today = unit.city.day_of(unit.now)
            soon = today + timedelta(days=7)
            await plan_home_visit(PlanHomeVisit(case.id, today), unit, ROOS)
        mine = str(case.needs[0].need_id)
        bodies = {
            "id": mine,
            "ambassadorId": str(ROOS.person_id),
            "results": [{"needId": str(each.need_id), "result": "met"} for each in case.needs],
            "until": soon.isoformat(),
            "plannedFor": soon.isoformat(),
        }
        return Prepared(intake.SECRET, {"id": case.id} | {f"body {name}": each for name, each in bodies.items()})

    return intake.app_on(units, SystemClock()), prepare


def _expected_child(today: date) -> SubmitRequest:
    """Everything can be told of it, its birth too."""
    asked, month = request(), f"{today:%Y-%m}"
    facts = {fact: told for fact, told in asked.facts.items() if fact not in BORN} | {Fact.EXPECTED_MONTH: month}
    return replace(asked, birth_date=None, expected_month=month, facts=facts)


MATCHING = MatchingSettings(
    environment="test",
    database_url="postgresql+asyncpg://nobody@localhost/nothing",
    public_url=intake.PUBLIC_URL,
    key_ring=ring("matching"),
    audit_key=AUDIT_KEY,
    code_key="c" * 32,
    city=a_city(),
)


async def _matching(database: Database) -> tuple[FastAPI, Prepare]:
    units = open_matching(a_city(), database, RandomIds(), Random(1), CHAIN)
    noor = Person(named("juf"), "Noor Verzonnen", "noor@school.example", "010 0000002")
    juf = noor.joining(named("school"), Role.AMBASSADOR)
    async with units.begin() as unit:
        for name in ("school", "fietsbende"):
            await unit.organisations.save(organisation(name))
        for person in (juf, contact("fietsbende")):
            await unit.people.save(person)
        await unit.members.save(member(juf.id, named("school"), Role.AMBASSADOR))
        await unit.services.save(service("fietsbende", address="Kade 1"))

    async def prepare() -> Prepared:
        case, mine = uuid4().hex, a_need(name=uuid4().hex)
        async with units.begin() as unit:
            await propose_partners(assessed(mine, case=case), unit)
            (referral,) = await unit.referrals.list_of_case(named(case))
            await unit.referrals.save(replace(referral, state=ReferralState.DELIVERED))
        ids: dict[str, object] = {
            "id": referral.id,
            "service_id": referral.service_id,
            "organization_id": referral.organisation_id,
        }
        ids |= {"place_id": other_id(referral.service_id), "name": "service"}
        ids |= {"taxonomy_id": taxonomy_of(MATCHING.city).id, "term_id": term_of(MATCHING.city, "bike").id}
        return Prepared(_token(named("juf"), named("school")), ids)

    return matching_app(MATCHING, _parts(database), units), prepare


async def _monitoring(database: Database) -> tuple[FastAPI, Prepare]:
    units = open_monitoring(MONITORING.city, database, RandomIds(), Random(1), CHAIN)
    async with units.begin() as unit:
        await unit.members.save(member(AMBASSADOR, SCHOOL, Role.AMBASSADOR))

    async def prepare() -> Prepared:
        async with units.begin() as unit:
            due = unit.now - timedelta(days=1)
            asked = FollowUp(uuid4(), 1, FollowUpKind.PLAN, due, FollowUpState.ASKED, asked_at=due)
            watch = Watch(uuid4(), "ACDE-FGHJ", ambassador_id=AMBASSADOR, organisation_id=SCHOOL, opened_at=due)
            watch.follow_ups[asked.follow_up_id] = asked
            await unit.watches.save(watch)
        return Prepared(_token(AMBASSADOR, SCHOOL), {"id": asked.follow_up_id})

    return monitoring_app(MONITORING, _parts(database), units, InMemoryPeopleBook()), prepare


def _parts(database: Database) -> Any:  # noqa: ANN401 - what an app asks of the concrete parts
    return SimpleNamespace(clock=SystemClock(), limiter=None, registry=CollectorRegistry(), database=database)


def _token(person_id: UUID, organisation_id: UUID) -> str:
    system = CallingSystem(an_id("key"), person_id, organisation_id)
    return tokens_of_intake().issue(system, SystemClock().now())
